"""What people of a chat say about its digest, as values: when it goes out, a pause, one at once, who is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DigestDays(StrEnum):
    """On which days a digest goes out, where these are not named one by one."""

    WORKDAYS = "workdays"  # make-up days are, holidays are not
    DAILY = "daily"


class EditionKind(StrEnum):
    """What an edition is about: one day, or one week. A chat may have a digest of either kind."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class DigestOrder:
    """What is to be changed of a digest; None and False for what stays as it is.

    `at` is minutes after midnight; `days` are DigestDays or weekdays from Monday = 0. `loosely`: "every day" was said
    together with a time, which is taken for every working day. `quiet`: nothing to say, nothing sent. `on` turns it on
    or off, on without a pause; `paused_until` is the last day of a pause. `hide` leaves whoever says so out of it, or
    takes them in again. `edition` is the kind of digest that is spoken of, None where no kind is. `now`: one is wanted
    at once, of `day`, or of the week in which it lies; None: of the day or the week that is next.
    """

    at: int | None = None
    days: DigestDays | tuple[int, ...] | None = None
    loosely: bool = False
    quiet: bool | None = None
    on: bool | None = None
    paused_until: date | None = None
    hide: bool | None = None
    edition: EditionKind | None = None
    now: bool = False
    day: date | None = None

    @property
    def changes(self) -> bool:
        """True where something of a digest is to be another, or somebody is to be left out of it."""
        return self != DigestOrder(edition=self.edition, now=self.now, day=self.day)
