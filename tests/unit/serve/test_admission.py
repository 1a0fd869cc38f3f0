"""Admission of work, and the place that an error names."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from matcher.config import ServerConfig
from matcher.errors import InvalidDocument, InvalidRequest, Overloaded
from matcher.field_paths import standing_at
from matcher.serve.edge import Undecodable, Workers
from matcher.serve.import_stream import Incoming, _read


async def test_work_beyond_the_bound_is_refused_and_room_is_made_when_it_ends() -> None:
    workers, let_go = Workers(ServerConfig(workers=1, max_queued=2)), threading.Event()
    held = [asyncio.create_task(workers.run(lambda: let_go.wait(10))) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded) as error:
        await workers.run(lambda: None)
    assert error.value.retry_delay_s == 1.0
    let_go.set()
    assert await asyncio.gather(*held) == [True] * 3
    await asyncio.sleep(0.01)
    assert await workers.run(lambda: 7) == 7
    workers.close()


async def test_work_whose_caller_gave_up_still_counts_until_its_thread_is_done() -> None:
    workers, let_go = Workers(ServerConfig(workers=1, max_queued=1)), threading.Event()
    entered = threading.Event()

    def work() -> None:
        entered.set()
        let_go.wait(10)

    held = [asyncio.create_task(workers.run(work)) for _ in range(2)]
    await asyncio.to_thread(entered.wait, 10)
    held[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await held[0]
    with pytest.raises(Overloaded):
        await workers.run(lambda: None)
    let_go.set()
    await held[1]
    workers.close()


async def test_a_reader_with_a_full_queue_ends_when_it_is_cancelled() -> None:
    async def endless() -> AsyncIterator[Undecodable]:
        while True:
            yield Undecodable()

    queue: asyncio.Queue[Incoming] = asyncio.Queue(1)
    reader = asyncio.create_task(_read(endless(), queue))
    await asyncio.sleep(0.01)
    assert queue.full()
    reader.cancel()
    done, _ = await asyncio.wait([reader], timeout=1)
    assert done == {reader}


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("document", "query.document"),
        ("document.facts.hours", "query.document.facts.hours"),
        ("documents", "documents"),
        ("page_token", "page_token"),
        ("", ""),
    ],
)
def test_an_error_names_the_field_where_the_caller_wrote_it(field: str, expected: str) -> None:
    with pytest.raises(InvalidDocument) as error, standing_at("query.document"):
        raise InvalidDocument("what is wrong", field=field)
    assert error.value.field == expected
    assert error.value.violations == (((expected, "what is wrong"),) if expected else ())


def test_every_violation_is_named_at_its_place() -> None:
    with pytest.raises(InvalidRequest) as error, standing_at("text", of="document.text"):
        raise InvalidRequest.of_violations((("document.text", "too long"), ("language", "unknown")))
    assert error.value.violations == (("text", "too long"), ("language", "unknown"))


async def test_a_write_under_way_does_not_hold_up_a_read() -> None:
    workers, let_go = Workers(ServerConfig(workers=1)), threading.Event()
    writing = asyncio.create_task(workers.write(lambda: let_go.wait(10)))
    assert await asyncio.wait_for(workers.run(lambda: 7), 5) == 7
    let_go.set()
    assert await writing is True
    workers.close()
