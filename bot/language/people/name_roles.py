"""Names with a word beside them that leaves them out, or that says whether they need to come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.people.cursor import Cursor, Run
from bot.language.people.name_lists import are_listed
from bot.language.senses import Sense
from bot.language.tokens import LISTING, OPENING, Kind, Token

_COMING = (Kind.WITH, Kind.BOOK, Kind.ADD)


def optional_names(cursor: Cursor, runs: Sequence[Run]) -> list[Run]:
    """Names with a word like "optional" beside them, and those listed behind one that it stands before."""
    found: list[Run] = []
    leading: Run | None = None
    for run in runs:
        opens = _is_led(cursor, run[0]) and cursor.kind(run[0] - 2) is not Kind.LIST
        leading = run if opens or (leading and are_listed(cursor, leading, run)) else None
        if leading or is_optional(cursor, run):
            found.append(run)
    return found


def excluded_names(cursor: Cursor, runs: Sequence[Run]) -> list[Run]:
    """Names right behind a word like "except", and those listed with them (除了李四和王五)."""
    gone: list[Run] = []
    for run in runs:
        listed = bool(gone) and are_listed(cursor, gone[-1], run)
        if _is_without(cursor, run[0] - 1) or listed or _is_left_out(cursor, run[1]):
            gone.append(run)
    return gone


def is_optional(cursor: Cursor, run: Run) -> bool:
    """True before 可选, "is optional" and "(optional)", and behind "and maybe"."""
    first, stop = run
    if _is_led(cursor, first) or (cursor.kind(first - 1) is Kind.OPTIONAL and cursor.tokens[first - 1].value):
        return True
    if cursor.has(first - 1, Sense.PERHAPS) and cursor.kind(first - 2) in LISTING:
        return True
    place = stop + (cursor.kind(stop) is Kind.BE)
    place += cursor.is_sign(place, "(")
    return cursor.kind(place) is Kind.OPTIONAL and not cursor.tokens[place].value


def _is_led(cursor: Cursor, first: int) -> bool:
    """True behind the "optional" that opens a clause or stands in a list: 可选王五; not of 李四可选 王五."""
    place = first - 1 - cursor.is_sign(first - 1, ":")
    if cursor.kind(place) is not Kind.OPTIONAL or cursor.tokens[place].value:
        return False
    return cursor.kind(place - 1) in (*OPENING, Kind.LIST)


def is_required(cursor: Cursor, stop: int) -> bool:
    """True where a word of having to come stands right behind a name: 张三必须到, Bob (required)."""
    return cursor.kind(stop + cursor.is_sign(stop, "(")) is Kind.REQUIRED


def leaves_out(token: Token) -> bool:
    """True for a word of company that takes somebody away: without."""
    return token.kind is Kind.WITH and bool(token.value)


def _is_refused(cursor: Cursor, place: int) -> bool:
    """True for the 叫 of 不叫李四; 叫不叫李四 asks."""
    if not cursor.has(place - 1, Sense.NO):
        return False
    return place < 2 or cursor.tokens[place - 2].text != cursor.tokens[place].text


def _is_left_out(cursor: Cursor, stop: int) -> bool:
    """True before 不算 and 不参加; 张三不来吗 is a question."""
    stop += cursor.has(stop, Sense.JUST)
    if not cursor.has(stop, Sense.LEFT_OUT):
        return False
    return not (cursor.has(stop + 1, Sense.ASKING) or cursor.is_sign(stop + 1, "?"))


def _is_without(cursor: Cursor, place: int) -> bool:
    """True for except, without, 不要叫, 没有, and the "but" of "everyone but"."""
    if cursor.kind(place) in (Kind.ARTICLE, Kind.FILL) and cursor.is_ascii(place):
        place -= 1
    kind = cursor.kind(place)
    if kind is None:
        return False
    token = cursor.tokens[place]
    if Sense.BUT in token.senses:
        return cursor.kind(place - 1) in (Kind.EVERYONE, Kind.WHO)
    if kind in _COMING and (cursor.kind(place - 1) in (Kind.NOT, Kind.REMOVE) or _is_refused(cursor, place)):
        return True
    if kind is Kind.REMOVE or Sense.WITHOUT in token.senses:
        return any(cursor.timed)
    return kind is Kind.NOT or leaves_out(token)
