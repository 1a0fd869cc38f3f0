"""ScreeningService: many candidates against one document, in a thread beside those of the calls.

Enters: one setup message, then documents where candidates are sent along. Leaves: progress, items that cannot be read, matches
slice by slice, a summary. A screening takes seconds; it must not hold up a match, so it has threads of its own, few of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from matcher._gen.skillmatch.v1 import screening_pb2 as pb
from matcher._gen.skillmatch.v1 import screening_pb2_grpc as pb_grpc
from matcher.domain.document import RawDocument
from matcher.domain.match import Match
from matcher.engine import Engine
from matcher.errors import InvalidRequest, MatcherError, Overloaded
from matcher.screening import Screened, Screening, ScreeningQuery, SentCandidates
from matcher.serve.caller import caller_of
from matcher.serve.convert import raw_document, truncation_to, warnings_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE, chosen_weights, match_to, query_from, versions_to
from matcher.serve.edge import Undecodable, checked
from matcher.serve.status import status_of
from matcher.serve.validate import check

MAX_RUNNING = 2
# Each is held with its text and its skills until its explanation is sent, about 20 KB.
MAX_SENT = 10_000
SENT_BATCH = 64
# A slice of explained matches is about 300 KB on the wire, a slice of bare ones 20 KB.
EXPLAINED_SLICE, BARE_SLICE = 50, 500
LOOK_EVERY_S = 0.1
DEFAULT_EVIDENCE = 100
Requests = AsyncIterator[pb.ScreenCandidatesRequest | Undecodable]
Responses = AsyncIterator[pb.ScreenCandidatesResponse]


class ScreeningServicer(pb_grpc.ScreeningServiceServicer):
    """ScreeningService."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._n_running = 0

    async def ScreenCandidates(self, request_iterator: Requests, context: Any) -> Responses:  # noqa: N802, D102
        caller = caller_of(context)
        message = _setup(await anext(request_iterator, None))
        asked = screening_query_from(message)
        with self._admitted(), self._engine.screening() as screening:
            n_unscreened = 0
            if message.sent_along:
                taken = await asyncio.to_thread(screening.sent, asked)
                async for response in _take_in(taken, request_iterator):
                    n_unscreened += response.HasField("unscreened")
                    yield response
                screened = await asyncio.to_thread(taken.screened)
            else:
                watched = _Watched(screening, asked)
                async for response in watched.progress():
                    yield response
                screened = watched.screened
                n_unscreened = len(watched.missing)
                for name, error in watched.missing:
                    status = status_of(error, name)
                    yield pb.ScreenCandidatesResponse(unscreened=pb.UnscreenedCandidate(name=name, error=status))
            returned: list[tuple[int, Match]] = []
            async for part in self._slices(screening, screened, asked, returned):
                yield part
            yield self._summary(screening, screened, asked, returned, n_unscreened, caller)

    async def _slices(
        self, screening: Screening, screened: Screened, asked: ScreeningQuery, returned: list[tuple[int, Match]]
    ) -> Responses:
        """The matches, a slice at a time; those with evidence first. `returned` is added to, without evidence."""
        start = 0
        while start < screened.n_returned:
            explained = start < asked.evidence_count
            stop = min(
                start + (EXPLAINED_SLICE if explained else BARE_SLICE),
                asked.evidence_count if explained else screened.n_returned,
                screened.n_returned,
            )
            found, response = await asyncio.to_thread(self._slice, screening, screened, asked, start, stop)
            # evidence is sent and forgotten; the record needs ranks and scores only
            returned += [(key, Match(m.name, m.kind, "", m.rank, m.scored)) for key, m in found]
            yield response
            start = stop

    def _slice(
        self, screening: Screening, screened: Screened, asked: ScreeningQuery, start: int, stop: int
    ) -> tuple[list[tuple[int, Match]], pb.ScreenCandidatesResponse]:
        taxonomy, sent = self._engine.taxonomy, screened.sent is not None
        found = screening.matches(screened, asked, start, stop)
        candidates = [
            pb.ScreenedCandidate(match=match_to(m, taxonomy, asked.language), item_index=key if sent else 0)
            for key, m in found
        ]
        return found, pb.ScreenCandidatesResponse(matches=pb.ScreenedCandidates(candidates=candidates))

    def _summary(
        self,
        screening: Screening,
        screened: Screened,
        asked: ScreeningQuery,
        returned: list[tuple[int, Match]],
        n_unscreened: int,
        caller: str,
    ) -> pb.ScreenCandidatesResponse:
        page = screening.page(screened, returned)
        if screened.sent is None:
            page = self._engine.decisions.recorded(asked, page, caller)
        summary = pb.ScreeningSummary(
            scored_count=screened.n_scored,
            returned_count=len(returned),
            unscreened_count=n_unscreened,
            versions=versions_to(page.versions),
            warnings=warnings_to(page.warnings),
            query_truncation=truncation_to(page.truncation),
            decision=page.decision,
        )
        return pb.ScreenCandidatesResponse(summary=summary)

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        """Counts a screening while it runs.

        Raises:
            Overloaded: as many as may run do.
        """
        if self._n_running >= MAX_RUNNING:
            raise Overloaded(f"{MAX_RUNNING} screenings are under way; try again", retry_delay_s=5.0)
        self._n_running += 1
        try:
            yield
        finally:
            self._n_running -= 1


class _Watched:
    """A screening of stored candidates in a thread, told about from time to time."""

    def __init__(self, screening: Screening, asked: ScreeningQuery) -> None:
        self._task = asyncio.create_task(asyncio.to_thread(screening.stored, asked, self._tell))
        self._told = (0, 0)

    def _tell(self, n_scored: int, n_to_score: int) -> None:
        self._told = (n_scored, n_to_score)

    async def progress(self) -> Responses:
        """Progress as it changes, and once all is scored."""
        before = (0, 0)
        while not self._task.done():
            await asyncio.wait([self._task], timeout=LOOK_EVERY_S)
            if self._told != before and not self._task.done():
                before = self._told
                yield _progress(*before)
        self.screened, self.missing = self._task.result()
        yield _progress(self.screened.n_scored, self.screened.n_scored)


async def _take_in(taken: SentCandidates, requests: Requests) -> Responses:
    """Reads the documents that follow, a batch at a time; answers refused ones and progress."""
    position, ended = 0, False
    while not ended:
        batch: list[tuple[int, RawDocument]] = []
        while len(batch) < SENT_BATCH and not ended:
            request = await anext(requests, None)
            if request is None:
                ended = True
                continue
            if position >= MAX_SENT:
                raise InvalidRequest(
                    "too many documents for one screening", field="document", limit=f"{MAX_SENT} documents"
                )
            try:
                batch.append((position, _document(request)))
            except MatcherError as error:
                yield _refused(position, error)
            position += 1
        if batch:
            for refused, reason in await asyncio.to_thread(taken.add, batch):
                yield _refused(refused, reason)
            yield _progress(taken.n_scored, taken.n_scored if ended else 0)


def screening_query_from(message: pb.Screening) -> ScreeningQuery:
    """A checked setup with its defaults filled in.

    Raises:
        InvalidDocument, InvalidRequest: the inline query has no kind; stored candidates are chosen though others are sent along.
    """
    if message.sent_along and (message.filter or message.names):
        field = "screening.filter" if message.filter else "screening.names"
        raise InvalidRequest("stored candidates cannot be chosen when others are sent along", field=field)
    return ScreeningQuery(
        query=query_from(message.query, "screening.query"),
        filter_text=message.filter,
        names=tuple(message.names),
        limit=message.limit,
        evidence_count=message.evidence_count or DEFAULT_EVIDENCE,
        language=message.language or DEFAULT_LANGUAGE,
        chosen=chosen_weights(message),
    )


def _setup(request: pb.ScreenCandidatesRequest | Undecodable | None) -> pb.Screening:
    if request is None:
        raise InvalidRequest("the stream is empty; send `screening` first", field="screening")
    message = checked(request)
    if message.WhichOneof("part") != "screening":
        raise InvalidRequest("the first message must be `screening`", field="screening")
    setup: pb.Screening = message.screening  # type: ignore[attr-defined]
    return setup


def _document(request: pb.ScreenCandidatesRequest | Undecodable) -> RawDocument:
    message = checked(request)
    if message.WhichOneof("part") != "document":
        raise InvalidRequest("`screening` may be the first message only", field="screening")
    check(message.document, prefix="document.")  # type: ignore[attr-defined]
    return raw_document(message.document)  # type: ignore[attr-defined]


def _refused(position: int, error: MatcherError) -> pb.ScreenCandidatesResponse:
    status = status_of(error, f"screening-{position}")
    return pb.ScreenCandidatesResponse(unscreened=pb.UnscreenedCandidate(item_index=position, error=status))


def _progress(n_scored: int, n_to_score: int) -> pb.ScreenCandidatesResponse:
    return pb.ScreenCandidatesResponse(progress=pb.ScreeningProgress(scored_count=n_scored, total_count=n_to_score))
