"""Everything in the chats: conversations, sessions, cards, messages, files, and who watches them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from bot.emulator.cards import Card
from bot.emulator.conversations import Conversation
from bot.emulator.ledger import forget_oldest
from bot.emulator.people import Account
from bot.emulator.rate import RollingCount
from bot.emulator.rooms import DIRECT, Message, Room
from bot.emulator.wire import PUBLIC_TEMPLATES, opaque_id

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Session:
    """What a sessionWebhook stands for, and until when."""

    conversation: Conversation
    expires: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person would see: `kind` is "said", "card", "card_updated", "message" or "pressed"."""

    kind: str
    conversation: Conversation | None
    item: object


class Chats:
    """What the chat windows show; of each kind at most twice `limit` things are kept (None: all)."""

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self.conversations: dict[str, Conversation] = {}
        self.sessions: dict[str, Session] = {}
        self.cards: dict[str, Card] = {}
        self.messages: dict[str, list[Message]] = {}
        self.files: dict[str, str] = {}
        self.templates = set(PUBLIC_TEMPLATES)
        self.minutes = RollingCount(60.0)
        self.watchers: list[Callable[[Event], None]] = []
        self._directs: dict[str, Conversation] = {}

    def group(self, title: str, members: list[Account], *, key: str, has_bot: bool, scene: bool) -> Conversation:
        """A new group; without `key` its id is made from the title."""
        key = key or f"cid{opaque_id('group', title, str(len(self.conversations)))}"
        group = Conversation(key, title, members, has_bot=has_bot, scene=scene, limit=self.limit)
        self.conversations[key] = group
        return group

    def direct(self, person: Account) -> Conversation:
        """The person's 1:1 conversation with the bot, made when it is first needed."""
        found = self._directs.get(person.key)
        if found is None:
            key = f"cid{opaque_id('direct', person.key)}"
            found = Conversation(key, person.name, [person], kind=DIRECT, limit=self.limit)
            self._directs[person.key] = self.conversations[key] = found
        return found

    def of(self, sender: Account, to: Room | str | None) -> Conversation:
        """Where `sender` speaks who speaks to `to`; see `Utterance`."""
        if to is None:
            groups = [each for each in self.conversations.values() if not each.is_direct and each.has_member(sender)]
            return groups[0] if len(groups) == 1 else self.direct(sender)
        if to == "direct":
            return self.direct(sender)
        return self.conversations[to.conversation_id if isinstance(to, Room) else to]

    def open_session(self, conversation: Conversation, expires: datetime) -> str:
        """The secret of a new sessionWebhook."""
        session = uuid4().hex
        self.keep(self.sessions, session, Session(conversation, expires))
        return session

    def show(self, message: Message) -> None:
        """Let a message of the bot appear, and remember it by its key."""
        self.keep(self.messages, message.key, [*self.messages.get(message.key, []), message])
        self.conversations[message.conversation.conversation_id].show_message(message)
        self.tell("message", message.conversation, message)

    def tell(self, kind: str, room: Room | None, item: object) -> None:
        """Tell everybody who watches."""
        conversation = self.conversations.get(room.conversation_id) if room else None
        for watcher in tuple(self.watchers):
            watcher(Event(kind, conversation, item))

    def keep(self, shelf: dict[str, _Value], key: str, value: _Value) -> None:
        """Put a value on a shelf, dropping the oldest ones beyond twice the limit."""
        shelf[key] = value
        forget_oldest(shelf, self.limit)
