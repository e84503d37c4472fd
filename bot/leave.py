"""Who is on leave: asked for 100 people at a time, at most every half hour, and nothing while it is off.

What cannot be read is LeaveUnread, with the reason. Whoever asks while a call is on its way shares the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.dingtalk import attendance as wire
from bot.dingtalk.http import Api
from bot.errors import RemoteError
from bot.model.leave import LeaveRead, LeaveSpan, LeaveUnread
from bot.model.people import StaffId, UnknownReason, reason_of
from bot.model.time import Interval

Found = tuple[LeaveSpan, ...] | LeaveUnread
_KEPT_SECONDS = 1800.0
_FAILED_SECONDS = 60.0
_MOST_KEPT = 20_000
_WEEKS = timedelta(days=24)
_DAY = timedelta(days=1)
_AROUND = timedelta(days=1)
"""Days begin at other instants elsewhere: what is read reaches so much farther than what is asked."""


@dataclass(frozen=True, slots=True)
class _Kept:
    over: Interval
    found: Found
    until: float
    """Loop time."""


class Leave:
    """Everybody's leave as the app may see it; nobody is asked about whom no question names."""

    def __init__(self, api: Api, *, enabled: bool, kept_seconds: float = _KEPT_SECONDS) -> None:
        self._api = api
        self._enabled = enabled
        self._kept_seconds = kept_seconds
        self._kept: dict[StaffId, _Kept] = {}
        self._wanted: dict[Interval, dict[StaffId, None]] = {}
        self._turn = asyncio.Lock()

    async def of(self, people: Iterable[StaffId], *, window: Interval) -> Mapping[StaffId, Found]:
        """The leave of each person around `window`; nobody is in it while leave is off.

        Never raises a RemoteError. Raises ValueError for more than half a year, which no question has.
        """
        if not self._enabled:
            return {}
        asked, now = list(dict.fromkeys(people)), asyncio.get_running_loop().time()
        around = Interval(window.start - _AROUND, window.end + _AROUND)
        missing = [person for person in asked if self._fresh(person, around, at=now) is None]
        if missing:
            self._wanted.setdefault(_weeks(around), {}).update(dict.fromkeys(missing))
            async with self._turn:
                await self._read_wanted()
        failed = LeaveUnread(UnknownReason.FAILED)
        known = {person: self._fresh(person, around, at=now) for person in asked}
        return {person: failed if found is None else found for person, found in known.items()}

    def _fresh(self, person: StaffId, over: Interval, *, at: float) -> Found | None:
        """What is kept of somebody that reaches far enough and was young enough `at` a loop time; `()` is no leave."""
        kept = self._kept.get(person)
        if kept is None or kept.until < at or over.clip(kept.over) != over:
            return None
        return kept.found

    async def _read_wanted(self) -> None:
        """Reads all that whoever waits for this turn wants; often somebody else's turn has done so already."""
        wanted, self._wanted = self._wanted, {}
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        for over, everybody in wanted.items():
            people = list(everybody)
            for first in range(0, len(people), wire.MAX_PEOPLE):
                await self._read(people[first : first + wire.MAX_PEOPLE], over)

    async def _read(self, people: list[StaffId], over: Interval) -> None:
        now = asyncio.get_running_loop().time()
        until = now + self._kept_seconds
        found: dict[StaffId, Found]
        try:
            rows = await wire.leave_statuses(self._api, people=people, start=over.start, end=over.end)
            found = {person: _found([row for row in rows if row.user_id == person]) for person in people}
        except RemoteError as error:
            until = now + min(_FAILED_SECONDS, self._kept_seconds)
            found = dict.fromkeys(people, LeaveUnread(reason_of(error)))
        self._kept.update({person: _Kept(over, each, until) for person, each in found.items()})


def _weeks(around: Interval) -> Interval:
    """What is read for a question: from before its Monday on for three weeks, so that one call serves many."""
    first = (around.start + _AROUND + _DAY / 2).replace(hour=0, minute=0, second=0, microsecond=0)
    start = min(first - first.weekday() * _DAY - 2 * _DAY, around.start)
    return Interval(start, max(start + _WEEKS, around.end))


def leave_read(found: Mapping[StaffId, Found]) -> LeaveRead | None:
    """Whether leave could be read of everybody; None where nobody looked."""
    if not found:
        return None
    unread = [each for each in found.values() if isinstance(each, LeaveUnread)]
    return LeaveRead(next((each.reason for each in unread if not each.theirs), None))


def worst(parts: Iterable[LeaveRead | None]) -> LeaveRead | None:
    """What several readings together say."""
    read = [part for part in parts if part is not None]
    return next((part for part in read if part.failed), read[0] if read else None)


def _found(rows: list[wire.LeaveStatus]) -> Found:
    spans = [LeaveSpan(row.start, row.end, row.days) for row in rows if row.start and row.end]
    if len(spans) < len(rows):
        return LeaveUnread(UnknownReason.UNREADABLE, theirs=True)
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))
