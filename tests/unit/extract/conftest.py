"""A taxonomy of a dozen skills with every sort of trap in it, and the extractor over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.extract import ExtractConfig, SkillExtractor
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


# Skills whose names share heads, with certificates that imply some of them.
WIDE_CSV = (
    CSV
    + """\
product-design,hard,design,,产品设计,product design,,
architecture-design,hard,design,,架构设计,architecture design,,
system-design,hard,design,,系统设计,system design,,
system-testing,hard,software,,系统测试,system testing,,
integration-testing,hard,software,,集成测试,integration testing,,
test-cases,hard,software,,测试用例设计,test case design,,
test-execution,hard,software,,测试用例执行,test case implementation,,
front-end,hard,software,,前端开发,front-end development,,
back-end,hard,software,,后端开发,back-end development,,
system-development,hard,software,,系统开发,system development,,
databases,hard,software,,数据库,databases,,
database-design,hard,software,,数据库设计,database design,,
project-management,hard,general,,项目管理,project management,项目管理经验,
risk-management,hard,general,,风险管理,risk management,,
cnn,hard,data,,卷积神经网络,convolutional neural networks,,convolutional neural network
iot,hard,data,,物联网,internet of things,,
restaurant,hard,tourism,,餐厅服务,restaurant service,,
english,language,general,,英语,English,,
welding,hard,mechanics,,焊接,welding,,
pmp,certificate,general,,PMP认证,PMP,PMP证书|PMP,
welder,certificate,mechanics,,焊工证,welder certificate,,
"""
)
IMPLIED_CSV = """\
certificate,skill,level
pmp,project-management,proficient
welder,welding,
unknown-certificate,welding,familiar
"""


@pytest.fixture(scope="session")
def wide_taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    file: Path = tmp_path_factory.mktemp("taxonomy") / "wide.csv"
    file.write_text(WIDE_CSV, encoding="utf-8")
    return load_taxonomy(file)


@pytest.fixture(scope="session")
def certificates_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file: Path = tmp_path_factory.mktemp("certificates") / "implied.csv"
    file.write_text(IMPLIED_CSV, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def wide(wide_taxonomy: Taxonomy, certificates_file: Path) -> SkillExtractor:
    return SkillExtractor(wide_taxonomy, ExtractConfig(certificates=certificates_file))
