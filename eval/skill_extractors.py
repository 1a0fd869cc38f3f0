"""The extractors that are judged: by names alone, and by names with linking of paraphrases.

Enters: a taxonomy. Leaves: extractors as the service builds them, and the linker behind the second. What cannot be built (no
model) is refused with the service's own InvalidConfig.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from matcher.config import load_settings
from matcher.embed import load_encoder
from matcher.extract import SkillExtractor
from matcher.extract.config import ExtractConfig, LinkingConfig
from matcher.extract.linking import PhraseLinker, name_vectors
from matcher.taxonomy import Taxonomy

NAMES: Final = "names"
LINKING: Final = "names + linking"


def shipped_way() -> str:
    """The way that the service takes without configuration; floors hold for this one."""
    return LINKING if ExtractConfig().linking.enabled else NAMES


def linker(taxonomy: Taxonomy) -> PhraseLinker:
    """Links phrases to the skills of a taxonomy by the configured model.

    Raises:
        InvalidConfig: the model cannot be loaded, or no skill can be linked to.
    """
    encoder = load_encoder(load_settings().embed)
    vectors = name_vectors(taxonomy, taxonomy.version, encoder, encoder.model_id)
    return PhraseLinker(encoder, vectors, LinkingConfig(enabled=True))


def extractors(
    taxonomy: Taxonomy, ways: Iterable[str] = (NAMES, LINKING), calibration: Path | None = None
) -> dict[str, SkillExtractor]:
    """Extractors by way.

    Args:
        taxonomy: where names come from.
        ways: among NAMES and LINKING.
        calibration: tables other than the shipped ones.

    Raises:
        InvalidConfig: the model or the calibration cannot be used.
    """
    config = ExtractConfig() if calibration is None else ExtractConfig(calibration=calibration)
    by_names = SkillExtractor(taxonomy, config)
    return {way: by_names if way == NAMES else by_names.with_linker(linker(taxonomy)) for way in ways}
