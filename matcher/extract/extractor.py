"""Skills named in a document or a text, each with its place, importance, level and confidence.

Enters: a `Document` (redacted, with sections) or plain text. Leaves: an `Extraction`: `SkillMention`s in the order of the text
(`surface` is the original text) and phrases that look like skills and are in no taxonomy. It refuses nothing: text without skills
gives no mention. Redacted runs hold no name, so nothing is found in them. docs/extraction.md describes all of it with examples.

Importance, by kind of document:

- posting: what the cues of the clause say; without a cue what a heading in running text says; else what the section says:
  REQUIREMENTS, SKILLS, CERTIFICATES, EDUCATION → essential, PREFERRED → preferred, OTHER → as in plain text, all others →
  stated. In DUTIES only
  "must" counts as demand: "按客户要求" is none. `requirements.derive_requirements` decides what becomes of stated ones.
- course: nothing from the line that names the study programmes that it is for ("适用专业：…"); in PREREQUISITES essential, or
  preferred ("recommended"); elsewhere stated; negated by cue.
- candidate: stated, or negated ("没有 Java 经验", "never used Docker").
- plain text (kind None): what the cues say; else essential for a certificate, and when the sentence speaks
  of a qualification; else stated.

A field of study ("软件工程等相关专业") is at most preferred, because any of several will do. What a candidate wants to do
("求职意向", "seeking") gets half the confidence, and is marked as wished for where it stands behind these words without a level.

BENEFITS of a posting name what the employer gives, not what it asks for: no mention is made of them. A certificate implies
skills (`found_by` IMPLIED, on the certificate's own words); `requirements` says when they count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Protocol

from matcher.domain.document import Document, Kind, Section, SectionKind, Span
from matcher.domain.folding import FoldedText, fold
from matcher.domain.skill import FoundBy, Importance, Skill, SkillKind, SkillMention, UnlinkedPhrase
from matcher.extract.acronyms import add_defined, initials_by_skill
from matcher.extract.attributes import rank_behind, version_behind, version_end
from matcher.extract.calibration import load_calibration
from matcher.extract.certificates import load_certificate_skills
from matcher.extract.clauses import Reach, heading_reaches
from matcher.extract.clusters import cluster_id
from matcher.extract.config import ExtractConfig
from matcher.extract.coordination import Coordination
from matcher.extract.cues import AIM, AUDIENCE, BENEFIT, PREREQUISITE
from matcher.extract.forms import bare_pattern, build_automaton
from matcher.extract.free_standing import is_no_part
from matcher.extract.linking import PhraseLinker
from matcher.extract.names import is_product, name_spans
from matcher.extract.places import SectionMap
from matcher.extract.posts import is_post
from matcher.extract.reading import Reading, read_sentence
from matcher.extract.signs import FieldShares, SignWeights, Surroundings, load_signs, signs_of
from matcher.extract.spotting import Spot, find_spots
from matcher.extract.topical import load_topical_names
from matcher.extract.unexplained import open_clauses
from matcher.extract.unlinked import find_phrases

_DEMANDING: Final = frozenset(
    {SectionKind.REQUIREMENTS, SectionKind.SKILLS, SectionKind.CERTIFICATES, SectionKind.EDUCATION}
)
_WITHOUT_LEVEL: Final = frozenset({SkillKind.CERTIFICATE, SkillKind.SOFT})
# Sections in which unknown words are no skills of anybody's.
_NO_PHRASES: Final = frozenset({SectionKind.COMPANY, SectionKind.BENEFITS, SectionKind.TITLE})
# By judgement: what a candidate wishes to do, and what a certificate implies.
_AIM_FACTOR: Final = 0.5
_IMPLIED_FACTOR: Final = 0.7


class SkillSource(Protocol):
    """What the extractor needs of a taxonomy."""

    @property
    def version(self) -> str:
        """Release of the taxonomy."""
        ...

    def __iter__(self) -> Iterator[Skill]:
        """All skills."""
        ...


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a text: mentions by place, phrases by place."""

    mentions: tuple[SkillMention, ...]
    phrases: tuple[UnlinkedPhrase, ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the mentions of a text share: the text, its aligned folded copy, its kind, and the fields that its skills are of."""

    text: str
    aligned: str
    kind: Kind | None
    shares: FieldShares


class SkillExtractor:
    """Finds the skills of one taxonomy. Built once (about 0.1 s per 1,000 skills); afterwards only read, so threads may share it.

    Args:
        taxonomy: where the names come from.
        config: how skills are found.
        linker: links paraphrases; None: only names are found.

    Raises:
        InvalidTaxonomy: a form folds to nothing, or the certificates' file breaks its format.
        InvalidConfig: the calibration cannot be used.
    """

    def __init__(
        self, taxonomy: SkillSource, config: ExtractConfig | None = None, linker: PhraseLinker | None = None
    ) -> None:
        self._config = config or ExtractConfig()
        self.taxonomy_version = taxonomy.version
        skills = list(taxonomy)
        self._automaton = build_automaton(skills)
        self._coordination = Coordination(self._automaton)
        self._initials = initials_by_skill(skills)
        self._implied = load_certificate_skills(self._config.certificates, skills)
        self._topical = load_topical_names(self._config.topical_names, skills)
        self._calibration = load_calibration(self._config.calibration)
        self._signs = load_signs(self._config.signs)
        self._patterns = {skill.id: bare_pattern(skill) for skill in skills}
        self._linker = linker

    def with_signs(self, signs: SignWeights) -> SkillExtractor:
        """The same extractor with other weights of signs; what was built of the taxonomy is shared."""
        other = object.__new__(SkillExtractor)
        other.__dict__ = {**self.__dict__, "_signs": signs}
        return other

    def with_linker(self, linker: PhraseLinker | None) -> SkillExtractor:
        """The same extractor with another linker; what was built of the taxonomy is shared."""
        other = object.__new__(SkillExtractor)
        other.__dict__ = {**self.__dict__, "_linker": linker}
        return other

    def extract(self, document: Document) -> Extraction:
        """Skills and unknown phrases of `document.text`. Spans are code points of it."""
        return self._extract(document.text, document.sections, document.kind)

    def extract_plain(self, text: str) -> Extraction:
        """Skills and unknown phrases of plain text without sections; it should be redacted before."""
        whole = Section(SectionKind.OTHER, Span(0, len(text)))
        return self._extract(text, (whole,) if text else (), None)

    def extract_skills(self, document: Document) -> tuple[SkillMention, ...]:
        """`extract` without the phrases."""
        return self._extract(document.text, document.sections, document.kind, with_phrases=False).mentions

    def extract_text(self, text: str, language: str = "") -> tuple[SkillMention, ...]:
        """`extract_plain` without the phrases.

        Args:
            text: any text; it should be redacted before.
            language: BCP-47 primary tag, a hint. Names of all languages are looked for whatever it says, since postings mix
                them; it is taken so that callers need not change when linking by language comes.
        """
        del language
        return self.extract_plain(text).mentions

    def _extract(
        self, text: str, sections: tuple[Section, ...], kind: Kind | None, *, with_phrases: bool = True
    ) -> Extraction:
        folded = fold(text)
        names = name_spans(text, folded.aligned)
        spots = self._spots(text, folded, names)
        places = SectionMap(folded.aligned, sections)
        if self._linker is not None:
            spots = self._linked(text, folded.aligned, spots, places)
        whole = _Whole(text, folded.aligned, kind, FieldShares(spots))
        mentions = tuple(self._mentions(whole, spots, places)) if spots else ()
        phrases = self._phrases(text, folded.aligned, spots, names, places) if with_phrases else ()
        return Extraction(mentions, phrases)

    def _spots(self, text: str, folded: FoldedText, names: Sequence[tuple[int, int]]) -> list[Spot]:
        """Places of names, of shared heads and of short forms defined in the text, in order, disjoint."""
        aligned = folded.aligned
        spots = self._topical.add_to(find_spots(text, folded, self._automaton), text, folded)
        spots = [
            s
            for s in spots
            if not is_product(aligned, s.end)
            and not any(a <= s.start and s.end <= b for a, b in names)
            and (s.pattern.kind is not SkillKind.HARD or not is_post(aligned, s.start, s.end))
            and (s.pattern.kind is not SkillKind.SOFT or is_no_part(s.pattern.key, aligned, s.start, s.end))
        ]
        return add_defined(text, self._coordination.add_to(spots, aligned), self._initials)

    def _linked(self, text: str, aligned: str, spots: list[Spot], places: SectionMap) -> list[Spot]:
        """`spots` and those of clauses that mean a skill; a clause that means two gives two spots at one place."""
        if self._linker is None:
            return spots
        clauses = open_clauses(aligned, places.sentences(), spots)
        if not clauses:
            return spots
        named = {(s.start, s.pattern.skill_id) for s in spots}
        found = [
            Spot(
                *clause.own,
                self._patterns[link.skill_id],
                link.similarity,
                False,
                (clause.start, clause.end),
                FoundBy.LINKED,
            )
            for clause, links in zip(clauses, self._linker.link([text[c.start : c.end] for c in clauses]), strict=True)
            for link in links
            if not any(clause.start <= at < clause.end and skill_id == link.skill_id for at, skill_id in named)
        ]
        return sorted([*spots, *found], key=lambda spot: spot.start) if found else spots

    def _mentions(self, whole: _Whole, spots: Sequence[Spot], places: SectionMap) -> Iterator[SkillMention]:
        aligned, kind = whole.aligned, whole.kind
        reaches = heading_reaches(aligned) if kind is not Kind.CANDIDATE else []
        for (begin, end), group in groupby(spots, key=lambda spot: places.sentence_at(spot.start)):
            named = list(group)
            section = places.section_at(begin)
            if kind is Kind.POSTING and (section is SectionKind.BENEFITS or _is_benefit(aligned, begin, end, section)):
                continue
            versions = [_version(aligned, spot) for spot in named]
            # a version belongs to the name, so that what follows it is still right behind: "Java 8（精通）"
            ends = [version_end(aligned, s.end, version) for s, version in zip(named, versions, strict=True)]
            spans = [(s.start - begin, min(stop, end) - begin) for s, stop in zip(named, ends, strict=True)]
            distinct = list(dict.fromkeys(spans))
            lone = kind is None or section is SectionKind.OTHER
            readings = dict(zip(distinct, read_sentence(aligned[begin:end], distinct, lone=lone), strict=True))
            section_start = places.section_start(begin)
            asked_from = _prerequisites_from(aligned, begin, end) if kind is Kind.COURSE else None
            aim = AIM.search(aligned, begin, end) if kind is Kind.CANDIDATE else None
            factor = 1.0 if aim is None else _AIM_FACTOR
            for spot, span, version in zip(named, spans, versions, strict=True):
                reading = readings[span]
                where = SectionKind.PREREQUISITES if asked_from is not None and spot.start >= asked_from else section
                if kind is Kind.COURSE and AUDIENCE.search(aligned, begin, spot.start):
                    continue
                heading = _heading_at(reaches, spot.start, section_start) if reaches else None
                mention = self._mention(whole, spot, reading, where, heading, factor)
                if mention.confidence < self._config.min_confidence * factor:
                    continue
                if version or "(" in aligned[begin + span[1] : begin + span[1] + 3]:
                    mention = replace(mention, version=version, rank=rank_behind(aligned, begin + span[1]))
                if aim is not None and spot.start >= aim.end() and _is_open_wish(mention):
                    mention = replace(mention, wished=True)
                yield mention
                if spot.pattern.skill_id in self._implied:
                    yield from self._implications(mention)

    def _mention(
        self,
        whole: _Whole,
        spot: Spot,
        reading: Reading,
        section: SectionKind,
        heading: Importance | None,
        factor: float,
    ) -> SkillMention:
        kind = whole.kind
        importance = _importance(reading, section, heading, kind, spot.pattern.kind)
        if reading.study and kind is not Kind.COURSE and importance is Importance.ESSENTIAL:
            importance = Importance.PREFERRED
        level = reading.level
        if level is None and importance is not Importance.NEGATED:
            level = self._config.level_of(reading.years)
        # In duties "了解客户需求" is a verb, not a level; a certificate is held or not, and diligence has no degrees.
        is_verb = kind is Kind.POSTING and section is SectionKind.DUTIES
        if is_verb or spot.pattern.kind in _WITHOUT_LEVEL:
            level = None
        start, end = spot.cover or (spot.start, spot.end)
        surface = whole.text[start:end]
        return SkillMention(
            skill_id=spot.pattern.skill_id,
            surface=surface,
            span=Span(start, end),
            confidence=self._confidence(whole, spot, reading, section, surface, factor),
            importance=importance,
            level=level,
            section=section,
            years=reading.years,
            found_by=spot.found_by,
        )

    def _confidence(
        self, whole: _Whole, spot: Spot, reading: Reading, section: SectionKind, surface: str, factor: float
    ) -> float:
        """Calibrated confidence; what was linked has no name whose surroundings could be weighed."""
        raw = spot.confidence * factor
        if spot.found_by is FoundBy.ALIAS:
            around = Surroundings(
                section, reading.importance, reading.level is not None, reading.study, whole.kind is None
            )
            signs = signs_of(spot, whole.aligned, around, whole.shares)
            raw = self._signs.confidence(spot.confidence, surface, signs, factor)
        return self._calibration.confidence(raw, surface, spot.found_by)

    def _implications(self, certificate: SkillMention) -> Iterator[SkillMention]:
        """Skills that a certificate implies of who holds it; of one that is denied, none."""
        if certificate.importance is Importance.NEGATED:
            return
        raw = certificate.confidence * _IMPLIED_FACTOR
        for implied in self._implied[certificate.skill_id]:
            yield replace(
                certificate,
                skill_id=implied.skill_id,
                confidence=self._calibration.confidence(raw, certificate.surface, FoundBy.IMPLIED),
                level=implied.level,
                years=None,
                version="",
                rank=None,
                found_by=FoundBy.IMPLIED,
                implied_by=certificate.skill_id,
            )

    def _phrases(
        self, text: str, aligned: str, spots: Sequence[Spot], names: Sequence[tuple[int, int]], places: SectionMap
    ) -> tuple[UnlinkedPhrase, ...]:
        found = []
        for span in find_phrases(text, aligned, spots, names):
            section = places.section_at(span.start)
            if section not in _NO_PHRASES:
                surface = text[span.start : span.end]
                found.append(UnlinkedPhrase(surface, span, cluster_id(surface), section))
        return tuple(found)


def _version(aligned: str, spot: Spot) -> str:
    """Version behind a tool that is named where it stands, "" when none is."""
    return version_behind(aligned, spot.end) if spot.pattern.version and spot.cover is None else ""


def _is_open_wish(mention: SkillMention) -> bool:
    """Whether what stands behind "seeking" is wished for only: nobody says how well or how long they can do what they cannot."""
    return mention.level is None and mention.years is None and mention.importance is not Importance.NEGATED


def _prerequisites_from(aligned: str, begin: int, end: int) -> int | None:
    """Where in a sentence its prerequisites begin, None when it names none: "4 credits. Prerequisite: Python"."""
    match = PREREQUISITE.search(aligned, begin, end)
    return match.end() if match else None


def _importance(
    reading: Reading, section: SectionKind, heading: Importance | None, kind: Kind | None, skill_kind: SkillKind
) -> Importance:
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
    # Without a kind or a section, what the sentence speaks of is all that tells a requirement from a mere mention.
    told = reading.qualifies or reading.level is not None or reading.years is not None
    if (kind is None or section is SectionKind.OTHER) and (told or skill_kind is SkillKind.CERTIFICATE):
        return Importance.ESSENTIAL
    return Importance.STATED


def _heading_at(reaches: Sequence[Reach], position: int, not_before: int) -> Importance | None:
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
