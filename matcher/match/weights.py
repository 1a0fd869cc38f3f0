"""Score weights: log-odds per part for each pair of kinds, read from `weights.toml`, with the constants of crediting.

The weights were fitted by `python -m eval tune` (logistic regression with weights >= 0); the file says on what and when.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.document import Kind
from matcher.errors import InvalidConfig

DEFAULT_WEIGHTS = Path(__file__).with_name("weights.toml")
PARTS = (
    "essential_coverage",
    "preferred_coverage",
    "soft_coverage",
    "skill_overlap",
    "title_similarity",
    "text_similarity",
    "education_fit",
    "experience_fit",
)
N_PARTS = len(PARTS)


class PairWeights(BaseModel):
    """Log-odds of one pair of kinds. A part that is not named weighs nothing."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    intercept: float
    essential_coverage: float = Field(0.0, ge=0)
    preferred_coverage: float = Field(0.0, ge=0)
    soft_coverage: float = Field(0.0, ge=0)
    skill_overlap: float = Field(0.0, ge=0)
    title_similarity: float = Field(0.0, ge=0)
    text_similarity: float = Field(0.0, ge=0)
    education_fit: float = Field(0.0, ge=0)
    experience_fit: float = Field(0.0, ge=0)

    def vector(self) -> list[float]:
        """Weights in the order of `PARTS`."""
        return [getattr(self, part) for part in PARTS]


class ScoreWeights(BaseModel):
    """All weights. `pairs` keys are two kinds in alphabetical order joined by `-`, for example `candidate-posting`."""

    model_config = ConfigDict(extra="forbid")

    name: str
    pairs: dict[str, PairWeights]
    version: str = ""

    def pair(self, left: Kind, right: Kind) -> PairWeights:
        """Weights of a pair of kinds, whichever is asked for."""
        return self.pairs[pair_key(left, right)]


def pair_key(left: Kind, right: Kind) -> str:
    """Key of a pair of kinds in `weights.toml`."""
    return "-".join(sorted((left.value, right.value)))


def load_weights(path: Path = DEFAULT_WEIGHTS) -> ScoreWeights:
    """Reads and checks the weights.

    Raises:
        InvalidConfig: unreadable file, unknown part, negative or infinite weight, or a pair of kinds is missing or unknown.
    """
    try:
        content = path.read_bytes()
        weights = ScoreWeights.model_validate(tomllib.loads(content.decode()))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise InvalidConfig(f"score weights {path} cannot be used: {error}", field="match.weights") from error
    known = {pair_key(a, b) for a in Kind for b in Kind}
    unknown, missing = set(weights.pairs) - known, known - set(weights.pairs)
    if unknown:
        raise InvalidConfig(
            f"score weights {path} have the unknown pairs {sorted(unknown)}; known are {sorted(known)}",
            field="match.weights",
        )
    if missing:
        raise InvalidConfig(f"score weights {path} lack the pairs {sorted(missing)}", field="match.weights")
    return weights.model_copy(update={"version": f"{weights.name}+{hashlib.sha256(content).hexdigest()[:8]}"})
