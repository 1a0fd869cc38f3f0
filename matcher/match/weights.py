"""Score weights: log-odds per part for each pair of kinds, read from `weights.toml`, and what a request may put in their place.

The weights were fitted by `python -m eval tune` (logistic regression with weights >= 0); the file says on what and when. Presets
lay other weights over some pairs of kinds; they are policy, stated in `eval/tune.py`, with intercepts fitted to them.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.document import Kind
from matcher.errors import InvalidConfig, InvalidRequest

DEFAULT_WEIGHTS = Path(__file__).with_name("weights.toml")
PARTS = (
    "essential_coverage",
    "preferred_coverage",
    "soft_coverage",
    "skill_overlap",
    "next_step",
    "title_similarity",
    "text_similarity",
    "education_fit",
    "experience_fit",
)
N_PARTS = len(PARTS)
# A hundred in log-odds makes any other evidence count for nothing; more would only round scores to 1.
MAX_WEIGHT = 100.0


class PairWeights(BaseModel):
    """Log-odds of one pair of kinds. A part that is not named weighs nothing."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    intercept: float
    essential_coverage: float = Field(0.0, ge=0)
    preferred_coverage: float = Field(0.0, ge=0)
    soft_coverage: float = Field(0.0, ge=0)
    skill_overlap: float = Field(0.0, ge=0)
    next_step: float = Field(0.0, ge=0)
    title_similarity: float = Field(0.0, ge=0)
    text_similarity: float = Field(0.0, ge=0)
    education_fit: float = Field(0.0, ge=0)
    experience_fit: float = Field(0.0, ge=0)

    def vector(self) -> list[float]:
        """Weights in the order of `PARTS`."""
        return [getattr(self, part) for part in PARTS]


class ScoreWeights(BaseModel):
    """All weights. `pairs` keys are two kinds in alphabetical order joined by `-`, for example `candidate-posting`.

    `presets`: name → pairs whose weights it replaces; the others stay as they are.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    pairs: dict[str, PairWeights]
    presets: dict[str, dict[str, PairWeights]] = Field(default_factory=dict)
    version: str = ""

    def chosen(self, preset: str, overrides: Sequence[tuple[str, float]]) -> ScoreWeights:
        """The weights that a request asks for; `version` tells preset and overrides.

        Args:
            preset: its name, "" for none.
            overrides: (part, log-odds) that take the place of the weights of all pairs; the intercepts stay.

        Raises:
            InvalidRequest: an unknown preset or part, a part twice, or a weight that is not in [0, `MAX_WEIGHT`].
        """
        if not preset and not overrides:
            return self
        if preset and preset not in self.presets:
            raise InvalidRequest(
                f"there is no such preset; there are {', '.join(sorted(self.presets))}", field="preset"
            )
        replaced = _checked(overrides)
        pairs = {**self.pairs, **self.presets.get(preset, {})}
        version = f"{self.version}/{preset}" if preset else self.version
        if replaced:
            pairs = {key: pair.model_copy(update=replaced) for key, pair in pairs.items()}
            version += f"/{hashlib.sha256(repr(sorted(replaced.items())).encode()).hexdigest()[:8]}"
        return self.model_copy(update={"pairs": pairs, "version": version})

    def pair(self, left: Kind, right: Kind) -> PairWeights:
        """Weights of a pair of kinds, whichever is asked for."""
        return self.pairs[pair_key(left, right)]


def _checked(overrides: Sequence[tuple[str, float]]) -> dict[str, float]:
    replaced: dict[str, float] = {}
    for part, weight in overrides:
        field = f"weights[{part[:40]}]"
        if part not in PARTS or part in replaced:
            problem = "given twice" if part in PARTS else f"no part of a score; the parts are {', '.join(PARTS)}"
            raise InvalidRequest(f"{field}: {problem}", field=field)
        if not (math.isfinite(weight) and 0 <= weight <= MAX_WEIGHT):
            raise InvalidRequest(
                f"{field}: a weight is a number from 0 to {MAX_WEIGHT:g}",
                field=field,
                limit=f"0–{MAX_WEIGHT:g} log-odds",
            )
        replaced[part] = float(weight)
    return replaced


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
    for preset, pairs in weights.presets.items():
        if set(pairs) - known:
            raise InvalidConfig(
                f"preset {preset} of {path} has the unknown pairs {sorted(set(pairs) - known)}", field="match.weights"
            )
    if missing:
        raise InvalidConfig(f"score weights {path} lack the pairs {sorted(missing)}", field="match.weights")
    return weights.model_copy(update={"version": f"{weights.name}+{hashlib.sha256(content).hexdigest()[:8]}"})
