"""Names that mean a skill only in a text about its field, titles of posts, and names that are longer than need be."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import InvalidTaxonomy
from matcher.extract import ExtractConfig, SkillExtractor
from matcher.extract.needless_ends import is_needlessly_long
from matcher.extract.posts import is_post
from matcher.extract.topical import load_topical_names
from matcher.taxonomy import Taxonomy, load_taxonomy

CSV = """\
id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
wastewater,hard,water,,污水处理,wastewater treatment,,
activated-sludge,hard,water,,活性污泥法,activated sludge process,,
recruitment,hard,hr,,招聘选拔,recruitment and selection,,
payroll,hard,hr,,薪酬核算,payroll accounting,,
internal-audit,hard,finance,,内部审计,internal audit,,
food-audit,hard,food,,食品安全审核,food safety audit,,
haccp,hard,food,,危害分析体系,HACCP,,
sensory,hard,food,,感官品评,sensory testing,,
teamwork,soft,water,,团队协作,teamwork,,
"""
NAMES = """\
fields,skill,names_zh,names_en
water,wastewater,格栅|沉砂池,screening|grit removal|=SBR
hr,recruitment,筛选,screening
food,food-audit,内部审计,internal audit
elsewhere,not-in-this-taxonomy,无,nothing
"""


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    file: Path = tmp_path_factory.mktemp("topical") / "small.csv"
    file.write_text(CSV, encoding="utf-8")
    return load_taxonomy(file)


@pytest.fixture(scope="module")
def extractor(taxonomy: Taxonomy, tmp_path_factory: pytest.TempPathFactory) -> SkillExtractor:
    file: Path = tmp_path_factory.mktemp("names") / "names.csv"
    file.write_text(NAMES, encoding="utf-8")
    return SkillExtractor(taxonomy, ExtractConfig(topical_names=file))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wastewater treatment, activated sludge process: screening", ["wastewater", "activated-sludge", "wastewater"]),
        ("Recruitment and selection, payroll accounting, screening", ["recruitment", "payroll", "recruitment"]),
        ("Wastewater treatment, screening", ["wastewater"]),  # one skill makes no topic
        ("Teamwork, wastewater treatment, screening", ["teamwork", "wastewater"]),  # nor does a soft skill
        ("screening", []),
        ("污水处理、活性污泥法、格栅、沉砂池", ["wastewater", "activated-sludge", "wastewater", "wastewater"]),
        ("HACCP, sensory testing and internal audit", ["haccp", "sensory", "food-audit"]),
        ("internal audit", ["internal-audit"]),
    ],
)
def test_topical_name_counts_in_a_text_about_its_field(
    extractor: SkillExtractor, text: str, expected: list[str]
) -> None:
    assert [mention.skill_id for mention in extractor.extract_text(text)] == expected


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("：格栅。", True),
        ("，熟悉格栅和泵", True),
        ("，把格栅擦干净", False),
        ("，靠近格栅厂的路", False),
    ],
)
def test_short_topical_name_counts_as_an_item_only(extractor: SkillExtractor, rest: str, found: bool) -> None:
    surfaces = [mention.surface for mention in extractor.extract_text(f"污水处理与活性污泥法{rest}")]
    assert ("格栅" in surfaces) is found


def test_exact_topical_name_keeps_its_letter_case(extractor: SkillExtractor) -> None:
    about = "wastewater treatment, activated sludge process, "
    assert [m.surface for m in extractor.extract_text(f"{about}SBR")][2:] == ["SBR"]
    assert [m.surface for m in extractor.extract_text(f"{about}sbr")][2:] == []


def test_topical_name_is_less_sure_than_a_name(extractor: SkillExtractor) -> None:
    named, _, topical = extractor.extract_text("wastewater treatment, activated sludge process, grit removal")
    assert topical.confidence <= named.confidence


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("field,skill\n", "header"),
        ("fields,skill,names_zh,names_en\nwater,wastewater,,\n", "2"),
        (
            "fields,skill,names_zh,names_en\nwater,wastewater,格栅,\nwater,activated-sludge,格栅,\n",
            "wastewater in water",
        ),
        ("fields,skill,names_zh,names_en\nwater,wastewater,=,\n", "folds to nothing"),
    ],
)
def test_file_that_breaks_the_format_is_refused(taxonomy: Taxonomy, tmp_path: Path, rows: str, complaint: str) -> None:
    file = tmp_path / "names.csv"
    file.write_text(rows, encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match=complaint):
        load_topical_names(file, list(taxonomy))
    with pytest.raises(InvalidTaxonomy, match="cannot be read"):
        load_topical_names(tmp_path / "none.csv", list(taxonomy))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("后端开发工程师", "后端开发", True),
        ("后端开发高级工程师", "后端开发", True),
        ("数据标注岗不要求", "数据标注", True),
        ("后端开发能力", "后端开发", False),
        ("师资培训", "师资", False),
        ("data engineer wanted", "data engineer", True),
        ("quality assurance officer", "quality assurance", True),
        ("quality assurance offices", "quality assurance", False),
        ("总账会计", "总账会计", True),
    ],
)
def test_title_of_a_post_is_told_from_a_skill(text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert is_post(text, start, start + len(name)) is expected


@pytest.mark.parametrize(
    ("key", "is_tool", "expected"),
    [
        ("linux环境", True, True),
        ("linux内核", True, False),
        ("gdpr compliance", False, True),
        ("linux programming", True, True),
        ("linux programming", False, False),
        ("linux/gdpr", True, True),
        ("责任心强", False, True),
        ("windows环境", True, False),
    ],
)
def test_name_is_needlessly_long_where_a_shorter_one_says_the_same(key: str, is_tool: bool, expected: bool) -> None:
    owners = {"linux": "os", "gdpr": "os", "责任心": "os", "windows": "other"}
    known = {**owners, key: "os"}
    assert is_needlessly_long(key, lambda k: frozenset({known[k]} if k in known else ()), is_tool=is_tool) is expected
