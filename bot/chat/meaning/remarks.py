"""Which kind of talk, or of order for something else, a text is; its line is chosen by that."""

from __future__ import annotations

import re

from bot.model.questions import Remark
from bot.model.requests import Intent, Request

_TALK = {
    Remark.THANKS: r"谢|感恩|辛苦|给力|\b(thx|thanks?|thank you|ty|3q|cheers|appreciate)\b",
    Remark.GOODBYE: r"见[啦了哈吧~。!！ ]*$|再见|拜拜|晚安|\b(bye|goodbye|see (you|ya)|cya|good night|later)\b",
}
_ORDERS = {
    Remark.MONTHLY: r"每个?月|月报|\bmonthly\b|every month",
    Remark.REMINDING: r"提醒|待办|\bremind|\bto-?dos?\b|\btasks?\b",
    Remark.ERRAND: r"订|买|点(?:个|份)?(?:外卖|餐)|打车|\b(book|order|buy|get)\b",
}


def remark_of(request: Request, text: str) -> Remark | None:
    """The kind of a text that is talk or an order for something else; None for all other texts."""
    if request.intent is Intent.THANKS:
        return _first(_TALK, text) or Remark.TALK
    if request.intent is Intent.UNSUPPORTED:
        return _first(_ORDERS, text) or Remark.OTHER
    return None


def _first(kinds: dict[Remark, str], text: str) -> Remark | None:
    return next((kind for kind, words in kinds.items() if re.search(words, text.casefold())), None)
