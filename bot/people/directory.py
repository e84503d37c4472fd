"""Who people are: staffIds, typed names and teams become persons whose calendar can be asked for.

Persons are remembered in memory and in the store, so that a warm question costs no look-up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.config import Chat, Team
from bot.dingtalk import contacts
from bot.dingtalk.http import Api
from bot.errors import MalformedReply, PermissionDenied, RemoteError, RequestError
from bot.language import KnownNames
from bot.model.people import ConversationId, Missing, Person, StaffId, UnknownReason, Who, reason_of
from bot.names import Match, find, named
from bot.people.index import Phonebook, person_of
from bot.people.teams import Teams
from bot.store import Store
from bot.store import people as people_table

_TRUSTED_FOR = timedelta(days=7)  # a name may change; a unionId does not
_MOST_REMEMBERED = 50_000
_MOST_SEARCHES = 10  # for one question, as each costs a call of the month

_NOT_ONE = (UnknownReason.NOT_FOUND, UnknownReason.SEVERAL)


class Directory:
    """The people of one organisation; `teams` are those of the configuration and of the chats.

    `look_up_within` is the longest that it may take to look one person up, in seconds.
    """

    def __init__(
        self,
        api: Api,
        store: Store,
        *,
        teams: Sequence[Team],
        chats: Sequence[Chat] = (),
        clock: Callable[[], datetime],
        look_up_within: float,
    ) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._look_up_within = look_up_within
        self._persons: dict[StaffId, Person] = {}
        self._lookups: dict[StaffId, asyncio.Task[Person]] = {}
        departments = [department for team in teams for department in team.departments]
        self.teams = Teams(api, store, teams=teams, chats=chats, clock=clock, on_people=self._keep)
        self._phonebook = Phonebook(api, store, departments=departments, clock=clock)

    async def refresh_index(self) -> None:
        """Reads the whole organisation for typed names, where nobody has within a day. Raises StoreError."""
        await self._phonebook.refresh()

    async def prepare_names(self) -> None:
        """Returns once the reader can have the names of the stored index."""
        await self._phonebook.prepare_names()

    def known_names(self, chat: ConversationId, team: str | None) -> KnownNames | None:
        """Whom a text of `chat` may name: everybody of the index and of the chat's team, None without an index.

        Waits for nothing: what is not at hand is made meanwhile.
        """
        members = self.teams.known_members_of_chat(chat, team) or ()
        return self._phonebook.names(self._persons[each].name for each in members if each in self._persons)

    async def aclose(self) -> None:
        """Gives up what is being made for later questions."""
        await self._phonebook.aclose()

    async def resolve(
        self, who: Who, *, me: StaffId, chat: ConversationId | None, team: str | None, most: int
    ) -> list[Person | Missing]:
        """Everybody that `who` speaks of, once each, in the order mentioned, me, named, teams.

        The team of `chat`, whose configured one is `team`, is meant where nobody is named. Whoever cannot be looked
        up is Missing, also who is to be left out by a name that is not one person's. Raises RequestError for more than
        `most` people, before any of them is looked up, and RemoteError where a team cannot be had.
        """
        listed = [await self.teams.members(name) for name in who.teams]
        if chat and (who.everyone or who.nobody):
            listed.append(await self.members_of_chat(chat, team))
        ids = [*who.mentioned, *([me] if who.me else []), *(each for members in listed for each in members)]
        if (count := len({*ids, *who.typed})) > most:
            raise RequestError(f"found {count} people, expected {most} at most", code="too_many_people")
        persons = await self.persons(dict.fromkeys(ids))
        named = await self._by_names(who.typed, near=persons, me=me, chat=chat, team=team)
        first = ids[: len(who.mentioned) + who.me]
        everybody = [*(persons[s] for s in first), *named, *(persons[s] for s in ids[len(first) :])]
        named_out = await self._by_names(who.without_names, near=persons, me=me, chat=chat, team=team)
        gone = {*who.without, *(person.staff_id for person in named_out if isinstance(person, Person))}
        gone |= {me} if who.without_me else set()
        open_names = [each for each in named_out if isinstance(each, Missing) and each.reason in _NOT_ONE]
        return [*_once(person for person in everybody if person.staff_id not in gone), *open_names]

    def count(self, who: Who, *, me: StaffId, chat: ConversationId | None, team: str | None) -> int | None:
        """How many people `resolve` is going to give, as far as that is known without asking anybody; else None."""
        listed = [self.teams.known_members(name) for name in who.teams]
        if chat and (who.everyone or who.nobody):
            listed.append(self.teams.known_members_of_chat(chat, team))
        known = [members for members in listed if members is not None]
        if len(known) < len(listed):
            return None
        ids = {*who.mentioned, *([me] if who.me else []), *(each for members in known for each in members)}
        return len(ids.difference(who.without)) + len(who.typed)

    async def person(self, staff_id: StaffId) -> Person:
        """One person. Raises RemoteError where the directory does not give them."""
        found = (await self._known([staff_id])).get(staff_id)
        return found or await self._look_up(staff_id)

    async def candidates(self, name: str) -> tuple[Person, ...]:
        """Whom a typed name may mean, all of them. Raises RemoteError and StoreError."""
        match = await self._phonebook.match(name, near=())
        if match.people:
            return match.people
        found = [await self.person(staff_id) for staff_id in await self._phonebook.search(name)]
        return find(name, near=(), rest=map(named, found), readings={}).people or tuple(found)

    async def nearest(self, name: str) -> tuple[Person, ...]:
        """Those of the index whose names come nearest to one that nobody has. Raises StoreError."""
        return await self._phonebook.nearest(name, near=())

    async def persons(self, staff_ids: Iterable[StaffId]) -> dict[StaffId, Person | Missing]:
        """Each of `staff_ids`; those that the directory does not give are Missing with the reason."""
        wanted = list(staff_ids)
        found: dict[StaffId, Person | Missing] = dict(await self._known(wanted))
        unknown = [staff_id for staff_id in wanted if staff_id not in found]
        looked_up = await asyncio.gather(*map(self._look_up, unknown), return_exceptions=True)
        for staff_id, result in zip(unknown, looked_up, strict=True):
            if isinstance(result, BaseException) and not isinstance(result, RemoteError):
                raise result
            found[staff_id] = _missing(staff_id, result, staff_id) if isinstance(result, RemoteError) else result
        return found

    async def members_of_chat(self, chat: ConversationId, team: str | None) -> tuple[StaffId, ...]:
        """The team of a chat: its configured one, `team`, with whom people there added and without whom they removed.

        () where it has none. Raises RemoteError and StoreError.
        """
        return await self.teams.members_of_chat(chat, team)

    async def _by_names(
        self,
        names: Sequence[str],
        *,
        near: Mapping[StaffId, Person | Missing],
        me: StaffId,
        chat: ConversationId | None,
        team: str | None,
    ) -> list[Person | Missing]:
        """Whom each name means; the people of the question and of the chat's team come before all others."""
        if not names:
            return []
        close = {**near, **await self._team_of_chat(chat, team)}
        people = [person for person in close.values() if isinstance(person, Person)]
        known = {name: await self._phonebook.match(name, near=people) for name in names}
        strangers = [name for name, match in known.items() if not match.people]
        searched = await asyncio.gather(*map(self._searched, strangers[:_MOST_SEARCHES]))
        too_many = [Missing(name, UnknownReason.THROTTLED) for name in strangers[_MOST_SEARCHES:]]
        meant = known | dict(zip(strangers, [*searched, *too_many], strict=True))
        found = [_meant(name, meant[name], me=me) for name in names]
        return [await self._with_nearest(each, people) for each in found]

    async def _with_nearest(self, found: Person | Missing, near: Sequence[Person]) -> Person | Missing:
        """Beside a name that nobody has those whose names are the most like it."""
        if isinstance(found, Person) or found.reason is not UnknownReason.NOT_FOUND:
            return found
        among = await self._phonebook.nearest(found.label, near=near)
        return replace(found, among=among, hidden=not self._phonebook.sees_all)

    async def _team_of_chat(self, chat: ConversationId | None, team: str | None) -> dict[StaffId, Person | Missing]:
        """The people of the team as far as they can be had; without them names are matched all the same."""
        try:
            return await self.persons(await self.members_of_chat(chat, team)) if chat else {}
        except RemoteError:
            return {}

    async def _searched(self, name: str) -> Match | Missing:
        """Whom DingTalk finds; Missing where it refuses, also where one of several cannot be looked up."""
        try:
            found = await asyncio.gather(*map(self.person, await self._phonebook.search(name)))
        except RemoteError as error:
            return _missing(name, error)
        match = find(name, near=(), rest=map(named, found), readings={})
        return match if match.people else Match(tuple(found))  # by a name that only DingTalk knows

    async def _known(self, staff_ids: Sequence[StaffId]) -> dict[StaffId, Person]:
        """Those that memory or the store hold and that are young enough."""
        strangers = [staff_id for staff_id in staff_ids if staff_id not in self._persons]
        if strangers:
            oldest = self._clock() - _TRUSTED_FOR
            rows = await people_table.find(self._store, strangers)
            self._remember(row.person for row in rows.values() if row.seen_at > oldest)
        return {staff_id: self._persons[staff_id] for staff_id in staff_ids if staff_id in self._persons}

    async def _look_up(self, staff_id: StaffId) -> Person:
        """Asks DingTalk, once however many wait for the same person."""
        task = self._lookups.get(staff_id)
        if task is None:
            task = self._lookups[staff_id] = asyncio.create_task(self._fetch(staff_id))
            task.add_done_callback(lambda _: self._lookups.pop(staff_id))
        return await asyncio.shield(task)

    async def _fetch(self, staff_id: StaffId) -> Person:
        user = await contacts.get_user(self._api, staff_id, deadline=self._look_up_within)
        if not user.union_id:
            raise MalformedReply("found a person without unionid", api="user/get")
        person = person_of(user)
        await self._keep([person])
        return person

    async def _keep(self, persons: Sequence[Person]) -> None:
        self._remember(persons)
        await people_table.keep(self._store, persons, now=self._clock())

    def _remember(self, persons: Iterable[Person]) -> None:
        if len(self._persons) >= _MOST_REMEMBERED:
            self._persons.clear()  # the store still has them
        self._persons.update({person.staff_id: person for person in persons})


def _meant(name: str, match: Match | Missing, *, me: StaffId) -> Person | Missing:
    """The one person whom a match leaves. Nobody calls themselves by half their name: the author is not meant."""
    if isinstance(match, Missing):
        return match
    people = match.people
    if not match.exact and len(people) > 1:
        people = tuple(person for person in people if person.staff_id != me)
    if len(people) == 1:
        return people[0] if match.exact else replace(people[0], called=name)
    return Missing(name, UnknownReason.SEVERAL if people else UnknownReason.NOT_FOUND, among=people)


def _missing(label: str, error: RemoteError, staff_id: StaffId | None = None) -> Missing:
    scopes = error.scopes if isinstance(error, PermissionDenied) else ()
    return Missing(label, reason_of(error), staff_id, ",".join(scopes))


def _once(people: Iterable[Person | Missing]) -> list[Person | Missing]:
    """Each person once, at the first place they were named."""
    unique: dict[str, Person | Missing] = {}
    for person in people:
        key = person.staff_id or (f"name:{person.label}" if isinstance(person, Missing) else "")
        unique.setdefault(key, person)
    return list(unique.values())
