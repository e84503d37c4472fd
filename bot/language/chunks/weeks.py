"""Rules for weeks, weekends, months and their portions: next week, 下下周, this weekend, end of next week, 月底."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, close, is_at, is_single, means, skip
from bot.language.chunks.dates import date
from bot.language.days import Date, Days, Month, Portion, Relative, Run, Span, Week, Weekend, WeekOf
from bot.language.senses import Sense
from bot.language.tags import Extent, Unit, WeekTag
from bot.language.tokens import Kind


def week(tokens: Tokens, at: int) -> Found:
    """this week, next week, 下下周, the week after next, the coming week, the week, the week of the 18th."""
    start = skip(tokens, at, Kind.FILL, most=1)
    if is_at(tokens, start, Kind.WEEK):
        return _holding(tokens, start + 1) if tokens[start].tag else (Week(tokens[start].value), start + 1)
    if is_at(tokens, start, Kind.SHIFT):
        return _shifted(tokens, start)
    if is_at(tokens, start, Kind.UNIT) and start > at:
        return _the(tokens, start)
    return None


def _shifted(tokens: Tokens, at: int) -> Found:
    """this, next or last with a unit behind it; "this or next week" is the week twice."""
    shift, unit = tokens[at].value, tokens[at + 1].tag if is_at(tokens, at + 1, Kind.UNIT) else ""
    if unit in (Unit.WEEK, Unit.WORKWEEK):
        return Week(shift, working=unit == Unit.WORKWEEK), at + 2
    if unit == Unit.FORTNIGHT:
        return Span(Week(shift), Week(shift + 1)), at + 2
    if unit == Unit.MONTH:
        return Month(months=shift), at + 2
    listed = means(tokens, at + 1, Sense.OR)
    twice = listed and is_single(tokens, at + 3, Unit.WEEK)
    return (Week(shift), at + 1) if twice else _as_before(tokens, at)


def _as_before(tokens: Tokens, at: int) -> Found:
    """The next of "this week or next" and "this month and next", whose unit stands before."""
    listed = is_at(tokens, at - 1, Kind.LIST) and is_at(tokens, at - 3, Kind.SHIFT)
    if tokens[at].value != 1 or not listed or is_at(tokens, at + 1, Kind.WORD, Kind.NUMBER, Kind.UNIT):
        return None
    if is_single(tokens, at - 2, Unit.WEEK):
        return Week(1), at + 1
    return (Month(months=1), at + 1) if is_single(tokens, at - 2, Unit.MONTH) else None


def _the(tokens: Tokens, at: int) -> Found:
    """the week, the month, the fortnight, the week of the 18th."""
    if Sense.SINGLE not in tokens[at].senses:
        return None
    unit = tokens[at].tag
    if unit == Unit.MONTH:
        return Month(months=0), at + 1
    if unit == Unit.FORTNIGHT:
        return Span(Week(0), Week(1)), at + 1
    if unit != Unit.WEEK:
        return None
    if means(tokens, at + 1, Sense.AFTER) and is_at(tokens, at - 2, Kind.LIST) and is_single(tokens, at - 3, Unit.WEEK):
        before = tokens[at - 4].value if is_at(tokens, at - 4, Kind.SHIFT) else 0
        return Week(before + 1), at + 2  # next week or the week after
    begun = means(tokens, at + 1, Sense.STARTING)
    held = _holding(tokens, at + 2) if begun else None
    return held or (Week(0), at + 1)


def _holding(tokens: Tokens, at: int) -> Found:
    """The week that holds a date."""
    place = skip(tokens, at, Kind.FILL, Kind.WEEKDAY, most=3)
    if is_at(tokens, place, Kind.RELATIVE_DAY):
        return WeekOf(Relative(tokens[place].value)), place + 1
    base = date(tokens, place)
    return (WeekOf(base[0]), base[1]) if base and isinstance(base[0], Date) else None


def weekend(tokens: Tokens, at: int) -> Found:
    """the weekend, this weekend, 下周末."""
    if is_at(tokens, at, Kind.WEEKEND):
        return Weekend(0), at + 1
    if is_at(tokens, at + 1, Kind.WEEKEND):
        return Weekend(0 if Sense.COMING in tokens[at].senses else tokens[at].value), at + 2
    return None


def portion(tokens: Tokens, at: int) -> Found:
    """end of next week, early March, rest of the month, 月底, 12月底, 下周初, late this week."""
    if tokens[at].tag == Extent.YEAR_END:
        return Portion(Extent.END, Month(12)), at + 1
    if is_at(tokens, at, Kind.RELATIVE_MONTH) and tokens[at].tag:
        return Portion(tokens[at].tag, Month(months=tokens[at].value)), at + 1
    if is_at(tokens, at + 1, Kind.RELATIVE_MONTH) and (named := _named_month(tokens, at)):
        return Portion(tokens[at + 1].tag, named), at + 2
    if is_at(tokens, at, Kind.WEEK) and tokens[at].tag == WeekTag.END:
        return Portion(Extent.END, Week(0)), at + 1
    if is_at(tokens, at, Kind.PORTION):
        inner = skip(tokens, at + 1, Kind.OF, Kind.AT, Kind.FILL, Kind.ME, most=3)
        base = whole(tokens, inner) or _plain_unit(tokens, inner)
        return (Portion(tokens[at].tag, base[0]), base[1]) if base else _rest(tokens, at, inner=inner)
    behind = whole(tokens, at)
    if behind and means(tokens, behind[1], Sense.FORE) and is_at(tokens, behind[1] + 1, Kind.NUMBER):
        days = behind[1] + 2
        first = Run(behind[0], tokens[days - 1].value, Unit.DAY)
        return (first, days + 1) if is_counted_day(tokens, days) else None
    if behind and is_at(tokens, behind[1], Kind.PORTION) and means(tokens, behind[1], Sense.BEHIND):
        return Portion(tokens[behind[1]].tag, behind[0]), behind[1] + 1
    return None


def _named_month(tokens: Tokens, at: int) -> Month | None:
    """The 12 of 12月底, which the scanner takes for a 12 and a 月底."""
    numbered = is_at(tokens, at, Kind.NUMBER) and 1 <= tokens[at].value <= 12 and close(tokens, at + 1)
    return Month(tokens[at].value) if numbered and tokens[at + 1].tag in _OF_MONTH else None


_OF_MONTH = (Extent.START, Extent.MIDDLE, Extent.END)


def is_counted_day(tokens: Tokens, at: int) -> bool:
    """True for the 天 of 第三天 and 前三天."""
    return means(tokens, at, Sense.DAYS)


def _rest(tokens: Tokens, at: int, *, inner: int) -> Found:
    """rest of the day, of my day, of today."""
    if tokens[at].tag != Extent.REST:
        return None
    inner = skip(tokens, inner, Kind.SHIFT, most=1)
    today = is_at(tokens, inner, Kind.RELATIVE_DAY) and tokens[inner].value == 0
    return (Relative(0), inner + 1) if today or is_single(tokens, inner, Unit.DAY) else None


def whole(tokens: Tokens, at: int) -> tuple[Week | Month, int] | None:
    """A whole week or month, or None."""
    for rule in (week, date):
        found = rule(tokens, at)
        if found and isinstance(found[0], Week | Month):
            return found[0], found[1]
    return None


def _plain_unit(tokens: Tokens, at: int) -> tuple[Days, int] | None:
    """week and month without "the", behind "rest of"."""
    plain: dict[str, Days] = {Unit.WEEK: Week(0), Unit.MONTH: Month()}
    return (plain[tokens[at].tag], at + 1) if is_single(tokens, at, Unit.WEEK, Unit.MONTH) else None
