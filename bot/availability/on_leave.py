"""Leave laid over what calendars say of somebody. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.availability.intervals import subtract, union
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, FreeBusy, Unknown
from bot.model.leave import LeaveSpan, LeaveUnread
from bot.model.people import UnknownReason
from bot.model.time import Interval

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def with_leave(
    known: FreeBusy | Unknown,
    leave: Sequence[LeaveSpan] | LeaveUnread | None,
    *,
    calendar: WorkingCalendar,
    office: tzinfo,
    window: Interval,
) -> FreeBusy | Unknown:
    """`known`, read over `window`, with the leave of somebody who works by `calendar`; None: nobody looked.

    Whoever is on leave is firmly busy, also where their calendar cannot be read and the leave takes all of their
    working time in `window`. Where a leave of theirs makes no sense they are unknown; where leave could not be read at
    all their calendar stands. `office` is where days are counted that are not theirs.
    """
    if leave is None:
        return known
    if isinstance(leave, LeaveUnread):
        return Unknown(UnknownReason.UNREADABLE) if leave.theirs else known
    every = union(each for span in leave for each in times_off(span, home=calendar.zone, office=office))
    off = tuple(each for each in every if each.overlaps(window))
    if isinstance(known, FreeBusy):
        return replace(known, busy=tuple(sorted((*known.busy, *map(Busy, off)))), leave=off)
    worked = calendar.working_time(window)
    if not off or not worked or subtract(worked, off):
        return replace(known, leave=off)
    whole = Interval(off[0].start, off[-1].end)
    return FreeBusy(whole, (Busy(whole),), leave=off, beyond=replace(known, leave=off))


def times_off(span: LeaveSpan, *, home: tzinfo, office: tzinfo) -> Iterable[Interval]:
    """When somebody who lives in `home` is away.

    Days of leave are days where their owner is. DingTalk gives instants and not by whose clocks it counted: where they
    are midnights at the `office` and not at home both may be meant, and both count. A last day that is given by its
    midnight is counted in where the number of days says so, and a last second by the minute that it ends.
    """
    start, end = span.start, _full_minute(span.end)
    if span.days is None:
        return [Interval(start, end)]
    counted = next((zone for zone in (home, office) if _is_midnight(start, zone) and _is_midnight(end, zone)), None)
    if counted is None:
        return [Interval(start, end)] if start < end else [Interval(start, start + _DAY)]
    first, last = start.astimezone(counted), end.astimezone(counted)
    days = (last.date() - first.date()).days
    if days == 0 or days == span.days - 1:
        last += _DAY
    given = Interval(first, last)
    if counted is home:
        return [given]
    return [given, Interval(first.replace(tzinfo=home), last.replace(tzinfo=home))]


def _full_minute(moment: datetime) -> datetime:
    past = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_MINUTE - past) if past else moment


def _is_midnight(moment: datetime, zone: tzinfo) -> bool:
    local = moment.astimezone(zone)
    return (local.hour, local.minute, local.second) == (0, 0, 0)
