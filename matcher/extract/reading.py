"""How one sentence speaks of the skills in it: importance and level of each.

Enters: a sentence (aligned folded text) and the places of the skills in it. Leaves: per skill the importance its cues set
(None when they set none) and the level. It refuses nothing.

Reach: a cue holds in its segment. It holds beyond a comma only along a list: a segment that opens with a skill (after an
optional "and") continues the one before, so it takes that one's leading cues, and hands back its trailing ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.skill import Importance, Proficiency
from matcher.extract import cues
from matcher.extract.clauses import segment_bounds
from matcher.extract.years import YearsCue, years_alone, years_in, years_of

_LIST_OPENING: Final = re.compile(r"[\s(]*(?:(?:and/or|and|or|as well as|以及|和|及|与|或者?|还有|等)\s*)?")
# Items that no taxonomy has do not end an English list: "firewalls, intrusion detection and zero trust", "a library such as X".
_UNKNOWN_ITEMS: Final = re.compile(
    r"\s*(?:(?:and|or)\s)?(?:(?!(?:is|are|has|have|will|can|must|should|with|you|we|i|able|experience|knowledge|familiar\w*|proficien\w+|strong"
    r"|solid|good|basic|excellent|understanding|ability|responsible|plus|ideally|working|some|no|not|any|use|using|write|build|design"
    r"|manage|work|support|ensure|lead|but|for|to|in|of|on|at)\b)[a-z][a-z-]*\s){1,4}(?:(?:and|or|such as|like|including)\s)?"
)
_LIST_GAP: Final = re.compile(rf"(?:[{cues.MASK}、/,()\s]|和|与|及|\band\b|\bor\b)*")
_DASH: Final = re.compile(r"\s?[–—-]\s")
# What opens a statement of its own, which a wish behind the next one does not reach: "能用X，有Y优先".
_OWN_STATEMENT: Final = re.compile(r"能|会|负责|懂|持")
_COORDINATOR: Final = re.compile(r"\b(?:and|or)\b|和|及|与|或")
_STUDY_REACH_CHARS: Final = 120
_OBJECT_GAP: Final = re.compile(rf"[一-鿿{cues.MASK}、/() ]{{0,40}}")
_BRACKET: Final = re.compile(r"\([^()\n]{0,120}\)")
_POST_LEVEL_GAP: Final = re.compile(r"(?:[一-鿿]{0,4}|\s*(?:skills?|knowledge|is|are|[:\-])*\s*)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sentence says of one skill. `importance` None: no cue reaches it.

    `strong`: its segment says "must". `study`: it is a field of study ("软件工程等相关专业", "a degree in accounting").
    `years`: of experience named for it. `qualifies`: its sentence speaks of what somebody can or should do, and its segment is no
    duty.
    """

    importance: Importance | None
    level: Proficiency | None
    strong: bool = False
    study: bool = False
    years: float | None = None
    qualifies: bool = False


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    places: list[tuple[int, int]]
    continues: bool
    coordinated: bool

    @property
    def lead_end(self) -> int:
        """End of what leads in: where the first skill begins."""
        return self.places[0][0] if self.places else self.end

    @property
    def tail_start(self) -> int:
        """Where the last skill begins: a level behind it ("Java熟练") is its own, not that of the next list item."""
        return self.places[-1][0] if self.places else self.end


@dataclass(frozen=True, slots=True)
class _Cues:
    """Cues of a sentence, each list by place: looked up once here, because a sentence may hold dozens of skills."""

    denials_before: list[int]
    denials_after: list[int]
    before: list[tuple[int, Importance]]
    after: list[tuple[int, Importance]]
    strong: list[int]
    levels: list[tuple[int, Proficiency]]
    asides: list[tuple[int, int]]

    def reaches(self, place: tuple[int, int], at: int) -> bool:
        """Whether a cue behind a skill is not locked up in brackets with another one: "Java, Python (Docker preferred)"."""
        return not any(start < at < end and not start < place[0] < end for start, end in self.asides)


def read_sentence(sentence: str, places: Sequence[tuple[int, int]], *, lone: bool = False) -> list[Reading]:
    """Reading of each place, in the order given.

    Args:
        sentence: aligned folded text of one sentence.
        places: `[start, end)` of each skill, relative to the sentence, ascending.
        lone: no document around it says what the sentence is about, so `Reading.qualifies` is wanted; else it stays false.
    """
    # A level word inside a skill's own name ("基础会计", "advanced mathematics") says nothing of mastery.
    masked = _mask(sentence, places)
    segments = _segments(masked, places)
    script = cues.script_of(masked)
    found = _find_cues(masked, script, places)
    marks = _study_marks(masked, script)
    double = bool(found.denials_before) and bool(cues.DOUBLE_NEGATION.search(masked))
    spans_of_time = years_in(masked)
    qualifies = lone and bool(cues.QUALIFICATION.search(masked))
    readings = []
    for index, segment in enumerate(segments):
        strong = any(segment.start <= at < segment.end for at in found.strong)
        wanted = qualifies and not cues.DUTY.match(masked, segment.start)
        for place in segment.places:
            importance = _importance(masked, found, segments, index, place)
            if double and importance is Importance.NEGATED:
                importance = Importance.ESSENTIAL
            level = None if importance is Importance.NEGATED else _level(masked, found, segments, index, place)
            years = None
            if spans_of_time and importance is not Importance.NEGATED:
                years = _years(masked, found, spans_of_time, segments, index, place)
            readings.append(Reading(importance, level, strong, _is_study(masked, place, marks), years, wanted))
    return readings


def _years(
    masked: str,
    found: _Cues,
    spans_of_time: Sequence[YearsCue],
    segments: list[_Segment],
    index: int,
    place: tuple[int, int],
) -> float | None:
    """Years of one skill: named in its segment, before its list, or alone behind it ("Surveying, five years minimum")."""
    segment = segments[index]
    # "Two years in planning, SAP a bonus" is two statements.
    alone = any(segment.start <= at < segment.end for at, _ in found.after)
    leads = [] if alone else [(e.start, e.lead_end) for e in _list_before(segments, index)]
    own = years_of(masked, spans_of_time, place, (segment.start, segment.end), leads)
    if own is not None:
        return own
    for following in segments[index + 1 :]:
        if not following.places:
            return years_alone(masked, spans_of_time, following.start, following.end)
        if not following.continues:
            return None
    return None


def _study_marks(masked: str, script: cues.Script) -> tuple[bool, bool]:
    """Whether the sentence speaks of fields of study, in Chinese and in English."""
    return script.chinese and "专业" in masked, script.english and bool(cues.DEGREE.search(masked))


def _is_study(masked: str, place: tuple[int, int], marks: tuple[bool, bool]) -> bool:
    """Whether a skill is named as what was or should have been studied."""
    if marks[0]:
        after = cues.STUDY_AFTER.match(masked, place[1])
        if after and not cues.NO_STUDY.search(after[0]):
            return True
    return marks[1] and bool(cues.STUDY_BEFORE.search(masked, max(0, place[0] - _STUDY_REACH_CHARS), place[0]))


def _find_cues(masked: str, script: cues.Script, places: Sequence[tuple[int, int]]) -> _Cues:
    before = [(at, importance) for cue, importance in cues.IMPORTANCE_BEFORE for at in cue.starts(masked, script)]
    after = [(at, importance) for cue, importance in cues.IMPORTANCE_AFTER for at in cue.starts(masked, script)]
    may_deny = cues.MAY_DENY.search(masked)
    return _Cues(
        denials_before=list(cues.NEGATION_BEFORE.starts(masked, script)) if may_deny else [],
        denials_after=list(cues.NEGATION_AFTER.starts(masked, script)) if may_deny else [],
        before=sorted(before),
        after=sorted(after),
        strong=list(cues.STRONG_ESSENTIAL.starts(masked, script)) if before or after else [],
        levels=cues.levels_in(masked, script),
        asides=_asides(masked, places) if "(" in masked else [],
    )


def _asides(masked: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Brackets that hold a skill."""
    spans = [match.span() for match in _BRACKET.finditer(masked)]
    return [(start, end) for start, end in spans if any(start < place[0] < end for place in places)]


def _mask(sentence: str, places: Sequence[tuple[int, int]]) -> str:
    """The sentence with every skill overwritten, so that cues are looked for between skills only."""
    pieces, done = [], 0
    for start, end in places:
        pieces += [sentence[done:start], cues.MASK * (end - start)]
        done = end
    return "".join([*pieces, sentence[done:]])


def _segments(masked: str, places: Sequence[tuple[int, int]]) -> list[_Segment]:
    segments: list[_Segment] = []
    position = 0
    for start, end in segment_bounds(masked):
        inside = []
        while position < len(places) and places[position][0] < end:
            inside.append(places[position])
            position += 1
        continues = coordinated = False
        if inside:
            opening = _LIST_OPENING.match(masked, start, end)
            continues = bool(segments) and (
                inside[0][0] <= (opening.end() if opening else start)
                or bool(_UNKNOWN_ITEMS.fullmatch(masked[start : inside[0][0]]))
            )
            coordinated = bool(_COORDINATOR.search(masked, start, inside[-1][0]))
        segments.append(_Segment(start, end, inside, continues, coordinated))
    return segments


def _importance(
    masked: str, found: _Cues, segments: list[_Segment], index: int, place: tuple[int, int]
) -> Importance | None:
    segment = segments[index]
    after = next(
        (importance for at, importance in found.after if place[1] <= at < segment.end and found.reaches(place, at)),
        None,
    )
    # "X is not required but preferred", "没有X也可,有则优先": a wish outweighs a denial.
    if after is not Importance.PREFERRED and _is_negated(found, segments, index, place):
        following = segments[index + 1] if index + 1 < len(segments) else None
        if following and not following.places:
            wishes = (at for at, importance in found.after if importance is Importance.PREFERRED)
            if any(following.start <= at < following.end for at in wishes):
                return Importance.PREFERRED
        return Importance.NEGATED
    if after is not None:
        return after
    before = _last_before(found, segment.start, place[0])
    if before is not None:
        return before
    handed_back = _from_following(masked, found, segments, index)
    if handed_back is not None:
        return handed_back
    for earlier in _list_before(segments, index):
        before = _last_before(found, earlier.start, earlier.lead_end)
        if before is not None:
            return before
    return None


def _is_negated(found: _Cues, segments: list[_Segment], index: int, place: tuple[int, int]) -> bool:
    segment = segments[index]
    if any(place[1] <= at < segment.end and found.reaches(place, at) for at in found.denials_after):
        return True
    if found.denials_after and _is_denied_behind_list(found, segments, index):
        return True
    if not found.denials_before:
        return False
    leads = [(segment.start, place[0]), *((e.start, e.lead_end) for e in _list_before(segments, index))]
    return any(start <= at < end for start, end in leads for at in found.denials_before)


def _is_denied_behind_list(found: _Cues, segments: list[_Segment], index: int) -> bool:
    """Whether the end of the list denies all of it: "Docker, Kubernetes and Terraform are not required"."""
    for last in segments[index + 1 :]:
        if not last.continues:
            return False
        if any(last.places[0][1] <= at < last.end for at in found.denials_after):
            return last.coordinated
    return False


def _list_before(segments: list[_Segment], index: int) -> list[_Segment]:
    """The segments that a list item continues, nearest first; empty when it continues none."""
    found = []
    while index > 0 and segments[index].continues:
        index -= 1
        found.append(segments[index])
    return found


def _from_following(masked: str, found: _Cues, segments: list[_Segment], index: int) -> Importance | None:
    """A trailing cue handed back along a list: "Docker, Kubernetes and Terraform are a plus"."""
    own = segments[index]
    for last in segments[index + 1 :]:
        if not last.continues:
            break
        for at, importance in found.after:
            if last.places[0][1] <= at < last.end and found.reaches(own.places[-1], at):
                # "Proficient in Python, Go a plus" is two statements; "familiarity with Docker, Helm and Go is a plus" is one.
                if own.continues or last.coordinated or not _is_own_statement(masked, found, own):
                    return importance
                break
    return None


def _is_own_statement(masked: str, found: _Cues, segment: _Segment) -> bool:
    """Whether a segment says something by itself: a level, years, or that somebody can or does something."""
    return (
        any(segment.start <= at < segment.end for at, _ in found.levels)
        or bool(_OWN_STATEMENT.search(masked, segment.start, segment.lead_end))
        or bool(years_in(masked[segment.start : segment.lead_end]))
    )


def _last_before(found: _Cues, start: int, end: int) -> Importance | None:
    return next((importance for at, importance in reversed(found.before) if start <= at < end), None)


def _level(
    masked: str, found: _Cues, segments: list[_Segment], index: int, place: tuple[int, int]
) -> Proficiency | None:
    segment = segments[index]
    behind = cues.level_right_behind(masked, place[1])
    if behind is not None and not (
        cues.is_basics(masked, place[1]) and any(segment.start <= at < place[0] for at, _ in found.levels)
    ):
        return behind
    before = cues.level_right_before(masked, *place)
    if before is not None:
        return before
    named = _level_named(masked, found, segments, index, place) if found.levels else None
    return _level_behind_list(masked, segments, index, place) if named is None else named


def _level_named(
    masked: str, found: _Cues, segments: list[_Segment], index: int, place: tuple[int, int]
) -> Proficiency | None:
    """The level of a cue before the skill or its list, else of one behind it."""
    segment = segments[index]
    leads = [(segment.start, place[0]), *((e.start, e.tail_start) for e in _list_before(segments, index))]
    for start, end in leads:
        for at, level in reversed(found.levels):
            if start <= at < end:
                return level
    for at, level in found.levels:
        if place[1] <= at < segment.end:
            gap = masked[place[1] : at]
            # "对X、Y有一定了解": the level stands behind the whole list.
            is_object = "对" in masked[segment.start : place[0]] and _OBJECT_GAP.fullmatch(gap)
            return level if is_object or _POST_LEVEL_GAP.fullmatch(gap) else None
    return None


def _level_behind_list(masked: str, segments: list[_Segment], index: int, place: tuple[int, int]) -> Proficiency | None:
    """A level that closes the list: "函数、数据透视表熟练", and beyond commas after a dash: "React, Next.js – proficient"."""
    for number, segment in enumerate(segments[index:]):
        if number and not segment.continues:
            return None
        for other in segment.places:
            if other[0] < place[1]:
                continue
            if not _LIST_GAP.fullmatch(masked, place[1], other[0]):
                return None
            level = cues.level_right_behind(masked, other[1])
            if level is not None:
                return level if not number or _DASH.match(masked, other[1]) else None
    return None
