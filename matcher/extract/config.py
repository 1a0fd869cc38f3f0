"""How skills are found: what the `[extract]` part of the configuration may say.

Enters: configuration values. Leaves: checked settings. It refuses unknown keys and values out of range.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from matcher.domain.skill import Proficiency
from matcher.extract.calibration import DEFAULT_CALIBRATION
from matcher.extract.certificates import STARTER_CERTIFICATES
from matcher.extract.signs import DEFAULT_SIGNS
from matcher.extract.topical import STARTER_TOPICAL_NAMES


class LinkingConfig(BaseModel):
    """Linking of paraphrases by likeness of meaning."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = Field(
        False, description="link clauses that name no skill to skills by the embedding model; changes what is found"
    )
    threshold: float = Field(
        0.75,
        ge=0,
        le=1,
        description="least cosine similarity of a link; below it the linker abstains. By eye about 4 of 5 links of the static "
        "encoder are right from 0.75 on, half from 0.62 on (demo corpus, 2026-11-23)",
    )
    margin: float = Field(
        0.05,
        ge=0,
        le=1,
        description="least lead in similarity over the best unrelated skill; below it the linker abstains",
    )
    per_clause: int = Field(2, ge=1, le=5, description="most skills linked to one clause")
    cache: Path | None = Field(
        None,
        description="folder that keeps the vectors of skill names by model and taxonomy version; none: they are made at each "
        "start. Affects speed of the start only",
    )


class YearsLevel(BaseModel):
    """One row of the table that turns years into a level."""

    model_config = ConfigDict(extra="forbid")

    years: float = Field(ge=0, le=60, description="from so many years on")
    level: str = Field(description="name of the level: aware, familiar, proficient or expert")


class ExtractConfig(BaseModel):
    """How skills are found in texts."""

    model_config = ConfigDict(extra="forbid")

    linking: LinkingConfig = Field(default_factory=LinkingConfig, description="linking of paraphrases")
    level_from_years: tuple[YearsLevel, ...] = Field(
        (),
        description="table from years beside a skill to its level, used only where the text names no level; rising in both, for "
        'example `[{years = 1, level = "familiar"}, {years = 3, level = "proficient"}]`. Empty: years are no level',
    )
    certificates: Path = Field(
        STARTER_CERTIFICATES, description="CSV file of the skills that certificates imply (certificate,skill,level)"
    )
    topical_names: Path = Field(
        STARTER_TOPICAL_NAMES,
        description="CSV file of names that mean a skill only in a text about its field (fields,skill,names_zh,names_en)",
    )
    min_confidence: float = Field(
        0.2,
        ge=0,
        le=1,
        description="mentions of a lower calibrated confidence are not returned; most of what the default leaves out is wrong",
    )
    signs: Path = Field(
        DEFAULT_SIGNS, description="weights of the signs that confidences rest on; an empty file: the priors of names"
    )
    calibration: Path = Field(DEFAULT_CALIBRATION, description="calibration tables; change the confidences")

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        known = {level.name.lower(): level for level in Proficiency}
        for row in self.level_from_years:
            if row.level not in known:
                raise ValueError(f"level_from_years: {row.level!r} is none of {', '.join(known)}")
        for low, high in pairwise(self.level_from_years):
            if low.years >= high.years or known[low.level] >= known[high.level]:
                raise ValueError("level_from_years does not rise in years and level")
        return self

    def level_of(self, years: float | None) -> Proficiency | None:
        """Level that the table gives to years of experience, None where it gives none."""
        reached = [row.level for row in self.level_from_years if years is not None and years >= row.years]
        return Proficiency[reached[-1].upper()] if reached else None
