"""Would the posting also suit the candidate: pay, place, schooling, years and the post wished for, from the candidate's side.

Enters: the facts of a posting and of a candidate, and how alike their titles are. Leaves: one value in [0, 1] per fact that both
sides state, and their mean. A fact that either side does not state has no value and is in no mean: nothing stated, no fit. It is
no part of the score, which asks whether the candidate suits the posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import EducationLevel, Kind, Salary
from matcher.domain.match import CandidateFit, FitPart
from matcher.errors import InvalidRequest
from matcher.match.filter.regions import Relation, folded, relation
from matcher.match.score import COLUMN, Pool, Side

# Two levels above what is asked reads as a post below one's schooling, three as no post for one at all.
_SURPLUS_LEVELS: Final = {0: 1.0, 1: 1.0, 2: 0.5}
# Years beyond those asked for that still suit, and over how many more the fit falls to 0: a policy, not measured.
_SPARE_YEARS: Final = 5.0
_FADING_YEARS: Final = 10.0


class Stated(Protocol):
    """What one side states, as `matcher.match.profile.Profile`; None: it does not say."""

    @property
    def education(self) -> EducationLevel | None: ...  # noqa: D102
    @property
    def experience_years(self) -> float | None: ...  # noqa: D102
    @property
    def region(self) -> str | None: ...  # noqa: D102
    @property
    def salary(self) -> Salary | None: ...  # noqa: D102


def candidate_fit(posting: Stated, candidate: Stated, wish: float | None) -> CandidateFit:
    """How far a posting suits a candidate.

    Args:
        posting: what the posting states.
        candidate: what the candidate states.
        wish: similarity in [0, 1] of the posting's title and the post that the candidate seeks, None where either has none.
    """
    parts = (
        FitPart("salary", salary_fit(posting.salary, candidate.salary)),
        FitPart("region", region_fit(posting.region, candidate.region)),
        FitPart("education", education_use(posting.education, candidate.education)),
        FitPart("experience", experience_use(posting.experience_years, candidate.experience_years)),
        FitPart("wish", wish),
    )
    known = [part.value for part in parts if part.value is not None]
    return CandidateFit(parts, sum(known) / len(known) if known else None)


def candidate_fits(
    query: Side, pool: Pool, values: NDArray[np.float32], target_kind: Kind = Kind.CANDIDATE
) -> list[CandidateFit]:
    """The candidate's side of each pair of a posting with candidates, or of a candidate with postings.

    Args:
        query: one side of every pair.
        pool: the n others.
        values: (n, N_PARTS) part values of the pairs.
        target_kind: of the pool.

    Raises:
        InvalidRequest: the pairs are of other kinds.
    """
    if {query.profile.kind, target_kind} != {Kind.POSTING, Kind.CANDIDATE}:
        raise InvalidRequest(
            "only a posting and a candidate have two sides to suit", field="both_sided", limit="posting and candidate"
        )
    alike = values[:, COLUMN["title_similarity"]].tolist()
    wishes = [None if wish != wish else wish for wish in alike]  # noqa: PLR0124  (NaN alone differs from itself)
    asks = query.profile.kind is Kind.POSTING
    pairs = [(query.profile, p) if asks else (p, query.profile) for p in pool.profiles]
    return [candidate_fit(posting, person, wish) for (posting, person), wish in zip(pairs, wishes, strict=True)]


def salary_fit(offered: Salary | None, wanted: Salary | None) -> float | None:
    """1 when the most that is offered reaches the least that is wanted, else the share that it makes; per month, one currency."""
    if offered is None or wanted is None or offered.currency != wanted.currency:
        return None
    most = offered.monthly_max_minor if offered.monthly_max_minor is not None else offered.monthly_min_minor
    least = wanted.monthly_min_minor if wanted.monthly_min_minor is not None else wanted.monthly_max_minor
    if most is None or least is None:
        return None
    return 1.0 if most >= least else most / least


def region_fit(posting: str | None, candidate: str | None) -> float | None:
    """1 when one place is the other or lies in it, else 0."""
    if posting is None or candidate is None:
        return None
    return 0.0 if relation(folded(posting), folded(candidate)) is Relation.APART else 1.0


def education_use(asked: EducationLevel | None, held: EducationLevel | None) -> float | None:
    """1 at the level asked or one above, 0.5 two above or one below, else 0."""
    if asked is None or held is None:
        return None
    surplus = int(held) - int(asked)
    return 0.5 if surplus == -1 else _SURPLUS_LEVELS.get(surplus, 0.0)


def experience_use(asked: float | None, held: float | None) -> float | None:
    """Share of the years asked that the candidate has; beyond `_SPARE_YEARS` more it falls to 0 over `_FADING_YEARS`."""
    if asked is None or held is None:
        return None
    if held < asked:
        return held / asked
    return min(1.0, max(0.0, 1.0 - (held - asked - _SPARE_YEARS) / _FADING_YEARS))


def both_sided(scores: NDArray[np.float64], fits: Sequence[CandidateFit]) -> NDArray[np.float64]:
    """(n,) scores × (1 + fit) / 2, an unknown fit taken as 0: what is not stated never counts as agreement."""
    known = np.array([0.0 if fit.value is None else fit.value for fit in fits])
    result: NDArray[np.float64] = scores * (1.0 + known) / 2.0
    return result
