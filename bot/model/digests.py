"""Digests: where and when one is due, and in whose day there is little time left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.people import ConversationId, Missing, Person, StaffId
from bot.model.requests import Language
from bot.model.time import Interval

DigestKey = NewType("DigestKey", str)
"""A place and a kind of digest. It is made by `digest_key` and read by nobody."""


def digest_key(place: ConversationId, kind: EditionKind) -> DigestKey:
    """The place itself for a day's digest, which came first."""
    return DigestKey(place if kind is EditionKind.DAY else f"{kind.value}:{place}")


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest as it is set, by the configuration or in its chat.

    `place` is the chat it goes to; for a 1:1 digest `user` is the person and `place` is `direct:` with their staffId,
    `chat` the conversation that it was set in. `team` is a configured team, None for the chat's own. Calendars are read
    in the name of `operator`, who set it up (None: the first member of the team). `at` is a time of day in `zone`;
    `days` are DigestDays or weekdays from Monday = 0, on which holidays are left out. Nothing goes out through
    `paused_until`. `quiet`: nothing to say, nothing sent. `kind`: it is about a day, or about a week, and then `days`
    are the weekdays on which it goes out, DigestDays the last working day of a week. `week_ahead`: the edition of the
    last working day of a week is the week's.
    """

    place: ConversationId
    at: time
    zone: str
    language: Language
    user: StaffId | None = None
    team: str | None = None
    operator: StaffId | None = None
    days: DigestDays | tuple[int, ...] = DigestDays.WORKDAYS
    quiet: bool = False
    week_ahead: bool = False
    on: bool = True
    paused_until: date | None = None
    set_in_chat: bool = False
    chat: ConversationId | None = None
    kind: EditionKind = EditionKind.DAY

    @property
    def key(self) -> DigestKey:
        """What it is stored under: a place has one digest of each kind."""
        return digest_key(self.place, self.kind)

    def resumed(self, day: date) -> Digest:
        """The same without a pause that is over on `day`."""
        over = self.paused_until is not None and self.paused_until < day
        return replace(self, paused_until=None) if over else self


@dataclass(frozen=True, slots=True)
class Edition:
    """The digest that goes out on one `day`, as its card shows it: of that day, or of the week that begins on `week`.

    `late`: long after its time. It is tried once more at `retry_at`.
    """

    digest: Digest
    day: date
    late: bool = False
    retry_at: datetime | None = None
    week: date | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A card of a digest's settings, as it is shown: `digest` is None where none is set.

    Only `opened_by` may change them there, once anybody has opened it; `left_out` are those who were left out then.
    `choosing`: the card offers other times. `loosely`: "every day" was taken for every working day.
    """

    digest: Digest | None = None
    opened_by: StaffId | None = None
    left_out: tuple[StaffId, ...] = ()
    choosing: bool = False
    loosely: bool = False


class DayPart(StrEnum):
    """Which part of somebody's working day is taken."""

    ALL = "all"  # nothing of it is free
    MOST = "most"  # the morning and the afternoon, but for a part of them
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Engaged:
    """Somebody without time in a part of the day: until `until` or from `since`, where that is not the whole of it.

    `between` are the hours within it that are free all the same. `firm` is False where they would have time if what is
    tentative does not take place; `rest_tentative`: what is left of the day beside a part that is firmly taken is taken
    tentatively.
    """

    who: Person | Missing
    part: DayPart
    firm: bool = True
    until: datetime | None = None
    since: datetime | None = None
    between: tuple[Interval, ...] = ()
    rest_tentative: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """What the next days hold: a holiday from `first` to `last`, named by language, on which no digest goes out.

    With `make_up` it is one weekend day that is worked instead, on which one does.
    """

    first: date
    last: date
    name_zh: str = ""
    name_en: str = ""
    make_up: bool = False
