"""The settings of a project: convenor.toml beside its data, and CONVENOR_… variables, which override the file.

The file is put into the environment once, at the start: workers and the reading child inherit it, whatever starts them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, PositiveInt, TypeAdapter, ValidationError
from rapidfuzz.process import extractOne

from flows.engine import Engine
from ingest.limits import PREFIX, Limits, read_limits
from tables.state_file import MEMORY_MB

FILE_NAME = "convenor.toml"
_PATHS = frozenset({"raw", "processed", "state", "corrections", "metrics_file"})


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and where it was set."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a project sets once instead of giving it to every command; the limits of `ingest.limits` can be set too."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    raw: str = "data/raw"
    """Folder or address (s3://…) of the documents."""
    processed: str = "data/processed"
    """Folder or address for the tables."""
    state: str = "data/convenor.duckdb"
    """File that remembers what was done."""
    corrections: str = "data/corrections"
    """Folder with corrections and retractions."""
    state_memory: PositiveInt = MEMORY_MB
    """Megabytes of the state file held in memory; more is taken only where a single batch needs it."""
    workers: PositiveInt | None = None
    """Processes at work; one for each core when left out."""
    engine: Engine = "local"
    """Where documents are worked on: processes of this machine, or a Dask cluster."""
    scheduler: str | None = None
    """Address of a Dask scheduler."""
    recogniser: str = "convenor"
    """Entity recogniser: ours, or the name of an installed spaCy pipeline."""
    log_format: Literal["text", "json"] = "text"
    """How a run tells what it does on standard error: for people, or one JSON object a line."""
    metrics_file: str | None = None
    """File for the figures of the last run, in the text format of Prometheus."""
    notice_block: str | None = None
    """Prefect notification block that hears of runs that failed or lost inputs: type/name."""


@dataclass(frozen=True)
class Stated:
    """A setting as it holds, and who says so: default, the file or the environment."""

    name: str
    value: object
    origin: str


def names() -> tuple[str, ...]:
    """Return the names of all settings, limits included."""
    return tuple(field.name for kind in (Settings, Limits) for field in fields(kind))


def apply_file(folder: Path, environment: MutableMapping[str, str] = os.environ) -> None:
    """Put the settings of `folder`/convenor.toml into the environment, where it does not set them itself.

    Raises SettingsError for a file that is no TOML, for names that are no settings and for values of another kind.
    """
    for name, value in _read_file(folder).items():
        environment.setdefault(PREFIX + name.upper(), value)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings as the environment has them.  Raises SettingsError that names the variable."""
    prefixed = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    for variable in prefixed:
        _check_name(variable.removeprefix(PREFIX).lower(), f"the variable {variable}")
    own = {field.name for field in fields(Settings)}
    given = {name: value for variable, value in prefixed.items() if (name := variable[len(PREFIX) :].lower()) in own}
    try:
        read_limits(environment)
        return _adapter().validate_python(given)
    except ValidationError as error:
        problem = error.errors()[0]
        name = PREFIX + str(problem["loc"][0]).upper()
        raise SettingsError(f"{name} is {problem['input']!r}: {problem['msg']}") from None
    except ValueError as error:
        raise SettingsError(str(error)) from None


def state_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> list[Stated]:
    """Return every setting with its value and origin, in the order of their names in the code."""
    in_file = _read_file(folder)
    holds = {**asdict(read_settings(environment)), **asdict(read_limits(environment))}

    def origin(name: str) -> str:
        value = environment.get(PREFIX + name.upper())
        if not value:
            return "default"
        return FILE_NAME if value == in_file.get(name) else "environment"

    return [Stated(name, holds[name], origin(name)) for name in names()]


def _read_file(folder: Path) -> dict[str, str]:
    """Return what the file sets, as the environment would: text, and paths whole."""
    path = folder / FILE_NAME
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from None
    values: dict[str, str] = {}
    for name, value in content.items():
        _check_name(name, f"{name} in {path}")
        if isinstance(value, dict | list):
            raise SettingsError(f"{name} in {path} is {value!r}: give one value")
        is_path = name in _PATHS and "://" not in str(value)
        values[name] = str(folder / str(value)) if is_path else str(value)
    return values


def _check_name(name: str, where: str) -> None:
    if name not in names():
        nearest = extractOne(name, names(), score_cutoff=70)
        hint = f"; is {nearest[0]} meant?" if nearest else f"; there are {', '.join(names())}"
        raise SettingsError(f"{where} is no setting{hint}")


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)
