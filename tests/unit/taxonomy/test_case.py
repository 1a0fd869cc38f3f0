"""CASE 1.0-style JSON: what stands in it, and that it reads back."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import Taxonomy, export_case, load_starter, load_taxonomy
from tests.unit.taxonomy.small_release import write_release

MOMENT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URI = "https://example.com/case"


@pytest.fixture
def taxonomy(tmp_path: Path) -> Taxonomy:
    return load_taxonomy(write_release(tmp_path / "t-1"))


def read_back(package: dict[str, Any], folder: Path) -> Taxonomy:
    file = folder / "package.json"
    file.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return load_taxonomy(file)


def test_the_package_has_the_parts_that_case_names(taxonomy: Taxonomy) -> None:
    package = export_case(taxonomy, URI, MOMENT)
    assert list(package) == ["CFDocument", "CFItems", "CFAssociations", "CFDefinitions"]
    document = package["CFDocument"]
    assert (document["title"], document["version"]) == ("t-1", taxonomy.version)
    assert document["lastChangeDateTime"] == "2026-11-22T12:00:00+00:00"
    everything = [document, *package["CFItems"], *package["CFAssociations"]]
    identifiers = [part["identifier"] for part in everything]
    assert len(set(identifiers)) == len(identifiers)
    assert all(str(uuid.UUID(identifier)) == identifier for identifier in identifiers)
    assert all(part["uri"] == f"{URI}/{part['uri'].split('/')[-2]}/{part['identifier']}" for part in everything)


def test_a_skill_is_one_item_per_language_and_they_match_exactly(taxonomy: Taxonomy) -> None:
    package = export_case(taxonomy, URI, MOMENT)
    english, chinese = [i for i in package["CFItems"] if i["humanCodingScheme"] == "python"]
    assert (english["language"], english["fullStatement"], english["CFItemType"]) == ("en", "Python", "skill: tool")
    assert (english["conceptKeywords"], chinese["conceptKeywords"]) == (["=PY"], ["Python编程"])
    (match,) = [a for a in package["CFAssociations"] if a["originNodeURI"]["identifier"] == chinese["identifier"]]
    assert match["associationType"] == "exactMatchOf"
    assert match["destinationNodeURI"]["identifier"] == english["identifier"]
    assert match["CFAssociationGroupingURI"]["title"] == "translation"


@pytest.mark.parametrize(
    ("origin", "kind", "destination", "grouping"),
    [
        ("mysql", "isChildOf", "sql", ""),
        ("sql", "precedes", "mysql", "prerequisite 1"),
        ("mysql", "isRelatedTo", "postgresql", "substitute 0.7"),
        ("data-analyst", "isRelatedTo", "analysis", "essential proficient"),
        ("data-analyst", "isRelatedTo", "sql", "essential"),
        ("dba", "isRelatedTo", "postgresql", "optional expert"),
    ],
)
def test_relations_are_associations_of_the_type_that_fits(
    taxonomy: Taxonomy, origin: str, kind: str, destination: str, grouping: str
) -> None:
    package = export_case(taxonomy, URI, MOMENT)
    code = {item["identifier"]: item["humanCodingScheme"] for item in package["CFItems"]}
    found = [
        (
            code[a["originNodeURI"]["identifier"]],
            a["associationType"],
            code[a["destinationNodeURI"]["identifier"]],
            a.get("CFAssociationGroupingURI", {}).get("title", ""),
        )
        for a in package["CFAssociations"]
    ]
    assert found.count((origin, kind, destination, grouping)) == 1


def test_two_exports_are_equal(taxonomy: Taxonomy) -> None:
    assert export_case(taxonomy, URI, MOMENT) == export_case(taxonomy, URI, MOMENT)


def test_skills_relations_and_occupations_read_back_and_codes_and_task_skills_do_not(
    taxonomy: Taxonomy, tmp_path: Path
) -> None:
    copy = read_back(export_case(taxonomy, URI, MOMENT), tmp_path)
    assert (copy.name, list(copy), copy.relations) == (taxonomy.name, list(taxonomy), taxonomy.relations)
    for ours, theirs in zip(taxonomy.occupations, copy.occupations, strict=True):
        assert (ours.id, ours.labels, ours.aliases) == (theirs.id, theirs.labels, theirs.aliases)
        assert (ours.essential, ours.optional) == (theirs.essential, theirs.optional)
        assert (ours.definitions, ours.field_code, dict(theirs.codes)) == (theirs.definitions, theirs.field_code, {})
    assert copy.task_skills == ()


def test_the_whole_starter_reads_back(tmp_path: Path) -> None:
    starter = load_starter()
    copy = read_back(export_case(starter, URI, MOMENT), tmp_path)
    assert list(copy) == list(starter)
    assert copy.relations == starter.relations
    assert [o.essential for o in copy.occupations] == [o.essential for o in starter.occupations]


@pytest.mark.parametrize("text", ["{", "[]", '{"CFItems": [{}], "CFAssociations": []}', '{"CFItems": []}'])
def test_a_file_that_is_no_package_of_ours_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidTaxonomy):
        load_taxonomy(tmp_path / "x.json")
