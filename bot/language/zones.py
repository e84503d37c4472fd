"""Time zones by IANA name or offset from UTC."""

from __future__ import annotations

import re
from datetime import tzinfo
from zoneinfo import ZoneInfoNotFoundError

from bot.model.time import zone_named

AREAS = frozenset(
    [
        "africa",
        "america",
        "antarctica",
        "arctic",
        "asia",
        "atlantic",
        "australia",
        "brazil",
        "canada",
        "chile",
        "etc",
        "europe",
        "indian",
        "mexico",
        "pacific",
        "us",
    ]
)
"""What stands before the slash of an IANA name; whatever else has one is looked up in no file."""
_OFFSET = re.compile(
    r"(?: ?(?P<plus>\+) ?|-)(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?(?!:?[0-9])"
    r"(?!\ ?(?:[ap]\.?m\b|utc|gmt)|[点时号日月年])"
)
"""Behind UTC or GMT; what reads on as a clock time or a date is the end of a range (9:00 UTC-5pm)."""
_BARE = re.compile(r"\+[01][0-9]:?[0-9]{2}(?![0-9a-z:])")
_BEHIND_CLOCK = frozenset("0123456789m点整半刻")
_FIRST, _LAST = -12 * 60, 14 * 60
_UNEVEN = {
    "-09:30": "Pacific/Marquesas",
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": "Asia/Kolkata",
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+08:45": "Australia/Eucla",
    "+09:30": "Australia/Darwin",
}
"""Zones that keep one offset through the year, for offsets that the tz database has no name of."""


def offset_name(minutes: int) -> str | None:
    """The name of an offset from UTC, or None where nobody's clock shows it.

    >>> offset_name(330), offset_name(-180), offset_name(0), offset_name(25 * 60)
    ('+05:30', '-03:00', 'UTC', None)
    """
    if not _FIRST <= minutes <= _LAST or minutes % 15:
        return None
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"


def offset_at(folded: str, place: int) -> tuple[str, int] | None:
    """The offset that stands behind UTC or GMT, and the place behind it; an impossible one in its words, or None.

    >>> offset_at("utc+5:30", 3), offset_at("gmt-3", 3), offset_at("utc+25", 3), offset_at("utc-10:00 utc", 3)
    (('+05:30', 8), ('-03:00', 5), ('UTC+25', 6), None)
    """
    found = _OFFSET.match(folded, place)
    if not found:
        return None
    minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    name = offset_name(minutes if found["plus"] else -minutes) if int(found["minutes"] or 0) < 60 else None
    if name is None and not found["plus"] and found["minutes"]:
        return None  # 15:00 GMT-18:00
    return name or f"UTC{found[0].replace(' ', '')}", found.end()


def bare_offset(folded: str, place: int) -> tuple[str, int] | None:
    """The offset of 10:30+05:30 and 3pm +0530 and the place behind it, or None.

    >>> bare_offset("3pm +0530", 4), bare_offset("budget +1000", 7)
    (('+05:30', 9), None)
    """
    if folded[:place].rstrip(" ")[-1:] not in _BEHIND_CLOCK or not (found := _BARE.match(folded, place)):
        return None
    name = offset_name(int(found[0][1:3]) * 60 + int(found[0][-2:])) if int(found[0][-2:]) < 60 else None
    return (name, found.end()) if name else None


def is_offset(name: str) -> bool:
    """True for the name of an offset, and for the words of one that cannot be (西二十区).

    >>> is_offset("+05:30"), is_offset("Asia/Tokyo")
    (True, False)
    """
    return name[:1] in ("+", "-") or not name.isascii()


def iana_name(name: str) -> str | None:
    """The IANA name for an offset, as a chat or a digest keeps it; names stay, what nobody knows is None.

    The sign of an Etc zone is turned round (tz database, `etcetera`).

    >>> iana_name("+08:00"), iana_name("+05:45"), iana_name("Asia/Tokyo"), iana_name("UTC+25")
    ('Etc/GMT-8', 'Asia/Kathmandu', 'Asia/Tokyo', None)
    """
    if is_offset(name) and name.endswith(":00"):
        return f"Etc/GMT{-int(name[:3]):+d}"
    name = _UNEVEN.get(name, name)
    return name if name[:1].isalpha() and zone_of(name) else None


def zone_of(name: str) -> tzinfo | None:
    """The zone of an offset or of an IANA name in any case, or None where there is none."""
    for spelling in (name, "/".join("_".join(w.capitalize() for w in part.split("_")) for part in name.split("/"))):
        try:
            return zone_named(spelling)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
