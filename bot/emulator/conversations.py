"""Conversations as they are seen: a room with what people said and the bot sent there, in order."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

from bot.emulator.cards import Card
from bot.emulator.ledger import Log
from bot.emulator.people import Account
from bot.emulator.rooms import Message, Room
from bot.emulator.talk import Said

_Shown = TypeVar("_Shown")


class Conversation(Room):
    """A room with its timeline, of which at most twice `limit` entries are kept (None: all)."""

    def __init__(
        self, conversation_id: str, title: str, members: list[Account], *, limit: int | None = None, **kind: Any
    ) -> None:
        super().__init__(conversation_id, title, members, **kind)
        self._timeline: Log[Said | Card | Message] = Log(limit)
        self._cards: Log[Card] = Log(limit)
        self._messages: Log[Message] = Log(limit)
        self._unread_cards: asyncio.Queue[Card] = asyncio.Queue()
        self._unread_messages: asyncio.Queue[Message] = asyncio.Queue()

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
