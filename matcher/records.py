"""What the engine takes and gives, beyond domain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.document import Kind, RawDocument, ReadWarning, Truncation
from matcher.domain.match import BothSided, Match, Versions
from matcher.domain.skill import SkillMention, UnlinkedPhrase
from matcher.embed.self_check import CheckResult
from matcher.errors import MatcherError
from matcher.extract import RungMention
from matcher.match.filter import ClauseEffect
from matcher.match.weights import ScoreWeights
from matcher.store import StoredDocument, WriteOutcome

Query = str | RawDocument
"""A document to match: the name of a stored one, or an inline one."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One document to import. `request_id` empty: no receipt."""

    raw: RawDocument
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one item: an outcome, or an error."""

    name: str
    outcome: WriteOutcome | None = None
    error: MatcherError | None = None
    warnings: tuple[ReadWarning, ...] = ()
    mention_count: int = 0
    truncation: Truncation | None = None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of a listing. `total` counts all that pass the filter."""

    documents: Sequence[StoredDocument]
    next_page_token: str
    total: int


@dataclass(frozen=True, slots=True)
class ChosenWeights:
    """Which weights a request scores with: `preset` "" for the fitted ones, `weights` as in `MatchQuery`."""

    preset: str = ""
    weights: tuple[tuple[str, float], ...] = ()

    def of(self, weights: ScoreWeights) -> ScoreWeights:
        """Those of `weights` that are chosen.

        Raises:
            InvalidRequest: as `ScoreWeights.chosen`.
        """
        return weights.chosen(self.preset, self.weights)


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """A match to make. `page_size` 1–100.

    `collapse`: from which share of common text on a document counts as a repeat of a better one and is told with it, 0: never;
    `max_per_organisation`: 0: any number; `diversity`: [0, 1], see `match.diversify`.
    `preset`: which weights to score with, "" for the fitted ones; `weights`: (part, log-odds) that take their place, by part.
    """

    query: Query
    target_kind: Kind
    filter_text: str = ""
    page_size: int = 10
    page_token: str = ""
    with_evidence: bool = True
    language: str = "zh"
    preset: str = ""
    weights: tuple[tuple[str, float], ...] = ()
    both_sided: BothSided = BothSided.OFF
    collapse: float = 0.0
    max_per_organisation: int = 0
    diversity: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents to explain; `preset` and `weights` as in `MatchQuery`."""

    query: Query
    target: Query
    language: str = "zh"
    preset: str = ""
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """Which documents a page was decided on, for its record. `query_row_id` None: inline, then `query_hash` tells its content.

    `row_ids`: of the matches, in their order. `offset`: documents on the pages before.
    """

    query_kind: Kind
    query_row_id: int | None
    query_hash: str
    row_ids: tuple[int, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class MatchPage:
    """One page of matches. `filtered_size`: documents of the kind that passed the filter. `truncation`: of an inline query.

    `n_collapsed`, `n_capped`: of the best documents, how many are told with a better one, or left out by the cap.
    `decision`: resource name of its record, "" when there is none.
    `filter_effects`: what each clause of the filter does, where nothing passed it.
    """

    matches: Sequence[Match]
    next_page_token: str
    filtered_size: int
    versions: Versions
    warnings: tuple[ReadWarning, ...] = ()
    truncation: Truncation | None = None
    filter_effects: tuple[ClauseEffect, ...] = ()
    n_collapsed: int = 0
    n_capped: int = 0
    decided: Decided | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class PairExplained:
    """One pair as a match, and what of either side is in no vector."""

    match: Match
    versions: Versions
    query_truncation: Truncation | None
    target_truncation: Truncation | None


class SwapPhase(StrEnum):
    """How far a model swap is. In the last three it is over; a paused one goes on at the next start."""

    LOADING = "loading"
    CHECKING = "checking"
    EMBEDDING = "embedding"
    SWITCHING = "switching"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SwapProgress:
    """A model swap. `model`: registry id or folder. `checks`: what the self-check measured. `error`: why it failed.

    `n_embedded` of `n_documents` have vectors of the new model; `seconds` since it was begun or gone on with.
    """

    model: str
    model_id: str
    phase: SwapPhase
    n_embedded: int = 0
    n_documents: int = 0
    seconds: float = 0.0
    checks: tuple[CheckResult, ...] = ()
    error: Exception | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.phase in {SwapPhase.DONE, SwapPhase.FAILED, SwapPhase.CANCELLED}


@dataclass(frozen=True, slots=True)
class TextFindings:
    """What a text names: skills, words that look like skills and are in no taxonomy, rungs of ladders; each by place."""

    mentions: tuple[SkillMention, ...]
    phrases: tuple[UnlinkedPhrase, ...]
    rungs: tuple[RungMention, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What the service holds. `swap`: the model swap under way or the last one since the start, None when there was none."""

    versions: Versions
    dimension: int
    n_skills: int
    counts: Mapping[Kind, int]
    indexes: Mapping[Kind, str]
    swap: SwapProgress | None = None
