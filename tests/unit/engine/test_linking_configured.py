"""`extract.linking` reaches the extractor through the deriver, and follows the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.derive import Deriver, phrase_linker
from matcher.domain.document import Document, Facts, Kind, Section, SectionKind, Span
from matcher.domain.skill import FoundBy
from matcher.embed import Encoder, load_encoder
from matcher.embed.encoder import EmbedConfig
from matcher.extract import ExtractConfig
from matcher.taxonomy import Taxonomy, load_taxonomy
from tests.unit.taxonomy.small_release import write_release

TEXT = "负责数据的分析"  # 数据分析 in other words
ON = ExtractConfig.model_validate({"linking": {"enabled": True, "threshold": 0.6}})


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return load_taxonomy(write_release(tmp_path_factory.mktemp("releases") / "t-1"))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(EmbedConfig())


def document() -> Document:
    section = Section(SectionKind.DUTIES, Span(0, len(TEXT)))
    return Document(Kind.POSTING, "d", "", TEXT, ("zh",), (section,), Facts(), "0" * 64)


def test_linking_is_off_unless_configured(taxonomy: Taxonomy, encoder: Encoder) -> None:
    assert phrase_linker(taxonomy, ExtractConfig(), encoder) is None
    assert Deriver(taxonomy, encoder).mentions(document()) == ()


def test_configured_linking_finds_paraphrases_also_after_a_change_of_model(
    taxonomy: Taxonomy, encoder: Encoder
) -> None:
    deriver = Deriver(taxonomy, encoder, ON)
    for one in (deriver, deriver.with_encoder(encoder)):
        assert [(m.skill_id, m.found_by) for m in one.mentions(document())] == [("analysis", FoundBy.LINKED)]
        (derived,) = one.derive([document()])
        assert derived.mentions == one.mentions(document())


def test_vectors_of_names_are_kept_where_the_configuration_says(
    taxonomy: Taxonomy, encoder: Encoder, tmp_path: Path
) -> None:
    config = ExtractConfig.model_validate({"linking": {"enabled": True, "cache": tmp_path / "vectors"}})
    Deriver(taxonomy, encoder, config)
    (file,) = (tmp_path / "vectors").iterdir()
    written = file.stat().st_mtime_ns
    Deriver(taxonomy, encoder, config)
    assert file.stat().st_mtime_ns == written
