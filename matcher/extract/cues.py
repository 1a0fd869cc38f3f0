"""Cue words: what says that a skill is demanded, wished for or denied, and how well it is mastered.

Enters nothing; leaves compiled patterns over aligned folded text (lower case, half width, simplified). Each importance cue
is told apart by its side: before the skill ("must have X", "无需X") or after it ("X优先", "X is a plus").

Chinese and English halves are apart, and each Chinese alternative opens with a literal character: the regular expression
engine then skips to it instead of trying every alternative at every place (measured: a third of the extraction time).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matcher.domain.skill import Importance, Proficiency

# Stands for each character of a skill's name while cues are looked for, so that a cue word inside a name says nothing. ASCII,
# so that a sentence of Latin names only is still seen to be without Chinese.
MASK: Final = "\x1a"
_HAS_ENGLISH: Final = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Script:
    """Which halves of the cues a sentence can hold."""

    chinese: bool
    english: bool


def script_of(masked: str) -> Script:
    """Script of a sentence in which the skills are overwritten."""
    return Script(not masked.isascii(), bool(_HAS_ENGLISH.search(masked)))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in both languages."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]

    def starts(self, masked: str, script: Script) -> Iterator[int]:
        """Where the cue stands; Chinese places first."""
        if script.chinese:
            for match in self.chinese.finditer(masked):
                yield match.start()
        if script.english:
            for match in self.english.finditer(masked):
                yield match.start()


def _cue(chinese: str, english: str) -> Cue:
    return Cue(re.compile(chinese), re.compile(rf"\b(?:{english})"))


# Cheap gate before the long patterns: no denial is without one of these.
MAY_DENY: Final = re.compile(r"[不没未无毋尚从缺欠零非]|\bno|n't|never|\black|\bwithout|\bunfam")
# "没有X经验者勿投" denies twice, so it demands.
DOUBLE_NEGATION: Final = re.compile(r"勿扰|勿投|勿试|免谈|不予考虑|请绕行|need not apply|will not be considered")
_NOTHING_OF: Final = r"(?: (?:with|in|of|using))?"
NEGATION_BEFORE: Final = _cue(
    r"不要求|不强制|不需|无需|无须|毋须|不必|不用(?!于)|不限于?(?=.{0,4}经验)|不会(?!因|影响|再)|不懂|不了解|不熟悉|不涉及|不包[括含]|不含"
    r"|没有(?!.{0,6}(?:限制|上限))|没(?=[用做学]过|接触过)|未(?:接触|使用|学习|学|用|做|从事)过|从未|尚未(?:接触|掌握|学习|使用)"
    r"|缺乏|缺少|欠缺|非必[须需备]|无(?=[^,。;]{0,16}(?:经验|基础|背景))",
    r"no (?:\w+ ){0,2}?(?:experience|knowledge|background|skills?|understanding|familiarity)"
    + _NOTHING_OF
    + r"|no(?= [^,.;]{1,40}?(?:experience|knowledge|background|skills?|degree|certificat\w+|prerequisites?)\b)"
    r"|without (?:any |prior |previous |much )?(?:experience|knowledge|background)"
    + _NOTHING_OF
    + rf"|(?:no|without)(?: prior| previous| specific| special| any)?(?= {MASK})"
    + r"|(?:do not|does not|did not|don't|doesn't|didn't) (?:require|need|assume|expect|presuppose|cover|include|know|use)\b"
    r"|(?:have|has|had) (?:not|never) (?:yet )?(?:used|worked with|learned|learnt|touched|done|studied|programmed in)\b"
    r"|(?:haven't|hasn't) (?:yet )?(?:used|worked with|learned|done|studied)\b"
    r"|never (?:used|worked with|learned|touched|done|studied|programmed in|written)\b"
    r"|not (?:yet )?(?:familiar with|experienced (?:in|with)|proficient (?:in|with)|looking for)\b"
    r"|lack(?:s|ing)?(?: of)?\b|no need (?:for|to)\b|unfamiliar with\b",
)
NEGATION_AFTER: Final = _cue(
    r"不作要求|不做要求|不要求|无要求|不作硬性要求|没有?(?:硬性|强制|特别)?要求|非必要|不是必[须需]|非必[须需备]|不必须|不限|经验不足|零基础"
    r"|没接触过|没[用做学]过|未接触过|不会(?=$|[,。;、)])|不熟",
    r"(?:(?:is|are|be) )?(?:not|never) (?:strictly |absolutely |a )?"
    r"(?:required|necessary|needed|essential|mandatory|assumed|expected|requirement|covered)\b"
    r"|(?:isn't|aren't) (?:required|necessary|needed|covered)",
)
PREFERRED_AFTER: Final = _cue(
    r"优先|加分|更佳|尤佳|为佳|最佳|者佳|更好|最好|择优|可选(?![修课择])|\((?:建议|推荐)",
    r"(?:preferred|preferable|preferably|desirable|desired|advantageous|beneficial|welcomed?|optional|favou?red|appreciated)\b"
    r"|(?:helpful|recommended)\b"
    r"|(?:a|an) (?:\w+ )?(?:plus|bonus|advantage|asset)\b|nice[ -]to[ -]haves?\b|good[ -]to[ -]have\b"
    r"|pluses\b|plus(?=\s*[.)]?\s*$)",
)
PREFERRED_BEFORE: Final = _cue(
    r"最好|优先考虑|优先录用|加分|若有|如有(?!需)|如果有|如能|建议(?:先|具|有|掌握|学|修)|推荐先",
    r"ideally\b|preferably\b|bonus(?: points)?(?: for| if|:)|nice[ -]to[ -]haves?\b|good[ -]to[ -]have\b"
    r"|preferred(?: skills| qualifications| experience)?:|desirable:|preference (?:will be |is )?(?:given )?(?:to|for)\b"
    r"|advantage (?:if|for)\b|(?:plus|bonus|desirable|preferred) if\b|optional(?:ly)?:|recommended\b"
    r"|we(?:'d| would) (?:love|like) (?:it )?if\b|extra credit\b",
)
ESSENTIAL_AFTER: Final = _cue(
    r"必须|(?<!非)必备|是必要", r"(?:must|required|essential|mandatory|needed|necessary|compulsory|must-have)\b"
)
ESSENTIAL_BEFORE: Final = _cue(
    r"必须|必备|务必|须(?!知)|需(?<![按无所毋]需)要?(?!求|方)|要求(?=[:有会能熟懂\x1a]|\s\x1a|掌握|精通|了解|具[有备]|至少)",
    r"must(?:[ -]haves?)?\b|require[sd]?:?\b|requiring\b|mandatory\b|essential(?: skills?| requirements?| criteria)?:|needs?\b"
    r"|you have\b|we expect\b"
    r"|should (?:have|know|be)\b",
)
STRONG_ESSENTIAL: Final = _cue(r"必须|必备|务必", r"must\b|mandatory\b|(?:is|are) required\b")
IMPORTANCE_AFTER: Final = ((PREFERRED_AFTER, Importance.PREFERRED), (ESSENTIAL_AFTER, Importance.ESSENTIAL))
IMPORTANCE_BEFORE: Final = ((PREFERRED_BEFORE, Importance.PREFERRED), (ESSENTIAL_BEFORE, Importance.ESSENTIAL))
# "计算机、软件工程等相关专业", "a degree in mechatronics or automation": fields of study, of which any one will do.
STUDY_AFTER: Final = re.compile(
    r"(?:技术|应用|工程|类|方向|、|/|,|或|及|和|与|[一-鿿]|\x1a){0,40}?(?:等|类|相关|相近|对口|本)?专业"
    r"(?!知识|技能|能力|技术|素养|课|性|基础|英语|水平|认证)"
)
NO_STUDY: Final = re.compile(r"经验|能力|熟|掌握|了解|精通|具有|具备|使用|会")
_DEGREES: Final = r"\b(?:degrees?|bachelor'?s?|master'?s?|diploma|bsc|msc|ph\.?d|major(?:ed|ing)?|graduate[sd]?)\b"
DEGREE: Final = re.compile(_DEGREES)
STUDY_BEFORE: Final = re.compile(
    _DEGREES + r"[^.;:]{0,25}?\b(?:in|of)\b"
    r"(?:(?!\b(?:with|experience|knowledge|skills?|plus|ability|proficien\w+|strong|solid)\b)[^.;:]){0,80}$"
)
# What a candidate wants to do or learn is no evidence of mastery.
AIM: Final = re.compile(
    r"求职意向|意向岗位|应聘岗位|求职[::]|期望(?:岗位|职位)|想(?:转行|学|做|从事|系统)|希望(?:从事|转|学)|有意转|正在学|计划学"
    r"|\bseeking\b|\blooking for\b|\baspiring\b|\bwant(?:s|ing)? to (?:learn|move|become|work)\b|\bwould like to\b|\bhope to\b"
    r"|\binterested in (?:learning|moving|becoming)\b|\beager to learn\b|\bmoving into\b"
    r"|\bobjective:|\btarget (?:role|position)"
)
# Whom a course is for: study programmes, which are no skills of its own.
AUDIENCE: Final = re.compile(r"(?:面向|适用|所属|招生|开设)专业\s*[:：]|授课对象\s*[:：]|适用对象\s*[:：]")
PREREQUISITE: Final = re.compile(
    r"先修(?:课程?|要求|知识|条件)?\s*[::]|前置课程?\s*[::]|前导课程?\s*[::]|\b(?:pre|co)?requisites?\b|\bprior knowledge\b"
)
BENEFIT: Final = re.compile(
    r"五险一金|六险一金|带薪|年终奖|团建|下午茶|节日福利|公司提供|我们提供|提供[^,。;]{0,8}(?:培训|食宿|住宿|学习机会)|免费|补贴|津贴"
    r"|we offer|we provide|benefits include|paid (?:leave|holiday|training)|free (?:training|lunch|meals|courses)"
)

# Which word is which level: eval/gold/skills/README.md. 会, 能, 擅长, 良好, "good", "competent" and "native" are none.
_CHINESE_LEVELS: Final[dict[Proficiency, tuple[str, ...]]] = {
    Proficiency.EXPERT: (
        "精通", "专家级", "深入理解", "深入了解", "深入掌握", "深入研究", "深入熟悉", "深刻理解", "深入",
    ),
    Proficiency.PROFICIENT: (
        "熟练", "熟练掌握", "熟练的掌握", "熟练地掌握", "熟练并掌握", "熟练会使用", "扎实", "扎实掌握", "扎实的掌握",
        "娴熟", "纯熟", "谙熟", "通晓", "得心应手", "牢固掌握", "全面掌握", "深厚", "流利",
    ),
    Proficiency.FAMILIAR: ("熟悉", "熟知", "熟识", "掌握"),
    Proficiency.AWARE: (
        "初步了解", "一定了解", "一定的了解", "基本了解", "有所了解", "了解", "初步掌握", "基本掌握", "略懂", "接触过", "知晓",
        "懂一点", "懂一些", "会一点", "会一些", "初学",
    ),
}  # fmt: skip
_BASICS: Final = re.compile(r"\s?(?:基础|basics?|fundamentals)")
_LEVEL_BY_CHINESE: Final = {word: level for level, words in _CHINESE_LEVELS.items() for word in words}
_CHINESE_LEVEL: Final = re.compile("|".join(sorted(_LEVEL_BY_CHINESE, key=lambda word: (-len(word), word))))
# "basic knowledge of" is one cue, not two.
_OF_KNOWLEDGE: Final = r"(?: (?:\w+ )?(?:knowledge|understanding|grasp|command) of)?"
_ENGLISH_LEVEL: Final = re.compile(
    r"\b(?:(?P<l3>(?:proficien(?:t|cy)|solid|strong|advanced|fluent|fluency|very good|excellent|skilled|extensive|thorough|hands-on"
    rf"|well[- ]versed|adept){_OF_KNOWLEDGE})"
    r"|(?P<l1>(?:basics?|foundational|awareness|aware of|exposure|some idea|some knowledge|a little|beginner|novice"
    rf"|rudimentary|entry[ -]level|elementary|introductory){_OF_KNOWLEDGE})"
    rf"|(?P<l4>(?:expert(?:ise)?|mastery|in-depth|deep(?! learning| neural| reinforcement)){_OF_KNOWLEDGE})"
    r"|(?P<l2>familiar(?:ity)?|working knowledge|intermediate|practical knowledge|knowledge of|conversational|conversant))\b"
)
# Right behind the skill and closed off: "Python(精通)", "Excel: intermediate", "Java 熟练,"; here 初级/中级/高级 count too.
LEVEL_RIGHT_BEHIND: Final = re.compile(
    r"[\s():\-–—]{0,3}(?:(?P<b4>精通|专家级?|expert)"
    r"|(?P<b3>熟练(?:掌握|使用)?|高级|advanced|proficient|fluent|流利|扎实)"
    r"|(?P<b2>熟悉|掌握|中级|intermediate|familiar|working knowledge)"
    r"|(?P<b1>了解|入门|初学|初级|基础|beginner|basics?|elementary))"
    r"(?: level|水平|程度)?(?=\s*(?:[)\],、;。/|\n.]|$))"
)
# In a lone sentence: what speaks of what somebody can or should do, and what opens a duty instead.
QUALIFICATION: Final = re.compile(
    r"熟|掌握|精通|了解|具备|具有|经验|能力|持|证|会(?![计议展员场])|能(?![源耗量效])|懂|优先|加分|要求"
    r"|必须|须|需要|通过[^,。;]{0,14}考试|扎实|流利|擅长|至少"
    r"|\b(?:experience|knowledge|proficien|familiar|skill|abilit|able to|must|requir|essential|prefer|plus\b|bonus|certif"
    r"|licen[cs]e|qualif|degree|years?\b|solid|strong|hands-on|understanding|grounding|knows\b|competent|fluent|advanced|minimum|should"
    r"|comfortable|confident|chartered|you (?:have|are|live)|needed|wanted|expected)"
)
DUTY: Final = re.compile(
    r"\s*(?:[\d.、()·-]*\s*)(?:负责|按|根据|参与|协助|组织|编写|制定|完成|配合|跟进|主导|承担"
    r"|responsible for\b|you will\b|you'll\b|we (?:build|use|run)\b"
    r"|the (?:team|company|project|system)\b)"
)


def levels_in(masked: str, script: Script) -> list[tuple[int, Proficiency]]:
    """Level cues of a sentence as (place, level), ascending by place."""
    found = []
    if script.chinese:
        found = [(match.start(), _LEVEL_BY_CHINESE[match[0]]) for match in _CHINESE_LEVEL.finditer(masked)]
    if script.english:
        found += [(match.start(), _named_level(match)) for match in _ENGLISH_LEVEL.finditer(masked)]
        found.sort()
    return found


# "高级Excel技能" is a level, "高级Java工程师" and "高级工" are posts and grades.
_RIGHT_BEFORE: Final = {"初级": Proficiency.AWARE, "中级": Proficiency.FAMILIAR, "高级": Proficiency.PROFICIENT}
_POST_BEHIND: Final = re.compile(
    r"\s?(?:开发|研发|测试|应用|架构|算法|运维|实施|软件|技术|后端|前端)*(?:工程|程序员|专员|经理|主管|讲师|教师|技师|架构师|顾问|专家"
    r"|分析师|[师员工岗证]|职称|课程|班)"
)


def level_right_before(masked: str, start: int, end: int) -> Proficiency | None:
    """Level that stands straight before a skill at `[start, end)`, unless the words name a post."""
    level = _RIGHT_BEFORE.get(masked[max(0, start - 2) : start])
    if masked[max(0, start - 3) : start - 2] == "《":  # the name of a textbook or an exam
        return None
    return None if level is None or _POST_BEHIND.match(masked, end) else level


def is_basics(masked: str, position: int) -> bool:
    """Whether 基础 or "basics" follows, which says less than a level before the skill: "扎实的Java基础"."""
    return bool(_BASICS.match(masked, position))


def level_right_behind(masked: str, position: int) -> Proficiency | None:
    """Level that stands closed off right behind a skill ending at `position`."""
    match = LEVEL_RIGHT_BEHIND.match(masked, position)
    return _named_level(match) if match else None


def _named_level(match: re.Match[str]) -> Proficiency:
    return Proficiency(int((match.lastgroup or "l1")[1:]))
