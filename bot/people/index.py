"""Who a typed name may mean: the index of the organisation, how its names are read, and the search at DingTalk.

The index is read from the pages of the departments, which cost none of the month's calls, and kept in the store. Only a
name that nobody of it has is searched for.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.dingtalk import contacts
from bot.dingtalk.http import Api
from bot.errors import PermissionDenied, RemoteError, StoreError
from bot.language import KnownNames
from bot.model.people import Person, StaffId, UnionId
from bot.names import Lookup, Match, Named, find, lookup_of, may_be_pinyin, named, nearest, signs_of
from bot.people.reader_names import ReaderNames
from bot.store import Store
from bot.store import people as people_table

log = structlog.get_logger(__name__)

_READ_AGAIN_AFTER = timedelta(days=1)
_GIVEN_UP_AFTER = timedelta(minutes=10)
_TRUSTED_FOR = timedelta(days=7)
_CHECKED_EVERY = timedelta(hours=1)  # another process may have read the organisation meanwhile
_HIT_KEPT, _MISS_KEPT = timedelta(days=1), timedelta(minutes=10)
_MOST_SEARCHES = 2_000
_AT_ONCE = 500  # rows in one transaction, so that a message waits for no long one
_READ_WITHIN = 10.0
_NAMED_WITHIN = 60.0  # seconds, for a directory of names


@dataclass(frozen=True, slots=True)
class _Index:
    people: Mapping[StaffId, Named]
    lookup: Lookup
    signs: frozenset[str]
    since: datetime | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class _Search:
    found: tuple[StaffId, ...]
    until: datetime


class Phonebook:
    """Typed names of one organisation. `departments` are read where its root may not be."""

    def __init__(self, api: Api, store: Store, *, departments: Iterable[int], clock: Callable[[], datetime]) -> None:
        self._api = api
        self._store = store
        self._departments = tuple(dict.fromkeys(departments))
        self._clock = clock
        self._index: _Index | None = None
        self._readings: dict[str, tuple[str, ...]] = {}
        self._learning = asyncio.Lock()
        self._indexing = asyncio.Lock()
        self._searches: dict[str, _Search] = {}
        self._searching: dict[str, asyncio.Task[tuple[StaffId, ...]]] = {}
        self._refused = ""
        self._limited = False
        self._for_reader = ReaderNames()
        self._naming: asyncio.Task[None] | None = None

    async def aclose(self) -> None:
        """Gives up what is being made beside the event loop."""
        if self._naming:
            self._naming.cancel()
            await asyncio.gather(self._naming, return_exceptions=True)

    async def refresh(self) -> None:
        """Reads the organisation anew where nobody has within a day. Raises StoreError."""
        await self._refresh()
        await self.prepare_names()

    def names(self, near: Iterable[str]) -> KnownNames | None:
        """The names that the reader knows, None without an index. Waits for nothing: newer ones are made meanwhile.

        `near` are names of the chat's team, which may be newer than the index.
        """
        team = frozenset(near)
        if self._naming is None and self._is_outdated(team):
            self._naming = asyncio.create_task(self._name(team), name="names")
            self._naming.add_done_callback(lambda _: setattr(self, "_naming", None))
        return self._for_reader.current

    async def prepare_names(self) -> None:
        """Returns once the names of the stored index are there for the reader."""
        for _ in range(2):  # what was begun before the organisation was read knows nobody of it
            self.names(())
            if self._naming:
                await asyncio.gather(self._naming, return_exceptions=True)

    def _is_outdated(self, team: frozenset[str]) -> bool:
        index = self._index
        if index is None or index.checked_at < self._clock() - _CHECKED_EVERY:
            return True
        return bool(index.people) and not self._for_reader.has(team)

    async def _name(self, team: frozenset[str]) -> None:
        try:
            async with asyncio.timeout(_NAMED_WITHIN):
                index = await self._indexed()
                names = frozenset(each.person.name for each in index.people.values())
                if names:
                    await self._learn(index.signs | {sign for name in team for sign in name if not sign.isascii()})
                    await self._heard(index)
                await self._for_reader.make(names | team if names else names, self._readings)
        except (StoreError, TimeoutError) as error:
            log.error("names_not_made", error=str(error))

    async def _refresh(self) -> None:
        now = self._clock()
        oldest, given_up = now - _READ_AGAIN_AFTER, now - _GIVEN_UP_AFTER
        if not await people_table.begin_index(self._store, now=now, older_than=oldest, given_up=given_up):
            return
        try:
            people = await self._everybody()
        except RemoteError as error:
            self._complain(str(error))
            return
        people = [person for person in people if person.union_id]
        for start in range(0, len(people), _AT_ONCE):
            await people_table.index(self._store, people[start : start + _AT_ONCE], begun=now)
        await people_table.end_index(self._store, begun=now)
        async with self._indexing:  # behind whoever still reads the store as it was
            self._index, self._refused = None, ""
        log.info("people_indexed", people=len(people))

    async def match(self, typed: str, *, near: Sequence[Person]) -> Match:
        """Whom of `near`, else of the organisation, `typed` may mean. Calls nobody. Raises StoreError."""
        index = await self._indexed()
        close = [index.people.get(person.staff_id) or named(person) for person in near]
        if may_be_pinyin(typed):
            await self._learn(index.signs | signs_of(close))
            index = await self._heard(index)
        return find(typed, near=close, rest=index.lookup.candidates(typed), readings=self._readings)

    async def nearest(self, typed: str, *, near: Sequence[Person]) -> tuple[Person, ...]:
        """Those whose names come nearest to `typed`, which nobody has; three at most. Raises StoreError."""
        index = await self._indexed()
        close = [named(person) for person in near if person.staff_id not in index.people]
        signs = index.signs | signs_of(close) | {sign for sign in typed if not sign.isascii()}
        if not signs <= self._readings.keys():
            await self._learn(signs)
        people = [*close, *index.people.values()]
        return await asyncio.to_thread(nearest, typed, people, dict(self._readings))

    @property
    def sees_all(self) -> bool:
        """True where the whole organisation was read, so that a name nobody has is nobody's."""
        return bool(self._index and self._index.people) and not self._limited

    async def search(self, typed: str) -> tuple[StaffId, ...]:
        """Whom DingTalk finds by `typed`, one call however many wait for it; remembered. Raises RemoteError."""
        known = self._searches.get(typed)
        if known and known.until > self._clock():
            return known.found
        task = self._searching.get(typed)
        if task is None:
            task = self._searching[typed] = asyncio.create_task(self._search(typed))
            task.add_done_callback(lambda _: self._searching.pop(typed))
        return await asyncio.shield(task)

    async def _search(self, typed: str) -> tuple[StaffId, ...]:
        found = await contacts.search_users(self._api, typed, exact=False)
        if len(found) >= contacts.SEARCH_SIZE:  # whoever has exactly this name may stand further behind
            found = await contacts.search_users(self._api, typed, exact=True) or found
        if len(self._searches) >= _MOST_SEARCHES:
            self._searches.clear()
        ids = tuple(StaffId(staff_id) for staff_id in found)
        self._searches[typed] = _Search(ids, self._clock() + (_HIT_KEPT if ids else _MISS_KEPT))
        return ids

    async def _everybody(self) -> list[Person]:
        """Everybody in reach of the app: below the root, or in the configured departments where the root is not."""
        people, refused = await walk(self._api, [contacts.ROOT_DEPARTMENT])
        self._limited = bool(refused)
        if not people and refused and self._departments:
            people, refused = await walk(self._api, self._departments)
        if not people and refused:
            raise refused[0]
        return people

    def _complain(self, error: str) -> None:
        """Once for each cause: without an index names are searched for, at the cost of a call."""
        if error != self._refused:
            self._refused = error
            log.warning("people_not_indexed", error=error)

    async def _indexed(self) -> _Index:
        """The index as the store holds it; an empty one where there is none, or none that is young enough."""
        now = self._clock()
        if self._index is not None and self._index.checked_at >= now - _CHECKED_EVERY:
            return self._index
        async with self._indexing:
            since = await people_table.indexed_at(self._store)
            if since is not None and since < now - _TRUSTED_FOR:
                since = None
            if self._index is None or self._index.since != since:
                listed = await people_table.indexed(self._store, since=since) if since else []
                self._index = await asyncio.to_thread(_index_of, listed, since=since, now=now)
            self._index = replace(self._index, checked_at=now)
            return self._index

    async def _learn(self, signs: Iterable[str]) -> None:
        """Makes the readings of `signs` known, from the store or by a process that is asked once for each sign."""
        if self._readings and self._readings.keys() >= set(signs):
            return
        async with self._learning:
            if not self._readings:
                self._readings.update(await people_table.known_readings(self._store))
            unknown = set(signs) - self._readings.keys()
            if unknown:
                learned = await _read(unknown)
                await people_table.learn(self._store, learned)
                self._readings.update(dict.fromkeys(unknown, ()) | learned)

    async def _heard(self, index: _Index) -> _Index:
        """The index with the sounds of its names, whose signs were learned."""
        async with self._learning:
            if self._index is not None and self._index.people is index.people:
                index = self._index  # somebody else has made it meanwhile
            if index.lookup.by_sound is not None:
                return index
            heard = replace(index, lookup=await asyncio.to_thread(index.lookup.read_with, dict(self._readings)))
            if self._index is not None and self._index.people is index.people:
                self._index = replace(self._index, lookup=heard.lookup)
            return heard


def _index_of(listed: Iterable[Person], *, since: datetime | None, now: datetime) -> _Index:
    people = {person.staff_id: named(person) for person in listed}
    return _Index(people, lookup_of(people.values()), frozenset(signs_of(people.values())), since, now)


async def walk(api: Api, departments: Iterable[int]) -> tuple[list[Person], list[PermissionDenied]]:
    """Everybody in the departments and below, once each, and the refusals of those that are out of the app's range.

    A person may lack a unionId. Raises RemoteError for anything else: a permission point is missing everywhere.
    """
    waiting, seen = [(department, "") for department in departments], set[int]()
    people: dict[StaffId, Person] = {}
    refused: list[PermissionDenied] = []
    while waiting:
        department, name = waiting.pop(0)
        if department in seen:
            continue
        seen.add(department)
        try:
            users = await contacts.list_users(api, department)
            waiting += [(below.dept_id, below.name) for below in await contacts.list_departments(api, department)]
        except PermissionDenied as error:
            if error.scopes:
                raise
            refused.append(error)
            continue
        for user in users:
            people.setdefault(StaffId(user.staff_id), person_of(user, department=name))
    return list(people.values()), refused


def person_of(user: contacts.User, *, department: str = "") -> Person:
    """A person with what is known of their place."""
    place = " · ".join(part for part in (department, user.title) if part)
    return Person(StaffId(user.staff_id), UnionId(user.union_id), user.name or user.staff_id, place)


async def _read(signs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The readings of signs, by a process of its own that takes its memory along; none where it fails."""
    reader = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.names.pinyin", stdin=PIPE, stdout=PIPE)
    try:
        printed, _ = await asyncio.wait_for(reader.communicate("".join(sorted(signs)).encode()), _READ_WITHIN)
        found: dict[str, list[str]] = json.loads(printed)
    except (TimeoutError, ValueError):
        log.error("pinyin_not_read", exit_code=reader.returncode)
        return {}
    finally:
        if reader.returncode is None:
            reader.kill()
            await reader.wait()
    return {sign: tuple(spelt) for sign, spelt in found.items()}
