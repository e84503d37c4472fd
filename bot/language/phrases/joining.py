"""How two halves of a phrase become one: a day and its time, two ends of a range, a bound."""

from __future__ import annotations

from dataclasses import replace

from bot.language.chunks.chunk import Length, Value
from bot.language.days import (
    Ahead,
    Date,
    Days,
    Month,
    Moved,
    Onward,
    Portion,
    Relative,
    Span,
    UpTo,
    Week,
    Weekday,
    Weekend,
)
from bot.language.phrases.nights import as_written, by_night, is_next_day
from bot.language.tags import DayPart, Extent, Unit
from bot.language.tokens import Kind
from bot.language.values import After, Between, Clock, Hours, In, Next, Now, Part, Parts, Phrase, Until

MOMENTS = (Now, In, Next)
"""Times that need no day."""
_LATE = (DayPart.EARLY_HOURS, DayPart.LATE)
_DARK = (DayPart.EVENING, *_LATE)
_NIGHT = (DayPart.EVENING, DayPart.LATE)
_SHADED = (DayPart.NOON, DayPart.EARLY, DayPart.MORNING)
TIMES = (Clock, Part, *MOMENTS)


def as_time(value: Value) -> Phrase | None:
    """A phrase of one value, or None for a length, which is no part of one."""
    if isinstance(value, TIMES):
        return Phrase(time=value)
    return None if value is None or isinstance(value, Length) else Phrase(day=value)


def refined(body: Phrase, more: Phrase) -> Phrase | None:
    """`body` with what `more` adds to it, or None where the two contradict each other or would be a list."""
    day = more.day if body.day is None else body.day if more.day is None else refined_day(body.day, more.day)
    if day is None and more.day is not None:
        return None
    time = more.time if body.time is None else body.time if more.time is None else _refined_time(body.time, more.time)
    if time is None and more.time is not None:
        return None
    if isinstance(time, MOMENTS) and day == Relative(0):
        day = None  # today in one hour
    if day is not None and isinstance(time, MOMENTS):
        return None
    day_first = body.day_first if body.day is not None or body.time is None else False
    return Phrase(day, time, body.zone or more.zone, body.start, body.end, body.link, day_first, body.sign)


def refined_day(first: Days, second: Days) -> Days | None:
    """One day said in two ways: Tuesday the 19th, next week on Friday, 周四12月3号."""
    match first, second:
        case (Weekday(), Date()) | (Date(), Weekday()):
            date, weekday = (second, first) if isinstance(second, Date) else (first, second)
            assert isinstance(date, Date)
            assert isinstance(weekday, Weekday)
            return replace(date, weekday=weekday.day)
        case (Week() as week, Weekday(week=None) as weekday) | (Weekday(week=None) as weekday, Week() as week):
            return replace(weekday, week=week.week)
        case (Week() as week, Ahead(unit=Unit.WORKDAY)) | (Ahead(unit=Unit.WORKDAY), Week() as week):
            return replace(week, working=True)
        case Moved(of=Relative(0), unit=Unit.WEEK, count=count), Weekday(week=None) as weekday:
            return replace(weekday, week=count)
        case Week() as week, Span(Weekday() as start, Weekday() as end):
            return Span(replace(start, week=week.week), replace(end, week=week.week))
        case (Relative(), Date()) | (Date(), Relative()) | (Relative(), Weekday()) | (Weekday(), Relative()):
            return first if isinstance(first, Relative) else second
        case Month() as month, Date(month=None, months=None) as date:
            return replace(date, month=month.month, months=None if month.month else month.months, year=month.year)
        case (Weekend(), Weekday(week=None) as weekday) | (Weekday(week=None) as weekday, Weekend()) if weekday.day > 4:
            return weekday
        case ((Week() | Weekend() | Month() | Date() | Weekday() | Relative()), _) if first == second:
            return first
    return None


def _refined_time(first: object, second: object) -> Clock | Part | Hours | Parts | None:
    match first, second:
        case (Part() as part, Clock() as clock) | (Clock() as clock, Part() as part):
            return None if clock.part is not None and clock.part != part else replace(clock, part=part)
        case (Part() as part, Hours() as hours) | (Hours() as hours, Part() as part):
            return Hours(
                replace(hours.start, part=hours.start.part or part), replace(hours.end, part=hours.end.part or part)
            )
        case Part() as part, Until(of=Clock() as end):
            return Parts(part, replace(end, part=end.part or (None if end.half or end.sure else part)))
        case Part() as part, After(of=Clock() as start):
            return Parts(replace(start, part=start.part or (None if start.half or start.sure else part)), part)
        case After(of=Clock() as start), Until(of=Clock() as end):
            return Hours(start, end)
        case Part() as one, Part() as two if one.name == two.name or DayPart.DAY in (one.name, two.name):
            return one if two.name == DayPart.DAY else two
        case Part() as one, Part(name=DayPart.EARLY_HOURS) if one.name in _NIGHT:
            return Part(DayPart.NIGHT_HOURS)
        case (Part(name=DayPart.FIRST) as hour, Part()) | (Part(), Part(name=DayPart.FIRST) as hour):
            return hour
        case Part() as one, Part() as late if one.name in _DARK and late.name in _LATE:
            return late
        case Part() as one, Part() as two if two.name in _SHADED and two.shade and one.name != two.name:
            return two
    return None


def joined(first: Phrase, second: Phrase) -> Phrase | None:
    """The range from `first` to `second`, or None where the two are no ends of one."""
    zone = first.zone or second.zone
    one, two = _without_zone(first), _without_zone(second)
    if one.time is None:
        return _days_then_hours(one, two, zone=zone)
    if isinstance(one.time, Now) or two.time is None or is_next_day(two.day):
        return _moments(one, two, zone=zone)
    if two.day is not None and (one.day is not None or two.day_first):
        return _moments(one, two, zone=zone)
    time = _hours(one.time, two.time)
    return None if time is None else Phrase(day=one.day or two.day, time=time, zone=zone, day_first=one.day_first)


def _without_zone(phrase: Phrase) -> Phrase:
    return phrase if phrase.zone is None else replace(phrase, zone=None)


def _days_then_hours(one: Phrase, two: Phrase, *, zone: str | None) -> Phrase | None:
    if one.day is None or two.day is None:
        return None
    return Phrase(day=_span(one.day, two.day), time=two.time, zone=zone)


def _span(first: Days, last: Days) -> Span:
    """From a day to a day; the week said behind the second is said of both (Mon to Fri next week)."""
    match first, last:
        case Weekday(week=None), Weekday(week=int() as week, week_behind=True):
            return Span(replace(first, week=week), last)
        case Weekday(week=int() as week), Weekday(week=None):
            return Span(first, replace(last, week=week))  # 本周一到周三, whose Wednesday may be over
    return Span(first, inherited(first, last), rolls=isinstance(last, Date) and last.month is None)


def _moments(one: Phrase, two: Phrase, *, zone: str | None) -> Phrase | None:
    if isinstance(two.time, MOMENTS):
        return None
    two, day = by_night(one, two), two.day
    if is_next_day(day):
        day = Moved(one.day or Relative(0), 1, Unit.DAY)
    elif day is not None and one.day is not None and day != one.day:
        day = inherited(one.day, day)
    return Phrase(time=Between(one, replace(two, day=day)), zone=zone)


def _hours(first: object, second: object) -> Hours | Parts | None:
    match first, second:
        case Clock(), Clock():
            return Hours(first, second)
        case ((Clock() | Part()), (Clock() | Part())):
            return Parts(first, second)
    return None


def inherited(first: Days, second: Days) -> Days:
    """`second` with the month or the week that was said of `first` only: 12月1号到3号, next Mon-Wed."""
    match first, second:
        case Relative(days), Relative() if first == second:
            return Relative(days + 1)  # tomorrow or the day after
        case Date(), Date(month=None, months=None):
            return replace(second, month=first.month, year=first.year, months=first.months, years=first.years)
        case Span(last=Date() as last), Date(month=None, months=None):
            return inherited(last, second)
        case Weekday(week=int() as week), Weekday(week=None) if week > 0:
            return replace(second, week=week)
        case Span(last=Weekday() as last), Weekday():
            return inherited(last, second)
        case Month(year=None), Month(year=int()):
            return second
    return second


def bounded(body: Phrase, kind: Kind) -> Phrase:
    """`body` as a bound: before it, after it, by it, until it, from it on."""
    day, time = body.day, body.time
    if isinstance(time, Clock | Part):
        if kind in (Kind.AFTER, Kind.ONWARDS):
            return replace(body, time=After(time, included=kind is Kind.ONWARDS or isinstance(time, Clock)))
        if is_next_day(day) and kind is Kind.UNTIL:
            return replace(body, time=Until(as_written(time), deadline=True))
        return replace(body, time=Until(time, deadline=kind is Kind.BY))
    if time is not None or day is None:
        return body
    if kind is Kind.AFTER:
        return replace(body, day=Onward(day, included=False))
    if kind is Kind.ONWARDS:
        return replace(body, day=Onward(day, included=True))
    included = kind is not Kind.BEFORE or (isinstance(day, Portion) and day.which == Extent.END)
    return replace(body, day=UpTo(day, included=included))
