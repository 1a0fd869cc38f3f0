"""Skills and the tree over them: loaded from CSV or ESCO, searched by text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.csv_export import export_csv
from matcher.taxonomy.csv_loader import load_csv
from matcher.taxonomy.esco import is_esco_folder, load_esco, load_esco_multilingual
from matcher.taxonomy.search import SkillHit, SkillPage, SkillSearch
from matcher.taxonomy.taxonomy import Taxonomy

__all__ = ["SkillHit", "SkillPage", "SkillSearch", "Taxonomy", "export_csv", "load_starter", "load_taxonomy"]

STARTER_NAME: Final = "starter-1"
_STARTER: Final = Path(__file__).parent / "starter" / "skills"


def load_starter() -> Taxonomy:
    """The taxonomy that ships with the service.

    Raises:
        InvalidTaxonomy: a shipped file was damaged.
    """
    return load_csv(_STARTER, STARTER_NAME)


def load_taxonomy(path: Path | str) -> Taxonomy:
    """A taxonomy of any format we read: our CSV (file or folder), the official ESCO CSV folder, or multilingual ESCO lines.

    Args:
        path: file or folder; the format is told by the file names, the release name by the last part of the path.

    Raises:
        InvalidTaxonomy: nothing there, an unknown format, or a file that breaks its format.
    """
    place = Path(path)
    if not place.exists():
        raise InvalidTaxonomy(f"no taxonomy at {place}", file=str(place))
    if place.is_dir() and is_esco_folder(place):
        return load_esco(place)
    if place.is_file() and ".jsonl" in place.suffixes:
        return load_esco_multilingual(place)
    if place.is_dir() or place.suffix == ".csv":
        return load_csv(place, place.stem if place.is_file() else place.name)
    raise InvalidTaxonomy(f"{place} is neither CSV nor ESCO", file=str(place))
