"""O*NET's text database. No sample of it is at hand: the fixture is synthetic, written after the published data dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.occupation import OccupationScheme
from matcher.domain.skill import SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import load_taxonomy

RATED = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\tUpper CI Bound\t"
    "Recommend Suppress\tNot Relevant\tDate\tDomain Source\n"
)


def rated(code: str, element: str, name: str, scale: str, value: str, suppress: str = "N") -> str:
    return f"{code}\t{element}\t{name}\t{scale}\t{value}\t8\t0.13\t3.6\t4.1\t{suppress}\tn/a\t08/2023\tAnalyst\n"


DEV, CLERK = "15-1252.00", "43-9061.00"
FILES = {
    "Occupation Data.txt": "O*NET-SOC Code\tTitle\tDescription\n"
    f"{DEV}\tSoftware Developers\tResearch and build software.\n{CLERK}\tOffice Clerks, General\tDo office work.\n",
    "Alternate Titles.txt": "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
    f"{DEV}\tSoftware Development Engineer\tSDE\t02,08\n{DEV}\tApplication Developer\tn/a\t10\n{CLERK}\tOffice Clerk\tn/a\t10\n",
    "Skills.txt": RATED
    + rated(DEV, "2.A.1.e", "Mathematics", "IM", "3.00")
    + rated(DEV, "2.A.1.e", "Mathematics", "LV", "4.12")
    + rated(DEV, "2.B.3.e", "Programming", "IM", "4.38")
    + rated(CLERK, "2.B.3.e", "Programming", "IM", "1.50")
    + rated(CLERK, "2.B.1.f", "Service Orientation", "IM", "2.99")
    + rated(CLERK, "2.A.1.e", "Mathematics", "IM", "4.00", suppress="Y"),
    "Knowledge.txt": RATED
    + rated(DEV, "2.C.4.a", "Mathematics", "IM", "3.10")
    + rated(CLERK, "2.C.7.a", "English Language", "IM", "3.62"),
    "Technology Skills.txt": "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    f"{DEV}\tC++\t43232402\tDevelopment environment software\tY\tY\n"
    f"{DEV}\tC#\t43232402\tDevelopment environment software\tY\tY\n"
    f"{DEV}\tMySQL\t43232306\tData base user interface and query software\tY\tN\n"
    f"{CLERK}\tMySQL\t43232304\tData base management system software\tY\tN\n",
}


def write(folder: Path, **changed: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (FILES | changed).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_elements_and_technologies_become_skills_of_their_kind(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write(tmp_path / "db_30_0_text"))
    assert taxonomy.version.startswith("db-30-0-text+")
    assert {(s.id, s.kind) for s in taxonomy} == {
        ("onet-2-a-1-e", SkillKind.HARD),
        ("onet-2-b-1-f", SkillKind.SOFT),
        ("onet-2-b-3-e", SkillKind.HARD),
        ("onet-2-c-4-a", SkillKind.HARD),
        ("onet-2-c-7-a", SkillKind.LANGUAGE),
        ("onet-c43232304", SkillKind.HARD),
        ("onet-c43232306", SkillKind.HARD),
        ("onet-c43232402", SkillKind.HARD),
        ("onet-t-c-plus-plus", SkillKind.TOOL),
        ("onet-t-c-sharp", SkillKind.TOOL),
        ("onet-t-mysql", SkillKind.TOOL),
    }
    assert taxonomy.get("onet-t-mysql").broader == ("onet-c43232304", "onet-c43232306")


def test_a_name_that_is_a_skill_and_a_knowledge_leads_to_the_skill(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write(tmp_path / "db"))
    assert taxonomy.get("onet-2-a-1-e").labels["en"] == "Mathematics"
    assert taxonomy.get("onet-2-c-4-a").labels["en"] == "Mathematics (knowledge)"


def test_importance_tells_essential_from_optional_and_technologies_are_optional(tmp_path: Path) -> None:
    developer, clerk = load_taxonomy(write(tmp_path / "db")).occupations
    assert [s.skill_id for s in developer.essential] == ["onet-2-a-1-e", "onet-2-b-3-e", "onet-2-c-4-a"]
    assert [s.skill_id for s in developer.optional] == ["onet-t-c-plus-plus", "onet-t-c-sharp", "onet-t-mysql"]
    assert [s.skill_id for s in clerk.essential] == ["onet-2-c-7-a"]
    assert [s.skill_id for s in clerk.optional] == ["onet-2-b-1-f", "onet-t-mysql"]
    # O*NET's level scale is another ladder than ours
    assert {s.level for s in (*developer.essential, *clerk.optional)} == {None}


def test_occupations_carry_titles_code_and_description(tmp_path: Path) -> None:
    developer, _ = load_taxonomy(write(tmp_path / "db")).occupations
    assert (developer.id, developer.labels["en"]) == ("onet-15-1252-00", "Software Developers")
    assert developer.aliases["en"] == ("Software Development Engineer", "SDE", "Application Developer")
    assert dict(developer.codes) == {OccupationScheme.ONET_SOC: DEV}
    assert developer.definitions["en"] == "Research and build software."


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("Skills.txt", "Element ID", "Element", "no column Element ID"),
        ("Skills.txt", "2.B.3.e\tProgramming\tIM\t1.50", "2.B.3.e\tCoding\tIM\t1.50", "Skills.txt:5: Element Name"),
        ("Skills.txt", "4.38", "high", "Skills.txt:4: Data Value"),
        ("Skills.txt", "2.A.1.e\tMathematics\tIM\t3.00", "7.1\tMathematics\tIM\t3.00", "Skills.txt:2: Element ID"),
        ("Knowledge.txt", CLERK, "43-9061", "Knowledge.txt:3: O\\*NET-SOC Code"),
        ("Knowledge.txt", CLERK, "99-9999.99", "no occupation 99-9999.99"),
        ("Technology Skills.txt", "\tC#\t", "\tc#\t\t", "cells"),
        ("Technology Skills.txt", "43232304", "4323", "Commodity Code"),
        ("Technology Skills.txt", f"{CLERK}\tMySQL", f"{CLERK}\tMySQL!", "Technology Skills.txt:5: Example"),
    ],
)
def test_broken_files_are_refused_by_file_and_row(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = write(tmp_path / "db", **{file: FILES[file].replace(old, new)})
    with pytest.raises(InvalidTaxonomy, match=says):
        load_taxonomy(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "db")
    (folder / "Knowledge.txt").unlink()
    with pytest.raises(InvalidTaxonomy, match=r"Knowledge\.txt"):
        load_taxonomy(folder)
