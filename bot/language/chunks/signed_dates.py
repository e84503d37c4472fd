"""Rules for Chinese dates: 11月25日, 明年3月5号, 下个月5号, 25号."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, is_at, means, skip
from bot.language.chunks.neighbours import is_beside_time
from bot.language.days import Date, Month
from bot.language.senses import Sense
from bot.language.tokens import Kind


def chinese(tokens: Tokens, at: int) -> Found:
    """[2026年|明年]11月25日, 11月, 下个月5号, 本月25日."""
    year, years, stop = None, None, at
    if len(tokens[at].text) in (2, 4) and (is_at(tokens, at + 1, Kind.YEAR_SIGN) or means(tokens, at + 1, Sense.YEARS)):
        year, stop = tokens[at].value, at + 2
        year += 2000 * (year < 100)
    elif is_at(tokens, at, Kind.RELATIVE_YEAR):
        years, stop = tokens[at].value, skip(tokens, at + 1, Kind.FILL, most=1)
    if is_at(tokens, stop, Kind.RELATIVE_MONTH) and not tokens[stop].tag:
        return _in_month(tokens, stop)
    if not is_at(tokens, stop, Kind.NUMBER) or not is_at(tokens, stop + 1, Kind.MONTH_SIGN):
        return None
    month = tokens[stop].value
    day = skip(tokens, stop + 2, Kind.FILL, most=1)
    if is_at(tokens, day, Kind.NUMBER) and is_at(tokens, day + 1, Kind.DAY_SIGN) and not is_door(tokens, day):
        return Date(tokens[day].value, month, year, years=years), day + 2
    if _is_plain_day(tokens, day):
        return Date(tokens[day].value, month, year, years=years), day + 1
    if not 1 <= month <= 12 and not is_beside_time(tokens, at, stop + 2):
        return None
    return Month(month, year=year, years=years), stop + 2


def _is_plain_day(tokens: Tokens, at: int) -> bool:
    """True for the 15 of 八月十五, a day without its sign; false for 11月3到4点 and 11月3个人."""
    if not is_at(tokens, at, Kind.NUMBER) or tokens[at].value > 31:
        return False
    clock = is_at(tokens, at + 1, Kind.TO) and is_at(tokens, at + 3, Kind.CLOCK_SIGN)
    return not (clock or is_at(tokens, at + 1, Kind.CLOCK_SIGN, Kind.COUNTER, Kind.SIGN, Kind.UNIT))


def _in_month(tokens: Tokens, at: int) -> Found:
    stop = skip(tokens, at + 1, Kind.FILL, most=1)
    if is_at(tokens, stop, Kind.NUMBER) and is_at(tokens, stop + 1, Kind.DAY_SIGN):
        return Date(tokens[stop].value, months=tokens[at].value), stop + 2
    return Month(months=tokens[at].value), at + 1


def is_door(tokens: Tokens, at: int) -> bool:
    """True for 3号楼: a number of something, not of a day."""
    return means(tokens, at + 1, Sense.NUMBERED)


def day_sign(tokens: Tokens, at: int) -> Found:
    """25号, 30日, 11/3号; 25到27号 is left to the grouping."""
    if is_door(tokens, at):
        return None
    if is_at(tokens, at - 1, Kind.NTH) or tokens[at].value > 99:
        return None
    if not 1 <= tokens[at].value <= 39 and not is_beside_time(tokens, at, at + 2):
        return None
    return Date(tokens[at].value), at + 2
