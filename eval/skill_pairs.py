"""Whether a Chinese and an English phrase for one skill lead to one id.

Enters: `eval/gold/skills/pairs.tsv` (zh, en, skill; the skill may be open, or `-` where the taxonomy lacks it), written from
real usage before the taxonomy was looked at. Leaves: what each side resolves to. A phrase that is a name in the taxonomy
resolves to its skill; any other to the longest mention that the extractor finds in it, the surest of equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eval.skill_gold import GOLD_FOLDER, UNKNOWN_SKILL, is_test, table_rows
from eval.skill_scores import ratio
from matcher.domain.skill import FoundBy
from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy
from matcher.taxonomy.form_keys import holders, name_key

PAIRS_FILE: Final = GOLD_FOLDER / "pairs.tsv"
_COLUMNS: Final = ("zh", "en", "skill")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two phrases for one skill. `skill`: its id, "-" when the taxonomy lacks it, "" when nobody has said."""

    zh: str
    en: str
    skill: str

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the test third."""
        return is_test(f"pair:{self.zh}")


@dataclass(frozen=True, slots=True)
class ResolvedPair:
    """A pair and what its sides resolve to, None: to nothing."""

    pair: Pair
    zh_id: str | None
    en_id: str | None

    @property
    def same(self) -> bool:
        """Whether both lead to one skill."""
        return self.zh_id is not None and self.zh_id == self.en_id

    @property
    def right(self) -> bool:
        """Whether both lead to the skill that annotators named."""
        return self.same and self.zh_id == self.pair.skill


@dataclass(frozen=True, slots=True)
class PairScores:
    """Shares in [0, 1] of all pairs; `right` of those whose skill the annotators named, None when they named none."""

    pairs: int
    same: float | None
    no_zh: float | None
    no_en: float | None
    different: float | None
    right: float | None


def read_pairs(path: Path = PAIRS_FILE, known_skills: Iterable[str] | None = None) -> list[Pair]:
    """All pairs in file order.

    Raises:
        OSError: the file cannot be read.
        ValueError: a row breaks the format, a phrase stands twice, or a skill is not among `known_skills`.
    """
    known = None if known_skills is None else {*known_skills, UNKNOWN_SKILL, ""}
    pairs: list[Pair] = []
    seen: set[str] = set()
    for place, row in table_rows(path, _COLUMNS):
        if not row["zh"] or not row["en"] or {row["zh"], row["en"]} & seen:
            raise ValueError(f"{place}: needs two phrases that stand nowhere else")
        if known is not None and row["skill"] not in known:
            raise ValueError(f"{place}: the taxonomy holds no skill {row['skill']}")
        seen |= {row["zh"], row["en"]}
        pairs.append(Pair(row["zh"], row["en"], row["skill"]))
    return pairs


def resolve_pairs(pairs: Iterable[Pair], taxonomy: Taxonomy, extractor: SkillExtractor) -> list[ResolvedPair]:
    """What both phrases of each pair resolve to."""
    held = holders(taxonomy)
    return [ResolvedPair(p, _resolve(p.zh, held, extractor), _resolve(p.en, held, extractor)) for p in pairs]


def pair_scores(resolved: Sequence[ResolvedPair]) -> PairScores:
    """Shares over some pairs: same, Chinese side unresolved, else English side unresolved, else two different skills."""
    n = len(resolved)
    no_zh = sum(r.zh_id is None for r in resolved)
    no_en = sum(r.zh_id is not None and r.en_id is None for r in resolved)
    same = sum(r.same for r in resolved)
    named = [r for r in resolved if r.pair.skill not in ("", UNKNOWN_SKILL)]
    return PairScores(
        n,
        ratio(same, n),
        ratio(no_zh, n),
        ratio(no_en, n),
        ratio(n - same - no_zh - no_en, n),
        ratio(sum(r.right for r in named), len(named)),
    )


def pair_errors(resolved: Iterable[ResolvedPair]) -> Iterator[str]:
    """One line per pair that does not lead to one skill, or to another than the annotators named."""
    for r in resolved:
        if not r.same:
            yield f"{r.pair.zh} → {r.zh_id or 'nothing'}, {r.pair.en} → {r.en_id or 'nothing'}"
        elif r.pair.skill and not r.right:
            yield f"{r.pair.zh}, {r.pair.en} → {r.zh_id}, annotated {r.pair.skill}"


def _resolve(phrase: str, held: Mapping[str, str], extractor: SkillExtractor) -> str | None:
    exact = held.get(f"={name_key(phrase, keep_case=True)}") or held.get(name_key(phrase))
    if exact is not None:
        return exact
    mentions = [m for m in extractor.extract_text(phrase) if m.found_by is not FoundBy.IMPLIED]
    if not mentions:
        return None
    return max(mentions, key=lambda m: (m.span.end - m.span.start, m.confidence, -m.span.start, m.skill_id)).skill_id
