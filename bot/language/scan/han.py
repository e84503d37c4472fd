"""Chinese in a text: longest words first, weekdays, numerals, names."""

from __future__ import annotations

import re

from bot.language.scan.known_names import Form, Strength
from bot.language.scan.names import chinese_name
from bot.language.scan.source import Source
from bot.language.tags import DayTag, Digits, Unit
from bot.language.tokens import SLIP, Entry, Kind
from bot.language.words.holidays import BY_NUMBER
from bot.language.words.zh import time as words_zh
from bot.language.words.zh.numerals import approximate_pair, chinese_number
from bot.language.words.zh.slips import SLIPS
from bot.language.words.zh.time import NUMERALS
from bot.language.words.zones import FIRST_SIGNS, han_zone
from bot.language.zones import is_offset

_AND = frozenset("和跟与及、,同")
_BEHIND_NEXT = frozenset("周午个星礼月")
"""What makes the 下 of 约下周三 or 看下个月 the beginning of a word rather than the end of one."""
_VERBS = (words_zh.WORDS["约下"], words_zh.WORDS["看下"])
_TOPICS = (words_zh.WORDS["讨论下"], words_zh.WORDS["评审下"])
_BEHIND_NEXT_TOPIC = frozenset("季半学")
"""What makes the 下 of 讨论下季度计划 the beginning of a topic; 讨论下周报 has none."""
_UNKNOWN = Entry(Kind.HAN)
_WEEKLY = (Kind.WEEK, Kind.UNIT)
_DIGITS = frozenset("0123456789")
_TIMELY = frozenset("点號号日月时年分个小刻天周人位次半整.:-/~到至")
_BEHIND_NUMBER = frozenset("起定直下共样点號号月个刻时天周分小日年")
"""What makes two numbers, or words of their own, of 五一."""
_JOINTS = frozenset(",、或和与跟")
"""What makes a time, a count or a list of a number before it."""
_RUNS_OF_DAYS = ("一三五", "二四六")
_NO_WEEKDAYS = ("周八", "周九", "周零")
_TIME = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天末]|[一二两三四五六七八九十]+[点时月日号天周分个年刻半]?")
"""What is a time also where somebody is called so."""
_OF_TWO = frozenset(word[0] for word in (*words_zh.DAY_PARTS, *words_zh.DAY_PAIRS))


def take(source: Source, place: int) -> int:
    """Takes one word that begins at `place`, and gives the place behind it."""
    folded, sign = source.folded, source.folded[place]
    entry, end = longest(folded, place)
    if entry is not None and _goes_on_as_meeting(folded, place, end):
        end += 1
    form = source.known_at(place)
    if form and _is_name(form, folded[place : form.end], of_words=end if entry else place + 1, place=place):
        return _known(source, place, form)
    if _ends_in_next(folded, place, end, entry):
        end -= 1
    if end - place > 1 and source.follows(Kind.NUMBER) and not source.gap and _is_clock_sign(folded, place, end):
        entry, end = words_zh.WORDS[sign], place + 1
    if sign in NUMERALS and (entry is None or end == place + 1):
        name = chinese_name(folded, place) if sign == "一" else 0
        return _name(source, place, name) if name else _numerals(source, place)
    if sign in FIRST_SIGNS and (zone := han_zone(folded, place, sure=source.holds(Kind.SET_ZONE))):
        return _zone(source, place, end=place + zone[1], name=zone[0])
    if entry is not None and entry.kind in _WEEKLY and (found := _weekdays(source, place, end, entry)):
        return found
    if sign in _OF_TWO and (found := _two_words(source, place)):
        return found
    if (entry is None or end == place + 1) and (found := _slip(source, place)):
        return found
    if end - place > 1 and folded[end - 1] == "我" and folded[end : end + 1] in _AND:
        source.put(Entry(Kind.BE), place, end - 1)
        return source.put(Entry(Kind.ME), end - 1, end)
    if (entry is None or end == place + 1) and (name := chinese_name(folded, place)):
        if folded[place:name] in _NO_WEEKDAYS:
            return source.put(entry or _UNKNOWN, place, end)
        return _name(source, place, _with_number(folded, name))
    return source.put(entry or _UNKNOWN, place, end, known=int(form is not None and form.end == end))


def _goes_on_as_meeting(folded: str, place: int, end: int) -> bool:
    """True for a word that ends in 会 and goes on as 会议: 有会议, 拉个会议; 开会议程 is another word."""
    if end - place < 2 or folded[end - 1] != "会" or folded[end : end + 1] != "议":
        return False
    return longest(folded, end)[1] == end + 1 and not folded.startswith("室", end + 1)


def _ends_in_next(folded: str, place: int, end: int, entry: Entry | None) -> bool:
    """True for the 下 of 约下周三 and of 讨论下季度计划, which belongs to the word behind."""
    if end - place < 2 or folded[end - 1] != "下":
        return False
    after = folded[end : end + 1]
    if entry in _VERBS:
        return end == place + 2 and after in _BEHIND_NEXT
    return entry in _TOPICS and after in _BEHIND_NEXT_TOPIC


def _is_clock_sign(folded: str, place: int, end: int) -> bool:
    """True for the 点 of 3点评审 and the 时 of 3时代码评审: the word behind it goes on beyond 点评 and 时代."""
    sign = words_zh.WORDS.get(folded[place])
    return sign is not None and sign.kind is Kind.CLOCK_SIGN and longest(folded, place + 1)[1] > end


def _slip(source: Source, place: int) -> int:
    """Takes a word of time with a sign of the same sound in it (礼败四, 晚尚), or gives 0."""
    word = source.folded[place : place + 2]
    meant = SLIPS.get(word)
    if meant is None or word in words_zh.WORDS:
        return 0
    entry = words_zh.WORDS.get(meant)
    if entry is not None and entry.kind in _WEEKLY:
        return _slipped_week(source, place, entry)
    entries = (entry,) if entry is not None else words_zh.DAY_PARTS.get(meant, ())
    for each in entries:
        source.put(each, place, place + 2, known=SLIP)
    return place + 2 if entries else 0


def _slipped_week(source: Source, place: int, entry: Entry) -> int:
    first = len(source.tokens)
    end = _weekdays(source, place, place + 2, entry)
    source.tokens[first:] = [token._replace(known=SLIP) for token in source.tokens[first:]]
    return end


def _is_name(form: Form, name: str, *, of_words: int, place: int) -> bool:
    """True for a known name that goes before the word at its place, whose end is `of_words`.

    A full name of three signs always does. Another one does where the word is shorter or a single sign, unless it is a
    time by itself: 周五, 三月, 五一.
    """
    if form.strength is Strength.ANYWHERE:
        return True
    return (of_words == place + 1 or form.end > of_words) and not _TIME.fullmatch(name)


def _known(source: Source, place: int, form: Form) -> int:
    end = _with_number(source.folded, form.end)
    return source.put(Entry(Kind.NAME, 0, source.text.typed[place:end]), place, end, known=form.strength)


def _with_number(folded: str, end: int) -> int:
    """The end of 张伟2, one of several of that name; in 张三3点 and 张三2-4点 the number is of a time."""
    stop = end
    while stop < end + 2 and folded[stop : stop + 1] in _DIGITS:
        stop += 1
    after = folded[stop : stop + 1]
    timely = after in _TIMELY or (after in _JOINTS and folded[stop + 1 : stop + 2] in _DIGITS)
    return end if not after or timely or (after.isalnum() and after.isascii()) else stop


def _name(source: Source, place: int, end: int) -> int:
    return source.put(Entry(Kind.NAME, 0, source.text.typed[place:end]), place, end)


def _two_words(source: Source, place: int) -> int:
    """今晚, 明后天: a word that stands for a day and a part of it, or for two days; or 0."""
    for length in (4, 3, 2):
        word = source.folded[place : place + length]
        if word in words_zh.DAY_PARTS:
            return source.put_all(words_zh.DAY_PARTS[word], place, place + len(word))
        if word in words_zh.DAY_PAIRS:
            return source.put(Entry(Kind.RELATIVE_DAY, words_zh.DAY_PAIRS[word], DayTag.PAIR), place, place + len(word))
    return 0


def longest(folded: str, place: int) -> tuple[Entry | None, int]:
    """The longest word at `place` and its end."""
    for length in words_zh.LENGTHS.get(folded[place], ()):
        word = folded[place : place + length]
        entry = words_zh.WORDS.get(word)
        if entry is not None and not _cuts_room(word, folded, place + len(word)):
            return entry, place + len(word)
    return None, place + 1


def _cuts_room(word: str, folded: str, end: int) -> bool:
    """True where a word ends inside 会议室: 有哪些会 议室."""
    return len(word) > 1 and word[-1] in "会议" and folded.startswith(("议室", "室"), end) and word != "会议"


def _zone(source: Source, place: int, *, end: int, name: str) -> int:
    signed = source.folded.startswith(("时间", "的时间"), end) or source.follows(Kind.SET_ZONE) or is_offset(name)
    return source.put(Entry(Kind.ZONE, int(bool(signed)), name), place, end)


def _numerals(source: Source, place: int) -> int:
    end = place
    while end < len(source.folded) and source.folded[end] in NUMERALS:
        end += 1
    run = source.folded[place:end]
    if run in BY_NUMBER and (
        source.folded.startswith("下午", end) or source.folded[end : end + 1] not in _BEHIND_NUMBER
    ):
        return source.put(BY_NUMBER[run], place, end)
    if pair := approximate_pair(run):
        source.put(Entry(Kind.NUMBER, pair[0], Digits.PAIR), place, place + 1)
        source.put(Entry(Kind.TO, 0, "-"), place + 1, place + 1)
        return source.put(Entry(Kind.NUMBER, pair[1], Digits.PAIR), place + 1, end)
    if run in _RUNS_OF_DAYS:
        for offset, sign in enumerate(run):
            entry = Entry(Kind.WEEKDAY, words_zh.WEEKDAY_SIGNS[sign], "more" if offset else "")
            source.put(entry, place + offset, place + offset + 1)
        return end
    value = chinese_number(run)
    return source.put(Entry(Kind.HAN) if value is None else Entry(Kind.NUMBER, value, Digits.HAN), place, end)


# ---------------------------------------------------------------- weekdays
def _weekdays(source: Source, place: int, end: int, entry: Entry) -> int:
    """周三, 下周三, 周末, 周一三五: a week word with one or more weekday signs behind it."""
    if entry.kind is Kind.UNIT and entry.tag != Unit.WEEK:
        return 0
    named = entry.kind is Kind.WEEK
    counted = not named and _is_counted(source)
    if source.folded.startswith("末", end):
        source.put_all((entry,) * named, place, end)
        return source.put(Entry(Kind.WEEKEND), end, end + 1)
    days = 0 if counted or source.folded.startswith(words_zh.NOT_SUNDAY, end) else _run_of_days(source.folded, end)
    if not days:
        return source.put(entry, place, end) if named or counted else 0
    source.put_all((entry,) * named, place, end)
    for offset in range(days):
        value = words_zh.WEEKDAY_SIGNS[source.folded[end + offset]]
        start = place if not (offset or named) else end + offset
        source.put(Entry(Kind.WEEKDAY, value, "more" if offset else ""), start, end + offset + 1)
    return end + days


def _is_counted(source: Source) -> bool:
    """True behind 两, where 周 is a unit; false behind 第一个 and 两个, where it begins a weekday."""
    if not source.follows(Kind.NUMBER, Kind.SOME):
        return False
    return not any(token.kind is Kind.NTH or token.text == "最后" for token in source.tokens[-3:])


def _run_of_days(folded: str, place: int) -> int:
    """How many signs at `place` are weekdays: one, or several that grow and are no clock time."""
    signs, end = words_zh.WEEKDAY_SIGNS, place
    if folded[place : place + 1].isdigit():
        after = folded[place + 1 : place + 2]
        return int(folded[place] in signs and not (after.isdigit() or after in (":", "点", "个", "-")))
    while end < len(folded) and folded[end] in signs and not folded[end].isdigit():
        if end > place and folded.startswith(words_zh.NOT_SUNDAY, end):
            break  # 周二日程
        if end > place and signs[folded[end]] <= signs[folded[end - 1]]:
            break
        end += 1
    after = folded[end : end + 1]
    is_clock = bool(after) and (after in "点:时个十半号月年" or after in NUMERALS)
    return 1 if end - place > 1 and is_clock else end - place
