from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.domain.document import Document, Facts, Kind, Section, SectionKind, Span
from matcher.domain.skill import FoundBy, Importance, Skill, SkillKind
from matcher.errors import InvalidConfig
from matcher.extract import ExtractConfig, LinkingConfig, PhraseLinker, SkillExtractor, name_vectors
from matcher.taxonomy import Taxonomy, load_taxonomy

CSV = """\
id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
software,hard,software,,软件,software,,
integration-testing,hard,software,software,集成测试,integration testing,联合测试,
api,hard,software,software,接口设计,API design,,
care,hard,care,,照护,care,,
rehabilitation,hard,care,care,康复治疗,rehabilitation,康复护理,
elder-care,hard,care,care,老年照护,elder care,,
java,tool,software,software,Java,Java,,
"""
# Axes: testing, interface, rehabilitation, age, Java. A text leans to the axes of the words in it.
AXES = {
    "测试": 0,
    "联调": 0,
    "testing": 0,
    "接口": 1,
    "前后端": 1,
    "API": 1,
    "康复": 2,
    "rehab": 2,
    "老": 3,
    "elder": 3,
    "Java": 4,
}


class AxisEncoder:
    """Vectors by words; counts its calls."""

    def __init__(self) -> None:
        self.n_texts = 0

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        self.n_texts += len(texts)
        vectors = np.zeros((len(texts), 6), dtype=np.float32)
        for row, text in enumerate(texts):
            for word, axis in AXES.items():
                vectors[row, axis] += text.count(word)
            vectors[row, 5] = 0.1
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    file = tmp_path_factory.mktemp("linking") / "small.csv"
    file.write_text(CSV, encoding="utf-8")
    return load_taxonomy(file)


def linker(taxonomy: Taxonomy, **config: float) -> PhraseLinker:
    encoder = AxisEncoder()
    vectors = name_vectors(taxonomy, taxonomy.version, encoder, "axis")
    return PhraseLinker(encoder, vectors, LinkingConfig.model_validate({"threshold": 0.6, "margin": 0.05, **config}))


def test_a_paraphrase_links_to_the_skills_it_means(taxonomy: Taxonomy) -> None:
    (links,) = linker(taxonomy).link(["前后端联调"])
    assert [link.skill_id for link in links] == ["api", "integration-testing"]
    assert all(0.6 <= link.similarity <= 1 for link in links)
    ((best,),) = linker(taxonomy, per_clause=1).link(["前后端联调"])
    assert best == links[0]


@pytest.mark.parametrize("phrase", ["公司氛围轻松", "写Java", "联调时照护老人做康复", ""])
def test_it_abstains_where_nothing_is_alike_or_unrelated_skills_are_as_like(taxonomy: Taxonomy, phrase: str) -> None:
    assert linker(taxonomy).link([phrase]) == [()]


def test_threshold_and_margin_decide(taxonomy: Taxonomy) -> None:
    phrase = "康复康复康复老联调"  # mostly rehabilitation, with the others behind
    assert [link.skill_id for link in linker(taxonomy).link([phrase])[0]] == ["rehabilitation"]
    assert linker(taxonomy, threshold=0.99).link([phrase]) == [()]
    assert linker(taxonomy, margin=0.9).link([phrase]) == [()]


def test_the_shortlist_gives_what_looking_at_all_names_gives() -> None:
    rng = np.random.default_rng(5)
    skills = [Skill("root", SkillKind.HARD, "f", {"en": "root"}, {})]
    skills += [
        Skill(f"s{i:02}", SkillKind.HARD, "f", {"en": f"{i} a"}, {"en": (f"{i} b", f"{i} c")}, ("root",))
        for i in range(9)
    ]
    table = {f"{i} {x}": rng.normal(size=8).astype(np.float32) for i in range(9) for x in "abc"}
    table |= {f"q{i}": rng.normal(size=8).astype(np.float32) for i in range(20)}

    class Table:
        def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
            found = np.array([table[text] for text in texts])
            unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
            return unit

    encoder = Table()
    vectors = name_vectors(skills, "v", encoder, "m")
    queries = [f"q{i}" for i in range(20)]
    found = PhraseLinker(encoder, vectors, LinkingConfig()).nearest(queries, 9)
    for query, links in zip(encoder.encode(queries), found, strict=True):
        expected = {}
        for i in range(9):
            names = encoder.encode([f"{i} {x}" for x in "abc"])
            mean = names.sum(axis=0) / np.linalg.norm(names.sum(axis=0))
            expected[f"s{i:02}"] = (float((names @ query).max()) + float(mean @ query)) / 2
        assert [link.skill_id for link in links] == sorted(expected, key=lambda k: -expected[k])
        assert [link.similarity for link in links] == pytest.approx(sorted(expected.values(), reverse=True), abs=1e-5)


def test_only_skills_without_fixed_names_are_linked_to(taxonomy: Taxonomy) -> None:
    vectors = name_vectors(taxonomy, taxonomy.version, AxisEncoder(), "axis")
    assert vectors.skill_ids == ("api", "elder-care", "integration-testing", "rehabilitation")


def test_vectors_of_names_are_made_once_per_model_and_taxonomy(taxonomy: Taxonomy, tmp_path: Path) -> None:
    first, again, other = AxisEncoder(), AxisEncoder(), AxisEncoder()
    made = name_vectors(taxonomy, taxonomy.version, first, "axis", tmp_path)
    kept = name_vectors(taxonomy, taxonomy.version, again, "axis", tmp_path)
    name_vectors(taxonomy, taxonomy.version, other, "another-model", tmp_path)
    assert (first.n_texts, again.n_texts, other.n_texts) == (10, 0, 10)
    assert np.array_equal(made.names, kept.names)
    assert len(list(tmp_path.iterdir())) == 2


def test_an_encoder_that_loses_texts_and_an_empty_taxonomy_are_refused(taxonomy: Taxonomy) -> None:
    class Short:
        def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
            return np.zeros((len(texts) - 1, 4), dtype=np.float32)

    with pytest.raises(InvalidConfig, match="one vector per text"):
        name_vectors(taxonomy, "v", Short(), "m")
    with pytest.raises(InvalidConfig, match="no skill"):
        name_vectors([Skill("a", SkillKind.TOOL, "f", {"en": "a"}, {})], "v", AxisEncoder(), "m")


def posting(parts: list[tuple[SectionKind, str]]) -> Document:
    text, sections = "", []
    for kind, part in parts:
        sections.append(Section(kind, Span(len(text), len(text) + len(part))))
        text += part
    return Document(Kind.POSTING, "d", "", text, ("zh",), tuple(sections), Facts(), "0" * 64)


@pytest.fixture(scope="module")
def extractor(taxonomy: Taxonomy) -> SkillExtractor:
    return SkillExtractor(taxonomy, ExtractConfig(), linker(taxonomy))


def test_linked_mentions_say_so_and_are_read_like_others(extractor: SkillExtractor) -> None:
    document = posting([(SectionKind.REQUIREMENTS, "能独立完成前后端联调者优先；熟悉Java")])
    mentions = extractor.extract(document).mentions
    assert [(m.skill_id, m.surface, m.found_by, m.importance) for m in mentions] == [
        ("api", "前后端联调", FoundBy.LINKED, Importance.PREFERRED),
        ("integration-testing", "前后端联调", FoundBy.LINKED, Importance.PREFERRED),
        ("java", "Java", FoundBy.ALIAS, Importance.ESSENTIAL),
    ]
    assert mentions[0].confidence == pytest.approx(0.71, abs=0.02)


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        (SectionKind.DUTIES, "负责给长辈们做各种康复", ["rehabilitation"]),
        (SectionKind.DUTIES, "集成测试", []),  # named, so there is nothing to link
        (SectionKind.COMPANY, "我们为顾客做康复训练", []),
        (SectionKind.BENEFITS, "免费为员工做康复训练", []),
        (SectionKind.REQUIREMENTS, "康复训练专业大专学历", []),
        (SectionKind.DUTIES, "康复训练工作内容：", []),
        (SectionKind.DUTIES, "做康复训练的工程师", []),
        (SectionKind.DUTIES, "联调", []),
    ],
)
def test_only_clauses_that_may_mean_a_skill_are_linked(
    extractor: SkillExtractor, section: SectionKind, text: str, expected: list[str]
) -> None:
    found = [m.skill_id for m in extractor.extract(posting([(section, text)])).mentions if m.found_by is FoundBy.LINKED]
    assert found == expected


def test_without_a_linker_nothing_is_linked(taxonomy: Taxonomy, extractor: SkillExtractor) -> None:
    document = posting([(SectionKind.DUTIES, "完成前后端联调")])
    assert SkillExtractor(taxonomy).extract(document).mentions == ()
    assert extractor.with_linker(None).extract(document).mentions == ()
    assert len(extractor.extract(document).mentions) == 2
