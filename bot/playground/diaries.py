"""The sample company's calendars and leave: a weekly pattern as text, days away, and a today that is never empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.emulator import Calendar, Person

ZONE = ZoneInfo("Asia/Shanghai")
WEEKS = 4
_DAYS = ("mon", "tue", "wed", "thu", "fri")

# "DAYS HH:MM-HH:MM …; …" - a question mark makes the item tentative. Tuesday afternoon shows every state at once.
WEEKLY: Mapping[str, str] = {
    "zhangwei": "mon,thu 09:30-10:30; tue 10:00-11:00 16:30-17:30; wed 14:00-16:00 15:00-17:00; fri 09:00-10:00",
    "lina": "mon 13:30-15:00; tue 09:00-10:30; wed,fri 10:00-11:30 17:00-18:00?; thu 14:00-15:30",
    "wangfang": "mon,wed,fri 09:00-09:30; tue 11:00-12:00; thu 10:00-12:00 16:00-17:00?",
    "zhaolei": "tue 13:30-15:00; mon,thu 15:00-16:00; wed 09:00-12:00 11:00-12:30; fri 14:00-15:00?",
    "chenjing": "tue 13:00-16:30; mon 10:00-12:00; wed 09:00-12:00 13:00-18:00; thu 09:00-10:00; fri 13:00-15:00",
    "liuyang": "mon,tue,wed,thu,fri 09:15-09:45; tue 14:00-16:00?; wed 10:30-12:00",
    "wangxiaoming": "mon 09:00-12:00; tue 15:30-17:00; thu 13:00-14:00; fri 09:00-11:00 10:00-12:00",
    "alice": "mon,wed 10:00-11:00; tue 09:00-10:00; thu 15:00-16:30; fri 14:00-15:00?",
    "bob": "tue 13:30-15:00; mon 16:00-17:30; wed 09:30-11:00 10:30-12:00; thu 09:00-10:00",
    "carol": "tue 13:00-16:30; wed 13:00-14:00; thu 09:00-12:00 13:00-18:00; fri 10:00-11:00",
    "zoe": "mon 13:00-14:30; tue 11:00-12:00; wed 16:00-18:00?; fri 09:30-10:30",
    "hans": "mon,wed 16:00-17:00; tue 15:30-17:00; thu 17:00-18:00?; fri 20:00-21:00",
}

# The same of meeting rooms.
OF_ROOMS: Mapping[str, str] = {
    "room-lake": "mon,wed 10:00-12:00; tue 14:00-16:30; thu 09:00-10:30; fri 13:00-15:00",
    "room-pavilion": "mon,tue,wed,thu,fri 09:15-09:45; wed 14:00-17:00",
    "room-hall": "mon 09:00-11:00; fri 09:00-18:00",
    "room-board": "tue 15:00-16:00?; thu 13:00-18:00",
    "room-maple": "tue 13:30-15:00; wed 10:00-12:00",
}

# Instead of the weekly pattern on the day the playground starts. Chen Jing is booked from end to end, Zhao Lei every
# other half hour, so that "now" has somebody busy and somebody free at any hour of work.
TODAY: Mapping[str, str] = {
    "zhangwei": "10:00-11:00 14:00-15:30 17:00-18:00",
    "lina": "09:30-10:30 13:30-14:00 16:00-17:00?",
    "wangfang": "11:00-12:00",
    "zhaolei": " ".join(f"{hour:02}:00-{hour:02}:30" for hour in range(8, 18)),
    "chenjing": "08:00-12:00 11:30-13:00 13:00-18:30",
    "liuyang": "09:15-09:45",
    "wangxiaoming": "14:00-16:00?",
    "alice": "11:00-12:00 15:00-16:00",
    "bob": "09:00-09:30 14:00-16:00 15:30-17:00",
    "carol": "08:00-12:00 13:00-18:30",
    "zoe": "10:30-11:30?",
    "hans": "16:00-17:30",
}

# Whole days on leave, which attendance knows and no calendar: (weeks from now, weekday, days). And on the day the
# playground starts: from when to when, or all of it.
LEAVE: Mapping[str, tuple[int, int, int]] = {"wangfang": (1, 3, 1), "liuyang": (2, 0, 2), "bob": (1, 4, 1)}
LEAVE_TODAY: Mapping[str, str] = {"wangxiaoming": "13:00-18:00", "zoe": ""}


def fill(calendar: Calendar, staff_id: str, *, today: date) -> None:
    """Enter a person's items from this Monday on, for four weeks; the same day gives the same items."""
    monday = today - timedelta(days=today.weekday())
    for offset in range(7 * WEEKS):
        day = monday + timedelta(days=offset)
        for item in _items(staff_id, day, today=today):
            _enter(calendar, day, item)


def go_on_leave(person: Person, staff_id: str, *, today: date) -> None:
    """Let a person be away as this one of the sample is."""
    monday, zone = today - timedelta(days=today.weekday()), person.calendar.zone
    if staff_id in LEAVE:
        weeks, weekday, days = LEAVE[staff_id]
        person.leave.days(monday + timedelta(weeks=weeks, days=weekday), days, zone=zone)
    hours = LEAVE_TODAY.get(staff_id)
    if hours:
        person.leave.hours(*(_at(today, clock) for clock in hours.split("-")))
    elif hours is not None:
        person.leave.days(today, zone=zone)


def _items(staff_id: str, day: date, *, today: date) -> list[str]:
    if day == today:
        return TODAY.get(staff_id, "").split()
    return [item for days, items in _pattern(staff_id) if day.weekday() in days for item in items]


def _pattern(staff_id: str) -> Iterator[tuple[set[int], list[str]]]:
    for part in filter(None, {**WEEKLY, **OF_ROOMS}.get(staff_id, "").split(";")):
        days, *items = part.split()
        yield {_DAYS.index(day) for day in days.split(",")}, items


def _enter(calendar: Calendar, day: date, item: str) -> None:
    start, end = (_at(day, clock) for clock in item.rstrip("?").split("-"))
    if item.endswith("?"):
        calendar.tentative(start, end)
    else:
        calendar.busy(start, end)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZONE)
