"""Release folders: skills, occupations, relations and task skills, each fault named by file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.occupation import OccupationScheme, OccupationSkill
from matcher.domain.skill import Proficiency
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.errors import InvalidTaxonomy, ResourceNotFound
from matcher.taxonomy import export_release, load_taxonomy
from tests.unit.taxonomy.small_release import OCCUPATIONS, RELATIONS, SKILLS, TASK_SKILLS, faults_of, write_release


def test_an_occupation_is_read_in_all_its_parts(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write_release(tmp_path / "t-1"))
    analyst = taxonomy.occupation("data-analyst")
    assert (analyst.name, analyst.field_code) == ("occupations/data-analyst", "data")
    assert dict(analyst.labels) == {"zh": "数据分析师", "en": "data analyst"}
    assert dict(analyst.aliases) == {"zh": ("数据分析专员",), "en": ("BA analyst",)}
    assert analyst.essential == (OccupationSkill("analysis", Proficiency.PROFICIENT), OccupationSkill("sql", None))
    assert analyst.optional == (OccupationSkill("python", Proficiency.FAMILIAR),)
    assert dict(analyst.codes) == {OccupationScheme.ISCO_08: "2511", OccupationScheme.CN_2022: "2-02-30-09"}
    assert dict(analyst.definitions) == {"zh": "分析者"}
    assert [o.id for o in taxonomy.occupations] == ["data-analyst", "dba"]
    with pytest.raises(ResourceNotFound) as caught:
        taxonomy.occupation("welder")
    assert caught.value.field == "name"


def test_relations_are_told_from_the_skill_where_they_begin(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write_release(tmp_path / "t-1"))
    assert taxonomy.relations_of("mysql") == (
        SkillRelation("mysql", RelationType.PREREQUISITE, "sql", 1.0),
        SkillRelation("mysql", RelationType.SUBSTITUTE, "postgresql", 0.7),
    )
    assert taxonomy.relations_of("postgresql") == ()
    with pytest.raises(ResourceNotFound):
        taxonomy.relations_of("oracle")


def test_one_name_may_stand_under_two_categories_and_counts_once_with_its_greatest_number(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write_release(tmp_path / "t-1"))
    keys = [task.key for task in taxonomy.task_skills]
    assert ("管理", "运营管理") in keys
    assert ("运营", "运营管理") in keys
    assert dict(taxonomy.posting_counts()) == {"operations": 608, "analysis": 6985}


def test_the_version_tells_every_part(tmp_path: Path) -> None:
    base = load_taxonomy(write_release(tmp_path / "a" / "t-1")).version
    changed = [
        {"occupations": OCCUPATIONS.replace("sql,python", "sql:expert,python")},
        {"relations": RELATIONS.replace("0.70", "0.71")},
        {"task_skills": TASK_SKILLS.replace("573", "574")},
        {"skills": SKILLS.replace("SQL语言", "SQL查询")},
    ]
    versions = [
        load_taxonomy(write_release(tmp_path / str(i) / "t-1", **part)).version for i, part in enumerate(changed)
    ]
    assert len({base, *versions}) == 5
    assert load_taxonomy(write_release(tmp_path / "b" / "t-1")).version == base


def test_an_exported_release_reads_back_as_the_same_version(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write_release(tmp_path / "t-1"))
    export_release(taxonomy, tmp_path / "copy" / "t-1", "a table of tests")
    copy = load_taxonomy(tmp_path / "copy" / "t-1")
    assert copy.version == taxonomy.version
    assert (list(copy), copy.relations, copy.occupations) == (list(taxonomy), taxonomy.relations, taxonomy.occupations)
    assert copy.task_skills == taxonomy.task_skills


def test_task_skills_are_not_written_without_their_source(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write_release(tmp_path / "t-1"))
    with pytest.raises(InvalidTaxonomy, match="source"):
        export_release(taxonomy, tmp_path / "copy", " ")
    assert not (tmp_path / "copy").exists()


ROW = "xx,data,某工,some worker,,,,,sql,,"


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (ROW.replace("sql", "cobol"), "o.csv:4: essential", "no skill cobol"),
        (ROW.replace("sql,", "sql,cobol"), "o.csv:4: optional", "no skill cobol"),
        (ROW.replace("sql", "sql|sql:expert"), "o.csv:4: essential", "asked for twice"),
        (ROW.replace("sql,", "sql,sql"), "o.csv:4: optional", "asked for twice"),
        (ROW.replace("sql", "sql:advanced"), "o.csv:4: essential", "none of aware, familiar, proficient, expert"),
        (ROW.replace("sql", ""), "o.csv:4: essential", "no skill is essential"),
        (ROW.replace("xx", "dba"), "o.csv:4: id", "stands already"),
        (ROW.replace("xx", "X X"), "o.csv:4: id", "kebab-case"),
        (ROW.replace("some worker", "DBA"), "o.csv:4: label_en", "stands already at dba (o.csv:3)"),
        (ROW.replace("worker,,", "worker,數據分析師,"), "o.csv:4: aliases_zh", "stands already at data-analyst"),
        (ROW.replace("worker,,", "worker,=DBA,"), "o.csv:4: aliases_*", "no '='"),
        (ROW.replace("worker,,,,", "worker,,,25x,"), "o.csv:4: code_isco", "no code of isco-08"),
        (ROW.replace("worker,,,,,", "worker,,,,4.04,"), "o.csv:4: code_cn", "no code of cn-2022"),
        (ROW + ",", "o.csv:4: ", "cells"),
    ],
)
def test_a_fault_of_an_occupation_is_named_by_file_row_and_column(
    tmp_path: Path, row: str, place: str, says: str
) -> None:
    found = faults_of(write_release(tmp_path, occupations=OCCUPATIONS + row + "\n"))
    assert len(found) == 1
    assert found[0].startswith(place)
    assert says in found[0]


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ("sql,prerequisite,cobol,1", "relations.csv:6: to", "no skill cobol"),
        ("cobol,substitute,sql,1", "relations.csv:6: from", "no skill cobol"),
        ("sql,broader,python,1", "relations.csv:6: type", "none of prerequisite, substitute"),
        ("sql,substitute,python,0", "relations.csv:6: strength", "not in (0, 1]"),
        ("sql,substitute,python,1.01", "relations.csv:6: strength", "not in (0, 1]"),
        ("sql,substitute,python,much", "relations.csv:6: strength", "no number"),
        ("sql,substitute,python,-0.5", "relations.csv:6: strength", "no number"),
        ("sql,substitute,sql,0.5", "relations.csv:6: to", "related to itself"),
        ("mysql,substitute,postgresql,0.6", "relations.csv:6: to", "stands twice"),
        (
            "databases,prerequisite,mysql,1",
            "relations.csv",
            "cycle of prerequisites databases → mysql → sql → databases",
        ),
        ("python,substitute,software,0.5", "relations.csv:6: to", "only heads a field"),
        ("cet-6,substitute,python,0.5", "relations.csv:6: to", "certificate or language"),
    ],
)
def test_a_fault_of_a_relation_is_named_by_row_and_column(tmp_path: Path, row: str, place: str, says: str) -> None:
    found = faults_of(write_release(tmp_path, relations=RELATIONS + row + "\n"))
    assert len(found) == 1
    assert found[0].startswith(place)
    assert says in found[0]


def test_the_same_pair_may_be_prerequisite_and_substitute_and_substitutes_may_go_both_ways(tmp_path: Path) -> None:
    more = "postgresql,substitute,mysql,0.6\nmysql,substitute,sql,0.3\n"
    taxonomy = load_taxonomy(write_release(tmp_path, relations=RELATIONS + more))
    assert len(taxonomy.relations) == 6


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ("分析,analysis,数据分析,data analysis,analysis,1", "task_skills.csv:5: name_zh", "stands twice under 分析"),
        ("测试,testing,测试,test,cobol,1", "task_skills.csv:5: skill", "no skill cobol"),
        ("测试,testing,测试,test,sql,0", "task_skills.csv:5: postings", "whole number from 1"),
        ("测试,testing,测试,test,sql,1.5", "task_skills.csv:5: postings", "whole number from 1"),
        ("测试,testing,,test,sql,1", "task_skills.csv:5: name_zh", "is empty"),
    ],
)
def test_a_fault_of_a_task_skill_is_named_by_row_and_column(tmp_path: Path, row: str, place: str, says: str) -> None:
    found = faults_of(write_release(tmp_path, task_skills=TASK_SKILLS + row + "\n"))
    assert len(found) == 1
    assert found[0].startswith(place)
    assert says in found[0]


def test_a_table_of_task_skills_needs_its_source(tmp_path: Path) -> None:
    assert "task_skills.source.txt" in faults_of(write_release(tmp_path, source=" \n"))[0]


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = faults_of(
        write_release(
            tmp_path,
            occupations=OCCUPATIONS + ROW.replace("sql", "cobol") + "\n",
            relations=RELATIONS.replace("0.70", "7"),
            task_skills=TASK_SKILLS.replace(",573", ","),
        )
    )
    assert [line.split(":")[0] for line in found] == ["o.csv", "relations.csv", "task_skills.csv"]


def test_a_header_with_another_column_is_refused(tmp_path: Path) -> None:
    found = faults_of(write_release(tmp_path, relations=RELATIONS.replace("strength", "weight")))
    assert found == ["relations.csv:1: strength: column is missing", "relations.csv:1: weight: unknown column"]
