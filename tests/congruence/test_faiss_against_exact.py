"""FAISS against the NumPy reference: ids and values where the kind is exact, a recall floor where it is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.config import IndexConfig
from matcher.index.exact import ExactIndex
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import Float32, Int64, Neighbours


def unit_rows(rows: np.ndarray) -> Float32:
    scaled: Float32 = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def clustered(n: int, dim: int, n_clusters: int, spread: float, seed: int) -> Float32:
    """Rows around centres of very different popularity, as topics in a corpus are."""
    generator = np.random.default_rng(seed)
    centres = unit_rows(generator.standard_normal((n_clusters, dim)))
    popularity = 1.0 / np.arange(1, n_clusters + 1)
    chosen = generator.choice(n_clusters, n, p=popularity / popularity.sum())
    return unit_rows(centres[chosen] + spread * generator.standard_normal((n, dim)) / np.sqrt(dim))


def pair(ids: Int64, rows: Float32) -> tuple[ExactIndex, FaissIndex]:
    exact, flat = ExactIndex(rows.shape[1]), FaissIndex(rows.shape[1], IndexConfig())
    for index in (exact, flat):
        index.add(ids, rows)
    return exact, flat


def assert_same(found: Neighbours, expected: Neighbours) -> None:
    np.testing.assert_array_equal(found.ids, expected.ids)
    np.testing.assert_array_equal(found.similarities, expected.similarities)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.01, 0.001], ids="{:.1%} allowed".format)
@pytest.mark.parametrize("n_queries", [1, 5, 64])
def test_flat_gives_the_reference_ids_and_values(share: float, n_queries: int) -> None:
    generator = np.random.default_rng(11)
    rows = clustered(3000, 96, 40, 0.7, seed=1)
    rows[1500:1800] = rows[generator.integers(0, 50, 300)]  # copies, some rows more than 16 times within k
    ids = generator.permutation(10_000)[:3000].astype(np.int64)
    exact, flat = pair(ids, rows)
    allowed = None if share == 1.0 else ids[generator.random(3000) < share]
    queries = np.concatenate([rows[:50], unit_rows(generator.standard_normal((50, 96)))])[::-1][:n_queries]
    for k in (1, 10, 100):
        assert_same(flat.search(queries, k, allowed), exact.search(queries, k, allowed))


def test_reference_values_are_plain_cosines() -> None:
    rows = clustered(500, 96, 10, 0.7, seed=2)
    exact, _ = pair(np.arange(500), rows)
    found = exact.search(rows[:20], 500)
    cosines = rows[:20].astype(np.float64) @ rows.astype(np.float64).T
    np.testing.assert_allclose(found.similarities, -np.sort(-cosines, axis=1), atol=1e-7)
    np.testing.assert_allclose(np.take_along_axis(cosines, found.ids, axis=1), found.similarities, atol=1e-7)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_history_of_writes_gives_the_reference_answers(data: st.DataObject) -> None:
    # Four directions only, so that nearly everything ties.
    directions = unit_rows(np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 1, 1]]))
    exact, flat = ExactIndex(3), FaissIndex(3, IndexConfig())
    few_ids = st.lists(st.integers(0, 30), max_size=20)
    for _ in range(data.draw(st.integers(1, 6))):
        ids = np.array(data.draw(few_ids), np.int64)
        if data.draw(st.booleans()):
            chosen = data.draw(st.lists(st.integers(0, 3), min_size=len(ids), max_size=len(ids)))
            for index in (exact, flat):
                index.add(ids, directions[np.array(chosen, np.intp)])
        else:
            assert exact.remove(ids) == flat.remove(ids)
        assert len(exact) == len(flat)
    allowed = data.draw(st.none() | few_ids.map(lambda ids: np.array(ids, np.int64)))
    k = data.draw(st.integers(0, 40))
    assert_same(flat.search(directions, k, allowed), exact.search(directions, k, allowed))


N, DIM, K = 30_000, 96, 10


@pytest.fixture(scope="module")
def large() -> tuple[Float32, Float32, FaissIndex, FaissIndex]:
    """Rows, queries that are no rows, a flat index and an inverted file over the same rows with ids 0, 2, 4, …"""
    everything = clustered(N + 200, DIM, 300, 0.9, seed=3)
    rows, queries = everything[:N], everything[N:]
    flat, lists = FaissIndex(DIM, IndexConfig()), FaissIndex(DIM, IndexConfig(flat_max_rows=10_000, build_threads=1))
    for index in (flat, lists):
        index.add(np.arange(N) * 2, rows)
    assert lists.needs_rebuild()
    lists.rebuild()
    assert (lists.kind_name, lists.needs_rebuild()) == ("ivf_sq8", False)
    return rows, queries, flat, lists


def recall(found: Neighbours, truth: Neighbours) -> float:
    shared = [
        len(set(a) & set(b) - {-1}) / max(1, len(set(b) - {-1})) for a, b in zip(found.ids, truth.ids, strict=True)
    ]
    return float(np.mean(shared))


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.01], ids="{:.0%} allowed".format)
def test_lists_reach_the_recall_floor_under_random_filters(
    large: tuple[Float32, Float32, FaissIndex, FaissIndex], share: float
) -> None:
    _, queries, flat, lists = large
    ids = np.arange(N) * 2
    allowed = None if share == 1.0 else ids[np.random.default_rng(4).random(N) < share]
    truth = flat.search(queries, K, allowed)
    alone = [lists.search(queries[i : i + 1], K, allowed) for i in range(len(queries))]
    assert recall(Neighbours(*(np.concatenate(part) for part in zip(*alone, strict=True))), truth) >= 0.95
    assert recall(lists.search(queries, K, allowed), truth) >= 0.95


def test_lists_reach_the_recall_floor_when_the_filter_follows_the_clusters(
    large: tuple[Float32, Float32, FaissIndex, FaissIndex],
) -> None:
    rows, queries, flat, lists = large
    far = np.argsort(rows @ queries[0])[: N // 10] * 2  # nothing near query 0, and little near those like it
    assert recall(lists.search(queries, K, far), flat.search(queries, K, far)) >= 0.95


def test_lists_reach_the_recall_floor_for_a_hundred_neighbours(
    large: tuple[Float32, Float32, FaissIndex, FaissIndex],
) -> None:
    _, queries, flat, lists = large
    assert recall(lists.search(queries, 100), flat.search(queries, 100)) >= 0.95


def test_lists_give_exact_similarities_for_what_they_find(
    large: tuple[Float32, Float32, FaissIndex, FaissIndex],
) -> None:
    rows, queries, _, lists = large
    found = lists.search(queries, K)
    cosines = np.einsum("qd,qkd->qk", queries, rows[found.ids // 2], dtype=np.float64)
    np.testing.assert_allclose(found.similarities, cosines, atol=1e-7)


def test_more_neighbours_than_lists_were_measured_for_are_exact(
    large: tuple[Float32, Float32, FaissIndex, FaissIndex],
) -> None:
    _, queries, flat, lists = large
    assert_same(lists.search(queries[:3], 4000), flat.search(queries[:3], 4000))


def test_lists_read_less_than_everything(large: tuple[Float32, Float32, FaissIndex, FaissIndex]) -> None:
    parameters = large[3].parameters
    assert int(str(parameters["probe_lists"]).split(",")[0]) < int(parameters["n_lists"]) / 2
