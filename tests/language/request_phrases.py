"""How each language says the chosen day, time and question; the same calls for both."""

from dataclasses import dataclass

import request_words_en as en
import request_words_zh as zh
from request_rules import Day, Span

Choice = tuple[str, Span]
DayWords = tuple[str, str, Day]  # bare, after a clock time, meaning
NO_DAY: DayWords = ("", "", Day("none"))


@dataclass(frozen=True, slots=True)
class Language:
    """One language's tables and the few phrases that are not a table."""

    code: str
    names: tuple[str, ...]
    days: tuple[DayWords, ...]
    points: tuple[Choice, ...]
    ranges: tuple[Choice, ...]
    parts: tuple[Choice, ...]
    open_ends: tuple[Choice, ...]
    durations: tuple[tuple[str, int], ...]
    zones: tuple[tuple[str, str], ...]
    who_free: tuple[str, ...]
    is_free: tuple[str, ...]
    book: tuple[str, ...]
    find: tuple[str, ...]
    now: tuple[str, ...]
    # {n}: a number
    minutes_later: str
    hours_later: str
    within_hours: str
    next_days: str
    by_day: str  # the day belongs to it
    before_day: str  # the day does not
    weeks: tuple[tuple[str, int], ...]  # weeks from this one
    months: tuple[tuple[str, int], ...]
    either: str  # {a} {b}
    next_week_from_to: str

    def phrase(self, day: DayWords, time: Choice) -> str:
        """A day and a time in one phrase, as people put them together."""
        return _chinese(day, time) if self.code == "zh" else _english(day, time)

    def in_zone(self, day: DayWords, time: str, zone: str) -> str:
        """A day and a clock time of a zone."""
        return f"{zone}时间{_spaced(day[0], time)}" if self.code == "zh" else f"{time} {zone} {day[1]}"

    def weekday(self, number: int) -> str:
        return "周" + zh.WEEKDAYS[number] if self.code == "zh" else ENGLISH_WEEKDAYS[number]


ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _spaced(left: str, right: str) -> str:
    digits = left[-1:].isdigit() and right[:1].isdigit()
    return f"{left} {right}" if digits else left + right


def _chinese(day: DayWords, time: Choice) -> str:
    return _spaced(day[0], time[0])


def _english(day: DayWords, time: Choice) -> str:
    (bare, after, meaning), (words, span) = day, time
    if span.kind == "day":
        return after
    if span.kind != "part":
        return f"{words} {after}".strip()
    if bare in ("", "today"):
        return "at lunchtime" if words == "lunchtime" else f"this {words}"
    if meaning.how in ("date", "of_month") or "next week" in bare or "after next" in bare:
        return f"{after} at lunchtime" if words == "lunchtime" else f"{after} in the {words}"
    return f"{bare} {words}"


ZH = Language(
    code="zh",
    names=zh.NAMES,
    days=tuple((text, text, day) for text, day in zh.DAYS),
    points=zh.POINTS,
    ranges=zh.RANGES,
    parts=zh.PARTS,
    open_ends=zh.OPEN_ENDS,
    durations=zh.DURATIONS,
    zones=zh.ZONES,
    who_free=zh.WHO_FREE,
    is_free=zh.IS_FREE,
    book=zh.BOOK,
    find=zh.FIND,
    now=("谁现在有空", "{who}现在有空吗", "{who}这会儿在忙吗", "现在有人方便吗？急"),
    minutes_later="{n}分钟后",
    hours_later="{n}个小时后",
    within_hours="{n}小时内",
    next_days="未来{n}天",
    by_day="最晚{day}",
    before_day="{day}之前",
    weeks=(("本周", 0), ("这周", 0), ("下周", 1), ("下下周", 2)),
    months=(("本月", 0), ("下个月", 1)),
    either="{a}或者{b}",
    next_week_from_to="下{a}到{b}",
)

EN = Language(
    code="en",
    names=en.NAMES,
    days=en.DAYS,
    points=en.POINTS,
    ranges=en.RANGES,
    parts=en.PARTS,
    open_ends=en.OPEN_ENDS,
    durations=en.DURATIONS,
    zones=en.ZONES,
    who_free=en.WHO_FREE,
    is_free=en.IS_FREE,
    book=en.BOOK,
    find=en.FIND,
    now=("who's free now", "is {who} free right now?", "is {who} busy at the moment", "anyone around now? urgent"),
    minutes_later="in {n} minutes",
    hours_later="in {n} hours",
    within_hours="within {n} hours",
    next_days="in the next {n} days",
    by_day="by {day}",
    before_day="before {day}",
    weeks=(("this week", 0), ("next week", 1), ("the week after next", 2)),
    months=(("this month", 0), ("next month", 1)),
    either="{a} or {b}",
    next_week_from_to="next {a} to {b}",
)
