"""Who is on leave: asked for 100 people at a time, at most every half hour, and nothing while it is off.

What cannot be read is LeaveUnread, with the reason. Whoever asks while a call is on its way shares the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
_AHEAD = timedelta(days=17)
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

    def __init__(self, api: Api, *, enabled: bool, clock: Callable[[], datetime]) -> None:
        self._api = api
        self._enabled = enabled
        self._clock = clock
        self._kept: dict[StaffId, _Kept] = {}
        self._wanted: dict[Interval, dict[StaffId, None]] = {}
        self._turn = asyncio.Lock()

    async def of(self, people: Iterable[StaffId], *, window: Interval) -> Mapping[StaffId, Found]:
        """The leave of each person around `window`; nobody is in it while leave is off. Never raises a RemoteError."""
        if not self._enabled:
            return {}
        asked = list(dict.fromkeys(people))
        over = self._around(window)
        missing = [person for person in asked if self._fresh(person, over) is None]
        if missing:
            self._wanted.setdefault(over, {}).update(dict.fromkeys(missing))
            async with self._turn:
                await self._read_wanted()
        failed = LeaveUnread(UnknownReason.FAILED)
        known = {person: self._fresh(person, over) for person in asked}
        return {person: failed if found is None else found for person, found in known.items()}

    def _around(self, window: Interval) -> Interval:
        """What is read for `window`: mostly the same two weeks, so that one call serves all questions of half an hour.

        Raises ValueError for more than 178 days, which no question has.
        """
        wanted = Interval(window.start - _AROUND, window.end + _AROUND)
        today = self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        usual = Interval(today - 2 * _DAY, today + _AHEAD)
        return usual if wanted.clip(usual) == wanted else wanted

    def _fresh(self, person: StaffId, over: Interval) -> Found | None:
        """What is kept of somebody that is young enough and reaches far enough; `()` is no leave."""
        kept = self._kept.get(person)
        if kept is None or kept.until <= asyncio.get_running_loop().time() or over.clip(kept.over) != over:
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
        until = asyncio.get_running_loop().time() + _KEPT_SECONDS
        found: dict[StaffId, Found]
        try:
            rows = await wire.leave_statuses(self._api, people=people, start=over.start, end=over.end)
            found = {person: _found([row for row in rows if row.user_id == person]) for person in people}
        except RemoteError as error:
            until += _FAILED_SECONDS - _KEPT_SECONDS
            found = dict.fromkeys(people, LeaveUnread(reason_of(error)))
        self._kept.update({person: _Kept(over, each, until) for person, each in found.items()})


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
