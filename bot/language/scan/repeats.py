"""How often a series is held (共10次, 10 times, for 10 weeks), which stands beside its time and is none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.language.days import Series
from bot.language.words.repeats import DIGITS, HUNDRED, REPEATS, STEADY, TEN, TIMES, WEEKLY, WEEKS

_READ = 500
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Held:
    """How often something is held or for how many weeks, 0 where not said; `weekly`: on some day of each week."""

    times: int = 0
    weeks: int = 0
    weekly: bool = False

    def count(self, series: Series) -> int:
        """COUNT of the rule of `series`; 0 where it has none."""
        if self.times or not self.weeks or series.nth or series.month_day:
            return self.times
        if not series.weekdays:
            return -(-_DAYS * self.weeks // series.interval)
        return -(-self.weeks // series.interval) * len(series.weekdays)


def without_count(text: str) -> tuple[str, Held]:
    """A text with how often its series is held taken out, each sign by a space, and that; any other as it is."""
    if not REPEATS.search(text, 0, _READ):
        return text, Held()
    weekly = WEEKLY.search(text, 0, _READ) is not None
    for pattern in (WEEKS, TIMES):
        found = pattern.search(text, 0, _READ)
        if found:
            count = number(next(filter(None, found.groups())))
            blank = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
            times, weeks = (0, count) if pattern is WEEKS else (count, 0)
            return blank, Held(times, weeks, weekly)
    return text, Held(weekly=weekly)


def without_steady(title: str | None) -> str | None:
    """The title of a meeting that is sought for each week; "a fixed weekly time" is none."""
    return None if title is not None and title.casefold() in STEADY else title


def number(text: str) -> int:
    """The value of digits, or of 十二 and 一百."""
    if text.isdigit() and text.isascii():
        return int(text)
    value = digit = 0
    for sign in text:
        if sign in (TEN, HUNDRED):
            value += (digit or 1) * (10 if sign == TEN else 100)
            digit = 0
        else:
            digit = DIGITS[sign]
    return value + digit
