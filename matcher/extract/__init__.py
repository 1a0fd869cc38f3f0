"""Finds the skills that a text names, and what follows from them: demand and supply."""

from matcher.extract.extractor import SkillExtractor, SkillSource
from matcher.extract.requirements import derive_requirements, derive_supply

__all__ = ["SkillExtractor", "SkillSource", "derive_requirements", "derive_supply"]
