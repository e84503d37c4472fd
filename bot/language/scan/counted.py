"""Signs and words that look like a time and are none by the words beside them: 三点问题, 3号线, the sun."""

from __future__ import annotations

from bot.language.senses import Sense
from bot.language.tokens import Kind, Token
from bot.language.words.en.time import BEFORE_SAT, BEFORE_SUN, BEHIND_SAT
from bot.language.words.zh.time import NOT_DAYS, NOT_POINTS


def with_counted(tokens: list[Token]) -> list[Token]:
    """The tokens with the sense of those that count or number the thing behind them, and of weekdays that are none.

    The tokens are changed in place, as nobody else has them yet.
    """
    for at, token in enumerate(tokens):
        kind, behind = token.kind, at + 1
        if kind is Kind.CLOCK_SIGN:
            if Sense.POINT in token.senses and _counts(tokens, behind, NOT_POINTS):
                tokens[at] = token._replace(senses=frozenset((Sense.POINTS,)))
        elif kind is Kind.DAY_SIGN:
            if token.text == "号" and _counts(tokens, behind, NOT_DAYS):
                tokens[at] = token._replace(senses=frozenset((Sense.NUMBERED,)))
        elif kind is Kind.WEEKDAY and token.text in ("sat", "sun") and _is_no_day(tokens, at):
            tokens[at] = token._replace(senses=frozenset((Sense.NO_DAY,)))
    return tokens


def _counts(tokens: list[Token], behind: int, things: tuple[str, ...]) -> bool:
    """True before a thing that is counted or numbered: the 建议 of 三点建议, the 线 of 3号线."""
    return "".join([token.text for token in tokens[behind : behind + 2]]).startswith(things)


def _is_no_day(tokens: list[Token], at: int) -> bool:
    """True for "the sun", "we sat" and "sat through my"."""
    before = tokens[at - 1].text if at else ""
    if tokens[at].text == "sun":
        return before in BEFORE_SUN
    return before in BEFORE_SAT or tuple([token.text for token in tokens[at + 1 : at + 3]]) in BEHIND_SAT
