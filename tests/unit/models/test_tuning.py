"""Tuning: titles that say the same in five languages, a structure loss that can be checked by hand, runs that resume."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from models.recipe import static_tuning, tuning
from models.recipe.body_packaging import bert_names
from models.recipe.examples import NO_TEACHER
from models.recipe.sources import Concept
from models.recipe.title_grammar import as_concept, composed_titles, german_compound, joined, ranked, read_rows
from models.recipe.tuning_material import Drawer, FixedPair, Pool, TuningMaterial
from models.recipe.tuning_reference import side_by_side
from models.recipe.tuning_sources import FRAMES, plain_forms

# --- titles --------------------------------------------------------------------------------------------------------


def test_german_writes_field_and_role_as_one_word() -> None:
    assert german_compound("Vertriebs", "leiter") == "Vertriebsleiter"
    assert german_compound("IT-", "leiter") == "IT-Leiter"


def test_a_field_and_a_role_make_a_title_in_every_language() -> None:
    field = next(row for row in read_rows("fields") if row["en"] == "sales")
    role = next(row for row in read_rows("roles") if row["en"] == "director")
    title = joined(field, role)
    assert title == {
        "en": "sales director",
        "zh": "销售总监",
        "de": "Vertriebsdirektor",
        "de_feminine": "Vertriebsdirektorin",
        "de_apart": "Direktor Vertrieb",
        "fr": "directeur des ventes",
        "fr_feminine": "directrice des ventes",
        "es": "director de ventas",
    }
    deputy = next(row for row in read_rows("ranks") if row["en"] == "deputy {}")
    assert ranked(title, deputy)["de_feminine"] == "Stellvertretende Vertriebsdirektorin"
    assert ranked(title, deputy)["zh"] == "副销售总监"
    head = next(row for row in read_rows("roles") if row["en"] == "head of")
    assert joined(field, head)["en"] == "head of sales"
    labels = as_concept(3, title).labels
    assert labels["de"] == ("Vertriebsdirektor", "Direktor Vertrieb", "Vertriebsdirektorin")
    assert set(labels) == {"en", "zh", "de", "fr", "es"}


def test_every_row_of_the_titles_is_whole() -> None:
    for name in ("whole", "fields", "roles", "ranks"):
        for row in read_rows(name):
            assert all(cell.strip() == cell and cell for cell in row.values()), row
            if name == "ranks":
                assert all(cell.count("{}") == 1 for cell in row.values()), row


def test_composed_titles_are_drawn_by_seed_and_differ_in_english() -> None:
    titles = composed_titles(300, seed=5)
    assert titles == composed_titles(300, seed=5)
    english = [concept.labels["en"][0] for concept in titles]
    assert len(set(english)) == len(english) > 700
    assert composed_titles(300, seed=6) != titles


def test_forms_of_both_genders_are_left_out_where_single_ones_exist() -> None:
    labels = {"de": ("Koch/Köchin", "Köchin", "Koch"), "fr": ("chef/cheffe",), "en": ("cook", "chef", "kitchen chef")}
    plain = plain_forms(Concept("u", "occupation", labels, ""), 2)
    assert plain.labels == {"de": ("Köchin", "Koch"), "fr": ("chef/cheffe",), "en": ("cook", "chef")}


def test_a_frame_has_one_place_for_a_skill() -> None:
    assert all(frame.count("{}") == 1 for frames in FRAMES.values() for frame in frames)


# --- objective -----------------------------------------------------------------------------------------------------


def test_similarities_of_the_reference_are_seven_parts_transformer_and_three_static() -> None:
    start = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    companion = np.array([[0, 1], [0, 1]], dtype=np.float32)
    both = side_by_side(start, companion)
    np.testing.assert_allclose(both @ both.T, 0.7 * start @ start.T + 0.3 * companion @ companion.T, atol=1e-6)


def test_the_divergence_is_that_of_the_neighbour_distributions() -> None:
    student = torch.tensor([[1.0, 0.1, 0.2], [0.1, 1.0, 0.3], [0.2, 0.3, 1.0]])
    assert float(tuning.divergence(student, student, within=True)) == pytest.approx(0.0, abs=1e-6)
    reference = torch.tensor([[1.0, 0.2, 0.2], [0.1, 1.0, 0.3], [0.2, 0.3, 1.0]])
    # row 0 without itself: reference (1/2, 1/2); student exp(20 × .1) : exp(20 × .2) = 1 : e²
    p = np.array([1.0, np.exp(2.0)]) / (1.0 + np.exp(2.0))
    expected = (0.5 * np.log(0.5 / p)).sum() / 3
    assert float(tuning.divergence(student, reference, within=True)) == pytest.approx(expected, rel=1e-4)
    assert float(tuning.divergence(student, reference, within=False)) != pytest.approx(expected, rel=1e-2)


# --- draws and runs ------------------------------------------------------------------------------------------------


@pytest.fixture
def material() -> TuningMaterial:
    words = [("cook", "Koch", "厨师"), ("nurse", "Krankenpfleger", "护士"), ("welder", "Schweißer", "焊工")]
    concepts = [
        Concept(f"c:{en}", "occupation", {"en": (en, f"senior {en}"), "de": (de,), "zh": (zh,)}, "")
        for en, de, zh in words
    ]
    texts = [text for concept in concepts for text in concept.labels["en"]] + ["Cooks meals.", "做饭。"]
    rows = np.random.default_rng(3).normal(size=(len(texts), 640)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    pool = Pool(concepts, np.array([[1], [2], [0]]))
    fixed = {"sentences-de": [FixedPair(f"number {n}", f"Nummer {n}") for n in range(6)]}
    return TuningMaterial(
        rows, {t: n for n, t in enumerate(texts)}, pool, pool, {"c:cook": ("Cooks meals.", "做饭。")}, fixed
    )


def test_a_label_of_another_language_has_the_reference_of_the_english_one(material: TuningMaterial) -> None:
    drawer = Drawer(material)
    row, by_label = material.reference_row, {"Koch": "cook", "厨师": "cook", "焊工": "welder", "护士": "nurse"}
    seen = set()
    n_same = 0
    for seed in range(30):
        batch = drawer.draw("title", 3, np.random.default_rng(seed))
        assert sorted(batch.concept.tolist()) == [0, 1, 2]
        for text, own in zip(
            batch.left + batch.right, np.concatenate([batch.left_reference, batch.right_reference]), strict=True
        ):
            label = text.removesuffix(" (m/w/d)").removesuffix(" (w/m/d)")
            seen.add(label)
            if label in row:
                assert own == row[label]
            elif label in by_label:
                assert own == row[by_label[label]]
        n_same += sum(left == right for left, right in zip(batch.left, batch.right, strict=True))
    assert {"cook", "senior cook", "Koch", "厨师"} <= seen
    assert n_same < 25, "a label seldom stands for itself"


def test_a_sentence_stands_against_a_label_of_its_skill(material: TuningMaterial) -> None:
    found = set()
    for seed in range(40):
        batch = Drawer(material).draw("sentence", 3, np.random.default_rng(seed))
        assert batch.concept.tolist() == [0]
        assert batch.left[0] in {"cook", "senior cook", "Koch", "厨师"}
        found.add(batch.right[0])
    assert {"Cooks meals.", "做饭。"} < found
    assert any(text not in {"Cooks meals.", "做饭。"} for text in found), "some labels stand in a frame"


def test_sentence_pairs_have_no_reference(material: TuningMaterial) -> None:
    batch = Drawer(material).draw("sentences-de", 4, np.random.default_rng(1))
    assert batch.left_reference.tolist() == [NO_TEACHER] * 4
    assert [right.replace("Nummer", "number") for right in batch.right] == batch.left
    with pytest.raises(KeyError):
        Drawer(material).draw("unheard-of", 4, np.random.default_rng(1))


def test_a_run_that_was_broken_off_gives_the_weights_of_an_unbroken_one(
    material: TuningMaterial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "KINDS", (tuning.Kind("title", 1.0, 3), tuning.Kind("sentences-de", 1.0, 4)))
    monkeypatch.setattr(tuning, "SAVE_EVERY", 1)
    recipe = tuning.TuningRecipe(steps=3)
    torch.set_num_threads(1)
    (tmp_path / "whole").mkdir()
    (tmp_path / "broken").mkdir()
    whole = tuning.Tuner(recipe, material, tmp_path / "whole")
    start = whole.student.body_parameters()[5].detach().clone()
    whole.run()
    broken = tuning.Tuner(recipe, material, tmp_path / "broken")
    save = broken._save

    def save_and_stop() -> None:
        save()
        if broken.done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(broken, "_save", save_and_stop)
    with pytest.raises(KeyboardInterrupt):
        broken.run()
    again = tuning.Tuner(recipe, material, tmp_path / "broken")
    assert again.done == 2
    again.run()
    assert again.done == 3
    expected = whole.student.state_dict()
    for name, value in again.student.state_dict().items():
        if name == "body.embeddings.word_embeddings.weight":
            continue  # one row that nothing reads: the two tables stand in its place
        torch.testing.assert_close(value, expected[name], msg=name)
    assert float((whole.student.body_parameters()[5].detach() - start).abs().max()) > 0, "three steps change the body"
    assert bert_names(dict(again.student.state_dict()))["embeddings.word_embeddings.weight"].shape == (76_000, 384)


def test_static_tuning_resumes_and_changes_only_rows_that_it_read(material: TuningMaterial, tmp_path: Path) -> None:
    recipe = static_tuning.StaticTuningRecipe(steps=2)
    torch.set_num_threads(1)
    kinds = (tuning.Kind("title", 1.0, 3), tuning.Kind("sentences-de", 1.0, 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(static_tuning, "KINDS", kinds)
        patch.setattr(static_tuning, "SAVE_EVERY", 1)
        (tmp_path / "whole").mkdir()
        (tmp_path / "broken").mkdir()
        static_tuning.StaticTuner(recipe, material, tmp_path / "whole").run()
        whole = np.load(tmp_path / "whole" / "rows.npy")
        half = static_tuning.StaticTuner(recipe, material, tmp_path / "broken")
        save = half._save

        def save_and_stop() -> None:
            save()
            raise KeyboardInterrupt

        patch.setattr(half, "_save", save_and_stop)
        with pytest.raises(KeyboardInterrupt):
            half.run()
        again = static_tuning.StaticTuner(recipe, material, tmp_path / "broken")
        assert again.done == 1
        again.run()
    np.testing.assert_allclose(np.load(tmp_path / "broken" / "rows.npy"), whole, atol=1e-7)
    start = static_tuning.shipped_rows()
    changed = np.flatnonzero(np.abs(whole - start).max(axis=1))
    texts = [text for concept in material.titles.concepts for forms in concept.labels.values() for text in forms]
    texts += [f"number {n}" for n in range(6)] + [f"Nummer {n} (m/w/d) (w/m/d)" for n in range(6)]
    read = {token for e in static_tuning.shipped_tokenizer().encode_batch(texts) for token in e.ids}
    assert len(changed) > 0
    assert set(changed.tolist()) <= read


def test_the_shipped_mean_is_seven_tenths_tuned(tmp_path: Path) -> None:
    start = static_tuning.shipped_rows()
    tuned = start.copy()
    tuned[5] += 1.0
    np.save(tmp_path / "rows.npy", tuned)
    static_tuning.package_tuned_static(tmp_path / "model", tmp_path / "rows.npy", 0.7)
    tensors = load_file(tmp_path / "model" / "model.safetensors")
    rows = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    np.testing.assert_allclose(rows[5], start[5] + 0.7, atol=0.02)
    np.testing.assert_allclose(rows[:5], start[:5], atol=0.02)
    with pytest.raises(ValueError, match="share 1"):
        static_tuning.package_tuned_static(tmp_path / "model", tmp_path / "rows.npy", 1.5)
