"""Texts that are changed a little, read and scored as the service does it: the score changes only as it should."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.derive import Deriver
from matcher.domain.document import Kind, RawDocument
from matcher.embed import load_encoder
from matcher.embed.encoder import EmbedConfig
from matcher.ingest import read_document
from matcher.match.score import COLUMN, Pool, Side, part_values, scores
from matcher.match.weights import load_weights
from matcher.taxonomy import load_starter

POSTING_ZH = (
    "招聘水质化验员\n任职要求：\n1、掌握水质化验和离子色谱；\n2、熟悉GB/T 5750；\n3、会用LIMS者优先。\n"
    "大专及以上学历，两年以上经验。"
)
POSTING_EN = (
    "Water laboratory analyst\nRequirements:\n- familiar with water laboratory analysis and ion chromatography\n"
    "- familiar with GB/T 5750\nPreferred: LIMS.\nAssociate degree, two years of experience."
)
RESUME = "求职意向：化验员\n学历：大专\n工作经历：2020.01-2024.01 某检测公司 化验员，负责水质化验，会用LIMS。"
SKILL_PARTS = ("essential_coverage", "preferred_coverage", "soft_coverage", "skill_overlap")
IRRELEVANT = [
    "业余时间喜欢钓鱼和下棋。",
    "家里养了两只猫。",
    "I enjoy long walks.",
    "周末常去公园散步，天气好的时候拍照。",
]
LISTED = ["Python", "MySQL", "Linux", "Docker", "Git", "Redis"]


class Reader:
    """Reads, tags, embeds and scores texts."""

    def __init__(self) -> None:
        self._deriver = Deriver(load_starter(), load_encoder(EmbedConfig()))
        self._weights = load_weights()
        self._rarity = np.ones(len(self._deriver.space), dtype=np.float32)

    def side(self, kind: Kind, text: str) -> Side:
        document, _ = read_document(RawDocument(kind=kind, id="x", text=text))
        (derived,) = self._deriver.derive([document])
        return Side(self._deriver.profile(document, derived.mentions), derived.vectors.title, derived.vectors.body)

    def scored(self, posting: str, resume: str) -> tuple[float, dict[str, float]]:
        """Score and parts of a posting and a candidate."""
        return self.scored_sides(self.side(Kind.POSTING, posting), self.side(Kind.CANDIDATE, resume))

    def scored_sides(self, query: Side, other: Side) -> tuple[float, dict[str, float]]:
        pool = Pool([other.profile], other.title[None, :], other.body[None, :])
        values = part_values(query, pool, self._deriver.space, self._rarity)
        pair = self._weights.pair(query.profile.kind, other.profile.kind)
        return float(scores(values, pair)[0]), {part: float(values[0, n]) for part, n in COLUMN.items()}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def same(left: float, right: float) -> bool:
    return left == right or (math.isnan(left) and math.isnan(right))


def test_a_resume_that_says_nothing_scores_below_one_that_does_and_meets_nothing(reader: Reader) -> None:
    empty, parts = reader.scored(POSTING_ZH, "简历")
    assert empty < 0.1 < reader.scored(POSTING_ZH, RESUME)[0]
    assert parts["essential_coverage"] == 0.0
    assert math.isnan(parts["skill_overlap"])
    assert math.isnan(parts["education_fit"])
    assert math.isnan(parts["experience_fit"])


def test_a_posting_that_asks_for_nothing_is_met_by_nobody(reader: Reader) -> None:
    score, parts = reader.scored("招人，速来", RESUME)
    assert all(math.isnan(parts[part]) for part in SKILL_PARTS)
    assert score < 0.1


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(IRRELEVANT), min_size=1, max_size=3, unique=True))
def test_an_irrelevant_sentence_changes_the_text_similarity_and_nothing_else(
    reader: Reader, sentences: list[str]
) -> None:
    before, old = reader.scored(POSTING_ZH, RESUME)
    after, new = reader.scored(POSTING_ZH, f"{RESUME}\n{''.join(sentences)}")
    assert [p for p in COLUMN if not same(old[p], new[p])] in ([], ["text_similarity"])
    assert abs(after - before) < 0.15


@pytest.mark.parametrize("skill", ["会做离子色谱。", "熟悉GB/T 5750。", "熟悉GB/T 5750，会做离子色谱。"])
def test_a_required_skill_raises_coverage_and_score(reader: Reader, skill: str) -> None:
    before, old = reader.scored(POSTING_ZH, RESUME)
    after, new = reader.scored(POSTING_ZH, RESUME + skill)
    assert new["essential_coverage"] > old["essential_coverage"]
    assert new["skill_overlap"] > old["skill_overlap"]
    assert after > before


def test_a_skill_that_the_text_denies_raises_nothing(reader: Reader) -> None:
    _, old = reader.scored(POSTING_ZH, RESUME)
    _, new = reader.scored(POSTING_ZH, RESUME + "没有离子色谱经验。")
    assert new["essential_coverage"] == old["essential_coverage"]


@settings(max_examples=12, deadline=None)
@given(st.permutations(LISTED))
def test_the_order_of_a_list_changes_no_skill_part(reader: Reader, listed: list[str]) -> None:
    posting = f"后端开发\n任职要求：\n掌握{'、'.join(LISTED[:4])}。"
    _, old = reader.scored(posting, f"求职意向：后端开发\n技能：{'、'.join(LISTED)}")
    _, new = reader.scored(posting, f"求职意向：后端开发\n技能：{'、'.join(listed)}")
    assert all(same(old[part], new[part]) for part in SKILL_PARTS)
    assert new["text_similarity"] == pytest.approx(old["text_similarity"], abs=0.02)


def test_the_order_of_requirements_changes_no_skill_part(reader: Reader) -> None:
    lines = ["掌握水质化验；", "掌握离子色谱；", "熟悉GB/T 5750；", "会用LIMS；"]
    shuffled = random.Random(7).sample(lines, len(lines))  # noqa: S311
    one, other = (f"招聘化验员\n任职要求：\n{chr(10).join(found)}" for found in (lines, shuffled))
    old, new = (reader.scored(text, RESUME)[1] for text in (one, other))
    assert all(same(old[part], new[part]) for part in SKILL_PARTS)


def test_a_posting_in_another_language_is_met_by_the_same_skills(reader: Reader) -> None:
    zh, en = reader.scored(POSTING_ZH, RESUME), reader.scored(POSTING_EN, RESUME)
    for part in (*SKILL_PARTS, "education_fit", "experience_fit"):
        assert same(zh[1][part], en[1][part]), part
    assert en[0] == pytest.approx(zh[0], abs=0.2)


def test_sex_in_a_posting_changes_nothing(reader: Reader) -> None:
    resume = reader.side(Kind.CANDIDATE, RESUME)
    wanted = [reader.side(Kind.POSTING, f"{POSTING_ZH}\n{demand}") for demand in ("限男性", "限女性")]
    assert len({reader.scored_sides(posting, resume)[0] for posting in wanted}) == 1
