"""Short ways to say what a text is read as, for the tests of the reader."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import parse
from bot.model.requests import Request, WorkingHours
from bot.model.time import Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
"""A Tuesday morning; the 23rd was this week's Monday, the 30th is next week's."""
FRIDAY = datetime(2026, 11, 27, 16, 30, tzinfo=SHANGHAI)
SUNDAY = datetime(2026, 11, 29, 20, 0, tzinfo=SHANGHAI)
OFFICE = WorkingHours()
TEAMS = {"design": "design", "设计组": "design"}


def request(text: str, *, now: datetime = TUESDAY, hours: WorkingHours = OFFICE) -> Request:
    """What a text is read as in Shanghai, with one team."""
    return parse(text, now=now, zone=SHANGHAI, hours=hours, teams=TEAMS)


def windows(text: str, *, now: datetime = TUESDAY, hours: WorkingHours = OFFICE) -> list[str]:
    """Its windows as "11-25 14:00-16:00"; an end on another day names that day."""
    return [shown(window) for window in request(text, now=now, hours=hours).windows]


def alternatives(text: str, *, now: datetime = TUESDAY) -> list[list[str]]:
    """The windows of its other readings."""
    return [[shown(window) for window in other.windows] for other in request(text, now=now).alternatives]


def shown(window: Window) -> str:
    """A window in a few letters: the start in full, the end with its day only where that is another one."""
    same = window.end.date() == window.start.date()
    return (
        f"{window.start:%m-%d %H:%M}-{window.end:%H:%M}"
        if same
        else f"{window.start:%m-%d %H:%M}..{window.end:%m-%d %H:%M}"
    )


def doubts(text: str) -> list[str]:
    """The words that are left over and may be a time."""
    return [left.text for left in request(text).leftover if left.timely]


def left(text: str) -> list[str]:
    """All words that are left over."""
    return [each.text for each in request(text).leftover]


def problem(text: str, *, now: datetime = TUESDAY) -> str | None:
    """The code of its problem, or None."""
    found = request(text, now=now).problem
    return found.code.value if found else None
