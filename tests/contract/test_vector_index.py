"""What every vector index promises, by values. A new implementation subclasses `VectorIndexContract` and says how it is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.errors import InvalidRequest
from matcher.index.config import IndexConfig
from matcher.index.exact import ExactIndex
from matcher.index.factory import load_index, make_index
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import MAX_ID, Float32, Int64, Neighbours, VectorIndex

DIM = 8


def unit(*rows: list[float]) -> Float32:
    """Rows padded with zeros to DIM and scaled to unit length."""
    padded = np.zeros((len(rows), DIM), np.float32)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    scaled: Float32 = padded / np.linalg.norm(padded, axis=1, keepdims=True)
    return scaled


def ids(*values: int) -> Int64:
    return np.array(values, np.int64)


def axis(*numbers: int) -> Float32:
    return np.eye(DIM, dtype=np.float32)[list(numbers)]


def random_rows(n: int, seed: int = 0) -> Float32:
    rows = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32)
    scaled: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def assert_neighbours(
    found: Neighbours, expected_ids: list[list[int]], expected_similarities: list[list[float]]
) -> None:
    assert found.ids.dtype == np.int64
    assert found.similarities.dtype == np.float32
    assert found.ids.tolist() == expected_ids
    np.testing.assert_allclose(found.similarities, np.array(expected_similarities, np.float32), atol=2e-7)


NONE = -np.inf


class VectorIndexContract:
    """Subclass and override `make`; every test below must hold."""

    def make(self, dim: int = DIM) -> VectorIndex:
        raise NotImplementedError

    def config(self) -> IndexConfig:
        raise NotImplementedError

    def filled(self, row_ids: Int64, rows: Float32) -> VectorIndex:
        index = self.make()
        index.add(row_ids, rows)
        return index

    def test_search_ranks_by_falling_cosine(self) -> None:
        index = self.filled(ids(7, 3, 5), unit([1, 0], [1, 1], [0, 1]))
        found = index.search(unit([1, 0], [-1, 2]), 3)
        assert_neighbours(
            found,
            [[7, 3, 5], [5, 3, 7]],
            [[1, 0.5**0.5, 0], [2 / 5**0.5, 1 / 10**0.5, -1 / 5**0.5]],
        )

    def test_length_and_dimension_are_told(self) -> None:
        index = self.filled(ids(1, 2), axis(0, 1))
        assert (len(index), index.dim) == (2, DIM)
        assert index.parameters["kind"] == index.kind_name

    def test_empty_index_answers_padding(self) -> None:
        assert_neighbours(self.make().search(axis(0), 2), [[-1, -1]], [[NONE, NONE]])

    def test_more_neighbours_than_rows_are_padded(self) -> None:
        found = self.filled(ids(4), axis(0)).search(axis(0), 3)
        assert_neighbours(found, [[4, -1, -1]], [[1, NONE, NONE]])

    def test_no_neighbours_are_asked_for(self) -> None:
        found = self.filled(ids(4), axis(0)).search(axis(0, 1), 0)
        assert found.ids.shape == found.similarities.shape == (2, 0)

    def test_no_queries_are_asked(self) -> None:
        found = self.filled(ids(4), axis(0)).search(np.zeros((0, DIM), np.float32), 5)
        assert found.ids.shape == found.similarities.shape == (0, 5)

    def test_negative_k_is_refused(self) -> None:
        with pytest.raises(InvalidRequest) as caught:
            self.make().search(axis(0), -1)
        assert caught.value.field == "k"

    def test_ties_are_broken_by_ascending_id(self) -> None:
        index = self.filled(ids(9, 2, 30, 4), axis(0, 0, 0, 1))
        assert_neighbours(index.search(axis(0), 2), [[2, 9]], [[1, 1]])
        assert index.search(axis(2), 4).ids.tolist() == [[2, 4, 9, 30]]

    def test_many_copies_of_one_row_come_by_ascending_id(self) -> None:
        shuffled = np.random.default_rng(5).permutation(500).astype(np.int64)
        index = self.filled(shuffled, np.repeat(random_rows(1), 500, axis=0))
        assert index.search(random_rows(1), 40).ids.tolist() == [list(range(40))]

    @pytest.mark.parametrize(
        "row",
        [
            np.zeros(DIM),
            np.full(DIM, np.nan),
            np.array([np.inf] + [0.0] * (DIM - 1)),
            np.eye(DIM)[0] * 2,
            np.eye(DIM)[0] * 0.5,
        ],
        ids=["zero", "nan", "infinite", "doubled", "halved"],
    )
    def test_rows_and_queries_that_are_not_unit_vectors_are_refused(self, row: np.ndarray) -> None:
        index = self.filled(ids(1), axis(0))
        bad = np.stack([np.eye(DIM)[1], row]).astype(np.float32)
        with pytest.raises(InvalidRequest) as caught:
            index.add(ids(2, 3), bad)
        assert (caught.value.code, caught.value.field) == ("INVALID_VECTOR", "vectors[1]")
        with pytest.raises(InvalidRequest) as caught:
            index.search(bad, 1)
        assert (caught.value.code, caught.value.field) == ("INVALID_VECTOR", "queries[1]")
        assert len(index) == 1

    @pytest.mark.parametrize(
        "rows",
        [np.ones((1, DIM + 1), np.float32), np.eye(DIM)[:1], np.eye(DIM, dtype=np.float32)[0]],
        ids=["dimension", "float64", "one-dimensional"],
    )
    def test_rows_of_another_shape_or_type_are_refused(self, rows: np.ndarray) -> None:
        with pytest.raises(InvalidRequest) as caught:
            self.make().add(ids(1), rows)
        assert caught.value.code == "INVALID_VECTOR"

    @pytest.mark.parametrize("bad", [ids(-1), ids(MAX_ID + 1), ids(1, 2), np.array([1.0])], ids=str)
    def test_bad_ids_are_refused_and_nothing_is_added(self, bad: Int64) -> None:
        index = self.make()
        with pytest.raises(InvalidRequest) as caught:
            index.add(bad, axis(0))
        assert caught.value.code == "INVALID_VECTOR_ID"
        assert len(index) == 0

    def test_smallest_and_largest_id_are_accepted(self) -> None:
        index = self.filled(ids(MAX_ID, 0), axis(0, 1))
        assert index.search(axis(0, 1), 1).ids.tolist() == [[MAX_ID], [0]]

    def test_adding_a_known_id_replaces_its_row(self) -> None:
        index = self.filled(ids(1, 2), axis(0, 1))
        index.add(ids(1), axis(3))
        assert len(index) == 2
        assert_neighbours(index.search(axis(3), 2), [[1, 2]], [[1, 0]])
        assert_neighbours(index.search(axis(0), 2), [[1, 2]], [[0, 0]])

    def test_of_an_id_given_twice_the_last_row_counts(self) -> None:
        index = self.filled(ids(1, 2, 1), axis(0, 1, 3))
        assert len(index) == 2
        assert_neighbours(index.search(axis(3), 1), [[1]], [[1]])

    def test_removed_rows_are_not_found_and_unknown_ids_are_passed_over(self) -> None:
        index = self.filled(ids(1, 2, 3, 4), axis(0, 1, 2, 3))
        assert index.remove(ids(2, 99, -5, 2)) == 1
        assert len(index) == 3
        assert_neighbours(index.search(axis(1), 4), [[1, 3, 4, -1]], [[0, 0, 0, NONE]])
        assert_neighbours(index.search(axis(3), 1), [[4]], [[1]])

    def test_removing_nothing_removes_nothing(self) -> None:
        index = self.filled(ids(1), axis(0))
        assert index.remove(ids()) == 0
        assert len(index) == 1

    def test_everything_can_be_removed_and_added_again(self) -> None:
        index = self.filled(ids(1, 2, 3), axis(0, 1, 2))
        assert index.remove(ids(3, 1, 2)) == 3
        assert index.search(axis(0), 1).ids.tolist() == [[-1]]
        index.add(ids(2, 5), axis(4, 0))
        assert_neighbours(index.search(axis(4), 3), [[2, 5, -1]], [[1, 0, NONE]])

    def test_filter_acts_before_the_ranking(self) -> None:
        index = self.filled(np.arange(100), np.vstack([axis(*[0] * 90), axis(*[1] * 10)]))
        found = index.search(axis(0), 3, np.arange(95, 100))
        assert_neighbours(found, [[95, 96, 97]], [[0, 0, 0]])

    def test_filter_that_leaves_no_row_answers_padding(self) -> None:
        index = self.filled(ids(1, 2), axis(0, 1))
        assert index.search(axis(0), 2, ids()).ids.tolist() == [[-1, -1]]
        assert index.search(axis(0), 2, ids(77, -3, 2**40)).ids.tolist() == [[-1, -1]]

    def test_filter_that_leaves_one_row_finds_it(self) -> None:
        index = self.filled(ids(1, 2), axis(0, 1))
        assert_neighbours(index.search(axis(0), 2, ids(2, 77)), [[2, -1]], [[0, NONE]])

    def test_ids_repeated_in_a_filter_count_once(self) -> None:
        index = self.filled(ids(1, 2), axis(0, 1))
        assert_neighbours(index.search(axis(0), 3, ids(1, 1, 1)), [[1, -1, -1]], [[1, NONE, NONE]])

    def test_filter_of_all_ids_changes_nothing(self) -> None:
        index = self.filled(np.arange(50), random_rows(50))
        plain, filtered = (index.search(random_rows(3, seed=9), 7, allowed) for allowed in (None, np.arange(60)))
        np.testing.assert_array_equal(plain.ids, filtered.ids)
        np.testing.assert_array_equal(plain.similarities, filtered.similarities)

    def test_answers_do_not_depend_on_the_batch(self) -> None:
        index = self.filled(np.arange(300), random_rows(300))
        queries = random_rows(40, seed=3)
        together = index.search(queries, 10)
        for i in range(len(queries)):
            alone = index.search(queries[i : i + 1], 10)
            np.testing.assert_array_equal(alone.ids[0], together.ids[i])
            np.testing.assert_array_equal(alone.similarities[0], together.similarities[i])

    def test_given_arrays_are_copied(self) -> None:
        rows = axis(0, 1)
        index = self.filled(ids(1, 2), rows)
        rows[:] = axis(5, 6)
        assert_neighbours(index.search(axis(0), 1), [[1]], [[1]])

    def test_rebuild_keeps_the_answers(self) -> None:
        index = self.filled(np.arange(200), random_rows(200))
        before = index.search(random_rows(5, seed=4), 10)
        index.rebuild()
        assert not index.needs_rebuild()
        np.testing.assert_array_equal(index.search(random_rows(5, seed=4), 10).ids, before.ids)

    def test_snapshot_comes_back_the_same(self, tmp_path: Path) -> None:
        index = self.filled(np.arange(0, 400, 2), random_rows(200))
        index.remove(ids(0, 50))
        index.snapshot(tmp_path / "index", model_id="minilm", revision=12)
        loaded = load_index(self.config(), tmp_path / "index", dim=DIM, model_id="minilm")
        assert isinstance(loaded, tuple)
        restored, revision = loaded
        assert (len(restored), revision, restored.kind_name) == (198, 12, index.kind_name)
        queries = random_rows(5, seed=4)
        np.testing.assert_array_equal(restored.search(queries, 10).ids, index.search(queries, 10).ids)

    def test_empty_index_can_be_saved(self, tmp_path: Path) -> None:
        self.make().snapshot(tmp_path, model_id="minilm", revision=0)
        loaded = load_index(self.config(), tmp_path, dim=DIM, model_id="minilm")
        assert isinstance(loaded, tuple)
        assert len(loaded[0]) == 0


class TestExactIndex(VectorIndexContract):
    def make(self, dim: int = DIM) -> VectorIndex:
        return ExactIndex(dim)

    def config(self) -> IndexConfig:
        return IndexConfig(implementation="exact")


class TestFlatFaissIndex(VectorIndexContract):
    def make(self, dim: int = DIM) -> VectorIndex:
        return make_index(self.config(), dim)

    def config(self) -> IndexConfig:
        return IndexConfig()


class TestListsFaissIndex(VectorIndexContract):
    """An inverted file that holds everything from the first row on: recall 0.999 on these few rows is all of them."""

    def make(self, dim: int = DIM) -> VectorIndex:
        index = FaissIndex(dim, self.config())
        index.add(np.arange(1000, 1200), random_rows(200, seed=77))
        index.rebuild()
        index.remove(np.arange(1000, 1200))
        assert index.kind_name == "ivf_sq8"
        return index

    def config(self) -> IndexConfig:
        return IndexConfig(flat_max_rows=1, recall_target=0.999, build_threads=1)
