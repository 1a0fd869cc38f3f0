"""The real corpora read as measured when the reader was written; a pattern that starts to over- or under-fire shows here."""

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from matcher.domain.document import Document, Kind
from matcher.ingest import Record, read_document, read_path

DATA = Path(os.environ.get("SKILLMATCH_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
SHARED = DATA / "corpus"
DEMO = Path(__file__).resolve().parents[3] / "demo" / "corpus"
EVERY = 6  # a sixth of the postings shows the same shares in a sixth of the time


@cache
def documents(path: Path, every: int = 1) -> tuple[Document, ...]:
    records = list(read_path(path))
    assert all(isinstance(record, Record) for record in records)
    return tuple(read_document(record.document)[0] for record in records[::every] if isinstance(record, Record))


needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"shared corpora not found in {SHARED}; set SKILLMATCH_DATA"
)
needs_demo = pytest.mark.skipif(not any(DEMO.glob("*/*.txt")), reason=f"no demo corpus in {DEMO}")


@needs_shared
def test_real_postings_yield_their_facts() -> None:
    postings = documents(SHARED / "postings-zh.jsonl.gz", EVERY)
    assert len(postings) == 466
    share = {
        name: sum(getattr(document.facts, name) is not None for document in postings) / len(postings)
        for name in ("education", "experience_years")
    }
    assert share["education"] == pytest.approx(0.80, abs=0.05)
    assert share["experience_years"] == pytest.approx(0.42, abs=0.06)
    with_requirements = sum(
        any(section.kind.value == "requirements" for section in document.sections) for document in postings
    )
    assert with_requirements / len(postings) > 0.75


@needs_shared
def test_real_postings_are_not_over_redacted() -> None:
    cut = Counter(
        item.category for document in documents(SHARED / "postings-zh.jsonl.gz", EVERY) for item in document.redactions
    )
    assert set(cut) <= {
        "demand_age",
        "demand_looks",
        "demand_sex",
        "demand_household",
        "demand_marital",
        "school_rank",
        "name",
        "phone",
        "email",
        "political",
    }
    assert 10 <= cut["demand_age"] <= 30
    assert cut["phone"] + cut["name"] + cut["email"] <= 12


@needs_shared
def test_chinese_course_pages_yield_hours_and_prerequisites() -> None:
    courses = documents(SHARED / "courses-zh-en.jsonl.gz")
    assert sum(document.facts.hours is not None for document in courses) >= 95
    assert sum(bool(document.facts.prerequisites) for document in courses) >= 90
    assert all(document.title for document in courses)


@needs_demo
def test_demo_corpus_names_titles_and_holds_no_contact_data() -> None:
    read = documents(DEMO)
    for kind, share in ((Kind.POSTING, 0.9), (Kind.COURSE, 0.95), (Kind.CANDIDATE, 0.55)):
        mine = [document for document in read if document.kind is kind]
        assert sum(bool(document.title) for document in mine) >= share * len(mine)
    for document in read:
        assert "@example.com" not in document.text
        assert "555-01" not in document.text
        assert not any(mark in document.text for mark in ("138-0000", "1380000"))
