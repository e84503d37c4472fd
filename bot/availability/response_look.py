"""When the replies to a meeting are looked at without being asked for: before it starts, while its organizer works."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.availability.working_time import WorkingCalendar
from bot.model.time import Interval

BEFORE = timedelta(hours=2)
_LEAST = timedelta(minutes=30)
_BACK = timedelta(days=7)


def response_look(start: datetime, calendar: WorkingCalendar, *, after: datetime) -> datetime | None:
    """Two hours before `start`; out of the organizer's hours half an hour before they ended last.

    Where that is not after `after`, their next hours begin it, half an hour before `start` at the latest. None where
    nothing of that is left, or the meeting is made within those two hours: people have just been asked.
    """
    wanted = start - BEFORE
    if wanted <= after:
        return None
    worked = calendar.working_time(Interval(wanted - _BACK, start))
    if any(each.start <= wanted < each.end for each in worked):
        return wanted
    before = [each for each in worked if each.end <= wanted]
    last = max(before[-1].start, before[-1].end - _LEAST) if before else None
    if last is not None and last > after:
        return last
    opening = next((each.start for each in worked if each.start > wanted), None)
    return opening if opening is not None and opening <= start - _LEAST else None
