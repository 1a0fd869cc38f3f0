"""Finds what must never count in a match: sex, age, birth, origin, marital and political status, photo, school rank.

Enters: a text and its shadow. Leaves: (category, start, end) for each find. Refuses nothing. All of it is searched in a
candidate; school rank in every kind. A posting's demands on such traits are found by demands.py. Words that merely look
alike stay: 3年经验, 60岁以上老人, 男装, 211 学时.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.domain.document import Kind
from matcher.ingest.contacts import Find
from matcher.ingest.gazetteer import place_named

_HEAD_CHARS: Final = 500
_BEFORE: Final = r"(?:^|(?<=[\s,;|/·、(:。*\[【-]))"
_AFTER: Final = r"(?=[\s,;|/·、)。.*\]】-]|$)"
_DATE: Final = (
    r"(?:(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}(?:\s?[月./-]\s?\d{1,2})?\s?[日月号]?|(?:19|20)\d{2}\s?年?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s[a-z]{3,9}\.?,?\s(?:19|20)\d{2}|[a-z]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19"
    r"|20)\d{2}|[a-z]{3,9}\.?\s(?:19|20)\d{2})"
)

_SEX_LABELLED: Final = re.compile(
    r"(?:性\s{0,4}别\s?[:|]?\s*|(?<![a-z])(?:gender|sex)\s?[:|]\s*)(男性?|女性?|male|female|man|woman|non-binary|[mf](?![a-z]))"
)
_SEX_ALONE: Final = re.compile(rf"{_BEFORE}(?:男性?|女性?|(?:male|female)(?![a-z])){_AFTER}")
_SEX_WITH_AGE: Final = re.compile(
    r"[男女]性?(?=[,，\s]{0,2}\d{2}\s?(?:周?岁|年生))|(?<=岁)[,\s]?[男女](?![\u4e00-\u9fff])"
    r"|(?<=出生)[,\s][男女](?![\u4e00-\u9fff])"
)
_AGE_LABELLED: Final = re.compile(r"(?:年\s{0,4}龄\s?[:|]?\s*|(?<![a-z])age\s?[:|]\s*)(\d{2}\s?(?:周?岁)?)(?!\d)")
_AGE_ALONE: Final = re.compile(
    rf"(?:{_BEFORE}|(?<=[男女])|(?<=今年)|(?<=现年)|(?<=本人))\s?(?:1[4-9]|[2-7]\d)\s?周?岁(?![儿幼]"
    rf"|以[上下])(?:{_AFTER}|(?=[男女的]))"
)
_AGE_EN: Final = re.compile(
    r"(?<![a-z])(?:aged\s\d{2}(?!\s?(?:and|or|to|-|\+|\d))|(?:1[6-9]|[2-7]\d)[\s-]years?[\s-]old(?!\s[a-z])"
    r"|(?:1[6-9]|[2-7]\d)\s?y/?o(?![a-z]))"
)
_NOT_PATIENT: Final = re.compile(
    r"(?:patients?|adults?|people|children|residents?|clients?|persons?|buildings?|those|women|men)\s$"
)
_BIRTH_LABELLED: Final = re.compile(
    rf"(?:出\s?生(?:年月日?|日期|时间|年份)?|生\s?日|生\s?辰|(?<![a-z])(?:date of birth|d\.?o\.?b\.?"
    rf"|birth\s?(?:date|day)|born(?:\son|\sin)?|year of birth))\s?[:|]?\s*({_DATE})"
)
_BIRTH_AFTER: Final = re.compile(
    r"(?<!\d)((?:19[4-9]\d|20[01]\d)\s?(?:年|[./-])?\s?(?:\d{1,2}\s?[月./-]?\s?)?(?:\d{1,2}\s?日)?)(?:出\s?生"
    r"|生(?:于|人)?(?=[\s,;|。)]|$))"
)
_GENERATION: Final = re.compile(rf"{_BEFORE}[6-9]0后|{_BEFORE}[089][05]后{_AFTER}")

_ZH_LABELS: Final = {
    "origin": r"籍\s{0,4}贯|祖籍|户\s?籍(?:所在地|地|性质|类型)?|户\s?口(?:所在地|地|性质|类型)?|出生地点?|生源地|家乡"
    r"|民\s{0,4}族|国\s{0,4}籍|宗教(?:信仰)?",
    "marital": r"婚姻(?:状况|情况|状态)?|婚\s?否|婚育(?:状况|情况)?|生育(?:状况|情况)",
    "political": r"政治(?:面貌|身份|状况)",
    "body": r"身\s{0,4}高|体\s{0,4}重|血\s?型|星\s?座|生肖|属相|健康(?:状况|情况)|视力",
}
_ZH_VALUE: Final = (
    r"([^\s,;|。/、:)(\]】█]{1,20}?)(?=[\s,;|。/、)(\]】█]|$|(?:民|籍|性别|年龄|婚|政治|户籍|户口(?![\s,;|。/、)(\]】█]|$)|身高|体重|电话|手机|邮箱"
    r"|学历|现居|毕业|专业|出生|健康|求职))"
)
_ZH_LABELLED: Final = tuple(
    (
        category,
        re.compile(
            rf"(?:{label})(?:\s?[:|]\s*|\s{{1,8}}|(?=[\u4e00-\u9fff]族)|(?<=籍贯|祖籍)|(?<=出生地|生源地))"
            rf"{_ZH_VALUE}"
        ),
    )
    for category, label in _ZH_LABELS.items()
)
_EN_LABELLED: Final = tuple(
    (category, re.compile(rf"(?<![a-z])(?:{label})\s?[:|]\s*([^\n,;|•·]{{1,40}})"))
    for category, label in {
        "origin": "native place|place of birth|birth ?place|hometown|home town|nationality|citizenship|ethnicity|ethnic"
        " group|race|hukou|household registration|religion|country of birth",
        "marital": "marital status|civil status|family status|children|dependents",
        "political": "political (?:status|affiliation|outlook)",
        "body": "height|weight|blood type|zodiac(?: sign)?",
    }.items()
)
_SIGNS: Final = {
    "origin": (
        "籍",
        "户",
        "民族",
        "民 族",
        "族",
        "出生地",
        "生源",
        "家乡",
        "宗教",
        "native",
        "birth",
        "home",
        "national",
        "citizen",
        "ethnic",
        "race",
        "hukou",
        "religion",
    ),
    "marital": ("婚", "育", "marital", "civil", "family", "children", "dependents"),
    "political": ("政治", "political"),
    "body": ("身", "体", "血", "星座", "生肖", "属相", "健康", "视力", "height", "weight", "blood", "zodiac"),
}
_LABELLED: Final = tuple((category, _SIGNS[category], pattern) for category, pattern in (*_ZH_LABELLED, *_EN_LABELLED))
_BORN_IN: Final = re.compile(
    r"(?<![A-Za-z])(?:[Bb]orn (?:and raised )?in|[Nn]ative of) ([A-Z][\w'-]+(?:,? [A-Z][\w'-]+){0,2})"
)
_MARITAL_ALONE: Final = re.compile(
    rf"{_BEFORE}(?:已婚已育|已婚未育|未婚未育|未婚|已婚|离异|离婚|丧偶|(?:single|married|divorced|widowed)(?![a-z])){_AFTER}"
)
_ETHNIC_ALONE: Final = re.compile(
    rf"{_BEFORE}(?:汉|回|满|蒙古?|壮|藏|维吾尔|苗|彝|土家|侗|瑶|白|傣|朝鲜|布依|哈萨克|黎|畲|哈尼|高山|羌|水|纳西"
    rf"|锡伯|仡佬)族{_AFTER}"
)
_NATIVE: Final = re.compile(rf"{_BEFORE}([\u4e00-\u9fff]{{2,4}}?)(本地)?人{_AFTER}")
_ROLES: Final = ("负责", "联系", "主持", "候选", "经办", "代理", "发言", "监护", "经纪", "合伙")
_PARTY_ALONE: Final = re.compile(rf"{_BEFORE}(?:中共(?:正式|预备)?党员|预备党员|党员|共青团员|团员){_AFTER}")
_PHOTO: Final = re.compile(
    r"data:image/[a-z+]{2,10};base64,[a-z0-9+/=]+|!\[[^\]\n]{0,60}\]\([^)\n]{1,300}\)|(?:照\s?片|证件照|免冠照"
    r"|头像|(?<![a-z])(?:photo(?:graph)?|headshot|picture))\s?[:]\s*(?:\S{1,80}\.(?:jpe?g|png|gif|webp)|附后"
    r"|见附件|attached)|[\[(](?:照片|证件照|photo)[\])]"
)

_RANK_NUMBER: Final = re.compile(
    r"(?:(?<![\da-z.#/-])|(?<=\D\d\.))(?:985|211)(?![\d.%a-z])|(?<=985/)211(?!\d)|(?<=211/)985(?!\d)"
)
_RANK_CONTEXT: Final = re.compile(
    r"工程|院校|高校|大学|本科|硕士|博士|研究生|重点|毕业|优先|双一流|学校|学历|学位|名校|海归"
    r"|[/、,和或及&]\s?(?:985|211|qs|双)|(?:985|211)\s?[/、,和或及&]|^\s?类|^[)】]"
)
_RANK_QUANTITY: Final = re.compile(
    r"\s?(?:个?学时|个?课时|小时|页|元|个|台|人|号|路|室|件|次|万|天|分|平|亩|吨|度|条|份|hours|credits|pages)"
)
_RANK_WORDS: Final = re.compile(
    r"双一流(?:建设)?|一流(?=院校|高校|大学|学科)|(?:国家|全国|国内|省)?重点(?=大学|院校|高校|本科)|(?:国内外"
    r"|国内|海外|国外|海内外|世界)?(?:知名|著名|顶尖|顶级|名牌|一流)(?:大学|院校|高校|学府)|(?:国内外|海内外"
    r"|国内|海外|国外|顶尖|知名)?名校(?![长的公课])"
    r"|(?<![a-z])c9(?=联盟|高校|院校|[/、])|一本(?=院校|及以上|以上|学历|大学|毕业|线)|二本(?=院校|及以上|以上"
    r"|学历|大学|毕业)|常春藤(?:盟校|联盟)?|藤校|清北(?=毕业|优先|硕|本|博|复)"
    r"|(?<![a-z])qs\s?(?:世界)?(?:大学)?(?:排名)?\s?(?:world university rankings?\s?)?(?:top|前|ranked|ranking"
    r"|world)?\s?\d{0,4}(?:\s?(?:以内|强|名))?(?=[^a-z0-9]|$)|世界(?:大学)?排名前?\s?\d{1,4}\s?(?:的|名|强"
    r"|以内)?(?=大学|院校|高校|[^\d])"
    r"|(?<![a-z])(?:ivy[\s-]league|russell group|oxbridge|(?:top|tier)[\s-](?:\d{1,3}|tier|ranked"
    r"|ranking)(?=\s(?:universit|school|college|institution))|(?:prestigious|elite|renowned)(?=\s(?:universit"
    r"|school|college)))"
)

_RANK_SIGNS: Final = (
    "一流",
    "重点",
    "知名",
    "著名",
    "顶",
    "名校",
    "名牌",
    "c9",
    "一本",
    "二本",
    "藤",
    "清北",
    "qs",
    "排名",
    "ivy",
    "russell g",
    "oxbridge",
    "top ",
    "top-",
    "tier",
    "prestigious",
    "elite",
    "renowned",
)


def find_traits(text: str, shadow: str, kind: Kind) -> Iterator[Find]:
    """Yield traits that may not count, in any order; finds may overlap.

    Args:
        text: the text (letter case matters for English birthplaces).
        shadow: `fold(text)`.
        kind: all traits in a candidate, school rank only in a posting or course.

    Yields:
        (category, start, end), category one of sex, age, birth, origin, marital, political, body, photo, school_rank.
    """
    if kind is not Kind.COURSE:
        yield from _school_rank(shadow)
    if kind is Kind.CANDIDATE:
        yield from _sex_and_age(shadow)
        yield from _birth(text, shadow)
        yield from _status(shadow)
        if (
            "data:image" in shadow
            or "照" in shadow
            or "photo" in shadow
            or "![" in shadow
            or "头像" in shadow
            or "picture" in shadow
            or "headshot" in shadow
        ):
            yield from _spans(_PHOTO, shadow, "photo")


def _school_rank(shadow: str) -> Iterator[Find]:
    if "985" in shadow or "211" in shadow:
        for match in _RANK_NUMBER.finditer(shadow):
            start, end = match.span()
            if _RANK_QUANTITY.match(shadow, end):
                continue
            around = shadow[max(0, start - 8) : start], shadow[end : end + 8]
            if (
                _RANK_CONTEXT.search(around[1])
                or _RANK_CONTEXT.search(around[0])
                or _RANK_CONTEXT.search(shadow[max(0, start - 5) : end + 5])
            ):
                yield "school_rank", start, end
    if any(sign in shadow for sign in _RANK_SIGNS):
        yield from _spans(_RANK_WORDS, shadow, "school_rank")


def _sex_and_age(shadow: str) -> Iterator[Find]:
    if "男" in shadow or "女" in shadow or "sex" in shadow or "gender" in shadow or "male" in shadow:
        yield from _spans(_SEX_LABELLED, shadow, "sex", group=1)
        yield from _spans(_SEX_ALONE, shadow, "sex", end=_HEAD_CHARS)
        yield from _spans(_SEX_WITH_AGE, shadow, "sex")
    if "岁" in shadow or "年龄" in shadow or "龄" in shadow or "age" in shadow:
        yield from _spans(_AGE_LABELLED, shadow, "age", group=1)
        yield from _spans(_AGE_ALONE, shadow, "age")
    if "old" in shadow or "age" in shadow or "yo" in shadow or "y/o" in shadow:
        for match in _AGE_EN.finditer(shadow):
            if not _NOT_PATIENT.search(shadow, max(0, match.start() - 12), match.start()):
                yield "age", *match.span()
    if "后" in shadow:
        yield from _spans(_GENERATION, shadow, "age", end=_HEAD_CHARS)


def _birth(text: str, shadow: str) -> Iterator[Find]:
    if "生" in shadow or "birth" in shadow or "born" in shadow or "dob" in shadow or "d.o.b" in shadow:
        yield from _spans(_BIRTH_LABELLED, shadow, "birth", group=1)
    if "生" in shadow:
        yield from _spans(_BIRTH_AFTER, shadow, "birth", group=1)
    if "orn" in shadow or "ative of" in shadow:
        yield from _spans(_BORN_IN, text, "origin", group=1)


def _status(shadow: str) -> Iterator[Find]:
    for category, signs, pattern in _LABELLED:
        if any(sign in shadow for sign in signs):
            yield from _spans(pattern, shadow, category, group=1)
    if (
        "婚" in shadow
        or "single" in shadow
        or "married" in shadow
        or "离异" in shadow
        or "divorced" in shadow
        or "丧偶" in shadow
    ):
        yield from _spans(_MARITAL_ALONE, shadow, "marital", end=_HEAD_CHARS)
    if "人" in shadow:
        for match in _NATIVE.finditer(shadow, 0, _HEAD_CHARS):
            if match[2] or _is_place(match[1]):
                yield "origin", *match.span()
    if "族" in shadow:
        yield from _spans(_ETHNIC_ALONE, shadow, "origin", end=_HEAD_CHARS)
    if "员" in shadow:
        yield from _spans(_PARTY_ALONE, shadow, "political")


def _is_place(name: str) -> bool:
    """Whether a word is a place we know, or begins with one as in 湖南湘潭 and 河南省周口市."""
    bare = name.removesuffix("省").removesuffix("市")
    if place_named(bare):
        return True
    # 上海负责人 says what someone does there, not where they are from
    return not bare.endswith(_ROLES) and any(len(bare) > n + 1 and place_named(bare[:n]) for n in (2, 3))


def _spans(
    pattern: re.Pattern[str], shadow: str, category: str, *, group: int = 0, end: int | None = None
) -> Iterator[Find]:
    for match in pattern.finditer(shadow) if end is None else pattern.finditer(shadow, 0, end):
        yield category, match.start(group), match.end(group)
