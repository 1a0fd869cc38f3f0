"""The closed family of errors the service raises on purpose. `serve/status.py` maps each class once to a gRPC status.

Each error names the field at fault (a path as in the proto, for example `document.text`) and, where one was broken, the limit.
Messages never contain text of a document.
"""

from __future__ import annotations

from typing import ClassVar


class MatcherError(Exception):
    """Base of all. `reason` is the stable UPPER_SNAKE code sent as google.rpc.ErrorInfo.reason.

    Args:
        message: one English sentence for a developer; no personal text.
        reason: overrides the class's reason with a more exact one of the same class.
        field: path of the request field at fault, "" when none is.
        limit: the limit that was broken, as text with unit, "" when none was.
        metadata: further key → value pairs for ErrorInfo.
    """

    reason: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, *, reason: str = "", field: str = "", limit: str = "", **metadata: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = reason or self.reason
        self.field = field
        self.limit = limit
        self.metadata = metadata
        self.violations: tuple[tuple[str, str], ...] = ((field, message),) if field else ()


class InvalidDocument(MatcherError):
    """A document cannot be read: empty, too large, binary, wrongly encoded, bad id, bad field."""

    reason = "INVALID_DOCUMENT"


class InvalidRequest(MatcherError):
    """A request field other than a document, filter or page token is out of its limits."""

    reason = "INVALID_REQUEST"

    @classmethod
    def of_violations(cls, violations: tuple[tuple[str, str], ...]) -> InvalidRequest:
        """One error for all broken rules of a request, each (field path, what is wrong with it)."""
        field, description = violations[0]
        error = cls(f"{field}: {description}", field=field)
        error.violations = violations
        return error


class InvalidFilter(MatcherError):
    """A filter does not parse or type-check. `position` is the 1-based column of the fault in code points."""

    reason = "INVALID_FILTER"

    def __init__(self, message: str, *, position: int, field: str = "filter") -> None:
        super().__init__(f"{message} (at column {position})", field=field, position=str(position))
        self.position = position


class InvalidPageToken(MatcherError):
    """A page token is malformed or belongs to another request."""

    reason = "INVALID_PAGE_TOKEN"


class ResourceNotFound(MatcherError):
    """No such document or skill."""

    reason = "RESOURCE_NOT_FOUND"


class ResourceExists(MatcherError):
    """There is another resource of this name already; it is left as it is."""

    reason = "RESOURCE_EXISTS"


class EmptyCohort(MatcherError):
    """No stored posting passes a cohort's filter, so there is nothing to aggregate; an empty answer would read as "all is met"."""

    reason = "EMPTY_COHORT"


class IndexModelMismatch(MatcherError):
    """Stored vectors were made by another model than the configured one; the message names the command that re-embeds."""

    reason = "INDEX_MODEL_MISMATCH"


class ModelSwapRefused(MatcherError):
    """The model in force stays: another swap runs, none runs, or the new model is below a floor of the self-check."""

    reason = "MODEL_SWAP_REFUSED"


class TaxonomyUpgradeRefused(MatcherError):
    """The mentions in force stay: no upgrade runs, or a document lacks mentions of the new taxonomy."""

    reason = "TAXONOMY_UPGRADE_REFUSED"


class ReplayRefused(MatcherError):
    """A decision cannot be made again: its query was deleted."""

    reason = "REPLAY_REFUSED"


class IndexNotReady(MatcherError):
    """The index is still being loaded or rebuilt."""

    reason = "INDEX_NOT_READY"


class ShuttingDown(MatcherError):
    """The service drains before it stops; another instance, or this one after its restart, will answer."""

    reason = "SHUTTING_DOWN"


class Overloaded(MatcherError):
    """Too much work is queued. `retry_delay_s` says when to try again, in seconds."""

    reason = "OVERLOADED"

    def __init__(self, message: str, *, retry_delay_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_delay_s = retry_delay_s


class DeadlineExceeded(MatcherError):
    """The caller's or the server's deadline passed before the work was done."""

    reason = "DEADLINE_EXCEEDED"


class InvalidConfig(MatcherError):
    """The configuration, the model registry or a model folder cannot be used; raised at start-up only."""

    reason = "INVALID_CONFIG"


class InvalidTaxonomy(MatcherError):
    """A taxonomy file breaks the format; names file, row and column."""

    reason = "INVALID_TAXONOMY"
