"""A digest in lines: who has no time when, who cannot be seen, the days of the week to come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.cards.escape import name
from bot.cards.lines import said_once
from bot.cards.maps import hours_of, rows_of
from bot.cards.times import TimeWords
from bot.model.digest_orders import EditionKind
from bot.model.digests import DayPart, Engaged, Pause
from bot.model.people import UnknownReason
from bot.model.replies import DigestReply

_MOST_NAMED = (12, 8, 4)  # on a line
_MOST_BYTES = 2000  # of what stands on the lines of names; the rest of the card has what is left
_BESIDE_A_NAME = 30  # times, a reason or a separator, in bytes
_LINES = (*(part.value for part in DayPart), "tentative", "off", "unknown")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a line: `part` is the part of the day where the line does not say it.

    `until` and `since` are set where there is time after or before; both where it is taken in between. `free` are the
    hours within that which are not taken.
    """

    name: str
    part: DayPart | None = None
    until: str = ""
    since: str = ""
    free: tuple[str, ...] = ()
    rest_tentative: bool = False
    reason: UnknownReason | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody of one kind (one of `_LINES`); those who are counted but not named are `left_out`."""

    kind: str
    count: int
    people: tuple[Named, ...]
    left_out: int


def digest_values(reply: DigestReply, times: TimeWords) -> dict[str, Any]:
    """The lines, as many names on them as fit into a card, and what stands below them."""
    edition = reply.card.edition
    first = next((each for each in reply.days if each.hours), None)
    return {
        "near": times.near(reply.question.request.windows[0].start),
        "about": _about(reply, times),
        "best": times.span(reply.best.interval) if reply.best else "",
        "best_day": times.weekday(times.local(reply.best.interval.start).date()) if reply.best else "",
        "lines": _lines(reply, times),
        "week": _weeks_on(reply, times),
        "weekly": edition.digest.kind is EditionKind.WEEK,
        "instead_of": times.dated(reply.instead_of) if reply.instead_of else "",
        "team": name(edition.digest.team) if edition.digest.team else "",
        "late": edition.late,
        "again": times.clock(edition.retry_at) if edition.retry_at else "",
        "ahead": _ahead(reply.ahead, times) if reply.ahead else "",
        "at": times.time_of_day(edition.digest.at),
        "hours": hours_of(first, times) if first else "",
        "days": rows_of(reply.days),
    }


def _weeks_on(reply: DigestReply, times: TimeWords) -> int | None:
    """0 for an edition about this week, 1 for one about the next; None for any other, or for a day.

    One that is composed ahead is read on its own day, a preview at once.
    """
    edition = reply.card.edition
    if edition.week is None:
        return None
    seen = times.today if reply.card.drafted_by else max(times.today, edition.day)
    weeks = (edition.week - seen + timedelta(days=seen.weekday())).days // 7
    return weeks if weeks in (0, 1) else None


def _about(reply: DigestReply, times: TimeWords) -> str:
    """周六 10/10 补班 · 3/23–3/27 · 23–27 Mar: the day, or the first and the last day of a week."""
    if reply.days:
        return times.dates(reply.days[0].day, reply.days[-1].day)
    return times.day(reply.question.request.windows[0].start) + times.tag(reply.day_note)


def _lines(reply: DigestReply, times: TimeWords) -> list[Line]:
    people = _people(reply, times)
    most = next((most for most in _MOST_NAMED if _bytes(people, most) <= _MOST_BYTES), 0)
    return [
        Line(kind, len(named), _with_reasons(named[:most]), len(named) - len(named[:most]))
        for kind, named in people.items()
        if named
    ]


def _with_reasons(named: list[Named]) -> tuple[Named, ...]:
    reasons = said_once([one.reason for one in named])
    return tuple(replace(one, reason=reason) for one, reason in zip(named, reasons, strict=True))


def _people(reply: DigestReply, times: TimeWords) -> dict[str, list[Named]]:
    people: dict[str, list[Named]] = {kind: [] for kind in _LINES}
    for each in reply.engaged:
        people[each.part.value if each.firm else "tentative"].append(_named(each, times))
    people["off"] = [Named(name(who.label)) for who in reply.off]
    people["unknown"] = [
        Named(name(verdict.label) if verdict.label else "", reason=verdict.unknown.reason)
        for verdict in reply.unknown
        if verdict.unknown
    ]
    return people


def _named(each: Engaged, times: TimeWords) -> Named:
    return Named(
        name(each.who.label),
        part=None if each.firm else each.part,
        until=times.clock(each.until) if each.until else "",
        since=times.clock(each.since) if each.since else "",
        free=tuple(times.span(stretch) for stretch in each.between),
        rest_tentative=each.rest_tentative,
    )


def _bytes(people: dict[str, list[Named]], most: int) -> int:
    return sum(len(one.name.encode()) + _BESIDE_A_NAME for named in people.values() for one in named[:most])


def _ahead(pause: Pause, times: TimeWords) -> str:
    """周五 9/25 · 10/1–10/7: the days of a holiday, or the make-up day."""
    if pause.first == pause.last:
        return times.dated(pause.first)
    return times.dates(pause.first, pause.last)
