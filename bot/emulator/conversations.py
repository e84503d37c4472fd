"""Conversations: groups and 1:1 chats, with what the bot sent there, in order."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.emulator.ledger import Log
from bot.emulator.people import Person
from bot.emulator.wire import JsonObject

if TYPE_CHECKING:
    from bot.emulator.cards import Card
    from bot.emulator.chatting import Said

_Shown = TypeVar("_Shown")


@dataclass(eq=False, slots=True)
class Message:
    """A message of the bot: `via` names the call; `at` are the staffIds that were really notified."""

    conversation: Conversation = field(repr=False)
    via: str
    kind: str
    text: str
    title: str = ""
    at: tuple[str, ...] = ()
    body: JsonObject = field(default_factory=dict, repr=False)
    sent: float = 0.0
    key: str = ""
    recalled: bool = False


class Conversation:
    """A group ("2") or a 1:1 chat with the bot ("1")."""

    def __init__(
        self,
        conversation_id: str,
        title: str,
        members: list[Person],
        *,
        kind: str = "2",
        has_bot: bool = True,
        scene: bool = False,
        limit: int | None = None,
    ) -> None:
        self.conversation_id = conversation_id
        self.title = title
        self.members = members
        self.kind = kind
        self.has_bot = has_bot
        self.scene = scene
        self._timeline: Log[Said | Card | Message] = Log(limit)
        self._cards: Log[Card] = Log(limit)
        self._messages: Log[Message] = Log(limit)
        self._unread_cards: asyncio.Queue[Card] = asyncio.Queue()
        self._unread_messages: asyncio.Queue[Message] = asyncio.Queue()

    def __repr__(self) -> str:
        """The title and the id."""
        return f"Conversation({self.title!r}, {self.conversation_id!r})"

    @property
    def is_direct(self) -> bool:
        """True for a 1:1 chat."""
        return self.kind == "1"

    @property
    def timeline(self) -> list[Said | Card | Message]:
        """What people said, cards and messages, in the order in which they appeared."""
        return self._timeline.items

    @property
    def cards(self) -> list[Card]:
        """The cards delivered here, oldest first."""
        return self._cards.items

    @property
    def messages(self) -> list[Message]:
        """The bot's texts and markdown messages here, oldest first."""
        return self._messages.items

    async def next_card(self, timeout: float = 10) -> Card:
        """The next card that was not yet returned, waiting for it if need be."""
        return await self._next(self._unread_cards, "card", timeout)

    async def next_message(self, timeout: float = 10) -> Message:
        """The next message of the bot that was not yet returned, waiting for it if need be."""
        return await self._next(self._unread_messages, "message", timeout)

    def has_member(self, person: Person) -> bool:
        """True when the person sits in this conversation."""
        return person in self.members

    def show_card(self, card: Card) -> None:
        """Let a card appear."""
        self._cards.add(card)
        self._timeline.add(card)
        self._enqueue(self._unread_cards, card)

    def show_message(self, message: Message) -> None:
        """Let a message of the bot appear."""
        self._messages.add(message)
        self._timeline.add(message)
        self._enqueue(self._unread_messages, message)

    def show_said(self, said: Said) -> None:
        """Note what a person said."""
        self._timeline.add(said)

    def _enqueue(self, queue: asyncio.Queue[_Shown], item: _Shown) -> None:
        if self._cards.limit is not None and queue.qsize() >= self._cards.limit:
            queue.get_nowait()
        queue.put_nowait(item)

    async def _next(self, queue: asyncio.Queue[_Shown], what: str, timeout: float) -> _Shown:
        try:
            return await asyncio.wait_for(queue.get(), timeout)
        except TimeoutError:
            shown = [type(each).__name__ for each in self.timeline[-5:]]
            raise TimeoutError(f"no {what} in {self.title!r} within {timeout} s, its last items are {shown}") from None
