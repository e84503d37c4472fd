"""Rules for days and stretches by name: today, next Tuesday, 下下周二, this weekend, end of next week, first Monday of May."""

from __future__ import annotations

from bot.language.atoms import Found, Tokens, is_at, kind_at, skip, text_at
from bot.language.dates import date
from bot.language.specs import (
    Date,
    Days,
    Month,
    Moved,
    Nth,
    Portion,
    Relative,
    Run,
    Span,
    Week,
    Weekday,
    Weekend,
    WeekOf,
)
from bot.language.tokens import Kind
from bot.language.words_zh import DAY_PAIRS

_THE = (Kind.FILL, Kind.OF)


def day(tokens: Tokens, at: int) -> Found:
    """A day or a stretch of days by name, or None."""
    for rule in (_from_day, _nth, _portion, _weekday_from_now, _weekend, _weekday, _week, _relative):
        found = rule(tokens, at)
        if found:
            return found
    return None


def _relative(tokens: Tokens, at: int) -> Found:
    if text_at(tokens, at) == "the" and text_at(tokens, at + 1) == "day" and text_at(tokens, at + 2) == "after":
        return Relative(1), at + 3
    if is_at(tokens, at, Kind.RELATIVE_DAY):
        return Relative(tokens[at].value), at + 1
    if is_at(tokens, at, Kind.SHIFT) and text_at(tokens, at + 1) == "day" and tokens[at].value >= 0:
        return Relative(tokens[at].value), at + 2
    pair = DAY_PAIRS.get(text_at(tokens, at) + text_at(tokens, at + 1))
    return (Span(Relative(pair[0]), Relative(pair[1])), at + 2) if pair else None


# ---------------------------------------------------------------- weekdays
def _weekday(tokens: Tokens, at: int) -> Found:
    """Friday, next Friday, this week Friday, Friday next week, 下周五, Friday after next."""
    start, week, english = at, None, False
    if is_at(tokens, at, Kind.SHIFT) and is_at(tokens, at + 1, Kind.WEEKDAY):
        week, start = tokens[at].value, at + 1
        english = week == 1
        if text_at(tokens, at) in ("coming", "the coming", "upcoming", "forthcoming"):
            week, english = None, False
    elif (named := _week(tokens, at)) and isinstance(named[0], Week):
        inner = skip(tokens, named[1], Kind.ON, Kind.FILL, Kind.BETWEEN, most=2)
        if not is_at(tokens, inner, Kind.WEEKDAY):
            return None
        week, start = named[0].week, inner
    if not is_at(tokens, start, Kind.WEEKDAY) or _is_heaven(tokens, start):
        return None
    value, stop = tokens[start].value, start + 1
    stop += text_at(tokens, stop) == "." and not is_at(tokens, stop + 1, Kind.NUMBER)
    if week is None:
        week, stop = _week_behind(tokens, stop)
    return Weekday(value, week, english_next=english), stop


def _is_heaven(tokens: Tokens, at: int) -> bool:
    """ "the sun" and "sat" as a verb are no days."""
    return tokens[at].text in ("sun", "sat") and text_at(tokens, at - 1) in ("the", "i", "we")


def _week_behind(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """The week that is named behind a weekday: next week, of this week, after next."""
    if text_at(tokens, at) == "after" and text_at(tokens, at + 1) == "next":
        return 2, at + 2
    inner = skip(tokens, at, *_THE, Kind.IN, most=2)
    found = _week(tokens, inner)
    if found and isinstance(found[0], Week):
        return found[0].week, found[1]
    return None, at


def _weekday_from_now(tokens: Tokens, at: int) -> Found:
    """two Sundays from now, Monday two weeks from now, Saturday 3 days from now, in 2 Mondays."""
    if is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 1, Kind.WEEKDAY):
        later = is_at(tokens, at + 2, Kind.LATER) or text_at(tokens, at + 2) in ("later", "hence")
        if later and tokens[at].value <= 10:
            return Moved(Weekday(tokens[at + 1].value), tokens[at].value - 1, "week"), at + 3
    if (
        not is_at(tokens, at, Kind.WEEKDAY)
        or not is_at(tokens, at + 1, Kind.NUMBER, Kind.ARTICLE)
        or not is_at(tokens, at + 2, Kind.UNIT)
    ):
        return None
    unit, count = tokens[at + 2].tag, tokens[at + 1].value
    if is_at(tokens, at + 3, Kind.LATER) and unit in ("week", "day"):
        if unit == "day":
            return Moved(Relative(0), count, "day"), at + 4
        return Weekday(tokens[at].value, week=count), at + 4
    if (
        text_at(tokens, at + 3) == "after"
        and unit == "week"
        and (base := date(tokens, at + 4))
        and isinstance(base[0], Date)
    ):
        return Moved(Moved(base[0], count, "week"), tokens[at].value, "weekday"), base[1]
    return None


def _from_day(tokens: Tokens, at: int) -> Found:
    """a week from Thursday, 3 days after January 12th, two days after today, 3 days starting from next Monday."""
    if not is_at(tokens, at, Kind.NUMBER, Kind.ARTICLE, Kind.SOME) or not is_at(tokens, at + 1, Kind.UNIT):
        return None
    unit = tokens[at + 1].tag
    word = text_at(tokens, at + 2)
    if unit not in ("day", "week", "month", "fortnight", "year") or word not in (
        "from",
        "after",
        "starting",
        "starting from",
        "starting on",
        "beginning",
    ):
        return None
    base = named(tokens, skip(tokens, at + 3, Kind.FILL, Kind.ON, most=2))
    if base is None:
        return None
    count = tokens[at].value * (2 if unit == "fortnight" else 1)
    unit = "week" if unit == "fortnight" else unit
    if word in ("from", "after") and not is_at(tokens, at - 1, Kind.FOR, Kind.WITHIN):
        return Moved(base[0], count, unit), base[1]
    return Run(base[0], count, unit, inclusive=word == "from"), base[1]


def named(tokens: Tokens, at: int) -> tuple[Days, int] | None:
    """A day by name or date."""
    for rule in (_nth, _weekday, _relative, date):
        found = rule(tokens, at)
        if found and isinstance(found[0], Relative | Weekday | Date | Nth):
            return found[0], found[1]
    return None


# ---------------------------------------------------------------- weeks and months
def _week(tokens: Tokens, at: int) -> Found:
    """this week, next week, 下下周, the week after next, the coming week, the week, the week of the 18th."""
    start = skip(tokens, at, Kind.FILL, most=1)
    if is_at(tokens, start, Kind.WEEK) and not tokens[start].tag:
        return Week(tokens[start].value), start + 1
    if is_at(tokens, start, Kind.SHIFT):
        if is_at(tokens, start + 1, Kind.UNIT) and tokens[start + 1].tag in ("week", "workweek"):
            return Week(tokens[start].value, working=tokens[start + 1].tag == "workweek"), start + 2
        if (
            text_at(tokens, start + 1) == "or"
            and text_at(tokens, start + 3) == "week"
            and is_at(tokens, start + 2, Kind.SHIFT)
        ):
            return Week(tokens[start].value), start + 1
        if is_at(tokens, start + 1, Kind.UNIT) and tokens[start + 1].tag == "fortnight":
            return Span(Week(tokens[start].value), Week(tokens[start].value + 1)), start + 2
        if is_at(tokens, start + 1, Kind.UNIT) and tokens[start + 1].tag == "month":
            return Month(months=tokens[start].value), start + 2
        return None
    if is_at(tokens, start, Kind.UNIT) and text_at(tokens, start) in ("week", "fortnight", "month") and start > at:
        return _the_week(tokens, start)
    if text_at(tokens, at) == "w" and text_at(tokens, at + 1) == "/" and text_at(tokens, at + 2) == "c":
        return _holding(tokens, at + 3)
    return None


def _the_week(tokens: Tokens, at: int) -> Found:
    if text_at(tokens, at) == "month":
        return Month(months=0), at + 1
    if text_at(tokens, at) == "fortnight":
        return Span(Week(0), Week(1)), at + 1
    if text_at(tokens, at + 1) == "after" and text_at(tokens, at + 2) == "next":
        return Week(2), at + 3
    if text_at(tokens, at + 1) in ("of", "beginning", "commencing", "starting", "starting on") and (
        found := _holding(tokens, at + 2)
    ):
        return found
    return Week(0), at + 1


def _holding(tokens: Tokens, at: int) -> Found:
    base = named(tokens, skip(tokens, at, Kind.FILL, most=1))
    return (WeekOf(base[0]), base[1]) if base else None


def _weekend(tokens: Tokens, at: int) -> Found:
    if is_at(tokens, at, Kind.WEEKEND):
        return Weekend(0), at + 1
    if is_at(tokens, at, Kind.SHIFT, Kind.WEEK) and is_at(tokens, at + 1, Kind.WEEKEND):
        return Weekend(tokens[at].value), at + 2
    return None


_RELATIVE_PORTIONS = {"start": "start", "middle": "middle", "end": "end"}


def _portion(tokens: Tokens, at: int) -> Found:
    """end of next week, early March, rest of the month, 月底, 12月底, 下周初, late this week."""
    if is_at(tokens, at, Kind.RELATIVE_MONTH) and tokens[at].tag:
        return Portion(tokens[at].tag, Month(months=tokens[at].value)), at + 1
    if is_at(tokens, at, Kind.WEEK) and tokens[at].tag:
        return Portion(tokens[at].tag, Week(0)), at + 1
    if is_at(tokens, at, Kind.PORTION):
        inner = skip(tokens, at + 1, Kind.OF, Kind.AT, Kind.FILL, Kind.ME, most=3)
        base = _whole(tokens, inner)
        if base:
            return Portion(tokens[at].tag, base[0]), base[1]
        return _rest_of_day(tokens, at, inner=inner)
    behind = _whole(tokens, at)
    if (
        behind
        and is_at(tokens, behind[1], Kind.PORTION)
        and text_at(tokens, behind[1]) in ("初", "底", "末", "上旬", "中旬", "下旬")
    ):
        return Portion(tokens[behind[1]].tag, behind[0]), behind[1] + 1
    return None


def _rest_of_day(tokens: Tokens, at: int, *, inner: int) -> Found:
    if tokens[at].tag != "rest":
        return None
    inner = skip(tokens, inner, Kind.SHIFT, most=1)
    unit = text_at(tokens, inner)
    if unit == "day":
        return Relative(0), inner + 1
    if unit in ("week", "month"):
        return Portion("rest", Week(0) if unit == "week" else Month()), inner + 1
    return (Relative(0), inner + 1) if is_at(tokens, inner, Kind.RELATIVE_DAY) and tokens[inner].value == 0 else None


def _whole(tokens: Tokens, at: int) -> tuple[Week | Month, int] | None:
    """A whole week or month, or None."""
    for rule in (_week, date):
        found = rule(tokens, at)
        if found and isinstance(found[0], Week | Month):
            return found[0], found[1]
    if (
        is_at(tokens, at, Kind.UNIT)
        and text_at(tokens, at) in ("week", "month")
        and is_at(tokens, at - 1, Kind.PORTION)
    ):
        return (Week(0) if text_at(tokens, at) == "week" else Month()), at + 1
    return None


# ---------------------------------------------------------------- the n-th of a month
def _nth(tokens: Tokens, at: int) -> Found:
    """first Tuesday of October, last Friday in October, 3rd week of Jan, 十月的第一个星期一, 本月第2周."""
    if is_at(tokens, at, Kind.ORDINAL) or text_at(tokens, at) == "last":
        count = tokens[at].value if is_at(tokens, at, Kind.ORDINAL) else -1
        which = _nth_what(tokens, at + 1)
        if which is None or not is_at(tokens, at + 2, Kind.OF, Kind.IN, Kind.SHIFT):
            return None
        month = _whole(tokens, skip(tokens, at + 2, Kind.OF, Kind.IN, most=1))
        return (Nth(count, which[0], month[0]), month[1]) if month and isinstance(month[0], Month) else None
    month = _whole(tokens, at)
    if month is None or not isinstance(month[0], Month):
        return None
    inner = skip(tokens, month[1], Kind.FILL, most=1)
    if not is_at(tokens, inner, Kind.NTH) or not is_at(tokens, inner + 1, Kind.NUMBER):
        return None
    place = skip(tokens, inner + 2, Kind.COUNTER, most=1)
    which = _nth_what(tokens, place)
    return (Nth(tokens[inner + 1].value, which[0], month[0]), place + 1) if which else None


def _nth_what(tokens: Tokens, at: int) -> tuple[int | None] | None:
    if is_at(tokens, at, Kind.WEEKDAY):
        return (tokens[at].value,)
    if kind_at(tokens, at) is Kind.UNIT and tokens[at].tag == "week":
        return (None,)
    return None
