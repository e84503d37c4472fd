"""A situation as YAML: people, calendars, the clock, what is wrong with DingTalk, and what is said and done in order.

docs/playground.md shows every key. Times without an offset are in the situation's zone; a calendar's entry is
"2026-03-17 14:00-15:00", with "?" behind it tentative, a day alone the whole day, and a day is a date, today, tomorrow
or a weekday (the next one, today included).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.config_file import read_yaml
from bot.config_hours import Clock, OwnWorkingTime, Zone
from bot.errors import ConfigError
from bot.playground.moments import entry_of, leave_of, moment_of

Answer = Literal["accepted", "declined", "tentative"]
"""What somebody may reply to an invitation."""
START = "2026-03-17T10:00"
"""A working Tuesday, with nothing but working days in the weeks around it."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Words(_Part):
    """One text in both languages."""

    zh: str
    en: str


class PersonPart(_Part):
    """Somebody of the organisation, or (`outsider`) of another.

    `busy` are calendar entries, and so is `leave`, which attendance knows and no calendar; `working_time` is what
    differs from everybody's.
    """

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
    leave: tuple[str, ...] = ()
    working_time: OwnWorkingTime = OwnWorkingTime()


class GroupPart(_Part):
    """A group with the bot in it; with a `team` its members are that team, and `digest` is when its digest goes out."""

    title: str
    members: tuple[str, ...]
    id: str | None = None
    team: str | None = None
    aliases: tuple[str, ...] = ()
    digest: Clock | None = None
    examples: tuple[str, ...] = ()


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
    before; "direct" is the 1:1 chat). `clock` is "+15m", "digest", or a time. `calendar` is whose it is, of whom also
    leave, zone and working time change (`{}` is everybody's again), and what they `reply` to the bot's newest meeting.
    `show` is the name under which the gallery has the card that comes, or that is there.
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
    leave: tuple[str, ...] = ()
    end_leave: tuple[str, ...] = ()
    zone: Zone | None = None
    working_time: OwnWorkingTime | None = None
    reply: Answer | None = None
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
        if len(named) > 1 or not (named or self.note or self.expect or self.show):
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
            for entry in person.leave:
                leave_of(entry, now=self.moment, zone=self.zone)
        return self

    @property
    def moment(self) -> datetime:
        """When it begins; aware."""
        return moment_of(self.now, self.zone)


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
