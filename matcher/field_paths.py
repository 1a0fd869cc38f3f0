"""Paths of request fields in errors: what a stage calls `document.text` stands elsewhere in some requests.

Enters: errors that name a field of a document. Leaves: the same errors, naming the field where the caller wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matcher.errors import MatcherError


@contextmanager
def standing_at(place: str, *, of: str = "document") -> Iterator[None]:
    """Errors raised within name the fields at or below `of` as fields at or below `place`, for example `query.document`."""
    try:
        yield
    except MatcherError as error:
        error.field = _moved(error.field, of, place)
        error.violations = tuple((_moved(field, of, place), what) for field, what in error.violations)
        raise


def _moved(field: str, old: str, new: str) -> str:
    return new + field[len(old) :] if field == old or field.startswith(f"{old}.") else field
