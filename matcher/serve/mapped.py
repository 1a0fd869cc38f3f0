"""A failure that was mapped to its status in another process. Enters and leaves: that status, as it is."""

from __future__ import annotations

from google.rpc.status_pb2 import Status


class MappedFailure(Exception):
    """A failure that a match process has mapped to a status already."""

    def __init__(self, status: Status) -> None:
        super().__init__("a match process refused a call")
        self.status = status
