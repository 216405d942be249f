"""TOML to a typed, frozen dataclass. A name that is not a field, a missing field and a value of the wrong kind are refused
with the field's full name. Paths are as seen from the current folder.
"""

import tomllib
import types
from dataclasses import MISSING, asdict, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

C = TypeVar("C")


class ConfigError(ValueError):
    """The text names the field, what was wanted and what was found."""


def read_config(kind: type[C], file: Path) -> C:
    try:
        table = tomllib.loads(file.read_text(encoding="utf8"))
    except FileNotFoundError as missing:
        raise ConfigError(f"the config {file} does not exist") from missing
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError(f"the config {file} is no TOML: {broken}") from broken
    return build(kind, table, "")


def build(kind: type[C], table: dict[str, Any], where: str) -> C:
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in table:
        if name not in known:
            raise ConfigError(f"{where}{name} is no setting; the settings are {', '.join(known)}")
    values = {}
    for name, field in known.items():
        if name in table:
            values[name] = convert(hints[name], table[name], where + name)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ConfigError(f"{where}{name} is missing")
    try:
        return kind(**values)
    except ValueError as wrong:
        raise ConfigError(f"{where.rstrip('.') or 'config'}: {wrong}") from wrong


def convert(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return convert(next(option for option in get_args(kind) if option is not type(None)), value, where)
    if origin is Literal:
        if value in get_args(kind):
            return value
        raise ConfigError(f"{where} should be one of {', '.join(get_args(kind))}; found {value!r}")
    if is_dataclass(kind) and isinstance(value, dict):
        return build(kind, value, where + ".")
    if origin is tuple and isinstance(value, list):
        return tuple(convert(get_args(kind)[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {key: convert(get_args(kind)[1], item, f"{where}.{key}") for key, item in value.items()}
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise ConfigError(f"{where} should be {getattr(kind, '__name__', kind)}; found {value!r}")


def plain(config: Any) -> dict[str, Any]:
    """A config as JSON knows it."""

    def simple(value: Any) -> Any:
        if isinstance(value, Path):
            return str(value)
        if isinstance(value, dict):
            return {key: simple(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [simple(item) for item in value]
        return value

    return simple(asdict(config))
