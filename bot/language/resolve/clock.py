"""Which hours of a day were meant: am or pm, parts of the day, ends of ranges; all in minutes after midnight."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.language.resolve.spans import EndBeforeStartError, ImpossibleError
from bot.language.tags import DayPart, Half, Shade
from bot.language.values import About, After, Clock, Hours, Lasting, Part, Parts, Until
from bot.model.requests import AssumptionKind, WorkingHours

Minutes = tuple[int, int]
DAY = 24 * 60
NOON = 12 * 60
_LONGEST_NIGHT = 14 * 60
EVENING_END = 22 * 60
MOST_CARRIED = 30
"""Up to here hours are counted on into the next day (25:00); later ones nobody means."""
POINT = 60
"""How many minutes a point in time stands for."""
_SWAPPED = "found an end that is not after its start, expected the earlier time first, swap the two"
_BEFORE_NOON = (DayPart.MORNING, DayPart.EARLY, DayPart.EARLY_HOURS)
_AFTER_NOON = (DayPart.AFTERNOON, DayPart.DUSK)
_DARK = (DayPart.EVENING, DayPart.LATE, DayPart.NIGHT_HOURS)
_FIXED: dict[str, Minutes] = {
    DayPart.EARLY_HOURS: (0, 6 * 60),
    DayPart.NIGHT_HOURS: (DAY, DAY + 6 * 60),
    DayPart.EARLY: (8 * 60, NOON),
    DayPart.NOON: (NOON, 14 * 60),
    DayPart.DUSK: (17 * 60, 19 * 60),
    DayPart.LATE: (22 * 60, DAY),
    DayPart.DAY: (0, DAY),
    DayPart.BREAKFAST: (8 * 60, 9 * 60),
}


@dataclass(slots=True)
class HourResolver:
    """Reads clock times by the working hours.

    `other` takes the other half of the day where am or pm was not said, `literal` reads hours as written (UTC), `mend`
    takes the nearest time for one that cannot be, `beyond` the second nearest; `notes` collects what was taken for
    granted.
    """

    hours: WorkingHours
    other: bool = False
    literal: bool = False
    mend: bool = False
    beyond: bool = False
    notes: set[AssumptionKind] = field(default_factory=set)

    # ------------------------------------------------------------------ one clock time
    def minutes(self, clock: Clock) -> int:
        """Minutes after midnight; past 24:00 for the small hours of a night. Raises ImpossibleError for 25:00."""
        if (clock.hour <= 12 and 0 <= clock.minute <= 59) or not _is_impossible(clock):
            return self._hour(clock) * 60 + clock.minute
        if self.mend and (mended := self._mended(clock)) is not None:
            return mended
        raise ImpossibleError(
            f"found {_shown(clock)!r}, expected a time from 0:00 to 24:00, name another time", about=About.CLOCK
        )

    def _mended(self, clock: Clock) -> int | None:
        """The nearest time: 25:00 is the next day's 1:00, 14:75 is 15:15, 3.7 pm some time from 3 pm, 99点 9点."""
        if clock.half == Half.AM and 12 < clock.hour <= 24:
            return (clock.hour - 12 * self.beyond) * 60 + max(clock.minute, 0)
        if clock.hour > MOST_CARRIED:
            doubled = clock.hour % 11 == 0
            return self.minutes(replace(clock, hour=clock.hour // 11)) if doubled else None
        return (self._hour(clock) if clock.hour < 24 else clock.hour) * 60 + max(clock.minute, 0)

    def _hour(self, clock: Clock) -> int:
        hour, part = clock.hour, clock.part.name if clock.part else ""
        if clock.half:
            hour = hour % 12 + (12 if clock.half == Half.PM else 0)
            return hour + 24 if part in _DARK and hour < 5 else hour
        if clock.sure or hour > 12:
            nightly = part == DayPart.NIGHT_HOURS and hour < 6
            return hour + 24 if nightly or (hour == 0 and part in _DARK) else hour
        if part:
            return self._hour_in(part, hour)
        return hour if self.literal else self._likely(hour)

    def _likely(self, hour: int) -> int:
        """1 to 7 is afternoon or evening, 8 to 11 morning, 12 noon; the other way round for the other reading."""
        afternoon = 1 <= hour <= 7
        self.notes.add(AssumptionKind.AFTERNOON if afternoon or hour == 12 else AssumptionKind.MORNING)
        if hour == 12:
            return 24 if self.other else 12
        return hour + 12 if afternoon != self.other else hour

    def _hour_in(self, part: str, hour: int) -> int:
        if part in _BEFORE_NOON:
            return hour % 12 if part == DayPart.EARLY_HOURS else hour
        if part == DayPart.NOON:
            return hour + 12 if hour < 5 else hour
        if part in _AFTER_NOON:
            return hour % 12 + 12
        if part == DayPart.NIGHT_HOURS:
            return hour % 12 + 24
        if part in _DARK:
            return hour + 24 if hour < 5 else 24 if hour == 12 else hour + 12
        return self._likely(hour)

    # ------------------------------------------------------------------ stretches of a day
    def stretch(self, time: object) -> Minutes:
        """From and to, in minutes after midnight. Raises ImpossibleError and EndBeforeStartError."""
        match time:
            case Clock():
                start = self.minutes(time)
                return start, start + POINT
            case Part():
                return self.part(time)
            case Hours(start, end):
                return self.range(start, end)
            case Lasting(start, length):
                return self.minutes(start), self.minutes(start) + length
            case Parts(first, last):
                return self._parts(first, last)
            case After(of, included):
                return self._after(of, included=included)
            case Until(of, _):
                return self._until(of)
        return 0, DAY

    def part(self, part: Part) -> Minutes:
        """A part of the day; the working time's ends and the break's end shape it."""
        start, end = self._part(part.name)
        middle = (start + end) // 2
        match part.name, part.shade:
            case DayPart.MORNING, Shade.EARLY:
                return min(8 * 60, start), 10 * 60
            case DayPart.MORNING, Shade.LATE:
                return max(start, 10 * 60), end
            case DayPart.EVENING, Shade.LATE:
                return middle, EVENING_END + 60
            case _, Shade.EARLY:
                return start, middle
            case _, Shade.LATE:
                return middle, end
        return start, end

    def _part(self, name: str) -> Minutes:
        if name in _FIXED:
            return _FIXED[name]
        work = self.hours
        pause = self.hours.breaks[0] if self.hours.breaks else (NOON, 13 * 60)
        named: dict[str, Minutes] = {
            DayPart.MORNING: (work.start if work.start < NOON else 9 * 60, NOON),
            DayPart.AFTERNOON: (pause[1], work.end) if pause[1] < work.end else (13 * 60, 18 * 60),
            DayPart.EVENING: (work.end, EVENING_END) if NOON < work.end < EVENING_END else (18 * 60, EVENING_END),
            DayPart.FIRST: (work.start, work.start + POINT),
            DayPart.WORKING: (work.start, work.end),
            DayPart.LUNCH: pause,
            DayPart.CLOSE: (max(work.end - 60, 0), work.end),
            DayPart.AFTER_WORK: (work.end, EVENING_END if work.end < EVENING_END else DAY),
        }
        return named[name]

    def range(self, start: Clock, end: Clock) -> Minutes:
        """From a clock time to another; each helps to read the other (2-4pm, 11-1, 9 to 18:00, 10pm to 2)."""
        start, end = _share(start, end)
        if _is_bare(end):
            first = self.minutes(self._twenty_four(start, end))
            last = _next_after(first, end)
            return self._turned(first, last, bare=True) if last > DAY and first < 17 * 60 else (first, last)
        last = self.minutes(end)
        first = self.minutes(start) if not _is_bare(start) else self._before(start, end, last=last)
        return self._overnight(first, last, end=end) if last <= first else (first, last)

    def _twenty_four(self, start: Clock, end: Clock) -> Clock:
        return replace(start, sure=True) if end.hour > 12 and not start.half and not start.part else start

    def _before(self, start: Clock, end: Clock, *, last: int) -> int:
        """A bare start takes the half of its end, or the other one where that would turn the range round."""
        if end.sure and end.hour > 12 and not end.part:
            return start.hour * 60 + start.minute
        same = start.hour % 12 * 60 + start.minute + (NOON if last > NOON else 0)
        if same < last:
            return same
        return same - NOON if same >= NOON else same + NOON

    def _overnight(self, first: int, last: int, *, end: Clock) -> Minutes:
        """An end after midnight belongs to the next day where the evening is named; else the two are swapped."""
        if 0 < last + DAY - first <= _LONGEST_NIGHT and (first >= 17 * 60 or end.half == Half.AM) and last <= NOON:
            return first, last + DAY
        return self._turned(first, last + DAY)

    def _turned(self, first: int, last: int, *, bare: bool = False) -> Minutes:
        """A range the wrong way round, its end on the next day: the two swapped, or over midnight where that is short.

        A `bare` end is swapped within the half of the day of the start.
        """
        if not self.mend:
            raise EndBeforeStartError(_SWAPPED, about=About.CLOCK)
        if self.beyond and 0 < last - first <= _LONGEST_NIGHT:
            return first, last
        earlier = last - (NOON if bare else DAY)
        earlier += DAY * (first - earlier >= DAY)  # both in the small hours of one night
        return (earlier, first) if earlier < first else (first, first + POINT)

    def _parts(self, first: Part | Clock, last: Part | Clock) -> Minutes:
        start = self.part(first)[0] if isinstance(first, Part) else self.minutes(first)
        if isinstance(last, Part):
            end = self.part(last)[1]
        else:
            end = _next_after(start, last) if _is_bare(last) else self.minutes(last)
        if end > start:
            return start, end
        if self.mend and isinstance(first, Part) and isinstance(last, Part):
            return self.part(last)[0], self.part(first)[1]
        return self._overnight(start, end, end=last if isinstance(last, Clock) else Clock(0))

    def _after(self, of: Clock | Part, *, included: bool) -> Minutes:
        """To the end of the working day; where that is over, of the evening, of the day."""
        if isinstance(of, Part):
            start = self.part(of)[0 if included and of.name not in (DayPart.LUNCH, DayPart.CLOSE) else 1]
        else:
            start = self.minutes(of)
        ends = [end for end in (self.hours.end, EVENING_END, DAY) if end > start]
        return start, ends[0] if ends else start + POINT

    def _until(self, of: Clock | Part) -> Minutes:
        """From the start of the working day, or from midnight where the end lies before that."""
        end = self.bound(of)
        return (self.hours.start if end > self.hours.start else 0), max(end, 1)

    def bound(self, of: Clock | Part, *, deadline: bool = False) -> int:
        """The minute at which "before" ends: a part's start, or its end for "by" and for the close of business."""
        if isinstance(of, Part):
            start, end = self.part(of)
            return end if deadline or of.name == DayPart.CLOSE else start
        return self.minutes(of)


def _is_impossible(clock: Clock) -> bool:
    """True for a time that no clock shows: 25:00, 14:75, 24:30, 3.7 pm, 13 am."""
    if clock.hour > 24 or not 0 <= clock.minute <= 59 or (clock.half == Half.AM and clock.hour > 12):
        return True
    return clock.hour == 24 and clock.minute > 0 and clock.part is None


def _shown(clock: Clock) -> str:
    minute = "tenths" if clock.minute < 0 else f"{clock.minute:02d}"
    return f"{clock.hour}:{minute} {clock.half}".strip()


def _is_bare(clock: Clock) -> bool:
    return not (clock.half or clock.sure or clock.part or clock.hour > 12)


def _next_after(first: int, end: Clock) -> int:
    """The next time after `first` that a bare clock face shows."""
    minute = end.hour % 12 * 60 + end.minute
    while minute <= first:
        minute += NOON
    return minute


def _share(start: Clock, end: Clock) -> tuple[Clock, Clock]:
    """A part of the day that stands at the end of a range is said of both ends, one at its start of the start only."""
    if end.part and end.part == start.part and _is_bare(replace(end, part=None)):
        end = replace(end, part=None)
    return start, end
