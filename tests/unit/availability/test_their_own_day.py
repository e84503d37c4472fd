"""Verdicts against a second reading that walks through everybody's own local minutes, one after the other."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.availability.holidays import HolidayTable
from bot.availability.judge import judge, judge_all
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.dingtalk.calendar import ScheduleInformation, ScheduleItem, WireTime
from bot.model.freebusy import FreeBusy, State, Verdict
from bot.model.people import Person, StaffId, UnionId
from bot.model.requests import WorkingHours
from bot.model.time import Interval, Window, WindowKind
from bot.schedules import free_busy_of

ZONES = (
    "Asia/Shanghai",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "UTC",
)
MONDAYS = tuple(date(2026, *each) for each in ((3, 9), (3, 23), (3, 30), (7, 6), (10, 19), (10, 26)))
"""Weeks in which the clocks of some zone change, and one in which none does."""
MINUTE, FIVE, DAY, WEEK = timedelta(minutes=1), timedelta(minutes=5), timedelta(days=1), timedelta(days=7)
BOB = Person(StaffId("bob"), UnionId("bob"), "Bob")
SEEDS = st.integers(0, 10**6)


@dataclass(frozen=True)
class Case:
    """Somebody with a calendar on the wire, and a question; times are on the marks of five minutes."""

    calendar: WorkingCalendar
    items: tuple[ScheduleItem, ...]
    window: Window


def random_hours(rng: random.Random) -> WorkingHours:
    start = rng.choice((0, 6, 9, 9, 10, 14, 22)) * 60 + rng.choice((0, 0, 30))
    end = start + rng.choice((240, 480, 540, 540, 600))
    pause = start + 180
    return WorkingHours(start, end, ((pause, pause + 60),) if end > pause + 60 and rng.random() < 0.6 else ())


def random_case(seed: int) -> Case:
    rng = random.Random(seed)
    zone, monday = ZoneInfo(rng.choice(ZONES)), rng.choice(MONDAYS)
    days = [monday + n * DAY for n in range(9)]
    off = dict.fromkeys(rng.sample(days, rng.randint(0, 2)), ("假", "Off"))
    table = HolidayTable("XX", off, frozenset(set(rng.sample(days, 1)) - set(off)), frozenset({2026}))
    calendar = WorkingCalendar(
        zone,
        frozenset(rng.sample(range(7), rng.choice((0, 4, 5, 5, 5)))),
        random_hours(rng),
        table if rng.random() < 0.5 else None,
        {rng.randrange(7): random_hours(rng)} if rng.random() < 0.4 else {},
    )
    return Case(
        calendar, tuple(random_item(rng, monday, zone) for _ in range(rng.randint(0, 4))), random_window(rng, monday)
    )


def random_item(rng: random.Random, monday: date, zone: ZoneInfo) -> ScheduleItem:
    status = rng.choice(("BUSY", "BUSY", "TENTATIVE"))
    first = monday + rng.randint(-1, 8) * DAY
    if rng.random() < 0.5:
        last = first + rng.randint(1, 2) * DAY
        return ScheduleItem(status, WireTime(first.isoformat(), None, "UTC"), WireTime(last.isoformat(), None, "UTC"))
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) + rng.randint(0, 287) * FIVE
    ends = (start, start + rng.randint(1, 60) * FIVE)
    there = [each.astimezone(zone).isoformat() for each in ends]
    return ScheduleItem(status, WireTime(None, there[0], str(zone)), WireTime(None, there[1], str(zone)))


def random_window(rng: random.Random, monday: date) -> Window:
    """Of the asker, who may be anywhere."""
    asker = ZoneInfo(rng.choice(ZONES))
    day = monday + rng.randint(0, 5) * DAY
    midnight = datetime(day.year, day.month, day.day, tzinfo=asker)
    if rng.random() < 0.5:
        return Window(midnight, midnight + rng.randint(1, 2) * DAY, WindowKind.DAYS)
    start = midnight + timedelta(minutes=rng.randint(0, 200) * 5)
    return Window(
        start, start + timedelta(minutes=rng.randint(3, 60) * 5), rng.choice((WindowKind.RANGE, WindowKind.PART))
    )


def verdict(case: Case) -> Verdict:
    whole = Interval(case.window.start - 3 * DAY, case.window.end + 3 * DAY)
    known = free_busy_of([ScheduleInformation("bob", None, case.items)], whole, case.calendar.zone)
    assert isinstance(known, FreeBusy)
    return judge(BOB, known, windows=[case.window], calendar=case.calendar)


# ---------------------------------------------------------------- the second reading
def marks(window: Window) -> list[datetime]:
    """Every five minutes of the question, in UTC."""
    start, end = window.start.astimezone(UTC), window.end.astimezone(UTC)
    return [start + n * FIVE for n in range((end - start) // FIVE)]


def taken(case: Case, mark: datetime) -> set[str]:
    """What stands in the calendar at that mark, whole days by the date that its owner's clock shows."""
    found = set()
    for item in case.items:
        if item.start.date and item.end.date:
            met = item.start.date <= mark.astimezone(case.calendar.zone).date().isoformat() < item.end.date
        else:
            met = datetime.fromisoformat(item.start.date_time) <= mark < datetime.fromisoformat(item.end.date_time)
        if met:
            found.add(item.status)
    return found


def works(case: Case, mark: datetime, *, breaks_count: bool = False) -> bool:
    """Whether the owner's own clock shows working time, of today's work or of yesterday's that goes past midnight."""
    calendar = case.calendar
    local = mark.astimezone(calendar.zone).replace(tzinfo=None)
    for day, later in ((local.date(), 0), (local.date() - DAY, 1440)):
        if not is_worked(calendar, day):
            continue
        clock = calendar.by_day.get(day.weekday(), calendar.hours)
        minute = local.hour * 60 + local.minute + later
        in_break = any(start <= minute < end for start, end in clock.breaks)
        if clock.start <= minute < clock.end and (breaks_count or not in_break):
            return True
    return False


def is_worked(calendar: WorkingCalendar, day: date) -> bool:
    if calendar.holidays and day in calendar.holidays.make_up:
        return True
    if calendar.holidays and day in calendar.holidays.names:
        return False
    return day.weekday() in calendar.weekdays


def second_reading(case: Case) -> tuple[State, set[datetime]]:
    """The state, and the marks that are free."""
    asked = marks(case.window)
    worked = [mark for mark in asked if works(case, mark)]
    open_marks = asked
    if case.window.kind is WindowKind.DAYS:
        asked, open_marks = worked or asked, worked
    elif case.window.kind is WindowKind.PART:
        open_marks = [mark for mark in asked if works(case, mark, breaks_count=True)] or asked
    items = [taken(case, mark) for mark in asked]
    free = {mark for mark in open_marks if not taken(case, mark)}
    if not any(items):
        at_work = any(works(case, mark, breaks_count=True) for mark in asked)
        return (State.FREE if at_work else State.OUTSIDE_HOURS), free
    if not open_marks and not all(items):
        return State.OUTSIDE_HOURS, set()
    return (State.BUSY if any("BUSY" in each for each in items) else State.TENTATIVE), free


def free_marks(found: Verdict) -> set[datetime]:
    return {gap.start + n * FIVE for gap in found.free for n in range(gap.length // FIVE)}


@settings(max_examples=600, deadline=None)
@given(SEEDS)
@example(17947)
def test_a_verdict_equals_a_walk_through_the_owners_own_clock(seed):
    case = random_case(seed)
    state, free = second_reading(case)
    found = verdict(case)
    assert found.state is state
    # A break that begins in the hour that a clock shows twice lasts from the first of the two on.
    missing = {mark for mark in free - free_marks(found) if not is_shown_twice(mark, case.calendar.zone)}
    assert free_marks(found) <= free
    assert all(run <= 2 for run in runs(missing))  # gaps of less than a quarter of an hour


def is_shown_twice(mark: datetime, zone: ZoneInfo) -> bool:
    """Whether the local clock shows this time before and after it is put back."""
    local = mark.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def runs(lost: set[datetime]) -> list[int]:
    """How many marks follow each other without a gap."""
    found: list[int] = []
    for mark in sorted(lost):
        found[-1:] = [found[-1] + 1] if found and mark - FIVE in lost else [*found[-1:], 1]
    return found


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.sampled_from(ZONES))
def test_who_asks_from_where_changes_no_verdict(seed, zone):
    case = random_case(seed)
    place = ZoneInfo(zone)
    elsewhere = Window(case.window.start.astimezone(place), case.window.end.astimezone(place), case.window.kind)
    assert verdict(replace(case, window=elsewhere)) == verdict(case)


@settings(max_examples=200, deadline=None)
@given(SEEDS)
def test_a_week_later_everything_is_a_week_later(seed):
    """Where no clock changes between: in zones that have none."""
    rng = random.Random(seed)
    case = random_case(seed)
    zone = ZoneInfo(rng.choice(("Asia/Shanghai", "Asia/Kathmandu", "Pacific/Kiritimati")))
    calendar = replace(case.calendar, zone=zone, holidays=None)
    window = Window(case.window.start.astimezone(UTC), case.window.end.astimezone(UTC), case.window.kind)
    now = Case(calendar, case.items, window)
    later = Case(
        calendar,
        tuple(moved(item) for item in case.items),
        Window(window.start + WEEK, window.end + WEEK, window.kind),
    )
    first, second = verdict(now), verdict(later)
    assert first.state is second.state
    assert [gap.moved(WEEK) for gap in first.free] == list(second.free)
    assert (first.until and first.until + WEEK) == second.until


def moved(item: ScheduleItem) -> ScheduleItem:
    return ScheduleItem(item.status, *(_moved(each) for each in (item.start, item.end)))


def _moved(at: WireTime) -> WireTime:
    if at.date:
        return at._replace(date=(date.fromisoformat(at.date) + WEEK).isoformat())
    return at._replace(date_time=(datetime.fromisoformat(at.date_time) + WEEK).isoformat())


@settings(max_examples=150, deadline=None)
@given(st.lists(SEEDS, min_size=1, max_size=6))
def test_everybody_is_judged_as_if_they_were_alone(seeds):
    first = random_case(seeds[0])
    people = {StaffId(f"p{n}"): replace(random_case(seed), window=first.window) for n, seed in enumerate(seeds)}
    known = []
    for staff_id, case in people.items():
        whole = Interval(case.window.start - 3 * DAY, case.window.end + 3 * DAY)
        busy = free_busy_of([ScheduleInformation("x", None, case.items)], whole, case.calendar.zone)
        known.append((Person(staff_id, UnionId(staff_id), staff_id), busy))
    calendars = Calendars(first.calendar, {staff_id: case.calendar for staff_id, case in people.items()})
    together = judge_all(known, windows=[first.window], calendars=calendars)
    for found, case in zip(together, people.values(), strict=True):
        alone = verdict(case)
        assert (found.state, found.free, found.until) == (alone.state, alone.free, alone.until)


def test_the_random_cases_reach_every_state():
    states = {second_reading(random_case(seed))[0] for seed in range(300)}
    assert states == {State.FREE, State.BUSY, State.TENTATIVE, State.OUTSIDE_HOURS}


# ---------------------------------------------------------------- as they were seen in use
SHANGHAI, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
THERE = WorkingCalendar(LOS_ANGELES)


def on_leave(first: str, last: str) -> tuple[ScheduleItem, ...]:
    return (ScheduleItem("BUSY", WireTime(first, None, "UTC"), WireTime(last, None, "UTC")),)


def asked(day: int, start: float, end: float, kind: WindowKind = WindowKind.RANGE) -> Window:
    midnight = datetime(2026, 7, day, tzinfo=SHANGHAI)
    return Window(midnight + timedelta(hours=start), midnight + timedelta(hours=end), kind)


def test_leave_of_a_tuesday_in_los_angeles_is_busy_on_a_wednesday_morning_in_shanghai():
    leave = on_leave("2026-07-07", "2026-07-08")  # a Tuesday
    assert verdict(Case(THERE, leave, asked(8, 1, 9))).state is State.BUSY  # Tuesday 10:00 to 18:00 there
    assert verdict(Case(THERE, leave, asked(8, 9, 10))).state is State.BUSY
    assert verdict(Case(THERE, leave, asked(9, 1, 9))).state is State.FREE  # Wednesday there
    assert verdict(Case(THERE, leave, asked(7, 1, 9))).state is State.FREE  # Monday there
    assert verdict(Case(THERE, leave, asked(7, 16, 18))).state is State.BUSY  # Tuesday from 01:00 there


def test_an_all_day_entry_without_an_end_of_its_own_takes_its_day():
    assert verdict(Case(THERE, on_leave("2026-07-07", "2026-07-07"), asked(8, 1, 9))).state is State.BUSY


def test_night_hours_are_nobodys_free_time_whether_or_not_they_have_a_meeting():
    office = WorkingCalendar(SHANGHAI)
    rest = asked(6, 20.5, 24, WindowKind.DAYS)
    evening = (
        ScheduleItem("BUSY", WireTime(None, "2026-07-06T21:00:00+08:00"), WireTime(None, "2026-07-06T22:00:00+08:00")),
    )
    for items in ((), evening):
        found = verdict(Case(office, items, rest))
        assert (found.state, found.free) == (State.OUTSIDE_HOURS, ())
