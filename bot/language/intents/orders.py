"""Short orders about an answer that is there: book 2, 不约了, tell me when they're free, my reminders."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Kind, Token
from bot.model.requests import Change, ChangeKind

MOST_OPTIONS = 20
_MOST_WORDS = 8
_POLITE = frozenset((Kind.FILL, Kind.COMMA, Kind.BREAK, Kind.ME, Kind.USE, Kind.ONLY, Kind.FOR))
_NUMBERS = frozenset((Kind.NUMBER, Kind.ORDINAL))
_TAKING = frozenset(("take", "go", "pick", "choose", "选", "选择", "选定", "选项", "要"))
_OPTIONS = frozenset(
    ("option", "slot", "number", "no.", "choice", "time", "时间", "时段", "时间段", "方案", "选项", "#")
)
_BESIDE_OPTION = frozenset(
    ("let's", "lets", "i'll", "with", "like", "would", "good", "works", "可以", "行", "好", "ok", "okay")
)
_TAKING_IT = frozenset(
    ("book", "reserve", "schedule", "约", "订", "定", "it", "that", "this", "这个", "它", "那个", "上")
)
_UNDOING = frozenset(("cancel", "取消", "undo", "撤销", "撤回", "call it off"))
_UNDONE = frozenset(
    ("it", "个", "刚才", "last", "booking", "reservation", "event", "的", "预约", "预订", "预定", "约会")
)
_FREE = (Kind.AVAILABLE, Kind.BOTH)
_ONCE = frozenset(("once", "as soon as", "when"))
_TIMELY = frozenset(("时", "时候", "的时候", "了", "就", "后", "之后", "以后"))


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
    telling = [token for token in tokens if token.kind not in _POLITE and token.text not in _BESIDE_OPTION]
    return (
        len(telling) == 2
        and {token.text for token in telling} <= _TAKING_IT
        and any(token.kind is Kind.BOOK for token in telling)
    )


def option_of(tokens: Sequence[Token], *, has_time: bool) -> int | None:
    """The number of the slot that a text takes, counted from 1: book 2, 就第一个, the second one. None for all else."""
    numbers = [token for token in tokens if token.kind in _NUMBERS]
    if not numbers or not all(_is_of_option(token) for token in tokens):
        return None
    counted = numbers[0].kind is Kind.ORDINAL and len(numbers) > 1 and numbers[1].text == "one"
    kinds, texts = {token.kind for token in tokens}, {token.text for token in tokens}
    named = counted or not texts.isdisjoint(_OPTIONS)
    if len(numbers) > 1 + counted or (has_time and not named) or (Kind.COUNTER in kinds and Kind.NTH not in kinds):
        return None
    meant = named or not kinds.isdisjoint((Kind.BOOK, Kind.NTH)) or not texts.isdisjoint(_TAKING)
    return numbers[0].value if meant and 0 < numbers[0].value <= MOST_OPTIONS else None


def _is_of_option(token: Token) -> bool:
    if token.kind in _NUMBERS or token.kind in _POLITE or token.kind in (Kind.BOOK, Kind.NTH, Kind.COUNTER):
        return True
    return token.text in _TAKING or token.text in _OPTIONS or token.text in _BESIDE_OPTION


def undoes(tokens: Sequence[Token]) -> bool:
    """True for a text that only takes the booking back: cancel that, 取消预约, 不约了."""
    telling = [token for token in tokens if token.kind not in _POLITE]
    if not telling:
        return False
    if telling[0].text == "不":
        return len(telling) > 1 and all(token.is_one_of(Kind.BOOK, Kind.MEET) for token in telling[1:])
    return telling[0].text in _UNDOING and all(map(_is_undone, telling[1:]))


def _is_undone(token: Token) -> bool:
    return token.is_one_of(Kind.BOOK, Kind.MEET) or token.text in _UNDONE


def watches(tokens: Sequence[Token]) -> bool:
    """True where word is wanted once somebody is free: 有空时告诉我, let me know when Bob is free."""
    free = next((place for place, token in enumerate(tokens) if token.kind in _FREE), None)
    tell = next((place for place, token in enumerate(tokens) if token.kind is Kind.TELL), None)
    if free is None or tell is None:
        return False
    if tell < free:
        return any(token.text in _ONCE for token in tokens[tell:free])
    return any(token.text in _TIMELY for token in tokens[free + 1 : tell]) or any(
        token.text in _ONCE for token in tokens[:free]
    )


def lists_reminders(tokens: Sequence[Token], *, has_time: bool) -> bool:
    """True for a text that is about the asker's reminders: 我的提醒, show my reminders."""
    if has_time:
        return False
    kinds = {token.kind for token in tokens}
    return Kind.REMINDER in kinds and kinds.isdisjoint((Kind.AVAILABLE, Kind.WHO, Kind.FIND, Kind.DIGEST))
