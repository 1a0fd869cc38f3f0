"""The weights file: what ships is whole, what is broken is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.document import Kind
from matcher.errors import InvalidConfig
from matcher.match.weights import PARTS, PairWeights, load_weights, pair_key

PAIRS = sorted({pair_key(a, b) for a in Kind for b in Kind})
GOOD = 'name = "test"\n' + "".join(f"[pairs.{pair}]\nintercept = -4.0\nessential_coverage = 4.0\n" for pair in PAIRS)


def refusal(tmp_path: Path, text: str | bytes) -> InvalidConfig:
    """The error that a weights file of this content gives."""
    path = tmp_path / "weights.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InvalidConfig) as caught:
        load_weights(path)
    assert caught.value.field == "match.weights"
    assert str(path) in caught.value.message
    return caught.value


def test_shipped_weights_hold_every_pair_whichever_kind_is_named_first() -> None:
    weights = load_weights()
    for left in Kind:
        for right in Kind:
            assert weights.pair(left, right) is weights.pair(right, left)
            vector = weights.pair(left, right).vector()
            assert len(vector) == len(PARTS)
            assert min(vector) >= 0 < max(vector)


def test_equals_have_no_weight_on_requirements() -> None:
    for kind in Kind:
        pair = load_weights().pair(kind, kind)
        assert pair.essential_coverage == pair.preferred_coverage == pair.soft_coverage == 0.0


def test_vector_is_in_the_order_of_the_parts() -> None:
    values = {part: float(n) for n, part in enumerate(PARTS)}
    assert PairWeights(intercept=0.0, **values).vector() == list(values.values())


def test_pair_key_is_alphabetical() -> None:
    assert pair_key(Kind.POSTING, Kind.CANDIDATE) == pair_key(Kind.CANDIDATE, Kind.POSTING) == "candidate-posting"


def test_version_changes_with_the_content(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    versions = []
    for text in (GOOD, GOOD.replace("-4.0", "-4.5", 1), GOOD):
        path.write_text(text, encoding="utf-8")
        versions.append(load_weights(path).version)
    assert versions[0] == versions[2] != versions[1]
    assert [v.split("+")[0] for v in versions] == ["test"] * 3


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("essential_coverage = 4.0", "esential_coverage = 4.0", "esential_coverage"),
        ("essential_coverage = 4.0", "essential_coverage = -4.0", "essential_coverage"),
        ("essential_coverage = 4.0", "essential_coverage = nan", "essential_coverage"),
        ("essential_coverage = 4.0", "essential_coverage = inf", "essential_coverage"),
        ("essential_coverage = 4.0", 'essential_coverage = "much"', "essential_coverage"),
        ("intercept = -4.0", "intercept = nan", "intercept"),
        ("intercept = -4.0", "", "intercept"),
        ("[pairs.candidate-posting]", "[pairs.posting-candidate]", "posting-candidate"),
        ("[pairs.candidate-posting]", "[pears.candidate-posting]", "pears"),
        ("[pairs.candidate-posting]", "[pairs.candidate-posting", "line"),
    ],
)
def test_a_broken_file_is_refused_naming_what_is_wrong(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in GOOD
    assert named in refusal(tmp_path, GOOD.replace(old, new, 1)).message


def test_a_missing_pair_is_named(tmp_path: Path) -> None:
    head, _, _ = GOOD.partition("[pairs.posting-posting]")
    assert "posting-posting" in refusal(tmp_path, head).message


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    assert "decode" in refusal(tmp_path, "name = '权重'".encode("gbk")).message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="No such file"):
        load_weights(tmp_path / "none.toml")
