"""Skills named in a document or a text, each with its place, importance, level and confidence.

Enters: a `Document` (redacted, with sections) or plain text. Leaves: `SkillMention`s in the order of the text, without
overlaps; `surface` is the original text. It refuses nothing: text without skills gives no mention. Redacted runs hold no
name, so nothing is found in them.

Importance, by kind of document:

- posting: what the cues of the clause say; without a cue what a heading in running text says; else what the section says:
  REQUIREMENTS, SKILLS, CERTIFICATES, EDUCATION → essential, PREFERRED → preferred, all others → stated. In DUTIES only
  "must" counts as demand: "按客户要求" is none. `requirements.derive_requirements` decides what becomes of stated ones.
- course: in PREREQUISITES essential, or preferred ("recommended"); elsewhere stated; negated by cue.
- candidate: stated, or negated ("没有 Java 经验", "never used Docker").
- plain text (kind None): what the cues say, else stated.

A field of study ("软件工程等相关专业") is at most preferred, because any of several will do. What a candidate wants to do
("求职意向", "seeking") gets half the confidence: a wish is weak evidence.

BENEFITS of a posting name what the employer gives, not what it asks for: no mention is made of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, Protocol

from matcher.domain.document import Document, Kind, Section, SectionKind, Span
from matcher.domain.folding import fold
from matcher.domain.skill import Importance, Skill, SkillMention
from matcher.extract.clauses import Reach, heading_reaches, sentence_bounds, sentence_starts
from matcher.extract.cues import AIM, BENEFIT, PREREQUISITE
from matcher.extract.forms import build_automaton
from matcher.extract.reading import Reading, read_sentence
from matcher.extract.spotting import Spot, find_spots

_DEMANDING: Final = frozenset(
    {SectionKind.REQUIREMENTS, SectionKind.SKILLS, SectionKind.CERTIFICATES, SectionKind.EDUCATION}
)
# Factors on the pattern's prior, by judgement: what a firm says of itself is seldom about the post.
_SECTION_FACTOR: Final = {SectionKind.COMPANY: 0.6, SectionKind.BENEFITS: 0.5, SectionKind.OTHER: 0.97}
_STUDY_FACTOR: Final = 0.7
_AIM_FACTOR: Final = 0.5


class SkillSource(Protocol):
    """What the extractor needs of a taxonomy."""

    @property
    def version(self) -> str:
        """Release of the taxonomy."""
        ...

    def __iter__(self) -> Iterator[Skill]:
        """All skills."""
        ...


class SkillExtractor:
    """Finds the skills of one taxonomy. Built once (about 0.1 s per 1,000 skills); afterwards only read, so threads may share it.

    Args:
        taxonomy: where the names come from.

    Raises:
        InvalidTaxonomy: a form folds to nothing.
    """

    def __init__(self, taxonomy: SkillSource) -> None:
        self.taxonomy_version = taxonomy.version
        self._automaton = build_automaton(taxonomy)

    def extract_skills(self, document: Document) -> tuple[SkillMention, ...]:
        """Skills named in `document.text`; see the module's rules. Spans are code points of `document.text`."""
        return self._extract(document.text, document.sections, document.kind)

    def extract_text(self, text: str, language: str = "") -> tuple[SkillMention, ...]:
        """Skills named in plain text without sections.

        Args:
            text: any text; it should be redacted before.
            language: BCP-47 primary tag, a hint. Names of all languages are looked for whatever it says, since postings mix
                them; it is taken so that callers need not change when linking by language comes.
        """
        del language
        whole = Section(SectionKind.OTHER, Span(0, len(text)))
        return self._extract(text, (whole,) if text else (), None)

    def _extract(self, text: str, sections: tuple[Section, ...], kind: Kind | None) -> tuple[SkillMention, ...]:
        folded = fold(text)
        spots = find_spots(text, folded, self._automaton)
        if not spots:
            return ()
        aligned = folded.aligned
        starts = sorted({*sentence_starts(aligned), *(section.span.start for section in sections)})
        reaches = heading_reaches(aligned) if kind is not Kind.CANDIDATE else []
        section_starts = [section.span.start for section in sections]
        mentions: list[SkillMention] = []
        for (begin, end), group in groupby(spots, key=lambda spot: sentence_bounds(starts, spot.start, len(text))):
            named = list(group)
            section = _section_at(sections, section_starts, begin)
            if kind is Kind.POSTING and (section is SectionKind.BENEFITS or _is_benefit(aligned, begin, end, section)):
                continue
            readings = read_sentence(aligned[begin:end], [(s.start - begin, min(s.end, end) - begin) for s in named])
            section_start = _section_start(sections, section_starts, begin)
            asked_from = _prerequisites_from(aligned, begin, end) if kind is Kind.COURSE else None
            factor = _AIM_FACTOR if kind is Kind.CANDIDATE and AIM.search(aligned, begin, end) else 1.0
            for spot, reading in zip(named, readings, strict=True):
                where = SectionKind.PREREQUISITES if asked_from is not None and spot.start >= asked_from else section
                heading = _heading_at(reaches, spot.start, section_start) if reaches else None
                mentions.append(_mention(text, spot, reading, where, heading, kind, factor))
        return tuple(mentions)


def _mention(
    text: str,
    spot: Spot,
    reading: Reading,
    section: SectionKind,
    heading: Importance | None,
    kind: Kind | None,
    factor: float,
) -> SkillMention:
    importance = _importance(reading, section, heading, kind)
    confidence = spot.confidence * _SECTION_FACTOR.get(section, 1.0) * factor
    if reading.study and kind is not Kind.COURSE:
        confidence *= _STUDY_FACTOR
        if importance is Importance.ESSENTIAL:
            importance = Importance.PREFERRED
    # In duties "了解客户需求" is a verb, not a level.
    level = None if kind is Kind.POSTING and section is SectionKind.DUTIES else reading.level
    return SkillMention(
        skill_id=spot.pattern.skill_id,
        surface=text[spot.start : spot.end],
        span=Span(spot.start, spot.end),
        confidence=round(confidence, 4),
        importance=importance,
        level=level,
        section=section,
    )


def _prerequisites_from(aligned: str, begin: int, end: int) -> int | None:
    """Where in a sentence its prerequisites begin, None when it names none: "4 credits. Prerequisite: Python"."""
    match = PREREQUISITE.search(aligned, begin, end)
    return match.end() if match else None


def _importance(reading: Reading, section: SectionKind, heading: Importance | None, kind: Kind | None) -> Importance:
    """Importance by cue, heading, section, in this order; the module's paragraph says what counts for which kind."""
    cue = reading.importance
    if cue is Importance.NEGATED:
        return Importance.NEGATED
    if kind is Kind.CANDIDATE:
        return Importance.STATED
    if kind is Kind.COURSE:
        if section is not SectionKind.PREREQUISITES:
            return Importance.STATED
        return Importance.PREFERRED if cue is Importance.PREFERRED else Importance.ESSENTIAL
    if section is SectionKind.DUTIES and cue is Importance.ESSENTIAL and not reading.strong:
        cue = None
    if section is SectionKind.PREFERRED and not (cue is Importance.ESSENTIAL and reading.strong):
        return Importance.PREFERRED
    if cue is not None:
        return cue
    if heading is not None:
        return heading
    if kind is Kind.POSTING and section in _DEMANDING:
        return Importance.ESSENTIAL
    return Importance.STATED


def _section_at(sections: tuple[Section, ...], starts: list[int], position: int) -> SectionKind:
    i = bisect_right(starts, position) - 1
    return sections[i].kind if i >= 0 else SectionKind.OTHER


def _section_start(sections: tuple[Section, ...], starts: list[int], position: int) -> int:
    i = bisect_right(starts, position) - 1
    return sections[i].span.start if i >= 0 else 0


def _heading_at(reaches: Iterable[Reach], position: int, not_before: int) -> Importance | None:
    """Importance set by the last heading before `position` within the same section."""
    found = None
    for reach in reaches:
        if reach.start > position:
            break
        if reach.start >= not_before:
            found = reach.importance
    return found


def _is_benefit(aligned: str, begin: int, end: int, section: SectionKind) -> bool:
    """Whether a sentence outside a benefits section promises instead of asking."""
    return section not in _DEMANDING and bool(BENEFIT.search(aligned, begin, end))
