"""Short orders about an answer that is there: book 2, 不约了, tell me when they're free, my reminders."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.scan.senses import senses_together
from bot.language.senses import Sense
from bot.language.tags import Digits, Tag
from bot.language.tokens import CLAUSE_ENDS, Kind, Token
from bot.model.requests import Change, ChangeKind

MOST_OPTIONS = 20
_MOST_WORDS = 8
_BESIDE_ORDER = frozenset((Kind.FILL, Kind.COMMA, Kind.BREAK, Kind.ME, Kind.USE, Kind.ONLY, Kind.FOR))
_NUMBERS = frozenset((Kind.NUMBER, Kind.ORDINAL))
_OF_OPTION = _NUMBERS | _BESIDE_ORDER | {Kind.BOOK, Kind.NTH, Kind.COUNTER}
_BESIDE_NUMBER = frozenset((Sense.TAKING, Sense.OPTION, Sense.AGREEING))
"""What may be said with the number of an option."""
_FREE = (Kind.AVAILABLE, Kind.BOTH)


def order_of(tokens: Sequence[Token], *, has_time: bool) -> Change | None:
    """A slot of the last answer taken, or the booking undone; None for all else."""
    if len(tokens) > _MOST_WORDS:
        return None
    if undoes(tokens):
        return Change(ChangeKind.CANCEL)
    if not has_time and _takes_it(tokens):
        return Change(ChangeKind.TAKE, option=1)
    option = option_of(tokens, has_time=has_time)
    return Change(ChangeKind.TAKE, option=option) if option else None


def _takes_it(tokens: Sequence[Token]) -> bool:
    """True for "book it" and 就约这个: the first of what was offered."""
    said = [token for token in tokens if token.kind not in CLAUSE_ENDS]
    if len(said) > 1 and Sense.TAKING_IT in senses_together(said):
        return True
    telling = [token for token in tokens if token.kind not in _BESIDE_ORDER and Sense.AGREEING not in token.senses]
    return (
        len(telling) == 2
        and all(Sense.TAKING_IT in token.senses for token in telling)
        and any(token.kind is Kind.BOOK for token in telling)
    )


def option_of(tokens: Sequence[Token], *, has_time: bool) -> int | None:
    """The number of the slot that a text takes, counted from 1: book 2, 就第一个, the second one. None for all else."""
    numbers = [token for token in tokens if token.kind in _NUMBERS]
    if not numbers or not all(_is_of_option(token) for token in tokens):
        return None
    counted = numbers[0].kind is Kind.ORDINAL and len(numbers) > 1 and _is_one(numbers[1])
    kinds, senses = {token.kind for token in tokens}, {sense for token in tokens for sense in token.senses}
    named = counted or Sense.OPTION in senses
    if len(numbers) > 1 + counted or (has_time and not named) or (Kind.COUNTER in kinds and Kind.NTH not in kinds):
        return None
    meant = named or not kinds.isdisjoint((Kind.BOOK, Kind.NTH)) or Sense.TAKING in senses
    return numbers[0].value if meant and 0 < numbers[0].value <= MOST_OPTIONS else None


def _is_one(token: Token) -> bool:
    """True for the "one" of "the second one"."""
    return token.tag is Digits.WORD and token.value == 1


def _is_of_option(token: Token) -> bool:
    return token.kind in _OF_OPTION or not _BESIDE_NUMBER.isdisjoint(token.senses)


def undoes(tokens: Sequence[Token]) -> bool:
    """True for a text that only takes the booking back: cancel that, 取消预约, 不约了."""
    telling = [token for token in tokens if token.kind not in _BESIDE_ORDER]
    if not telling:
        return False
    if Sense.NO in telling[0].senses:
        return len(telling) > 1 and all(token.is_one_of(Kind.BOOK, Kind.MEET) for token in telling[1:])
    return Sense.UNDO in telling[0].senses and all(map(_is_undone, telling[1:]))


def _is_undone(token: Token) -> bool:
    return token.is_one_of(Kind.BOOK, Kind.MEET) or Sense.UNDONE in token.senses


def watches(tokens: Sequence[Token]) -> bool:
    """True where word is wanted once somebody is free: 有空时告诉我, let me know when Bob is free."""
    free = next((place for place, token in enumerate(tokens) if _is_free(token)), None)
    tell = next((place for place, token in enumerate(tokens) if token.kind is Kind.TELL), None)
    if free is None or tell is None:
        return False
    if tell < free:
        return any(Sense.ONCE in token.senses for token in tokens[tell:free])
    return any(Sense.BY_THEN in token.senses for token in tokens[free + 1 : tell]) or any(
        Sense.ONCE in token.senses for token in tokens[:free]
    )


def _is_free(token: Token) -> bool:
    """True for a word of being free, or of a meeting's end: 开完会."""
    return token.kind in _FREE or (token.kind is Kind.MEET and token.tag is Tag.OVER)


def lists_reminders(tokens: Sequence[Token], *, has_time: bool) -> bool:
    """True for a text that is about the asker's reminders: 我的提醒, show my reminders."""
    if has_time:
        return False
    kinds = {token.kind for token in tokens}
    if Kind.REMINDER not in kinds or any(Sense.MAKING in token.senses for token in tokens):
        return False
    return kinds.isdisjoint((Kind.AVAILABLE, Kind.WHO, Kind.WHEN, Kind.FIND, Kind.DIGEST, Kind.MEET, Kind.ERRAND))
