"""What judging calendars costs as people and days grow: `python -m benchmarks.judging`, some seconds.

Processor milliseconds, the best of three, with six meetings a person and day. Whatever takes longer than the event loop
may stand still is done beside it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

from bot.availability.heatmap import day_rows
from bot.availability.judge import judge_all
from bot.availability.relaxing import closest, relaxations
from bot.availability.slots import Attendee, Sought, find_slots
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.model.freebusy import Busy, FreeBusy
from bot.model.people import Person, StaffId, UnionId
from bot.model.time import Interval, Window, WindowKind

_CALENDAR = WorkingCalendar(ZoneInfo("Asia/Shanghai"))
_MONDAY = datetime(2026, 3, 2, tzinfo=_CALENDAR.zone)


def company(people: int, days: int) -> list[tuple[Person, FreeBusy]]:
    """Everybody with six half hours taken on each day."""
    chance = random.Random(1)
    window = Interval(_MONDAY, _MONDAY + timedelta(days=days))

    def busy(day: int, hour: int) -> Busy:
        start = _MONDAY + timedelta(days=day, hours=hour, minutes=chance.choice((0, 15, 30)))
        return Busy(Interval(start, start + timedelta(minutes=30)))

    def known() -> FreeBusy:
        items = [busy(day, hour) for day in range(days) for hour in (9, 10, 11, 14, 15, 17)]
        return FreeBusy(window, tuple(sorted(items)))

    return [(Person(StaffId(str(n)), UnionId(str(n)), f"Person {n}"), known()) for n in range(people)]


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of the best of three."""
    taken = []
    for _ in range(3):
        began = process_time()
        work()
        taken.append(process_time() - began)
    return min(taken) * 1e3


def row(people: int, days: int) -> str:
    """One line of the table."""
    known = company(people, days)
    window = Window(_MONDAY, _MONDAY + timedelta(days=days), WindowKind.DAYS)
    attendees = tuple(Attendee(who.staff_id, what, _CALENDAR) for who, what in known)
    sought = Sought(attendees, (window,), timedelta(hours=1), _CALENDAR, _MONDAY)
    everybody = [(who, what, _CALENDAR) for who, what in known]
    all_days = _CALENDAR.days(window.interval)
    works: tuple[Callable[[], object], ...] = (
        lambda: judge_all(known, windows=[window], calendars=Calendars(_CALENDAR)),
        lambda: day_rows(everybody, days=all_days, calendar=_CALENDAR),
        lambda: (find_slots(sought), closest(sought), list(relaxations(sought, farther=()))),
    )
    return f"{people:>8}{days:>8}" + "".join(f"{milliseconds(work):>14.1f}" for work in works)


def main() -> int:
    """The command; the exit code."""
    print(f"{'people':>8}{'days':>8}{'verdicts':>14}{'map':>14}{'common time':>14}")
    for people in (1, 20, 200):
        for days in (1, 14, 30):
            print(row(people, days), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
