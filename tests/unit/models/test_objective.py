"""The training objective against values worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from models.recipe.objective import SCALE, alignment_weight, distance_to_teacher, info_nce, negatives_to_skip

EYE = torch.eye(2)
NONE = torch.zeros(2, 2, dtype=torch.bool)
ONES = torch.ones(2)


def test_info_nce_of_two_orthogonal_pairs_is_the_log_of_one_plus_e_to_minus_scale() -> None:
    assert float(info_nce(EYE, EYE, NONE, ONES)) == pytest.approx(math.log(1 + math.exp(-SCALE)), abs=1e-6)


def test_info_nce_of_swapped_pairs_is_the_scale() -> None:
    assert float(info_nce(EYE, EYE.flip(0), NONE, ONES)) == pytest.approx(SCALE, rel=1e-5)


def test_a_skipped_negative_does_not_count() -> None:
    skip = ~torch.eye(2, dtype=torch.bool)
    assert float(info_nce(EYE, EYE.flip(0), skip, ONES)) == pytest.approx(0.0, abs=1e-6)


def test_a_pair_of_weight_zero_does_not_count() -> None:
    left = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    right = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    # pair 0: row logits (20, 20) give log 2, column logits (20, 0) give log(1 + e^-20); the loss is their mean
    expected = (math.log(2) + math.log(1 + math.exp(-SCALE))) / 2
    assert float(info_nce(left, right, NONE, torch.tensor([1.0, 0.0]))) == pytest.approx(expected, abs=1e-4)
    assert float(info_nce(left, right, NONE, ONES)) > expected + 1.0


def test_synonyms_and_equal_concepts_are_skipped_but_never_the_pair_itself() -> None:
    teacher = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    known = torch.tensor([True, True, True])
    skip = negatives_to_skip(teacher, known, torch.tensor([5, 6, 5]))
    assert skip.tolist() == [[False, True, True], [True, False, False], [True, False, False]]
    unknown = negatives_to_skip(teacher, torch.tensor([True, False, True]), torch.tensor([1, 2, 3]))
    assert not unknown.any()


def test_distance_to_teacher_is_the_weighted_mean_of_one_minus_cosine() -> None:
    student = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    teacher = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    assert float(distance_to_teacher(student, teacher, ONES)) == pytest.approx(0.5)
    assert float(distance_to_teacher(student, teacher, torch.tensor([1.0, 0.0]))) == 0.0
    assert float(distance_to_teacher(student, teacher, torch.zeros(2))) == 0.0


def test_alignment_weight_leaves_out_the_worst_share() -> None:
    student = torch.tensor([[1.0, 0.0]] * 4)
    teacher = torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.8, 0.2], [-1.0, 0.0]])
    assert alignment_weight(student, teacher, 0.25).tolist() == [1.0, 1.0, 1.0, 0.0]
    assert alignment_weight(student, teacher, 0.0).tolist() == [1.0] * 4
