"""Why a pair scores as it does: per requirement covered, partial or missing, with quotes and offsets on both sides.

Enters: two documents with their mentions and profiles, and the same credit rule that scored them. Leaves: evidence in which
each number is the one that entered the score. Nothing is claimed without a quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import REDACTION_MARK, Document, Kind, Span
from matcher.domain.match import Evidence, RequirementMatch, RequirementStatus, SharedSkill
from matcher.domain.skill import Importance, Proficiency, SkillMention
from matcher.match.credit import COVERED_AT, LEVEL_FACTOR, PARTIAL_AT, credit_of_suppliers
from matcher.match.profile import PREFERRED, Profile
from matcher.match.score import requirement_groups, requirement_weights
from matcher.match.skillspace import SkillSpace

MAX_QUOTES = 3
MAX_ADDITIONAL = 20
SENTENCE_CHARS = 120
# A full stop ends a sentence when a word of three letters stands before it and a blank after it: "e.g. 3.5 V", "Node.js"
# and "Dr. Li" go on.
_END = re.compile(r"[。！？!?；;\n]|(?<=\w{3})\.(?!\S)")


class Demanded(NamedTuple):
    """One demand of a document, as every match with it shows it. `row`: position in the profile's demands."""

    row: int
    skill: int
    skill_id: str
    importance: Importance
    level: Proficiency | None
    share: float
    evidence: tuple[Evidence, ...]


@dataclass(slots=True, eq=False)
class Made:
    """Parts of explanations of one document that do not depend on the other side; filled as they are needed.

    `demands`: with the rarity that ordered and weighed them. `usable`: skill number → bit n set when showing it at level n gives
    credit for some demand of the document.
    """

    quotes: dict[Span, Evidence] = field(default_factory=dict)
    proofs: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    demands: tuple[NDArray[np.float32], list[Demanded]] | None = None
    usable: dict[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A document with what explaining needs of it. `name` is empty for an inline document.

    `demanded`: skill id → mentions that demand it; `shown`: skill id → mentions that show it; `denied`: skill id → mentions that
    deny it. `proven`: skill id → quotes of other documents that show it, such as the syllabi of completed courses.
    """

    name: str
    document: Document
    profile: Profile
    demanded: dict[str, Sequence[SkillMention]]
    shown: dict[str, Sequence[SkillMention]]
    denied: Mapping[str, Sequence[SkillMention]] = field(default_factory=dict)
    proven: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    made: Made = field(default_factory=Made, init=False)
    """What was made of the document so far: it stands in many matches, always in the same words."""


Met = tuple[NDArray[np.float32], NDArray[np.int32]]
"""(credit, met_by): one row of what `credit_of_suppliers` returns, both (r,)."""


def explain_requirements(
    demand: Explained, supply: Explained, space: SkillSpace, rarity: NDArray[np.float32], met: Met | None = None
) -> tuple[RequirementMatch, ...]:
    """One entry per requirement of `demand`: hard essential first, then hard preferred, then soft; by weight within.

    `met`: the row of `credit_of_suppliers` for this pair, where the caller has computed a page of them at once.
    """
    if met is None:
        page, suppliers = credit_of_suppliers(demand.profile, [supply.profile], space)
        met = page[0], suppliers[0]
    credit, met_by = met[0].tolist(), met[1].tolist()
    return tuple(
        _requirement(supply, space, asked, credit[asked.row], met_by[asked.row])
        for asked in demands_of(demand, space, rarity)
    )


def demands_of(demand: Explained, space: SkillSpace, rarity: NDArray[np.float32]) -> list[Demanded]:
    """The requirements of a document in the order in which they are shown."""
    made = demand.made.demands
    if made is not None and made[0] is rarity:
        return made[1]
    profile = demand.profile
    weights = requirement_weights(profile, rarity)
    entries: list[tuple[int, float, int]] = []
    for group, mask in enumerate(requirement_groups(profile, space).values()):
        total = float(weights[mask].sum())
        entries.extend((group, -float(weights[row]) / total, row) for row in np.flatnonzero(mask).tolist())
    found = [_demanded(demand, space, row, -share) for _, share, row in sorted(entries)]
    demand.made.demands = rarity, found
    return found


def _demanded(demand: Explained, space: SkillSpace, row: int, share: float) -> Demanded:
    profile = demand.profile
    skill = int(profile.demand_skills[row])
    skill_id = space.ids[skill]
    return Demanded(
        row,
        skill,
        skill_id,
        Importance.PREFERRED if profile.demand_importance[row] == PREFERRED else Importance.ESSENTIAL,
        _level(int(profile.demand_levels[row])),
        share,
        tuple(evidence_of(demand, m) for m in demand.demanded.get(skill_id, ())[:MAX_QUOTES]),
    )


def shared_skills(
    query: Explained, target: Explained, space: SkillSpace, rarity: NDArray[np.float32]
) -> tuple[SharedSkill, ...]:
    """Skills that both documents are about, rarest first (ties by id), at most `MAX_ADDITIONAL`."""
    both = np.intersect1d(query.profile.overlap_skills, target.profile.overlap_skills)
    ordered = sorted(both.tolist(), key=lambda n: (-float(rarity[n]), space.ids[n]))[:MAX_ADDITIONAL]
    return tuple(
        SharedSkill(
            skill_id, evidence_of(query, _named(query, skill_id)[0]), evidence_of(target, _named(target, skill_id)[0])
        )
        for skill_id in (space.ids[n] for n in ordered)
    )


def _named(explained: Explained, skill_id: str) -> Sequence[SkillMention]:
    """Mentions that make a document be about a skill: what a posting demands, what the others show."""
    by_skill = explained.demanded if explained.document.kind is Kind.POSTING else explained.shown
    return by_skill[skill_id]


def additional_skills(
    demand: Explained, supply: Explained, space: SkillSpace, shared: Sequence[SharedSkill] = ()
) -> tuple[tuple[str, Evidence], ...]:
    """Hard skills that `supply` shows and that meet no requirement, in the order of its text, at most `MAX_ADDITIONAL`.

    A skill that would meet one, but does it less well than another skill shown, is not additional either; nor is a shared one.
    """
    useful = _useful_skills(demand, supply.profile, space) | {space.number_by_id[s.skill_id] for s in shared}
    able = set(supply.profile.supply_skills.tolist())  # without what is only wished for
    found = []
    for skill_id, mentions in supply.shown.items():
        number = space.number_by_id.get(skill_id)
        if number is None or number in useful or space.soft[number] or number not in able:
            continue
        found.append((mentions[0].span.start, skill_id, evidence_of(supply, mentions[0])))
    return tuple((skill_id, evidence) for _, skill_id, evidence in sorted(found, key=lambda f: f[:2])[:MAX_ADDITIONAL])


def _useful_skills(demand: Explained, supply: Profile, space: SkillSpace) -> set[int]:
    """Skills of `supply` that give credit for some demand, each taken by itself."""
    usable = demand.made.usable
    if usable is None:
        usable = demand.made.usable = _usable(demand.profile, space)
    shown = zip(supply.supply_skills.tolist(), supply.supply_levels.tolist(), strict=True)
    return {skill for skill, level in shown if usable.get(skill, 0) >> level & 1}


def _usable(demand: Profile, space: SkillSpace) -> dict[int, int]:
    """See `Made.usable`."""
    usable: dict[int, int] = {}
    for required, asked in zip(demand.demand_skills.tolist(), demand.demand_levels.tolist(), strict=True):
        had, value = space.met_by(required)
        counts = LEVEL_FACTOR[asked][None, :] * value[:, None] >= PARTIAL_AT
        bits = counts @ (1 << np.arange(counts.shape[1]))
        for skill, levels in zip(had.tolist(), bits.tolist(), strict=True):
            usable[skill] = usable.get(skill, 0) | levels
    return usable


def evidence_of(explained: Explained, mention: SkillMention) -> Evidence:
    """The quote of a mention with the sentence around it."""
    found = explained.made.quotes.get(mention.span)
    if found is None or found.confidence != mention.confidence:  # one span may name two skills, not equally surely
        text = explained.document.text
        found = Evidence(
            document=explained.name,
            span=mention.span,
            quote=text[mention.span.start : mention.span.end],
            sentence=sentence_around(text, mention.span),
            confidence=mention.confidence,
        )
        explained.made.quotes[mention.span] = found
    return found


def shown_evidence(explained: Explained, skill_id: str) -> tuple[Evidence, ...]:
    """At most `MAX_QUOTES` quotes that show a skill: those of other documents first, then those of its own text."""
    own = (evidence_of(explained, mention) for mention in explained.shown.get(skill_id, ()) if not mention.wished)
    return tuple([*explained.proven.get(skill_id, ()), *own][:MAX_QUOTES])


def sentence_around(text: str, span: Span) -> str:
    """The sentence that holds the span, without its end mark, cut to `SENTENCE_CHARS` around it; redaction marks are left out.

    What a long sentence has on one side is cut to half of what the span leaves, to more where the other side is short.
    """
    start, end = span.start, min(span.end, span.start + SENTENCE_CHARS)
    room = SENTENCE_CHARS - (end - start)
    first = max(0, start - room)
    for mark in _END.finditer(text, first, start):
        first = mark.end()
    ending = _END.search(text, end, end + room)
    last = ending.start() if ending else min(len(text), end + room)
    after = min(last - end, max(room // 2, room - (start - first)))
    before = min(start - first, room - after)
    first, last = _at_word_edges(text, start - before, start, end, end + after)
    return text[first:last].replace(REDACTION_MARK, "").strip()


def _at_word_edges(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """`first` and `last` moved towards the span, out of the Latin words that a cut there would split."""
    while first < start and first > 0 and _is_latin(text[first - 1]) and _is_latin(text[first]):
        first += 1
    while end < last < len(text) and _is_latin(text[last - 1]) and _is_latin(text[last]):
        last -= 1
    return first, last


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def _requirement(supply: Explained, space: SkillSpace, asked: Demanded, credit: float, met_by: int) -> RequirementMatch:
    status = (
        RequirementStatus.COVERED
        if credit >= COVERED_AT
        else RequirementStatus.PARTIAL
        if credit >= PARTIAL_AT
        else RequirementStatus.MISSING
    )
    proof = space.ids[met_by] if met_by >= 0 and status is not RequirementStatus.MISSING else ""
    held = _level_shown(supply, met_by) if proof else 0
    return RequirementMatch(
        skill_id=asked.skill_id,
        importance=asked.importance,
        required_level=asked.level,
        held_level=_level(held),
        status=status,
        credit=credit,
        weight=asked.share,
        met_by=proof,
        demand_evidence=asked.evidence,
        supply_evidence=_proof_of(supply, proof) if proof else (),
        relation=space.relation(asked.skill, met_by) if proof else 0.0,
        level_factor=float(LEVEL_FACTOR[int(asked.level or 0), held]) if proof else 0.0,
    )


def _level_shown(supply: Explained, skill: int) -> int:
    levels = supply.made.levels
    if not levels:
        shown = supply.profile
        levels.update(zip(shown.supply_skills.tolist(), shown.supply_levels.tolist(), strict=True))
    return levels[skill]


def _proof_of(supply: Explained, skill_id: str) -> tuple[Evidence, ...]:
    proofs = supply.made.proofs
    if skill_id not in proofs:
        proofs[skill_id] = tuple(evidence_of(supply, m) for m in supply.shown.get(skill_id, ())[:MAX_QUOTES])
    return proofs[skill_id]


def _level(number: int) -> Proficiency | None:
    return Proficiency(number) if number else None
