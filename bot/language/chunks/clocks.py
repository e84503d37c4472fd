"""Rules for clock times: 3pm, 14:30, 下午三点一刻, half past two, noon."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, close, is_at, means, skip, text_at
from bot.language.chunks.clock_values import LAST_HOUR, MOST_SHOWN, is_sure, with_half
from bot.language.chunks.neighbours import is_beside_time, is_dotted_range
from bot.language.chunks.rules import Begun, Rules
from bot.language.chunks.signed_clocks import lacking, point
from bot.language.chunks.spoken_clocks import half_past, minutes_past
from bot.language.senses import Sense
from bot.language.tags import Digits, Extent, Shade
from bot.language.tokens import Kind, Token
from bot.language.values import NO_MINUTE, Clock, Part

_LAST_MINUTE = 75
_SHADES: dict[str, Shade] = {Extent.START: Shade.EARLY, Extent.END: Shade.LATE, Extent.LATE: Shade.LATE}
_BARE_AFTER = (Kind.AT, Kind.FROM, Kind.BETWEEN, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.BY)


def clock(tokens: Tokens, at: int) -> Found:
    """A clock time that can be nothing else; a bare number is left to the grouping."""
    return CLOCKS.first(tokens, at)


def digital(tokens: Tokens, at: int) -> Found:
    """14:30, 3:15pm, 2.30pm, 18:00:00."""
    if not (is_at(tokens, at + 2, Kind.NUMBER) and tokens[at].tag == "" and close(tokens, at + 2)):
        return None
    sign, minute = text_at(tokens, at + 1), tokens[at + 2]
    if sign not in (":", ".") or not close(tokens, at + 1) or len(minute.text) != 2 or len(tokens[at].text) > 2:
        return None
    odd = tokens[at].value > LAST_HOUR or minute.value > _LAST_MINUTE
    if odd and (sign == "." or not is_beside_time(tokens, at, at + 3)):
        return None
    stop = at + 3
    if text_at(tokens, stop) == ":" and is_at(tokens, stop + 1, Kind.NUMBER):
        stop += 2
    value = Clock(tokens[at].value, minute.value, sure=is_sure(tokens[at].text))
    clock, stop = with_half(tokens, value, skip(tokens, stop, Kind.EXACTLY, most=1))
    if sign == "." and not clock.half and not _may_be_dotted(tokens, at, stop):
        return None
    return clock, stop


def _may_be_dotted(tokens: Tokens, at: int, stop: int) -> bool:
    """A full stop between hours and minutes counts only where the words beside it speak of the clock."""
    if means(tokens, stop, Sense.HOUR_LETTER, Sense.HOURS_SHORT) or is_at(tokens, at - 1, Kind.RELATIVE_DAY):
        return True
    if is_dotted_range(tokens, stop - 3) or is_dotted_range(tokens, at - 4):
        return True  # 13.30-15.00
    ranged = stop + 4 if is_at(tokens, stop, Kind.TO) else stop
    if is_at(tokens, ranged, Kind.RELATIVE_DAY) or is_at(tokens, at - 4, Kind.RELATIVE_DAY):
        return True
    if is_at(tokens, at - 1, Kind.WEEKDAY) and (tokens[at - 1].text.isascii() or tokens[at].value > 12):
        return True  # Fri 9.30, 周五14.30; 周五11.26 is a date
    return is_at(tokens, at - 1, Kind.AT) or (is_at(tokens, at - 1, Kind.PART) and tokens[at].value > 0)


def _decimal(tokens: Tokens, at: int) -> Found:
    """3.7 pm, 3.5点: tenths of an hour, which no clock shows; 3.30 pm is `digital`."""
    tenths = tokens[at + 2] if is_at(tokens, at + 2, Kind.NUMBER) else None
    if tenths is None or text_at(tokens, at + 1) != "." or not (close(tokens, at + 1) and close(tokens, at + 2)):
        return None
    if len(tenths.text) > 1:
        return None
    if is_at(tokens, at + 3, Kind.CLOCK_SIGN) and is_beside_time(tokens, at, at + 4):
        return Clock(tokens[at].value, NO_MINUTE), at + 4
    return with_half(tokens, Clock(tokens[at].value, NO_MINUTE), at + 3) if _is_half(tokens, at + 3) else None


def _is_half(tokens: Tokens, at: int) -> bool:
    """True for am and pm; "15 am I" is a question."""
    return is_at(tokens, at, Kind.MERIDIEM) and not is_at(tokens, at + 1, Kind.ME)


def _hours_h(tokens: Tokens, at: int) -> Found:
    """14h30, 16h; 1h and 2h stay lengths of time."""
    if not means(tokens, at + 1, Sense.HOUR_LETTER) or not close(tokens, at + 1):
        return None
    hour, placed = tokens[at].value, is_at(tokens, at - 1, Kind.AT)
    if (
        is_at(tokens, at + 2, Kind.NUMBER)
        and close(tokens, at + 2)
        and tokens[at + 2].value < 60
        and (hour > 2 or placed)
    ):
        return with_half(tokens, Clock(hour, tokens[at + 2].value, sure=hour > 12), at + 3)
    measured = is_at(tokens, at - 1, Kind.FOR, Kind.IN, Kind.WITHIN, Kind.SHIFT)
    zoned = is_at(tokens, at + 2, Kind.ZONE)
    if hour <= 24 and (hour > 12 or placed or zoned) and not measured:
        return Clock(hour, sure=True), at + 2
    return None


def _suffixed(tokens: Tokens, at: int) -> Found:
    """3pm, 3 p.m., 330 p.m., seven thirty pm, 2ish."""
    value, stop = tokens[at], at + 1
    hour, minute = value.value, 0
    if _is_parted(tokens, at):
        return with_half(tokens, Clock(hour, tokens[at + 1].value), at + 2)
    if value.tag == "" and len(value.text) in (3, 4) and hour % 100 < 60:
        hour, minute = divmod(hour, 100)
    elif minutes := _spoken_minutes(tokens, stop):
        minute, stop = minutes
    if hour > MOST_SHOWN:
        return None
    stop += text_at(tokens, stop) == "." and close(tokens, stop) and is_at(tokens, stop + 1, Kind.MERIDIEM)
    vague = skip(tokens, stop, Kind.EXACTLY, most=1)
    found = with_half(tokens, Clock(hour, minute), vague)
    if found[0].half and hour <= 12:
        return found
    if hour > 12 and value.tag != Digits.WORD and _is_half(tokens, vague) and not _is_year(value):
        return found
    if means(tokens, stop, Sense.SHARP) and 0 < hour <= 12:
        return found
    if value.tag == Digits.WORD and minute and _has_place(tokens, at, stop):
        return Clock(hour, minute), stop
    return None


def _is_parted(tokens: Tokens, at: int) -> bool:
    """True for 3 45 pm: hours and minutes with a blank between, and am or pm behind them."""
    if not (is_at(tokens, at + 1, Kind.NUMBER) and _is_half(tokens, at + 2)):
        return False
    minutes = tokens[at + 1]
    return 0 < tokens[at].value <= 12 and len(minutes.text) == 2 and minutes.value < 60


def _is_year(number: Token) -> bool:
    return 1990 <= number.value <= 2100


def _spoken_minutes(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The minutes of seven thirty and five-thirty, and the place behind them."""
    at += text_at(tokens, at) == "-"
    spoken = is_at(tokens, at, Kind.NUMBER) and tokens[at].tag == Digits.WORD and 10 <= tokens[at].value < 60
    return (tokens[at].value, at + 1) if spoken else None


def _has_place(tokens: Tokens, at: int, stop: int) -> bool:
    near = (*_BARE_AFTER, Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.TO, Kind.ORDINAL, Kind.PART, Kind.ON, Kind.NUMBER)
    return is_at(tokens, at - 1, *near) or is_at(tokens, stop, *near)


def _compact(tokens: Tokens, at: int) -> Found:
    """1400, 0730, at 1030: hours and minutes written together; behind a date it may be a year instead."""
    if tokens[at].tag or len(tokens[at].text) not in (3, 4):
        return None
    hour, minute = divmod(tokens[at].value, 100)
    if hour > 24 or minute > 59:
        return None
    ranged = is_at(tokens, at + 1, Kind.TO) and is_at(tokens, at + 2, Kind.NUMBER) and len(tokens[at + 2].text) == 4
    ranged = ranged or (
        is_at(tokens, at - 1, Kind.TO) and is_at(tokens, at - 2, Kind.NUMBER) and len(tokens[at - 2].text) == 4
    )
    day = is_at(tokens, at - 1, Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.MONTH, Kind.ORDINAL, Kind.PART)
    day = day or (is_at(tokens, at - 1, Kind.NUMBER) and is_at(tokens, at - 2, Kind.MONTH))
    day = day or is_at(tokens, at + 1, Kind.RELATIVE_DAY)
    if not (ranged or is_at(tokens, at - 1, *_BARE_AFTER) or day):
        return None
    if hour in (19, 20) and day and not (ranged or _is_no_year(tokens, at)):
        return None
    if len(tokens[at].text) == 3 and not is_at(tokens, at - 1, Kind.AT):
        return None
    value = Clock(hour, minute, sure=is_sure(tokens[at].text[:-2]))
    return with_half(tokens, value, skip(tokens, at + 1, Kind.EXACTLY, most=1))


def _is_no_year(tokens: Tokens, at: int) -> bool:
    """True for the 2015 of "tomorrow 2015", a day that has no year behind it."""
    if not is_at(tokens, at - 1, Kind.RELATIVE_DAY, Kind.PART, Kind.WEEKDAY):
        return False
    return not is_at(tokens, at + 1, Kind.YEAR_SIGN, Kind.UNIT, Kind.SIGN, Kind.MONTH, Kind.NUMBER, Kind.WORD)


def bare(tokens: Tokens, at: int) -> Found:
    """A plain number that may be an hour, where the words around it allow it: at 3, 2-4, 9 tomorrow."""
    if not 0 < tokens[at].value <= 24 or (len(tokens[at].text) > 2 and not tokens[at].tag):
        return None
    return Clock(tokens[at].value, sure=is_sure(tokens[at].text)), at + 1


def part(tokens: Tokens, at: int) -> Found:
    """A part of the day: in the morning, late afternoon, 晚上, lunch."""
    start = skip(tokens, at, Kind.IN, Kind.FILL, most=2)
    shade = ""
    if is_at(tokens, start, Kind.PORTION) and tokens[start].tag in _SHADES:
        inner = skip(tokens, start + 1, Kind.TO, Kind.IN, Kind.FILL, most=3)
        if is_at(tokens, inner, Kind.PART):
            shade, start = _SHADES[tokens[start].tag], inner
    if is_at(tokens, start, Kind.PART):
        return Part(tokens[start].tag, shade), start + 1
    return None


CLOCKS = Rules(
    Begun(half_past, (Kind.ARTICLE, Kind.HALF, Kind.QUARTER)),
    Begun(minutes_past, (Kind.NUMBER,), (Kind.UNIT, Kind.PAST, Kind.TO, Kind.AFTER, Kind.FROM)),
    Begun(lacking, (Kind.LACKING,)),
    Begun(point, (Kind.NUMBER,), (Kind.CLOCK_SIGN, Kind.EXACTLY)),
    Begun(digital, (Kind.NUMBER,), (Kind.SIGN,)),
    Begun(_decimal, (Kind.NUMBER,), (Kind.SIGN,)),
    Begun(_hours_h, (Kind.NUMBER,), (Kind.WORD,)),
    Begun(
        _suffixed,
        (Kind.NUMBER,),
        (Kind.MERIDIEM, Kind.EXACTLY, Kind.SIGN, Kind.NUMBER, Kind.TO, Kind.WORD, Kind.ARTICLE),
    ),
    Begun(_compact, (Kind.NUMBER,)),
)
"""The rules of `clock`."""
