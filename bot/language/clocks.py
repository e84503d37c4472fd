"""Rules for clock times: 3pm, 14:30, 下午三点一刻, half past two, noon."""

from __future__ import annotations

from dataclasses import replace

from bot.language.atoms import Found, Tokens, close, is_at, kind_at, skip, text_at
from bot.language.clock_words import half_past, minutes_past, with_half
from bot.language.rules import Begun, Rules
from bot.language.specs import Clock, Part
from bot.language.tokens import Kind
from bot.language.words_zh import NOT_POINTS

_BARE_AFTER = (Kind.AT, Kind.FROM, Kind.BETWEEN, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.BY)
_TIME_WORDS = (
    Kind.RELATIVE_DAY,
    Kind.WEEKDAY,
    Kind.PART,
    Kind.TO,
    Kind.DAY_SIGN,
    Kind.WEEK,
    Kind.NEXT_DAY,
    Kind.ZONE_SIGN,
    Kind.AT,
    Kind.BY,
)


def clock(tokens: Tokens, at: int) -> Found:
    """A clock time that can be nothing else; a bare number is left to the grouping."""
    return CLOCKS.first(tokens, at)


def lacking(tokens: Tokens, at: int) -> Found:
    """差一刻三点, 差五分三点."""
    if not is_at(tokens, at, Kind.LACKING) or not is_at(tokens, at + 1, Kind.NUMBER):
        return None
    if not is_at(tokens, at + 2, Kind.QUARTER, Kind.MINUTE_SIGN, Kind.UNIT):
        return None
    minutes = tokens[at + 1].value * (15 if kind_at(tokens, at + 2) is Kind.QUARTER else 1)
    base = _point(tokens, at + 3)
    if base is None or not isinstance(base[0], Clock) or not 0 < minutes < 60 or base[0].hour < 1:
        return None
    return replace(base[0], hour=base[0].hour - 1, minute=60 - minutes), base[1]


def _minute_after(tokens: Tokens, at: int) -> tuple[int, int]:
    """Minutes behind 点: 半, 一刻, 三刻, 15分, 零五, 整; and the place behind them."""
    if (
        text_at(tokens, at) == "过"
        and is_at(tokens, at + 1, Kind.NUMBER)
        and is_at(tokens, at + 2, Kind.QUARTER, Kind.MINUTE_SIGN)
    ):
        at += 1
    if is_at(tokens, at, Kind.HALF):
        return 30, at + 1
    if is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 1, Kind.QUARTER):
        return min(tokens[at].value, 3) * 15, at + 2
    if is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 1, Kind.MINUTE_SIGN):
        return tokens[at].value, at + 2
    if is_at(tokens, at, Kind.NUMBER) and close(tokens, at) and tokens[at].value < 60 and tokens[at].tag != "pair":
        counted = is_at(
            tokens, at + 1, Kind.COUNTER, Kind.UNIT, Kind.CLOCK_SIGN, Kind.BE, Kind.TO, Kind.DAY_SIGN, Kind.MONTH_SIGN
        )
        two_digits = len(tokens[at].text) == 2 or (tokens[at].tag == "han" and tokens[at].value >= 10)
        if two_digits and (not counted or is_at(tokens, at + 1, Kind.TO)):
            return tokens[at].value, at + 1
    return 0, skip(tokens, at, Kind.EXACTLY, most=1)


def _point(tokens: Tokens, at: int) -> Found:
    """三点半, 15时20分, 8点钟, 3 o'clock pm."""
    if not is_at(tokens, at, Kind.NUMBER) or tokens[at].value > 29:
        return None
    sign = skip(tokens, at + 1, Kind.EXACTLY, most=1)
    if not is_at(tokens, sign, Kind.CLOCK_SIGN):
        return None
    if tokens[sign].text in ("点", "时") and not _is_point(tokens, at, sign=sign):
        return None
    minute, stop = _minute_after(tokens, sign + 1)
    stop = skip(tokens, stop, Kind.EXACTLY, most=1)
    value = Clock(tokens[at].value, minute, sure=_is_sure(tokens[at].text) or tokens[at].value == 0)
    return with_half(tokens, value, stop)


def _is_point(tokens: Tokens, at: int, *, sign: int) -> bool:
    """False for 一点建议 and the like: a count of points."""
    if text_at(tokens, sign + 1).startswith(NOT_POINTS) and not is_at(tokens, at - 1, *_TIME_WORDS):
        return False
    if is_at(tokens, sign + 1, Kind.HAN) and text_at(tokens, sign + 1) in NOT_POINTS:
        return False
    if tokens[at].text != "一":
        return True
    if is_at(tokens, at - 1, *_TIME_WORDS):
        return True
    return kind_at(tokens, sign + 1) in (
        None,
        Kind.HALF,
        Kind.QUARTER,
        Kind.TO,
        Kind.EXACTLY,
        Kind.AFTER,
        Kind.BEFORE,
        Kind.WHO,
        Kind.NUMBER,
        Kind.MEET,
        Kind.AVAILABLE,
        Kind.BREAK,
    )


def _is_sure(digits: str) -> bool:
    return digits.isdigit() and ((len(digits) == 2 and digits[0] == "0") or int(digits) > 12 or int(digits) == 0)


def digital(tokens: Tokens, at: int) -> Found:
    """14:30, 3:15pm, 2.30pm, 18:00:00."""
    if not (
        is_at(tokens, at, Kind.NUMBER)
        and is_at(tokens, at + 2, Kind.NUMBER)
        and tokens[at].tag == ""
        and close(tokens, at + 2)
    ):
        return None
    sign, minute = text_at(tokens, at + 1), tokens[at + 2]
    if sign not in (":", ".") or not close(tokens, at + 1) or len(minute.text) != 2 or len(tokens[at].text) > 2:
        return None
    if tokens[at].value > 29 or minute.value > 75:
        return None
    stop = at + 3
    if text_at(tokens, stop) == ":" and is_at(tokens, stop + 1, Kind.NUMBER):
        stop += 2
    value = Clock(tokens[at].value, minute.value, sure=_is_sure(tokens[at].text))
    found = with_half(tokens, value, skip(tokens, stop, Kind.EXACTLY, most=1))
    if (
        sign == "."
        and found
        and isinstance(found[0], Clock)
        and not found[0].half
        and not _may_be_dotted(tokens, at, found[1])
    ):
        return None
    return found


def _may_be_dotted(tokens: Tokens, at: int, stop: int) -> bool:
    """A full stop between hours and minutes counts only where the words beside it speak of the clock."""
    if text_at(tokens, stop) in ("h", "hrs") or is_at(tokens, at - 1, Kind.RELATIVE_DAY):
        return True
    ranged = stop + 4 if is_at(tokens, stop, Kind.TO) else stop
    if is_at(tokens, ranged, Kind.RELATIVE_DAY) or is_at(tokens, at - 4, Kind.RELATIVE_DAY):
        return True
    if is_at(tokens, at - 1, Kind.WEEKDAY) and tokens[at - 1].text.isascii():
        return True
    return is_at(tokens, at - 1, Kind.AT) or (is_at(tokens, at - 1, Kind.PART) and tokens[at].value > 0)


def _hours_h(tokens: Tokens, at: int) -> Found:
    """14h30, 16h; 1h and 2h stay lengths of time."""
    if not is_at(tokens, at, Kind.NUMBER) or text_at(tokens, at + 1) != "h" or not close(tokens, at + 1):
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
    if not is_at(tokens, at, Kind.NUMBER):
        return None
    value, stop = tokens[at], at + 1
    hour, minute = value.value, 0
    if value.tag == "" and len(value.text) in (3, 4) and hour % 100 < 60:
        hour, minute = divmod(hour, 100)
    elif value.tag == "word" and (minutes := _spoken_minutes(tokens, stop)):
        minute, stop = minutes
    if hour > 24:
        return None
    stop += text_at(tokens, stop) == "." and close(tokens, stop) and is_at(tokens, stop + 1, Kind.MERIDIEM)
    vague = skip(tokens, stop, Kind.EXACTLY, most=1)
    found = with_half(tokens, Clock(hour, minute), vague)
    if found and isinstance(found[0], Clock) and found[0].half:
        return found
    if text_at(tokens, stop) in ("ish", "sharp") and 0 < hour <= 12:
        return found
    if stop > at + 1 and value.tag == "word" and minute and _has_place(tokens, at, stop):
        return Clock(hour, minute), stop
    return None


def _spoken_minutes(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The minutes of seven thirty and five-thirty, and the place behind them."""
    at += text_at(tokens, at) == "-" and close(tokens, at) and close(tokens, at + 1)
    spoken = is_at(tokens, at, Kind.NUMBER) and tokens[at].tag == "word" and 10 <= tokens[at].value < 60
    return (tokens[at].value, at + 1) if spoken else None


def _has_place(tokens: Tokens, at: int, stop: int) -> bool:
    near = (*_BARE_AFTER, Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.TO, Kind.ORDINAL, Kind.PART, Kind.ON, Kind.NUMBER)
    return is_at(tokens, at - 1, *near) or is_at(tokens, stop, *near)


def _compact(tokens: Tokens, at: int) -> Found:
    """1400, 0730, at 1030: hours and minutes written together; behind a date it may be a year instead."""
    if not is_at(tokens, at, Kind.NUMBER) or tokens[at].tag or len(tokens[at].text) not in (3, 4):
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
    if not (ranged or is_at(tokens, at - 1, *_BARE_AFTER) or day) or (hour in (19, 20) and day and not ranged):
        return None
    if len(tokens[at].text) == 3 and not is_at(tokens, at - 1, Kind.AT):
        return None
    value = Clock(hour, minute, sure=_is_sure(tokens[at].text[:-2]))
    return with_half(tokens, value, skip(tokens, at + 1, Kind.EXACTLY, most=1))


def bare(tokens: Tokens, at: int) -> Found:
    """A plain number that may be an hour, where the words around it allow it: at 3, 2-4, 9 tomorrow."""
    if (
        not is_at(tokens, at, Kind.NUMBER)
        or not 0 < tokens[at].value <= 24
        or (len(tokens[at].text) > 2 and not tokens[at].tag)
    ):
        return None
    return Clock(tokens[at].value, sure=_is_sure(tokens[at].text)), at + 1


def part(tokens: Tokens, at: int) -> Found:
    """A part of the day: in the morning, late afternoon, 晚上, lunch."""
    start = skip(tokens, at, Kind.IN, Kind.FILL, most=2)
    shade = ""
    if is_at(tokens, start, Kind.PORTION) and tokens[start].tag in ("start", "end", "late"):
        inner = skip(tokens, start + 1, Kind.TO, Kind.IN, Kind.FILL, most=3)
        if is_at(tokens, inner, Kind.PART):
            shade, start = "early" if tokens[start].tag == "start" else "late", inner
    if is_at(tokens, start, Kind.PART):
        return Part(tokens[start].tag, shade), start + 1
    return None


CLOCKS = Rules(
    Begun(half_past, (Kind.ARTICLE, Kind.HALF, Kind.QUARTER)),
    Begun(minutes_past, (Kind.NUMBER,), (Kind.UNIT, Kind.PAST, Kind.TO, Kind.AFTER, Kind.FROM)),
    Begun(lacking, (Kind.LACKING,)),
    Begun(_point, (Kind.NUMBER,), (Kind.CLOCK_SIGN, Kind.EXACTLY)),
    Begun(digital, (Kind.NUMBER,), (Kind.SIGN,)),
    Begun(_hours_h, (Kind.NUMBER,), (Kind.WORD,)),
    Begun(
        _suffixed,
        (Kind.NUMBER,),
        (Kind.MERIDIEM, Kind.EXACTLY, Kind.SIGN, Kind.NUMBER, Kind.TO, Kind.WORD, Kind.ARTICLE),
    ),
    Begun(_compact, (Kind.NUMBER,)),
)
"""The rules of `clock`."""
