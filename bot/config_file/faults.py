"""Everything that pydantic finds wrong with a configuration, in plain words: a place and a line of text for each."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config import Config, did_you_mean
from bot.config_file.environment import section
from bot.config_file.yaml_text import Place

_EXPECTED = {
    "missing": "found nothing, expected a value",
    "string_type": "expected a text, in quotes if it is all digits",
    "secret": "expected a text, in quotes if it is all digits",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "tuple_type": "expected a list such as [a, b]",
    "list_type": "expected a list such as [a, b]",
    "dict_type": "expected a section with keys",
    "model_type": "expected a section with keys",
    "model_attributes_type": "expected a section with keys",
    "path_type": "expected a path",
    "none_required": "expected null",
}
_SECRET = re.compile(r"secret|password|proxy|(^|\.)url$")
_KEY = re.compile(r"[a-z_]+(\.\w+)*: ")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where it stands and what is to be done about it."""

    place: Place
    text: str


def faults_of(values: dict[str, Any]) -> list[Fault]:
    """What keeps `values` from being a configuration, all of it; [] where nothing does.

    What only shows once the rest makes sense (an end before the start, a team that is not there) is looked for with
    the faulty values left out.
    """
    first = _found_in(values)
    rest = copy.deepcopy(values)
    for fault in first:
        _leave_out(rest, fault.place)
    rest["dingtalk"] = {"client_id": "-", **section_of(rest, "dingtalk")}
    later = [fault for fault in _found_in(rest) if _stands_alone(fault, first)] if first else []
    return first + later


def section_of(values: dict[str, Any], name: str) -> dict[str, Any]:
    """A section as it was written, {} where it is none."""
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _stands_alone(fault: Fault, first: list[Fault]) -> bool:
    """Whether a fault is one of its own, and no echo of a value that was left out."""
    if fault.text == _EXPECTED["missing"] or any(fault.place[: len(each.place)] == each.place for each in first):
        return False
    names_unknown = any(each.place[:1] == ("teams",) and each.place[2:] in ((), ("name",)) for each in first)
    return not (names_unknown and fault.place[-1] == "team")


def _found_in(values: dict[str, Any]) -> list[Fault]:
    try:
        Config.model_validate(values)
    except ValidationError as error:
        found = [fault for each in error.errors(include_url=False) for fault in _faults(each, values)]
        return _once_each(found, values)
    return []


def _faults(error: ErrorDetails, values: dict[str, Any]) -> Iterator[Fault]:
    place = _place(error, values)
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] != "value_error":
        yield Fault(place, _text(error, place, values))
        return
    for line in message.splitlines():  # several things about settings that are well-formed one by one
        key = _KEY.match(line) if not place else None
        if key:
            inner = tuple(int(part) if part.isdigit() else part for part in key[0][:-2].split("."))
            yield Fault(inner, line[key.end() :])
        else:
            yield Fault(place, _shown(place, values) + line)


def _place(error: ErrorDetails, values: Any) -> Place:
    """pydantic's own place without the names of its types."""
    place: list[int | str] = []
    for number, part in enumerate(error["loc"], start=1):
        last = number == len(error["loc"])
        if _holds(values, part):
            values = values[part]
        elif not (last and error["type"] == "missing"):
            continue
        place.append(part)
    return tuple(place)


def _text(error: ErrorDetails, place: Place, values: dict[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        near = did_you_mean(str(place[-1]), _keys_at(place[:-1]))
        return f"unknown key{near or ', config.example.yaml lists them all'}"
    wanted = _EXPECTED.get(error["type"])
    if wanted is None:
        wanted = error["msg"].replace("Input should be", "expected", 1)
        wanted = wanted[:1].lower() + wanted[1:]
    if error["type"] == "missing":
        return wanted
    if error["type"] == "literal_error":
        wanted += did_you_mean(str(error["input"]), re.findall(r"'([^']+)'", wanted))
    return _shown(place, values) + wanted


def _shown(place: Place, values: Any) -> str:
    """What was found, unless it is a secret or too large to be shown."""
    if not place or _SECRET.search(".".join(map(str, place))):
        return ""
    for part in place:
        values = values[part]
    match values:
        case None:
            return "found nothing, "
        case dict():
            return ""
        case list():
            return "found a list, " if len(str(values)) > 60 else f"found {values}, "
    return f"found {values!r:.60}, "


def _keys_at(place: Place) -> list[str]:
    """The keys that a section may have."""
    model: Any = Config
    for part in place:
        if isinstance(part, str) and model is not None and part in model.model_fields:
            model = section(model.model_fields[part].annotation)
    return list(model.model_fields) if model else []


def _once_each(found: list[Fault], values: dict[str, Any]) -> list[Fault]:
    """One fault a place: of a value of two kinds that of the kind it resembles; a key misspelt is not missing."""
    misspelt = {
        (*fault.place[:-1], key)
        for fault in found
        for key in re.findall(r"^unknown key \(did you mean '(\w+)'\?\)$", fault.text)
    }
    kept: dict[Place, Fault] = {}
    for fault in found:
        if fault.text == _EXPECTED["missing"] and fault.place in misspelt:
            continue
        deeper = any(other.place[: len(fault.place)] == fault.place != other.place for other in found)
        if deeper and fault.place:
            continue
        known = kept.get(fault.place)
        if known is None or ("a list" in known.text and not _is_list(fault.place, values)):
            kept[fault.place] = fault
    return list(kept.values())


def _is_list(place: Place, values: Any) -> bool:
    for part in place:
        values = values[part]
    return isinstance(values, list)


def _leave_out(values: Any, place: Place) -> None:
    for part in place[:-1]:
        if not _holds(values, part):
            return
        values = values[part]
    if place and isinstance(values, dict):
        values.pop(place[-1], None)
    elif place and _holds(values, place[-1]):
        values[place[-1]] = None


def _holds(values: Any, part: int | str) -> bool:
    if isinstance(values, dict):
        return part in values
    return isinstance(values, list) and isinstance(part, int) and part < len(values)
