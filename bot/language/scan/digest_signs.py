"""What the words of a whole text tell about a digest, by the regular expressions of `words.digests`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.scan.text import Text
from bot.language.tokens import Kind, Token
from bot.language.words import digests as words


@dataclass(frozen=True, slots=True)
class DigestSigns:
    """What a text tells about a digest."""

    left: bool
    """The asker wants to be left out."""
    back: bool
    """The asker wants to be in it again."""
    unsubscribed: bool
    quiet: bool
    """Nothing is to be sent without news."""
    loud: bool
    conditional: bool
    """What is said holds under some condition."""
    resumed: bool
    one: bool
    """A single one is spoken of."""
    one_now: bool
    settings: bool
    shifted: bool
    """It is to come earlier or later."""
    of_a_day: bool
    """The day beside it is what it is about."""
    weeks_on: int | None
    """0 for this week's, 1 for next week's, where that is no phrase of time."""


def is_bare_order(text: Text) -> bool:
    """True for an order that needs no word for the digest: 现在发一份, resume, 有事再发."""
    said = words.EDGES.sub("", text.folded)
    return said in words.ONE_NOW or said in words.RESUMED or _is_only(words.QUIET, said) or _is_only(words.LOUD, said)


def digest_signs(text: Text) -> DigestSigns:
    """What a text about a digest tells.

    >>> from bot.language.scan.text import normalise
    >>> digest_signs(normalise("日报提前半小时")).shifted
    True
    """
    said = words.EDGES.sub("", text.folded)
    return DigestSigns(
        left=bool(words.LEFT.search(said)),
        back=bool(words.BACK.search(said)),
        unsubscribed=bool(words.UNSUBSCRIBED.search(said)),
        quiet=bool(words.QUIET.search(said)),
        loud=bool(words.LOUD.search(said)),
        conditional=bool(words.CONDITIONAL.search(said)),
        resumed=said in words.RESUMED or bool(words.UNPAUSED.search(said)),
        one=bool(words.ONE.search(said)),
        one_now=said in words.ONE_NOW,
        settings=bool(words.SETTINGS.search(said)),
        shifted=bool(words.SHIFTED.search(said)),
        of_a_day=bool(words.OF_A_DAY.search(said)),
        weeks_on=0 if words.THIS_WEEK.search(said) else 1 if words.NEXT_WEEK.search(said) else None,
    )


def speaks_of_digest_alone(tokens: Sequence[Token]) -> bool:
    """True where the words beside that for the digest say nothing else: 周报, 来份周报, 周报设置, 退出周报."""
    said = "".join([token.text for token in tokens])
    if words.LEFT.search(said) or words.BACK.search(said):
        return True
    beside = "".join([token.text for token in tokens if token.kind is not Kind.DIGEST])
    return all(token.kind in (Kind.DIGEST, Kind.FILL) for token in tokens) or any(
        form.fullmatch(beside) for form in (words.ONE, words.SETTINGS)
    )


def adds_days(tokens: Iterable[Token]) -> bool:
    """True for words that add the days they stand with to the others: 周末也发, including weekends."""
    return bool(words.ALSO.search(" ".join([token.text for token in tokens])))


def _is_only(form: re.Pattern[str], said: str) -> bool:
    """True where nothing else is said, but "only when there is" and the like."""
    found = form.search(said)
    return bool(found) and not words.BESIDE_NEWS.sub("", form.sub("", said))
