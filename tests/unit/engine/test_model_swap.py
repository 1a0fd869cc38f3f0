"""A model is swapped while the service answers: the old one until the switch, the new one after it, never half of either."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.embed import EmbedConfig, load_encoder
from matcher.engine import Engine
from matcher.errors import IndexModelMismatch, InvalidRequest, MatcherError, ModelSwapRefused
from matcher.ingest import RecordError, read_path
from matcher.records import ImportItem, MatchQuery, SwapPhase, SwapProgress
from matcher.store import StoreConfig, VectorSet, WriteOutcome
from tests.unit.embed.small_models import SHIPPED, narrow_model

DEMO = Path(__file__).resolve().parents[3] / "demo" / "corpus"
N_OF_A_KIND = 30
LIMIT_S = 30.0
QUERY = MatchQuery(
    RawDocument(kind=Kind.POSTING, text="水质化验员\n任职要求：熟悉水质分析、滴定，会使用LIMS系统"), Kind.CANDIDATE
)
NEW = RawDocument(kind=Kind.CANDIDATE, id="new", text="水质化验员\n技能：水质分析、滴定、LIMS")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return narrow_model(tmp_path_factory.mktemp("models") / "narrow")


@pytest.fixture(scope="module")
def documents() -> list[RawDocument]:
    found: list[RawDocument] = []
    for kind in Kind:
        records = list(read_path(DEMO / kind.collection))[:N_OF_A_KIND]
        found += [r.document for r in records if not isinstance(r, RecordError)]
    assert len(found) == 3 * N_OF_A_KIND
    return found


def settings(path: Path, model: Path | str = SHIPPED) -> Settings:
    return Settings(store=StoreConfig(path=path), embed=EmbedConfig(model=str(model)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "skillmatch.db"


@pytest.fixture
def engine(path: Path, documents: list[RawDocument]) -> Iterator[Engine]:
    """The service with the shipped model and documents."""
    opened = Engine(settings(path))
    opened.load()
    opened.import_documents([ImportItem(raw) for raw in documents])
    yield opened
    opened.close()


def ended(engine: Engine) -> SwapProgress:
    """How the swap ended."""
    ends = time.monotonic() + LIMIT_S
    while (progress := engine.swap_progress()) is None or not (progress.is_over or progress.phase is SwapPhase.PAUSED):
        assert time.monotonic() < ends
        time.sleep(0.005)
    engine.swap.join()
    return progress


def swapped(engine: Engine, model: Path) -> SwapProgress:
    engine.swap_model(str(model))
    progress = ended(engine)
    assert progress.phase is SwapPhase.DONE, progress.error
    return progress


def answers(engine: Engine, query: MatchQuery = QUERY) -> dict[str, float]:
    """Scores by name, best first."""
    return {m.name: m.scored.score for m in engine.match(query).matches}


def from_scratch(path: Path, model: Path | str, documents: list[RawDocument]) -> dict[str, float]:
    """Answers of a service that never had another model."""
    fresh = Engine(settings(path, model))
    fresh.load()
    fresh.import_documents([ImportItem(raw) for raw in documents])
    found = answers(fresh)
    fresh.close()
    return found


def n_vectors(engine: Engine, vector_set: VectorSet) -> int:
    return sum(1 for _ in engine.store.changed_since(0, vector_set))


def in_first_batch(engine: Engine, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Does some work once, when the first batch of the next swap has been embedded and before it is stored."""
    put, done = engine.store.reembedding.put, threading.Event()

    def put_after_work(items: Any) -> None:
        if not done.is_set():
            done.set()
            work()
        put(items)

    monkeypatch.setattr(engine.store.reembedding, "put", put_after_work)


# --- the way it should go ------------------------------------------------------------------------------------------


def test_after_a_swap_the_service_answers_as_if_it_had_never_had_another_model(
    engine: Engine, narrow: Path, documents: list[RawDocument], tmp_path: Path
) -> None:
    before = answers(engine)
    progress = swapped(engine, narrow)
    status = engine.status()
    assert (status.dimension, status.versions.model) == (64, progress.model_id)
    assert progress.model_id.startswith("narrow@")
    assert (progress.n_embedded, progress.n_documents) == (90, 90)
    assert {c.name: c.passed for c in progress.checks} == dict.fromkeys(("zh-en", "en-zh", "zh-zh", "en-en"), True)
    after = answers(engine)
    assert after != before
    assert after == pytest.approx(from_scratch(tmp_path / "fresh.db", narrow, documents), abs=1e-6)
    for stored, vectors in engine.store.changed_since(0):
        assert len(vectors.body) == 64, stored.document.name


def test_the_old_vectors_are_dropped(engine: Engine, narrow: Path) -> None:
    swapped(engine, narrow)
    assert (n_vectors(engine, VectorSet.FIRST), n_vectors(engine, VectorSet.SECOND)) == (0, 90)
    assert engine.store.reembedding.record() is None
    swapped(engine, Path(SHIPPED))
    assert (n_vectors(engine, VectorSet.FIRST), n_vectors(engine, VectorSet.SECOND)) == (90, 0)


def test_there_and_back_gives_the_first_answers(engine: Engine, narrow: Path) -> None:
    before = answers(engine)
    swapped(engine, narrow)
    swapped(engine, Path(SHIPPED))
    assert answers(engine) == pytest.approx(before, abs=1e-9)


def test_the_new_model_serves_after_a_restart_though_the_configuration_names_the_old_one(
    engine: Engine, narrow: Path, path: Path
) -> None:
    swapped(engine, narrow)
    expected = answers(engine)
    engine.close()
    again = Engine(settings(path))
    again.load()
    assert (again.encoder.dimension, answers(again)) == (64, expected)
    again.close()


def test_a_model_configured_since_the_swap_wins_and_is_held_to_the_stored_vectors(
    engine: Engine, narrow: Path, path: Path, tmp_path: Path
) -> None:
    swapped(engine, narrow)
    engine.close()
    named_now = Engine(settings(path, narrow))
    named_now.load()
    named_now.close()
    third = Engine(settings(path, narrow_model(tmp_path / "third", 96)))
    with pytest.raises(IndexModelMismatch, match="third@"):
        third.load()
    third.close()


def test_a_query_under_way_ends_on_the_model_it_began_with(
    engine: Engine, narrow: Path, documents: list[RawDocument]
) -> None:
    by_name = MatchQuery(f"postings/{documents[N_OF_A_KIND].id}", Kind.CANDIDATE)
    assert documents[N_OF_A_KIND].kind is Kind.POSTING
    before = answers(engine), answers(engine, by_name)
    with engine.present.held() as old:
        engine.swap_model(str(narrow))
        ends = time.monotonic() + LIMIT_S
        while engine.present.now is old:
            assert time.monotonic() < ends
            time.sleep(0.005)
        for query, expected in zip((QUERY, by_name), before, strict=True):
            found = old.matching.match(query)
            assert found.versions.model.startswith(SHIPPED)
            assert {m.name: m.scored.score for m in found.matches} == expected
            assert engine.match(query).versions.model.startswith("narrow@")
        assert n_vectors(engine, VectorSet.FIRST) == 90, "kept for who still reads them"
    assert ended(engine).phase is SwapPhase.DONE
    assert n_vectors(engine, VectorSet.FIRST) == 0


def test_the_old_model_answers_while_documents_are_embedded(
    engine: Engine, narrow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seen = answers(engine), list[Any]()
    in_first_batch(engine, lambda: seen.append((answers(engine), engine.status().swap)), monkeypatch)
    swapped(engine, narrow)
    ((during, progress),) = seen
    assert during == before
    assert (progress.phase, progress.n_documents) == (SwapPhase.EMBEDDING, 90)


# --- writes during a swap ------------------------------------------------------------------------------------------


def test_what_is_written_during_a_swap_is_there_after_it(
    engine: Engine, narrow: Path, documents: list[RawDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = RawDocument(kind=Kind.CANDIDATE, id=documents[0].id, text="焊工\n技能：电弧焊、气体保护焊")
    gone = f"candidates/{documents[1].id}"

    def write() -> None:
        engine.upsert(NEW)
        engine.upsert(changed)
        engine.delete(gone)

    in_first_batch(engine, write, monkeypatch)
    swapped(engine, narrow)
    left = [NEW, changed, *(d for d in documents if d.id not in {documents[0].id, documents[1].id})]
    assert answers(engine) == pytest.approx(from_scratch(tmp_path / "fresh.db", narrow, left), abs=1e-6)
    names = {stored.document.name for stored, _ in engine.store.changed_since(0)}
    assert "candidates/new" in names
    assert gone not in names
    assert engine.list_documents(Kind.CANDIDATE, "", 100, "").total == N_OF_A_KIND


def test_what_is_written_in_the_last_moment_before_writes_wait_is_there_after_the_switch(
    engine: Engine, narrow: Path, documents: list[RawDocument], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes_held = engine.documents.writes_held

    def written_before_held() -> Any:
        engine.upsert(NEW)
        engine.delete(f"candidates/{documents[0].id}")
        return writes_held()

    monkeypatch.setattr(engine.documents, "writes_held", written_before_held)
    swapped(engine, narrow)
    expected = from_scratch(tmp_path / "fresh.db", narrow, [NEW, *documents[1:]])
    assert answers(engine) == pytest.approx(expected, abs=1e-6)


def test_vectors_made_before_the_switch_are_not_stored_after_it(
    engine: Engine, narrow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deriver = engine.deriver
    embed = deriver._embedder.embed

    def embed_beside_a_switch(found: Any) -> Any:
        embedded = embed(found)
        engine.swap_model(str(narrow))
        while engine.deriver is deriver:
            time.sleep(0.005)
        return embedded

    monkeypatch.setattr(deriver._embedder, "embed", embed_beside_a_switch)
    stored, result = engine.upsert(NEW)
    assert result.outcome is WriteOutcome.CREATED
    assert ended(engine).phase is SwapPhase.DONE
    assert len(engine.store.vectors_of([stored.row_id])[stored.row_id].body) == 64
    assert "candidates/new" in answers(engine)


# --- refused, cancelled, broken off --------------------------------------------------------------------------------


def refused(engine: Engine, model: str) -> MatcherError:
    with pytest.raises(MatcherError) as error:
        engine.swap_model(model)
    return error.value


def test_an_unknown_model_is_refused(engine: Engine, tmp_path: Path) -> None:
    for model in ("skillmatch-statik-256", str(tmp_path)):
        error = refused(engine, model)
        assert isinstance(error, InvalidRequest)
        assert (error.code, error.field) == ("MODEL_UNUSABLE", "model")
    assert "nearest known: skillmatch-static-256" in refused(engine, "skillmatch-statik-256").message


def test_the_model_in_force_is_refused(engine: Engine) -> None:
    assert refused(engine, SHIPPED).code == "MODEL_IN_FORCE"


def test_another_swap_is_refused_while_one_runs_and_the_same_is_joined(
    engine: Engine, narrow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, seen = narrow_model(tmp_path / "other", 96), list[Any]()

    def ask() -> None:
        seen.append((refused(engine, str(other)), engine.swap_model(str(narrow)).phase))

    in_first_batch(engine, ask, monkeypatch)
    swapped(engine, narrow)
    ((error, joined),) = seen
    assert (error.code, error.metadata["running_model"][:7], joined) == ("SWAP_RUNNING", "narrow@", SwapPhase.EMBEDDING)


def test_a_model_below_a_floor_is_refused_and_nothing_changes(engine: Engine, tmp_path: Path) -> None:
    before = answers(engine)
    engine.swap_model(str(narrow_model(tmp_path / "useless", 4)))
    progress = ended(engine)
    assert progress.phase is SwapPhase.FAILED
    assert isinstance(progress.error, ModelSwapRefused)
    assert progress.error.code == "MODEL_BELOW_FLOOR"
    assert "zh-en 0." in progress.error.message
    assert "(floor 0.80)" in progress.error.message
    assert answers(engine) == before
    assert engine.store.reembedding.record() is None
    assert n_vectors(engine, VectorSet.SECOND) == 0


def test_a_registered_model_is_held_to_its_own_floors(path: Path, tmp_path: Path) -> None:
    folder = narrow_model(tmp_path / "useless", 4)
    digest = load_encoder(EmbedConfig(model=str(folder))).model_id
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    registry = tmp_path / "registry.toml"
    shipped = load_encoder(EmbedConfig())
    entry = f'[models.useless]\npath = "useless"\ndimension = 4\nsha256 = "{sha256}"\n'
    registry.write_text(
        entry + "self_check = { zh-en = 0.0, en-zh = 0.0, zh-zh = 0.0, en-en = 0.0 }\n", encoding="utf-8"
    )
    config = Settings(store=StoreConfig(path=path), embed=EmbedConfig(registry=registry))
    engine = Engine(config, shipped)
    engine.load()
    engine.upsert(NEW)
    engine.swap_model("useless")
    assert ended(engine).phase is SwapPhase.DONE
    assert engine.encoder.model_id.partition("@")[2] == digest.partition("@")[2]
    engine.close()


def test_a_cancelled_swap_leaves_the_old_model_and_no_second_vectors(
    engine: Engine, narrow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, cancelled = answers(engine), list[SwapProgress]()
    canceller = threading.Thread(target=lambda: cancelled.append(engine.cancel_swap()))

    def cancel() -> None:
        canceller.start()
        while not engine.swap._stop.is_set():
            time.sleep(0.001)

    in_first_batch(engine, cancel, monkeypatch)
    engine.swap_model(str(narrow))
    assert ended(engine).phase is SwapPhase.CANCELLED
    canceller.join(LIMIT_S)
    assert cancelled[0].phase is SwapPhase.CANCELLED
    assert answers(engine) == before
    assert engine.encoder.dimension == 256
    assert (n_vectors(engine, VectorSet.FIRST), n_vectors(engine, VectorSet.SECOND)) == (90, 0)
    with pytest.raises(ModelSwapRefused) as error:
        engine.cancel_swap()
    assert error.value.code == "NO_SWAP"
    monkeypatch.undo()
    swapped(engine, narrow)


def test_a_swap_broken_off_by_a_stop_goes_on_at_the_next_start_with_what_was_made(
    engine: Engine,
    narrow: Path,
    path: Path,
    documents: list[RawDocument],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    in_first_batch(engine, engine.end_background_work, monkeypatch)
    engine.swap_model(str(narrow))
    assert ended(engine).phase is SwapPhase.PAUSED
    made = engine.store.reembedding.progress()
    assert made == (32, 90)
    engine.close()
    again = Engine(settings(path))
    read: list[int] = []
    lacking = again.store.reembedding.lacking

    def noted(after: int, limit: int) -> Any:
        found = lacking(after, limit)
        read.extend(stored.row_id for stored in found)
        return found

    monkeypatch.setattr(again.store.reembedding, "lacking", noted)
    again.load()
    assert ended(again).phase is SwapPhase.DONE
    assert len(read) == 90 - 32, "what was made is not made again"
    assert again.encoder.dimension == 64
    assert answers(again) == pytest.approx(from_scratch(tmp_path / "fresh.db", narrow, documents), abs=1e-6)
    again.close()


def test_an_unexpected_fault_leaves_the_old_model_in_force_and_the_swap_to_be_asked_for_again(
    engine: Engine, narrow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk() -> None:
        raise OSError("no space left")

    before = answers(engine)
    in_first_batch(engine, full_disk, monkeypatch)
    engine.swap_model(str(narrow))
    progress = ended(engine)
    assert (progress.phase, type(progress.error)) == (SwapPhase.FAILED, OSError)
    assert answers(engine) == before
    swapped(engine, narrow)


# --- offline -------------------------------------------------------------------------------------------------------


def test_reembedding_offline_that_breaks_off_leaves_the_old_model_and_is_gone_on_with(
    engine: Engine, narrow: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(engine)
    engine.close()
    offline = Engine(settings(path, narrow), load_encoder(EmbedConfig(model=str(narrow))))
    put, calls = offline.store.reembedding.put, list[int]()

    def put_once(items: Any) -> None:
        calls.append(len(items))
        if len(calls) == 2:
            raise KeyboardInterrupt
        put(items)

    monkeypatch.setattr(offline.store.reembedding, "put", put_once)
    with pytest.raises(KeyboardInterrupt):
        offline.rederive()
    offline.close()
    old = Engine(settings(path))
    monkeypatch.setattr(old.swap, "resume", lambda: None)
    old.load()
    assert (old.encoder.dimension, answers(old)) == (256, before)
    old.close()
    offline = Engine(settings(path, narrow), load_encoder(EmbedConfig(model=str(narrow))))
    assert offline.rederive() == 90
    offline.close()
    new = Engine(settings(path, narrow))
    new.load()
    assert (new.encoder.dimension, len(answers(new))) == (64, 10)
    new.close()


def test_an_index_snapshot_of_vectors_that_were_exchanged_is_not_used(engine: Engine, path: Path) -> None:
    engine.close()  # writes snapshots
    offline = Engine(settings(path), load_encoder(EmbedConfig()))
    offline.rederive()
    offline.store.close()  # as after a kill: the snapshots are those of the old vectors, and the model is the same
    again = Engine(settings(path))
    with structlog.testing.capture_logs() as lines:
        again.load()
    refused = {line["kind"]: line["problem"] for line in lines if line["event"] == "index_snapshot_not_used"}
    assert refused == {kind.value: "other_model" for kind in Kind}
    again.close()
