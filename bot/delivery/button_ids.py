"""Ids of buttons: `verb:key`, where the key names the card and the version of it that was pressed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.model.people import OutTrackId
from bot.model.steps import Verb

_ID = re.compile(rf"\b((?:{'|'.join(Verb)})(?:_[1-9])?):(\d{{1,9}})-([a-z]{{8}})")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button as it came back: `step` is the verb with its option, book_2."""

    step: str
    version: int
    tag: str


def key_of(out_track_id: OutTrackId, *, version: int) -> str:
    """The second half of the ids of a card's buttons."""
    return f"{version}-{tag_of(out_track_id)}"


def tag_of(out_track_id: OutTrackId) -> str:
    """Eight letters that belong to one card."""
    digest = hashlib.blake2b(out_track_id.encode(), digest_size=8).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def find_pressed(payload: Mapping[str, Any]) -> Pressed | None:
    """The first button id anywhere in a callback: clients disagree on where it stands, and some add a number to it."""
    for text in _texts(payload, _DEEPEST):
        found = _ID.search(text)
        if found:
            return Pressed(found[1], int(found[2]), found[3])
    return None


def _texts(value: Any, depth: int) -> Iterable[str]:
    """The texts of a value: of `params` first, then of `actionIds`, then of everything else."""
    if isinstance(value, str):
        yield value[:256]
    elif isinstance(value, dict) and depth:
        first = [value[key] for key in ("params", "cardPrivateData", "actionIds") if key in value]
        for part in (*first, *list(value.values())[:32]):
            yield from _texts(part, depth - 1)
    elif isinstance(value, list) and depth:
        for part in value[:32]:
            yield from _texts(part, depth - 1)
