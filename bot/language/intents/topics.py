"""What a meeting is about, and where it is held: stretches of words that speak of no time and no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.language.intents.accounts import Account, Ledger
from bot.language.senses import Sense
from bot.language.tags import Comma, Tag
from bot.language.tokens import CLAUSE_ENDS, Kind, Token

_ENDING = (Kind.AVAILABLE, Kind.WHO, Kind.WHEN, Kind.FIND, Kind.SHOW, Kind.TELL, Kind.AWAY, Kind.ADD, Kind.WITH)
"""Words of asking that a topic does not go over."""
_LEADING = (Kind.ARTICLE, Kind.OF, Kind.COUNTER, Kind.SIGN, Kind.AT, Kind.ON, Kind.FOR, Kind.TOPIC)
_NOMINAL = (
    Kind.FILL,
    Kind.ARTICLE,
    Kind.OF,
    Kind.LIST,
    Kind.FOR,
    Kind.TO,
    Kind.IN,
    Kind.ON,
    Kind.COUNTER,
    Kind.SIGN,
)
_TOPICAL = (Kind.MEET, Kind.NUMBER, Kind.CALENDAR, Kind.TEAM, Kind.DIGEST, Kind.REMINDER, Kind.VIDEO, Kind.ONLY)
_TELLING = frozenset((Kind.TITLED, Kind.TOPIC, Kind.MEET))
"""Without one of these and without unknown words there is no topic."""
_LONGEST = 16
Span = tuple[int, int]


class Topics(NamedTuple):
    """The title and the place of a meeting, None where the text names none."""

    title: Span | None = None
    place: Span | None = None


def find_topics(ledger: Ledger, *, ordered: bool) -> Topics:
    """Books the words of a topic and of a place to their accounts. `ordered`: a meeting is asked for."""
    place = _place(ledger)
    if not (ledger.strange or place or any(token.kind in _TELLING for token in ledger.tokens)):
        return Topics()
    title = _titled(ledger) or _about(ledger) or _compound(ledger) or _for(ledger)
    title = title or _reviewed(ledger) or _kind_of_meeting(ledger)
    if title is None and ordered:
        title = _between(ledger)
    if title:
        ledger.book(range(*title), Account.TITLE)
    return Topics(title, place)


# ---------------------------------------------------------------- behind a word that says so
def _titled(ledger: Ledger) -> Span | None:
    """标题 评审, title: budget, "Q3 review"."""
    places = [at for at, token in enumerate(ledger.tokens) if token.kind is Kind.TITLED]
    stop = next((at for at in places if at + 1 not in places), -1) + 1
    return (places[0], stop) if places else None


def _about(ledger: Ledger) -> Span | None:
    """讨论预算, 聊下Q3规划, about the budget, to discuss hiring."""
    for at, token in enumerate(ledger.tokens):
        if _opens_topic(token) and not ledger.is_timed(at) and (span := _stretch(ledger, at + 1)):
            return span
    return None


def _opens_topic(token: Token) -> bool:
    return token.kind is Kind.TOPIC or (token.kind in (Kind.MEET, Kind.AT) and token.tag is Tag.TOPIC)


def _stretch(ledger: Ledger, start: int) -> Span | None:
    """The words from a place to the end of the clause, a time, a person or a word of asking."""
    tokens = ledger.tokens
    while start < len(tokens) and _leads(tokens, start) and not ledger.is_settled(start):
        start += 1
    stop = end = start
    while stop < min(len(tokens), start + _LONGEST) and not _ends(ledger, stop):
        stop += 1
        if ledger.is_content(stop - 1) or tokens[stop - 1].kind in _TOPICAL:
            end = stop
    return (start, end) if end > start else None


def _leads(tokens: Sequence[Token], at: int) -> bool:
    """True for a small word before a topic; the 用 of an unknown word is none."""
    if tokens[at].kind is not Kind.FILL:
        return tokens[at].kind in _LEADING
    glued = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.HAN and not tokens[at + 1].gap
    return not glued or Sense.LEADING in tokens[at].senses


def _ends(ledger: Ledger, at: int) -> bool:
    token = ledger.tokens[at]
    if token.kind in CLAUSE_ENDS:
        return not (token.tag is Comma.LISTING and at + 1 < len(ledger.tokens) and ledger.is_content(at + 1))
    asks = token.kind is Kind.BE and token.tag in (Tag.ASK, Tag.POLITE)
    return ledger.is_settled(at) or token.kind in _ENDING or asks


# ---------------------------------------------------------------- words that touch a meeting
def _compound(ledger: Ledger) -> Span | None:
    """design review, product demo, 需求评审会: nouns right before a word of meeting."""
    tokens = ledger.tokens
    for at, token in enumerate(tokens):
        if token.kind is not Kind.MEET or token.tag is Tag.OVER or ledger.is_settled(at):
            continue
        start = at
        while start and _continues_topic(ledger, start - 1, start):
            start -= 1
        if start < at and any(ledger.is_content(place) for place in range(start, at)):
            if start and tokens[start - 1].kind in (Kind.WITH, Kind.LIST):
                continue
            return start, at + 1 + _follows(ledger, at + 1)
    return None


def _continues_topic(ledger: Ledger, at: int, behind: int) -> bool:
    """True for a noun that touches the word behind it; in Latin letters a blank lies between."""
    token, next_token = ledger.tokens[at], ledger.tokens[behind]
    if ledger.is_settled(at) or not (ledger.is_content(at) or token.kind in (Kind.MEET, Kind.TEAM, Kind.NUMBER)):
        return False
    return token.text.isascii() == next_token.text.isascii() if next_token.gap else True


def _follows(ledger: Ledger, at: int) -> int:
    """1 where one more word of meeting belongs to it: 需求评审 会."""
    token = ledger.tokens[at] if at < len(ledger.tokens) else None
    return int(token is not None and token.kind is Kind.MEET and (not token.gap) and not token.text.isascii())


def _for(ledger: Ledger) -> Span | None:
    """is Zoe free for the design critique; a team's name and what follows it: a product walkthrough."""
    tokens = ledger.tokens
    for at, token in enumerate(tokens[:-1]):
        articled = token.kind is Kind.FOR and tokens[at + 1].kind in (Kind.ARTICLE, Kind.FILL)
        if articled and (span := _stretch(ledger, at + 1)) and all(_is_nominal(ledger, n) for n in range(*span)):
            return span
        if token.kind is Kind.TEAM_NAME and ledger.is_content(at) and ledger.is_content(at + 1):
            span = _stretch(ledger, at)
            return span if span and all(_is_nominal(ledger, n) for n in range(*span)) else None
    return None


def _reviewed(ledger: Ledger) -> Span | None:
    """评审季度计划: a word that says what the meeting is, and what it is of, which touches it."""
    tokens = ledger.tokens
    for at, token in enumerate(tokens[:-1]):
        named = token.kind is Kind.MEET and token.tag is Tag.WHAT and not ledger.is_settled(at)
        if named and not token.text.isascii() and not tokens[at + 1].gap and ledger.is_content(at + 1):
            span = _stretch(ledger, at + 1)
            return (at, span[1]) if span else None
    return None


def _kind_of_meeting(ledger: Ledger) -> Span | None:
    """评审, standup: a word that says itself what the meeting is."""
    for at, token in enumerate(ledger.tokens):
        if token.kind is Kind.MEET and token.tag is Tag.WHAT and not ledger.is_settled(at):
            return at, at + 1
    return None


# ---------------------------------------------------------------- in an order
def _between(ledger: Ledger) -> Span | None:
    """book a design workshop with Zoe: nouns behind the order and an article."""
    tokens = ledger.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.kind not in (Kind.BOOK, Kind.FIND) or ledger.is_settled(at):
            continue
        articled = token.tag is Tag.TITLED or tokens[at + 1].kind is Kind.ARTICLE
        span = _stretch(ledger, at + 1) if articled else None
        if span and all(_is_nominal(ledger, place) for place in range(*span)):
            return span
    return None


def _is_nominal(ledger: Ledger, at: int) -> bool:
    token = ledger.tokens[at]
    return token.kind is not Kind.ERRAND and (ledger.is_content(at) or token.kind in _NOMINAL)


def _place(ledger: Ledger) -> Span | None:
    """会议室 A201, the training room: as the scanner found it."""
    places = [at for at, token in enumerate(ledger.tokens) if token.kind is Kind.PLACED]
    stop = next((at for at in places if at + 1 not in places), -1) + 1
    return (places[0], stop) if places else None
