"""One real service over the demo corpus for all tests of this folder, and what tests need to leave it as they found it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.config import ServerConfig, Settings
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, connect
from matcher.store.store import StoreConfig
from tests.rpc.running import running_server

DEMO = Path(__file__).resolve().parents[2] / "demo" / "corpus"
KINDS = {"candidates": doc.KIND_CANDIDATE, "postings": doc.KIND_POSTING, "courses": doc.KIND_COURSE}


@pytest.fixture(scope="session")
def corpus() -> dict[str, str]:
    """Texts of the demo corpus by resource name, as their authors wrote them."""
    files = sorted(path for collection in KINDS for path in (DEMO / collection).glob("*.txt"))
    return {f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in files}


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine behind `address`; the server closes it."""
    store = tmp_path_factory.mktemp("rpc") / "skillmatch.db"
    return Engine(Settings(store=StoreConfig(path=store)))


@pytest.fixture(scope="session")
def address(engine: Engine) -> Iterator[str]:
    with running_server(engine, ServerConfig(port=0, max_message_mib=12)) as started:
        yield started


@pytest.fixture(scope="session")
def imported(address: str, corpus: dict[str, str]) -> list[doc.ImportDocumentsResponse]:
    """Results of the import that filled the service."""
    items = (doc.ImportDocumentsRequest(document=doc.Document(name=n, text=t)) for n, t in corpus.items())
    with connect(address) as client:
        return list(client.documents.ImportDocuments(items))


@pytest.fixture(scope="session")
def client(address: str, imported: list[doc.ImportDocumentsResponse]) -> Iterator[ServiceClient]:
    """A client of the service with the demo corpus in it."""
    with connect(address) as connected:
        yield connected


@pytest.fixture(scope="session")
def channel(address: str) -> Iterator[grpc.Channel]:
    """A bare channel, for health, reflection and raw bytes."""
    with grpc.insecure_channel(address) as opened:
        yield opened


@pytest.fixture
def forget(client: ServiceClient) -> Iterator[Callable[[str], None]]:
    """Registers names that are deleted after the test, so that no other test meets them."""
    names: list[str] = []
    yield names.append
    for name in dict.fromkeys(names):
        try:
            client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.NOT_FOUND:
                raise
