"""An engine beside the one that owns the store: it answers matches from memory of its own and never writes a document.

Enters: the revisions that the owner has committed. Leaves: answers that know them. What it lacks is made good from the store.
"""

from __future__ import annotations

from matcher.engine import Engine


class EngineBeside(Engine):
    """Answers as `Engine` does; `load` and `close` leave the store, its bindings and the snapshots to the owner."""

    def load(self) -> None:
        """Fills memory from the store as it is."""
        self.working_set.load(self.store, self.snapshot_tag, self.snapshots)
        self.working_set.rebuild_outgrown()

    def catch_up(self, revision: int | None = None) -> None:
        """Takes in what the owner committed up to `revision`, or up to now for None; does nothing when it is known already."""
        wanted = self.store.revision() if revision is None else revision
        if wanted <= self.working_set.revision:
            return
        for row_id in self.working_set.catch_up(self.store, wanted):
            self.matching.forget(row_id)
        if revision is None:  # nobody waits
            self.working_set.rebuild_outgrown()

    def close(self) -> None:
        """Writes the decisions that are queued and lets go of the store."""
        self.decisions.close()
        self.store.close()
