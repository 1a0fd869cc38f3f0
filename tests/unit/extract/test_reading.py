from __future__ import annotations

import pytest

from matcher.domain.skill import Importance, Proficiency
from matcher.extract import SkillExtractor

E, P, S, N = Importance.ESSENTIAL, Importance.PREFERRED, Importance.STATED, Importance.NEGATED
AWARE, FAMILIAR, PROFICIENT, EXPERT = Proficiency


def importance(extractor: SkillExtractor, text: str) -> dict[str, Importance]:
    return {mention.skill_id: mention.importance for mention in extractor.extract_text(text)}


def level(extractor: SkillExtractor, text: str) -> dict[str, Proficiency | None]:
    return {mention.skill_id: mention.level for mention in extractor.extract_text(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有 Docker、Kubernetes 经验者优先", {"docker": P, "kubernetes": P}),
        ("有Docker，Kubernetes，Terraform经验者优先", {"docker": P, "kubernetes": P, "terraform": P}),
        ("熟悉Java，有Docker经验者优先", {"java": E, "docker": P}),
        ("必须会Java，最好熟悉Docker", {"java": E, "docker": P}),
        ("Java必备；Docker加分", {"java": E, "docker": P}),
        ("要求熟悉Java、Python", {"java": E, "python": E}),
        ("按客户要求部署Docker", {"docker": S}),
        ("做大数据需求分析", {"big-data": S}),
        ("不要求Java、Python经验", {"java": N, "python": N}),
        ("无需Docker经验，要求会Java", {"docker": N, "java": E}),
        ("Docker不作要求", {"docker": N}),
        ("不仅要求Java，更要求Python", {"java": E, "python": E}),
        ("没有Java经验者勿投", {"java": E}),
        ("没有Docker经验也可以，有经验者优先", {"docker": P}),
        ("加分项：Docker、Python", {"docker": P, "python": P}),
        ("Python required; Go is a plus", {"python": E, "go": P}),
        ("Python is required and Go is a plus", {"python": E, "go": P}),
        ("Familiarity with Docker, Kubernetes and Terraform is a plus", {"docker": P, "kubernetes": P, "terraform": P}),
        ("Proficient in Python, Docker a plus", {"python": E, "docker": P}),
        ("Must have Python, Java and Docker", {"python": E, "java": E, "docker": E}),
        ("Nice to have: Docker, Kubernetes", {"docker": P, "kubernetes": P}),
        ("Ideally Docker or Terraform", {"docker": P, "terraform": P}),
        ("No Java or Python experience required", {"java": N, "python": N}),
        ("Docker is not required but preferred", {"docker": P}),
        ("Java is not necessary", {"java": N}),
        ("without prior experience with Docker", {"docker": N}),
        ("No Docker, but Java", {"docker": N, "java": S}),
        ("I have never used Docker; I write Python", {"docker": N, "python": S}),
        ("没有 Java 经验，会Python", {"java": N, "python": E}),
        ("会Python，不会Docker", {"python": E, "docker": N}),
        ("Docker没接触过", {"docker": N}),
        ("Java、Python经验不限，Docker必备", {"java": N, "python": N, "docker": E}),
        ("对Docker没有硬性要求", {"docker": N}),
        ("非必需：Docker", {"docker": N}),
        ("Docker（可选）", {"docker": P}),
        ("Docker（可选修）", {"docker": S}),
        ("Java，Docker非必备", {"java": S, "docker": N}),
        ("No prior Docker, Kubernetes or Terraform knowledge needed", {"docker": N, "kubernetes": N, "terraform": N}),
        ("Docker, Kubernetes and Terraform are not required", {"docker": N, "kubernetes": N, "terraform": N}),
        ("Java, Python (Docker preferred)", {"java": E, "python": E, "docker": P}),
        ("Java (not Docker) and Python required", {"java": E, "docker": E, "python": E}),
        ("负责Docker部署，按需写Java", {"docker": S, "java": S}),
        ("能用Docker部署，Kubernetes优先", {"docker": E, "kubernetes": P}),
        ("Two years in Java or Python, Docker a bonus", {"java": E, "python": E, "docker": P}),
        ("Java 8、微服务优先；无需 Docker 经验", {"java": P, "micro": P, "docker": N}),
    ],
)  # fmt: skip
def test_importance_follows_the_cue_of_the_clause(
    extractor: SkillExtractor, text: str, expected: dict[str, Importance]
) -> None:
    assert importance(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("精通Java，熟悉Python、Docker，了解Go语言", {"java": EXPERT, "python": FAMILIAR, "docker": FAMILIAR, "go": AWARE}),
        ("熟练掌握Java，Python", {"java": PROFICIENT, "python": PROFICIENT}),
        ("熟悉Java并有Docker经验", {"java": FAMILIAR, "docker": None}),
        ("Java（精通）、Python（熟悉）、Docker（了解）", {"java": EXPERT, "python": FAMILIAR, "docker": AWARE}),
        ("Java熟练，Python", {"java": PROFICIENT, "python": None}),
        ("Java高级，Python中级，Docker初级", {"java": PROFICIENT, "python": FAMILIAR, "docker": AWARE}),
        ("对Java、Python有一定了解", {"java": AWARE, "python": AWARE}),
        ("会用Docker，good Java, native Python", {"docker": None, "java": None, "python": None}),
        ("Expert in Java; basic Python", {"java": EXPERT, "python": AWARE}),
        ("solid Java and working knowledge of Docker", {"java": PROFICIENT, "docker": FAMILIAR}),
        ("Familiar with Docker, Kubernetes and Terraform", {"docker": FAMILIAR, "kubernetes": FAMILIAR, "terraform": FAMILIAR}),
        ("Python (expert), Excel: intermediate", {"python": EXPERT, "excel": FAMILIAR}),
        ("experience in deep learning and Python", {"dl": None, "python": None}),
        ("不熟悉Docker", {"docker": None}),
        ("高级Excel技能，中级Java，初级Python", {"excel": PROFICIENT, "java": FAMILIAR, "python": AWARE}),
        ("高级Java工程师、《高级Python》", {"java": None, "python": None}),
        ("扎实的Java基础，Python基础", {"java": PROFICIENT, "python": AWARE}),
        ("Java 8（精通）、Python 3.x：熟悉", {"java": EXPERT, "python": FAMILIAR}),
        ("擅长Java，通晓Python，熟知Docker", {"java": None, "python": PROFICIENT, "docker": FAMILIAR}),
        ("well-versed in Java, hands-on with Docker", {"java": PROFICIENT, "docker": PROFICIENT}),
        ("Python: novice; conversant with Java", {"python": AWARE, "java": FAMILIAR}),
        ("Java、Python、Docker熟练，Go", {"java": PROFICIENT, "python": PROFICIENT, "docker": PROFICIENT, "go": None}),
        ("Java, Python 3 – expert; Docker, Go – basic", {"java": EXPERT, "python": EXPERT, "docker": AWARE, "go": AWARE}),
        ("Working knowledge of Java, frobnication and Docker", {"java": FAMILIAR, "docker": FAMILIAR}),
        ("basic knowledge of Java, solid knowledge of Docker", {"java": AWARE, "docker": PROFICIENT}),
        ("深入理解Java，懂一点Docker", {"java": EXPERT, "docker": AWARE}),
        ("熟练掌握Java、Python，了解Go", {"java": PROFICIENT, "python": PROFICIENT, "go": AWARE}),
    ],
)  # fmt: skip
def test_level_reaches_along_the_list_and_no_further(
    extractor: SkillExtractor, text: str, expected: dict[str, Proficiency | None]
) -> None:
    assert level(extractor, text) == expected


def test_headings_in_running_text_hold_until_the_next_one(extractor: SkillExtractor) -> None:
    text = "岗位职责:1、用Python做报表;2、维护Docker。任职要求:1、熟悉Java;2、C++11、Go语言;优先:会Kubernetes；"
    text += "会Terraform\n水质检测"
    assert importance(extractor, text) == {
        "python": S, "docker": S, "java": E, "cpp": E, "go": E, "kubernetes": P, "terraform": P, "water": E,
    }  # fmt: skip


def test_numbers_in_names_start_no_new_sentence(extractor: SkillExtractor) -> None:
    assert importance(extractor, "有Python 3.5、C++11、Docker经验者优先") == {"python": P, "cpp": P, "docker": P}
