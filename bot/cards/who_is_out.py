"""Who is out, in lines: until when, from when, on which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from bot.cards.escape import name
from bot.cards.groups import is_opted_out, opted_out_group
from bot.cards.lines import said_once
from bot.cards.times import TimeWords
from bot.model.freebusy import Verdict
from bot.model.people import Missing, Person, UnknownReason
from bot.model.replies import Absence, WhoIsOut
from bot.model.time import Interval, span

_MOST_NAMED = 12
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody on a line: away `until` a time, `since` one, at `spans`, or, where all are empty, throughout."""

    name: str
    until: str = ""
    since: str = ""
    spans: tuple[str, ...] = ()
    reason: UnknownReason | None = None


def _unknown(verdicts: Sequence[Verdict]) -> list[Away]:
    named = [each for each in verdicts if each.unknown]
    reasons = said_once([each.unknown.reason if each.unknown else None for each in named[:_MOST_NAMED]])
    return [Away(_called(each.who), reason=reason) for each, reason in zip_longest(named, reasons)]


def out_values(reply: WhoIsOut, times: TimeWords) -> dict[str, Any]:
    """The people of each line, at most 12 by name, and how many there are of each kind."""
    whole = span(reply.windows)
    days = times.local(whole.start).date() != times.local(whole.end - _INSTANT).date()
    out = [_away(each, times, days=days) for each in reply.out]
    unknown = [each for each in reply.unknown if not is_opted_out(each)]
    groups = {
        "out": out,
        "busy": [Away(_called(each.who)) for each in reply.busy],
        "off": [Away(_called(each.who)) for each in reply.off],
        "unknown": _unknown(unknown),
    }
    opted_out = [each for each in reply.unknown if is_opted_out(each)]
    people = len(reply.verdicts) - len(opted_out)
    return {
        "groups": [(kind, len(named), named[:_MOST_NAMED]) for kind, named in groups.items() if named],
        "people": people,
        "out": len(out),
        "busy": len(reply.busy),
        "taken": len(reply.busy) + len(reply.off),
        "unknown": len(unknown),
        "opted_out": opted_out_group(opted_out) if opted_out else None,
        "rest": people - sum(map(len, groups.values())),
        "one": _called(reply.verdicts[0].who) if people == len(reply.verdicts) == 1 else "",
        "when": "" if days else times.near(whole.start),
        "shown": [times.window(*each) for each in zip(reply.windows[:4], reply.day_notes, strict=False)],
        "state": "off" if reply.leave is None else "failed" if reply.leave.failed else "read",
        "failed": reply.leave.failed if reply.leave else None,
    }


def _away(absence: Absence, times: TimeWords, *, days: bool) -> Away:
    called, off, asked = _called(absence.who), absence.times, absence.asked
    if days:
        return Away(called, spans=tuple(_dated(each, times) for each in absence.leave[:3]))
    if absence.whole:
        return Away(called)
    if len(off) == 1 and off[0].start == asked[0].start:
        return Away(called, until=times.clock(off[0].end))
    if len(off) == 1 and off[0].end == asked[-1].end:
        return Away(called, since=times.clock(off[0].start))
    return Away(called, spans=tuple(map(times.hours, _joined(absence))))


def _joined(absence: Absence) -> Sequence[Interval]:
    """The leave itself, which goes on over a break."""
    whole = Interval(absence.asked[0].start, absence.asked[-1].end)
    return [inside for each in absence.leave if (inside := each.clip(whole))][:3]


def _dated(leave: Interval, times: TimeWords) -> str:
    """周二 3/17 · 周二 3/17–周三 3/18 · 周二 3/17 09:00–12:00."""
    first, last = times.day(leave.start), times.day(leave.end - _INSTANT)
    if first != last:
        return f"{first}–{last}"
    return first if leave.length >= timedelta(hours=23) else f"{first} {times.hours(leave)}"


def _called(who: Person | Missing) -> str:
    return name(who.label) if who.label else ""
