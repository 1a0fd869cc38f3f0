"""The same résumé of another person scores the same: sex, age, origin, name, pronouns and school make no difference to 1e-9.

Every demo résumé is read, tagged and embedded as an import does it, once per value of a trait, and scored against postings and
courses with every part. Only the trait differs between the texts.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.derive import Deriver
from matcher.domain.document import Kind, RawDocument
from matcher.embed import load_encoder
from matcher.embed.encoder import EmbedConfig
from matcher.ingest import read_document
from matcher.match.score import Pool, Side, part_values, scores
from matcher.match.weights import load_weights
from matcher.taxonomy import load_starter

CORPUS = Path(__file__).resolve().parents[2] / "demo" / "corpus"
RESUMES = sorted((CORPUS / "candidates").glob("*.txt"))
TARGETS = [
    "postings/water-lab-analyst-zh-01",
    "postings/qa-automation-engineer-en-03",
    "postings/health-ward-nurse-zh-01",
    "postings/devops-engineer-mix-01",
    "courses/plc-automation-en-01",
    "courses/water-analysis-zh-01",
]
BATCH = 64
EVERY = 4  # each swap is made in every fourth résumé, another fourth for the next swap
# {}: where the trait stands. What is put before or behind the text is the same for all values.
HEADS = {
    "name, labelled": ("姓名：{}\n", ["王伟", "李秀英", "欧阳娜娜", "买买提·艾力", "Emily Clark"]),
    "name, first line": ("{}\n", ["张伟", "刘秀英", "John Smith", "Emily Clark"]),
    "name in English": (
        "Name: {}\n",
        ["John Smith", "Emily Clark", "Lakisha Washington", "Mohammed Al-Farsi", "Li Na"],
    ),
    "sex": ("性别：{}\n", ["男", "女", "男性", "女性"]),
    "sex in English": ("Gender: {}\n", ["Male", "Female", "Non-binary"]),
    "age": ("年龄：{}\n", ["22", "35岁", "58岁"]),
    "date of birth": ("出生年月：{}\n", ["2003.01", "1988年7月", "1966-12-30"]),
    "date of birth in English": ("Date of birth: {}\n", ["1 May 2003", "12 March 1966", "1988-07-01"]),
    "origin": ("籍贯：{}  户籍：某县农村\n", ["河南周口", "上海", "新疆喀什", "江苏省苏州市"]),
    "household registration": ("户口性质：{}\n", ["农业", "城镇", "非农业户口"]),
    "people": ("民族：{}\n", ["汉族", "维吾尔族", "回族"]),
    "nationality": ("Nationality: {}\n", ["British", "Nigerian", "Chinese"]),
    "marriage": ("婚姻状况：{}\n", ["未婚", "已婚已育", "离异"]),
    "party": ("政治面貌：{}\n", ["中共党员", "共青团员", "群众"]),
}
TAILS = {
    "pronoun": ("\nReferee: {} led the team well and {} was on time.\n", ["he", "she"]),
    "possessive": ("\nReferee: the team was glad of {} help.\n", ["his", "her"]),
    "pronoun in Chinese": ("\n推荐人评价：{}工作认真。\n", ["他", "她"]),
    "form of address": ("\n推荐人：{}\n", ["王先生", "王女士"]),
    "school": (
        "\n教育背景：2012.09-2016.06  {}  本科\n",
        ["清华大学", "某市职业技术大学", "西岭信息工程学院", "北京大学光华管理学院"],
    ),
    "school in a sentence": ("\n教育：毕业于{}，本科学历。\n", ["复旦大学", "三峡学院", "内蒙古师范大学"]),
    "school in English": (
        "\nEducation: Bachelor, {}, 2012-2016\n",
        ["University of Oxford", "Stanford University", "Riverton College", "Massachusetts Institute of Technology"],
    ),
    "rank of the school": ("\n教育：毕业于{}高校，本科学历。\n", ["985", "211", "双一流"]),
    "rank of the school in English": ("\nEducation: Bachelor from a {} university\n", ["Russell Group", "Ivy League"]),
}
SWAPS = [
    (number, name, form, name in HEADS, values) for number, (name, (form, values)) in enumerate((HEADS | TAILS).items())
]


@pytest.fixture(scope="module")
def deriver() -> Deriver:
    return Deriver(load_starter(), load_encoder(EmbedConfig()))


def sides_of(deriver: Deriver, raws: list[RawDocument]) -> list[Side]:
    """Documents as scoring sees them, by the path that an import takes."""
    found = []
    for start in range(0, len(raws), BATCH):
        documents = [read_document(raw)[0] for raw in raws[start : start + BATCH]]
        for document, derived in zip(documents, deriver.derive(documents), strict=True):
            profile = deriver.profile(document, derived.mentions)
            found.append(Side(profile, derived.vectors.title, derived.vectors.body))
    return found


@pytest.fixture(scope="module")
def targets(deriver: Deriver) -> list[Side]:
    raws = [
        RawDocument(
            kind=Kind(name.partition("s/")[0]), id="t", text=(CORPUS / f"{name}.txt").read_text(encoding="utf-8")
        )
        for name in TARGETS
    ]
    return sides_of(deriver, raws)


def scored(deriver: Deriver, targets: list[Side], people: list[Side]) -> NDArray[np.float64]:
    """(people, targets) scores."""
    weights, space = load_weights(), deriver.space
    rarity = np.ones(len(space), dtype=np.float32)
    pool = Pool([p.profile for p in people], np.stack([p.title for p in people]), np.stack([p.body for p in people]))
    return np.stack(
        [
            scores(part_values(target, pool, space, rarity), weights.pair(target.profile.kind, Kind.CANDIDATE))
            for target in targets
        ],
        axis=1,
    )


def variant(text: str, form: str, value: str, *, first: bool) -> str:
    line = form.replace("{}", value)
    return line + text if first else text + line


@pytest.mark.parametrize(("number", "name", "form", "first", "values"), SWAPS, ids=[s[1] for s in SWAPS])
def test_another_person_with_the_same_resume_scores_the_same(
    deriver: Deriver, targets: list[Side], number: int, name: str, form: str, first: bool, values: list[str]
) -> None:
    resumes = RESUMES[number % EVERY :: EVERY]
    texts = [path.read_text(encoding="utf-8") for path in resumes]
    raws = [
        RawDocument(kind=Kind.CANDIDATE, id="c", text=variant(text, form, value, first=first))
        for value in values
        for text in texts
    ]
    found = scored(deriver, targets, sides_of(deriver, raws)).reshape(len(values), len(texts), len(targets))
    assert found.std(axis=1).min() > 0.001, "the résumés themselves are told apart"
    spread = np.ptp(found, axis=0).max(axis=1)
    told_apart = [resumes[i].stem for i in np.flatnonzero(spread > 1e-9)]
    assert not told_apart, f"{name}: up to {spread.max():.4f}"
