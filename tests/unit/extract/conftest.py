"""A taxonomy of a dozen skills with every sort of trap in it, and the extractor over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy, load_taxonomy

CSV = """\
id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
java,tool,software,,Java,Java,Java开发|Java语言,J2EE
javascript,tool,software,,JavaScript,JavaScript,,JS
python,tool,software,,Python,Python,Python编程,
docker,tool,software,,Docker,Docker,,
kubernetes,tool,software,,Kubernetes,Kubernetes,K8s,
terraform,tool,software,,Terraform,Terraform,,
c-lang,tool,software,,C语言,C programming,C程序设计,=C
cpp,tool,software,,C++,C++,,
csharp,tool,software,,C#,C#,,
r-lang,tool,software,,R语言,R programming,,=R
go,tool,software,,Go,Go,Go语言,=Go|Golang
dotnet,tool,software,,.NET,.NET,,
node,tool,software,,Node.js,Node.js,,
excel,tool,general,,Excel,Excel,,
spring,tool,software,,Spring,Spring,,=Spring
spark,tool,software,,Spark,Spark,,=Spark
hive,tool,software,,Hive,Hive,,
micro,hard,software,,微服务,microservices,微服务架构,
unit-test,hard,software,,单元测试,unit testing,,
big-data,hard,data,,大数据,big data,,
data-analysis,hard,data,,数据分析,data analysis,,
dl,hard,data,,深度学习,deep learning,,
communication,soft,general,,沟通,communication skills,沟通能力,
water,hard,water,,水质检测,water quality testing,水质化验,
software-engineering,hard,software,,软件工程,software engineering,,
"""


@pytest.fixture(scope="session")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    file: Path = tmp_path_factory.mktemp("taxonomy") / "small.csv"
    file.write_text(CSV, encoding="utf-8")
    return load_taxonomy(file)


@pytest.fixture(scope="session")
def extractor(taxonomy: Taxonomy) -> SkillExtractor:
    return SkillExtractor(taxonomy)
