"""Where names need no word of asking beside them: alone with a time, in a list of their own, behind the question."""

from __future__ import annotations

from bot.language.people.cursor import Cursor, Run
from bot.language.senses import Sense
from bot.language.tokens import LISTING, Kind

_TIMELY = (
    Kind.ZONE,
    Kind.ZONE_SIGN,
    Kind.FROM,
    Kind.TO,
    Kind.BETWEEN,
    Kind.BEFORE,
    Kind.AFTER,
    Kind.BY,
    Kind.UNTIL,
    Kind.INSIDE,
    Kind.ONWARDS,
    Kind.WITHIN,
    Kind.EXACTLY,
)
"""What belongs to a time without being part of its values."""
_BESIDE = frozenset(
    (Kind.FILL, Kind.BREAK, Kind.AT, Kind.ON, Kind.IN, Kind.FOR, Kind.SIGN, Kind.HELP, *LISTING, *_TIMELY)
)
"""What may stand beside names and times where nothing else is said."""
_FREE = (Kind.AVAILABLE, Kind.AWAY, Kind.WHO)
_SPOKEN = frozenset((*_FREE, Kind.MEET, Kind.BOOK, Kind.FIND, Kind.CALENDAR))
_EDGES = (None, Kind.BREAK, Kind.COMMA, Kind.SIGN)
_BEFORE = (Kind.MEET, Kind.MEAL, Kind.ME, Kind.WITH)
_EATEN = (Kind.MEET, Kind.MEAL)
_MANY = (Kind.TEAM_NAME, Kind.EVERYONE)
"""What goes in one list with names: Bob and the design team."""
_LIST_SIGNS = ("/", "+", "|")


def is_all_else_time(cursor: Cursor, runs: list[Run]) -> bool:
    """True where nothing is said but plain names and a time: 张三 明天下午, Bob tomorrow 3pm, Bob."""
    named = {place for run in runs for place in range(*run)}
    if not all(cursor.is_plain(run) for run in runs):
        return False
    if not any(cursor.timed) and any(cursor.tokens[run[0]].kind is Kind.MONTH for run in runs):
        return False
    return all(
        cursor.timed[place]
        or place in named
        or token.kind in _BESIDE
        or Sense.ASKING in token.senses
        or Sense.COURTESY in token.senses
        for place, token in enumerate(cursor.tokens)
    )


def closing(cursor: Cursor, runs: list[Run]) -> int:
    """Where in `runs` a list begins that closes the text behind a question: 明天有空吗 王伟、李芳."""
    end, place = len(cursor.tokens), len(runs)
    while end and cursor.kind(end - 1) in (Kind.FILL, Kind.BREAK):
        end -= 1
    while place and cursor.is_plain(runs[place - 1]) and _is_only_listing(cursor, runs[place - 1][1], end):
        place -= 1
        end = runs[place][0]
    is_tied = cursor.kind(end - 1) is Kind.COMMA or cursor.is_sign(end - 1, ":")
    is_list = place < len(runs) and _ends_question(cursor, end - 1 - is_tied)
    return place if is_list else len(runs)


def alone(cursor: Cursor, runs: list[Run]) -> set[int]:
    """Which of `runs` are lists with nothing but times, signs or a meeting at either end: 开会 张伟 李娜."""
    if not any(cursor.timed) and not any(token.kind in _SPOKEN for token in cursor.tokens):
        return set()
    found: set[int] = set()
    start = 0
    while start < len(runs):
        stop = start + 1
        while stop < len(runs) and _goes_on(cursor, runs[stop - 1], runs[stop]):
            stop += 1
        if all(cursor.is_plain(run) for run in runs[start:stop]) and _is_alone(cursor, runs[start:stop]):
            found |= set(range(start, stop))
        start = stop
    return found


def stands_free(cursor: Cursor, run: Run) -> bool:
    """True for a name that no unknown word touches on either side."""
    return not (_is_glued(cursor, run[0] - 1, run[0]) or _is_glued(cursor, run[1], run[1]))


def _is_glued(cursor: Cursor, at: int, edge: int) -> bool:
    tokens = cursor.tokens
    touching = 0 <= at < len(tokens) and 0 < edge < len(tokens) and not tokens[edge].gap
    return touching and tokens[at].kind is Kind.HAN


# ---------------------------------------------------------------- behind the question
def _ends_question(cursor: Cursor, place: int) -> bool:
    """True for the last token of a question about being free, or of a time in one."""
    if place < 0 or not any(token.kind in _FREE for token in cursor.tokens[: place + 1]):
        return False
    return (
        cursor.timed[place]
        or cursor.tokens[place].kind in (*_FREE, Kind.BREAK)
        or Sense.ASKING in cursor.tokens[place].senses
    )


def _is_only_listing(cursor: Cursor, start: int, stop: int) -> bool:
    return all(cursor.kind(place) in LISTING for place in range(start, stop))


# ---------------------------------------------------------------- lists of their own
def _goes_on(cursor: Cursor, one: Run, two: Run) -> bool:
    between = cursor.tokens[one[1] : two[0]]
    return len(between) <= 3 and all(token.kind in LISTING or token.text in _LIST_SIGNS for token in between)


def _is_alone(cursor: Cursor, runs: list[Run]) -> bool:
    """True for a list between edges; one English word that may be no name needs a time or a sign before it."""
    first, stop = runs[0][0], runs[-1][1]
    sure = len(runs) > 1 or cursor.kind(first) is not Kind.WORD or cursor.has(first, Sense.GIVEN)
    while cursor.kind(first - 1) is Kind.FILL:
        first -= 1
    opens = first == 0
    if opens and cursor.kind(stop) in (Kind.COMMA, None) and len(runs) == 1:
        return False  # somebody who is spoken to
    if not sure and (opens or cursor.kind(first - 1) in _EATEN):
        return False
    return _is_begun(cursor, first) and _is_ended(cursor, stop)


def _is_begun(cursor: Cursor, first: int) -> bool:
    before = cursor.kind(first - 1)
    if before in (Kind.COMMA, Kind.BREAK) and cursor.has(first - 2, Sense.COURTESY):
        return False
    if before is Kind.LIST:
        return cursor.kind(first - 2) in _MANY
    return before in _EDGES or before in _BEFORE or _is_time(cursor, first - 1)


def _is_ended(cursor: Cursor, stop: int) -> bool:
    while cursor.kind(stop) is Kind.FILL or cursor.has(stop, Sense.COURTESY):
        stop += 1
    if cursor.kind(stop) in LISTING and cursor.kind(stop + 1 + (cursor.kind(stop + 1) is Kind.FILL)) in _MANY:
        return True
    return cursor.kind(stop) in (*_EDGES, Kind.WHO) or _is_time(cursor, stop)


def _is_time(cursor: Cursor, place: int) -> bool:
    return cursor.is_timed(place) or cursor.kind(place) in _TIMELY
