from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.skill import SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import export_csv, load_taxonomy

HEADER = "id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en,definition_zh,definition_en"


def write(folder: Path, rows: list[str], header: str = HEADER, name: str = "f.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def faults(path: Path) -> list[str]:
    with pytest.raises(InvalidTaxonomy) as caught:
        load_taxonomy(path)
    return caught.value.message.split("\n")[1:]


def test_row_is_read_in_all_its_parts(tmp_path: Path) -> None:
    rows = [
        'go,tool,software,programming,Go语言,Go,Go开发,=Go|Golang,"开源, 编译",A language.',
        "programming,hard,software,,编程,programming,,coding,,",
    ]
    skill = load_taxonomy(write(tmp_path, rows)).get("go")
    assert (skill.kind, skill.field_code, skill.broader) == (SkillKind.TOOL, "software", ("programming",))
    assert dict(skill.labels) == {"zh": "Go语言", "en": "Go"}
    assert dict(skill.aliases) == {"zh": ("Go开发",), "en": ("Go", "Golang")}
    assert skill.exact_forms == {"Go"}
    assert dict(skill.definitions) == {"zh": "开源, 编译", "en": "A language."}


def test_further_languages_come_by_columns(tmp_path: Path) -> None:
    file = write(
        tmp_path, ["welding,hard,metal,,Schweißen,Lichtbogenschweißen"], "id,kind,field,broader,label_de,aliases_de"
    )
    skill = load_taxonomy(file).get("welding")
    assert (skill.labels["de"], skill.aliases["de"]) == ("Schweißen", ("Lichtbogenschweißen",))


def test_folder_is_one_taxonomy_and_export_round_trips(tmp_path: Path) -> None:
    folder = tmp_path / "mine-1"
    folder.mkdir()
    write(folder, ["go,tool,software,programming,Go语言,Go,,=Go|Golang,,"], name="a.csv")
    write(folder, ['programming,hard,software,,编程,programming,程序设计,,"写""码""",'], name="b.csv")
    taxonomy = load_taxonomy(folder)
    assert taxonomy.version.startswith("mine-1+")
    exported = tmp_path / "mine-1.csv"
    export_csv(taxonomy, exported)
    assert load_taxonomy(exported).version == taxonomy.version
    assert list(load_taxonomy(exported)) == list(taxonomy)
    assert exported.read_bytes().count(b"\r") == 0


OK = "ok,hard,ff,,好,ok,,,,"


@pytest.mark.parametrize(
    ("row", "place", "says"),
    [
        ("Bad_Id,hard,ff,,甲,a,,,,", "f.csv:3: id", "kebab-case"),
        ("a,hard,ff,,甲,a,,,,", "f.csv:3: id", "kebab-case"),
        ("xx,skill,ff,,甲,a,,,,", "f.csv:3: kind", "none of hard"),
        ("xx,hard,F F,,甲,a,,,,", "f.csv:3: field", "field code"),
        ("xx,hard,ff,nope,甲,a,,,,", "f.csv:3: broader", "no skill nope"),
        ("xx,hard,ff,ok|ok,甲,a,,,,", "f.csv:3: broader", "twice"),
        ("xx,hard,ff,,,,,,,", "f.csv:3: label_*", "no label"),
        ("xx,hard,ff,,甲,=a,,,,", "f.csv:3: label_en", "'='"),
        ("xx,hard,ff,,甲,a,,b||c,,", "f.csv:3: aliases_en", "empty"),
        ("xx,hard,ff,,甲,a,,b| c,,", "f.csv:3: aliases_en", "blanks"),
        ("xx,hard,ff,,甲,a,,b|b,,", "f.csv:3: aliases_en", "twice"),
        ("xx,hard,ff,,甲,a ,,,,", "f.csv:3: label_en", "blank"),
        ("xx,hard,ff,,甲,a\x07,,,,", "f.csv:3: label_en", "control"),
        (f"xx,hard,ff,,甲,{'a' * 121},,,,", "f.csv:3: label_en", "120"),
        ("xx,hard,ff,,甲,a,,,", "f.csv:3: ", "9 cells"),
        ("ok,hard,ff,,甲,a,,,,", "f.csv:3: id", "f.csv:2"),
        ("xx,hard,ff,,甲,a,,OK,,", "f.csv:3: aliases_en", "ok (f.csv:2)"),
        ("xx,hard,ff,,甲,a,,Ｏｋ,,", "f.csv:3: aliases_en", "ok (f.csv:2)"),
        ('xx,hard,ff,,"甲"乙,a,,,,', "f.csv:3: ", "RFC 4180"),
    ],
)
def test_fault_is_named_with_file_row_and_column(tmp_path: Path, row: str, place: str, says: str) -> None:
    (fault,) = faults(write(tmp_path, [OK, row]))
    assert fault.startswith(place)
    assert says in fault


def test_all_faults_are_told_at_once_up_to_fifty(tmp_path: Path) -> None:
    assert len(faults(write(tmp_path, ["A,x,ff,,甲,a,,,,", "B,y,ff,,乙,b,,,,"]))) == 4
    many = write(tmp_path, [f"s-{i},hard,ff,nope,{i}甲,l{i},,,," for i in range(60)])
    with pytest.raises(InvalidTaxonomy) as caught:
        load_taxonomy(many)
    assert (caught.value.metadata["n_faults"], len(caught.value.message.split("\n"))) == ("60", 51)
    assert (caught.value.metadata["row"], caught.value.metadata["file"], caught.value.field) == (
        "2",
        "f.csv",
        "broader",
    )


def test_same_spelling_at_two_skills_is_found_across_files_scripts_and_hyphens(tmp_path: Path) -> None:
    write(tmp_path, ["one,hard,ff,,數據分析,on-line work,,,,"], name="a.csv")
    write(tmp_path, ["two,hard,ff,,数据分析,on line work,,,,"], name="b.csv")
    assert [fault.split(": ")[1] for fault in faults(tmp_path)] == ["label_en", "label_zh"]


def test_exact_forms_clash_only_in_the_same_letter_case(tmp_path: Path) -> None:
    taxonomy = load_taxonomy(
        write(tmp_path, ["ai,hard,ff,,智能,intelligence,,=AI,,", "illu,tool,ff,,插画,drawing,,=Ai,,"])
    )
    assert len(taxonomy) == 2
    assert "=AI" not in faults(write(tmp_path, ["aa,hard,ff,,智能,in,,=AI,,", "bb,tool,ff,,插画,dr,,=AI,,"]))[0]


def test_cycle_is_named(tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, ["aa,hard,ff,bb,甲,a,,,,", "bb,hard,ff,aa,乙,b,,,,"]))
    assert "aa → bb → aa" in fault


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("id,kind,field,label_zh", "broader: column is missing"),
        ("id,kind,field,broader", "no label column"),
        (HEADER + ",colour", "colour: unknown column"),
        (HEADER + ",label_en", "label_en: column stands twice"),
        (HEADER + ",aliases_de", "no column label_de"),
    ],
)
def test_wrong_headers_are_refused(tmp_path: Path, header: str, says: str) -> None:
    assert says in faults(write(tmp_path, [], header))[0]


def test_other_encodings_and_empty_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(f"{HEADER}\n{OK}\n".encode() + "xx,hard,ff,,编程,a,,,,\n".encode("gb18030"))
    assert faults(file) == ["f.csv:3: : not UTF-8 at byte 125"]
    file.write_bytes(b"")
    assert faults(file) == ["f.csv:0: : the file is empty"]


def test_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\n{OK}\n".encode())
    assert load_taxonomy(file).get("ok").labels["en"] == "ok"


@pytest.mark.parametrize("name", ["absent", "x.txt", "empty-folder"])
def test_places_without_a_taxonomy_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "empty-folder").mkdir()
    with pytest.raises(InvalidTaxonomy):
        load_taxonomy(tmp_path / name)
