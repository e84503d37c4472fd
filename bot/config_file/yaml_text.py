"""YAML as plain values, with the line on which each stands.

It is read safely: no tags, no aliases that multiply, no file larger than a configuration ever is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

Place = tuple[int | str, ...]
"""Keys and places in lists, from the outside in: `("teams", 0, "members")`."""

_MAX_BYTES = 256 * 1024
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds. `lines` has every key and every item of a list; line 1 is the first."""

    values: dict[str, Any]
    lines: dict[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int | None:
        """The line of what stands at `place`, or else of the nearest section around it; None for the whole file."""
        found = (self.lines.get(place[:length]) for length in range(len(place), 0, -1))
        return next((line for line in found if line is not None), None)


def read_document(path: Path) -> Document:
    """A file of sections.

    Raises ConfigError for one that is missing or cannot be read, for YAML that is none, for tags and for aliases.
    """
    text, name = _text(path), str(path)
    values = _values(text, name)
    if not isinstance(values, dict):
        raise ConfigError(f"found {type(values).__name__}, expected sections such as `dingtalk:`", source=name)
    return Document(values, dict(_lines(text)))


def read_yaml(source: Path | str) -> Any:
    """The content of a file (`Path`) or of a text, as plain dicts, lists and scalars (YAML 1.2). Raises ConfigError."""
    return read_document(source).values if isinstance(source, Path) else _values(source, "environment")


def _values(text: str, name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        _refuse_bombs(text, name)
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise ConfigError("found no readable YAML, expected plain keys and values", source=name, line=line) from None
    except (ValueError, RecursionError):
        raise ConfigError("found no readable YAML, expected plain keys and values", source=name) from None


def _lines(text: str) -> Iterator[tuple[Place, int]]:
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    def walk(node: Any, place: Place) -> Iterator[tuple[Place, int]]:
        if isinstance(node, MappingNode):
            for key, value in node.value:
                inner = (*place, key.value)
                yield inner, key.start_mark.line + 1
                yield from walk(value, inner)
        elif isinstance(node, SequenceNode):
            for index, value in enumerate(node.value):
                inner = (*place, index)
                yield inner, value.start_mark.line + 1
                yield from walk(value, inner)

    return walk(YAML(typ="safe", pure=True).compose(text), ())


def _text(path: Path) -> str:
    name = str(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"found more than {_MAX_BYTES} bytes, expected a configuration", source=name)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("no such file: copy config.example.yaml there, or run `youkong init`", source=name) from None
    except UnicodeDecodeError:
        raise ConfigError("found bytes that are not UTF-8, expected a text file", source=name) from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", source=name) from None


def _refuse_bombs(text: str, name: str) -> None:
    """A few nested aliases unfold into gigabytes, and deep nesting takes minutes: refused before anything unfolds."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, AliasEvent):
            raise ConfigError("found an alias (*), expected the value written out", source=name, line=line)
        if depth > _DEEPEST:
            raise ConfigError(f"found {depth} levels, expected {_DEEPEST} at most", source=name, line=line)
