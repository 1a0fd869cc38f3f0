"""Going over to another taxonomy: the dry run tells, without writing, what the upgrade then does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher import retagging
from matcher.config import Settings
from matcher.domain.document import Document, Kind, RawDocument
from matcher.domain.skill import Skill, SkillKind, SkillMention
from matcher.engine import Engine
from matcher.errors import TaxonomyUpgradeRefused
from matcher.extract import SkillExtractor
from matcher.records import ImportItem, MatchQuery
from matcher.retagging import retag
from matcher.store import DocumentStore, StoreConfig
from matcher.taxonomy import Taxonomy, export_csv
from matcher.upgrade_preview import UpgradePreview, preview_upgrade

SKILLS = [
    Skill("software", SkillKind.HARD, "software", {"zh": "软件", "en": "software"}, {}),
    Skill("java", SkillKind.TOOL, "software", {"zh": "Java", "en": "Java"}, {}, ("software",)),
    Skill("mysql", SkillKind.TOOL, "software", {"zh": "MySQL", "en": "MySQL"}, {}, ("software",)),
    Skill("welding", SkillKind.HARD, "software", {"zh": "焊接", "en": "welding"}, {}, ("software",)),
]
# Java goes, 沟通 comes, welding has another English name
NEW_SKILLS = [
    SKILLS[0],
    SKILLS[2],
    Skill("welding", SkillKind.HARD, "software", {"zh": "焊接", "en": "arc welding"}, {}, ("software",)),
    Skill("spring", SkillKind.TOOL, "software", {"zh": "Spring", "en": "Spring"}, {}, ("software",)),
]
DOCUMENTS = {
    "postings/java": "Java开发工程师\n任职要求：精通Java，熟悉Spring",
    "postings/weld": "焊工\n任职要求：熟练掌握焊接",
    "candidates/java": "技能：Java，Spring",
    "candidates/mysql": "技能：MySQL",
    "candidates/weld": "技能：焊接",
    "courses/java": "Java程序设计\n教学内容：Java 面向对象",
    "courses/weld": "焊接工艺\n教学内容：焊接",
}


def taxonomy_file(folder: Path, name: str, skills: list[Skill]) -> Path:
    file = folder / f"{name}.csv"
    export_csv(Taxonomy(name, skills), file)
    return file


@pytest.fixture
def engine_at(tmp_path: Path) -> Callable[[str], Engine]:
    paths = {"t-1": taxonomy_file(tmp_path, "t-1", SKILLS), "t-2": taxonomy_file(tmp_path, "t-2", NEW_SKILLS)}

    def make(release: str) -> Engine:
        settings = Settings(store=StoreConfig(path=tmp_path / "s.db"))
        settings = settings.model_copy(
            update={"taxonomy": settings.taxonomy.model_copy(update={"path": paths[release]})}
        )
        return Engine(settings)

    return make


@pytest.fixture
def filled(engine_at: Callable[[str], Engine]) -> Engine:
    """A store tagged with the first release, its engine closed."""
    engine = engine_at("t-1")
    engine.load()
    items = [
        ImportItem(
            RawDocument(kind=Kind(name.partition("/")[0].removesuffix("s")), id=name.partition("/")[2], text=text)
        )
        for name, text in DOCUMENTS.items()
    ]
    assert [result.error for result in engine.import_documents(items)] == [None] * len(items)
    engine.close()
    return engine


def skills_by_name(store: DocumentStore) -> dict[str, set[str]]:
    return {s.document.name: {m.skill_id for m in s.mentions} for s, _ in store.changed_since(0)}


def preview(filled: Engine, engine_at: Callable[[str], Engine], sample: int = 10) -> UpgradePreview:
    other = engine_at("t-2")
    found = preview_upgrade(filled.settings, filled.taxonomy, other.taxonomy, filled.encoder, sample)
    other.close()
    return found


def test_the_dry_run_counts_what_the_upgrade_changes_and_writes_nothing(
    filled: Engine, engine_at: Callable[[str], Engine], tmp_path: Path
) -> None:
    before = (tmp_path / "s.db").read_bytes()
    found = preview(filled, engine_at)
    assert (tmp_path / "s.db").read_bytes() == before
    assert (found.n_documents, found.n_changed) == (7, 3)
    assert found.changed_by_kind == {"candidate": 1, "posting": 1, "course": 1}
    assert [(c.skill_id, c.n_lost, c.n_gained) for c in found.skills] == [("java", 3, 0), ("spring", 0, 2)]
    assert (found.old_version, found.new_version) == (filled.taxonomy.version, engine_at("t-2").taxonomy.version)
    assert found.stored_version == found.old_version
    assert (found.n_postings, found.n_sampled, found.n_rankings) == (2, 2, 4)


def test_rankings_of_the_dry_run_are_those_before_and_after_the_upgrade(
    filled: Engine, engine_at: Callable[[str], Engine]
) -> None:
    found = preview(filled, engine_at)
    told = {(r.posting, r.target_kind): (r.before, r.after) for r in found.rankings}
    lists: list[dict[tuple[str, str], tuple[str, ...]]] = []
    for release in ("t-1", "t-2"):
        engine = engine_at(release)
        engine.load()
        lists.append(
            {
                (posting, kind.value): tuple(m.name for m in engine.match(MatchQuery(posting, kind)).matches)
                for posting in ("postings/java", "postings/weld")
                for kind in (Kind.CANDIDATE, Kind.COURSE)
            }
        )
        engine.close()
    before, after = lists
    assert found.n_rankings_changed == len(told) == sum(before[key] != after[key] for key in before)
    assert told == {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def test_a_dry_run_to_the_same_taxonomy_finds_nothing(filled: Engine) -> None:
    found = preview_upgrade(filled.settings, filled.taxonomy, filled.taxonomy, filled.encoder)
    assert (found.n_changed, found.n_rankings_changed, found.skills, found.rankings) == (0, 0, (), ())


@pytest.mark.parametrize(("sample", "n_sampled"), [(0, 0), (1, 1), (99, 2)])
def test_the_sample_is_as_large_as_asked_for_or_all(
    filled: Engine, engine_at: Callable[[str], Engine], sample: int, n_sampled: int
) -> None:
    found = preview(filled, engine_at, sample)
    assert (found.n_sampled, found.n_rankings) == (n_sampled, 2 * n_sampled)


def test_an_upgrade_finds_the_mentions_of_the_new_taxonomy(filled: Engine, engine_at: Callable[[str], Engine]) -> None:
    other = engine_at("t-2")
    seen: list[tuple[int, int]] = []
    done = retag(other.store, other.deriver.mentions, other.taxonomy.version, lambda n, total: seen.append((n, total)))
    assert (done.n_documents, done.n_changed) == (7, 3)
    assert seen[-1] == (7, 7)
    assert other.store.taxonomy_version() == other.taxonomy.version
    found = skills_by_name(other.store)
    assert found["candidates/java"] == {"spring"}
    assert found["courses/java"] == set()
    assert found["postings/weld"] == {"welding"}
    other.close()


def test_an_interrupted_upgrade_leaves_the_old_mentions_whole_and_goes_on(
    filled: Engine, engine_at: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retagging, "BATCH", 2)
    other = engine_at("t-2")
    before = skills_by_name(other.store)
    asked: list[str] = []

    def failing(document: Document) -> tuple[SkillMention, ...]:
        asked.append(document.name)
        if len(asked) == 6:
            raise KeyboardInterrupt
        return other.deriver.mentions(document)

    with pytest.raises(KeyboardInterrupt):
        retag(other.store, failing, other.taxonomy.version)
    assert skills_by_name(other.store) == before
    assert other.store.taxonomy_version() == filled.taxonomy.version
    again: list[str] = []

    def counting(document: Document) -> tuple[SkillMention, ...]:
        again.append(document.name)
        return other.deriver.mentions(document)

    assert retag(other.store, counting, other.taxonomy.version).n_documents == 7
    # two batches of two were kept
    assert set(again).isdisjoint(asked[:4])
    assert len(again) == 3
    other.close()


def test_a_document_written_during_the_upgrade_is_found_again(
    filled: Engine, engine_at: Callable[[str], Engine]
) -> None:
    other = engine_at("t-2")
    written: list[str] = []

    def writing(document: Document) -> tuple[SkillMention, ...]:
        if not written:
            written.append(document.name)
            with other.store._writer.begin() as connection:  # as another process would
                connection.exec_driver_sql("UPDATE documents SET text = '技能：Spring', revision = 99 WHERE row_id = 5")
        return SkillExtractor(other.taxonomy).extract_skills(document)

    retag(other.store, writing, other.taxonomy.version)
    assert skills_by_name(other.store)["candidates/weld"] == {"spring"}
    other.close()


def test_an_upgrade_that_was_given_up_elsewhere_ends(filled: Engine, engine_at: Callable[[str], Engine]) -> None:
    other = engine_at("t-2")

    def abandoning(document: Document) -> tuple[SkillMention, ...]:
        other.store.retagging.abandon()
        return ()

    with pytest.raises(TaxonomyUpgradeRefused):
        retag(other.store, abandoning, other.taxonomy.version)
    assert other.store.taxonomy_version() == filled.taxonomy.version
    other.close()


def test_a_start_with_another_taxonomy_goes_over_to_it(filled: Engine, engine_at: Callable[[str], Engine]) -> None:
    other = engine_at("t-2")
    other.load()
    assert other.store.taxonomy_version() == other.taxonomy.version
    assert skills_by_name(other.store)["candidates/java"] == {"spring"}
    posting = RawDocument(kind=Kind.POSTING, text="招聘\n任职要求：熟悉Spring")
    assert other.match(MatchQuery(posting, Kind.CANDIDATE)).matches[0].name == "candidates/java"
    other.close()
