"""The occurrences of a series as phrases of their own, the first of which is not over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.language.days import Coming, Date, Days, Month, Moved, Nth, Relative, Series, Weekday
from bot.language.resolve.calendar import Calendar
from bot.language.resolve.policy import Policy
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.tags import Unit
from bot.language.values import Phrase

_FARTHEST = 60
"""How many candidates are looked at for as many occurrences as are wanted."""


def occurring(series: Series, phrases: list[Phrase], *, policy: Policy, most: int) -> list[Phrase]:
    """The phrases with the first `most` occurrences in place of the days that repeat."""
    asked, others = [phrase for phrase in phrases if not phrase.sign], [phrase for phrase in phrases if phrase.sign]
    model = next((phrase for phrase in asked if phrase.day is not None), next(iter(asked), None))
    if model is None:
        return phrases
    said = next((phrase.time for phrase in phrases if phrase.time is not None and not phrase.sign), None)
    last = last_day(series, policy)
    found: list[Phrase] = []
    for day in _days(series):
        phrase = replace(model, day=day, time=said)
        if _is_ahead(phrase, policy):
            if last and _begins(phrase, policy) > last:
                break
            found.append(phrase)
        if len(found) == most:
            break
    return found + others


def last_day(series: Series, policy: Policy) -> date | None:
    """The last day that a series may reach; None where no end is said."""
    if series.until is None:
        return None
    return Calendar(policy.today, policy.today).stretch(series.until).stop - timedelta(days=1)


def rule_of(series: Series, policy: Policy, *, timed: bool) -> str:
    """The RRULE value of a series: its end is a day, or the last second of it in UTC where hours are said."""
    last = last_day(series, policy)
    if last is None:
        return series.rule
    if not timed:
        return f"{series.rule};UNTIL={last:%Y%m%d}"
    stop = datetime.combine(last, time(23, 59, 59), tzinfo=policy.zone).astimezone(UTC)
    return f"{series.rule};UNTIL={stop:%Y%m%dT%H%M%SZ}"


def _begins(phrase: Phrase, policy: Policy) -> date:
    return policy.read(phrase).windows[0].start.astimezone(policy.zone).date()


def _is_ahead(phrase: Phrase, policy: Policy) -> bool:
    """False for one that is over, and for the 31st of a month that has no such day."""
    try:
        return not policy.read(phrase).past
    except NoSuchTimeError:
        return False


def parted(phrases: list[Phrase], *, policy: Policy) -> list[Phrase]:
    """The phrases with each of "the next two Fridays" as a phrase of its own."""
    found: list[Phrase] = []
    for phrase in phrases:
        if isinstance(phrase.day, Coming):
            series = Series((phrase.day.weekday,))
            found += occurring(series, [phrase], policy=policy, most=phrase.day.count)
        else:
            found.append(phrase)
    return found


def _days(series: Series) -> list[Days]:
    """Candidates in order of time."""
    if series.month_day:
        return [
            Date(series.month_day, months=months) for months in range(0, _FARTHEST * series.interval, series.interval)
        ]
    if not series.weekdays:
        return [Relative(days) for days in range(0, _FARTHEST * series.interval, series.interval)]
    if series.nth:
        return [Nth(series.nth, series.weekdays[0], Month(months=months)) for months in range(_FARTHEST)]
    return [
        Moved(Weekday(weekday, week=0), weeks, Unit.WEEK) if weeks else Weekday(weekday, week=0)
        for weeks in range(0, _FARTHEST * series.interval, series.interval)
        for weekday in series.weekdays
    ]
