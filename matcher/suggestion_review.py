"""The list of suggestions as a CSV file for a reviewer, and the reviewed file as rows of an overlay.

Enters: suggestions; later the file with the reviewer's decisions. Leaves: CSV text; an overlay file of one owner, laid beside
what the folder holds, and one line in its audit file: who, when, which file, which ids. It refuses (InvalidTaxonomy) a file with
other columns or an unknown decision, and rows that the overlay's loader refuses: then nothing is written. The audit line holds
ids only, no words of any document.

Decisions: `approve` makes a skill of the owner from `proposed_id`, `kind`, `field`, `broader` and the labels; `alias` gives the
phrase to the skill named in `alias_of`; `reject` and an empty cell write nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from matcher.domain.skill import OWNER_MARK
from matcher.errors import InvalidTaxonomy
from matcher.suggest import Suggestion
from matcher.taxonomy import OverlayReport, Taxonomy, lay_over, load_overlay

AUDIT: Final = "audit.jsonl"
REVIEW_COLUMNS: Final = (
    "decision", "phrase", "cluster", "count", "contexts", "nearest", "proposed_id", "alias_of", "kind", "field", "broader",
    "label_zh", "label_en",
)  # fmt: skip
OVERLAY_COLUMNS: Final = (
    "owner", "id", "kind", "field", "broader", "label_zh", "label_en", "aliases_zh", "aliases_en",
)  # fmt: skip
DECISIONS: Final = frozenset({"", "approve", "alias", "reject"})
# From here on a suggestion looks like another name of a skill; the reviewer decides.
_ALIAS_AT: Final = 0.85
_REVIEWER: Final = re.compile(r"[\w.@ -]{2,64}")
_FIRST_CHINESE: Final = "\u2e80"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written: ids of skills and of skills that got an alias, and what of the overlay has no effect."""

    file: Path
    skills: tuple[str, ...]
    aliases: tuple[str, ...]
    report: OverlayReport


def review_csv(suggestions: Iterable[Suggestion], taxonomy: Taxonomy) -> str:
    """The list as CSV text, with an empty `decision` and what a reviewer will mostly want filled in."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, REVIEW_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_review_row(suggestion, taxonomy) for suggestion in suggestions)
    return stream.getvalue()


def apply_review(file: Path, owner: str, reviewer: str, folder: Path, base: Taxonomy) -> Applied:
    """Writes the approved rows into the owner's suggestions file of an overlay folder, and the audit line.

    Args:
        file: the reviewed CSV.
        owner: tenant whose overlay it becomes.
        reviewer: who decided, 2 to 64 characters; goes into the audit file.
        folder: of the overlay; made when absent.
        base: taxonomy without overlay, to tell what has no effect.

    Raises:
        InvalidTaxonomy: the file or the overlay with its rows breaks the format, or the reviewer is not named; nothing is written.
    """
    if not _REVIEWER.fullmatch(reviewer):
        raise InvalidTaxonomy("name the reviewer in 2 to 64 letters", field="reviewer")
    decided = _decided(file)
    target = folder / f"suggested-{owner}.csv"
    rows = _merged(_existing(target), decided, owner)
    text = _csv_text(rows)
    report = _checked(folder, target.name, text, base)
    folder.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(target)
    skills = tuple(f"{owner}{OWNER_MARK}{row['proposed_id']}" for row in decided if row["decision"] == "approve")
    aliases = tuple(row["alias_of"] for row in decided if row["decision"] == "alias")
    _audit(folder / AUDIT, file, owner, reviewer, decided, skills)
    return Applied(target, skills, aliases, report)


def _review_row(suggestion: Suggestion, taxonomy: Taxonomy) -> Row:
    nearest = suggestion.nearest[0] if suggestion.nearest else None
    skill = taxonomy.get(nearest.skill_id) if nearest is not None else None
    is_chinese = _is_chinese(suggestion.phrase)
    return {
        "decision": "",
        "phrase": suggestion.phrase,
        "cluster": suggestion.cluster,
        "count": str(suggestion.n_documents),
        "contexts": "|".join(suggestion.contexts),
        "nearest": "|".join(f"{link.skill_id}:{link.similarity:.2f}" for link in suggestion.nearest),
        "proposed_id": suggestion.proposed_id,
        "alias_of": nearest.skill_id if nearest is not None and nearest.similarity >= _ALIAS_AT else "",
        "kind": "hard" if is_chinese else "tool",
        "field": skill.field_code if skill is not None else "",
        "broader": skill.broader[0] if skill is not None and skill.broader else "",
        "label_zh": suggestion.phrase if is_chinese else "",
        "label_en": "" if is_chinese else suggestion.phrase,
    }


def _decided(file: Path) -> list[Row]:
    """The rows of a reviewed file with a decision to act on."""
    try:
        reader = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidTaxonomy(f"{file} cannot be read: {type(error).__name__}", file=str(file)) from error
    if tuple(reader.fieldnames or ()) != REVIEW_COLUMNS:
        raise InvalidTaxonomy(f"{file.name}: the columns are not {','.join(REVIEW_COLUMNS)}", file=str(file))
    for line, row in enumerate(rows, 2):
        if row["decision"] not in DECISIONS:
            raise InvalidTaxonomy(
                f"{file.name}:{line}: decision: none of {', '.join(sorted(filter(None, DECISIONS)))}",
                field="decision",
                file=str(file),
                row=str(line),
            )
        if row["decision"] == "alias" and not row["alias_of"]:
            raise InvalidTaxonomy(
                f"{file.name}:{line}: alias_of: empty", field="alias_of", file=str(file), row=str(line)
            )
    return [row for row in rows if row["decision"] in {"approve", "alias"}]


def _existing(target: Path) -> list[Row]:
    """Rows that earlier reviews wrote."""
    if not target.is_file():
        return []
    return list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"), newline="")))


def _merged(existing: Sequence[Row], decided: Sequence[Row], owner: str) -> list[Row]:
    """Rows by id: an approved skill replaces its former row, an alias is added to those that its skill got before."""
    by_id = {row["id"]: {column: row.get(column, "") for column in OVERLAY_COLUMNS} for row in existing}
    for row in decided:
        empty = dict.fromkeys(OVERLAY_COLUMNS, "") | {"owner": owner}
        if row["decision"] == "approve":
            skill_id = f"{owner}{OWNER_MARK}{row['proposed_id']}"
            kept = {column: row[column] for column in ("kind", "field", "broader", "label_zh", "label_en")}
            by_id[skill_id] = by_id.get(skill_id, empty) | {"id": skill_id} | kept
        else:
            column = "aliases_zh" if _is_chinese(row["phrase"]) else "aliases_en"
            entry = by_id.setdefault(row["alias_of"], empty | {"id": row["alias_of"]})
            names = [*filter(None, entry[column].split("|")), row["phrase"]]
            entry[column] = "|".join(dict.fromkeys(names))
    return [by_id[skill_id] for skill_id in sorted(by_id)]


def _csv_text(rows: Sequence[Row]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, OVERLAY_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _checked(folder: Path, name: str, text: str, base: Taxonomy) -> OverlayReport:
    """What becomes of the overlay with the new file in it; tried in a copy.

    Raises:
        InvalidTaxonomy: a row breaks the format.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "overlay"
        copy.mkdir()
        for other in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
            shutil.copy(other, copy)
        (copy / name).write_text(text, encoding="utf-8")
        return lay_over(base, load_overlay(copy))[1]


def _audit(audit: Path, file: Path, owner: str, reviewer: str, decided: Sequence[Row], skills: Sequence[str]) -> None:
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": "suggestions applied",
        "owner": owner,
        "reviewer": reviewer,
        "file_sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "skills": list(skills),
        "aliases": [[row["alias_of"], row["cluster"]] for row in decided if row["decision"] == "alias"],
    }
    with audit.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _is_chinese(phrase: str) -> bool:
    return any(char >= _FIRST_CHINESE for char in phrase)
