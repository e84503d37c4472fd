"""What a button's text may speak of: where it leads, which slot it takes, whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.cards.cadence import cadence
from bot.cards.escape import name
from bot.cards.times import TimeWords
from bot.model.deeds import BookSeries, Move, SetDigest
from bot.model.digest_orders import DigestOrder
from bot.model.steps import Step, Verb
from bot.model.time import Window, WindowKind

MOST_BUTTONS = 4
_INSTANT = timedelta(microseconds=1)
_NEAR_DAYS = 6


@dataclass(frozen=True, slots=True)
class ButtonFacts:
    """As words.button wants them; what a button has nothing to do with is empty.

    `clock` is the start of a slot and `count` how many people it is for; `number` is set where slots are numbered on
    the card. `minutes` is a length, `retry` how many people are asked again. Of a digest, `clock` is when it goes out
    and `where` the last day of a pause; of a series, `where` is how it repeats. `soon`: this week's. `week`: it leads
    to the whole of the next. `moving`: the slot is another one for a meeting that is there.
    """

    where: str = ""
    clock: str = ""
    count: int = 0
    number: int = 0
    minutes: int = 0
    name: str = ""
    retry: int = 0
    soon: bool = False
    week: bool = False
    moving: bool = False


def button_facts(step: Step, times: TimeWords, *, seen_from: Sequence[Window], retry: int) -> ButtonFacts:
    """The facts of one button on a card that shows the windows `seen_from`."""
    slot = step.slot
    duration = step.request.duration if step.request else None
    if isinstance(step.deed, SetDigest):
        return _of_digest(step.deed.order, times)
    if isinstance(step.deed, BookSeries):
        return _of_series(step, step.deed, times)
    return ButtonFacts(
        where=_where(step, times, seen_from) if step.windows else "",
        clock=_start(slot.interval.start, times, seen_from) if slot else "",
        count=step.count,
        number=step.number,
        minutes=int(duration.total_seconds() // 60) if duration else 0,
        name=name(step.name) if step.name else "",
        retry=retry,
        soon=step.soon,
        moving=isinstance(step.deed, Move),
        week=bool(step.windows) and _is_next_week(step.windows[0], times),
    )


def _is_next_week(window: Window, times: TimeWords) -> bool:
    """True for the whole week behind the one that the card is read in."""
    monday = times.today + timedelta(days=7 - times.today.weekday())
    first, last = times.local(window.start).date(), times.local(window.end - _INSTANT).date()
    return window.kind is WindowKind.DAYS and (first, last) == (monday, monday + timedelta(days=6))


def _of_series(step: Step, deed: BookSeries, times: TimeWords) -> ButtonFacts:
    clock = times.clock(deed.series.first.start) if step.timed else ""
    return ButtonFacts(where=cadence(deed.series.rule, times), clock=clock, number=step.number)


def _of_digest(order: DigestOrder, times: TimeWords) -> ButtonFacts:
    until = order.paused_until
    near = until is not None and (until - times.today).days <= _NEAR_DAYS
    return ButtonFacts(
        where=(times.weekday(until) if near else times.dated(until)) if until else "",
        clock=times.time_of_day(time(*divmod(order.at, 60))) if order.at is not None else "",
    )


def _where(step: Step, times: TimeWords, seen_from: Sequence[Window]) -> str:
    """The last day where it looks farther; another reading in full, where the card shows no windows to differ from."""
    if step.verb is Verb.FARTHER:
        return times.day(step.windows[-1].start)
    in_full = step.verb is Verb.OTHER and not seen_from
    return times.reading(step.windows) if in_full else times.moved(step.windows, seen_from)


def _start(moment: datetime, times: TimeWords, seen_from: Sequence[Window]) -> str:
    """The clock, with its day where the card is not about that one day."""
    days = {times.local(window.start).date() for window in seen_from} | {
        times.local(window.end - _INSTANT).date() for window in seen_from
    }
    day = times.local(moment).date()
    alone = days == {day} if days else day == times.today
    return times.clock(moment) if alone else times.at(moment, near=True)
