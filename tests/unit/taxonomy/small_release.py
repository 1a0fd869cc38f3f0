"""A small release folder that tests change in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import load_taxonomy

SKILLS = """id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
software,hard,software,,软件,software,,
databases,hard,software,software,数据库,databases,,
sql,hard,software,databases,SQL,SQL,SQL语言,structured query language
mysql,tool,software,sql,MySQL,MySQL,,My SQL server
postgresql,tool,software,sql,PostgreSQL,PostgreSQL,,Postgres
python,tool,software,software,Python,Python,Python编程,=PY
analysis,hard,software,software,数据分析,data analysis,,
languages,language,software,,语言能力,language skills,,
english,language,software,languages,英语,English,,
cet-6,certificate,software,english,大学英语六级,CET-6,,
operations,hard,software,software,运营管理,operations management,,
"""
OCCUPATIONS = """id,field,label_zh,label_en,aliases_zh,aliases_en,code_isco,code_cn,essential,optional,definition_zh
data-analyst,data,数据分析师,data analyst,数据分析专员,BA analyst,2511,2-02-30-09,analysis:proficient|sql,python:familiar,分析者
dba,data,数据库管理员,database administrator,,DBA,,,databases|mysql,postgresql:expert,
"""
RELATIONS = """from,type,to,strength
mysql,prerequisite,sql,1.00
sql,prerequisite,databases,0.5
mysql,substitute,postgresql,0.70
cet-6,substitute,english,0.4
"""
TASK_SKILLS = """category_zh,category_en,name_zh,name_en,skill,postings
管理,management,运营管理,operations management,operations,573
运营,operations,运营管理,operations management,operations,608
分析,analysis,数据分析,data analysis,analysis,6985
"""


def write_release(
    folder: Path,
    *,
    skills: str = SKILLS,
    occupations: str = OCCUPATIONS,
    relations: str = RELATIONS,
    task_skills: str = TASK_SKILLS,
    source: str = "a table of tests",
) -> Path:
    for name in ("skills", "occupations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    files = {
        "skills/s.csv": skills,
        "occupations/o.csv": occupations,
        "relations.csv": relations,
        "task_skills.csv": task_skills,
        "task_skills.source.txt": source,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(InvalidTaxonomy) as caught:
        load_taxonomy(folder)
    return caught.value.message.split("\n")[1:]
