"""Finds a posting's demands on traits that may not count: sex, age, looks, household registration, marital status.

Enters: the shadow of a posting's text. Leaves: (category, start, end) for each demand, categories `demand_…`. Refuses
nothing. The whole demand is cut, so that no later stage reads it as a requirement; the reader is warned. "男女不限",
people who are served (8-12岁学员, 老人), company image (企业形象) and benefits (解决北京户口) stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.ingest.contacts import Find

_BEFORE: Final = r"(?:^|(?<=[\s,;|/、(:。.)】]))"
_AFTER: Final = r"(?=[\s,;|/、)。]|$)"
_SEX: Final = re.compile(
    r"(?:仅限?|只限?|限|只招|要求|须|需|招)(?:收|招|为|聘)?[男女](?:性|生|士)?(?![女装鞋科厕子款包孩童婴])"
    r"|[男女](?:性|生|士)?(?:者)?\s?(?:优先|为佳|为宜|尤佳)(?:考虑|录用)?"
    r"|性\s?别\s?(?:要求)?\s?[:为]?\s?(?:限)?[男女](?:性|生|士)?(?![女性生士\s]{0,2}[不均皆都、/])"
    rf"|{_BEFORE}[男女](?:性|生|士)?{_AFTER}(?![、/,\s]{{0,2}}[男女装])"
    r"|(?<![a-z])(?:(?:fe)?males?|(?:wo)?men|ladies|gentlemen)\s(?:candidates?\s|applicants?\s|staff\s)?(?:only"
    r"|preferred)(?![a-z])|preference\s(?:is\s|will be\s)?(?:given\s)?(?:to"
    r"|for)\s(?:fe)?males?(?:\s(?:candidates|applicants))?|(?<![a-z])(?:gender"
    r"|sex)\s?:\s?(?:fe)?male(?:\s(?:only|preferred))?"
)
_SEX_PAIR: Final = re.compile(r"(?<=[男女])[、/,]?[男女]|[男女](?=[、/,][男女])")
_AGE_NUMBER: Final = r"(?:1[6-9]|[2-6]\d)"
_AGE: Final = re.compile(
    rf"(?:年\s?龄\s?(?:要求|限制|范围)?\s?(?:在|为|介于|需|须)?\s?[:：]?\s?)?(?:(?<![\d.])"
    rf"|(?<=\D\d[.、]))(?:不超过|最高|最大|小于|大于|满|年满|不大于|低于|≤|≥|<"
    rf"|>)?\s?{_AGE_NUMBER}\s?(?:周?岁)?\s?(?:-{{1,2}}|~|至|到)\s?{_AGE_NUMBER}\s?周?岁(?:\(含\))?(?:之间|左右"
    rf"|以[内下上]|为宜)?"
    rf"|(?:年\s?龄\s?(?:要求|限制)?\s?(?:在|为|需|须)?\s?[:：]?\s?)?(?<![\d.-])(?:不超过|小于|不大于|低于|≤|<"
    rf"|年满|满)?\s?{_AGE_NUMBER}\s?周?岁(?:\(含\)|\(含{_AGE_NUMBER}周?岁\))?(?:及|或|\(含\))?(?:以[下内上]|左右"
    rf"|之间)(?:者)?(?:优先)?"
    rf"|(?:年\s?龄\s?(?:要求|限制)?\s?(?:在|为|需|须)?\s?[:：]?\s?)(?:不超过|小于|不大于|低于|≤|<|年满"
    rf"|满)?\s?{_AGE_NUMBER}(?:\s?(?:-{{1,2}}|~|至|到)\s?{_AGE_NUMBER})?\s?(?:周?岁)?(?:以[下内上]|左右"
    rf"|之间)?(?!\d|年)"
    rf"|(?:不超过|年满|未满|最高|最大)\s?{_AGE_NUMBER}\s?周?岁|[6789][05]后(?:者)?优先"
    rf"|(?<![a-z])(?:(?:under|below|over|above)\s(?:the age of\s)?{_AGE_NUMBER}(?:\syears?(?:\sold|\sof age))"
    rf"|(?:under|below|over)\sthe age of\s{_AGE_NUMBER}|aged?\s?(?:between\s|:\s?)?{_AGE_NUMBER}\s?(?:-|to"
    rf"|and)\s?{_AGE_NUMBER}(?:\s(?:only|preferred))?|{_AGE_NUMBER}\s?-\s?{_AGE_NUMBER}\syears\s(?:old|of age)"
    rf"|age limit\s?:?\s?{_AGE_NUMBER}|(?:maximum|max\.?)\sage\s?:?\s?{_AGE_NUMBER})"
)
_SERVED_AFTER: Final = re.compile(
    r"\s?(?:的|年龄段)?\s?(?:学员|儿童|孩|学生|少儿|青少年|幼儿|用户|人群|老人|老年|老者|患者|居民|群体|会员"
    r"|宝宝|长者|病人|市民|消费者|客户|and over|patients)"
)
_SERVED_BEFORE: Final = re.compile(
    r"(?:面向|针对|服务|照护|护理|patients?|adults?|people|children|residents|clients|learners|students|persons)\s?$"
)
_LOOKS: Final = re.compile(
    r"(?<!企业)(?<!公司)(?<!品牌)(?<!产品)(?<!单位)(?<!酒店)(?<!职业)(?<!城市)(?:个人)?(?:仪表|外貌|外形|外在"
    r"|形象|长相|五官|气质|身材|容貌|相貌)(?:[、,和与及]?(?:形象|气质|外形|五官|身材|谈吐"
    r"|礼仪))*(?:条件)?(?:比?较好|良好|俱佳|均佳|极佳|较佳|佳|好|端正|端庄|出众|姣好|优秀|优雅|大方|得体"
    r"|清新)(?:[、,和与]?(?:气质|形象|端庄|大方|得体|身材)(?:俱佳|较?好|良好|佳|大方|得体"
    r"|优雅)?)*(?:者)?(?:优先)?"
    r"|(?:良好|较好|优雅|端庄)的(?:个人|外在)?(?:形象|气质)(?![设与])(?:[与和、]气质)?"
    r"|身高\s?(?:要求)?\s?[:]?\s?(?:不低于|在)?\s?[男女]?\s?[12][.]?\d{1,2}\s?(?:cm|厘米|公分|米"
    r"|m)?(?:\s?[-~]\s?[12][.]?\d{1,2}\s?(?:cm|厘米|公分|米|m)?)?(?:以上|及以上|左右)?"
    r"|(?<![a-z])(?:good[\s-]looking|(?:attractive|pleasant|good|smart)\s(?:personal\s)?appearance|pleasing"
    r" personality and looks|height\s?:?\s?(?:above|over|at least)?\s?1\d{2}\s?cm(?:\sor above)?)"
)
_PLACE: Final = r"[^\W\d_a-z\s]{1,4}?"
_HOUSEHOLD: Final = re.compile(
    rf"(?:仅限?|限|只限|要求|须|需|必须)(?:为|是|具有|具备|有)?{_PLACE}(?:户籍|户口)(?:人员|者)?(?:优先)?"
    rf"|{_BEFORE}(?:具有|具备|有)?{_PLACE}(?:户籍|户口|生源)(?:人员|人士|者)?\s?(?:优先|为佳)(?:考虑|录用)?"
    rf"|(?:本地|本市|本省|当地|[京沪])(?:人士?|籍|户籍|户口|生源)(?:人员|者)?\s?(?:优先|为佳)(?:考虑)?|(?:户籍"
    rf"|户口)(?:要求)?\s?:\s?(?!不限)[^\W\d_a-z\s]{{1,8}}"
    r"|(?<![a-z])local (?:hukou|household registration|residents?)(?:\s(?:is\s)?(?:only|preferred|required))"
    r"|(?:hukou|household registration)\s(?:is\s)?(?:required|preferred)"
)
_MARITAL: Final = re.compile(
    r"(?:已婚已育|未婚未育|已婚|未婚|已育|未育|单身)(?:者|人士|女性|男性)?\s?(?:优先|为佳)(?:考虑)?|(?:要求|须"
    r"|限|需)(?:已婚已育|已婚|未婚|单身|已育)|(?<![a-z])(?:married|single|unmarried) (?:candidates? |applicants?"
    r" )?(?:only|preferred)|(?:汉族)(?:优先)|限汉族|(?:星座|属相|生肖|血型)[^,;。\n]{0,10}(?:优先|除外|勿扰"
    r"|不要)"
)
_PARTY: Final = re.compile(
    r"(?:中共)?(?:正式|预备)?党员(?:者|身份)?\s?(?:优先|为佳)(?:考虑)?|中共(?:正式|预备)?党员"
    r"|政治面貌\s?[:为]\s?(?!不限)[^\s,;。、]{1,8}"
)


def find_demands(shadow: str) -> Iterator[Find]:
    """Yield a posting's demands on traits that may not count; finds may overlap.

    Args:
        shadow: `fold(text)` of a posting.

    Yields:
        (category, start, end), category one of demand_sex, demand_age, demand_looks, demand_household, demand_marital,
        political.
    """
    if "男" in shadow or "女" in shadow or "male" in shadow or "men " in shadow or "ladies" in shadow:
        pairs = {index for match in _SEX_PAIR.finditer(shadow) for index in range(match.start() - 2, match.end() + 2)}
        for match in _SEX.finditer(shadow):
            if not any(index in pairs for index in range(*match.span())) or "优先" in match[0]:
                yield "demand_sex", *match.span()
    if (
        "岁" in shadow
        or "年龄" in shadow
        or "age" in shadow
        or "years old" in shadow
        or "0后" in shadow
        or "5后" in shadow
    ):
        for match in _AGE.finditer(shadow):
            served = _SERVED_AFTER.match(shadow, match.end()) or _SERVED_BEFORE.search(
                shadow, max(0, match.start() - 12), match.start()
            )
            if not served:
                yield "demand_age", *match.span()
    if any(
        sign in shadow
        for sign in (
            "形象",
            "气质",
            "五官",
            "身高",
            "外貌",
            "外形",
            "长相",
            "相貌",
            "容貌",
            "身材",
            "仪表",
            "looking",
            "appearance",
            "height",
        )
    ):
        yield from (("demand_looks", *match.span()) for match in _LOOKS.finditer(shadow))
    if any(
        sign in shadow
        for sign in (
            "户籍",
            "户口",
            "生源",
            "本地",
            "当地",
            "京籍",
            "沪籍",
            "本市",
            "本省",
            "hukou",
            "local ",
            "household",
        )
    ):
        yield from (("demand_household", *match.span()) for match in _HOUSEHOLD.finditer(shadow))
    if any(
        sign in shadow for sign in ("婚", "育", "单身", "married", "single", "汉族", "星座", "属相", "生肖", "血型")
    ):
        yield from (("demand_marital", *match.span()) for match in _MARITAL.finditer(shadow))
    if "党员" in shadow or "政治面貌" in shadow:
        yield from (("political", *match.span()) for match in _PARTY.finditer(shadow))
