"""A situation as YAML: people, calendars, the clock, what is wrong with DingTalk, and what is said and done in order.

docs/playground.md shows every key. Times without an offset are in the situation's zone; a calendar's entry is
"2026-03-17 14:00-15:00", with "?" behind it tentative, a day alone the whole day, and a day is a date, today, tomorrow
or a weekday (the next one, today included).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_serializer, model_validator

from bot.config_file import read_yaml
from bot.config_hours import Clock, Zone
from bot.errors import ConfigError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
START = "2026-03-17T10:00"
"""A working Tuesday, with nothing but working days in the weeks around it."""
_ENTRY = re.compile(r"(\S+?)(?:\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d))?(\?)?")
_ADVANCE = re.compile(r"\+(\d{1,4})\s*(m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Words(_Part):
    """One text in both languages."""

    zh: str
    en: str


class PersonPart(_Part):
    """Somebody of the organisation, or (`outsider`) of another; `busy` are calendar entries."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    name: str
    nick: str = ""
    title: str = ""
    departments: tuple[int, ...] = (1,)
    aliases: tuple[str, ...] = ()
    zone: Zone | None = None
    outsider: bool = False
    shares: bool = True
    busy: tuple[str, ...] = ()


class GroupPart(_Part):
    """A group with the bot in it; with a `team` its members are that team, and `digest` is when its digest goes out."""

    title: str
    members: tuple[str, ...]
    id: str | None = None
    team: str | None = None
    aliases: tuple[str, ...] = ()
    digest: Clock | None = None
    examples: tuple[str, ...] = ()

    @field_serializer("digest")
    def _as_written(self, at: time | None) -> str | None:
        return f"{at:%H:%M}" if at else None


class Expectation(_Part):
    """What is true after a step: of the newest card or message of its chat, and of the events that the bot made.

    `says` and `lacks` are pieces of its text, `buttons` and `no_buttons` labels of its buttons (or pieces of them);
    `answer` false: nothing new appeared. `events` is how many meetings are in calendars.
    """

    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    no_buttons: tuple[str, ...] = ()
    answer: bool = True
    events: int | None = None


class Step(_Part):
    """One thing that is done: said, pressed, or changed on the stage. `note` is a caption, `expect` what comes of it.

    `by` is who says or presses (else the situation's `me`), `in` the title of a group (else the chat of the step
    before; "direct" is the 1:1 chat). `clock` is "+15m", "digest", or a time; `calendar` is whose it is. `show` is the
    name under which the gallery has the card that comes.
    """

    say: str | None = None
    press: str | None = None
    clock: str | None = None
    calendar: str | None = None
    fault: str | None = None
    by: str | None = None
    place: str | None = Field(default=None, alias="in")
    at: tuple[str, ...] = ()
    to_bot: bool = True
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    shares: bool | None = None
    on: bool = True
    note: Words | None = None
    show: str | None = None
    expect: Expectation | None = None

    @property
    def verb(self) -> str:
        """Which of the five it is; "" for a mere caption."""
        named = [each for each in ("say", "press", "clock", "calendar", "fault") if getattr(self, each) is not None]
        return named[0] if named else ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        named = [each for each in ("say", "press", "clock", "calendar", "fault") if getattr(self, each) is not None]
        if len(named) > 1 or not (named or self.note or self.expect):
            raise ValueError(f"found {named or 'nothing'}, expected one of say, press, clock, calendar, fault")
        return self


class Situation(_Part):
    """Everything on the stage. Without `people` it is the sample company, with calendars around `now`."""

    title: Words | None = None
    now: str = START
    zone: Zone = "Asia/Shanghai"
    me: str | None = None
    language: Literal["zh", "en"] | None = None
    people: tuple[PersonPart, ...] = ()
    groups: tuple[GroupPart, ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)
    faults: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _makes_sense(self) -> Situation:
        moment_of(self.now, self.zone)
        known = {each.id for each in self.people}
        for group in self.groups:
            strangers = [each for each in group.members if each not in known]
            if strangers:
                raise ValueError(f"found {strangers[0]!r} in the group {group.title!r}, expected ids of `people`")
        for person in self.people:
            for entry in person.busy:
                entry_of(entry, now=self.moment, zone=self.zone)
        return self

    @property
    def moment(self) -> datetime:
        """When it begins; aware."""
        return moment_of(self.now, self.zone)


class Entry(_Part):
    """A calendar's entry: two aware ends, or (`days`) whole days from `day` on."""

    start: datetime | None = None
    end: datetime | None = None
    day: date | None = None
    days: int = 0
    tentative: bool = False


def moment_of(text: str, zone: str) -> datetime:
    """An aware time; one without an offset is in `zone`. Raises ValueError.

    >>> moment_of("2026-03-17 10:00", "Asia/Shanghai").isoformat()
    '2026-03-17T10:00:00+08:00'
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"found {text!r}, expected a time such as 2026-03-17 10:00") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def entry_of(text: str, *, now: datetime, zone: str) -> Entry:
    """A calendar's entry. Raises ValueError.

    >>> now = moment_of("2026-03-17 10:00", "Asia/Shanghai")
    >>> entry_of("wed 9:00-10:30?", now=now, zone="Asia/Shanghai").start.isoformat()
    '2026-03-18T09:00:00+08:00'
    >>> entry_of("2026-03-19", now=now, zone="Asia/Shanghai").days
    1
    """
    found = _ENTRY.fullmatch(text.strip())
    day = _day_of(found[1], now.astimezone(ZoneInfo(zone)).date()) if found else None
    if found is None or day is None:
        raise ValueError(
            f'found {text!r}, expected an entry such as "2026-03-17 14:00-15:00", "wed 9:00-10:00?" or a day'
        )
    if found[2] is None:
        return Entry(day=day, days=1, tentative=bool(found[4]))
    start, end = (_on(day, each, zone) for each in (found[2], found[3]))
    if end <= start:
        end += timedelta(days=1)
    return Entry(start=start, end=end, tentative=bool(found[4]))


def advance_of(text: str) -> timedelta | None:
    """How far "+15m", "+2h" or "+1d" moves the clock on; None for another text.

    >>> advance_of("+90m")
    datetime.timedelta(seconds=5400)
    """
    found = _ADVANCE.fullmatch(text.strip())
    return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def read_situation(source: Path | str) -> Situation:
    """A situation from a file (`Path`) or from text. Raises ConfigError, naming what was found where."""
    name = str(source) if isinstance(source, Path) else "situation"
    values = read_yaml(source)
    if not isinstance(values, dict):
        raise ConfigError(f"found {type(values).__name__}, expected keys such as `people` and `steps`", source=name)
    try:
        return Situation.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        text = first["msg"].removeprefix("Value error, ")
        text = (
            "found an unknown key, expected one of docs/playground.md" if first["type"] == "extra_forbidden" else text
        )
        raise ConfigError(text, source=name, key=".".join(str(each) for each in first["loc"])) from None


def as_yaml(situation: Situation) -> str:
    """The situation as a file holds it; what is as usual is left out."""
    from io import StringIO

    from ruamel.yaml import YAML

    out = StringIO()
    yaml = YAML(typ="rt", pure=True)
    yaml.width, yaml.allow_unicode = 120, True
    yaml.default_flow_style = False
    yaml.dump(situation.model_dump(mode="json", by_alias=True, exclude_defaults=True), out)
    return out.getvalue()


def _day_of(text: str, today: date) -> date | None:
    word = text.casefold()
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if word in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(word) - today.weekday()) % 7)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _on(day: date, clock: str, zone: str) -> datetime:
    try:
        at = time.fromisoformat(clock.zfill(5))
    except ValueError:
        raise ValueError(f"found {clock!r}, expected a time of day such as 14:00") from None
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone))
