"""How something repeats, as people say it: 每周三, Wednesdays, first Monday of the month."""

from __future__ import annotations

from bot.cards.times import TimeWords
from bot.model.series import Frequency, SeriesRule

_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ZH_NUMBERS = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个", -1: "最后一个"}
_EN_NUMBERS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_WORKDAYS = (0, 1, 2, 3, 4)


def cadence(rule: SeriesRule, times: TimeWords) -> str:
    """In the middle of a line; English weekdays alone are in the plural."""
    return _zh(rule) if times.chinese else _en(rule)


def _zh(rule: SeriesRule) -> str:
    many = rule.interval > 1
    if rule.frequency is Frequency.DAILY:
        return f"每 {rule.interval} 天" if many else "每天"
    if rule.frequency is Frequency.WEEKLY:
        span = rule.weekdays == _WORKDAYS
        days = "周一至周五" if span else "、".join(f"周{_ZH_DAYS[day]}" for day in rule.weekdays)
        return {1: f"每{days}", 2: f"隔周{days}"}.get(rule.interval, f"每 {rule.interval} 周的{days}")
    every = f"每 {rule.interval} 个月" if many else "每月"
    if rule.month_day:
        return f"{every} {rule.month_day} 号"
    return f"{every}{_ZH_NUMBERS[rule.nth]}周{_ZH_DAYS[rule.weekdays[0]]}"


def _en(rule: SeriesRule) -> str:
    if rule.frequency is Frequency.DAILY:
        return f"every {rule.interval} days" if rule.interval > 1 else "every day"
    if rule.frequency is Frequency.WEEKLY:
        return _weeks(rule)
    day = _ordinal(rule.month_day) if rule.month_day else f"{_EN_NUMBERS[rule.nth]} {_EN_DAYS[rule.weekdays[0]]}"
    return f"{day} of every {rule.interval} months" if rule.interval > 1 else f"{day} of the month"


def _weeks(rule: SeriesRule) -> str:
    names = [_EN_DAYS[day] for day in rule.weekdays]
    if rule.interval == 1:
        return "weekdays" if rule.weekdays == _WORKDAYS else _and([f"{name}s" for name in names])
    if rule.interval == 2:
        return f"every other {_and(names)}"
    return f"{_and(names)} every {rule.interval} weeks"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
