"""Going from exact to lists and back, writes meanwhile, threads, and the refusal of a missing GPU."""

from __future__ import annotations

import threading
from pathlib import Path

import faiss
import numpy as np
import pytest
from pydantic import ValidationError

from matcher.errors import InvalidConfig, InvalidRequest
from matcher.index.config import IndexConfig
from matcher.index.factory import load_index, make_index
from matcher.index.faiss import InvertedFile
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import Float32

DIM = 16


def rows(n: int, seed: int = 0) -> Float32:
    found = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32)
    scaled: Float32 = found / np.linalg.norm(found, axis=1, keepdims=True)
    return scaled


def with_lists(n: int = 600, **settings: float) -> FaissIndex:
    index = FaissIndex(DIM, IndexConfig.model_validate({"flat_max_rows": 400, "build_threads": 1, **settings}))
    index.add(np.arange(n), rows(n))
    index.rebuild()
    assert index.kind_name == "ivf_sq8"
    return index


def test_index_asks_for_a_rebuild_when_it_outgrows_the_exact_kind() -> None:
    index = FaissIndex(DIM, IndexConfig(flat_max_rows=400, build_threads=1))
    index.add(np.arange(400), rows(400))
    assert not index.needs_rebuild()
    index.add(np.array([400]), rows(1, seed=1))
    assert (index.needs_rebuild(), index.kind_name) == (True, "flat")
    index.rebuild()
    assert (index.needs_rebuild(), index.kind_name) == (False, "ivf_sq8")


def test_index_asks_again_when_rows_have_doubled_or_are_few() -> None:
    index = with_lists(600)
    index.add(np.arange(600, 1200), rows(600, seed=1))
    assert not index.needs_rebuild()
    index.add(np.array([1200]), rows(1, seed=2))
    assert index.needs_rebuild()
    index.remove(np.arange(1001))
    assert not index.needs_rebuild()
    index.remove(np.array([1001]))
    assert index.needs_rebuild()
    index.rebuild()
    assert (index.kind_name, len(index), index.needs_rebuild()) == ("flat", 199, False)


def test_every_row_in_the_lists_is_found_after_writes() -> None:
    index = with_lists(600)
    index.remove(np.arange(0, 600, 3))
    index.add(np.arange(0, 300), rows(300, seed=5))
    expected = {**{i: row for i, row in enumerate(rows(600)) if i % 3}, **dict(enumerate(rows(300, seed=5)))}
    assert len(index) == len(expected)
    ids = np.array(sorted(expected), np.int64)
    found = index.search(np.stack([expected[i] for i in ids.tolist()]), 1)
    np.testing.assert_array_equal(found.ids[:, 0], ids)
    np.testing.assert_allclose(found.similarities[:, 0], 1.0, atol=1e-6)


def test_removed_rows_leave_no_code_in_the_lists(tmp_path: Path) -> None:
    index = with_lists(600)
    index.remove(np.arange(600))
    index.snapshot(tmp_path, model_id="m", revision=1)
    (file,) = tmp_path.glob("data-*/ivf.faiss")
    assert faiss.read_index(str(file)).ntotal == 0


def test_writes_during_a_rebuild_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    index = FaissIndex(DIM, IndexConfig(flat_max_rows=400, build_threads=1))
    index.add(np.arange(600), rows(600))
    built = InvertedFile.built

    def built_slowly(*args: object) -> InvertedFile:
        index.remove(np.arange(0, 100))  # moves rows
        index.add(np.arange(50, 60), rows(10, seed=8))  # new, in places that were others'
        index.add(np.arange(300, 310), rows(10, seed=9))  # replaced
        index.remove(np.arange(590, 600))
        return built(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(InvertedFile, "built", built_slowly)
    index.rebuild()
    assert index.kind_name == "ivf_sq8"
    expected = {i: row for i, row in enumerate(rows(600)) if 100 <= i < 590}
    expected.update(zip(range(50, 60), rows(10, seed=8), strict=True))
    expected.update(zip(range(300, 310), rows(10, seed=9), strict=True))
    ids = np.array(sorted(expected), np.int64)
    assert len(index) == len(ids)
    found = index.search(np.stack([expected[i] for i in ids.tolist()]), 1)
    np.testing.assert_array_equal(found.ids[:, 0], ids)
    np.testing.assert_allclose(found.similarities[:, 0], 1.0, atol=1e-6)
    # And nothing else is in the lists: reading all of them finds each row once.
    assert sorted(index.search(rows(1), len(ids)).ids[0].tolist()) == ids.tolist()


def test_rebuild_can_be_tuned_on_given_queries() -> None:
    own, strange = with_lists(2000), FaissIndex(DIM, IndexConfig(flat_max_rows=400, build_threads=1))
    strange.add(np.arange(2000), rows(2000))
    strange.rebuild(-rows(64, seed=3))
    assert own.parameters["probe_lists"] != strange.parameters["probe_lists"]
    with pytest.raises(InvalidRequest) as caught:
        strange.rebuild(rows(31))
    assert (caught.value.field, caught.value.limit) == ("queries", "at least 32")


def test_same_rows_and_seed_give_the_same_lists() -> None:
    first, second = with_lists(900), with_lists(900)
    assert first.parameters == second.parameters
    np.testing.assert_array_equal(first.search(rows(20, seed=1), 9).ids, second.search(rows(20, seed=1), 9).ids)


def test_snapshot_keeps_the_lists_only_for_the_same_recall_target(tmp_path: Path) -> None:
    index = with_lists(600, recall_target=0.9)
    index.snapshot(tmp_path, model_id="m", revision=1)
    same, other = (
        load_index(IndexConfig(flat_max_rows=400, recall_target=target), tmp_path, dim=DIM, model_id="m")
        for target in (0.9, 0.97)
    )
    assert isinstance(same, tuple)
    assert isinstance(other, tuple)
    assert same[0].parameters == index.parameters
    assert (other[0].kind_name, other[0].needs_rebuild(), len(other[0])) == ("flat", True, 600)


def test_restored_lists_accept_writes(tmp_path: Path) -> None:
    with_lists(600).snapshot(tmp_path, model_id="m", revision=1)
    loaded = load_index(IndexConfig(flat_max_rows=400), tmp_path, dim=DIM, model_id="m")
    assert isinstance(loaded, tuple)
    index, _ = loaded
    index.remove(np.arange(100))
    index.add(np.array([7]), rows(1, seed=6))
    assert index.search(rows(1, seed=6), 1).ids.tolist() == [[7]]
    assert index.search(rows(600)[300:301], 1).ids.tolist() == [[300]]


@pytest.mark.parametrize("lists", [False, True], ids=["flat", "lists"])
def test_searches_during_writes_see_whole_writes(lists: bool) -> None:
    # Each write moves all rows of one half of the ids from one pole to the other: no search may see a mixture.
    index = with_lists(600) if lists else FaissIndex(DIM, IndexConfig())
    index.remove(np.arange(600))
    poles = np.eye(DIM, dtype=np.float32)[:2]
    ids = np.arange(40)
    index.add(ids, np.repeat(poles[:1], 40, axis=0))
    stop, mixtures = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            found = index.search(poles[:1], 40)
            seen = set(found.similarities[0].tolist())
            if len(seen) != 1 or set(found.ids[0].tolist()) != set(range(40)):
                mixtures.append(seen)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(60):
        index.add(ids, np.repeat(poles[turn % 2 : turn % 2 + 1], 40, axis=0))
    stop.set()
    for reader in readers:
        reader.join(timeout=10)
        assert not reader.is_alive()
    assert mixtures == []


@pytest.mark.skipif(hasattr(faiss, "StandardGpuResources"), reason="this FAISS has GPU support")
def test_gpu_without_gpu_support_is_refused() -> None:
    with pytest.raises(InvalidConfig, match="no GPU support") as caught:
        make_index(IndexConfig(device="gpu"), DIM)
    assert caught.value.field == "index.device"


@pytest.mark.parametrize(
    "bad", [{"flat_max_row": 5}, {"flat_max_rows": 0}, {"recall_target": 1.0}, {"device": "tpu"}], ids=str
)
def test_unknown_and_impossible_settings_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(bad))):
        IndexConfig.model_validate(bad)
