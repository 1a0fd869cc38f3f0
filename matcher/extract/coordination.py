"""Lists that share a head: "产品/架构/系统设计", "前后端开发", "unit, integration and system testing", "design of test cases".

Enters: the aligned folded text, the automaton of known spellings, and the spots found so far. Leaves: further spots, one for each
list item that gives a known spelling when the shared part is put to it. It refuses nothing and guesses nothing: an item whose
composed form is no known spelling, or which is a skill by itself ("数据库、系统设计"), is left alone.

The place of a composed spot is the item's own words; what it claims as its span runs from there to the shared head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Final

from matcher.extract.forms import Pattern
from matcher.extract.spotting import Spot

# What is composed is less sure than what is written out; by judgement.
_SHARED_HEAD_FACTOR: Final = 0.9
_SHARED_MODIFIER_FACTOR: Final = 0.85
_OF_FACTOR: Final = 0.9
_HEADS_ZH: Final = (
    "设计 开发 测试 分析 管理 维护 优化 培训 研发 运营 运维 调试 检测 检修 维修 安装 制造 加工 编程 建模 治理 挖掘 采集 处理 标注"
    " 策划 营销 服务 护理 诊断 监控 部署 集成 实施 执行 验证 评估 规划 控制 工程 技术 写作 翻译 操作 英语"
)
_HEADS_EN: Final = (
    "testing tests test design development management analysis analytics engineering programming maintenance optimization"
    " optimisation planning modelling modeling processing administration operations operation architecture integration"
    " implementation deployment automation visualization visualisation security support marketing governance control monitoring"
    " training installation commissioning diagnosis repair research writing mining inspection verification validation"
    " protocols systems databases frameworks"
)
_CHINESE_HEADS: Final = frozenset(_HEADS_ZH.split())
_ENGLISH_HEADS: Final = frozenset(_HEADS_EN.split())
# Two halves that are written as one before a shared rest: 前后端, 软硬件, 上下位机, 强弱电.
_HALVES_ZH: Final = "前后 软硬 上下 内外 强弱 供排 输配 发输 中英 冷热 供配 车铣 收付 售购"
_HALVES: Final = frozenset(_HALVES_ZH.split())
_CHINESE_JOINT: Final = re.compile(
    r"(?<=[\u4e00-\u9fffa-z0-9+#])\s?(?:[/、&|]|以及|和|与|及|或)\s?(?=[\u4e00-\u9fffa-z])"
)
_CHINESE_RUN: Final = re.compile(r"[\u4e00-\u9fffa-z0-9+#]+")
_WORD_CHAR: Final = re.compile(r"[\u4e00-\u9fffa-z0-9+#]")
# What may follow a lone head ("系统设计与开发"): the end, a sign, or a word that closes the phrase; else it is a longer name.
_CLOSED: Final = re.compile(r"[^\u4e00-\u9fffa-z]|$|[的等及和与或能经方流相全工并,、]")
_ENGLISH_JOINT: Final = re.compile(r"(?<=[a-z0-9+#])(?:,? (?:and/or|and|or|&) |\s?/\s?|,? & )(?=[a-z])")
_OF: Final = re.compile(r" of (?:the |our |your |new |all )?(?=[a-z])")
_RIGHT_WORDS: Final = re.compile(r"[a-z0-9+#]+(?:[ \n-][a-z0-9+#]+){0,3}")
_LEFT_WORDS: Final = re.compile(r"(?:[a-z0-9+#]+[ -]){0,2}[a-z0-9+#]+$")
_LEFT_JOINT: Final = re.compile(r"(?<=[a-z0-9+#])(?:, |\s?/\s?)")
_LATIN: Final = re.compile(r"[a-z0-9]")
_MAX_ITEMS: Final = 8
_MAX_MODIFIER: Final = 6
_LEFT_CHARS: Final = 48
_HAS_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


class Coordination:
    """Finds list items that share a head. Built once; afterwards only read."""

    def __init__(self, automaton: Any) -> None:
        self._automaton = automaton

    def add_to(self, spots: Sequence[Spot], aligned: str) -> list[Spot]:
        """`spots` and those composed along lists, in order of place; no two share a character of their own."""
        taken = _Taken(spots)
        found: list[Spot] = []
        composed = [self._halves(spots, aligned)]
        if _HAS_CHINESE.search(aligned):
            composed.append(self._chinese(taken, aligned))
        composed.append(self._english(taken, aligned))
        for group in composed:
            for spot in group:
                if not taken.overlaps(spot.start, spot.end) and not taken.names(spot):
                    taken.add(spot)
                    found.append(spot)
        return sorted([*spots, *found], key=lambda spot: spot.start) if found else list(spots)

    def _known(self, form: str) -> Pattern | None:
        """The skill that a composed form spells, whatever its letter case."""
        patterns = self._automaton.get(form, None)
        if patterns is None:
            return None
        return next((pattern for pattern in patterns if pattern.skill_id and not pattern.exact), None)

    def _halves(self, spots: Sequence[Spot], aligned: str) -> Iterator[Spot]:
        for spot in spots:
            begin = spot.start
            if begin and aligned[begin - 1 : begin + 1] in _HALVES:
                form = aligned[begin - 1] + aligned[begin + 1 : spot.end]
                if pattern := self._known(form):
                    yield _spot(begin - 1, begin, (begin - 1, spot.end), pattern, _SHARED_HEAD_FACTOR)

    # --- Chinese ---------------------------------------------------------------------------------------------------

    def _chinese(self, taken: _Taken, aligned: str) -> Iterator[Spot]:
        joints = [match.span() for match in _CHINESE_JOINT.finditer(aligned)]
        for first, after in _chains(joints, aligned):
            chain = joints[first:after]
            yield from self._shared_head(taken, aligned, chain)
            yield from self._shared_modifier(taken, aligned, chain)

    def _shared_head(self, taken: _Taken, aligned: str, chain: list[tuple[int, int]]) -> Iterator[Spot]:
        """Items before the last one, each with the head of the last: "产品/架构/系统设计"."""
        last_start = chain[-1][1]
        run = _CHINESE_RUN.match(aligned, last_start)
        if run is None:
            return
        heads = list(_heads(aligned, last_start, run.end(), taken.at(last_start)))
        for position, (item_end, _) in enumerate(chain):
            item_start = chain[position - 1][1] if position else _run_start(aligned, item_end)
            # Only of the first item is it unknown where it begins: "负责产品/架构设计".
            starts = range(max(item_start, item_end - _MAX_MODIFIER), item_end) if not position else (item_start,)
            spot = self._compose(taken, aligned, starts, item_end, heads)
            if spot is not None:
                yield spot

    def _compose(
        self, taken: _Taken, aligned: str, starts: Sequence[int], end: int, heads: list[tuple[int, int]]
    ) -> Spot | None:
        for head_start, head_end in heads:
            head = aligned[head_start:head_end]
            for start in starts:
                pattern = self._known(aligned[start:end] + head)
                if pattern is not None and not taken.overlaps(start, end):
                    return _spot(start, end, (start, head_end), pattern, _SHARED_HEAD_FACTOR)
        return None

    def _shared_modifier(self, taken: _Taken, aligned: str, chain: list[tuple[int, int]]) -> Iterator[Spot]:
        """Lone heads after a full name: "系统设计与开发", "软件开发、测试、维护"."""
        full = taken.ending_at(chain[0][0])
        if full is None or aligned[full.end - 2 : full.end] not in _CHINESE_HEADS or full.end - full.start < 4:
            return
        modifier = aligned[full.start : full.end - 2]
        for _, start in chain:
            head = aligned[start : start + 2]
            if (
                head in _CHINESE_HEADS
                and _CLOSED.match(aligned, start + 2)
                and (pattern := self._known(modifier + head))
            ):
                yield _spot(start, start + 2, (full.start, start + 2), pattern, _SHARED_MODIFIER_FACTOR)

    # --- English ---------------------------------------------------------------------------------------------------

    def _english(self, taken: _Taken, aligned: str) -> Iterator[Spot]:
        for joint in _ENGLISH_JOINT.finditer(aligned):
            right = _RIGHT_WORDS.match(aligned, joint.end())
            if right is not None:
                yield from self._english_list(taken, aligned, joint.start(), right)
        for of in _OF.finditer(aligned):
            yield from self._of(aligned, of.start(), of.end())

    def _english_list(self, taken: _Taken, aligned: str, end: int, right: re.Match[str]) -> Iterator[Spot]:
        """Items before "and", with the head of the last: "unit, integration and system testing"."""
        named = taken.at(right.start())
        word_ends = [match.end() for match in re.finditer(r"[a-z0-9+#]+", right[0])]
        for k in range(len(word_ends) - 1):
            head_start, head_end = right.start() + word_ends[k] + 1, right.start() + word_ends[k + 1]
            is_named = named is not None and head_start < named.end
            if is_named and named is not None:
                head_end = named.end
            head = _spaced(aligned[head_start:head_end])
            if not is_named and head not in _ENGLISH_HEADS:
                continue
            found = list(self._left_items(aligned, end, head, head_end, taken))
            if found:
                yield from found
                return

    def _left_items(self, aligned: str, end: int, head: str, head_end: int, taken: _Taken) -> Iterator[Spot]:
        for _ in range(_MAX_ITEMS):
            words = _LEFT_WORDS.search(aligned, max(0, end - _LEFT_CHARS), end)
            if words is None:
                return
            # the longest first: "web application and API testing" before "application"
            starts = [words.start(), *(words.start() + m.end() for m in re.finditer("[ -]", words[0]))]
            for start in starts:
                pattern = self._known(f"{_spaced(aligned[start:end])} {head}")
                if pattern is not None and not taken.overlaps(start, end):
                    yield _spot(start, end, (start, head_end), pattern, _SHARED_HEAD_FACTOR)
                    break
            joints = list(_LEFT_JOINT.finditer(aligned, max(0, end - _LEFT_CHARS), end))
            if not joints:
                return
            end = joints[-1].start()

    def _of(self, aligned: str, end: int, object_start: int) -> Iterator[Spot]:
        """Heads before "of": "design and implementation of test cases"."""
        right = _RIGHT_WORDS.match(aligned, object_start)
        if right is None:
            return
        object_ends = [object_start + match.end() for match in re.finditer(r"[a-z0-9+#]+", right[0])][:3]
        heads = []
        for _ in range(_MAX_ITEMS):
            word = _LEFT_WORDS.search(aligned, max(0, end - _LEFT_CHARS), end)
            if word is None:
                break
            start = end - len(re.split("[ -]", word[0])[-1])
            if aligned[start:end] not in _ENGLISH_HEADS:
                break
            heads.append((start, end))
            joint = re.search(r"(,? (?:and|or|&) |, )$", aligned[max(0, start - 8) : start])
            if joint is None:
                break
            end = start - len(joint[1])
        for start, stop in heads:
            if spot := self._of_form(aligned, start, stop, object_start, object_ends):
                yield spot

    def _of_form(self, aligned: str, start: int, stop: int, object_start: int, ends: list[int]) -> Spot | None:
        head = aligned[start:stop]
        for object_end in reversed(ends):
            thing = _spaced(aligned[object_start:object_end])
            for form in (f"{thing} {head}", f"{thing.removesuffix('s')} {head}", f"{head} of {thing}"):
                if pattern := self._known(form):
                    return _spot(start, stop, (start, object_end), pattern, _OF_FACTOR)
        return None


class _Taken:
    """Which characters belong to spots already."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = list(spots)
        self._starts = [spot.start for spot in spots]

    def add(self, spot: Spot) -> None:
        """Takes a further spot in."""
        place = bisect_left(self._starts, spot.start)
        self._starts.insert(place, spot.start)
        self._spots.insert(place, spot)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any character of a range is taken."""
        i = bisect_left(self._starts, end) - 1
        return i >= 0 and self._spots[i].end > start

    def at(self, start: int) -> Spot | None:
        """The spot that begins there."""
        i = bisect_left(self._starts, start)
        return self._spots[i] if i < len(self._starts) and self._starts[i] == start else None

    def ending_at(self, end: int) -> Spot | None:
        """The spot that ends there."""
        i = bisect_left(self._starts, end) - 1
        return self._spots[i] if i >= 0 and self._spots[i].end == end else None

    def names(self, spot: Spot) -> bool:
        """Whether the skill is named already inside what the spot claims."""
        first, last = spot.cover or (spot.start, spot.end)
        near = self._spots[max(0, bisect_right(self._starts, first) - 1) : bisect_left(self._starts, last)]
        return any(other.pattern.skill_id == spot.pattern.skill_id and other.end > first for other in near)


def _spot(start: int, end: int, cover: tuple[int, int], pattern: Pattern, factor: float) -> Spot:
    return Spot(start, end, pattern, pattern.confidence * factor, cover=cover)


def _chains(joints: list[tuple[int, int]], aligned: str) -> Iterator[tuple[int, int]]:
    """Runs of joints with nothing but a short item between them, as ranges of their numbers."""
    first = 0
    for i in range(1, len(joints) + 1):
        if i < len(joints):
            gap = aligned[joints[i - 1][1] : joints[i][0]]
            if len(gap) <= 2 * _MAX_MODIFIER and _CHINESE_RUN.fullmatch(gap):
                continue
        yield first, i
        first = i


def _heads(aligned: str, start: int, end: int, named: Spot | None) -> Iterator[tuple[int, int]]:
    """Where the head of an item may stand: behind at least one character; of a known name any of its endings."""
    if named is not None:
        for head_start in range(start + 1, named.end):
            # never inside a Latin word: "IO和PROFINET" is no IOT
            if not (_LATIN.match(aligned[head_start - 1]) and _LATIN.match(aligned[head_start])):
                yield head_start, named.end
        return
    for head_start in range(start + 1, min(start + _MAX_MODIFIER, end - 2) + 1):
        if aligned[head_start : head_start + 2] in _CHINESE_HEADS:
            yield head_start, head_start + 2
            return


def _run_start(aligned: str, end: int) -> int:
    """Where the run of letters begins that ends at `end`."""
    start = end
    while start > 0 and end - start < _MAX_MODIFIER and _WORD_CHAR.match(aligned[start - 1]):
        start -= 1
    return start


def _spaced(words: str) -> str:
    return words.replace("-", " ").replace("\n", " ")
