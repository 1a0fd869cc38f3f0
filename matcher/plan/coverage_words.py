"""The phrases of coverage texts, Chinese and English, and the ways to fill them.

Enters: parts of an answer. Leaves: phrases. Refuses: no other language than zh and en.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from matcher.domain.match import Evidence
from matcher.domain.skill import Proficiency
from matcher.errors import InvalidRequest

BULLET: Final = "\n  · "
MAX_ITEMS: Final = 12
"""Of one list in a text; the structured answer holds them all."""
Label = Callable[[str], str]

_LEVELS: Final[Mapping[str, Mapping[int, str]]] = {
    "zh": {0: "程度未说明", 1: "了解", 2: "熟悉", 3: "熟练", 4: "精通"},
    "en": {0: "level unstated", 1: "aware", 2: "familiar", 3: "proficient", 4: "expert"},
}
_PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "join": "；",
        "more": "……另有{n}项",
        "none": "—",
        "of_posting": "目标岗位：{title}，{n}项要求{left_out}",
        "of_cohort": "目标岗位群：{title}，{n_postings}个岗位，{n}项要求{left_out}",
        "of_occupation": "目标职业：{title}，{n}项要求{left_out}",
        "left_out": "（另有{n}项因提及的岗位过少而未计）",
        "all_postings": "全部岗位",
        "untitled": "（无标题）",
        "pool": "对照课程{n}门，其中{helpful}门讲到所求技能",
        "essential": "必备",
        "preferred": "优先",
        "soft": "软技能",
        "certificate": "证书",
        "group": "{group}：覆盖{coverage}（{n}项：覆盖{covered}，部分{partial}，未见{missing}）",
        "nothing_required": "目标未提出任何要求，覆盖率无定义",
        "exact": "最小课程组（覆盖可覆盖的{n}项）：{set}（{proof}）",
        "greedy": "贪心选法：{set}",
        "set": "{n}门，{hours}：{titles}",
        "hours": "{hours}学时",
        "hours_partly": "{hours}学时（另有{n}门未说明学时）",
        "proven": "已证明门数最少",
        "bound": "未及证明，至少{bound}门",
        "least_hours": "，且同门数中学时最少",
        "no_set": "没有课程完整覆盖任何一项要求",
        "covered": "已覆盖（{n}项）：",
        "partial": "部分覆盖（{n}项）：",
        "uncovered": "没有课程讲到（{n}项）：",
        "untaught": "有需求而未开设（{n}项，按需求权重）：",
        "apart": "软技能与证书中未见的（{n}项）：",
        "undemanded": "开设而无需求（{n}项）：",
        "overlaps": "多门课程重复讲授（{n}项）：",
        "prerequisites": "先修缺口（{n}项）：",
        "taught": "{skill}：{courses}",
        "row": "{skill}{why}：“{demand}” ← {course}“{supply}”",
        "lower_level": "（只讲到{level}）",
        "level_unstated": "（大纲未说明程度）",
        "related_skill": "（凭“{met_by}”，按{credit}计）",
        "leveled": "{label}（{level}）",
        "demanded": "{skill}（{importance}，{share}的岗位，权重{weight}）：“{demand}”",
        "programme": "专业“{title}”：{n}门课程，{hours}",
        "numbered": "方案{n}",
        "unnamed": "未命名",
        "band": "对接度：{band}（必备硬技能{required}项，{without}项没有任何依据，占{share}）",
        "high": "高",
        "medium": "中",
        "low": "低",
        "no_band": "对接度：无定义（目标没有必备的硬技能要求）",
        "undefined": "无定义",
        "not_taught": "{course} 要求先修{skill}，本专业没有课程讲授",
        "taught_in_part": "{course} 要求先修{skill}，本专业只部分讲授：{by}",
        "taught_later": "{course} 要求先修{skill}，而讲授它的课程不在其前：{by}",
        "not_recognised": "{course} 的先修要求“{text}”既不是本专业课程的名称，也未识别出技能",
        "title_later": "{course} 要求先修“{text}”，而该课程不在其前：{by}",
        "change": "{what}：{before} → {after}",
        "gained": "覆盖提高（{n}项）：",
        "gained_none": "没有一项要求的覆盖提高",
        "lost": "覆盖降低（{n}项）：",
        "postings": "必备覆盖达到{threshold}的岗位：{before} → {after}（共{n}个岗位，其中{undefined}个没有必备要求，不计）",
        "no_postings": "职业目标没有岗位，不计岗位变化",
        "newly": "新覆盖的岗位（{n}个）：",
        "no_longer": "不再覆盖的岗位（{n}个）：",
        "per_weight": "每单位覆盖权重用{hours}学时",
        "no_per_weight": "每单位覆盖权重的学时：无定义（有课程未说明学时，或未覆盖任何要求）",
        "only": "仅此专业讲授（{n}项，*为有需求）：",
        "shared": "各专业都讲授（{n}项，*为有需求）：",
        "leveled_course": "{course}（{level}）",
    },
    "en": {
        "join": "; ",
        "more": "… and {n} more",
        "none": "—",
        "of_posting": "Target posting: {title}, {n} requirements{left_out}",
        "of_cohort": "Target postings: {title}, {n_postings} of them, {n} requirements{left_out}",
        "of_occupation": "Target occupation: {title}, {n} requirements{left_out}",
        "left_out": " ({n} more that too few postings ask for are left out)",
        "all_postings": "all",
        "untitled": "(untitled)",
        "pool": "{n} courses were held against it, {helpful} of them teach something of it",
        "essential": "Essential",
        "preferred": "Preferred",
        "soft": "Soft skills",
        "certificate": "Certificates",
        "group": "{group}: {coverage} covered ({n}: {covered} covered, {partial} in part, {missing} not shown)",
        "nothing_required": "The target asks for nothing, so coverage is undefined",
        "exact": "Smallest set (covers the {n} that any course covers): {set} ({proof})",
        "greedy": "Greedy choice: {set}",
        "set": "{n} courses, {hours}: {titles}",
        "hours": "{hours} hours",
        "hours_partly": "{hours} hours ({n} courses state none)",
        "proven": "proven to be the fewest",
        "bound": "not proven in time, {bound} at the least",
        "least_hours": ", of the fewest the least hours",
        "no_set": "No course covers any requirement in full",
        "covered": "Covered ({n}):",
        "partial": "Covered in part ({n}):",
        "uncovered": "No course teaches ({n}): ",
        "untaught": "Demanded, not taught ({n}, by demand weight):",
        "apart": "Soft skills and certificates not shown ({n}): ",
        "undemanded": "Taught, not demanded ({n}): ",
        "overlaps": "Taught by several courses ({n}):",
        "prerequisites": "Missing prerequisites ({n}):",
        "taught": "{skill}: {courses}",
        "row": "{skill}{why}: “{demand}” ← {course} “{supply}”",
        "lower_level": " (taught to {level} only)",
        "level_unstated": " (the syllabus states no level)",
        "related_skill": " (through “{met_by}”, counted {credit})",
        "leveled": "{label} ({level})",
        "demanded": "{skill} ({importance}, {share} of the postings, weight {weight}): “{demand}”",
        "programme": "Programme “{title}”: {n} courses, {hours}",
        "numbered": "no. {n}",
        "unnamed": "unnamed",
        "band": "Alignment: {band} (of {required} essential hard skills {without} have no evidence, {share})",
        "high": "high",
        "medium": "medium",
        "low": "low",
        "no_band": "Alignment: undefined (the target asks for no essential hard skill)",
        "undefined": "undefined",
        "not_taught": "{course} presupposes {skill}, which no course of the programme teaches",
        "taught_in_part": "{course} presupposes {skill}, which is taught in part only: {by}",
        "taught_later": "{course} presupposes {skill}, which is taught no earlier: {by}",
        "not_recognised": "{course} presupposes “{text}”, the title of no course of the programme; no skill was found in it",
        "title_later": "{course} presupposes “{text}”, which comes no earlier: {by}",
        "change": "{what}: {before} → {after}",
        "gained": "Better covered ({n}):",
        "gained_none": "No requirement is better covered",
        "lost": "Less covered ({n}):",
        "postings": "Postings with essential coverage of at least {threshold}: {before} → {after} (of {n}; {undefined} ask for "
        "nothing essential and do not count)",
        "no_postings": "An occupation has no postings to cover",
        "newly": "Newly covered postings ({n}):",
        "no_longer": "Postings no longer covered ({n}):",
        "per_weight": "{hours} hours per unit of covered weight",
        "no_per_weight": "Hours per unit of covered weight: undefined (a course states none, or nothing is covered)",
        "only": "Taught here only ({n}, * demanded): ",
        "shared": "Taught by all ({n}, * demanded): ",
        "leveled_course": "{course} ({level})",
    },
}


class Words:
    """The phrases of one language, with labels of skills.

    Raises:
        InvalidRequest: `language` is neither zh nor en.
    """

    def __init__(self, label: Label, language: str) -> None:
        if language not in _PHRASES:
            raise InvalidRequest("explanations are rendered in zh or en", field="language", limit="zh, en")
        self._label = label
        self._phrases = _PHRASES[language]
        self._levels = _LEVELS[language]

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its blanks filled."""
        return self._phrases[phrase].format(**values)

    def listed(self, heading: str, items: Sequence[str], *, inline: bool = False) -> str:
        """A list under its heading, its first `MAX_ITEMS` items; "" for none."""
        if not items:
            return ""
        shown = list(items[:MAX_ITEMS])
        if len(items) > MAX_ITEMS:
            shown.append(self("more", n=len(items) - MAX_ITEMS))
        head = self(heading, n=len(items))
        return head + self.joined(shown) if inline else head + "".join(BULLET + item for item in shown)

    def joined(self, items: Iterable[str]) -> str:
        """Items in one line."""
        return self("join").join(items)

    def share(self, value: float | None) -> str:
        """A share as a percentage."""
        return self("undefined") if value is None else f"{value:.0%}"

    def hours(self, hours: float, n_unknown: int) -> str:
        """Hours, and how many courses state none."""
        return self("hours_partly" if n_unknown else "hours", hours=f"{hours:g}", n=n_unknown)

    def level(self, level: Proficiency | None) -> str:
        """Name of a level."""
        return self._levels[int(level or 0)]

    def skill(self, skill_id: str, level: Proficiency | None = None) -> str:
        """A skill, with the level asked where one is."""
        label = self._label(skill_id)
        return label if level is None else self("leveled", label=label, level=self.level(level))

    def course(self, name: str, level: Proficiency | None) -> str:
        """A course and the level to which it teaches."""
        return self("leveled_course", course=name, level=self.level(level))

    def quote(self, evidence: Sequence[Evidence]) -> str:
        """The first sentence of evidence, in one line."""
        return " ".join(evidence[0].sentence.split()) if evidence else self("none")


def text(*parts: str) -> str:
    """The parts that say something, one below the other."""
    return "\n".join(part for part in parts if part)
