"""The journeys of micro-majors in one place: draft, keep and export bundles; what candidates completed, and how their gaps shrank.

Enters: what the engine holds. Leaves: the four journeys, each in a module of its own, put together over one store. It refuses
nothing of its own.
"""

from __future__ import annotations

from functools import cached_property

from matcher.bundles import Bundles
from matcher.credential_design import CredentialDesign
from matcher.credentials import Credentials
from matcher.gap_analysis import GapAnalysis
from matcher.growth import Growth
from matcher.in_force import Present
from matcher.store import DocumentStore
from matcher.targeting import Targets
from matcher.taxonomy import OccupationSearch, Taxonomy


class CredentialJourneys:
    """Everything of micro-majors.

    `drafts`: the best bundle for a cohort. `bundles`: stored ones, stacked and exported. `completions`: of candidates. `growth`:
    their growth files.

    Args:
        store: where all of it rests.
        taxonomy: whose skills and occupations.
        present: the model in force.
        targets: resolves what is demanded.
        gaps: holds candidates against targets, with their completions.
    """

    def __init__(
        self, store: DocumentStore, taxonomy: Taxonomy, present: Present, targets: Targets, gaps: GapAnalysis
    ) -> None:
        self._taxonomy = taxonomy
        views = Bundles(store, taxonomy)
        self.completions = gaps.completions
        self.growth = Growth(store, present, targets, gaps, self.completions)
        self.drafts = CredentialDesign(store, taxonomy, present, targets, views, lambda: self._occupations)
        self.bundles = Credentials(store, taxonomy, present, views, self.drafts)

    @cached_property
    def _occupations(self) -> OccupationSearch:
        """Made when first asked for: a start need not wait for it."""
        return OccupationSearch(self._taxonomy)
