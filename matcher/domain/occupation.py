"""Occupations: what a posting's title names, and which skills the work asks for.

Enters: values from a loader. Leaves: frozen values. An occupation is not a skill and has ids of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from matcher.domain.skill import Proficiency


class OccupationScheme(StrEnum):
    """Official classification that a code of an occupation belongs to."""

    ISCO_08 = "isco-08"  # International Standard Classification of Occupations, 2008
    CN_2022 = "cn-2022"  # 中华人民共和国职业分类大典, 2022
    ONET_SOC = "onet-soc"  # O*NET-SOC, which extends the US SOC


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """A skill that an occupation asks for. `level`: from which level on it serves, None: not said."""

    skill_id: str
    level: Proficiency | None = None


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation: one id in every language.

    `labels`: BCP-47 primary tag → preferred title. `aliases`: tag → other titles, without the label. `essential` and
    `optional` share no skill. `codes`: official classifications, at most one code of each.
    """

    id: str
    field_code: str
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    essential: tuple[OccupationSkill, ...] = ()
    optional: tuple[OccupationSkill, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    codes: Mapping[OccupationScheme, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        """AIP resource name, for example `occupations/data-analyst`."""
        return f"occupations/{self.id}"

    def label(self, language: str) -> str:
        """Preferred title in `language`, else English, else any."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()))
