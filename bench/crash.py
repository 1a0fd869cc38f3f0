"""kill -9 in the middle of an import: is everything that was acknowledged still there, and does the next import complete?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import grpc

from bench.service import ServiceProcess
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.serve.client import connect

KILL_AFTER = 1500
Requests = Callable[[], Iterator[doc.ImportDocumentsRequest]]


def crash_rows(store: Path, requests: Requests) -> list[str]:
    """Table rows: documents acknowledged before the kill, how many of them survived, and the import after it.

    Raises:
        RuntimeError: an acknowledged document is lost, or the second import does not complete.
    """
    acknowledged = _killed_import(store, requests)
    service = ServiceProcess(store)
    try:
        with connect(service.address) as client:
            lost = [name for name in acknowledged if not _is_stored(client.documents.GetDocument, name)]
            outcomes = [
                doc.WriteOutcome.Name(r.outcome).removeprefix("WRITE_OUTCOME_").lower()
                for r in client.documents.ImportDocuments(requests())
            ]
    finally:
        service.kill()
    unchanged = outcomes.count("unchanged")
    if lost or unchanged < len(acknowledged):
        raise RuntimeError(f"{len(lost)} of {len(acknowledged)} acknowledged documents lost, {unchanged} unchanged")
    return [
        f"| kill -9 during import: acknowledged, of these lost | {len(acknowledged)}, {len(lost)} |",
        f"| start-up after the kill, no snapshot | {service.start_s:.1f} s |",
        f"| next import: unchanged, created | {unchanged}, {outcomes.count('created')} |",
    ]


def _killed_import(store: Path, requests: Requests) -> set[str]:
    """Names that were acknowledged before the service was killed."""
    service = ServiceProcess(store)
    acknowledged: set[str] = set()
    try:
        with connect(service.address) as client:
            for response in client.documents.ImportDocuments(requests()):
                acknowledged.add(response.name)
                if len(acknowledged) == KILL_AFTER:
                    service.kill()
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.UNAVAILABLE:
            raise
    return acknowledged


def _is_stored(get: Callable[[doc.GetDocumentRequest], doc.GetDocumentResponse], name: str) -> bool:
    try:
        return get(doc.GetDocumentRequest(name=name)).document.name == name
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.NOT_FOUND:
            return False
        raise
