"""What a person sees in a chat: entries in order, each as JSON for one viewer, and word of every change."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.emulator import Card, Conversation, Emulator, Event, Message, Person, Said
from bot.playground.diaries import ZONE
from bot.playground.markdown import to_html

JsonObject = dict[str, Any]
LONGEST = 300
MOST_WAITING = 500


@dataclass(slots=True)
class Entry:
    """Something that appeared in a chat; `revision` grows with every change of anything."""

    key: str
    conversation: Conversation
    item: Said | Card | Message
    appeared: datetime
    revision: int


Change = Entry | str | None
"""An entry that is new or changed, the name of something else on the stage that changed, or None: it ends."""


class Feed:
    """The last 300 entries of every chat. `listen` gives those that are new or changed, and what `tell` was told."""

    def __init__(self, emulator: Emulator, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._revision = 0
        self._chats: dict[str, deque[Entry]] = {}
        self._listeners: set[asyncio.Queue[Change]] = set()
        self.closed = False
        self._unwatch = emulator.on_event(self._notice)

    def entries(self, conversation: Conversation) -> list[Entry]:
        """What is in a chat, oldest first."""
        return list(self._chats.get(conversation.conversation_id, ()))

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Change]]:
        """A queue of changes; a listener that does not keep up is let go."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def tell(self, what: str) -> None:
        """Tell every listener that something on the stage changed: "clock", "faults", "calendars"."""
        for queue in tuple(self._listeners):
            self._put(queue, what)

    def close(self) -> None:
        """End every listener."""
        if self.closed:
            return
        self.closed = True
        self._unwatch()
        for queue in self._listeners:
            queue.put_nowait(None)

    def _notice(self, event: Event) -> None:
        item = event.item
        if event.conversation is None or not isinstance(item, Said | Card | Message):
            return
        self._revision += 1
        entry = self._entry(event.conversation, item)
        for queue in tuple(self._listeners):
            self._put(queue, entry)

    def _entry(self, conversation: Conversation, item: Said | Card | Message) -> Entry:
        entries = self._chats.setdefault(conversation.conversation_id, deque(maxlen=LONGEST))
        found = next((entry for entry in entries if entry.item is item), None)
        if found is None:
            found = Entry(_key(item), conversation, item, self._now(), self._revision)
            entries.append(found)
        found.revision = self._revision
        return found

    def _put(self, queue: asyncio.Queue[Change], entry: Change) -> None:
        if queue.qsize() < MOST_WAITING:
            queue.put_nowait(entry)
            return
        self._listeners.discard(queue)
        queue.put_nowait(None)


def sees(entry: Entry, viewer: Person) -> bool:
    """True when the viewer is in the chat and the card is not for others only."""
    item = entry.item
    if isinstance(item, Card) and item.recipients and viewer.staff_id not in item.recipients:
        return False
    return entry.conversation.has_member(viewer)


def shown(entry: Entry, viewer: Person) -> JsonObject:
    """An entry as JSON, with the viewer's private values; `html` fields are safe to insert."""
    item = entry.item
    body = {
        "key": entry.key,
        "chat": entry.conversation.conversation_id,
        "time": entry.appeared.astimezone(ZONE).strftime("%H:%M"),
        "revision": entry.revision,
    }
    if isinstance(item, Said):
        return body | _said(item)
    if isinstance(item, Card):
        return body | shown_card(item, viewer)
    return body | shown_message(item)


def _key(item: Said | Card | Message) -> str:
    if isinstance(item, Said):
        return f"said-{item.msg_id}"
    return f"card-{item.out_track_id}" if isinstance(item, Card) else f"message-{item.key}"


def _said(said: Said) -> JsonObject:
    return {
        "kind": "said",
        "from": {"id": said.sender.staff_id, "name": said.sender.name},
        "text": said.text,
        "at": [] if said.conversation.is_direct else [each.name for each in said.at],
        "to_bot": said.push is not None or said.conversation.is_direct,
    }


def shown_card(card: Card, viewer: Person) -> JsonObject:
    """A card as JSON, as this person sees it."""
    values = card.seen_by(viewer)
    return {
        "kind": "card",
        "id": card.out_track_id,
        "title": values.get("title", ""),
        "html": to_html(values.get("markdown", "")),
        "tips": values.get("tips", ""),
        "buttons": [
            {"id": button.id, "text": button.text, "press": button.request, "primary": n == 0}
            for n, button in enumerate(card.buttons_for(viewer))
        ],
    }


def shown_message(message: Message) -> JsonObject:
    """A message of the bot as JSON."""
    plain = message.kind in ("text", "sampleText")
    return {
        "kind": "message",
        "title": message.title,
        "text": message.text if plain else "",
        "html": "" if plain else to_html(message.text),
        "recalled": message.recalled,
    }
