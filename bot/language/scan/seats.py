"""How many people a room is to seat, which is neither a time nor a count of people who are asked about."""

from __future__ import annotations

import re

from bot.language.scan.repeats import number
from bot.language.words.seats import NUMBERS, ROOMS, SEATS

_READ = 500


def without_seats(text: str) -> tuple[str, int]:
    """A text that speaks of a room without how many it is to seat, each sign by a space, and that; 0: not said.

    >>> without_seats("明天3点能坐8个人的会议室"), without_seats("8个人明天有空吗")
    (('明天3点      会议室', 8), ('8个人明天有空吗', 0))
    """
    if not ROOMS.search(text, 0, _READ):
        return text, 0
    for pattern in SEATS:
        found = pattern.search(text, 0, _READ)
        seats = _number(found) if found else 0
        if found and seats:
            start, end = found.span()
            return text[:start] + " " * (end - start) + text[end:], seats
    return text, 0


def _number(found: re.Match[str]) -> int:
    said = next(filter(None, found.groups())).lower()
    return NUMBERS.get(said) or number(said)
