"""Rules for lengths of time and for what counts from now: an hour and a half, 半小时后, the next 3 days."""

from __future__ import annotations

from bot.language.atoms import Found, Length, Tokens, close, is_at, kind_at, skip, text_at
from bot.language.specs import Ahead, In, Moved, Next, Relative
from bot.language.tokens import Kind

_MINUTES = {"minute": 1, "quarter": 15, "hour": 60}
_DAYS = {"day": 1, "week": 7}
_SHORT = {
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "m": "minute",
    "min": "minute",
    "mins": "minute",
    "d": "day",
    "w": "week",
}
Number = tuple[float, int] | None


def _count(tokens: Tokens, at: int) -> Number:
    """A count: 3, 1.5, 半, a, half a, a few, one and a half."""
    if is_at(tokens, at, Kind.NUMBER, Kind.ORDINAL):
        value, stop = float(tokens[at].value), at + 1
        if (
            text_at(tokens, stop) == "."
            and close(tokens, stop)
            and is_at(tokens, stop + 1, Kind.NUMBER)
            and close(tokens, stop + 1)
        ):
            digits = tokens[stop + 1]
            return value + digits.value / 10 ** len(digits.text), stop + 2
        if (
            text_at(tokens, stop) == "and"
            and kind_at(tokens, stop + 1) is Kind.ARTICLE
            and is_at(tokens, stop + 2, Kind.HALF)
        ):
            return value + 0.5, stop + 3
        return value, stop
    if is_at(tokens, at, Kind.SOME):
        return float(tokens[at].value), skip(tokens, at + 1, Kind.OF, most=1)
    if is_at(tokens, at, Kind.HALF):
        return 0.5, skip(tokens, at + 1, Kind.ARTICLE, most=1)
    if is_at(tokens, at, Kind.ARTICLE):
        if is_at(tokens, at + 1, Kind.SOME, Kind.HALF):
            return _count(tokens, at + 1)
        return 1.0, at + 1
    return None


def _unit(tokens: Tokens, at: int) -> tuple[str, int] | None:
    if is_at(tokens, at, Kind.UNIT):
        return tokens[at].tag, at + 1
    if is_at(tokens, at, Kind.MINUTE_SIGN):
        return "minute", at + 1
    if is_at(tokens, at, Kind.WORD) and text_at(tokens, at) in _SHORT and close(tokens, at):
        return _SHORT[text_at(tokens, at)], at + 1
    if is_at(tokens, at, Kind.MONTH_SIGN) and is_at(tokens, at - 1, Kind.HALF):
        return "month", at + 1
    if (
        is_at(tokens, at, Kind.DAY_SIGN)
        and text_at(tokens, at) == "日"
        and is_at(tokens, at + 1, Kind.INSIDE, Kind.AFTER)
    ):
        return "day", at + 1
    return None


def length(tokens: Tokens, at: int) -> Found:
    """A length of time; one of several units (1 day 2 hours, 1小时30分钟) is one length."""
    first = _simple(tokens, at)
    if first is None:
        return None
    value, stop = first
    if isinstance(value, Length) and value.unit in ("day", "week"):
        return _with_hours(tokens, value, stop)
    while isinstance(value, Length) and value.minutes:
        joint = skip(tokens, stop, Kind.LIST, most=1)
        more = _simple(tokens, joint) if joint < len(tokens) and not is_at(tokens, joint, Kind.ARTICLE) else None
        if more is None or not isinstance(more[0], Length) or not 0 < more[0].minutes < value.minutes:
            break
        value, stop = Length(value.minutes + more[0].minutes), more[1]
    return value, stop


def _with_hours(tokens: Tokens, days: Length, stop: int) -> Found:
    """1 day and 5 hours: minutes, counted through."""
    joint = skip(tokens, stop, Kind.LIST, most=1)
    more = _simple(tokens, joint) if is_at(tokens, joint, Kind.NUMBER) else None
    if more is None or not isinstance(more[0], Length) or not more[0].minutes:
        return days, stop
    return Length(days.count * _DAYS[days.unit] * 24 * 60 + more[0].minutes), more[1]


def _simple(tokens: Tokens, at: int) -> Found:
    counted = _count(tokens, at)
    if counted is None:
        return None
    count, stop = counted
    stop = skip(tokens, stop, Kind.COUNTER, most=1)
    if is_at(tokens, stop, Kind.HALF):  # 两个半小时
        if not (is_at(tokens, stop - 1, Kind.COUNTER) and is_at(tokens, stop + 1, Kind.UNIT)):
            return None
        count, stop = count + 0.5, stop + 1
    if text_at(tokens, stop) == "more":
        stop += 1
    if (
        is_at(tokens, stop, Kind.TO)
        and text_at(tokens, stop) == "-"
        and close(tokens, stop)
        and is_at(tokens, stop + 1, Kind.UNIT)
    ):
        stop += 1
    if is_at(tokens, stop, Kind.QUARTER) and text_at(tokens, stop) == "刻":
        return None
    unit = _unit(tokens, stop)
    if unit is None:
        return None
    return _measured(tokens, count, unit=unit[0], stop=unit[1])


def _measured(tokens: Tokens, count: float, *, unit: str, stop: int) -> Found:
    if unit in _MINUTES:
        minutes = round(count * _MINUTES[unit])
        if unit == "hour" and is_at(tokens, stop, Kind.HALF) and text_at(tokens, stop) == "半":
            minutes, stop = minutes + 30, stop + 1
        elif (
            unit == "hour"
            and text_at(tokens, stop) == "and"
            and text_at(tokens, stop + 1) == "a"
            and is_at(tokens, stop + 2, Kind.HALF)
        ):
            minutes, stop = minutes + 30, stop + 3
        elif (
            unit == "hour"
            and text_at(tokens, stop - 1) == "h"
            and is_at(tokens, stop, Kind.NUMBER)
            and close(tokens, stop)
        ):
            minutes, stop = minutes + tokens[stop].value, stop + 1
            stop += text_at(tokens, stop) in ("m", "min", "mins") and close(tokens, stop)
        return (Length(minutes), stop) if 0 < minutes <= 31 * 24 * 60 else None
    if unit == "month" and count == 0.5:
        return Length(0, 15, "day"), stop
    if unit == "fortnight":
        return Length(0, round(count * 14), "day"), stop
    if unit == "day" and count == 0.5:
        return Length(240), stop
    return (Length(0, round(count), unit), stop) if 0 < round(count) <= 400 else None


# ---------------------------------------------------------------- from now on
def offset(tokens: Tokens, at: int) -> Found:
    """In two hours, half an hour from now, 三天后, 2 weeks later, three days after tomorrow."""
    prefixed = is_at(tokens, at, Kind.IN, Kind.LATER) or text_at(tokens, at) in ("再过", "after", "+")
    start = at + 1 if prefixed else at
    start = skip(tokens, start, Kind.AT, most=1) if prefixed else start
    if is_at(tokens, start, Kind.ARTICLE) and kind_at(tokens, start + 1) is Kind.WEEKDAY:
        return None
    measured = length(tokens, start)
    if measured is None or not isinstance(measured[0], Length):
        return None
    value, stop = measured
    tail = _is_later(tokens, stop)
    if prefixed and text_at(tokens, stop) in ("'", "time"):
        tail = stop + 1
    if tail is None and (not prefixed or is_at(tokens, stop, Kind.INSIDE)):
        return None
    if text_at(tokens, at) == "in" and is_at(tokens, stop, Kind.MEET):
        return None
    return _later(value, tail or stop)


def _is_later(tokens: Tokens, at: int) -> int | None:
    """The place behind a word that counts from now, or None."""
    if is_at(tokens, at, Kind.LATER):
        return at + 1
    if is_at(tokens, at, Kind.AFTER) and text_at(tokens, at) != "after":
        return at + 1
    if text_at(tokens, at) in ("later", "hence"):
        return None if is_at(tokens, at + 1, Kind.SHIFT, Kind.WEEK) else at + 1
    if is_at(tokens, at, Kind.FROM) and is_at(tokens, at + 1, Kind.NOW):
        return at + 2
    return None


def _later(value: Length, stop: int) -> Found:
    if value.minutes:
        return In(value.minutes), stop
    return Moved(Relative(0), value.count, value.unit), stop


def ahead(tokens: Tokens, at: int) -> Found:
    """The next 3 days, within two hours, 接下来三天, 未来一周, 5天内, 后三天."""
    start = skip(tokens, at, Kind.IN, Kind.FOR, Kind.WITHIN, Kind.FILL, most=3)
    inside = any(is_at(tokens, place, Kind.WITHIN) for place in range(at, start))
    start = skip(tokens, start, Kind.FILL, most=1)
    early_count = _count(tokens, start)
    if (
        early_count
        and is_at(tokens, early_count[1], Kind.SHIFT)
        and tokens[early_count[1]].value == 1
        and is_at(tokens, early_count[1] + 1, Kind.UNIT)
        and text_at(tokens, early_count[1] + 1).endswith("s")
    ):
        unit = tokens[early_count[1] + 1].tag
        return _horizon(_measured(tokens, early_count[0], unit=unit, stop=early_count[1] + 2), today=False)
    said = is_at(tokens, start, Kind.AHEAD) or (is_at(tokens, start, Kind.SHIFT) and tokens[start].value == 1)
    if is_at(tokens, start, Kind.SHIFT, Kind.AFTER) and not said and text_at(tokens, start) not in ("后", "下", "之后"):
        return None
    behind = text_at(tokens, start) in ("后", "下", "之后")
    measured = length(tokens, start + 1 if said or behind else start)
    if measured is None:
        return None
    stop = measured[1]
    closed = is_at(tokens, stop, Kind.INSIDE)
    if not (said or inside or closed or behind):
        return None
    return _horizon((measured[0], stop + 1 if closed else stop), today=not behind and (said or inside or closed))


def _horizon(measured: Found, *, today: bool) -> Found:
    if measured is None or not isinstance(measured[0], Length):
        return None
    value, stop = measured
    return (Next(value.minutes), stop) if value.minutes else (Ahead(value.count, value.unit, today=today), stop)
