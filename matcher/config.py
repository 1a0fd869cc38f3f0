"""The configuration of the whole service: one pydantic model per component, from a TOML file and the environment.

Enters: a TOML file (`--config`, else `SKILLMATCH_CONFIG`) and variables such as `SKILLMATCH_SERVER__PORT=50052`, which win.
Leaves: checked settings. Refuses: unknown keys, naming the nearest known one.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError
from rapidfuzz import process

from matcher.decision_writer import DecisionsConfig
from matcher.embed.encoder import EmbedConfig
from matcher.errors import InvalidConfig
from matcher.extract.config import ExtractConfig
from matcher.index.config import IndexConfig
from matcher.match.retrieve import RetrieveConfig
from matcher.match.weights import DEFAULT_WEIGHTS
from matcher.store.store import StoreConfig


class TaxonomyConfig(BaseModel):
    """Which taxonomy names the skills."""

    model_config = ConfigDict(extra="forbid")

    path: Path | None = Field(
        None,
        description="release folder, CSV file or folder in our format, ESCO folder or lines, O*NET text folder, or CASE JSON; "
        "none: the starter taxonomy",
    )
    overlay: Path | None = Field(
        None, description="folder of CSV files with tenants' own skills and aliases, laid over the taxonomy; none: none"
    )


class MatchConfig(BaseModel):
    """How matches are made."""

    model_config = ConfigDict(extra="forbid")

    weights: Path = Field(DEFAULT_WEIGHTS, description="score weights file; changes scores and the weights version")
    retrieve: RetrieveConfig = Field(
        default_factory=RetrieveConfig, description="how many documents are scored per query"
    )
    cached_documents: int = Field(
        5000, ge=0, description="documents kept decoded for evidence; affects speed and memory only"
    )


class ServerConfig(BaseModel):
    """The gRPC edge."""

    model_config = ConfigDict(extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 for all")
    port: int = Field(50051, ge=0, le=65535, description="TCP port; 0 picks a free one")
    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="threads that answer reading calls; writes have their own. Python runs one at a time: with 32 clients "
        "on 4,255 documents 1 gave 134 matches/s, 3 gave 107 (2026-11-22). More help where vector search itself takes long",
    )
    match_processes: int = Field(
        0,
        ge=0,
        le=64,
        description="processes beside the service that answer Match and Explain, each with its own copy of the documents in "
        "memory; as many as cores is right where matches are many; 0: the service answers them itself",
    )
    max_queued: int = Field(256, ge=1, description="calls under way or waiting beyond which new ones are refused")
    max_message_mib: int = Field(16, ge=1, le=256, description="largest message in either direction, MiB")
    default_deadline_s: float = Field(
        30.0, gt=0, description="deadline of a unary call that comes without one, seconds"
    )
    stream_deadline_s: float = Field(
        3600.0, gt=0, description="deadline of a streaming call that comes without one, seconds"
    )
    drain_s: float = Field(10.0, ge=0, description="how long running calls may finish after SIGTERM, seconds")


ENV_PREFIX = "SKILLMATCH_"
ENV_DELIMITER = "__"


class Settings(BaseSettings):
    """Everything that can be configured."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_nested_delimiter=ENV_DELIMITER, extra="forbid")

    server: ServerConfig = Field(default_factory=ServerConfig)
    store: StoreConfig = Field(default_factory=StoreConfig)
    embed: EmbedConfig = Field(default_factory=EmbedConfig)
    index: IndexConfig = Field(default_factory=IndexConfig)
    taxonomy: TaxonomyConfig = Field(default_factory=TaxonomyConfig)
    extract: ExtractConfig = Field(default_factory=ExtractConfig)
    match: MatchConfig = Field(default_factory=MatchConfig)
    decisions: DecisionsConfig = Field(default_factory=DecisionsConfig)


def load_settings(path: Path | None = None) -> Settings:
    """Settings from `path` (else the file named by SKILLMATCH_CONFIG, else defaults) under those of the environment.

    Raises:
        InvalidConfig: unreadable file, unknown key (with the nearest known one), or a value out of its range.
    """
    if path is None and "SKILLMATCH_CONFIG" in os.environ:
        path = Path(os.environ["SKILLMATCH_CONFIG"])
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path is not None else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfig(f"configuration {path} cannot be read: {error}", field="config") from error
    _refuse_unknown_variables()
    try:
        # environment variables are read by the first call and laid over the file by the second
        return Settings.model_validate(_merged(given, Settings().model_dump(exclude_unset=True)))
    except SettingsError as error:
        raise InvalidConfig(f"environment: {error}", field="config") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise InvalidConfig(f"{place}: {first['msg']}{_nearest(first['loc'])}", field=place) from error


def _refuse_unknown_variables() -> None:
    """The settings library passes over a variable whose component it does not know; a typing error must not go unnoticed."""
    for variable in sorted(os.environ):
        component, delimiter, _ = variable.upper().removeprefix(ENV_PREFIX).lower().partition(ENV_DELIMITER)
        if variable.upper().startswith(ENV_PREFIX) and delimiter and component not in Settings.model_fields:
            hint = _nearest((component,))
            raise InvalidConfig(f"{variable}: there is no component {component!r}{hint}", field=component)


def _merged(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    """`low` overlaid by `high`, table by table."""
    result = dict(low)
    for key, value in high.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return result


def _nearest(location: tuple[int | str, ...]) -> str:
    """Hint for an unknown key: the known key of the same table that is written most alike."""
    model: type[BaseModel] = Settings
    for key in location[:-1]:
        annotation = model.model_fields[str(key)].annotation if str(key) in model.model_fields else None
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return ""
        model = annotation
    if str(location[-1]) in model.model_fields:
        return ""
    near = process.extractOne(str(location[-1]), list(model.model_fields))
    return f"; nearest known key: {near[0]}" if near else ""
