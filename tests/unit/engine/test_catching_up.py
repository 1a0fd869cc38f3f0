"""An index read from a snapshot and caught up from the store answers as one that was rebuilt from the store alone."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.errors import ResourceNotFound
from matcher.records import ImportItem, MatchQuery
from matcher.store import StoreConfig

COURSES = {
    "java": "Java程序设计\n教学内容：Java 面向对象、Spring Boot、MySQL 数据库",
    "water": "Water quality testing\nCourse content: sampling, titration, COD and ammonia determination",
    "welding": "焊接工艺\n教学内容：电弧焊、气体保护焊、焊缝检验",
    "python": "Python for data analysis\nCourse content: Python, pandas, statistics, visualization",
}
QUERY = RawDocument(kind=Kind.POSTING, text="Java开发工程师\n任职要求：熟练掌握Java，熟悉MySQL，了解Python")


def engine_at(path: Path) -> Engine:
    engine = Engine(Settings(store=StoreConfig(path=path)))
    engine.load()
    return engine


def store_courses(engine: Engine, **texts: str) -> None:
    raws = [RawDocument(kind=Kind.COURSE, id=name, text=text) for name, text in texts.items()]
    assert [r.error for r in engine.import_documents([ImportItem(raw) for raw in raws])] == [None] * len(raws)


def answers(engine: Engine) -> list[tuple[str, float]]:
    page = engine.match(MatchQuery(QUERY, Kind.COURSE))
    return [(m.name, m.scored.score) for m in page.matches]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store whose snapshot is older than its last writes: one document is new, one rewritten, and nothing was closed."""
    path = tmp_path / "skillmatch.db"
    first = engine_at(path)
    store_courses(first, java=COURSES["java"], water=COURSES["water"], welding=COURSES["welding"])
    first.close()
    second = engine_at(path)
    store_courses(second, python=COURSES["python"], welding=COURSES["java"] + "，Git 版本控制")
    second.store.close()  # as after a kill: no new snapshot
    return path


def test_a_snapshot_is_caught_up_with_what_was_written_after_it(path: Path) -> None:
    caught_up = engine_at(path)
    found = answers(caught_up)
    assert {name for name, _ in found} == {f"courses/{name}" for name in COURSES}
    caught_up.store.close()
    shutil.rmtree(caught_up.snapshots)
    rebuilt = engine_at(path)
    assert answers(rebuilt) == found
    rebuilt.store.close()


def test_a_document_deleted_after_the_snapshot_is_not_found_again(path: Path) -> None:
    engine = engine_at(path)
    engine.delete("courses/java")
    assert not (engine.snapshots / "courses").exists() or not list((engine.snapshots / "courses").iterdir())
    engine.store.close()
    again = engine_at(path)
    assert "courses/java" not in dict(answers(again))
    with pytest.raises(ResourceNotFound):
        again.get("courses/java")
    again.store.close()


def test_a_snapshot_of_another_store_is_not_used(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    engine = engine_at(other)
    store_courses(engine, water=COURSES["water"])
    engine.store.close()
    shutil.copytree(engine_at(path).snapshots, other.with_suffix(".index"))
    again = engine_at(other)
    assert [name for name, _ in answers(again)] == ["courses/water"]
    again.store.close()


def test_a_document_stored_while_the_index_loads_is_found_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(Settings(store=StoreConfig(path=tmp_path / "skillmatch.db")))
    load, writer = engine.working_set.load, threading.Thread(target=store_courses, args=(engine,), kwargs=COURSES)

    def load_beside_a_write(*args: Any) -> None:
        load(*args)
        engine.working_set.ready = False  # the moment before memory is ready
        writer.start()
        writer.join(0.5)
        engine.working_set.ready = True

    monkeypatch.setattr(engine.working_set, "load", load_beside_a_write)
    engine.load()
    writer.join(10)
    assert {name for name, _ in answers(engine)} == {f"courses/{name}" for name in COURSES}
    engine.store.close()
