"""Finds the skills that a text names, and what follows from them: demand and supply."""

from matcher.extract.clusters import cluster_id, group_clusters
from matcher.extract.config import ExtractConfig, LinkingConfig
from matcher.extract.extractor import Extraction, SkillExtractor, SkillSource
from matcher.extract.ladders import RungMention, find_rungs
from matcher.extract.linking import Link, NameVectors, PhraseLinker, TextEncoder, name_vectors
from matcher.extract.requirements import derive_requirements, derive_supply

__all__ = [
    "ExtractConfig",
    "Extraction",
    "Link",
    "LinkingConfig",
    "NameVectors",
    "PhraseLinker",
    "RungMention",
    "SkillExtractor",
    "SkillSource",
    "TextEncoder",
    "cluster_id",
    "derive_requirements",
    "derive_supply",
    "find_rungs",
    "group_clusters",
    "name_vectors",
]
