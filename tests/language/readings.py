"""The whole reading of a text in one line: only what is said stands in it, each part under its name.

`python -m tests.language.readings TEXT...` prints it, as a row of `readings.jsonl` where each `read` has been judged by
the product's rules.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.language import parse
from bot.model.digest_orders import DigestOrder
from bot.model.people import Who
from bot.model.requests import Change, Request, Setting
from bot.model.time import Window

HERE = Path(__file__).parent
FILE = HERE / "readings.jsonl"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
"""A Tuesday morning; the 23rd was this week's Monday, the 30th is next week's."""
TEAMS = {"design": "design", "设计组": "design"}
_MINUTES = 60


def reading(text: str) -> str:
    """What a text is read as on that Tuesday, with one team and no directory."""
    return " | ".join(_parts(parse(text, now=TUESDAY, zone=SHANGHAI, teams=TEAMS)))


def rows() -> list[tuple[str, str]]:
    """Each text with its reading, as they are labelled."""
    found = [json.loads(line) for line in FILE.read_text(encoding="utf8").splitlines()]
    return [(row["text"], row["read"]) for row in found]


def _parts(request: Request) -> Iterator[str]:
    yield request.intent.value
    yield from _windows(request.windows)
    if request.full != request.windows:
        yield from [f"in full {part}" for part in _windows(request.full)]
    yield from [f"or {' and '.join(_windows(other.windows))}" for other in request.alternatives]
    yield from [f"{each.kind.value} of {each.words}" for each in request.assumptions]
    yield from _people(request.who)
    flags = ("watch", "reminders", "video", "acts")
    yield from [flag for flag in flags if getattr(request, flag)]
    lengths = {"lasts": request.duration, "reminds": request.reminder}
    yield from [f"{key} {round(each.total_seconds() / _MINUTES)} min" for key, each in lengths.items() if each]
    said = ("optional", "quorum", "zone", "series", "title", "place", "option")
    yield from [f"{key} {_said(getattr(request, key))}" for key in said if getattr(request, key)]
    told = {"sets": request.setting, "digest": request.digest}
    yield from [f"{key} {_fields(each)}".strip() for key, each in told.items() if each]
    if request.change:
        yield f"changes {' '.join(_change(request.change))}"
    if request.problem:
        yield f"problem {request.problem.code.value} {request.problem.words}".strip()
    yield from [f"{'doubts' if left.timely else 'leaves'} {left.text}" for left in request.leftover]


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _fields(value: Setting | DigestOrder) -> str:
    """What is said in a value of several fields: zone Asia/Tokyo."""
    said = [(each.name, getattr(value, each.name)) for each in fields(value)]
    return ", ".join(f"{name} {told}" for name, told in said if told not in (None, False, ""))


def _change(change: Change) -> Iterator[str]:
    yield change.kind.value
    yield from _windows(change.windows)
    yield from _people(change.who)
    if change.duration:
        yield f"by {round(change.duration.total_seconds() / _MINUTES)} min"
    if change.weekday:
        yield "of that week"


def _people(who: Who) -> Iterator[str]:
    for key in ("names", "mentioned", "teams", "without_names", "unread"):
        if getattr(who, key):
            yield f"{key} {_said(getattr(who, key))}"
    yield from [key for key in ("me", "everyone", "without_me") if getattr(who, key)]


def _windows(windows: tuple[Window, ...]) -> list[str]:
    """Each kind of window with its windows: point 11-25 15:00-16:00."""
    return [
        f"{kind.value} {', '.join(map(_window, group))}" for kind, group in groupby(windows, lambda window: window.kind)
    ]


def _window(window: Window) -> str:
    start, end = window.start, window.end
    year = "" if start.year == TUESDAY.year else f"{start:%Y-}"
    day = "" if end.date() == start.date() else f"{end:%m-%d} "
    return f"{year}{start:%m-%d %H:%M}-{day}{end:%H:%M}"


def main() -> None:
    """Prints the row of each text."""
    for text in sys.argv[1:]:
        print(json.dumps({"text": text, "read": reading(text)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
