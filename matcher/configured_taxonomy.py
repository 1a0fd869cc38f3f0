"""The taxonomy that the configuration names, with its tenants' overlay over it.

Enters: the configuration. Leaves: the taxonomy. What of an overlay has no effect is logged; `matcher taxonomy overlay` lists it.
"""

from __future__ import annotations

from pathlib import Path

import structlog

from matcher.config import TaxonomyConfig
from matcher.taxonomy import (
    OverlayReport,
    Taxonomy,
    TaxonomyDiff,
    lay_over,
    load_overlay,
    load_starter,
    load_taxonomy,
)

log = structlog.get_logger()
STARTER = "starter"
LOGGED_CONFLICTS = 10


def base_taxonomy(path: Path | str | None) -> Taxonomy:
    """A taxonomy of any format we read; None or `starter`: the one that ships with the service.

    Raises:
        InvalidTaxonomy: nothing there, an unknown format, or a file that breaks its format.
    """
    return load_starter() if path is None or str(path) == STARTER else load_taxonomy(path)


def with_overlay(
    base: Taxonomy, overlay: Path | None, diff: TaxonomyDiff | None = None
) -> tuple[Taxonomy, OverlayReport]:
    """The base with an overlay folder over it, and what of the overlay has no effect; None: the base as it is.

    Raises:
        InvalidTaxonomy: a file of the overlay breaks its format.
    """
    if overlay is None:
        return base, OverlayReport(0, 0, ())
    return lay_over(base, load_overlay(overlay), diff)


def configured_taxonomy(config: TaxonomyConfig) -> Taxonomy:
    """The configured taxonomy with its overlay.

    Raises:
        InvalidTaxonomy: a part cannot be loaded.
    """
    taxonomy, report = with_overlay(base_taxonomy(config.path), config.overlay)
    if report.conflicts:
        shown = [str(conflict) for conflict in report.conflicts[:LOGGED_CONFLICTS]]
        log.warning("overlay_without_effect", n_conflicts=len(report.conflicts), first=shown)
    return taxonomy
