"""Who people are: staffIds, typed names and teams become persons whose calendar can be asked for.

Persons are remembered in memory and in the store, so that a warm question costs no look-up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.config import Chat, Team
from bot.dingtalk.http import Api
from bot.errors import RemoteError, RequestError
from bot.language import KnownNames
from bot.model.people import ConversationId, Missing, Person, StaffId, UnknownReason, Who
from bot.names import Match, find, named
from bot.people.index import Phonebook
from bot.people.persons import Persons, missing
from bot.people.teams import Teams
from bot.store import Store

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
        self._persons = Persons(api, store, clock=clock, look_up_within=look_up_within)
        departments = [department for team in teams for department in team.departments]
        self.teams = Teams(api, store, teams=teams, chats=chats, clock=clock, on_people=self._persons.keep)
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
        return self._phonebook.names(person.name for person in self._persons.at_hand(members))

    def introduce(self, person: Person) -> None:
        """Somebody who is known by other means than DingTalk's contacts; for a day, and not stored."""
        self._persons.introduce(person)

    async def aclose(self) -> None:
        """Gives up what is being made for later questions."""
        await self._persons.aclose()
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
        """One person. Raises RemoteError where DingTalk does not give them."""
        return await self._persons.one(staff_id)

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
        """Each of `staff_ids`; those that DingTalk does not give are Missing with the reason."""
        return await self._persons.several(staff_ids)

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
            return missing(name, error)
        match = find(name, near=(), rest=map(named, found), readings={})
        return match if match.people else Match(tuple(found))  # by a name that only DingTalk knows


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


def _once(people: Iterable[Person | Missing]) -> list[Person | Missing]:
    """Each person once, at the first place they were named."""
    unique: dict[str, Person | Missing] = {}
    for person in people:
        key = person.union_id if isinstance(person, Person) else person.staff_id or f"name:{person.label}"
        unique.setdefault(key, person)
    return list(unique.values())
