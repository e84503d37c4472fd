"""Persons by their staffIds: remembered in memory and in the store, so that a warm question costs no look-up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.dingtalk import contacts
from bot.dingtalk.http import Api
from bot.errors import MalformedReply, NotFound, PermissionDenied, RemoteError
from bot.model.people import Missing, Person, StaffId, reason_of
from bot.people.index import person_of
from bot.store import Store
from bot.store import people as people_table
from bot.store.people import PersonRow

_FRESH_FOR = timedelta(days=1)  # a name may change; a unionId does not
_KEPT_FOR = timedelta(days=7)  # whom DingTalk does not give at the moment is still who they were
_GONE_FOR = timedelta(hours=1)
_MOST_AWAITED = 20  # of those who may be called otherwise by now; more of them are right the next time
_MOST_REMEMBERED = 50_000


class Persons:
    """Whom the bot knows by their staffIds. `look_up_within` is the longest that one look-up may take, in seconds.

    What is a day old is looked up anew: a name may change. Who has left is not asked about again for an hour.
    """

    def __init__(self, api: Api, store: Store, *, clock: Callable[[], datetime], look_up_within: float) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._look_up_within = look_up_within
        self._rows: dict[StaffId, PersonRow] = {}
        self._gone: dict[StaffId, datetime] = {}
        self._lookups: dict[StaffId, asyncio.Task[Person]] = {}

    async def aclose(self) -> None:
        """Gives up what is looked up for later questions."""
        tasks = list(self._lookups.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def introduce(self, person: Person) -> None:
        """Remembers somebody in memory alone, as if DingTalk had just named them."""
        self._remember([PersonRow(person, self._clock())])

    def at_hand(self, staff_ids: Iterable[StaffId]) -> list[Person]:
        """Those of `staff_ids` that memory has, however old."""
        return [self._rows[each].person for each in staff_ids if each in self._rows]

    async def one(self, staff_id: StaffId) -> Person:
        """One person. Raises RemoteError where the directory does not give them."""
        row = (await self._known([staff_id])).get(staff_id)
        if row is not None and self._is_fresh(row):
            return row.person
        try:
            return await self._look_up(staff_id)
        except RemoteError as error:
            if row is None or isinstance(error, NotFound):
                raise
            return row.person

    async def several(self, staff_ids: Iterable[StaffId]) -> dict[StaffId, Person | Missing]:
        """Each of `staff_ids`; those that the directory does not give are Missing with the reason."""
        wanted = list(staff_ids)
        rows = await self._known(wanted)
        found: dict[StaffId, Person | Missing] = {staff_id: row.person for staff_id, row in rows.items()}
        older = [staff_id for staff_id, row in rows.items() if not self._is_fresh(row)]
        later = older if len(older) > _MOST_AWAITED else []
        sought = [staff_id for staff_id in wanted if staff_id not in rows] + (older if not later else [])
        looked_up = await asyncio.gather(*map(self._look_up, sought), return_exceptions=True)
        for staff_id, result in zip(sought, looked_up, strict=True):
            if isinstance(result, BaseException) and not isinstance(result, RemoteError):
                raise result
            if not isinstance(result, RemoteError):
                found[staff_id] = result
            elif staff_id not in rows or isinstance(result, NotFound):
                found[staff_id] = missing(staff_id, result, staff_id)
        for staff_id in later:
            self._looking_up(staff_id)
        return {staff_id: found[staff_id] for staff_id in wanted}

    async def _known(self, staff_ids: Sequence[StaffId]) -> dict[StaffId, PersonRow]:
        """Those that memory or the store hold, and that are not too old to be told from."""
        asked = [staff_id for staff_id in staff_ids if not self._is_fresh(self._rows.get(staff_id))]
        if asked:
            self._remember((await people_table.find(self._store, asked)).values())
        oldest = self._clock() - _KEPT_FOR
        rows = {staff_id: self._rows[staff_id] for staff_id in staff_ids if staff_id in self._rows}
        return {staff_id: row for staff_id, row in rows.items() if row.seen_at > oldest}

    def _is_fresh(self, row: PersonRow | None) -> bool:
        return row is not None and row.seen_at > self._clock() - _FRESH_FOR

    async def _look_up(self, staff_id: StaffId) -> Person:
        """Asks DingTalk, once however many wait for the same person, and once an hour about who has left."""
        if self._gone.get(staff_id, self._clock()) > self._clock():
            raise NotFound(f"found nobody of the id {staff_id} within the hour", api="user/get")
        return await asyncio.shield(self._looking_up(staff_id))

    def _looking_up(self, staff_id: StaffId) -> asyncio.Task[Person]:
        task = self._lookups.get(staff_id)
        if task is None:
            task = self._lookups[staff_id] = asyncio.create_task(self._fetch(staff_id))
            task.add_done_callback(lambda done: self._looked_up(staff_id, done))
        return task

    def _looked_up(self, staff_id: StaffId, done: asyncio.Task[Person]) -> None:
        self._lookups.pop(staff_id)
        if not done.cancelled() and isinstance(done.exception(), NotFound):
            self._gone[staff_id] = self._clock() + _GONE_FOR
            self._rows.pop(staff_id, None)

    async def _fetch(self, staff_id: StaffId) -> Person:
        user = await contacts.get_user(self._api, staff_id, deadline=self._look_up_within)
        if not user.union_id:
            raise MalformedReply("found a person without unionid", api="user/get")
        person = _with_department(person_of(user), self._rows.get(staff_id))
        await self.keep([person])
        return person

    async def keep(self, persons: Sequence[Person]) -> None:
        """Remembers what DingTalk has just said of people. Raises StoreError."""
        now = self._clock()
        self._remember(PersonRow(person, now) for person in persons)
        await people_table.keep(self._store, persons, now=now)

    def _remember(self, rows: Iterable[PersonRow]) -> None:
        if len(self._rows) >= _MOST_REMEMBERED:
            self._rows.clear()  # the store still has them
            self._gone.clear()
        for row in rows:
            kept = self._rows.get(row.person.staff_id)
            if kept is None or kept.seen_at <= row.seen_at:
                self._rows[row.person.staff_id] = row


def _with_department(person: Person, known: PersonRow | None) -> Person:
    """One person's look-up tells no department, which the index knows; with the same title it is taken for the same."""
    kept = known.person.place if known else ""
    return replace(person, place=kept) if kept.endswith(person.place) else person


def missing(label: str, error: RemoteError, staff_id: StaffId | None = None) -> Missing:
    """Somebody whom `error` keeps from being looked up."""
    scopes = error.scopes if isinstance(error, PermissionDenied) else ()
    return Missing(label, reason_of(error), staff_id, ",".join(scopes))
