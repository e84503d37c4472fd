"""Settings of the environment: `YOUKONG_`, then the path in capitals joined by `__`; lists and sections as YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot.config import Config, did_you_mean
from bot.config_file.yaml_text import Place, read_yaml
from bot.errors import ConfigError

PREFIX = "YOUKONG_"
_BETWEEN = "__"
_OF_TESTS = f"{PREFIX}TEST_"
# What Kubernetes sets in every pod for a Service of that name, such as youkong or youkong-metrics.
_SERVICE_LINK = re.compile(rf"{PREFIX}(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)")


@dataclass(frozen=True, slots=True)
class Variables:
    """What the environment sets: `values` as a file would hold them, and the variable of each place."""

    values: Mapping[str, Any]
    names: Mapping[Place, str]
    faults: tuple[ConfigError, ...]

    def name_of(self, place: Place) -> str | None:
        """The variable that set what stands at `place`, or something in or around it."""
        for set_at, name in self.names.items():
            shorter = min(len(set_at), len(place))
            if shorter and set_at[:shorter] == place[:shorter]:
                return name
        return None


def read_environment(environ: Mapping[str, str]) -> Variables:
    """The settings among these variables. Each that begins with `YOUKONG_` and is none is a fault."""
    names: dict[Place, str] = {}
    faults = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name.startswith(_OF_TESTS) or is_service_link(name):
            continue
        place = tuple(name.removeprefix(PREFIX).lower().split(_BETWEEN))
        try:
            _check(place, environ[name], name)
        except ConfigError as fault:
            faults.append(fault)
        else:
            names[place] = name
    values = _values({name.lower(): environ[name] for name in names.values()}) if names else {}
    return Variables(values, names, tuple(faults))


def service_links(names: Iterable[str]) -> list[str]:
    """Those of the variables that Kubernetes set and that are passed over."""
    return sorted(name for name in names if is_service_link(name))


def is_service_link(name: str) -> bool:
    """Whether a variable is a link to a Service and no setting; a port of ours has two underscores before it."""
    return bool(_SERVICE_LINK.fullmatch(name)) and _BETWEEN not in name


def section(annotation: Any) -> type[BaseModel] | None:
    """The section that a setting of this type holds, itself or in a list; None for one that holds values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := section(each))), None)


def _check(place: tuple[str, ...], text: str, name: str) -> None:
    field = _field(place, name)
    if text[:1] in ("[", "{") and not _takes_text(field):
        try:
            read_yaml(text)
        except ConfigError:
            raise ConfigError("found no readable YAML, expected a list or a section", source=name) from None


def _field(place: tuple[str, ...], name: str) -> FieldInfo | None:
    """What is to be set; None for a key of a free section. Raises ConfigError where there is no such setting."""
    fields: Mapping[str, FieldInfo] = Config.model_fields
    field = None
    for depth, key in enumerate(place):
        if key not in fields:
            near = did_you_mean(key, fields)
            shown = "no such setting" if not depth else f"{'.'.join(place)}: unknown key"
            raise ConfigError(f"{shown}{near or ', expected one of ' + ', '.join(fields)}", source=name)
        field = fields[key]
        if depth + 1 < len(place):
            kinds = set(_kinds(field.annotation))
            if dict in kinds:
                return None
            inner = None if tuple in kinds else section(field.annotation)
            if inner is None:
                raise ConfigError(f"{'.'.join(place[: depth + 1])} has no settings below it", source=name)
            fields = inner.model_fields
    return field


def _kinds(annotation: Any) -> Iterator[Any]:
    """The types that a setting may have: `X | None` is X and None; of a list or a dict that alone."""
    origin = get_origin(annotation)
    if origin in (tuple, list, dict):
        yield origin
    elif origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _kinds(each)
    else:
        yield annotation


def _takes_text(field: FieldInfo | None) -> bool:
    """Whether the setting is a plain text, in which a bracket is a bracket."""
    return field is not None and bool({str, SecretStr} & set(_kinds(field.annotation)))


def _values(variables: Mapping[str, str]) -> dict[str, Any]:
    from pydantic_settings import EnvSettingsSource

    class Source(EnvSettingsSource):
        def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ARG002
            return read_yaml(value)

    # It reads the fields of the class and nothing else of it.
    source = Source(Config, env_prefix=PREFIX, env_nested_delimiter=_BETWEEN)  # type: ignore[arg-type]
    source.env_vars = variables
    return {key: _nulls(value) for key, value in source().items()}


def _nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nulls(each) for key, each in value.items()}
    return None if value == "null" else value
