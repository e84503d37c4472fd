"""The stretches of a search in which people are free together, however long they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.availability.intervals import clip, union
from bot.availability.sought import Attendee, Sought, off_work, searched
from bot.model.time import Interval


def common_stretches(sought: Sought, *, shortest: timedelta) -> list[Interval]:
    """Where everybody required who can be seen is firmly free, or a quorum of all, in order; `duration` is not used.

    Whoever cannot be seen neither counts nor blocks; where nobody can be seen there is nothing. In hours that were not
    named nobody is free outside their own working time. A stretch ends at a break and at the end of its window, and is
    at least `shortest` long.
    """
    together = _together(sought)
    pieces = searched(sought)
    found = {stretch for piece in pieces for stretch in clip(together, [piece]) if stretch.length >= shortest}
    return sorted(found)


def _together(sought: Sought) -> list[Interval]:
    """Where enough people are free, whatever the windows: a sweep over what is seen and what is taken."""
    people = sought.required if sought.quorum is None else sought.attendees
    free: list[Interval] = []
    seen = taken = 0
    since: datetime | None = None
    for moment, more_seen, more_taken in _changes(people, sought):
        if since is not None and moment > since:
            free.append(Interval(since, moment))
        seen, taken = seen + more_seen, taken + more_taken
        enough = seen > 0 and taken == 0 if sought.quorum is None else seen - taken >= max(sought.quorum, 1)
        since = moment if enough else None
    return union(free)


def _changes(people: Sequence[Attendee], sought: Sought) -> list[tuple[datetime, int, int]]:
    """When more or fewer people can be seen, or have something (firm or not), in order."""
    changes = []
    off: dict[int, list[Interval]] = {}  # by the id of a calendar, as most people share one
    for each in people:
        known = each.free_busy
        if known is None:
            continue
        if id(each.calendar) not in off:
            off[id(each.calendar)] = off_work(each, sought)
        changes += [(known.window.start, 1, 0), (known.window.end, -1, 0)]
        taken = [*(item.interval for item in known.busy), *off[id(each.calendar)]]
        for run in union(interval for interval in taken if interval.overlaps(known.window)):
            start, end = max(run.start, known.window.start), min(run.end, known.window.end)
            changes += [(start, 0, 1), (end, 0, -1)]
    return sorted(changes)
