"""Phrases -> windows: the one place that decides what an ambiguous time means, by now, zone and working hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial

from bot.language.days import Ahead, Date, Days, Relative, UpTo, Week, Weekday
from bot.language.resolve.calendar import Calendar
from bot.language.resolve.clock import DAY, HourResolver
from bot.language.resolve.spans import EndBeforeStartError, Stretch
from bot.language.resolve.variants import MENDING, Variant, varied
from bot.language.tags import DayPart, Unit
from bot.language.values import After, Between, Clock, Hours, In, Next, Now, Part, Parts, Phrase, Until
from bot.language.zones import zone_of
from bot.model.requests import AssumptionKind, WorkingHours
from bot.model.time import Window, WindowKind

_ONE_DAY = timedelta(days=1)
_MOMENTS = (Now, In, Next, Between)
_KINDS = {Part: WindowKind.PART, Now: WindowKind.NOW, Clock: WindowKind.POINT, In: WindowKind.POINT}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one phrase means: windows not yet cut at now, whether all are over, and what other readings there are."""

    windows: tuple[Window, ...]
    past: bool = False
    others: frozenset[Variant] = frozenset()
    notes: frozenset[AssumptionKind] = frozenset()


@dataclass(slots=True)
class Policy:
    """Decides.

    `variant` names the reading that is wanted. With `begun_counts` False a window that has begun is over. With
    `bounding` only the first and the last window of a phrase are given.
    """

    now: datetime
    zone: tzinfo
    hours: WorkingHours
    variant: Variant = Variant.LIKELIEST
    begun_counts: bool = True
    bounding: bool = False
    today: date = field(init=False)
    instant: datetime = field(init=False)
    """Now in UTC, for comparisons that a clock change cannot bend."""

    def __post_init__(self) -> None:
        self.today, self.instant = self.now.date(), self.now.astimezone(UTC)

    def varied(self, variant: Variant) -> Policy:
        """The same with another reading wanted."""
        return Policy(self.now, self.zone, self.hours, variant, self.begun_counts)

    def at_midnight(self) -> Policy:
        """The same at the start of the day, when none of its hours is over."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        return Policy(midnight, self.zone, self.hours, self.variant, self.begun_counts)

    def at_bounds(self) -> Policy:
        """The same for the ends of a range, which need no window between the first and the last."""
        return Policy(self.now, self.zone, self.hours, self.variant, self.begun_counts, bounding=True)

    def read(self, phrase: Phrase) -> Reading:
        """The windows of one phrase, in UTC. Raises ImpossibleError and EndBeforeStartError."""
        if phrase.time is None or not isinstance(phrase.time, _MOMENTS):
            return self._daily(phrase)
        instant = self.instant
        match phrase.time:
            case Now():
                return self._plain(instant, instant + timedelta(minutes=30), kind=WindowKind.NOW)
            case In(minutes):
                start = instant + timedelta(minutes=minutes)
                return self._plain(start, start + timedelta(minutes=60), kind=WindowKind.POINT)
            case Next(minutes):
                return self._plain(instant, instant + timedelta(minutes=minutes), kind=WindowKind.RANGE)
            case Between(first, last):
                return self._between(first, last)

    def _plain(self, start: datetime, end: datetime, *, kind: WindowKind) -> Reading:
        return Reading((Window(start, end, kind),))

    # ------------------------------------------------------------------ hours on days
    def _daily(self, phrase: Phrase) -> Reading:
        first = self._on(phrase, floor=self.today)
        if not self._is_over(first):
            return first
        if _floats(phrase.day):
            later = self._on(phrase, floor=self.today + _ONE_DAY)
            note = AssumptionKind.ROLLED_FORWARD
            return replace(
                later,
                notes=later.notes | {note} if phrase.day is None else later.notes,
                others=first.others | later.others,
            )
        other = self._other_reading(phrase, first.others) if self.variant is Variant.LIKELIEST else None
        return other or replace(first, past=True, others=(first.others - {Variant.HALF}) | {Variant.MOVED})

    def _other_reading(self, phrase: Phrase, others: frozenset[Variant]) -> Reading | None:
        """Today at 9, asked in the afternoon, is tonight; 1/12/2026, asked in November, is in December."""
        for variant in (Variant.HALF, Variant.DAY_FIRST):
            if variant in others:
                other = self.varied(variant)._on(phrase, floor=self.today)
                if not self._is_over(other):
                    return replace(other, others=frozenset(), notes=frozenset())
        return None

    def _is_over(self, reading: Reading) -> bool:
        if not self.begun_counts:
            return all(window.start < self.instant for window in reading.windows)
        return all(window.end <= self.instant for window in reading.windows)

    def _on(self, phrase: Phrase, *, floor: date) -> Reading:
        mend, beyond = self.variant in MENDING, self.variant is Variant.BEYOND
        calendar = Calendar(self.today, floor, mend, beyond)
        day = phrase.day or Relative((floor - self.today).days)
        clock = HourResolver(self.hours, self.variant is Variant.HALF, phrase.zone == "UTC", mend, beyond)
        stretch = calendar.stretch(varied(day, self.variant, today=self.today))
        if self.variant is Variant.WEEKDAY and isinstance(day, Date) and day.weekday is not None:
            stretch = _on_weekday(stretch, day.weekday, floor=self.today)
        windows = self._windows(phrase, day, stretch, clock=clock)
        others = self._others(phrase, day, stretch, clock=clock)
        return Reading(windows, others=others, notes=self._notes(day, clock, stretch))

    def _notes(self, day: Days, clock: HourResolver, stretch: Stretch) -> frozenset[AssumptionKind]:
        if isinstance(day, Weekday) and day.week == 1:
            return frozenset((*clock.notes, AssumptionKind.NEXT_WEEK))
        if isinstance(day, Date) and day.slashed:
            return frozenset((*clock.notes, AssumptionKind.MONTH_FIRST))
        if _contradicts(day, stretch):
            return frozenset((*clock.notes, AssumptionKind.DATE_FIRST))
        return frozenset(clock.notes)

    def _others(self, phrase: Phrase, day: Days, stretch: Stretch, *, clock: HourResolver) -> frozenset[Variant]:
        found = set()
        if clock.notes and not _has_one_half(phrase.time, clock):
            found.add(Variant.HALF)
        if isinstance(day, Date) and day.slashed and day.day != day.month:
            found.add(Variant.DAY_FIRST)
        if _contradicts(day, stretch):
            found.add(Variant.WEEKDAY)
        if isinstance(day, Weekday):
            found |= self._other_weeks(day, stretch)
        return frozenset(found)

    def _other_weeks(self, day: Weekday, stretch: Stretch) -> set[Variant]:
        """The other weeks whose day may be meant."""
        today = self.today.weekday()
        if day.week is None:
            return {Variant.LATER} if day.day == today == stretch.first.weekday() else set()
        found = {Variant.NEARER} if (day.english_next or day.chinese_next) and day.day > today else set()
        return found | {Variant.FURTHER} if day.english_next and stretch.first == self.today + _ONE_DAY else found

    # ------------------------------------------------------------------ windows
    def _windows(self, phrase: Phrase, day: Days, stretch: Stretch, *, clock: HourResolver) -> tuple[Window, ...]:
        if phrase.time is None or _is_all_day(phrase.time):
            minutes = (0, (stretch.stop - stretch.first).days * DAY)
            return (self.window(stretch.first, minutes, kind=WindowKind.DAYS),)
        if isinstance(phrase.time, Until) and (phrase.time.deadline or isinstance(day, UpTo)):
            return self._deadline(phrase, stretch, clock=clock)
        minutes = clock.stretch(phrase.time)
        kind = _KINDS.get(type(phrase.time), WindowKind.RANGE)
        days = stretch.days()
        if len(days) > 1 and (isinstance(day, Week) or (isinstance(day, Ahead) and day.unit == Unit.WORKDAY)):
            days = [each for each in days if each.weekday() < 5]
        on = partial(self.window, minutes=minutes, kind=kind, zone=self._spoken(phrase))
        if self.bounding and len(days) > 1:
            return self._outer(days, on)
        windows = [on(each) for each in days]
        return tuple([window for window in windows if window.end > self.instant]) or tuple(windows)

    def _outer(self, days: list[date], on: Callable[[date], Window]) -> tuple[Window, ...]:
        """The first of the windows on some days that is not over, and the last; the very first where all are over."""
        last = on(days[-1])
        if last.end <= self.instant:
            return on(days[0]), last
        return next((window for day in days[:-1] if (window := on(day)).end > self.instant), last), last

    def _deadline(self, phrase: Phrase, stretch: Stretch, *, clock: HourResolver) -> tuple[Window, ...]:
        assert isinstance(phrase.time, Until)
        end = clock.bound(phrase.time.of, deadline=phrase.time.deadline)
        window = self.window(
            stretch.stop - timedelta(days=1), (0, max(end, 1)), kind=WindowKind.RANGE, zone=self._spoken(phrase)
        )
        return (replace(window, start=min(self.instant, window.start)),)

    def _spoken(self, phrase: Phrase) -> tzinfo:
        """The zone whose clocks a phrase speaks of."""
        return (zone_of(phrase.zone) if phrase.zone else None) or self.zone

    def window(self, day: date, minutes: tuple[int, int], *, kind: WindowKind, zone: tzinfo | None = None) -> Window:
        """A stretch of minutes of one day on the clocks of `zone`, or of the asked one; given in UTC."""
        midnight = datetime.combine(day, time.min, tzinfo=zone or self.zone)
        start = (midnight + timedelta(minutes=minutes[0])).astimezone(UTC)
        end = (midnight + timedelta(minutes=minutes[1])).astimezone(UTC)
        if end <= start:  # the hour that a clock change leaves out
            end = start + timedelta(minutes=minutes[1] - minutes[0])
        return Window(start, end, kind)

    def local(self, windows: Sequence[Window]) -> tuple[Window, ...]:
        """The windows on the clocks of the asked zone."""
        zone = self.zone
        return tuple([Window(w.start.astimezone(zone), w.end.astimezone(zone), w.kind) for w in windows])

    # ------------------------------------------------------------------ moments
    def _between(self, first: Phrase, last: Phrase) -> Reading:
        """From a moment to another: the start of the first, the end or the point of the last."""
        bounds = self.at_bounds()
        opening, closing = bounds._opening(first), bounds.read(last)
        start, end = opening.windows[0].start, _close(closing.windows[-1], last)
        if isinstance(last.time, Clock) and last.day is None:
            end = self._end_after(start, last)
        if end <= start and isinstance(last.time, Clock | Part) and isinstance(last.day, Weekday) and _floats(last.day):
            end = (end.astimezone(self.zone) + timedelta(weeks=1)).astimezone(UTC)
        if end <= start:
            start, end = self._turned(start, end)
        window = Window(start, end, WindowKind.RANGE)
        return Reading((window,), past=end <= self.instant, notes=opening.notes | closing.notes)

    def _turned(self, start: datetime, end: datetime) -> tuple[datetime, datetime]:
        if self.variant not in MENDING:
            raise EndBeforeStartError("found an end that is not after its start, expected the earlier moment first")
        return end, max(start, end + timedelta(minutes=60))

    def _opening(self, first: Phrase) -> Reading:
        """Where a range of moments begins: a bare time is today's, even where it has begun."""
        return (
            self.read(first)
            if isinstance(first.time, Now) or first.day is not None
            else self._on(first, floor=self.today)
        )

    def _end_after(self, start: datetime, last: Phrase) -> datetime:
        assert isinstance(last.time, Clock)
        if last.time.half or last.time.sure or last.time.part:
            return self.read(last).windows[-1].start
        found = self._on(last, floor=start.astimezone(self.zone).date()).windows[-1].start
        return found if found > start else found + timedelta(hours=12)


def _close(window: Window, last: Phrase) -> datetime:
    return window.start if isinstance(last.time, Clock) else window.end


def _on_weekday(stretch: Stretch, weekday: int, *, floor: date) -> Stretch:
    """The day of that name in the week of a date, or in the one behind it where that is over."""
    first = stretch.first + timedelta(days=weekday - stretch.first.weekday())
    first += timedelta(weeks=int(first < floor))
    return Stretch(first, first + _ONE_DAY)


def _contradicts(day: Days, stretch: Stretch) -> bool:
    """True for a date with a weekday that it does not have: 12月3日周三, a Thursday."""
    if not isinstance(day, Date) or day.weekday is None or day.month is None:
        return False
    return stretch.first.weekday() != day.weekday


def _floats(day: Days | None) -> bool:
    """True for a day that may be a later one where its time is over today."""
    if isinstance(day, Weekday):
        return day.week is None
    return day is None or (isinstance(day, Date) and day.year is None and day.months is None and day.years is None)


def _has_one_half(spoken: object, clock: HourResolver) -> bool:
    """True for 11-1, a range whose morning start needs no second reading, and for "after 3", which is no night's."""
    match spoken:
        case Hours(start, end):
            return 8 <= start.hour <= 11 and end.hour % 12 <= start.hour % 12
        case After() | Until():
            return AssumptionKind.AFTERNOON in clock.notes
    return isinstance(spoken, Parts)


def _is_all_day(spoken: object) -> bool:
    return isinstance(spoken, Part) and spoken.name == DayPart.DAY and not spoken.shade
