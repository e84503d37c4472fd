"""Who is in a team: of the configuration with its departments, and of a chat with what people there changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.config import Chat, Team
from bot.dingtalk.groups import list_members
from bot.dingtalk.http import Api
from bot.errors import NotFound, PermissionDenied, Rejected
from bot.model.causes import Member
from bot.model.people import ConversationId, OutTrackId, Person, StaffId
from bot.people.index import walk
from bot.store import Store, rosters
from bot.store.rosters import RosterRow

log = structlog.get_logger(__name__)

DEPARTMENTS_KEPT = timedelta(hours=1)
GROUP_KEPT = timedelta(hours=1)
ROSTER_KEPT = timedelta(seconds=5)
"""So long may a process know nothing of what another one, with the same store, has changed in a team."""
_MOST_CHATS = 10_000


@dataclass(frozen=True, slots=True)
class _Listed:
    members: tuple[StaffId, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class _Roster:
    rows: tuple[RosterRow, ...]
    read_at: datetime


class Teams:
    """The teams of one organisation. `on_people` is told whom a department lists, as they need no look-up then."""

    def __init__(
        self,
        api: Api,
        store: Store,
        *,
        teams: Iterable[Team],
        chats: Iterable[Chat],
        clock: Callable[[], datetime],
        on_people: Callable[[Sequence[Person]], Awaitable[None]],
    ) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._on_people = on_people
        self._teams: Mapping[str, Team] = {team.name: team for team in teams}
        self._groups: Mapping[str, Chat] = {chat.id: chat for chat in chats if chat.members == "group"}
        self._departments: dict[str, _Listed] = {}
        self._members_of_groups: dict[ConversationId, _Listed] = {}
        self._rosters: dict[ConversationId, _Roster] = {}

    async def members(self, team: str) -> tuple[StaffId, ...]:
        """The staffIds of a configured team, departments and those below them included; read once an hour.

        Raises RemoteError.
        """
        settings, listed = self._teams[team], self._departments.get(team)
        if settings.departments and (listed is None or listed.read_at < self._clock() - DEPARTMENTS_KEPT):
            self._departments[team] = _Listed(await self._in_departments(settings.departments), self._clock())
        return self.known_members(team) or ()

    def known_members(self, team: str) -> tuple[StaffId, ...] | None:
        """The members of a configured team as they were read last; None where its departments never were."""
        settings, listed = self._teams[team], self._departments.get(team)
        if settings.departments and listed is None:
            return None
        named = tuple(StaffId(member) for member in settings.members)
        return tuple(dict.fromkeys(named + (listed.members if listed else ())))

    async def members_of_chat(self, chat: ConversationId, team: str | None) -> tuple[StaffId, ...]:
        """The chat's team: the members of its configured `team`, with whom people added and without whom they removed.

        The members of a group belong to it where the configuration says so. () where a chat has no team. One read of
        the store at most every five seconds a chat, so that what another process changes is seen by then; what this
        one changes is seen at once. Raises RemoteError and StoreError.
        """
        given = await self._given(chat, team)
        return _with_changes(given, await self.roster(chat))

    async def members_with_adders(self, chat: ConversationId, team: str | None) -> tuple[Member, ...]:
        """The same people, each with who added them in the chat; the configuration's have nobody. Raises the same."""
        given = frozenset(await self._given(chat, team))
        adders = {row.staff_id: row.by for row in await self.roster(chat) if row.staff_id not in given}
        return tuple(Member(each, adders.get(each)) for each in await self.members_of_chat(chat, team))

    def known_members_of_chat(self, chat: ConversationId, team: str | None) -> tuple[StaffId, ...] | None:
        """The same as far as it was read before, however long ago; None where it never was."""
        given, roster = self._known_given(chat, team), self._rosters.get(chat)
        return None if given is None or roster is None else _with_changes(given, roster.rows)

    async def change(
        self,
        chat: ConversationId,
        team: str | None,
        people: Sequence[StaffId],
        *,
        present: bool,
        by: StaffId,
        at: datetime,
        card: OutTrackId | None = None,
    ) -> tuple[StaffId, ...]:
        """Adds people to the chat's team or removes them; those whom this changed, the same when it is repeated.

        Raises RemoteError and StoreError.
        """
        given = frozenset(await self._given(chat, team))
        changed = await rosters.change(self._store, chat, people, present=present, given=given, by=by, at=at, card=card)
        self._rosters.pop(chat, None)
        return changed

    async def undo(
        self, chat: ConversationId, *, by: StaffId, at: datetime, now: datetime, card: OutTrackId | None = None
    ) -> tuple[StaffId, ...]:
        """Takes back what `by` changed at `at`, as far as it still stands; whom that concerns. Raises StoreError."""
        undone = await rosters.undo(self._store, chat, by=by, at=at, now=now, card=card)
        self._rosters.pop(chat, None)
        return undone

    async def roster(self, chat: ConversationId) -> tuple[RosterRow, ...]:
        """Everybody whom people of this chat added or removed, in the order of these changes. Raises StoreError."""
        kept, now = self._rosters.get(chat), self._clock()
        if kept is None or kept.read_at < now - ROSTER_KEPT:
            if len(self._rosters) >= _MOST_CHATS:
                self._rosters.clear()  # the store still has them
            kept = self._rosters[chat] = _Roster(await rosters.of_chat(self._store, chat), now)
        return kept.rows

    async def _given(self, chat: ConversationId, team: str | None) -> tuple[StaffId, ...]:
        """The members whom the configuration brings."""
        members = await self.members(team) if team else ()
        listed = self._members_of_groups.get(chat)
        if chat in self._groups and (listed is None or listed.read_at < self._clock() - GROUP_KEPT):
            self._members_of_groups[chat] = _Listed(await self._in_group(self._groups[chat]), self._clock())
        return self._known_given(chat, team) or members

    def _known_given(self, chat: ConversationId, team: str | None) -> tuple[StaffId, ...] | None:
        members, listed = (self.known_members(team) if team else ()), self._members_of_groups.get(chat)
        if members is None or (chat in self._groups and listed is None):
            return None
        return tuple(dict.fromkeys(members + (listed.members if listed else ())))

    async def _in_group(self, chat: Chat) -> tuple[StaffId, ...]:
        """Who is in the group; nobody in one that DingTalk does not list. A missing permission point is raised."""
        try:
            found = await list_members(self._api, chat.id, cool_app_code=chat.cool_app_code)
        except (PermissionDenied, Rejected, NotFound) as error:
            if isinstance(error, PermissionDenied) and error.scopes:
                raise
            log.warning("group_not_listed", conversation_id=chat.id, error=str(error))
            return ()
        return tuple(StaffId(member) for member in found)

    async def _in_departments(self, departments: Iterable[int]) -> tuple[StaffId, ...]:
        people, refused = await walk(self._api, departments)
        if refused:
            raise refused[0]
        await self._on_people([person for person in people if person.union_id])
        return tuple(person.staff_id for person in people)


def _with_changes(given: Sequence[StaffId], rows: Sequence[RosterRow]) -> tuple[StaffId, ...]:
    """Whoever is a member anyway comes first, then those who were added, in the order they were."""
    gone = {row.staff_id for row in rows if not row.present}
    added = [row.staff_id for row in rows if row.present]
    return tuple(each for each in dict.fromkeys([*given, *added]) if each not in gone)
