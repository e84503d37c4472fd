"""Rules for days by name: today, next Tuesday, 下下周二, a week from Thursday, first Monday of May, 第三天."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, is_at, is_single, is_unit, means, skip, text_at
from bot.language.chunks.dates import date
from bot.language.chunks.rules import Begun, Rules
from bot.language.chunks.weeks import is_counted_day, portion, week, weekend, whole
from bot.language.days import (
    ANY_DAY,
    WEEKEND,
    Ahead,
    Coming,
    Date,
    Days,
    Month,
    Moved,
    Nth,
    Relative,
    Run,
    Span,
    Week,
    Weekday,
)
from bot.language.senses import Sense
from bot.language.tags import DayTag, Unit
from bot.language.tokens import Kind

_STARTING = (Sense.STARTING, Sense.STARTING_FROM)
_FROM = (Sense.FROM, Sense.AFTER, *_STARTING)
_MOST_COMING = 52
_CALENDAR_UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.FORTNIGHT, Unit.YEAR, Unit.WORKDAY)


def day(tokens: Tokens, at: int) -> Found:
    """A day or a stretch of days by name, or None."""
    return DAYS.first(tokens, at)


def _relative(tokens: Tokens, at: int) -> Found:
    if is_at(tokens, at, Kind.RELATIVE_DAY):
        days = tokens[at].value
        return Span(Relative(days), Relative(days + 1)) if tokens[at].tag == DayTag.PAIR else Relative(days), at + 1
    if means(tokens, at, Sense.THE) and is_single(tokens, at + 1, Unit.DAY):
        return _day_beside(tokens, at + 2)
    if is_at(tokens, at, Kind.SHIFT) and is_single(tokens, at + 1, Unit.DAY) and tokens[at].value >= 0:
        return Relative(tokens[at].value), at + 2
    if is_at(tokens, at, Kind.NTH) and is_at(tokens, at + 1, Kind.NUMBER) and is_counted_day(tokens, at + 2):
        return Relative(max(tokens[at + 1].value - 1, 0)), at + 3
    return None


def _day_beside(tokens: Tokens, at: int) -> Found:
    """The rest of "the day before Friday", of "the day after Friday", and of a bare "the day after"."""
    after = means(tokens, at, Sense.AFTER)
    if not after and not means(tokens, at, Sense.BEFORE):
        return None
    base = named(tokens, skip(tokens, at + 1, Kind.FILL, Kind.ON, most=2))
    if base is not None:
        return Moved(base[0], 1 if after else -1, Unit.DAY), base[1]
    return (Relative(1), at + 1) if after else None


def beside_day(tokens: Tokens, at: int, day: Days) -> Found:
    """周五的前一天, 周五后两天, 周五的第二天: the days beside one that is named before `at`."""
    start = skip(tokens, at, Kind.FILL, most=1)
    if is_at(tokens, start, Kind.NEXT_DAY):
        return Moved(day, 1, Unit.DAY), start + 1
    fore = means(tokens, start, Sense.FORE)
    if not (fore or means(tokens, start, Sense.AFTERWARDS)) or not is_at(tokens, start + 1, Kind.NUMBER):
        return None
    count = tokens[start + 1].value
    if not 0 < count <= _MOST_COMING or not is_counted_day(tokens, start + 2):
        return None
    first, last = (-count, -1) if fore else (1, count)
    near, far = Moved(day, first, Unit.DAY), Moved(day, last, Unit.DAY)
    return (near if count == 1 else Span(near, far)), start + 3


def _workdays(tokens: Tokens, at: int) -> Found:
    """weekdays, 工作日: the next five of them."""
    named = is_unit(tokens, at, Unit.WORKDAY) and not is_at(tokens, at - 1, Kind.NUMBER, Kind.COUNTER)
    return (Ahead(5, Unit.WORKDAY), at + 1) if named else None


# ---------------------------------------------------------------- weekdays
def _weekday(tokens: Tokens, at: int) -> Found:
    """Friday, next Friday, this week Friday, Friday next week, 下周五, Friday after next, Friday week."""
    start, shift, english = at, None, False
    if _is_next_of_list(tokens, at):
        return Weekday(tokens[at - 2].value, 1), at + 1
    if is_at(tokens, at, Kind.SHIFT) and is_at(tokens, at + 1, Kind.WEEKDAY):
        start = at + 1
        shift = None if Sense.COMING in tokens[at].senses else tokens[at].value
        english = shift == 1
    elif (within := week(tokens, at)) and isinstance(within[0], Week):
        start = skip(tokens, within[1], Kind.ON, Kind.FILL, most=2)
        shift = within[0].week
    if not is_at(tokens, start, Kind.WEEKDAY) or Sense.NO_DAY in tokens[start].senses:
        return None
    stop = start + 1
    stop += text_at(tokens, stop) == "." and not is_at(tokens, stop + 1, Kind.NUMBER)
    if shift is not None:
        chinese = shift == 1 and _is_one_word(tokens, at, start)
        return Weekday(tokens[start].value, shift, english_next=english, chinese_next=chinese), stop
    if is_single(tokens, stop, Unit.WEEK) and start == at and not is_at(tokens, stop + 1, Kind.NUMBER):
        return Moved(Weekday(tokens[start].value), 1, Unit.WEEK), stop + 1
    shift, stop = _week_behind(tokens, stop)
    return Weekday(tokens[start].value, shift, week_behind=shift is not None), stop


def _is_next_of_list(tokens: Tokens, at: int) -> bool:
    """True for the next of "this Thursday or next"."""
    listed = (
        is_at(tokens, at - 1, Kind.LIST) and is_at(tokens, at - 2, Kind.WEEKDAY) and is_at(tokens, at - 3, Kind.SHIFT)
    )
    return listed and means(tokens, at, Sense.NEXT) and not is_at(tokens, at + 1, Kind.UNIT, Kind.WEEKDAY, Kind.NUMBER)


def coming(tokens: Tokens, at: int) -> Found:
    """the next two Wednesdays, 接下来三个周五, 下两个周三: so many of a weekday from now on."""
    start = skip(tokens, at, Kind.FILL, most=1)
    said = is_at(tokens, start, Kind.AHEAD) or (is_at(tokens, start, Kind.SHIFT) and tokens[start].value == 1)
    if not said and not means(tokens, start, Sense.NEXT_SIGN):
        return None
    number = start + 1
    if not is_at(tokens, number, Kind.NUMBER):
        return None
    day = skip(tokens, number + 1, Kind.COUNTER, most=1)
    count = min(max(tokens[number].value, 1), _MOST_COMING)
    return (Coming(tokens[day].value, count), day + 1) if is_at(tokens, day, Kind.WEEKDAY) else None


def next_workday(tokens: Tokens, at: int) -> Found:
    """next business day, the next working day, 下个工作日, 下一个工作日."""
    start = skip(tokens, at, Kind.FILL, most=1)
    said = is_at(tokens, start, Kind.SHIFT) and tokens[start].value == 1
    if not said and not means(tokens, start, Sense.NEXT_SIGN):
        return None
    unit = start + 1
    unit += is_at(tokens, unit, Kind.NUMBER) and tokens[unit].value == 1
    unit = skip(tokens, unit, Kind.COUNTER, most=1)
    single = is_unit(tokens, unit, Unit.WORKDAY) and not means(tokens, unit, Sense.PLURAL)
    return (Moved(Relative(0), 1, Unit.WORKDAY), unit + 1) if single else None


def _is_one_word(tokens: Tokens, at: int, weekday: int) -> bool:
    """True for 下周五, false for 下周周五 and 下周的周五, which cannot mean this week's."""
    return weekday == at + 1 and len(tokens[weekday].text) == 1


def _week_behind(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """The week that is named behind a weekday: next week, of this week, after next."""
    if means(tokens, at, Sense.AFTER) and means(tokens, at + 1, Sense.NEXT):
        return 2, at + 2
    found = week(tokens, skip(tokens, at, Kind.FILL, Kind.OF, Kind.IN, most=2))
    return (found[0].week, found[1]) if found and isinstance(found[0], Week) else (None, at)


def weekday_from_now(tokens: Tokens, at: int) -> Found:
    """two Sundays from now, Monday two weeks from now, Saturday 3 days from now."""
    if is_at(tokens, at, Kind.NUMBER) and _is_later(tokens, at + 2):
        coming = Moved(Relative(1), tokens[at + 1].value, Unit.WEEKDAY)
        return Moved(coming, tokens[at].value - 1, Unit.WEEK), at + 3
    if not _is_later(tokens, at + 3):
        return None
    if not is_at(tokens, at + 1, Kind.NUMBER, Kind.ARTICLE):
        return None
    unit, count = tokens[at + 2].tag, tokens[at + 1].value
    if unit == Unit.DAY:
        return Moved(Relative(0), count, Unit.DAY), at + 4
    return (Weekday(tokens[at].value, week=count), at + 4) if unit == Unit.WEEK else None


def _is_later(tokens: Tokens, at: int) -> bool:
    return is_at(tokens, at, Kind.LATER) or means(tokens, at, Sense.LATER_THAN)


def from_day(tokens: Tokens, at: int) -> Found:
    """a week from Thursday, 3 days after January 12th, 3 days starting from next Monday."""
    if not is_at(tokens, at + 1, Kind.UNIT):
        return None
    unit = tokens[at + 1].tag
    if unit not in _CALENDAR_UNITS or not means(tokens, at + 2, *_FROM):
        return None
    base = named(tokens, skip(tokens, at + 3, Kind.FILL, Kind.ON, most=2))
    if base is None:
        return None
    count = tokens[at].value * (2 if unit == Unit.FORTNIGHT else 1)
    unit = Unit.WEEK if unit == Unit.FORTNIGHT else unit
    if means(tokens, at + 2, *_STARTING) or is_at(tokens, at - 1, Kind.FOR, Kind.WITHIN):
        return Run(base[0], count, unit), base[1]
    return Moved(base[0], count, unit), base[1]


def named(tokens: Tokens, at: int) -> tuple[Days, int] | None:
    """A single day by name or date."""
    for rule in (_nth, _weekday, _relative, date):
        found = rule(tokens, at)
        if found and isinstance(found[0], Relative | Weekday | Date | Nth):
            return found[0], found[1]
    return None


# ---------------------------------------------------------------- the n-th of a month
def _nth(tokens: Tokens, at: int) -> Found:
    """first Tuesday of October, the last Friday in October, 3rd week of Jan, 十月的第一个星期一, 本月第2周."""
    start = skip(tokens, at, Kind.FILL, most=1)
    if not is_at(tokens, start, Kind.ORDINAL) and not means(tokens, start, Sense.LAST):
        return _chinese_nth(tokens, at)
    week_of = means(tokens, start + 1, Sense.WEEK_OF)
    which = (None,) if week_of else _what(tokens, start + 1)
    if which is None or not (week_of or is_at(tokens, start + 2, Kind.OF, Kind.IN, Kind.SHIFT)):
        return None
    held = whole(tokens, skip(tokens, start + 2, Kind.OF, Kind.IN, most=1))
    count = tokens[start].value if is_at(tokens, start, Kind.ORDINAL) else -1
    found = _counted(held[0], count, which[0]) if held else None
    return (found, held[1]) if held and found else None


def _counted(held: Week | Month, count: int, which: int | None) -> Nth | Weekday | None:
    """The n-th such day of a month, or the n-th day of a week; -1: the last one."""
    if isinstance(held, Month):
        return Nth(count, which, held)
    day = count - 1 if count > 0 else 6
    return Weekday(day, held.week) if which == ANY_DAY and day < 7 else None


def _chinese_nth(tokens: Tokens, at: int) -> Found:
    held = whole(tokens, at)
    if held is None:
        return None
    inner = skip(tokens, held[1], Kind.FILL, most=1)
    last = means(tokens, inner, Sense.FINAL)
    if not last and not (is_at(tokens, inner, Kind.NTH) and is_at(tokens, inner + 1, Kind.NUMBER)):
        return None
    count, behind = (-1, skip(tokens, inner + 1, Kind.NUMBER, most=1)) if last else (tokens[inner + 1].value, inner + 2)
    place = skip(tokens, behind, Kind.COUNTER, most=1)
    which = _what(tokens, place)
    found = _counted(held[0], count, which[0]) if which else None
    return (found, place + 1) if found else None


def _what(tokens: Tokens, at: int) -> tuple[int | None] | None:
    if is_at(tokens, at, Kind.WEEKDAY):
        return (tokens[at].value,)
    if is_at(tokens, at, Kind.WEEKEND):
        return (WEEKEND,)
    if is_unit(tokens, at, Unit.DAY):
        return (ANY_DAY,)
    return (None,) if is_unit(tokens, at, Unit.WEEK) else None


_MONTHS = (Kind.MONTH, Kind.RELATIVE_MONTH, Kind.RELATIVE_YEAR)
_MONTHLY = (Kind.MONTH_SIGN, Kind.YEAR_SIGN, Kind.UNIT)
_WEEKLY = (Kind.WEEK, Kind.SHIFT, Kind.UNIT)
DAYS = Rules(
    Begun(coming, (Kind.AHEAD, Kind.SHIFT, Kind.HAN, Kind.FILL), behind_fill=(Kind.AHEAD, Kind.SHIFT)),
    Begun(next_workday, (Kind.SHIFT, Kind.HAN, Kind.FILL), behind_fill=(Kind.SHIFT,)),
    Begun(from_day, (Kind.NUMBER, Kind.ARTICLE, Kind.SOME), (Kind.UNIT,)),
    Begun(
        _nth,
        (Kind.NUMBER, Kind.ORDINAL, Kind.FILL, Kind.SHIFT, Kind.WEEK, *_MONTHS),
        _MONTHLY,
        (Kind.ORDINAL, Kind.SHIFT, Kind.UNIT),
    ),
    Begun(
        portion,
        (Kind.NUMBER, Kind.PORTION, Kind.FILL, Kind.SHIFT, Kind.WEEK, *_MONTHS),
        (*_MONTHLY, Kind.RELATIVE_MONTH),
        _WEEKLY,
    ),
    Begun(weekday_from_now, (Kind.NUMBER, Kind.WEEKDAY), (Kind.WEEKDAY,)),
    Begun(weekend, (Kind.WEEKEND, Kind.SHIFT, Kind.WEEK)),
    Begun(_weekday, (Kind.WEEKDAY, Kind.SHIFT, Kind.WEEK, Kind.FILL), behind_fill=_WEEKLY),
    Begun(week, (Kind.WEEK, Kind.SHIFT, Kind.FILL), behind_fill=_WEEKLY),
    Begun(_relative, (Kind.RELATIVE_DAY, Kind.SHIFT, Kind.NTH, Kind.FILL), behind_fill=(Kind.UNIT,)),
    Begun(_workdays, (Kind.UNIT,)),
)
"""The rules of `day`."""
