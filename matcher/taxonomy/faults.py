"""What is wrong with the files of a taxonomy: collected over all of them, told at once.

Enters: faults as loaders find them. Leaves: one `InvalidTaxonomy` that names file, row and column of the first 50.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from matcher.errors import InvalidTaxonomy

MAX_FAULTS: Final = 50


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a file. `row` is the 1-based line of the record's end, 0 for the file as a whole; the header is row 1."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.column}: {self.message}"


@dataclass(slots=True)
class Faults:
    """Collects faults until the list is full."""

    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, row: int, column: str, message: str) -> None:
        """Notes one fault."""
        self.found.append(Fault(file, row, column, message))

    def raise_if_any(self) -> None:
        """Ends the load if anything was noted.

        Raises:
            InvalidTaxonomy: with the first 50 faults, in the order of files and rows.
        """
        if not self.found:
            return
        shown = sorted(self.found)[:MAX_FAULTS]
        more = f" (the first {MAX_FAULTS} shown)" if len(self.found) > MAX_FAULTS else ""
        first = shown[0]
        raise InvalidTaxonomy(
            f"{len(self.found)} fault(s) in the taxonomy{more}:\n" + "\n".join(map(str, shown)),
            field=first.column,
            file=first.file,
            row=str(first.row),
            n_faults=str(len(self.found)),
        )
