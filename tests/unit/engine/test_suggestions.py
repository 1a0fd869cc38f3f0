"""What the taxonomy lacks: from stored phrases to a list, and from the reviewed list to an overlay that takes effect."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from matcher.cli import app, suggesting
from matcher.config import Settings
from matcher.domain.document import REDACTION_MARK, Kind, RawDocument, Span
from matcher.domain.skill import SkillKind
from matcher.engine import Engine
from matcher.errors import InvalidTaxonomy
from matcher.extract import LinkingConfig, PhraseLinker, SkillExtractor, cluster_id, name_vectors
from matcher.records import ImportItem
from matcher.store import StoreConfig, StoredPhrase
from matcher.suggest import Suggestion, suggest
from matcher.suggestion_review import AUDIT, REVIEW_COLUMNS, apply_review, review_csv
from matcher.taxonomy import Taxonomy, lay_over, load_overlay, load_taxonomy
from tests.unit.taxonomy.small_release import write_release


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return load_taxonomy(write_release(tmp_path_factory.mktemp("releases") / "t-1"))


def phrases(*texts: tuple[int, Kind, str, str]) -> Iterator[StoredPhrase]:
    """(row id, kind, text, phrase in it)."""
    for row_id, kind, text, phrase in texts:
        start = text.index(phrase)
        yield StoredPhrase(row_id, kind, text, Span(start, start + len(phrase)), "u-stale0000000")


SEEN = (
    (1, Kind.POSTING, "要求\n熟悉FooBar框架；其他", "FooBar"),
    (1, Kind.POSTING, "要求\n熟悉FooBar框架；其他", "FooBar"),
    (2, Kind.COURSE, f"用 foo-bar 教学{REDACTION_MARK * 3}", "foo-bar"),
    (3, Kind.CANDIDATE, "我在某厂用FooBar", "FooBar"),
    (4, Kind.POSTING, "Foobars", "Foobars"),
    (5, Kind.CANDIDATE, "写过奇门遁甲", "奇门遁甲"),
    (6, Kind.CANDIDATE, "会奇门遁甲", "奇门遁甲"),
    (7, Kind.POSTING, "PostgreSQL", "PostgreSQL"),
    (8, Kind.POSTING, "PostgreSQL", "PostgreSQL"),
)


def test_spellings_are_counted_together_by_document_most_frequent_first(taxonomy: Taxonomy) -> None:
    first, second = suggest(phrases(*SEEN), taxonomy, None, min_documents=2)
    assert (first.phrase, set(first.spellings), first.n_documents) == ("FooBar", {"foo-bar", "Foobars"}, 4)
    assert (first.cluster, first.proposed_id) == (cluster_id("foobar"), "foobar")
    assert (second.phrase, second.n_documents, second.proposed_id) == ("奇门遁甲", 2, cluster_id("奇门遁甲"))


def test_rare_phrases_and_those_the_taxonomy_knows_by_now_are_left_out(taxonomy: Taxonomy) -> None:
    assert [s.phrase for s in suggest(phrases(*SEEN), taxonomy, None, min_documents=3)] == ["FooBar"]
    assert [s.phrase for s in suggest(phrases(*SEEN), taxonomy, None, min_documents=1, limit=1)] == ["FooBar"]
    assert suggest(iter(()), taxonomy, None) == []


def test_words_around_a_phrase_come_from_postings_and_courses_without_redaction(taxonomy: Taxonomy) -> None:
    first, second = suggest(phrases(*SEEN), taxonomy, None, min_documents=2)
    assert set(first.contexts) == {"…熟悉FooBar框架…", "…用 foo-bar 教学…", "…Foobars…"}
    assert second.contexts == ()


class LetterEncoder:
    """Counts of letters a to z."""

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        counts = np.array([[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], dtype=np.float32)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(counts, lengths, out=np.zeros_like(counts), where=lengths > 0)
        return unit


def test_the_skills_most_alike_are_named_with_their_similarity_and_decide_nothing(taxonomy: Taxonomy) -> None:
    encoder = LetterEncoder()
    vectors = name_vectors(taxonomy, "v", encoder, "letters", kinds=set(SkillKind))
    nearest = PhraseLinker(encoder, vectors, LinkingConfig())
    text = "用pythonx"
    (found,) = suggest(phrases((1, Kind.POSTING, text, "pythonx")), taxonomy, nearest, min_documents=1)
    assert found.nearest[0].skill_id == "python"
    assert len(found.nearest) == 3
    assert found.nearest[0].similarity >= found.nearest[1].similarity
    (row,) = csv.DictReader(io.StringIO(review_csv([found], taxonomy)))
    assert row["nearest"].startswith("python:0.")
    assert (row["decision"], row["field"], row["broader"], row["label_en"]) == ("", "software", "software", "pythonx")


def read_csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))


def review(file: Path, *rows: dict[str, str]) -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, REVIEW_COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow(dict.fromkeys(REVIEW_COLUMNS, "") | row)
    file.write_text(stream.getvalue(), encoding="utf-8")
    return file


APPROVED = {
    "decision": "approve", "phrase": "FooBar", "cluster": "u-1", "proposed_id": "foobar", "kind": "tool", "field": "software",
    "broader": "software", "label_en": "FooBar",
}  # fmt: skip
ALIAS = {"decision": "alias", "phrase": "派森", "cluster": "u-2", "alias_of": "python"}


def test_approved_rows_become_an_overlay_that_takes_effect(taxonomy: Taxonomy, tmp_path: Path) -> None:
    file = review(tmp_path / "r.csv", APPROVED, ALIAS, {"decision": "reject", "phrase": "x"}, {"phrase": "y"})
    folder = tmp_path / "overlay"
    applied = apply_review(file, "acme", "R. Viewer", folder, taxonomy)
    assert (applied.skills, applied.aliases, applied.report.conflicts) == (("acme--foobar",), ("python",), ())
    together, _ = lay_over(taxonomy, load_overlay(folder))
    found = SkillExtractor(together).extract_text("熟悉FooBar与派森")
    assert [m.skill_id for m in found] == ["acme--foobar", "python"]


def test_the_audit_says_who_when_and_what_and_holds_no_words(taxonomy: Taxonomy, tmp_path: Path) -> None:
    for row in (APPROVED, ALIAS):
        apply_review(review(tmp_path / "r.csv", row), "acme", "R. Viewer", tmp_path / "o", taxonomy)
    text = (tmp_path / "o" / AUDIT).read_text(encoding="utf-8")
    first, second = map(json.loads, text.splitlines())
    assert (first["owner"], first["reviewer"], first["skills"], first["aliases"]) == (
        "acme",
        "R. Viewer",
        ["acme--foobar"],
        [],
    )
    assert (second["skills"], second["aliases"]) == ([], [["python", "u-2"]])
    assert first["time"] <= second["time"]
    assert len(first["file_sha256"]) == 64
    assert "派森" not in text
    assert "FooBar" not in text


def test_a_second_review_adds_to_the_first(taxonomy: Taxonomy, tmp_path: Path) -> None:
    folder = tmp_path / "o"
    apply_review(review(tmp_path / "1.csv", APPROVED, ALIAS), "acme", "R. V", folder, taxonomy)
    again = ALIAS | {"phrase": "派桑"}
    apply_review(review(tmp_path / "2.csv", again, APPROVED | {"label_zh": "福吧"}), "acme", "R. V", folder, taxonomy)
    rows = {r["id"]: r for r in read_csv(folder / "suggested-acme.csv")}
    assert rows["python"]["aliases_zh"] == "派森|派桑"
    assert (rows["acme--foobar"]["label_en"], rows["acme--foobar"]["label_zh"]) == ("FooBar", "福吧")
    assert {r["owner"] for r in rows.values()} == {"acme"}


def test_what_has_no_effect_is_reported(taxonomy: Taxonomy, tmp_path: Path) -> None:
    taken = ALIAS | {"phrase": "数据库"}
    applied = apply_review(review(tmp_path / "r.csv", taken), "acme", "R. V", tmp_path / "o", taxonomy)
    assert [(c.problem.value, c.holder) for c in applied.report.conflicts] == [("name_taken", "databases")]


@pytest.mark.parametrize(
    ("row", "owner", "reviewer"),
    [
        (APPROVED | {"decision": "yes"}, "acme", "R. V"),
        (ALIAS | {"alias_of": ""}, "acme", "R. V"),
        (APPROVED | {"kind": "gadget"}, "acme", "R. V"),
        (APPROVED | {"proposed_id": "Foo Bar"}, "acme", "R. V"),
        (APPROVED | {"label_en": ""}, "acme", "R. V"),
        (APPROVED, "Acme Ltd", "R. V"),
        (APPROVED, "acme", ""),
    ],
)
def test_a_faulty_review_writes_nothing(
    taxonomy: Taxonomy, tmp_path: Path, row: dict[str, str], owner: str, reviewer: str
) -> None:
    folder = tmp_path / "o"
    with pytest.raises(InvalidTaxonomy):
        apply_review(review(tmp_path / "r.csv", row), owner, reviewer, folder, taxonomy)
    assert not folder.exists()


def test_a_file_with_other_columns_is_refused(taxonomy: Taxonomy, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text("decision,phrase\n", encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match="columns"):
        apply_review(file, "acme", "R. V", tmp_path / "o", taxonomy)


def test_the_command_lists_what_stored_documents_hold_and_writes_what_was_approved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "configure_logs", lambda: None)
    release = write_release(tmp_path / "t-1")
    monkeypatch.setenv("SKILLMATCH_TAXONOMY__PATH", str(release))
    store = tmp_path / "s.db"
    engine = Engine(Settings(store=StoreConfig(path=store)))
    engine.load()
    texts = ["任职要求：熟悉FooBar3和MySQL", "任职要求：掌握foobar3、MySQL", "任职要求：会用FooBar3"]
    results = engine.import_documents(
        [ImportItem(RawDocument(kind=Kind.POSTING, id=f"p-{i}", text=text)) for i, text in enumerate(texts)]
    )
    assert all(result.error is None for result in results)
    assert [p.surface for p in engine.get("postings/p-0").phrases] == ["FooBar3"]
    engine.close()
    runner = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"})
    listing = tmp_path / "list.csv"
    arguments = ["taxonomy", "suggest", "--store", str(store), "--out", str(listing)]
    for rescan in ([], ["--rescan"]):
        assert runner.invoke(app, [*arguments, *rescan]).exit_code == 0
        (row,) = read_csv(listing)
        assert (row["phrase"], row["count"], row["proposed_id"]) == ("FooBar3", "3", "foobar3")
    review(listing, row | {"decision": "approve", "field": "software", "broader": "software"})
    target = ["--apply", str(listing), "--owner", "acme", "--into", str(tmp_path / "overlay")]
    refused = runner.invoke(app, ["taxonomy", "suggest", *target])
    assert refused.exit_code == 2
    done = runner.invoke(app, ["taxonomy", "suggest", *target, "--reviewer", "R. Viewer"])
    assert done.exit_code == 0, done.output
    assert [row.id for row in load_overlay(tmp_path / "overlay").rows] == ["acme--foobar3"]


def test_a_suggestion_that_is_nearly_a_known_skill_is_offered_as_its_alias(taxonomy: Taxonomy) -> None:
    def row_for(similarity: float) -> dict[str, str]:
        from matcher.extract import Link

        made = Suggestion("pythonn", (), "u-1", 3, (), (Link("python", similarity),), "pythonn")
        return next(csv.DictReader(io.StringIO(review_csv([made], taxonomy))))

    assert row_for(0.9)["alias_of"] == "python"
    assert row_for(0.8)["alias_of"] == ""
