"""Rules for weeks, weekends, months and their portions: next week, 下下周, this weekend, end of next week, 月底."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, is_at, skip, text_at
from bot.language.chunks.dates import date
from bot.language.tokens import Kind
from bot.language.values import Date, Days, Month, Portion, Relative, Run, Span, Week, Weekend, WeekOf

_BEHIND = ("初", "底", "末", "上旬", "中旬", "下旬")
_STARTING = ("of", "beginning", "commencing", "starting", "starting on")


def week(tokens: Tokens, at: int) -> Found:
    """this week, next week, 下下周, the week after next, the coming week, the week, the week of the 18th."""
    start = skip(tokens, at, Kind.FILL, most=1)
    if is_at(tokens, start, Kind.WEEK) and tokens[start].tag != "end":
        return _holding(tokens, start + 1) if tokens[start].tag else (Week(tokens[start].value), start + 1)
    if is_at(tokens, start, Kind.SHIFT):
        return _shifted(tokens, start)
    if is_at(tokens, start, Kind.UNIT) and start > at:
        return _the(tokens, start)
    return None


def _shifted(tokens: Tokens, at: int) -> Found:
    """this, next or last with a unit behind it; "this or next week" is the week twice."""
    shift, unit = tokens[at].value, tokens[at + 1].tag if is_at(tokens, at + 1, Kind.UNIT) else ""
    if unit in ("week", "workweek"):
        return Week(shift, working=unit == "workweek"), at + 2
    if unit == "fortnight":
        return Span(Week(shift), Week(shift + 1)), at + 2
    if unit == "month":
        return Month(months=shift), at + 2
    twice = text_at(tokens, at + 1) == "or" and is_at(tokens, at + 2, Kind.SHIFT) and text_at(tokens, at + 3) == "week"
    return (Week(shift), at + 1) if twice else None


def _the(tokens: Tokens, at: int) -> Found:
    """the week, the month, the fortnight, the week of the 18th."""
    unit = text_at(tokens, at)
    if unit == "month":
        return Month(months=0), at + 1
    if unit == "fortnight":
        return Span(Week(0), Week(1)), at + 1
    if unit != "week":
        return None
    held = _holding(tokens, at + 2) if text_at(tokens, at + 1) in _STARTING else None
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
    if is_at(tokens, at, Kind.SHIFT, Kind.WEEK) and is_at(tokens, at + 1, Kind.WEEKEND):
        return Weekend(tokens[at].value), at + 2
    return None


def portion(tokens: Tokens, at: int) -> Found:
    """end of next week, early March, rest of the month, 月底, 12月底, 下周初, late this week."""
    if is_at(tokens, at, Kind.RELATIVE_MONTH) and tokens[at].tag == "year_end":
        return Portion("end", Month(12)), at + 1
    if is_at(tokens, at, Kind.RELATIVE_MONTH) and tokens[at].tag:
        return Portion(tokens[at].tag, Month(months=tokens[at].value)), at + 1
    if is_at(tokens, at, Kind.WEEK) and tokens[at].tag == "end":
        return Portion("end", Week(0)), at + 1
    if is_at(tokens, at, Kind.PORTION):
        inner = skip(tokens, at + 1, Kind.OF, Kind.AT, Kind.FILL, Kind.ME, most=3)
        base = whole(tokens, inner) or _plain_unit(tokens, inner)
        return (Portion(tokens[at].tag, base[0]), base[1]) if base else _rest(tokens, at, inner=inner)
    behind = whole(tokens, at)
    if behind and text_at(tokens, behind[1]) == "前" and is_at(tokens, behind[1] + 1, Kind.NUMBER):
        days = behind[1] + 2
        return (Run(behind[0], tokens[days - 1].value, "day"), days + 1) if text_at(tokens, days) == "天" else None
    if behind and is_at(tokens, behind[1], Kind.PORTION) and text_at(tokens, behind[1]) in _BEHIND:
        return Portion(tokens[behind[1]].tag, behind[0]), behind[1] + 1
    return None


def _rest(tokens: Tokens, at: int, *, inner: int) -> Found:
    """rest of the day, of my day, of today."""
    if tokens[at].tag != "rest":
        return None
    inner = skip(tokens, inner, Kind.SHIFT, most=1)
    today = is_at(tokens, inner, Kind.RELATIVE_DAY) and tokens[inner].value == 0
    return (Relative(0), inner + 1) if today or text_at(tokens, inner) == "day" else None


def whole(tokens: Tokens, at: int) -> tuple[Week | Month, int] | None:
    """A whole week or month, or None."""
    for rule in (week, date):
        found = rule(tokens, at)
        if found and isinstance(found[0], Week | Month):
            return found[0], found[1]
    return None


def _plain_unit(tokens: Tokens, at: int) -> tuple[Days, int] | None:
    """week and month without "the", behind "rest of"."""
    plain: dict[str, Days] = {"week": Week(0), "month": Month()}
    return (plain[text_at(tokens, at)], at + 1) if text_at(tokens, at) in plain else None
