"""ESCO with occupations, further languages and our own Chinese labels."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from matcher.domain.occupation import OccupationScheme
from matcher.domain.skill import SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import OccupationSearch, load_taxonomy
from matcher.taxonomy.esco import load_esco
from matcher.taxonomy.esco_files import own_chinese

SKILL, WORK = "http://data.europa.eu/esco/skill/", "http://data.europa.eu/esco/occupation/"
WELD, MIG, INSPECT, WELDER, NOBODY = (f"{n:08d}-0000-0000-0000-000000000000" for n in range(1, 6))
FILES = {
    "skills_en.csv": f"""conceptUri,preferredLabel,altLabels,reuseLevel,description
{SKILL}{WELD},weld metal,,cross-sector,
{SKILL}{MIG},MIG welding,,cross-sector,
{SKILL}{INSPECT},inspect welds,,cross-sector,
""",
    "broaderRelationsSkillPillar.csv": f"conceptUri,broaderUri\n{SKILL}{MIG},{SKILL}{WELD}\n",
    "skillSkillRelations.csv": f"""originalSkillUri,relationType,relatedSkillUri
{SKILL}{INSPECT},essential,{SKILL}{WELD}
{SKILL}{INSPECT},optional,{SKILL}{MIG}
""",
    "occupations_en.csv": f"""conceptUri,iscoGroup,preferredLabel,altLabels,description
{WORK}{WELDER},7212,welder,"welding operative
welder",Joins metal.
""",
    "occupationSkillRelations.csv": f"""occupationUri,relationType,skillUri
{WORK}{WELDER},optional,{SKILL}{MIG}
{WORK}{WELDER},essential,{SKILL}{WELD}
{WORK}{WELDER},optional,{SKILL}{WELD}
{WORK}{NOBODY},essential,{SKILL}{WELD}
""",
}
ZH = {
    "skills.tsv": f"uuid\tzh\n{WELD}\t焊接金属|金属焊接\n{NOBODY}\t别处的技能\n",
    "occupations.tsv": f"uuid\tzh\ten\n{WELDER}\t焊工|电焊工\twelder\n",
}


def write(folder: Path, **changed: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FILES | changed).items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def chinese(folder: Path, **changed: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (ZH | changed).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_occupations_come_with_their_skills_titles_and_isco_code(tmp_path: Path) -> None:
    taxonomy = load_esco(write(tmp_path / "esco-v9"), chinese=chinese(tmp_path / "zh"))
    (welder,) = taxonomy.occupations
    assert (welder.id, dict(welder.labels)) == (f"esco-{WELDER}", {"en": "welder", "zh": "焊工"})
    assert dict(welder.aliases) == {"en": ("welding operative",), "zh": ("电焊工",)}
    assert [s.skill_id for s in welder.essential] == [f"esco-{WELD}"]
    assert [s.skill_id for s in welder.optional] == [f"esco-{MIG}"]
    assert dict(welder.codes) == {OccupationScheme.ISCO_08: "7212"}
    assert dict(welder.definitions) == {"en": "Joins metal."}


def test_our_chinese_names_join_the_skill_of_their_uuid_and_others_are_passed_over(tmp_path: Path) -> None:
    taxonomy = load_esco(write(tmp_path / "esco-v9"), chinese=chinese(tmp_path / "zh"))
    weld = taxonomy.get(f"esco-{WELD}")
    assert (weld.labels["zh"], weld.aliases["zh"]) == ("焊接金属", ("金属焊接",))
    assert len(taxonomy) == 3


def test_essential_between_skills_is_a_prerequisite_and_optional_is_none(tmp_path: Path) -> None:
    taxonomy = load_esco(write(tmp_path / "esco-v9"), chinese=chinese(tmp_path / "zh"))
    assert taxonomy.relations == (SkillRelation(f"esco-{INSPECT}", RelationType.PREREQUISITE, f"esco-{WELD}", 1.0),)


def test_all_languages_of_the_multilingual_file_are_loaded_at_once(tmp_path: Path) -> None:
    lines = [
        {"uri": SKILL + WELD, "kind": "skill", "type": "skill/competence", "labels": {
            "en": {"pref": "other English", "alt": []}, "de": {"pref": "Metall schweißen", "alt": ["schweißen"]}}},
        {"uri": WORK + WELDER, "kind": "occupation", "labels": {
            "fr": {"pref": "soudeur/soudeuse", "alt": []}, "sv": {"pref": None, "alt": ["svetsare", "plåtsvetsare"]}}},
    ]  # fmt: skip
    folder = write(tmp_path / "esco-v9")
    (tmp_path / "esco_multilingual.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    taxonomy = load_esco(folder, chinese=chinese(tmp_path / "zh"))
    weld, (welder,) = taxonomy.get(f"esco-{WELD}"), taxonomy.occupations
    assert dict(weld.labels) == {"de": "Metall schweißen", "en": "weld metal", "zh": "焊接金属"}
    assert weld.aliases["de"] == ("schweißen",)
    assert dict(welder.labels) == {"en": "welder", "fr": "soudeur/soudeuse", "sv": "svetsare", "zh": "焊工"}
    assert welder.aliases["sv"] == ("plåtsvetsare",)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"occupations_en.csv": ""}, "occupations_en.csv"),
        ({"occupationSkillRelations.csv": ""}, "occupationSkillRelations.csv"),
        ({"occupationSkillRelations.csv": FILES["occupationSkillRelations.csv"].replace("optional", "nice")}, "nice"),
        ({"occupationSkillRelations.csv": FILES["occupationSkillRelations.csv"].replace(MIG, NOBODY)}, "no skill"),
        (
            {"occupations_en.csv": FILES["occupations_en.csv"].replace("esco/occupation", "esco/skill")},
            "occupation URI",
        ),
        ({"occupations_en.csv": FILES["occupations_en.csv"].replace("iscoGroup", "isco")}, "iscoGroup"),
    ],
)
def test_broken_or_half_given_occupations_are_refused(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    folder = write(tmp_path / "esco-v9", **changed)
    with pytest.raises(InvalidTaxonomy, match=says):
        load_esco(folder, chinese=chinese(tmp_path / "zh"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id\tzh\n", "skills.tsv:1"),
        (f"uuid\tzh\n{WELD}\n", "skills.tsv:2"),
        (f"uuid\tzh\n{WELD}\t焊接\twelding\n", "skills.tsv:2"),
        (f"uuid\tzh\n{WELD}\t焊接| 电焊\n", "skills.tsv:2"),
        (f"uuid\tzh\n{WELD}\t焊接|焊接\n", "skills.tsv:2"),
        ("uuid\tzh\nabc\t焊接\n", "skills.tsv:2"),
        (f"uuid\tzh\n{WELD}\t焊接\n{WELD}\t电焊\n", "skills.tsv:3"),
    ],
)
def test_a_broken_line_of_our_labels_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InvalidTaxonomy, match=says):
        own_chinese("skill", chinese(tmp_path, **{"skills.tsv": text}))


def test_a_file_of_ours_without_labels_yet_is_no_fault(tmp_path: Path) -> None:
    assert own_chinese("skill", chinese(tmp_path, **{"skills.tsv": "uuid\tzh\n"})) == {}


def test_our_own_files_are_well_formed() -> None:
    for kind in ("skill", "occupation"):
        for label, aliases in own_chinese(kind).values():
            assert label not in aliases


DATA = Path(os.environ.get("SKILLMATCH_DATA", Path(__file__).parents[4] / "shared" / "data")) / "taxonomy"


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no ESCO files at {DATA}; set SKILLMATCH_DATA")
def test_the_real_release_has_its_skills_and_occupations_in_many_languages() -> None:
    taxonomy = load_taxonomy(DATA / "esco-v1.1.1")
    assert len(taxonomy) == 13_896
    manage = taxonomy.get("esco-0005c151-5b5a-4a66-8aac-60e734beb1ab")
    assert (manage.labels["en"], manage.labels["fr"]) == ("manage musical staff", "gérer le personnel musical")
    assert sum(len(skill.broader) for skill in taxonomy) == 6_565
    assert sum(skill.kind is SkillKind.LANGUAGE for skill in taxonomy) > 100
    assert (len(taxonomy.occupations), len(taxonomy.relations)) == (3_007, 191)
    assert sum(len(o.essential) + len(o.optional) for o in taxonomy.occupations) == 123_788
    assert sum("de" in o.labels for o in taxonomy.occupations) == 3_007
    found = OccupationSearch(taxonomy).resolve("Datenanalytikerin")
    assert found is not None
    assert found.labels["en"] == "data analyst"
