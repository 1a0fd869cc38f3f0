from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from matcher.domain.skill import SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import load_taxonomy

BASE = "http://data.europa.eu/esco/skill/"
WELD, MIG, TALK, GERMAN = (f"{n:08d}-0000-0000-0000-000000000000" for n in range(1, 5))
LANGUAGES = "e35a5936-091d-4e87-bafe-f264e55bd656"

SKILLS = f"""conceptUri,preferredLabel,altLabels,reuseLevel,description
{BASE}{WELD},weld metal,"welding metal
weld metal
MIG welding",cross-sector,Join metal.
{BASE}{MIG},MIG welding,,sector-specific,
{BASE}{TALK},talk,,transversal,
{BASE}{GERMAN},German,,cross-sector,
"""
BROADER = f"""conceptType,conceptUri,broaderType,broaderUri
K,{BASE}{MIG},K,{BASE}{WELD}
K,{BASE}{MIG},SkillGroup,{BASE}00000099-0000-0000-0000-000000000000
K,{BASE}{GERMAN},SkillGroup,{BASE}00000098-0000-0000-0000-000000000000
SkillGroup,{BASE}00000098-0000-0000-0000-000000000000,SkillGroup,{BASE}{LANGUAGES}
"""


def write(folder: Path, skills: str = SKILLS, broader: str = BROADER) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "skills_en.csv.gz").write_bytes(gzip.compress(skills.encode()))
    (folder / "broaderRelationsSkillPillar.csv").write_text(broader, encoding="utf-8")
    return folder


def test_official_folder_loads_plain_or_gzip_with_kinds_and_broader(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write(tmp_path / "esco-v9.9"))
    assert taxonomy.version.startswith("esco-9.9+")
    assert {skill.id: skill.kind for skill in taxonomy} == {
        f"esco-{WELD}": SkillKind.HARD,
        f"esco-{MIG}": SkillKind.HARD,
        f"esco-{TALK}": SkillKind.SOFT,
        f"esco-{GERMAN}": SkillKind.LANGUAGE,
    }
    weld = taxonomy.get(f"esco-{WELD}")
    assert (weld.labels["en"], dict(weld.definitions)) == ("weld metal", {"en": "Join metal."})
    assert taxonomy.get(f"esco-{MIG}").broader == (f"esco-{WELD}",)


def test_alias_that_is_another_concepts_label_stays_with_the_label(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(write(tmp_path / "esco-v9.9"))
    assert taxonomy.get(f"esco-{WELD}").aliases["en"] == ("welding metal",)


@pytest.mark.parametrize(
    ("skills", "broader", "says"),
    [
        (SKILLS.replace("altLabels", "alt"), BROADER, "altLabels"),
        (SKILLS.replace(BASE, "http://x/"), "conceptUri,broaderUri\n", "no ESCO skill URI"),
        (SKILLS + "short\n", BROADER, "cells"),
        (SKILLS, BROADER + f"K,{BASE}{WELD},K,{BASE}{MIG}\n", "cycle"),
    ],
)
def test_broken_official_files_are_refused(tmp_path: Path, skills: str, broader: str, says: str) -> None:
    with pytest.raises(InvalidTaxonomy, match=says):
        load_taxonomy(write(tmp_path / "esco", skills, broader))


def test_missing_relation_file_is_named(tmp_path: Path) -> None:
    write(tmp_path / "esco")
    (tmp_path / "esco" / "broaderRelationsSkillPillar.csv").unlink()
    with pytest.raises(InvalidTaxonomy, match="broaderRelationsSkillPillar"):
        load_taxonomy(tmp_path / "esco")


def line(uuid: str, **more: object) -> str:
    concept = {
        "uri": BASE + uuid, "kind": "skill", "type": "knowledge", "reuse": "cross-sector",
        "labels": {"en": {"pref": "welding", "alt": ["to weld"]}, "de": {"pref": "Schweißen", "alt": []}}, "desc_en": "Join.",
    }  # fmt: skip
    return json.dumps(concept | more)


def test_multilingual_lines_keep_every_language_and_only_skills(tmp_path: Path) -> None:
    file = tmp_path / "esco_multilingual.jsonl.gz"
    lines = [
        line(WELD),
        line(TALK, kind="occupation"),
        line(MIG, labels={"fr": {"pref": "soudage", "alt": []}}, reuse="transversal"),
    ]
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    taxonomy = load_taxonomy(file)
    assert [skill.id for skill in taxonomy] == [f"esco-{WELD}", f"esco-{MIG}"]
    assert dict(taxonomy.get(f"esco-{WELD}").labels) == {"en": "welding", "de": "Schweißen"}
    assert taxonomy.get(f"esco-{MIG}").kind is SkillKind.SOFT
    assert taxonomy.version.startswith("esco-multilingual+")


@pytest.mark.parametrize("bad", ["{", "[]", line(WELD, labels={"en": {}}), line(WELD, labels=None)])
def test_broken_line_is_named_by_number(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(line(MIG) + "\n" + bad, encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match=r"x\.jsonl:2"):
        load_taxonomy(file)


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl.gz"
    file.write_bytes(gzip.compress(line(MIG).encode())[:-9])
    with pytest.raises(InvalidTaxonomy, match="cannot be read"):
        load_taxonomy(file)
