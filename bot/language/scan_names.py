"""Where a typed name begins and ends in running text."""

from __future__ import annotations

from bot.language.surnames import DOUBLE, FAMILIAR, SINGLE
from bot.language.text import is_han
from bot.language.words_zh import DAY_PARTS, NUMERALS, SUFFIX_TITLES, WEEK_WORDS, WORDS

_NEVER_GIVEN = frozenset("的吗呢吧了和跟与在有是到约及或都也去来能会不没几号点月日年谁什零〇百")
_INSIDE = frozenset("._-'·")


def mention(folded: str, place: int) -> int:
    """The end of the name behind an @ at `place - 1`: the next space or sign, for a Chinese name the next word."""
    if place < len(folded) and is_han(folded[place]):
        return _han_mention(folded, place)
    end = place
    while end < len(folded) and (folded[end].isalnum() or folded[end] in _INSIDE) and not is_han(folded[end]):
        end += 1
    while end > place and folded[end - 1] in _INSIDE:
        end -= 1
    return end


def _han_mention(folded: str, place: int) -> int:
    end = place
    while end < len(folded) and (is_han(folded[end]) or (folded[end].isascii() and folded[end].isalnum())):
        if end - place >= 2 and _starts_word(folded, end):
            break
        end += 1
    return end


def chinese_name(folded: str, place: int) -> int:
    """The end of a Chinese name at `place`, or 0: a surname and one or two signs that begin no other word."""
    start = place
    familiar = folded[place] in FAMILIAR
    if familiar:
        follows = folded[place + 1 : place + 2]
        return place + 2 if follows in SINGLE and follows and _may_end(folded, place + 2) else 0
    start += 2 if folded[place : place + 2] in DOUBLE else 1 if folded[place] in SINGLE else 0
    if start == place:
        return 0
    for title in SUFFIX_TITLES:
        if folded.startswith(title, start):
            return start + len(title)
    return _given(folded, start)


def _given(folded: str, start: int) -> int:
    """The end of a given name of one or two signs; the one after which a known word begins is preferred."""
    one = start + 1
    if not _is_given(folded, start) or _starts_word(folded, start):
        return 0
    if _starts_word(folded, one) or not _is_given(folded, one):
        return one
    two = one + 1
    if _starts_any(folded, two):
        return two
    next_name = folded[one] in SINGLE and _is_given(folded, two) and _may_close(folded, two + 1)
    return one if next_name or _starts_any(folded, one) else two


def _may_close(folded: str, place: int) -> bool:
    """True where a name may end: before a word, a sign, or another name."""
    return _may_end(folded, place) or folded[place : place + 1] in SINGLE


def _is_given(folded: str, place: int) -> bool:
    if place >= len(folded) or not is_han(folded[place]) or folded[place] in _NEVER_GIVEN:
        return False
    return folded[place] not in NUMERALS or not (
        folded[place + 1 : place + 2] in NUMERALS or _is_counted(folded, place)
    )


def _is_counted(folded: str, place: int) -> bool:
    """True for a numeral that counts what follows it (七月), not for the one of 张三."""
    after = folded[place + 1 : place + 2]
    return bool(after) and (after.isdigit() or after in "点号月日年个天时分小刻半楼位人次:")


def _may_end(folded: str, place: int) -> bool:
    return not (place < len(folded) and is_han(folded[place])) or _starts_any(folded, place)


def _starts_word(folded: str, place: int) -> bool:
    """True where a word of two signs or more begins."""
    if folded[place : place + 2] in DAY_PARTS or (folded.startswith(WEEK_WORDS, place) and folded[place] != "周"):
        return True
    if folded.startswith("周", place) and folded[place + 1 : place + 2] in set("一二三四五六日天末"):
        return True
    return any(folded[place : place + length] in WORDS for length in range(2, min(8, len(folded) - place) + 1))


def _starts_any(folded: str, place: int) -> bool:
    sign = folded[place : place + 1]
    return not sign or not is_han(sign) or sign in WORDS or _starts_word(folded, place)
