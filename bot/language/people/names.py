"""Which typed words are people's names: found by the words around them, carefully rather than greedily."""

from __future__ import annotations

from bot.language.people.cursor import Cursor, Run
from bot.language.people.name_lists import are_listed, is_next_to_me
from bot.language.people.name_places import alone, closing, is_all_else_time, stands_free
from bot.language.people.name_roles import is_optional, is_required
from bot.language.people.topic_places import is_owner, topic_places
from bot.language.scan.senses import leads_to_name
from bot.language.senses import Sense
from bot.language.tags import Join, Tag
from bot.language.tokens import ASKING, LISTING, OPENING, Kind

_BESIDE_NAME = (Kind.FILL, Kind.BOTH, Kind.BE, Kind.EVERY, Kind.ON, Kind.IN, Kind.AT, Kind.ONLY)
_TYING = (
    Kind.TO,
    Kind.LIST,
    Kind.COMMA,
    Kind.FROM,
    Kind.BETWEEN,
    Kind.AFTER,
    Kind.BEFORE,
    Kind.UNTIL,
    Kind.BY,
    Kind.OF,
)
_BEHIND_TIME = (Kind.ZONE, Kind.ZONE_SIGN, Kind.INSIDE, Kind.ONWARDS, Kind.WITHIN, Kind.EXACTLY, Kind.AHEAD, Kind.THERE)
_PASSED = frozenset((*_BESIDE_NAME, *_TYING, *_BEHIND_TIME))
"""What may stand between a name and the word that asks about it, beside times."""
_MOST_BETWEEN = 16
_ASKED = ASKING | {Kind.REMOVE}
_OWNED = (Kind.MEET, Kind.UNIT, Kind.BOOK)
_BEFORE_NAME = (Kind.BOOK, Kind.FIND, Kind.SHOW)
_COMPANY = (Kind.WITH, Kind.ADD, Kind.REMOVE)


def certain_names(cursor: Cursor, runs: list[Run]) -> list[Run]:
    """Those of `runs` that people are meant by, in order."""
    if not runs or is_all_else_time(cursor, runs):
        return runs
    topic = topic_places(cursor)
    runs = [run for run in runs if not _is_addressed(cursor, run)]
    spoken = [run for run in runs if run[0] not in topic or _is_spoken_of(cursor, run)]
    last, lists = closing(cursor, spoken), alone(cursor, spoken)
    certain = [place >= last or place in lists or _is_certain(cursor, run) for place, run in enumerate(spoken)]
    for place in range(1, len(spoken)):
        certain[place] = certain[place] or (certain[place - 1] and are_listed(cursor, spoken[place - 1], spoken[place]))
    for place in reversed(range(len(spoken) - 1)):
        certain[place] = certain[place] or (certain[place + 1] and are_listed(cursor, spoken[place], spoken[place + 1]))
    return [run for run, sure in zip(spoken, certain, strict=True) if sure]


def _is_named(cursor: Cursor, run: Run) -> bool:
    """True for a name that counts anywhere in a text: a full one of the directory, and behind an @."""
    token = cursor.tokens[run[0]]
    whole = token.known > 2 or (token.known > 1 and stands_free(cursor, run))
    return whole or token.kind is Kind.AT_SIGN


def _is_spoken_of(cursor: Cursor, run: Run) -> bool:
    """True for somebody in a topic who is meant all the same: @李四, 聊下张三明天有空吗; not 孙一凡的方案."""
    token = cursor.tokens[run[0]]
    if token.kind is Kind.AT_SIGN or (token.known > 2 and not is_owner(cursor, run)):
        return True
    return cursor.kind(_behind(cursor, run)) in (Kind.AVAILABLE, Kind.AWAY)


def _behind(cursor: Cursor, run: Run) -> int:
    """The place behind a name, and behind the times and small words that follow it."""
    place = stop = run[1]
    while place < min(len(cursor.tokens), stop + _MOST_BETWEEN) and _is_passed(cursor, place):
        place += 1
    return place


def _is_certain(cursor: Cursor, run: Run) -> bool:
    first, stop = run
    if _is_named(cursor, run) or is_optional(cursor, run) or is_required(cursor, stop):
        return True
    if cursor.kind(first - 1) is Kind.WHO:
        return False
    asked = _is_asked(cursor, run) or _is_questioned(cursor, first) or _is_opening(cursor, first, stop)
    placed = asked or _is_after(cursor, first, stop) or is_next_to_me(cursor, first, stop)
    return placed or _is_changed(cursor, first, stop)


# ---------------------------------------------------------------- in a question
def _is_questioned(cursor: Cursor, first: int) -> bool:
    """A name with a capital behind the verb that opens a question: can Omar give me, what is Maria doing."""
    if not first or not cursor.is_capital(first):
        return False
    before = cursor.tokens[first - 1].senses
    if Sense.ASKING_AFTER in before:
        return True
    opened = cursor.kind(first - 2) in OPENING or cursor.has(first - 2, Sense.INTERROGATIVE)
    return Sense.AUXILIARY in before and opened


def _is_opening(cursor: Cursor, first: int, stop: int) -> bool:
    """A name that opens the text, with a time or a list behind it: 张三 周五下午, Cara: Wed 9-10."""
    if first or stop >= len(cursor.tokens):
        return False
    if cursor.is_capital(first):
        return cursor.tokens[stop].text == ":" and cursor.is_timed(stop + 1)
    return cursor.kind(first) is Kind.NAME and (cursor.timed[stop] or cursor.kind(stop) in LISTING)


def _is_asked(cursor: Cursor, run: Run) -> bool:
    """A name before a word of availability, with nothing but times and small words between."""
    first, stop = run
    place = _behind(cursor, run)
    owner = cursor.is_owner(stop - 1)
    if owner and cursor.is_timed(stop) and cursor.is_capital(first):
        return True  # Bob's Thursday
    if cursor.kind(place) is Kind.MEET:
        named = cursor.kind(first) is Kind.NAME or cursor.is_capital(first)
        return named if owner else cursor.kind(first) is Kind.NAME or cursor.kind(first - 1) is Kind.BE
    if not (_is_availability(cursor, place) or (owner and cursor.kind(place) in _OWNED)):
        return owner and cursor.kind(first - 1) is Kind.SHOW
    if owner or cursor.kind(first) in (Kind.NAME, Kind.HAN, Kind.MONTH) or cursor.is_capital(first):
        return True
    return _opens_question(cursor, first) and not any(token.kind in _TYING for token in cursor.tokens[stop:place])


def _is_addressed(cursor: Cursor, run: Run) -> bool:
    """A name that opens the text where the asker goes on to speak of themself: Olly, do I have a meeting."""
    first, stop = run
    spoken = cursor.kind(stop) is Kind.COMMA and cursor.kind(stop + 2) is Kind.ME
    return first == 0 and spoken and (cursor.has(stop + 1, Sense.AUXILIARY) or cursor.has(stop + 1, Sense.BEING))


def _opens_question(cursor: Cursor, first: int) -> bool:
    """True where a name in small letters may stand: at the start of a clause, behind "is", "if" and the like."""
    return cursor.kind(first - 1) in (*OPENING, Kind.BE, Kind.WHEN, Kind.LIST) or cursor.has(first - 1, Sense.IF)


def _is_passed(cursor: Cursor, place: int) -> bool:
    if cursor.timed[place]:
        return True
    return cursor.tokens[place].kind in _PASSED and not _is_availability(cursor, place)


def _is_availability(cursor: Cursor, place: int) -> bool:
    """A word that asks whether somebody is there; "around" and "in" are one before a day or at the end."""
    if place >= len(cursor.tokens):
        return False
    token = cursor.tokens[place]
    if token.kind is Kind.MEET and token.tag is Tag.OVER:
        return True
    if token.kind in _ASKED or (token.kind is Kind.BOTH and token.tag is Tag.ALL):
        return True
    if Sense.PRESENT not in token.senses or cursor.timed[place]:
        return False
    after = place + 1 + (cursor.kind(place + 1) is Kind.ON)
    return cursor.kind(after) in (None, Kind.BREAK, Kind.COMMA, *_TYING) or cursor.is_timed(after)


# ---------------------------------------------------------------- behind a word of company
def _is_after(cursor: Cursor, first: int, stop: int) -> bool:
    """A name behind "with", 和, 约 and the like."""
    place = first - 1
    while place > first - 3 and cursor.kind(place) is Kind.FILL and not cursor.has(place, Sense.GIVING):
        place -= 1
    kind = cursor.kind(place)
    if kind is None or cursor.timed[place]:
        return False
    latin = cursor.kind(first) is Kind.WORD
    if latin and not cursor.is_capital(first):
        return place == first - 1 and kind in _COMPANY and _is_closed(cursor, stop)
    if kind in _COMPANY:
        return True
    named = latin or cursor.kind(first) in (Kind.NAME, Kind.BE)
    return named if kind in _BEFORE_NAME else _is_introduced(cursor, place, first, named=named)


def _is_closed(cursor: Cursor, stop: int) -> bool:
    """True where a name in small letters ends: before a small word, a sign or a time."""
    return cursor.kind(stop) in (None, *_BESIDE_NAME, *LISTING, Kind.BREAK, Kind.TEAM) or cursor.is_timed(stop)


def _is_introduced(cursor: Cursor, place: int, first: int, *, named: bool) -> bool:
    """Behind 和 after a time, behind "and" that opens the text, behind 给, "lunch with", "ok for", "call"."""
    token = cursor.tokens[place]
    if place == 0 and (token.kind is Kind.NOT or (token.kind is Kind.LIST and token.text.isascii())):
        return named
    if token.kind is Kind.LIST and token.tag is Join.AND and not token.text.isascii():
        return named and cursor.kind(place - 1) not in (Kind.HAN, Kind.WORD)
    if Sense.GIVING in token.senses or leads_to_name(token):
        return named or cursor.kind(first) is Kind.HAN
    of = token.kind is Kind.OF and cursor.kind(place - 1) in (Kind.AVAILABLE, Kind.CALENDAR)
    return cursor.kind(first) is Kind.WORD and (token.kind is Kind.FOR or of or Sense.CALLING in token.senses)


# ---------------------------------------------------------------- in a follow-up
def _is_changed(cursor: Cursor, first: int, stop: int) -> bool:
    """A name that a follow-up is about: 那王五呢, what about Bob, Bob instead, 李四不算."""
    follows = cursor.has(stop, Sense.FOLLOWING)
    if cursor.kind(first - 1) in (Kind.CHANGE, Kind.ONLY) or cursor.has(first - 1, Sense.THEN):
        return follows or cursor.kind(stop) in (None, *LISTING, Kind.BREAK)
    if first == 0 and cursor.kind(first) is Kind.NAME and cursor.is_sign(stop, "?"):
        return True
    if not follows or cursor.kind(first - 1) not in OPENING:
        return False
    return cursor.kind(first) is not Kind.HAN or cursor.has(stop, Sense.QUESTION)
