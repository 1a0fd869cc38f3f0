"""Skills, the tree and relations over them, and occupations: loaded from CSV, ESCO, O*NET or CASE, searched by text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.case_export import export_case
from matcher.taxonomy.case_import import load_case
from matcher.taxonomy.csv_export import export_csv
from matcher.taxonomy.csv_loader import load_csv
from matcher.taxonomy.esco import is_esco_folder, load_esco, load_esco_multilingual
from matcher.taxonomy.occupation_search import OccupationHit, OccupationPage, OccupationSearch
from matcher.taxonomy.onet import is_onet_folder, load_onet
from matcher.taxonomy.overlay import (
    Overlay,
    OverlayConflict,
    OverlayProblem,
    OverlayReport,
    lay_over,
    load_overlay,
)
from matcher.taxonomy.release import export_release, is_release_folder, load_release
from matcher.taxonomy.release_diff import TaxonomyDiff, diff_taxonomies
from matcher.taxonomy.search import SkillHit, SkillPage, SkillSearch
from matcher.taxonomy.taxonomy import Taxonomy

__all__ = [
    "OccupationHit",
    "OccupationPage",
    "OccupationSearch",
    "Overlay",
    "OverlayConflict",
    "OverlayProblem",
    "OverlayReport",
    "SkillHit",
    "SkillPage",
    "SkillSearch",
    "Taxonomy",
    "TaxonomyDiff",
    "diff_taxonomies",
    "export_case",
    "export_csv",
    "export_release",
    "lay_over",
    "load_overlay",
    "load_starter",
    "load_taxonomy",
]

STARTER_NAME: Final = "starter-1"
STARTER: Final = Path(__file__).parent / "starter"


def load_starter() -> Taxonomy:
    """The taxonomy that ships with the service.

    Raises:
        InvalidTaxonomy: a shipped file was damaged.
    """
    return load_release(STARTER, STARTER_NAME)


def load_taxonomy(path: Path | str) -> Taxonomy:
    """A taxonomy of any format we read.

    Our release folder, our CSV (file or folder), the official ESCO CSV folder, multilingual ESCO lines, the O*NET text
    database, CASE JSON of ours.

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
    if place.is_dir() and is_release_folder(place):
        return load_release(place, place.name)
    if place.is_dir() and is_onet_folder(place):
        return load_onet(place)
    if place.is_file() and ".jsonl" in place.suffixes:
        return load_esco_multilingual(place)
    if place.is_file() and place.suffix == ".json":
        return load_case(place)
    if place.is_dir() or place.suffix == ".csv":
        return load_csv(place, place.stem if place.is_file() else place.name)
    raise InvalidTaxonomy(f"{place} is of no format that is read: CSV, ESCO, O*NET, CASE", file=str(place))
