"""When people are busy: asked in batches of 20, all together, at most once a minute for the same asker.

What cannot be read is Unknown, with the reason; nobody becomes free for lack of data. Questions that are expected
together share their batches: one that is not full waits for the others' people.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from types import TracebackType
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.dingtalk import calendar as wire
from bot.dingtalk.http import Api
from bot.errors import PermissionDenied, RemoteError
from bot.model.causes import OnBehalfOf
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import UnionId, UnknownReason, reason_of
from bot.model.time import Interval
from bot.slices import sliced

BATCH = 20
_KEPT_SECONDS = 60.0
_MOST_KEPT = 200  # questions
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one person, and since when (loop time, seconds)."""

    known: FreeBusy | Unknown
    read_at: float


_Asked = tuple[UnionId, Interval]
"""In whose name, and over which window."""
_Batch = asyncio.Future[dict[UnionId, Reading]]
_Home = tuple[UnionId, tzinfo]
"""Whose calendar, and the zone in which they live: whoever moves is read anew."""
_Batches = dict[_Home, _Batch]


@dataclass(slots=True)
class _Open:
    """A batch that takes in people until it is full, or nobody else is to come."""

    future: _Batch
    zone: tzinfo
    people: dict[UnionId, tzinfo] = field(default_factory=dict)


class Expected:
    """A question that is still to be asked: `came` hears when it was, or was not needed."""

    def __init__(self, came: Callable[[Expected], None]) -> None:
        self._came = came

    def __enter__(self) -> None:
        self._outer = _together.set(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _together.reset(self._outer)
        self._came(self)


_together: ContextVar[Expected | None] = ContextVar("together", default=None)
"""The expected question that is being asked here and in the tasks that this starts."""


class Schedules:
    """Everybody's busy times as one asker may see them; answers are never shared between askers."""

    def __init__(self, api: Api, *, kept_seconds: float = _KEPT_SECONDS) -> None:
        self._api = api
        self._kept_seconds = kept_seconds
        self._asked: dict[_Asked, _Batches] = {}
        self._open: dict[_Asked, _Open] = {}
        self._to_come: set[Expected] = set()
        self._fetches: set[asyncio.Task[None]] = set()

    async def free_busy(
        self,
        read: OnBehalfOf,
        *,
        window: Interval,
        zone: tzinfo,
        zones: Mapping[UnionId, tzinfo] | None = None,
        anew: bool = False,
    ) -> dict[UnionId, Reading]:
        """What is known of each person over `window`. Never raises a RemoteError.

        An all-day item is the days of its owner: those of `zones` live there, everybody else in `zone`.

        Costs one call for each 20 people who were not read within a minute, or (`anew`) for each 20 people. What stayed
        unknown is asked again.
        """
        asker = read.asker.union_id
        kept, batches = self._kept(asker, window), {}
        for union_id in dict.fromkeys(person.union_id for person in read.people):
            home = (union_id, (zones or {}).get(union_id, zone))
            if anew or not self._is_fresh(kept.get(home)):
                self._add(kept, home, asker, window, zone)
            batches[union_id] = kept[home]
        self._came(_together.get())
        if batches:
            await asyncio.wait(set(batches.values()))
        return {union_id: batch.result()[union_id] for union_id, batch in batches.items()}

    def expect(self) -> Expected:
        """One more question that is going to be asked, inside `with` what is given back.

        Until all that are expected were asked, or turned out to need nothing, batches that are not full wait.
        """
        expected = Expected(self._came)
        self._to_come.add(expected)
        return expected

    async def aclose(self) -> None:
        """Ends what is still being asked."""
        for fetch in self._fetches:
            fetch.cancel()
        await asyncio.gather(*self._fetches, return_exceptions=True)

    def _came(self, expected: Expected | None) -> None:
        if expected:
            self._to_come.discard(expected)
        if not self._to_come:
            for asked in list(self._open):
                self._send(asked)

    def _add(self, kept: _Batches, home: _Home, asker: UnionId, window: Interval, zone: tzinfo) -> None:
        asked = (asker, window)
        batch = self._open.get(asked)
        if batch is None:
            batch = self._open[asked] = _Open(asyncio.get_running_loop().create_future(), zone)
        union_id, where = home
        batch.people[union_id] = where
        kept[home] = batch.future
        if len(batch.people) == BATCH:
            self._send(asked)

    def _send(self, asked: _Asked) -> None:
        batch, (asker, window) = self._open.pop(asked), asked
        fetch = asyncio.get_running_loop().create_task(
            self._fetch(batch.future, self._asked[asked], batch.people, asker, window, batch.zone)
        )
        self._fetches.add(fetch)
        fetch.add_done_callback(partial(self._ended, batch))

    def _ended(self, batch: _Open, fetch: asyncio.Task[None]) -> None:
        """A fetch that was cancelled before it began has said nothing: nobody waits for it for ever."""
        self._fetches.discard(fetch)
        if not batch.future.done():
            now, failed = asyncio.get_running_loop().time(), Unknown(UnknownReason.FAILED)
            batch.future.set_result({union_id: Reading(failed, now) for union_id in batch.people})

    async def _fetch(
        self,
        batch: _Batch,
        kept: _Batches,
        people: Mapping[UnionId, tzinfo],
        asker: UnionId,
        window: Interval,
        zone: tzinfo,
    ) -> None:
        """Fills the future of one batch, whatever happens."""
        known: dict[UnionId, FreeBusy | Unknown] = {}
        try:
            known = await self._ask(people, asker, window, zone)
        finally:
            now = asyncio.get_running_loop().time()
            failed = Unknown(UnknownReason.FAILED)
            readings = {union_id: Reading(known.get(union_id, failed), now) for union_id in people}
            for union_id, reading in readings.items():
                home = (union_id, people[union_id])
                if isinstance(reading.known, Unknown) and kept.get(home) is batch:
                    del kept[home]  # the next question asks again
            if not batch.done():
                batch.set_result(readings)

    async def _ask(
        self, people: Mapping[UnionId, tzinfo], asker: UnionId, window: Interval, zone: tzinfo
    ) -> dict[UnionId, FreeBusy | Unknown]:
        # Somebody's day off abroad may be the day before or after, and nobody says by whose clock DingTalk picks it.
        around = _DAY if any(home != zone for home in people.values()) else timedelta(0)
        start, end = (window.start - around).astimezone(zone), (window.end + around).astimezone(zone)
        try:
            answer = await wire.query_schedule(self._api, asker=asker, people=list(people), start=start, end=end)
        except RemoteError as error:
            scopes = error.scopes if isinstance(error, PermissionDenied) else ()
            return dict.fromkeys(people, Unknown(reason_of(error), ",".join(scopes)))
        by_person: dict[str, list[wire.ScheduleInformation]] = {}
        for entry in answer:
            by_person.setdefault(entry.user_id, []).append(entry)

        def known_of(each: UnionId) -> FreeBusy | Unknown:
            return free_busy_of(by_person.get(each, []), window, people[each])

        return dict(zip(people, await sliced(known_of, people), strict=True))

    def _kept(self, asker: UnionId, window: Interval) -> _Batches:
        """What was asked in the same name over the same window. Forgets what was asked long ago."""
        asked = (asker, window)
        kept = self._asked[asked] = self._asked.pop(asked, {})  # to the back: what was asked long ago stands in front
        for oldest in list(self._asked):
            batches = set(self._asked[oldest].values())
            under_way = any(not batch.done() for batch in batches)
            few = len(self._asked) <= _MOST_KEPT
            if oldest == asked or under_way or (few and any(map(self._is_fresh, batches))):
                break
            del self._asked[oldest]
        return kept

    def _is_fresh(self, batch: _Batch | None) -> bool:
        """True while a batch is on its way or young enough."""
        if batch is None or not batch.done():
            return batch is not None
        read_at = next(iter(batch.result().values())).read_at
        return read_at > asyncio.get_running_loop().time() - self._kept_seconds


class Entry(Protocol):
    """What DingTalk says of one calendar, a person's or a room's."""

    @property
    def error(self) -> str | None: ...

    @property
    def items(self) -> tuple[wire.ScheduleItem, ...] | None: ...


def free_busy_of(entries: Sequence[Entry], window: Interval, zone: tzinfo) -> FreeBusy | Unknown:
    """One calendar's entries as busy items. No entry, an error or an item that makes no sense: Unknown."""
    if not entries:
        return Unknown(UnknownReason.NO_ANSWER)
    for entry in entries:
        if entry.error:
            return Unknown(UnknownReason.NOT_SHARED, entry.error[:64])
        if entry.items is None:
            return Unknown(UnknownReason.UNREADABLE)
    try:
        busy = [item for entry in entries for raw in entry.items or () if (item := _busy(raw, zone))]
    except (ValueError, OverflowError):
        return Unknown(UnknownReason.UNREADABLE)
    inside = [item for item in busy if item.interval.overlaps(window)]
    return FreeBusy(window, tuple(sorted(inside, key=_by_start)))


def _by_start(item: Busy) -> datetime:
    return item.interval.start


@lru_cache(maxsize=4096)  # whoever is in one meeting has the very same item, and many meetings are read more than once
def _busy(item: wire.ScheduleItem, zone: tzinfo) -> Busy | None:
    """One item; None where it takes no time: it says so, or has no length. Raises ValueError for one without sense."""
    if item.status == "FREE":
        return None
    # RFC 5545 §3.2.9: an absent or unknown FBTYPE means BUSY
    status = BusyStatus.TENTATIVE if item.status == "TENTATIVE" else BusyStatus.BUSY
    if item.start.date_time is None and item.end.date_time is None:
        return Busy(_whole_days(item, zone), status)
    start, end = _instant(item.start), _instant(item.end)
    return None if start == end else Busy(Interval(start, end), status)


def _whole_days(item: wire.ScheduleItem, zone: tzinfo) -> Interval:
    """All-day items are calendar days of their owner's zone, whatever zone they name; the end is exclusive."""
    first, last = date.fromisoformat(item.start.date or ""), date.fromisoformat(item.end.date or "")
    if last == first:
        last = first + timedelta(days=1)  # an end written inclusively still blocks its day
    return Interval(_midnight(first, zone), _midnight(last, zone))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


@lru_cache(maxsize=1024)  # everybody's meetings begin and end on the same few half hours
def _instant(point: wire.WireTime) -> datetime:
    moment = datetime.fromisoformat(point.date_time or "")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    try:
        return moment.replace(tzinfo=ZoneInfo(point.time_zone or ""))
    except (KeyError, OSError) as error:
        raise ValueError("found a time without offset or zone") from error
