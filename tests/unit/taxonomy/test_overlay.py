"""Tenants' own skills and names over any base: what takes effect, what is reported, what survives an upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import (
    OverlayProblem,
    OverlayReport,
    SkillSearch,
    Taxonomy,
    diff_taxonomies,
    export_csv,
    lay_over,
    load_overlay,
    load_taxonomy,
)

HEADER = "owner,id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en"
BASE = [
    Skill("software", SkillKind.HARD, "ff", {"zh": "软件", "en": "software"}, {}),
    Skill("scada", SkillKind.TOOL, "ff", {"zh": "组态软件", "en": "SCADA"}, {"zh": ("监控组态",)}, ("software",)),
    Skill("go", SkillKind.TOOL, "ff", {"en": "Go"}, {"en": ("Go",)}, ("software",), exact_forms=frozenset({"Go"})),
]
OWN = "acme,acme--zju-scada,tool,water,scada,浙江组态平台,ZJU SCADA,浙组态,"


def overlay_of(folder: Path, *rows: str, header: str = HEADER) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "acme.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def laid(folder: Path, *rows: str, base: list[Skill] | None = None) -> tuple[Taxonomy, OverlayReport]:
    return lay_over(Taxonomy("base-1", base or BASE), load_overlay(overlay_of(folder / "tenants", *rows)))


def test_an_own_skill_stands_beside_the_bases_with_its_owner(tmp_path: Path) -> None:
    taxonomy, report = laid(tmp_path, OWN)
    own = taxonomy.get("acme--zju-scada")
    assert (own.owner, own.broader, own.field_code) == ("acme", ("scada",), "water")
    assert (dict(own.labels), dict(own.aliases)) == ({"zh": "浙江组态平台", "en": "ZJU SCADA"}, {"zh": ("浙组态",)})
    assert taxonomy.related("scada")["acme--zju-scada"] == 0.95
    assert taxonomy.get("scada").owner == ""
    assert (report.n_skills, report.n_aliases, report.conflicts) == (1, 1, ())
    assert taxonomy.version.startswith("base-1/tenants+")


def test_aliases_join_the_skill_of_the_base_and_are_found(tmp_path: Path) -> None:
    taxonomy, report = laid(tmp_path, "acme,scada,,,,,,中控系统|监控组态,=DCS")
    scada = taxonomy.get("scada")
    assert dict(scada.aliases) == {"zh": ("监控组态", "中控系统"), "en": ("DCS",)}
    assert scada.exact_forms == {"DCS"}
    assert (report.n_skills, report.n_aliases) == (0, 2)
    assert SkillSearch(taxonomy).search("中控系统").hits[0].skill.id == "scada"


def test_a_name_of_the_base_is_not_stolen_but_reported(tmp_path: Path) -> None:
    taxonomy, report = laid(tmp_path, OWN.replace("浙组态,", "监控组态|浙组态,Software"), "acme,scada,,,,,,軟件,")
    assert [(c.problem, c.skill_id, c.name, c.language, c.holder, c.line) for c in report.conflicts] == [
        (OverlayProblem.NAME_TAKEN, "acme--zju-scada", "监控组态", "zh", "scada", 2),
        (OverlayProblem.NAME_TAKEN, "acme--zju-scada", "Software", "en", "software", 2),
        (OverlayProblem.NAME_TAKEN, "scada", "軟件", "zh", "software", 3),
    ]
    assert dict(taxonomy.get("acme--zju-scada").aliases) == {"zh": ("浙组态",)}
    assert dict(taxonomy.get("scada").aliases) == {"zh": ("监控组态",)}
    assert "acme.csv:2: acme: name_taken" in str(report.conflicts[0])


def test_exact_and_plain_forms_do_not_clash(tmp_path: Path) -> None:
    taxonomy, report = laid(tmp_path, "acme,scada,,,,,,,go|=GO")
    assert report.conflicts == ()
    assert taxonomy.get("scada").exact_forms == {"GO"}


def test_of_two_tenants_the_first_by_name_has_a_name(tmp_path: Path) -> None:
    rows = ["zeta,scada,,,,,,中控系统,", "beta,go,,,,,,中控系统,"]
    taxonomy, report = laid(tmp_path, *rows)
    assert taxonomy.get("go").aliases["zh"] == ("中控系统",)
    assert [(c.owner, c.holder) for c in report.conflicts] == [("zeta", "go")]
    alone = load_overlay(overlay_of(tmp_path / "tenants", *rows)).of("zeta")
    assert lay_over(Taxonomy("base-1", BASE), alone)[1].conflicts == ()


def test_a_skill_left_without_any_label_is_set_aside_and_reported(tmp_path: Path) -> None:
    rows = ["acme,acme--soft,hard,ff,,软件,Software,,", "acme,acme--below,hard,ff,acme--soft,下位,below,,"]
    taxonomy, report = laid(tmp_path, *rows)
    assert "acme--soft" not in taxonomy
    assert taxonomy.get("acme--below").broader == ()
    assert [c.problem for c in report.conflicts] == [
        OverlayProblem.NAME_TAKEN,
        OverlayProblem.NAME_TAKEN,
        OverlayProblem.NAMELESS,
        OverlayProblem.BROADER_GONE,
    ]


def test_an_overlay_survives_a_base_without_the_skills_it_speaks_of(tmp_path: Path) -> None:
    rows = [OWN, "acme,scada,,,,,,中控系统,"]
    folder = overlay_of(tmp_path / "tenants", *rows)
    before = Taxonomy("base-1", BASE)
    renamed = Skill(
        "hmi", SkillKind.TOOL, "ff", {"zh": "组态软件", "en": "SCADA"}, {"zh": ("监控组态",)}, ("software",)
    )
    after = Taxonomy("base-2", [BASE[0], BASE[2], renamed])
    taxonomy, report = lay_over(after, load_overlay(folder), diff_taxonomies(before, after))
    assert taxonomy.get("acme--zju-scada").broader == ()
    assert [(c.problem, c.skill_id, c.name, c.holder) for c in report.conflicts] == [
        (OverlayProblem.BROADER_GONE, "acme--zju-scada", "scada", "hmi"),
        (OverlayProblem.BASE_SKILL_GONE, "scada", "scada", "hmi"),
    ]
    # nothing is lost: over a base that has the skill again, everything takes effect again
    again, clean = lay_over(before, load_overlay(folder))
    assert clean.conflicts == ()
    assert again.get("scada").aliases["zh"] == ("监控组态", "中控系统")


def test_an_empty_report_is_that_of_a_base_left_as_it_is(tmp_path: Path) -> None:
    base = Taxonomy("base-1", BASE)
    taxonomy, _ = laid(tmp_path, OWN)
    assert [s for s in taxonomy if not s.owner] == list(base)


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        (OWN.replace("acme,", "Acme,", 1), "acme.csv:2: owner", "lower-case"),
        (OWN.replace("acme,", "beta,", 1), "acme.csv:2: id", "begins with it"),
        (OWN.replace("acme--zju", "acme--Zju"), "acme.csv:2: id", "kebab-case"),
        (OWN.replace("tool", "gear"), "acme.csv:2: kind", "none of hard"),
        (OWN.replace("scada,浙江", "scada|scada,浙江"), "acme.csv:2: broader", "twice"),
        ("acme,acme--x1,tool,water,,,,,", "acme.csv:2: label_*", "no label"),
        ("acme,scada,tool,,,,,新名,", "acme.csv:2: kind", "aliases only"),
        ("acme,scada,,,,改名,,新名,", "acme.csv:2: aliases_*", "nothing else"),
        ("acme,scada,,,,,,,", "acme.csv:2: aliases_*", "nothing else"),
        (f"{OWN}\n{OWN.replace('浙', '苏')}", "acme.csv:3: id", "stands already at acme.csv:2"),
        (OWN.replace("water,scada", "water,acme--zju-scada"), "acme.csv:2: broader", "cycle"),
    ],
)
def test_a_broken_row_is_named_by_file_row_and_column(tmp_path: Path, row: str, place: str, says: str) -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        load_overlay(overlay_of(tmp_path / "o", row))
    first = caught.value.message.split("\n")[1]
    assert first.startswith(place)
    assert says in first


def test_a_file_without_owners_is_no_overlay(tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match="owner"):
        load_overlay(overlay_of(tmp_path / "o", OWN, header=HEADER.replace("owner", "tenant")))


def test_owners_are_exported_and_read_back(tmp_path: Path) -> None:
    taxonomy, _ = laid(tmp_path, OWN)
    export_csv(taxonomy, tmp_path / "all.csv")
    assert list(load_taxonomy(tmp_path / "all.csv")) == list(taxonomy)


@pytest.mark.parametrize("row", [",acme--x1,hard,ff,,甲,a", "beta,acme--x1,hard,ff,,甲,a", "acme,x1,hard,ff,,甲,a"])
def test_a_taxonomy_file_takes_an_owners_mark_only_with_its_owner(tmp_path: Path, row: str) -> None:
    (tmp_path / "f.csv").write_text(f"owner,id,kind,field,broader,label_zh,label_en\n{row}\n", encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match=r"f\.csv:2: id"):
        load_taxonomy(tmp_path / "f.csv")
