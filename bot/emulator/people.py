"""The company: people with their three kinds of ids, departments, and outsiders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.emulator.calendars import Calendar
from bot.emulator.wire import JsonObject, opaque_id

if TYPE_CHECKING:
    from bot.emulator.cards import Card
    from bot.emulator.chatting import Chatting, Press, Said
    from bot.emulator.conversations import Conversation, Message


@dataclass(eq=False)
class Person:
    """Somebody who can talk to the bot; an outsider has no staffId as far as the bot can see."""

    staff_id: str
    union_id: str
    name: str
    dingtalk_id: str
    corp_id: str
    chatting: Chatting = field(repr=False)
    nick: str = ""
    title: str = ""
    departments: list[int] = field(default_factory=lambda: [1])
    aliases: tuple[str, ...] = ()
    outsider: bool = False
    calendar: Calendar = field(default_factory=Calendar, repr=False)

    @property
    def ids(self) -> frozenset[str]:
        """The ids under which calls name this person."""
        return frozenset({self.staff_id, self.union_id})

    @property
    def direct(self) -> Conversation:
        """The 1:1 conversation of this person with the bot."""
        return self.chatting.direct(self)

    async def says(
        self,
        text: str,
        *,
        at: Sequence[Person] = (),
        to: Conversation | str | None = None,
        msgtype: str = "text",
        created_at: datetime | None = None,
        overrides: JsonObject | None = None,
        over_quota: bool = False,
        rich: str = "visible",
        to_bot: bool = True,
        msg_id: str | None = None,
        connection: str | None = None,
        quotes: Card | Message | None = None,
    ) -> Said:
        """Say something and push it to the bot; returns when it is on its way, not when it is acked.

        `to`: a conversation, "direct", or None for the person's only group, else the 1:1 conversation.
        `overrides`: replaces fields of the frame's data; keys may be dotted, `REMOVE` takes a field out.
        `rich`: how mentions look in richText: "visible", "at_name" or "at_ids".
        `to_bot=False`: a group message without @bot, which DingTalk does not push.
        `connection`: the id of the connection that gets it, even one that was told to disconnect.
        `quotes`: the card or message of the bot that is quoted.
        """
        return await self.chatting.say(
            self,
            text,
            at=at,
            to=to,
            msgtype=msgtype,
            created_at=created_at,
            overrides=overrides or {},
            over_quota=over_quota,
            rich=rich,
            to_bot=to_bot,
            msg_id=msg_id,
            connection=connection,
            quotes=quotes,
        )

    async def presses(
        self,
        card: Card,
        button: str,
        *,
        shape: str = "params",
        forged: bool = False,
        params: JsonObject | None = None,
        overrides: JsonObject | None = None,
        connection: str | None = None,
    ) -> Press:
        """Press a button and wait for the ack, at most two seconds; the ack's update is applied to the card.

        `button`: an exact id, the verb before the ":" of an id, or the visible text.
        `shape`: where the id comes back: "params" (params.id), "action_ids" (actionIds[0]), or "params_beside".
        `forged`: send `button` as the id although the card shows no such button.
        """
        return await self.chatting.press(
            self,
            card,
            button,
            shape=shape,
            forged=forged,
            params=params or {},
            overrides=overrides or {},
            connection=connection,
        )

    def profile(self) -> JsonObject:
        """The `result` of topapi/v2/user/get; mobile and e-mail need scopes of their own and are absent."""
        return {
            "userid": self.staff_id,
            "unionid": self.union_id,
            "name": self.name,
            "avatar": "",
            "dept_id_list": list(self.departments),
            "title": self.title,
            "job_number": "",
            "active": True,
            "admin": False,
            "boss": False,
            "senior": False,
        }

    def matches(self, word: str, *, exact: bool) -> bool:
        """True when a name search for `word` finds this person: name, nick or alias (pinyin, English name)."""
        names = [each.casefold() for each in (self.name, self.nick, *self.aliases) if each]
        wanted = word.casefold()
        return wanted in names if exact else any(wanted in each for each in names)


@dataclass(slots=True)
class Department:
    """A department; the root has id 1."""

    dept_id: int
    name: str
    parent_id: int | None = 1

    def row(self) -> JsonObject:
        """One row of topapi/v2/department/listsub."""
        return {"dept_id": self.dept_id, "name": self.name, "parent_id": self.parent_id}


class Company:
    """Everybody the emulator knows, found by staffId or unionId."""

    def __init__(self, corp_id: str) -> None:
        self.corp_id = corp_id
        self.by_staff_id: dict[str, Person] = {}
        self.by_union_id: dict[str, Person] = {}
        self.departments: dict[int, Department] = {1: Department(1, "Company", None)}

    def add(self, person: Person) -> Person:
        """Enter somebody; a second person with the same staffId is refused."""
        if person.staff_id in self.by_staff_id:
            raise ValueError(f"staff id {person.staff_id!r} is taken: choose another")
        self.by_staff_id[person.staff_id] = person
        self.by_union_id[person.union_id] = person
        for dept_id in person.departments:
            self.departments.setdefault(dept_id, Department(dept_id, f"Department {dept_id}"))
        return person

    def remove(self, person: Person) -> None:
        """Let somebody leave: calls that name them now find nobody."""
        self.by_staff_id.pop(person.staff_id, None)
        self.by_union_id.pop(person.union_id, None)

    def staff(self, staff_id: object) -> Person | None:
        """The colleague with this staffId; outsiders have none."""
        person = self.by_staff_id.get(staff_id) if isinstance(staff_id, str) else None
        return None if person is None or person.outsider else person

    def members(self, dept_id: int) -> list[Person]:
        """The direct members of a department, in the order in which they were entered."""
        return [each for each in self.colleagues() if dept_id in each.departments]

    def colleagues(self) -> Iterator[Person]:
        """Everybody but the outsiders."""
        return (each for each in self.by_staff_id.values() if not each.outsider)


def new_person(chatting: Chatting, staff_id: str, corp_id: str, **details: Any) -> Person:
    """A person with generated ids; the unionId holds base64 characters, so that paths must be percent-encoded."""
    union_id = details.pop("union_id", None) or opaque_id("union", staff_id)
    dingtalk_id = f"$:LWCP_v1:${opaque_id('dingtalk', staff_id)}"
    return Person(staff_id, union_id, dingtalk_id=dingtalk_id, corp_id=corp_id, chatting=chatting, **details)
