"""Ladders: scales on which documents rank people, each of its own type, none of them equated with another.

Enters: nothing; these are plain values. A rung compares with rungs of its own ladder only. To ask whether 高级工 is above 中级职称,
or whether PROFICIENT is above a bachelor's degree, is a TypeError: the scales measure different things, and no table in this
service turns one into the other. `Proficiency` (skill.py) and `EducationLevel` (document.py) are ladders by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, Self


class NumberedRung(IntEnum):
    """Base of ladders whose numbers are stored or calculated with; a plain number still compares with them.

    Rungs of two ladders are never equal, and ordering them raises TypeError, though both are whole numbers.
    """

    def _is_foreign(self, other: object) -> bool:
        return isinstance(other, Enum) and type(other) is not type(self)

    def __eq__(self, other: object) -> bool:
        return not self._is_foreign(other) and int.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = int.__hash__

    def __lt__(self, other: int) -> Any:
        return NotImplemented if self._is_foreign(other) else int.__lt__(self, other)

    def __le__(self, other: int) -> Any:
        return NotImplemented if self._is_foreign(other) else int.__le__(self, other)

    def __gt__(self, other: int) -> Any:
        return NotImplemented if self._is_foreign(other) else int.__gt__(self, other)

    def __ge__(self, other: int) -> Any:
        return NotImplemented if self._is_foreign(other) else int.__ge__(self, other)


class Rung(Enum):
    """Base of ladders that are only ordered. The value is the place from the bottom, 1 the lowest, and no number to count with."""

    def __lt__(self, other: Self) -> bool:
        return self.value < other.value if type(other) is type(self) else NotImplemented

    def __le__(self, other: Self) -> bool:
        return self.value <= other.value if type(other) is type(self) else NotImplemented

    def __gt__(self, other: Self) -> bool:
        return self.value > other.value if type(other) is type(self) else NotImplemented

    def __ge__(self, other: Self) -> bool:
        return self.value >= other.value if type(other) is type(self) else NotImplemented


class WorkerGrade(Rung):
    """新八级工: grades of skilled workers (MOHRSS, 健全完善新时代技能人才职业技能等级制度, 2022)."""

    APPRENTICE = 1  # 学徒工
    JUNIOR = 2  # 初级工
    INTERMEDIATE = 3  # 中级工
    SENIOR = 4  # 高级工
    TECHNICIAN = 5  # 技师
    SENIOR_TECHNICIAN = 6  # 高级技师
    SPECIAL_TECHNICIAN = 7  # 特级技师
    CHIEF_TECHNICIAN = 8  # 首席技师


class QualificationLevel(Rung):
    """国家职业资格 and 职业技能等级 by number. Level five is the lowest, level one the highest."""

    FIVE = 1  # 五级
    FOUR = 2  # 四级
    THREE = 3  # 三级
    TWO = 4  # 二级
    ONE = 5  # 一级


class ProfessionalTitle(Rung):
    """职称: ranks of professionals. 员级 and 助理级 are both JUNIOR."""

    JUNIOR = 1  # 初级: 助理工程师, 助教, 护师
    INTERMEDIATE = 2  # 中级: 工程师, 讲师, 主管护师
    ASSOCIATE_SENIOR = 3  # 副高级: 高级工程师, 副教授
    FULL_SENIOR = 4  # 正高级: 正高级工程师, 教授


@dataclass(frozen=True, slots=True)
class FirmGrade:
    """A grade of a firm's own ladder, such as P6 or T3-1. `firm` "": the text names none.

    Two grades compare only when both are of one named firm and of one track (`letter`): P6 here is not P6 there.
    """

    letter: str
    number: int
    step: int = 0
    firm: str = ""

    @property
    def name(self) -> str:
        """As written: `P6`, `T3-1`."""
        return f"{self.letter}{self.number}" + (f"-{self.step}" if self.step else "")

    def _is_comparable(self, other: object) -> bool:
        return (
            isinstance(other, FirmGrade) and bool(self.firm) and (self.firm, self.letter) == (other.firm, other.letter)
        )

    def __lt__(self, other: FirmGrade) -> bool:
        return (self.number, self.step) < (other.number, other.step) if self._is_comparable(other) else NotImplemented

    def __le__(self, other: FirmGrade) -> bool:
        return (self.number, self.step) <= (other.number, other.step) if self._is_comparable(other) else NotImplemented

    def __gt__(self, other: FirmGrade) -> bool:
        return (self.number, self.step) > (other.number, other.step) if self._is_comparable(other) else NotImplemented

    def __ge__(self, other: FirmGrade) -> bool:
        return (self.number, self.step) >= (other.number, other.step) if self._is_comparable(other) else NotImplemented
