"""Why a pair scores as it does: per requirement covered, partial or missing, with quotes and offsets on both sides.

Enters: two documents with their mentions and profiles, and the same credit rule that scored them. Leaves: evidence in which
each number is the one that entered the score. Nothing is claimed without a quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import REDACTION_MARK, Document, Span
from matcher.domain.match import Evidence, RequirementMatch, RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillMention
from matcher.match.credit import COVERED_AT, PARTIAL_AT, credit_of_suppliers
from matcher.match.profile import PREFERRED, Profile
from matcher.match.score import requirement_groups, requirement_weights
from matcher.match.skillspace import SkillSpace

MAX_QUOTES = 3
MAX_ADDITIONAL = 20
SENTENCE_CHARS = 120
_ENDS = frozenset("。！？!?；;\n")


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A document with what explaining needs of it. `name` is empty for an inline document.

    `demanded`: skill id → mentions that demand it; `shown`: skill id → mentions that show it.
    """

    name: str
    document: Document
    profile: Profile
    demanded: dict[str, Sequence[SkillMention]]
    shown: dict[str, Sequence[SkillMention]]


def explain_requirements(
    demand: Explained, supply: Explained, space: SkillSpace, rarity: NDArray[np.float32]
) -> tuple[RequirementMatch, ...]:
    """One entry per requirement of `demand`: hard essential first, then hard preferred, then soft; by weight within."""
    profile = demand.profile
    credit, met_by = credit_of_suppliers(profile, [supply.profile], space)
    weights = requirement_weights(profile, rarity)
    entries: list[tuple[tuple[int, float, int], RequirementMatch]] = []
    for group, mask in enumerate(requirement_groups(profile, space).values()):
        total = float(weights[mask].sum())
        for row in np.flatnonzero(mask).tolist():
            share = float(weights[row]) / total
            match = _requirement(demand, supply, space, row, float(credit[0, row]), int(met_by[0, row]), share)
            entries.append(((group, -share, row), match))
    return tuple(match for _, match in sorted(entries, key=lambda e: e[0]))


def additional_skills(demand: Explained, supply: Explained, space: SkillSpace) -> tuple[tuple[str, Evidence], ...]:
    """Hard skills that `supply` shows and that meet no requirement, in the order of its text, at most `MAX_ADDITIONAL`."""
    useful = {int(s) for row in demand.profile.demand_skills for s in space.met_by(int(row))[0]}
    found = []
    for skill_id, mentions in supply.shown.items():
        number = space.number_by_id.get(skill_id)
        if number is None or number in useful or space.soft[number]:
            continue
        found.append((mentions[0].span.start, skill_id, evidence_of(supply, mentions[0])))
    return tuple((skill_id, evidence) for _, skill_id, evidence in sorted(found, key=lambda f: f[:2])[:MAX_ADDITIONAL])


def evidence_of(explained: Explained, mention: SkillMention) -> Evidence:
    """The quote of a mention with the sentence around it."""
    text = explained.document.text
    return Evidence(
        document=explained.name,
        span=mention.span,
        quote=text[mention.span.start : mention.span.end],
        sentence=sentence_around(text, mention.span),
        confidence=mention.confidence,
    )


def sentence_around(text: str, span: Span) -> str:
    """The sentence that holds the span, cut to `SENTENCE_CHARS` characters around it; redaction marks are folded."""
    start, end = span.start, span.end
    floor = max(0, end - SENTENCE_CHARS)
    while start > floor and text[start - 1] not in _ENDS:
        start -= 1
    ceiling = min(len(text), start + SENTENCE_CHARS)
    while end < ceiling and text[end] not in _ENDS:
        end += 1
    return text[start:end].replace(REDACTION_MARK, "").strip()


def _requirement(
    demand: Explained, supply: Explained, space: SkillSpace, row: int, credit: float, met_by: int, share: float
) -> RequirementMatch:
    profile = demand.profile
    skill_id = space.ids[int(profile.demand_skills[row])]
    status = (
        RequirementStatus.COVERED
        if credit >= COVERED_AT
        else RequirementStatus.PARTIAL
        if credit >= PARTIAL_AT
        else RequirementStatus.MISSING
    )
    proof = space.ids[met_by] if met_by >= 0 and status is not RequirementStatus.MISSING else ""
    return RequirementMatch(
        skill_id=skill_id,
        importance=Importance.PREFERRED if profile.demand_importance[row] == PREFERRED else Importance.ESSENTIAL,
        required_level=_level(profile.demand_levels[row]),
        held_level=_level(supply.profile.supply_levels[supply.profile.supply_skills == met_by][0]) if proof else None,
        status=status,
        credit=credit,
        weight=share,
        met_by=proof,
        demand_evidence=tuple(evidence_of(demand, m) for m in demand.demanded.get(skill_id, ())[:MAX_QUOTES]),
        supply_evidence=tuple(evidence_of(supply, m) for m in supply.shown.get(proof, ())[:MAX_QUOTES]),
    )


def _level(value: np.int8) -> Proficiency | None:
    return Proficiency(int(value)) if value else None
