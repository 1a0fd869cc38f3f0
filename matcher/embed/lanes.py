"""Texts that wait for the model, in order of arrival and by length, and which of them make the next forward pass.

Enters: requests of one or many texts with their token counts. Leaves: passes of texts of similar length. Refuses nothing;
whoever holds a lane bounds it. Not safe to share between threads without a lock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# What a pass costs beyond its tokens, counted in tokens, so that padding below this is cheaper than a pass of its own.
# all-MiniLM-L6-v2 with torch on one core (2026-11-22): fp32 7 ms a pass and 0.17 ms a token, which is 40 tokens; bf16 9 ms
# and 0.06 ms, which is 150. In between, what is lost with either is less than one such pass.
PASS_OVERHEAD_TOKENS = 80
# Beyond so many texts at once the list is sorted again rather than filled one by one.
INSERT_MANY = 32


@dataclass(slots=True, eq=False)
class EncodeRequest:
    """One call: its texts, the rows found so far, and the promise of all rows. `deadline` as in `Call`."""

    rows: NDArray[np.float32]
    n_missing: int
    deadline: float | None
    answer: Future[NDArray[np.float32]] = field(default_factory=Future)


@dataclass(slots=True, eq=False)
class WaitingText:
    """One text of a request. `number`: order of arrival."""

    request: EncodeRequest
    position: int
    text: str
    n_tokens: int
    number: int
    taken: bool = False


class Lane:
    """Texts of one urgency."""

    def __init__(self) -> None:
        self.n_tokens = 0
        self._by_arrival: deque[WaitingText] = deque()
        self._by_length: list[tuple[int, int, WaitingText]] = []

    def __len__(self) -> int:
        return len(self._by_length)

    def put(self, texts: Sequence[WaitingText]) -> None:
        """Adds texts behind those that wait; their numbers must ascend."""
        self._by_arrival.extend(texts)
        self.n_tokens += sum(t.n_tokens for t in texts)
        keyed = [(t.n_tokens, t.number, t) for t in texts]
        if len(keyed) > INSERT_MANY:
            self._by_length.extend(keyed)
            self._by_length.sort(key=_length_then_arrival)
        else:
            for key in keyed:
                self._by_length.insert(bisect_left(self._by_length, key[:2], key=_length_then_arrival), key)

    def take(self, max_texts: int, max_tokens: int) -> list[WaitingText]:
        """The next pass: the oldest text and those nearest to it in length, empty when none waits.

        A text joins if the padding that it adds costs less than a pass of its own, and if texts × longest text stay within
        `max_tokens`; the oldest goes alone if it is longer than that by itself.
        """
        while self._by_arrival and self._by_arrival[0].taken:
            self._by_arrival.popleft()
        if not self._by_arrival:
            return []
        oldest = self._by_arrival.popleft()
        first = bisect_left(self._by_length, (oldest.n_tokens, oldest.number), key=_length_then_arrival)
        first, end = self._neighbours(first, max_texts, max_tokens)
        taken = [text for _, _, text in self._by_length[first:end]]
        del self._by_length[first:end]
        for text in taken:
            text.taken = True
            self.n_tokens -= text.n_tokens
        return taken

    def drop(self, request: EncodeRequest) -> None:
        """Forgets the texts of a request."""
        kept = [key for key in self._by_length if key[2].request is not request]
        for _, _, text in self._by_length:
            text.taken = text.taken or text.request is request
        self._by_length = kept
        self.n_tokens = sum(n for n, _, _ in kept)

    def requests(self) -> list[EncodeRequest]:
        """Requests that still have texts here."""
        return list({id(text.request): text.request for _, _, text in self._by_length}.values())

    def _neighbours(self, place: int, max_texts: int, max_tokens: int) -> tuple[int, int]:
        """Range of `_by_length` around a place that makes one pass."""
        first, end = place, place + 1
        longest = self._by_length[place][0]
        while (count := end - first) < max_texts:
            padding: list[tuple[int, bool, int]] = []  # (tokens of padding added, is longer, longest then)
            if first:
                padding.append((longest - self._by_length[first - 1][0], False, longest))
            if end < len(self._by_length):
                longer = self._by_length[end][0]
                padding.append(((longer - longest) * count, True, longer))
            fitting = [p for p in padding if p[0] <= PASS_OVERHEAD_TOKENS and p[2] * (count + 1) <= max_tokens]
            if not fitting:
                break
            _, is_longer, longest = min(fitting)
            first, end = (first, end + 1) if is_longer else (first - 1, end)
        return first, end


def _length_then_arrival(key: tuple[int, int, WaitingText]) -> tuple[int, int]:
    return key[0], key[1]


def padded_tokens(texts: Sequence[WaitingText]) -> int:
    """Tokens that a pass computes: number of texts × tokens of the longest."""
    return len(texts) * max(t.n_tokens for t in texts)
