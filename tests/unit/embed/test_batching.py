"""Calls that run at the same time share passes, nothing waits behind what it should not, and what comes too late costs no pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.embed import EmbedConfig, Encoder, SentenceEncoder, batched, load_encoder
from matcher.embed.batching import QUERY_PASSES_IN_A_ROW, BatchingEncoder
from matcher.embed.call import calling
from matcher.embed.lanes import PASS_OVERHEAD_TOKENS, EncodeRequest, Lane, WaitingText, padded_tokens
from matcher.embed.static import StaticEncoder
from matcher.errors import DeadlineExceeded, MatcherError, Overloaded, ShuttingDown
from tests.unit.embed.gated_encoder import BROKEN, LIMIT_S, Caller, GatedEncoder
from tests.unit.embed.letter_encoder import LetterEncoder
from tests.unit.embed.test_encoders import EncoderContract

Batching = Callable[..., BatchingEncoder]


@pytest.fixture
def batching() -> Iterator[Batching]:
    """Makes batching encoders and closes them afterwards."""
    made: list[BatchingEncoder] = []

    def make(
        encoder: Encoder, *, batch_texts: int = 64, batch_tokens: int = 4096, queue_texts: int = 1000
    ) -> BatchingEncoder:
        made.append(
            BatchingEncoder(encoder, batch_texts=batch_texts, batch_tokens=batch_tokens, queue_texts=queue_texts)
        )
        return made[-1]

    yield make
    for one in made:
        if isinstance(one.encoder, GatedEncoder):
            one.encoder.let_through()
        one.close()


@contextmanager
def pass_under_way(encoder: BatchingEncoder, gated: GatedEncoder) -> Iterator[None]:
    """While it lasts one pass is at the gate, so that what is asked gathers behind it; then all is let through."""
    first = Caller(lambda: encoder.encode(["ab"]))
    gated.wait_for_pass()
    yield
    gated.let_through()
    first.end()


def waiting(encoder: BatchingEncoder, n_texts: int) -> None:
    """Returns once so many texts wait."""
    ends = time.monotonic() + LIMIT_S
    while len(encoder._queries) + len(encoder._imports) != n_texts:
        assert time.monotonic() < ends
        time.sleep(0.001)


def asked(encoder: BatchingEncoder, texts: Sequence[str], **call: object) -> Caller:
    def work() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        with calling(**call):
            return encoder.encode(texts)

    return Caller(work)


# --- joining -------------------------------------------------------------------------------------------------------


def test_calls_that_come_during_a_pass_share_the_next_one_and_get_their_own_rows(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated)
    texts = [["a汉"], ["bb", "c字"], ["水d"], ["ef"]]
    with pass_under_way(encoder, gated):
        callers = []
        for n, own in enumerate(texts):
            callers.append(asked(encoder, own))
            waiting(encoder, sum(len(t) for t in texts[: n + 1]))
    for caller, own in zip(callers, texts, strict=True):
        np.testing.assert_array_equal(caller.end().rows, LetterEncoder().encode(own))
    assert len(gated.calls) == 2
    assert sorted(gated.calls[1]) == sorted(text for own in texts for text in own)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text("abc汉水 ", max_size=60), max_size=30), min_size=1, max_size=8))
def test_any_calls_at_once_get_the_rows_that_they_would_get_alone(calls: list[list[str]]) -> None:
    encoder = BatchingEncoder(LetterEncoder(), batch_texts=7, batch_tokens=64, queue_texts=1000)
    callers = [asked(encoder, texts, bulk=len(texts) > 10) for texts in calls]
    for caller, texts in zip(callers, calls, strict=True):
        np.testing.assert_array_equal(caller.end().rows, LetterEncoder().encode(texts))
    encoder.close()


def test_a_pass_is_bounded_in_texts_and_in_padded_tokens(batching: Batching) -> None:
    by_texts, by_tokens = LetterEncoder(), LetterEncoder()
    batching(by_texts, batch_texts=3).encode(["ab"] * 8)
    assert [len(call) for call in by_texts.calls] == [3, 3, 2]
    batching(by_tokens, batch_tokens=32).encode(["abcdefgh"] * 9)  # 8 tokens each
    assert [len(call) for call in by_tokens.calls] == [4, 4, 1]


def test_a_text_longer_than_a_pass_goes_alone(batching: Batching) -> None:
    encoder = LetterEncoder()
    batching(encoder, batch_tokens=10).encode(["a" * 50, "b", "c"])
    assert encoder.calls == [["a" * 50], ["b", "c"]]


def test_texts_of_different_length_do_not_share_a_pass(batching: Batching) -> None:
    encoder = LetterEncoder()
    long = PASS_OVERHEAD_TOKENS + 10
    batching(encoder).encode(["a" * long, "b", "c" * (long - 1), "d"])
    assert [sorted(call) for call in encoder.calls] == [["a" * long, "c" * (long - 1)], ["b", "d"]]


def test_tokens_beyond_the_models_limit_cost_nothing(batching: Batching) -> None:
    encoder = LetterEncoder()
    encoder.max_tokens = 8
    batching(encoder, batch_tokens=16).encode(["a" * 900, "b" * 8])
    assert [len(call) for call in encoder.calls] == [2]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=60), min_size=1, max_size=6),
    st.integers(1, 20),
    st.integers(1, 500),
)
def test_every_waiting_text_is_taken_once_and_the_oldest_is_in_every_pass(
    requests: list[list[int]], max_texts: int, max_tokens: int
) -> None:
    lane, numbers, waiting_texts = Lane(), iter(range(10_000)), []
    for lengths in requests:
        request = EncodeRequest(np.zeros((len(lengths), 1), np.float32), len(lengths), None)
        texts = [WaitingText(request, n, "", length, next(numbers)) for n, length in enumerate(lengths)]
        lane.put(texts)
        waiting_texts += texts
    assert lane.n_tokens == sum(t.n_tokens for t in waiting_texts)
    left = {t.number for t in waiting_texts}
    while taken := lane.take(max_texts, max_tokens):
        assert min(left) in {t.number for t in taken}
        assert len(taken) <= max_texts
        assert len(taken) == 1 or padded_tokens(taken) <= max_tokens
        left -= {t.number for t in taken}
    assert (left, len(lane), lane.n_tokens) == (set(), 0, 0)


# --- fairness ------------------------------------------------------------------------------------------------------


def test_a_query_waits_for_the_pass_under_way_and_not_for_the_import_behind_it(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated, batch_texts=50, queue_texts=5000)
    importing = asked(encoder, ["ab汉"] * 5000, bulk=True)
    gated.wait_for_pass()
    query = asked(encoder, ["水"])
    waiting(encoder, 5000 - 50 + 1)
    gated.let_through(2)
    np.testing.assert_array_equal(query.end().rows, LetterEncoder().encode(["水"]))
    assert gated.calls[1] == ["水"]
    assert not importing.is_done
    gated.let_through()
    assert importing.end().rows is not None


def test_an_import_gets_its_share_of_passes_under_a_steady_stream_of_queries(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated, batch_texts=1)
    with pass_under_way(encoder, gated):
        callers = [asked(encoder, ["h"], bulk=True)]
        waiting(encoder, 1)
        callers += [asked(encoder, ["a"]) for _ in range(3 * QUERY_PASSES_IN_A_ROW)]
        waiting(encoder, 1 + 3 * QUERY_PASSES_IN_A_ROW)
    for caller in callers:
        caller.end()
    assert gated.calls.index(["h"]) <= QUERY_PASSES_IN_A_ROW


# --- refusals ------------------------------------------------------------------------------------------------------


def test_a_full_queue_refuses_with_the_time_to_wait_and_queries_have_a_queue_of_their_own(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated, queue_texts=10)
    with pass_under_way(encoder, gated):
        held = asked(encoder, ["a"] * 9, bulk=True)
        waiting(encoder, 9)
        with calling(bulk=True), pytest.raises(Overloaded) as refused:
            encoder.encode(["b", "c"])
        assert refused.value.retry_delay_s > 0
        query = asked(encoder, ["d"] * 10)
        waiting(encoder, 19)
    assert held.end().error is query.end().error is None
    assert not any(text in {"b", "c"} for call in gated.calls for text in call)


def test_the_time_to_wait_grows_with_what_waits(batching: Batching) -> None:
    class Slow(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            time.sleep(0.02)
            return super().encode(texts)

    delays = []
    for n_waiting in (50, 400):
        encoder = batching(Slow(), batch_texts=1, queue_texts=n_waiting)
        encoder.encode(["a"])
        held = asked(encoder, ["abc"] * n_waiting)
        while not encoder._queries:
            time.sleep(0.001)
        with pytest.raises(Overloaded) as refused:
            encoder.encode(["b"] * (n_waiting + 1))
        delays.append(refused.value.retry_delay_s)
        encoder.close()
        assert isinstance(held.end().error, ShuttingDown)
    assert delays[1] > 2 * delays[0]


def test_a_call_of_more_texts_than_the_queue_holds_is_taken_when_none_waits(batching: Batching) -> None:
    assert batching(LetterEncoder(), queue_texts=5).encode(["a"] * 50).shape == (50, LetterEncoder.dimension)


def test_a_call_whose_deadline_has_passed_costs_no_pass(batching: Batching) -> None:
    inner = LetterEncoder()
    with calling(deadline=time.monotonic() - 0.001), pytest.raises(DeadlineExceeded):
        batching(inner).encode(["a"])
    assert inner.calls == []


def test_a_call_whose_deadline_passes_while_it_waits_is_dropped_before_its_pass(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated)
    with pass_under_way(encoder, gated):
        late = asked(encoder, ["c"], deadline=time.monotonic() + 0.05)
        other = asked(encoder, ["d"])
        waiting(encoder, 2)
        time.sleep(0.06)
    assert isinstance(late.end().error, DeadlineExceeded)
    assert other.end().error is None
    assert gated.calls[1:] == [["d"]]


def test_a_call_that_cannot_be_done_in_time_is_refused_at_once(batching: Batching) -> None:
    class Slow(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            time.sleep(0.1)
            return super().encode(texts)

    inner = Slow()
    encoder = batching(inner, batch_tokens=40)
    encoder.encode(["a" * 40])  # from here on the pace is known: 0.1 s for 80 tokens of cost
    started = time.monotonic()
    with calling(deadline=started + 0.5), pytest.raises(DeadlineExceeded):
        encoder.encode(["a" * 40] * 40)
    assert time.monotonic() - started < 0.4
    with calling(deadline=time.monotonic() + 5.0):
        encoder.encode(["a" * 40])
    assert len(inner.calls) == 2


def test_what_was_begun_is_not_gone_on_with_after_its_deadline(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated, batch_texts=1)
    caller = asked(encoder, ["a", "b", "c"], deadline=time.monotonic() + 0.1)
    gated.wait_for_pass()
    time.sleep(0.11)
    gated.let_through()
    assert isinstance(caller.end().error, DeadlineExceeded)
    assert len(gated.calls) == 1


def test_a_text_that_the_model_fails_on_fails_its_own_call_only(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated)
    with pass_under_way(encoder, gated):
        bad, good = asked(encoder, [BROKEN, "a"]), asked(encoder, ["a", "b"])
        waiting(encoder, 4)
    assert isinstance(bad.end().error, ValueError)
    np.testing.assert_array_equal(good.end().rows, LetterEncoder().encode(["a", "b"]))
    assert encoder.encode(["c"]).shape == (1, encoder.dimension)


def test_closing_refuses_what_waits_and_what_comes(batching: Batching) -> None:
    gated = GatedEncoder()
    encoder = batching(gated)
    with pass_under_way(encoder, gated):
        held = asked(encoder, ["a"])
        waiting(encoder, 1)
        closing = threading.Thread(target=encoder.close)
        closing.start()
        time.sleep(0.01)
    closing.join(LIMIT_S)
    errors: list[MatcherError | Exception | None] = [held.end().error]
    with pytest.raises(ShuttingDown):
        encoder.encode(["b"])
    assert isinstance(errors[0], ShuttingDown)


# --- as an encoder -------------------------------------------------------------------------------------------------


class TestBatchedLetters(EncoderContract):
    @pytest.fixture
    def encoder(self, batching: Batching) -> Encoder:
        return batching(LetterEncoder(), batch_texts=3, batch_tokens=50)


class TestBatchedShippedModel(EncoderContract):
    @pytest.fixture
    def encoder(self, batching: Batching) -> Encoder:
        return batching(load_encoder(EmbedConfig(device="cpu")), batch_texts=3, batch_tokens=50)


def test_a_static_model_is_used_as_it_is_and_any_other_is_batched() -> None:
    config = EmbedConfig(device="cpu")
    static = load_encoder(config)
    assert isinstance(static, StaticEncoder)
    assert batched(static, config) is static
    other = batched(SentenceEncoder(config), config)
    assert isinstance(other, BatchingEncoder)
    other.close()
