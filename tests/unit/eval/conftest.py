"""A small taxonomy, and a gold set over it, as the files would hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy, load_taxonomy

SKILLS = """\
id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
java,tool,software,,Java,Java,,
python,tool,software,,Python,Python,,
kubernetes,tool,software,,Kubernetes,Kubernetes,,
front-end,hard,software,,前端开发,front-end development,,
back-end,hard,software,,后端开发,back-end development,,
load-testing,hard,software,,压力测试,load testing,,
"""
SENTENCES = (
    "id\tlanguage\ttext\n"
    "s-zh-001\tzh\t熟悉Java，精通Java和Python。\n"
    "s-en-001\ten\tProficient in Python; Kubernetes is a plus. Knowledge of Zorblat.\n"
)
HEADER = "text\tsurface\toccurrence\tskill\timportance\tlevel\tyears\tnote\n"


@pytest.fixture(scope="session")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    file: Path = tmp_path_factory.mktemp("taxonomy") / "small.csv"
    file.write_text(SKILLS, encoding="utf-8")
    return load_taxonomy(file)


@pytest.fixture(scope="session")
def extractor(taxonomy: Taxonomy) -> SkillExtractor:
    return SkillExtractor(taxonomy)


@pytest.fixture
def gold_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes sentences, one posting, and annotations given as name → rows; returns the folder."""

    def write(**annotations: list[str]) -> Path:
        (tmp_path / "sentences.tsv").write_text(SENTENCES, encoding="utf-8")
        documents = tmp_path / "documents"
        documents.mkdir(exist_ok=True)
        document = "Java开发工程师\n\n任职要求：\n1、3年以上Java经验\n"
        (documents / "posting-zh-01.txt").write_bytes(document.encode())
        for name, rows in annotations.items():
            file = tmp_path / f"{name.replace('_', '-')}.tsv"
            file.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
        return tmp_path

    return write
