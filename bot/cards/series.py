"""What the cards of a series say: how it repeats, which times suit, who is in the way when, what does better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.cards.cadence import cadence
from bot.cards.escape import name
from bot.cards.maps import unseen_groups
from bot.cards.times import TimeWords
from bot.model.meetings import Meeting, Slot
from bot.model.people import Missing, Person, StaffId
from bot.model.replies import Occurrence, SeriesBooked, SeriesShown
from bot.model.requests import Request
from bot.model.series import Series, read_rule

AboutSeries = SeriesShown | SeriesBooked
_MOST_NAMES = 8
_FEW_NAMES = 3
_MOST_LINES = 5
_MOST_UNKNOWN = 4
_MANY = 8


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """One series: how it repeats and when, how often in all and at how many of these it suits.

    `weeks`: each time is in a week of its own, so that they are counted as weeks.
    """

    cadence: str
    clock: str
    count: int
    suiting: int
    weeks: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class ClashFacts:
    """What speaks against one time: `kind` is busy, tentative or unknown; `until` stands where one person is busy."""

    kind: str
    day: str
    names: tuple[str, ...]
    count: int
    until: str = ""


def series_values(reply: AboutSeries, times: TimeWords) -> dict[str, Any]:
    """What the template of such a reply needs beside the reply and the times."""
    return _shown(reply, times) if isinstance(reply, SeriesShown) else _booked(reply, times)


def _shown(reply: SeriesShown, times: TimeWords) -> dict[str, Any]:
    card = reply.card
    suiting = reply.suiting or (0,) * len(card.options)
    here = replace(times, zone=card.options[0].zone) if card.options else times
    options = [_facts(series, count, here) for series, count in zip(card.options, suiting, strict=True)]
    always = {person.staff_id for person in reply.always_busy}
    clashes = [clash for time in reply.times for clash in _clashes(time, always, here)]
    seen = 1 + len(reply.guests) - len(reply.unseen)
    return {
        "options": options,
        "seen": seen,
        "dates": _dates(card.options[0], here) if card.options else "",
        "zone": here.in_zone(),
        "elsewhere": _elsewhere(card.options[0], times) if card.options else (),
        "names": _names(reply.guests, _MOST_NAMES),
        "guests": len(reply.guests),
        "many": len(reply.guests) > _MANY,
        **_meeting(reply.question.request),
        "left_over": [name(words) for words in card.left_over],
        "always": _names(reply.always_busy, _FEW_NAMES),
        "always_count": len(reply.always_busy),
        "clashes": clashes[:_MOST_LINES],
        "more": len(clashes) - _MOST_LINES,
        "holidays": _holidays([(time.interval.start, time.holiday) for time in reply.times if time.holiday], here),
        "skipped": _months(card.options[0].skipped, times) if card.options else "",
        "unseen": unseen_groups(reply.unseen, most_names=_MOST_UNKNOWN),
        "not_invited": _names(reply.not_invited, _FEW_NAMES),
        "not_invited_count": len(reply.not_invited),
        "checked": times.clock(reply.checked_at) if reply.checked_at else "",
        "refusal": card.refusal,
    }


def _booked(reply: SeriesBooked, times: TimeWords) -> dict[str, Any]:
    made = reply.card.made
    here = replace(times, zone=made.series.zone)
    return {
        "series": _facts(made.series, 0, here),
        "dates": _dates(made.series, here),
        "zone": here.in_zone(),
        "elsewhere": _elsewhere(made.series, times),
        "names": _names(reply.people, _MOST_NAMES),
        "people": len(reply.people),
        **_meeting(reply.question.request),
        "unknown": _names(reply.unknown, _FEW_NAMES),
        "unknown_count": len(reply.unknown),
        "holidays": _holidays([(at.start, called) for at, called in reply.holidays], here),
        "organizer": name(made.booking.organizer_name),
        "clock": times.clock(made.booking.booked_at),
        "refusal": reply.card.refusal,
    }


def repeated(meeting: Meeting, times: TimeWords) -> SeriesFacts:
    """A series by the bot's own record, by the clocks it was made by."""
    rule, _ = read_rule(meeting.rule)
    series = Series(rule, meeting.zone or times.zone, tuple(map(Slot, meeting.times)))
    return _facts(series, 0, replace(times, zone=series.zone))


def _facts(series: Series, suiting: int, times: TimeWords) -> SeriesFacts:
    said, rule = cadence(series.rule, times), series.rule
    plural = rule.interval == 1 and bool(rule.weekdays) and not rule.nth
    clock = times.clock(series.first.start)
    return SeriesFacts(said[0].upper() + said[1:], clock, len(series.occurrences), suiting, rule.weekly, plural)


def _clashes(time: Occurrence, always: set[StaffId], times: TimeWords) -> Iterable[ClashFacts]:
    day = times.date(times.local(time.interval.start).date())
    busy = [(person, until) for person, until in time.busy if person.staff_id not in always]
    if busy:
        until = busy[0][1] if len(busy) == 1 else None
        names = _names([person for person, _ in busy], _FEW_NAMES)
        yield ClashFacts("busy", day, tuple(names), len(busy), times.clock(until) if until else "")
    for kind, people in (("tentative", time.tentative), ("unknown", time.unknown)):
        if people:
            yield ClashFacts(kind, day, tuple(_names(people, _FEW_NAMES)), len(people))


def _holidays(days: Sequence[tuple[Any, tuple[str, str] | None]], times: TimeWords) -> list[tuple[str, str]]:
    """Each with its name, the first few."""
    found = [(times.date(times.local(start).date()), called) for start, called in days if called]
    return [(day, called[0] if times.chinese else called[1]) for day, called in found[:_FEW_NAMES]]


def _elsewhere(series: Series, times: TimeWords) -> tuple[str, ...]:
    """The chat's zone with the day and the hour of the first time there, where the series goes by other clocks."""
    first = series.first.start
    return () if series.zone == times.zone else (times.in_zone(), times.day(first), times.clock(first))


def _dates(series: Series, times: TimeWords) -> str:
    """3/18 – 5/6 · 18 Mar – 6 May; the last with its year where it is as late in another one."""
    first, last = (times.local(slot.interval.start) for slot in (series.occurrences[0], series.occurrences[-1]))
    if first == last:
        return times.date(first.date())
    is_later = last.year > first.year and (last.month, last.day) >= (first.month, first.day)
    return f"{times.date(first.date())} – {times.day(last) if is_later else times.date(last.date())}"


def _months(months: Sequence[date], times: TimeWords) -> str:
    """4 月、6 月 · April, June."""
    if times.chinese:
        return "、".join(f"{month.month} 月" for month in months)
    return ", ".join(f"{month:%b}" for month in months)


def _meeting(request: Request) -> dict[str, Any]:
    return {
        "title": name(request.title) if request.title else "",
        "online": request.video,
        "reminder": -1 if request.reminder is None else round(request.reminder.total_seconds() / 60),
        "place": name(request.place) if request.place else "",
    }


def _names(people: Sequence[Person | Missing], most: int) -> list[str]:
    called = (who.label for who in people[:most])
    return [name(each) if each else "" for each in called]
