"""What a common time is sought for: who, when, how long; and the stretches in which it may lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.availability.intervals import subtract, union
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import FreeBusy, Unknown
from bot.model.people import StaffId
from bot.model.time import Interval, Window, WindowKind

MARK = timedelta(minutes=5)
"""Slots start on these marks of the clock."""
_QUARTER = timedelta(minutes=15)
_BY_WORK = (WindowKind.DAYS, WindowKind.PART)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is to come (RFC 5545 §3.8.4.1), or may (ROLE=OPT-PARTICIPANT). `calendar` is their working time."""

    staff_id: StaffId
    known: FreeBusy | Unknown
    calendar: WorkingCalendar
    required: bool = True

    @property
    def free_busy(self) -> FreeBusy | None:
        """What can be seen of them; None where nothing can."""
        return self.known if isinstance(self.known, FreeBusy) else None


@dataclass(frozen=True, slots=True)
class Sought:
    """One search. `windows` are its horizon, `calendar` is the chat's, by whose days it is counted and shown.

    Where nobody is required, everybody is. With a `quorum` so many of the attendees must be firmly free, whoever they
    are; required ones then only rank before the others.
    """

    attendees: tuple[Attendee, ...]
    windows: tuple[Window, ...]
    duration: timedelta
    calendar: WorkingCalendar
    now: datetime
    quorum: int | None = None

    @property
    def by_work(self) -> bool:
        """True where days or parts of a day are searched, and not only hours that were named."""
        return any(window.kind in _BY_WORK for window in self.windows)

    @property
    def calendars(self) -> tuple[WorkingCalendar, ...]:
        """When those who are to come work, each calendar once; without anybody that of the search."""
        found = {id(each.calendar): each.calendar for each in self.attendees}
        return tuple(found.values()) or (self.calendar,)

    @property
    def required(self) -> tuple[Attendee, ...]:
        """Those who must be free."""
        return tuple(each for each in self.attendees if each.required) or self.attendees

    @property
    def optional(self) -> tuple[Attendee, ...]:
        """Those who need not be free."""
        unneeded = tuple(each for each in self.attendees if not each.required)
        return unneeded if len(unneeded) < len(self.attendees) else ()


def searched(sought: Sought) -> list[Interval]:
    """The stretches that a slot may lie in, one for each piece of a window, from now on, each from a five-minute mark.

    Whole days are the working time of whoever is to come, piece by piece between the breaks, and nothing where nobody
    works. So are parts of a day that touch somebody's working time. Hours that were named are searched as they were
    named, breaks and all.
    """
    now = sought.now.astimezone(UTC)
    pieces = []
    for window in sought.windows:
        for piece in _pieces(window, sought):
            start = next_mark(max(piece.start, now))
            if start < piece.end:
                pieces.append(Interval(start, piece.end))
    return pieces


def off_work(attendee: Attendee, sought: Sought) -> list[Interval]:
    """Where the attendee is not at work in what is searched of whole days and parts of a day."""
    off: list[Interval] = []
    for window in sought.windows:
        if window.kind in _BY_WORK and (worked := _worked(window, sought)):
            off += subtract(worked, attendee.calendar.working_time(window.interval))
    return off


def next_mark(moment: datetime) -> datetime:
    """`moment`, in UTC, or the next mark of the clock after it. Every zone in use is whole quarters away from UTC."""
    past = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (MARK - past) if past else moment


def next_quarter(moment: datetime) -> datetime:
    """`moment`, or the next whole quarter of an hour after it.

    >>> next_quarter(datetime(2026, 3, 17, 10, 7, tzinfo=UTC)).isoformat()
    '2026-03-17T10:15:00+00:00'
    """
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_QUARTER - past) if past else moment


def _pieces(window: Window, sought: Sought) -> list[Interval]:
    if window.kind not in _BY_WORK:
        return [window.interval]
    whole = [window.interval] if window.kind is WindowKind.PART else []
    return _worked(window, sought) or whole


def _worked(window: Window, sought: Sought) -> list[Interval]:
    """Where anybody who is to come is at work."""
    return union(piece for calendar in sought.calendars for piece in calendar.working_time(window.interval))
