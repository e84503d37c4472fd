"""What a number stands beside: words of time, or words that make it count or name something."""

from __future__ import annotations

from bot.language.chunks.chunk import Tokens, close, is_at, kind_at, text_at
from bot.language.senses import Sense
from bot.language.tags import Comma
from bot.language.tokens import Kind

_TIMELY = frozenset(
    (None, Kind.BREAK, Kind.COMMA, Kind.AVAILABLE, Kind.AWAY, Kind.WHO, Kind.BE, Kind.WITH, Kind.LIST)
) | frozenset(
    (Kind.AT, Kind.FROM, Kind.BEFORE, Kind.AFTER, Kind.BY, Kind.BETWEEN, Kind.BOOK, Kind.CHANGE, Kind.ZONE)
) | frozenset(
    (Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.PART, Kind.WEEKEND, Kind.WEEK, Kind.MERIDIEM, Kind.CLOCK_SIGN, Kind.DAY_SIGN)
)  # fmt: skip
"""The kinds beside which a bare number is a time; beside any other word it counts or names something."""
_BEFORE = _TIMELY | frozenset((Kind.ME, Kind.EVERYONE, Kind.NAME, Kind.AT_SIGN, Kind.TEAM_NAME, Kind.MEET))
_JOINING = (Kind.TO, Kind.UNTIL)
_SIGNED = (Kind.CLOCK_SIGN, Kind.DAY_SIGN, Kind.MERIDIEM)
_BEHIND = _TIMELY | frozenset((Kind.FILL,))
_ITEM_SIGNS = (Comma.LISTING, ".", ")")
_BEFORE_LIST = (None, Kind.BREAK, Kind.COMMA, Kind.SIGN, Kind.AVAILABLE, Kind.WHO, Kind.BE, Kind.FIND, Kind.WITH)
"""What the first item of a list stands behind."""
_LONGEST_ITEM = 12
"""How many tokens an item may have."""


def is_beside_time(tokens: Tokens, at: int, stop: int) -> bool:
    """True where the tokens from `at` to before `stop` stand between words of time or of asking, or at an end."""
    return _begins(tokens, at) and _ends(tokens, stop)


def _begins(tokens: Tokens, at: int) -> bool:
    before = kind_at(tokens, at - 1)
    if before in _JOINING:
        return kind_at(tokens, at - 2) in _SIGNED  # 3点到99点
    named = before in (Kind.NAME, Kind.AT_SIGN) and close(tokens, at)  # 张伟2
    return before in _BEFORE and not named


def _ends(tokens: Tokens, stop: int) -> bool:
    behind = kind_at(tokens, stop)
    if behind in _JOINING or behind is Kind.NUMBER:  # 40号到42号, 40号3点
        number = stop + (behind is not Kind.NUMBER)
        return is_at(tokens, number, Kind.NUMBER) and kind_at(tokens, number + 1) in _SIGNED
    if behind is Kind.WHO:
        return Sense.PEOPLE not in tokens[stop].senses
    return behind in _BEHIND and (behind is not Kind.BE or Sense.BEHIND_TIME in tokens[stop].senses)


def is_item(tokens: Tokens, at: int) -> bool:
    """True for the numbers that count the items of a list: 1、周二 2、周三; 1. Tue 2. Wed."""
    if not (is_at(tokens, at, Kind.NUMBER) and text_at(tokens, at + 1) in _ITEM_SIGNS):
        return False
    if is_at(tokens, at + 2, Kind.NUMBER) or not (at == 0 or tokens[at].gap):
        return False
    if tokens[at].value == 1:
        return kind_at(tokens, at - 1) in _BEFORE_LIST
    sign, before = text_at(tokens, at + 1), range(max(at - _LONGEST_ITEM, 0), at - 1)
    return any(
        is_at(tokens, place, Kind.NUMBER)
        and tokens[place].value == tokens[at].value - 1
        and text_at(tokens, place + 1) == sign
        for place in before
    )


def is_dotted_range(tokens: Tokens, at: int) -> bool:
    """True for two clock times with dots from a place on: 13.30-15.00; 11.26-11.28 are dates, unless a day is named."""
    joint = at + 3
    if not is_at(tokens, joint, Kind.TO, Kind.UNTIL):
        return False
    ends = [(tokens[n], tokens[n + 2]) for n in (at, at + 4) if _is_pair(tokens, n)]
    if len(ends) < 2:
        return False
    dates = all(1 <= one.value <= 12 and 1 <= two.value <= 31 for one, two in ends)
    return not dates or is_at(tokens, at - 1, *_DAYS, Kind.PART) or is_at(tokens, at + 7, *_DAYS)


_DAYS = (Kind.WEEKDAY, Kind.RELATIVE_DAY)


def _is_pair(tokens: Tokens, at: int) -> bool:
    """True for two numbers with a dot between, of which the second has two digits."""
    numbers = is_at(tokens, at, Kind.NUMBER) and is_at(tokens, at + 2, Kind.NUMBER) and text_at(tokens, at + 1) == "."
    return numbers and tokens[at].value <= 24 and len(tokens[at + 2].text) == 2 and tokens[at + 2].value < 60
