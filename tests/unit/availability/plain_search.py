"""A second reading of the rules for common times, slow and plain, and random searches to hold the first against it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from bot.availability.holidays import HolidayTable
from bot.availability.sought import Attendee, Sought
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import StaffId, UnknownReason
from bot.model.requests import WorkingHours
from bot.model.time import Interval, Window, WindowKind

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
STEP = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
TABLE = HolidayTable(
    "CN", {date(2026, 3, 13): ("假", "Off")}, frozenset({date(2026, 3, 14)}), frozenset({2026})
)  # a Friday off, the Saturday after it worked
CALENDARS = {
    "office": WorkingCalendar(SHANGHAI),
    "holidays": WorkingCalendar(SHANGHAI, holidays=TABLE),
    "berlin": WorkingCalendar(BERLIN),
    "early": WorkingCalendar(SHANGHAI, hours=WorkingHours(8 * 60 + 10, 16 * 60 + 5, ((11 * 60 + 30, 12 * 60 + 20),))),
    "night": WorkingCalendar(BERLIN, frozenset(range(7)), WorkingHours(0, 6 * 60, ((4 * 60, 4 * 60 + 30),))),
}
FIRST_DAYS = {  # a Thursday; the nights in which Berlin's clock goes forward and back
    "office": date(2026, 3, 12),
    "holidays": date(2026, 3, 12),
    "spring": date(2026, 3, 28),
    "autumn": date(2026, 10, 24),
}


def random_search(seed: int, *, where: str | None = None, quorum: bool = True) -> Sought:
    """Some people, some meetings, a window or two over three days."""
    rng = random.Random(seed)
    where = where or rng.choice(list(FIRST_DAYS))
    calendar = CALENDARS["night"] if where in ("spring", "autumn") else CALENDARS[where]
    first = FIRST_DAYS[where]
    base = datetime(first.year, first.month, first.day, tzinfo=calendar.zone).astimezone(UTC)
    density = rng.choice((1, 3, 6))
    people = tuple(_attendee(rng, n, base, calendar, density) for n in range(rng.randint(1, 4)))
    return Sought(
        people,
        _windows(rng, first, calendar),
        timedelta(minutes=rng.choice((15, 30, 45, 60, 60, 90))),
        calendar,
        base + timedelta(minutes=rng.choice((-600, 0, 600, 633, 2100))),
        quorum=rng.randint(1, len(people)) if quorum and rng.random() < 0.25 else None,
    )


def _attendee(rng: random.Random, n: int, base: datetime, calendar: WorkingCalendar, density: int) -> Attendee:
    known: FreeBusy | Unknown = Unknown(UnknownReason.TIMEOUT)
    whole = Interval(base - timedelta(days=1), base + timedelta(days=9))
    if rng.random() < 0.85:
        window = whole if rng.random() < 0.9 else Interval(base, base + timedelta(minutes=rng.randint(600, 4000)))
        items = [item for _ in range(rng.randint(0, 3 * density)) if (item := random_item(rng, base, calendar))]
        known = FreeBusy(window, tuple(sorted(item for item in items if item.interval.overlaps(window))))
    own = calendar if rng.random() < 0.7 else rng.choice(list(CALENDARS.values()))
    return Attendee(StaffId(f"p{n}"), known, own, required=rng.random() < 0.75)


def random_item(rng: random.Random, base: datetime, calendar: WorkingCalendar) -> Busy:
    """A meeting, mostly within working time and on the quarters of an hour."""
    hours = calendar.hours
    start = rng.randint(hours.start - 60, hours.end) // (15 if rng.random() < 0.8 else 1) * 15
    start = min(start, hours.end)
    length = rng.choice((15, 30, 60, 60, 120, 200, 7, 1440))
    moment = base + timedelta(days=rng.randint(0, 2), minutes=start)
    status = BusyStatus.TENTATIVE if rng.random() < 0.25 else BusyStatus.BUSY
    return Busy(Interval(moment, moment + timedelta(minutes=length)), status)


def _windows(rng: random.Random, first: date, calendar: WorkingCalendar) -> tuple[Window, ...]:
    midnights = [
        datetime(first.year, first.month, first.day, tzinfo=calendar.zone) + timedelta(days=n) for n in range(4)
    ]
    if rng.random() < 0.5:
        return (Window(midnights[rng.randint(0, 1)], midnights[rng.randint(2, 3)], WindowKind.DAYS),)
    windows = []
    for midnight in midnights[: rng.randint(1, 3)]:
        start = midnight + timedelta(minutes=5 * rng.randint(0, 240))
        end = start.astimezone(UTC) + timedelta(minutes=rng.randint(60, 300))
        kind = rng.choice((WindowKind.RANGE, WindowKind.PART, WindowKind.POINT))
        if not windows or windows[-1].end <= start:
            windows.append(Window(start, end.astimezone(calendar.zone), kind))
    return tuple(windows)


@cache
def worked_until(name: str, first: date) -> dict[datetime, datetime]:
    """Every five minutes of working time in the twelve days around `first`, read off the local clock, with its end."""
    calendar = CALENDARS[name]
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=2)
    until: dict[datetime, datetime] = {}
    for mark in (start + n * STEP for n in reversed(range(12 * 288))):
        if _is_worked(mark, calendar):
            until[mark] = until.get(mark + STEP, mark + STEP)
    return until


def _is_worked(mark: datetime, calendar: WorkingCalendar) -> bool:
    local = mark.astimezone(calendar.zone)
    minute, day = local.hour * 60 + local.minute, local.date()
    worked_day = day.weekday() in calendar.weekdays
    if calendar.holidays:
        worked_day = (worked_day and day not in calendar.holidays.names) or day in calendar.holidays.make_up
    in_break = any(start <= minute < end for start, end in calendar.hours.breaks)
    return worked_day and calendar.hours.start <= minute < calendar.hours.end and not in_break


class Plain:
    """The answer to one search, found by looking at every mark of the clock."""

    def __init__(self, sought: Sought) -> None:
        self.sought = sought
        first = sought.windows[0].start.astimezone(sought.calendar.zone).date()
        self.worked = {id(c): worked_until(name, _week(first)) for name, c in CALENDARS.items()}
        self.evenings = [window for window in sought.windows if self._is_evening(window)]
        self.everybody_required = not any(each.required for each in sought.attendees)
        self.keys = {start: key for start in self._starts() if (key := self.key(start))}

    def is_required(self, attendee: Attendee) -> bool:
        return attendee.required or self.everybody_required

    def _starts(self) -> list[datetime]:
        starts = set()
        for window in self.sought.windows:
            mark = _up(max(window.start, self.sought.now))
            while mark + self.sought.duration <= window.end:
                if self.allowed(mark, mark + self.sought.duration):
                    starts.add(mark)
                mark += STEP
        return sorted(starts)

    def allowed(self, start: datetime, end: datetime) -> bool:
        """True where a slot may lie there as far as windows and working time go."""
        return start >= self.sought.now and any(self._lies_in(window, start, end) for window in self.sought.windows)

    def _lies_in(self, window: Window, start: datetime, end: datetime) -> bool:
        if not window.start <= start < end <= window.end:
            return False
        if window.kind in (WindowKind.RANGE, WindowKind.POINT) or window in self.evenings:
            return True
        return self.anybody_at_work(start, end)

    def at_work(self, calendar: WorkingCalendar, start: datetime, end: datetime) -> bool:
        """True where the whole stretch is working time, without a break."""
        until = self.worked[id(calendar)].get(start - timedelta(minutes=start.minute % 5))
        return until is not None and end <= until

    def anybody_at_work(self, start: datetime, end: datetime) -> bool:
        """True where at each moment of the stretch somebody of all who are to come works."""
        marks = _marks(start - timedelta(minutes=start.minute % 5), end)
        return all(any(mark in self.worked[id(each.calendar)] for each in self.sought.attendees) for mark in marks)

    def _is_evening(self, window: Window) -> bool:
        """A part of a day that meets nobody's working time."""
        marks = _marks(window.start, window.end)
        return window.kind is WindowKind.PART and not any(self.anybody_at_work(mark, mark + STEP) for mark in marks)

    def is_uneven(self, start: datetime) -> bool:
        before = start - MINUTE
        return start.minute % 15 != 0 and all(
            self._lies_in(window, before, start + STEP) and before >= _up(self.sought.now)
            for window in self.sought.windows
            if self._lies_in(window, start, start + self.sought.duration)
        )

    def state(self, attendee: Attendee, start: datetime, end: datetime) -> str:
        known = attendee.known
        if isinstance(known, Unknown) or not (known.window.start <= start and end <= known.window.end):
            return "unknown"
        met = {item.status for item in known.busy if item.interval.start < end and start < item.interval.end}
        if BusyStatus.BUSY in met:
            return "missing"
        if BusyStatus.TENTATIVE in met:
            return "tentative"
        return "free" if self.at_work(attendee.calendar, start, end) else "outside"

    def states(self, start: datetime) -> dict[str, set[StaffId]]:
        found: dict[str, set[StaffId]] = {s: set() for s in ("free", "outside", "tentative", "missing", "unknown")}
        for attendee in self.sought.attendees:
            found[self.state(attendee, start, start + self.sought.duration)].add(attendee.staff_id)
        return found

    def key(self, start: datetime) -> tuple[object, ...] | None:
        """The place in the ranking, None where the slot may not be offered."""
        found = self.states(start)
        required = {each.staff_id for each in self.sought.attendees if self.is_required(each)}
        if required <= found["unknown"]:
            return None
        if self.sought.quorum is None and required & found["missing"]:
            return None
        if self.sought.quorum is not None and len(found["free"] | found["outside"]) < self.sought.quorum:
            return None
        return (
            bool(required & (found["missing"] | found["tentative"])),
            len(required & found["unknown"]),
            len(found["tentative"]),
            len(required & found["missing"]),
            len(found["missing"] - required),
            len(found["outside"]),
            not self.at_work(self.sought.calendar, start, start + self.sought.duration),
            self.is_uneven(start),
            start,
        )

    def best(self, most: int, apart_from: list[Interval]) -> list[datetime]:
        """The starts that are offered: the best quality first, there with distance first, then by the ranking.

        Unless hours were named, none outside somebody's work follows one inside everybody's.
        """
        named = all(window.kind in (WindowKind.RANGE, WindowKind.POINT) for window in self.sought.windows)
        taken: list[datetime] = []
        length = self.sought.duration
        ranking = sorted(self.keys, key=self.keys.__getitem__)
        qualities = sorted({key[:6] for key in self.keys.values()})
        for quality, distance in product(qualities, (timedelta(hours=2), length)):
            if not named and quality[5] and any(not self.keys[start][5] for start in taken):
                continue
            for start in ranking:
                if self.keys[start][:6] != quality or len(taken) == most:
                    continue
                shown = any(start < other.end and other.start < start + length for other in apart_from)
                near = [other for other in taken if abs(start - other) < max(distance, length)]
                overlapping = [other for other in near if abs(start - other) < length]
                same_day = [other for other in near if self.day(start) == self.day(other)]
                if not (shown or overlapping or same_day):
                    taken.append(start)
        return sorted(taken, key=self.keys.__getitem__)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.sought.calendar.zone).date()

    def most_at_once(self) -> int:
        """How many offered slots can stand side by side, by trying each with and without."""
        starts = sorted(self.keys)
        best = [0] * (len(starts) + 1)
        for n in reversed(range(len(starts))):
            after = next(
                (m for m in range(n, len(starts)) if starts[m] >= starts[n] + self.sought.duration), len(starts)
            )
            best[n] = max(best[n + 1], 1 + best[after])
        return best[0]

    def all_firm(self, start: datetime, end: datetime) -> bool:
        """True where everybody required who can be seen is firmly free, or the quorum is; somebody can be seen."""
        named = any(
            window.start <= start
            and end <= window.end
            and (window.kind in (WindowKind.RANGE, WindowKind.POINT) or window in self.evenings)
            for window in self.sought.windows
        )
        good = ("free", "outside") if named else ("free",)
        if self.sought.quorum is not None:
            return sum(self.state(each, start, end) in good for each in self.sought.attendees) >= self.sought.quorum
        found = {self.state(each, start, end) for each in self.sought.attendees if self.is_required(each)}
        return found != {"unknown"} and found <= {"unknown", *good}


def _week(day: date) -> date:
    """The first of the days that searches begin with."""
    return max(first for first in FIRST_DAYS.values() if first <= day)


def _marks(start: datetime, end: datetime) -> list[datetime]:
    """Every five minutes that the stretch touches."""
    mark = start.astimezone(UTC)
    mark -= timedelta(minutes=mark.minute % 5)
    return [mark + n * STEP for n in range(-(-(end - mark) // STEP))]


def _up(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    while moment.minute % 5 or moment.second or moment.microsecond:
        moment += MINUTE
    return moment
