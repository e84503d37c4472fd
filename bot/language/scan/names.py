"""Where a typed name begins and ends in running text."""

from __future__ import annotations

from bot.language.scan.text import is_han
from bot.language.words.en import time as words_en
from bot.language.words.holidays import GIVEN_TOO
from bot.language.words.zh.people import (
    AFTER_BIG,
    AFTER_ONE,
    DOUBLE,
    FAMILIAR,
    NOT_DOUBLED,
    NOT_TITLES,
    SINGLE,
    SUFFIX_TITLES,
)
from bot.language.words.zh.time import (
    DAY_PARTS,
    LENGTHS,
    NOT_COUNTED,
    NOT_SUNDAY,
    NUMERALS,
    SHIFTING,
    WEEK_WORDS,
    WORDS,
)
from bot.language.words.zones import FIRST_SIGNS, han_zone

_NEVER_GIVEN = frozenset("每你您他她它这那的吗呢吧了和跟与在有是到约及或都也去来能会不没几号点月日年谁什零〇百")
_NEVER_SECOND = frozenset("半就过要得必闲该开找碰从聊排订问叫帮请给让把对谈吃喝看走盯组会事时说话型心孩概声朋伙伴程议")
_BEFORE_MONTH = frozenset("几个每本这上下当单双周全整满半何岁同") | NUMERALS
_BEHIND_MONTH = frozenset("份底初末中上下报度经饼薪租历考嫂")
"""Signs beside which 月 is a month and no part of a name (江月, 陈月华)."""
_WEEKDAYS = frozenset("一二三四五六日天末")
_MOST_SIGNS = 8
_STARTING = frozenset(word[0] for word in (*WORDS, *DAY_PARTS, *WEEK_WORDS, *SHIFTING) if len(word) > 1) | FIRST_SIGNS
"""The first signs of words of two signs or more."""
_INSIDE = frozenset("._-'·")

_TITLES_BY_SIGN = {
    sign: tuple(title for title in SUFFIX_TITLES if title[0] == sign) for sign in {title[0] for title in SUFFIX_TITLES}
}


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


def second_word(typed: str, end: int) -> int:
    """The end of a second word that is written with a capital and is no known one (@Wang Wei), or `end`."""
    stop = end + 1
    while stop < len(typed) and typed[stop].isalpha() and not is_han(typed[stop]):
        stop += 1
    word = typed[end + 1 : stop]
    known = word.lower() in words_en.WORDS or word.lower() in words_en.DAY_PARTS
    return stop if typed[end : end + 1] == " " and len(word) > 1 and word.istitle() and not known else end


def _han_mention(folded: str, place: int) -> int:
    end = place
    while end < len(folded) and (is_han(folded[end]) or (folded[end].isascii() and folded[end].isalnum())):
        if end - place >= 2 and _starts_word(folded, end):
            break
        end += 1
    return end


def chinese_name(folded: str, place: int) -> int:
    """The end of a Chinese name at `place`, or 0: a surname and one or two signs that begin no other word."""
    sign, second = folded[place], folded[place + 1 : place + 2]
    if sign == "向" and second in SINGLE:
        return 0  # 向陈总汇报
    if sign in FAMILIAR and (end := _familiar(folded, place)):
        return end
    if sign == "一":
        return place + 2 if second and second in AFTER_ONE and _may_end(folded, place + 2) else 0
    if second == sign and second not in NOT_DOUBLED and _may_end(folded, place + 2):
        return place + 2
    start = place + (2 if sign + second in DOUBLE else 1 if sign in SINGLE else 0)
    if start == place:
        return 0
    if (titled := title_end(folded, start)) > start:
        return titled
    return _given(folded, start)


def title_end(folded: str, place: int) -> int:
    """The end of a title behind a name (王总, 张伟老师), or `place`."""
    titles = _TITLES_BY_SIGN.get(folded[place : place + 1], ())
    if not titles or folded.startswith(NOT_TITLES, place):
        return place
    return next((place + len(title) for title in titles if folded.startswith(title, place)), place)


def _familiar(folded: str, place: int) -> int:
    """The end of 小王, 阿强 or 小美: a familiar sign and one more, with a word behind it."""
    second = folded[place + 1 : place + 2]
    if second and second in "二三四五六七八九" and folded[place] in "老小阿" and _is_subject(folded, place):
        return place + 2
    if not second or not is_han(second) or second in _NEVER_SECOND or second in _NEVER_GIVEN or second in NUMERALS:
        return 0
    sure = second in SINGLE or folded[place] in "阿小晓" or second in AFTER_BIG
    ends = _may_end(folded, place + 2) or _is_familiar(folded, place + 2)
    return place + 2 if sure and ends and not _starts_word(folded, place) else 0


def _is_subject(folded: str, place: int) -> bool:
    """True for 老六 at the start of a clause or behind a time, and before a time or a word of being there."""
    before = folded[place - 1 : place]
    opens = not before or not is_han(before) or before in "午天早晚上问看下和跟约找"
    after = folded[place + 2 :]
    return (
        opens
        and (not after or _starts_word(folded, place + 2))
        and after[:1] not in ("点", "号", "个", "月", "年", "楼")
    )


def _is_familiar(folded: str, place: int) -> bool:
    """True for the 老李 of 老张老李 and the 阿珍 of 阿强阿珍."""
    sign, second = folded[place : place + 1], folded[place + 1 : place + 2]
    if sign not in FAMILIAR or not second or _starts_word(folded, place):
        return False
    return second in SINGLE or (sign in "阿小晓" and is_han(second) and second not in _NEVER_GIVEN)


def _given(folded: str, start: int) -> int:
    """The end of a given name of one or two signs; the one after which a known word begins is preferred."""
    one = start + 1
    if folded[start : start + 1] == "一":
        return _given_one(folded, start)
    if folded.startswith(GIVEN_TOO, start) and folded[start - 1] != "于" and _starts_any(folded, start + 2):
        return start + 2
    if not _is_given(folded, start) or _starts_word(folded, start):
        return 0
    if _starts_word(folded, one) or not _is_given(folded, one) or folded[one] in _NEVER_SECOND:
        return one
    two = one + 1
    touching = folded[one] in SINGLE and folded[two : two + 1] in NUMERALS and _is_given(folded, two)
    if _starts_any(folded, two) and not touching:
        return two
    next_name = folded[one] in SINGLE and _is_given(folded, two) and _may_close_soon(folded, two + 1)
    return one if next_name or _starts_any(folded, one) else two


def _given_one(folded: str, start: int) -> int:
    """The end of a given name that begins with 一: 孙一凡, 丁一 before 周五."""
    second = folded[start + 1 : start + 2]
    if second and second in AFTER_ONE and _may_end(folded, start + 2):
        return start + 2
    weekday = second == "周" and folded[start + 2 : start + 3] in _WEEKDAYS
    return start + 1 if weekday and _opens(folded, start - 1) else 0


def _opens(folded: str, place: int) -> bool:
    """True at the start of a text or a clause."""
    return place <= 0 or not is_han(folded[place - 1])


def _may_close_soon(folded: str, place: int) -> bool:
    """True where a name may end at once, or one sign on: 马云, 马化腾 in 马云马化腾李彦宏."""
    return _may_close(folded, place) or (_is_given(folded, place) and _may_close(folded, place + 1))


def _may_close(folded: str, place: int) -> bool:
    """True where a name may end: before a word, a sign, or another name."""
    return _may_end(folded, place) or folded[place : place + 1] in SINGLE


def _is_given(folded: str, place: int) -> bool:
    if place < len(folded) and folded[place] == "月":
        return folded[place - 1] not in _BEFORE_MONTH and folded[place + 1 : place + 2] not in _BEHIND_MONTH
    if place >= len(folded) or not is_han(folded[place]) or folded[place] in _NEVER_GIVEN:
        return False
    if folded[place] not in NUMERALS:
        return True
    return folded[place] in "三四五六七八九" and not _is_counted(folded, place)


def _is_counted(folded: str, place: int) -> bool:
    """True for a numeral that counts what follows it (七月); in 张三三点 the second one does."""
    after = folded[place + 1 : place + 2]
    if folded.startswith((*NOT_SUNDAY, *NOT_COUNTED, "半小时", "半个"), place + 1):
        return False  # 张三日程, 张三年底, 李四半小时
    return bool(after) and after in "点号月日年个天时分小刻半楼位人次:十百"


def _may_end(folded: str, place: int) -> bool:
    return not (place < len(folded) and is_han(folded[place])) or _starts_any(folded, place)


def _starts_word(folded: str, place: int) -> bool:
    """True where a word of two signs or more begins."""
    if folded[place : place + 1] not in _STARTING:
        return False
    if folded[place : place + 2] in DAY_PARTS or (folded.startswith(WEEK_WORDS, place) and folded[place] != "周"):
        return True
    if folded.startswith(SHIFTING, place):
        return True
    if folded.startswith("周", place) and folded[place + 1 : place + 2] in _WEEKDAYS:
        return True
    if han_zone(folded, place):
        return True
    most = min(_MOST_SIGNS, len(folded) - place)
    lengths = LENGTHS.get(folded[place : place + 1], ())
    return any(1 < length <= most and folded[place : place + length] in WORDS for length in lengths)


def _starts_any(folded: str, place: int) -> bool:
    sign = folded[place : place + 1]
    return not sign or not is_han(sign) or sign in WORDS or sign in NUMERALS or _starts_word(folded, place)
