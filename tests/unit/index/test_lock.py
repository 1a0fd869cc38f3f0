"""Who may be inside the lock with whom."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from matcher.index.lock import ReadersWriterLock

Grade = Callable[[], AbstractContextManager[None]]


def gets_in(grade: Grade) -> threading.Event:
    """Set as soon as another thread is inside `grade`; it leaves at once."""
    inside = threading.Event()

    def enter() -> None:
        with grade():
            inside.set()

    threading.Thread(target=enter, daemon=True).start()
    return inside


@pytest.mark.parametrize(
    ("held", "asked", "together"),
    [
        ("reading", "reading", True),
        ("reading", "still", True),
        ("still", "reading", True),
        ("reading", "writing", False),
        ("writing", "reading", False),
        ("writing", "writing", False),
        ("writing", "still", False),
        ("still", "writing", False),
        ("still", "still", False),
    ],
)
def test_grades_exclude_each_other(held: str, asked: str, together: bool) -> None:
    lock = ReadersWriterLock()
    with getattr(lock, held)():
        inside = gets_in(getattr(lock, asked))
        assert inside.wait(5.0 if together else 0.05) is together
    assert inside.wait(5.0)


def test_waiting_writer_goes_before_new_readers() -> None:
    lock = ReadersWriterLock()
    order: list[str] = []

    def write() -> None:
        with lock.writing():
            order.append("write")

    def read() -> None:
        with lock.reading():
            order.append("read")

    writer, reader = threading.Thread(target=write), threading.Thread(target=read)
    with lock.reading():
        writer.start()
        while not lock._writer_wants_in:
            pass
        reader.start()
        reader.join(0.05)
        assert order == []
    writer.join(5)
    reader.join(5)
    assert order == ["write", "read"]


@pytest.mark.parametrize("grade", ["reading", "writing", "still"])
def test_failure_inside_lets_go(grade: str) -> None:
    lock = ReadersWriterLock()

    def fail() -> None:
        with getattr(lock, grade)():
            raise ValueError(grade)

    with pytest.raises(ValueError, match=grade):
        fail()
    assert gets_in(lock.writing).wait(5.0)
