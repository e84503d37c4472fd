"""Rules for calendar dates: 11/25, 11月25日, Nov 25, the 30th, 2026-12-01, 下个月5号."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, close, is_at, is_unit, means, skip, text_at
from bot.language.chunks.holidays import holiday
from bot.language.chunks.neighbours import is_beside_time
from bot.language.chunks.rules import Begun, Rules
from bot.language.chunks.signed_dates import chinese, day_sign
from bot.language.days import Date, Month
from bot.language.senses import Sense
from bot.language.tags import Unit
from bot.language.tokens import Kind

_SEPARATORS = ("-", "/", ".")
_MEASURES = (Sense.MEASURE, Sense.HOUR_LETTER, Sense.MINUTE_LETTER, Sense.HOURS_SHORT)
"""Behind two numbers, what makes an amount of them: 3.5元, 1.5h."""
_AFTER_HOUR = (Sense.HOUR_LETTER, Sense.AM_LETTER, Sense.PM_LETTER)


def date(tokens: Tokens, at: int) -> Found:
    """A calendar date or a whole month, or None."""
    return DATES.first(tokens, at)


def _is_year(tokens: Tokens, at: int) -> bool:
    return is_at(tokens, at, Kind.NUMBER) and 1990 <= tokens[at].value <= 2100


def _iso(tokens: Tokens, at: int) -> Found:
    """2026-12-01, 2026/12/1, 2026.12.1, 2026-dec-1, 2026年12月1日."""
    if (
        not _is_year(tokens, at)
        or text_at(tokens, at + 1) not in _SEPARATORS
        or text_at(tokens, at + 3) != text_at(tokens, at + 1)
    ):
        return None
    if not is_at(tokens, at + 2, Kind.NUMBER, Kind.MONTH) or not is_at(tokens, at + 4, Kind.NUMBER):
        return None
    month, day = tokens[at + 2].value, tokens[at + 4].value
    if day <= 12 and 13 < month <= 31:  # 2026-25-12; a 13 may as well be one month too many
        month, day = day, month
    return Date(day, month, tokens[at].value), _behind_day(tokens, at + 5)


def _behind_day(tokens: Tokens, at: int) -> int:
    return skip(tokens, at, Kind.DAY_SIGN, most=1)


def day_number(tokens: Tokens, at: int) -> int | None:
    ordinal = is_at(tokens, at, Kind.ORDINAL)
    if not (ordinal or is_at(tokens, at, Kind.NUMBER)) or not 1 <= tokens[at].value <= 39:
        return None
    return tokens[at].value if ordinal or len(tokens[at].text) <= 2 or tokens[at].tag else None


def _written_month_first(tokens: Tokens, at: int) -> Found:
    """Nov 25, Dec 3rd, December the 3rd, Nov 25 2026, Oct. 2, Oct-2, Oct2, April twenty-seventh."""
    stop = at + 1
    stop += text_at(tokens, stop) in ("/", "-", ".", ",") and close(tokens, stop)
    stop = skip(tokens, stop, Kind.FILL, most=1)
    day = day_number(tokens, stop)
    if day is None or text_at(tokens, stop + 1) == ":" or is_at(tokens, stop + 1, Kind.CLOCK_SIGN):
        return None
    if is_at(tokens, stop + 1, Kind.MERIDIEM) and (close(tokens, stop + 1) or is_at(tokens, at - 1, Kind.OF)):
        return None  # last Thursday of December 3pm
    year, stop = _year_behind(tokens, stop + 1)
    return Date(day, tokens[at].value, year), stop


def _year_behind(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """A year behind a day and a month, and the place behind it; 2015 and the like may be a clock time too."""
    stop = skip(tokens, at, Kind.COMMA, Kind.OF, most=1)
    stop += text_at(tokens, stop) in _SEPARATORS and close(tokens, stop) and _is_year(tokens, stop + 1)
    certain = is_at(tokens, at, Kind.COMMA, Kind.OF) or is_at(tokens, stop + 1, Kind.NUMBER)
    if _is_year(tokens, stop) and not _is_compact_range(tokens, stop) and (certain or tokens[stop].value >= 2016):
        return tokens[stop].value, stop + 1
    return None, at


def _is_compact_range(tokens: Tokens, at: int) -> bool:
    """True for 2015-2115 behind a date, where the first number is a clock time."""
    return is_at(tokens, at + 1, Kind.TO) and is_at(tokens, at + 2, Kind.NUMBER) and len(tokens[at + 2].text) == 4


def written_day_first(tokens: Tokens, at: int) -> Found:
    """25 Nov, the 3rd of December, 8/Oct/2012, 4th of July."""
    day = day_number(tokens, at)
    if day is None:
        return None
    stop = at + 1
    stop += text_at(tokens, stop) in (*_SEPARATORS, ",") and close(tokens, stop)
    if is_unit(tokens, stop, Unit.DAY) and is_at(tokens, at, Kind.ORDINAL):
        stop += 1
    stop = skip(tokens, stop, Kind.OF, Kind.FILL, most=2)
    if not is_at(tokens, stop, Kind.MONTH):
        return None
    behind = is_at(tokens, stop + 1, Kind.NUMBER, Kind.ORDINAL) and is_at(tokens, at - 1, Kind.CLOCK_SIGN)
    year, after = _year_behind(tokens, stop + 1)
    return None if behind else (Date(day, tokens[stop].value, year), after)


def of_month(tokens: Tokens, at: int) -> Found:
    """20th of next month, the 31st day of the month, 4 of this month."""
    day = day_number(tokens, at)
    if day is None:
        return None
    stop = at + 1
    if is_unit(tokens, stop, Unit.DAY) and is_at(tokens, at, Kind.ORDINAL):
        stop += 1
    stop = skip(tokens, stop, Kind.OF, most=1)
    start = stop
    stop = skip(tokens, stop, Kind.FILL, most=1)
    months = 0
    if is_at(tokens, stop, Kind.SHIFT):
        months, stop = tokens[stop].value, stop + 1
    elif stop == start:
        return None
    if is_unit(tokens, stop, Unit.MONTH):
        return Date(day, months=months), stop + 1
    return None


def _slashed(tokens: Tokens, at: int) -> Found:
    """11/25, 25/11, 11.25, 11/25/2026, 12-1-2026, 4-22 behind "on"."""
    if not is_at(tokens, at + 2, Kind.NUMBER) or tokens[at].tag or tokens[at + 2].tag:
        return None
    sign, first, second = text_at(tokens, at + 1), tokens[at].value, tokens[at + 2].value
    if sign not in _SEPARATORS or len(tokens[at + 2].text) > 2:
        return None
    if sign != "-" and not (close(tokens, at + 1) and close(tokens, at + 2)):
        return None
    if text_at(tokens, at - 1) in ("/", ".", ":") and close(tokens, at):
        return None
    third = text_at(tokens, at + 3) == sign and (_is_year(tokens, at + 4) or _is_short_year(tokens, at + 4, sign=sign))
    if (
        not third
        and text_at(tokens, at + 3) in (sign, ":")
        and close(tokens, at + 3)
        and is_at(tokens, at + 4, Kind.NUMBER)
        and close(tokens, at + 4)
    ):
        return None
    if sign == "-" and not third and not _is_dashed_date(tokens, at):
        return None
    return _ordered(
        tokens,
        first,
        second,
        year=tokens[at + 4].value % 2000 + 2000 if third else None,
        stop=at + 5 if third else at + 3,
    )


def _is_short_year(tokens: Tokens, at: int, *, sign: str) -> bool:
    """The 26 of 11/25/26."""
    return sign == "/" and is_at(tokens, at, Kind.NUMBER) and 13 <= tokens[at].value <= 60


def _is_dashed_date(tokens: Tokens, at: int) -> bool:
    if is_at(tokens, at + 3, Kind.MERIDIEM, Kind.CLOCK_SIGN, Kind.MONTH, Kind.DAY_SIGN, Kind.UNIT, Kind.WORD):
        return False
    day = tokens[at + 2].value
    if not (1 <= tokens[at].value <= 12 and 1 <= day <= 31):
        return False
    return (
        day > 24
        or (is_at(tokens, at - 1, Kind.ON) and (day > 12 or is_at(tokens, at - 2, Kind.HAN)))
        or (len(tokens[at].text) == 2 == len(tokens[at + 2].text) and tokens[at].text[0] == "0")
    )


def _ordered(tokens: Tokens, first: int, second: int, *, year: int | None, stop: int) -> Found:
    """Month first, unless the first number can be no month."""
    if is_at(tokens, stop, Kind.UNIT, Kind.CLOCK_SIGN, Kind.MINUTE_SIGN, Kind.COUNTER, Kind.MERIDIEM):
        return None
    if means(tokens, stop, *_MEASURES) or text_at(tokens, stop) == "%":
        return None
    month, day = (second, first) if first > 12 else (first, second)
    if month > 12 and year is None:
        return None
    if not (month >= 1 and 1 <= day <= 31) and (day > 99 or not is_beside_time(tokens, stop - 3, stop)):
        return None
    return Date(day, month, year, slashed=first <= 12 and second <= 12), _behind_day(tokens, stop)


def _day_alone(tokens: Tokens, at: int) -> Found:
    """the 30th, on the first, Monday 24th; a plain number only behind "on" or "on the"."""
    the = means(tokens, at - 1, Sense.THE)
    on = is_at(tokens, at - (2 if the else 1), Kind.ON)
    if not on and tokens[at].kind is Kind.NUMBER:
        return None
    day = day_number(tokens, at)
    if (
        day is None
        or day > 31
        or is_at(
            tokens,
            at + 1,
            Kind.UNIT,
            Kind.WEEKDAY,
            Kind.CLOCK_SIGN,
            Kind.MERIDIEM,
            Kind.MONTH,
            Kind.FIND,
            Kind.PLACE,
            Kind.QUARTER,
            Kind.MEET,
            Kind.OF,
            Kind.WEEKEND,
        )
    ):
        return None
    if is_at(tokens, at, Kind.NUMBER):
        signed = text_at(tokens, at + 1) in (":", ".", "/", "-", "%") or means(tokens, at + 1, *_AFTER_HOUR)
        followed = signed and close(tokens, at + 1)
        return (Date(day), at + 1) if not followed and not is_at(tokens, at + 1, Kind.TO, Kind.WORD) else None
    if tokens[at].text[0].isdigit():
        return Date(day), at + 1
    placed = on or (the and is_at(tokens, at - 2, Kind.WEEKDAY, Kind.BY, Kind.BEFORE, Kind.UNTIL, Kind.AFTER, Kind.TO))
    return (Date(day), at + 1) if placed else None


def _month(tokens: Tokens, at: int) -> Found:
    """December, in May; names like April count only behind a word of time."""
    behind = (
        Kind.IN,
        Kind.BY,
        Kind.BEFORE,
        Kind.AFTER,
        Kind.UNTIL,
        Kind.FROM,
        Kind.BETWEEN,
        Kind.OF,
        Kind.PORTION,
        Kind.SHIFT,
        Kind.TO,
        Kind.WEEK,
    )
    placed = is_at(tokens, at - 1, *behind) and not (
        is_at(tokens, at - 1, Kind.FROM) and is_at(tokens, at + 1, Kind.LIST)
    )
    year = tokens[at + 1].value if _is_year(tokens, at + 1) else None
    if not placed and year is None and (tokens[at].value in (3, 4, 5, 6, 8) or len(tokens[at].text) < 4):
        return None
    if is_at(tokens, at - 1, Kind.TO) and not is_at(tokens, at - 2, Kind.MONTH, Kind.NUMBER, Kind.ORDINAL):
        return None
    return Month(tokens[at].value, year=year), at + 1 + (year is not None)


_SIGNED = (Kind.TO, Kind.SIGN)
_MONTHLY = (Kind.MONTH_SIGN, Kind.YEAR_SIGN, Kind.UNIT)
DATES = Rules(
    Begun(_iso, (Kind.NUMBER,), _SIGNED),
    Begun(chinese, (Kind.NUMBER, Kind.RELATIVE_YEAR, Kind.RELATIVE_MONTH), _MONTHLY),
    Begun(day_sign, (Kind.NUMBER,), (Kind.DAY_SIGN,)),
    Begun(_written_month_first, (Kind.MONTH,)),
    Begun(written_day_first, (Kind.NUMBER, Kind.ORDINAL), (*_SIGNED, Kind.COMMA, Kind.OF, Kind.FILL, Kind.MONTH)),
    Begun(of_month, (Kind.NUMBER, Kind.ORDINAL), (Kind.OF, Kind.FILL, Kind.SHIFT)),
    Begun(_slashed, (Kind.NUMBER,), _SIGNED),
    Begun(_day_alone, (Kind.NUMBER, Kind.ORDINAL)),
    Begun(holiday, (Kind.HOLIDAY, Kind.RELATIVE_YEAR)),
    Begun(_month, (Kind.MONTH,)),
)
"""The rules of `date`."""
