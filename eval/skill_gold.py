r"""The gold set of skill mentions: sentences and whole documents, and what annotators marked in them.

Enters: `eval/gold/skills` (`sentences.tsv`, `documents/*.txt`, and per annotation a table of text, surface, occurrence, skill,
importance, level, years, note; columns parted by tabs, without quoting, `\n` for a line break inside a field). Leaves: texts, and
mentions with their spans. It refuses, naming file and line, what cannot be read exactly: an unknown text, a surface that does
not occur so often, spans that overlap, words outside the lists below. A third of the texts, told by a hash of the id, is the
test split: never tuned on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from matcher.domain.document import Kind, Span
from matcher.domain.skill import Importance, Proficiency

GOLD_FOLDER: Final = Path(__file__).parent / "gold" / "skills"
LANGUAGES: Final = ("zh", "en")
UNKNOWN_SKILL: Final = "-"
SENTENCE_COLUMNS: Final = ("id", "language", "text")
MENTION_COLUMNS: Final = ("text", "surface", "occurrence", "skill", "importance", "level", "years", "note")
IMPORTANCE: Final = {
    "essential": Importance.ESSENTIAL,
    "preferred": Importance.PREFERRED,
    "negated": Importance.NEGATED,
    "none": Importance.STATED,
}
# The service's own names, and beside them those of the annotators' format.
LEVEL: Final = {
    "none": None,
    **{level.name.lower(): level for level in Proficiency},
    "basic": Proficiency.AWARE,
    "intermediate": Proficiency.FAMILIAR,
    "advanced": Proficiency.PROFICIENT,
}


@dataclass(frozen=True, slots=True)
class GoldText:
    """A sentence (`kind` None) or a whole document. `language`: zh or en, of mixed text the main one."""

    id: str
    language: str
    text: str
    kind: Kind | None

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the test third."""
        return is_test(self.id)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """What an annotator marked. `skill_id` None: plainly a skill, but the taxonomy lacks it. `years` ≥ 0, None: not said."""

    span: Span
    surface: str
    skill_id: str | None
    importance: Importance
    level: Proficiency | None
    years: float | None


Number = TypeVar("Number", int, float)
Annotation = Mapping[str, tuple[GoldMention, ...]]
"""Text id → its mentions by place; a text without any is not in it."""


def is_test(text_id: str) -> bool:
    """Whether a text, told by its id, belongs to the test third."""
    return int(hashlib.blake2b(text_id.encode(), digest_size=8).hexdigest(), 16) % 3 == 0


def read_texts(folder: Path = GOLD_FOLDER) -> dict[str, GoldText]:
    """All texts by id: sentences in file order, then documents by name.

    Raises:
        OSError: a file cannot be read.
        ValueError: a row or a file name breaks the format, or an id stands twice.
    """
    texts: dict[str, GoldText] = {}
    file = folder / "sentences.tsv"
    for place, row in table_rows(file, SENTENCE_COLUMNS) if file.is_file() else ():
        if row["language"] not in LANGUAGES or not row["text"]:
            raise ValueError(f"{place}: needs a language among {', '.join(LANGUAGES)} and a text")
        if row["id"] in texts:
            raise ValueError(f"{place}: id {row['id']} stands twice")
        texts[row["id"]] = GoldText(row["id"], row["language"], row["text"], None)
    for path in sorted((folder / "documents").glob("*.txt")):
        kind, _, rest = path.stem.partition("-")
        language = rest.partition("-")[0]
        if kind not in set(Kind) or language not in LANGUAGES or path.stem in texts:
            raise ValueError(f"{path}: the name is not <kind>-<language>-NN, or is taken")
        texts[path.stem] = GoldText(path.stem, language, path.read_bytes().decode("utf-8"), Kind(kind))
    return texts


def read_annotation(
    path: Path, texts: Mapping[str, GoldText], known_skills: Container[str] | None = None
) -> Annotation:
    """The mentions of one annotation, by text.

    Args:
        path: `gold.tsv`, `pass-1.tsv` or `pass-2.tsv`.
        texts: from `read_texts`.
        known_skills: ids that the taxonomy holds; None: ids are not looked up.

    Raises:
        OSError: the file cannot be read.
        ValueError: rows break the format; names the first twenty, a line each.
    """
    found: dict[str, list[tuple[str, GoldMention]]] = {}
    broken: list[str] = []
    for place, row in table_rows(path, MENTION_COLUMNS):
        try:
            mention = _mention(row, texts)
            if known_skills is not None and mention.skill_id is not None and mention.skill_id not in known_skills:
                raise ValueError(f"the taxonomy holds no skill {mention.skill_id}")
            found.setdefault(row["text"], []).append((place, mention))
        except ValueError as error:
            broken.append(f"{place}: {error}")
    for marked in found.values():
        marked.sort(key=lambda item: item[1].span.start)
        for (_, before), (place, mention) in pairwise(marked):
            if mention.span.start < before.span.end:
                broken.append(f"{place}: {mention.surface!r} overlaps {before.surface!r}")
    if broken:
        raise ValueError("\n".join(broken[:20]) + (f"\nand {len(broken) - 20} more" if len(broken) > 20 else ""))
    return {text_id: tuple(mention for _, mention in marked) for text_id, marked in found.items()}


def table_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """(file and line, field by column) of each row of a tab-parted table with a header.

    Raises:
        OSError: the file cannot be read.
        ValueError: another header, or a row with another number of fields.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0].split("\t") != list(columns):
        raise ValueError(f"{path}: the header is not {' '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        if line:
            fields = [field.replace("\\n", "\n") for field in line.split("\t")]
            if len(fields) != len(columns):
                raise ValueError(f"{path}:{number}: {len(fields)} fields instead of {len(columns)}")
            yield f"{path}:{number}", dict(zip(columns, fields, strict=True))


def find_occurrence(text: str, surface: str, occurrence: int) -> Span:
    """Span of the n-th occurrence of a surface, counted from 1 and without overlaps.

    Raises:
        ValueError: the surface is empty, or the text does not hold it so often.
    """
    if not surface or occurrence < 1:
        raise ValueError("needs a surface and an occurrence of at least 1")
    start = -len(surface)
    for _ in range(occurrence):
        start = text.find(surface, start + len(surface) if start >= 0 else 0)
        if start < 0:
            raise ValueError(f"{surface!r} does not occur {occurrence} times")
    return Span(start, start + len(surface))


def _mention(row: Mapping[str, str], texts: Mapping[str, GoldText]) -> GoldMention:
    if row["text"] not in texts:
        raise ValueError(f"no text {row['text']!r}")
    occurrence = _number(int, row["occurrence"], "occurrence")
    span = find_occurrence(texts[row["text"]].text, row["surface"], occurrence)
    if row["importance"] not in IMPORTANCE:
        raise ValueError(f"importance {row['importance']!r} is none of {', '.join(IMPORTANCE)}")
    if row["level"] not in LEVEL:
        raise ValueError(f"level {row['level']!r} is none of {', '.join(LEVEL)}")
    if not row["skill"]:
        raise ValueError("no skill; unknown ones are written -")
    years = _number(float, row["years"], "years") if row["years"] else None
    if years is not None and years < 0:
        raise ValueError("years are negative")
    skill_id = None if row["skill"] == UNKNOWN_SKILL else row["skill"]
    return GoldMention(span, row["surface"], skill_id, IMPORTANCE[row["importance"]], LEVEL[row["level"]], years)


def _number(kind: Callable[[str], Number], field: str, name: str) -> Number:
    try:
        return kind(field)
    except ValueError:
        raise ValueError(f"{name} {field!r} is no number") from None
