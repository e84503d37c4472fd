"""Remembers what was said and pressed, what the bot meant to answer, and what was shown of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.emulator import Call, Card, Emulator, Event, Message, Press, Push, Room, Said
from bot.model.replies import Reply

_REMEMBERED = 300
_NOBODYS = frozenset({"connections/open", "user/list", "department/listsub"})
"""Calls that nobody caused: the connection, and the reading of everybody's names."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A message, a press, or that the clock was set: from `at` (loop seconds) on, what the bot does is its doing.

    `now` is the stage's time. Of a press: on which `card`, `by` whom, on the button with which `label`.
    """

    key: str
    at: float
    now: datetime
    said: Said | None = None
    press: Press | None = None
    card: str = ""
    by: str = ""
    label: str = ""

    @property
    def push(self) -> Push | None:
        """What went to the bot."""
        return self.said.push if self.said else self.press.push if self.press else None


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply of the bot, before it became a card at `at`."""

    at: float
    reply: Reply


@dataclass(frozen=True, slots=True)
class Sent:
    """What a chat showed: a card was made or changed, a message came."""

    at: float
    item: Card | Message
    what: str


class Recorder:
    """Remembers what was said and pressed, what the bot meant to answer, and what was shown of it."""

    def __init__(self, emulator: Emulator, *, clock: Callable[[], datetime]) -> None:
        self._emulator = emulator
        self._clock = clock
        self._causes: deque[Cause] = deque(maxlen=_REMEMBERED)
        self._replies: deque[Replied] = deque(maxlen=_REMEMBERED)
        self._sent: deque[Sent] = deque(maxlen=_REMEMBERED)
        self._presses = self._turns = 0
        self._labels: dict[str, str] = {}
        self._counts: Counter[Room | None] = Counter()
        self.close = emulator.on_event(self._notice)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What was said and pressed, oldest first."""
        return tuple(self._causes)

    def clock_set(self) -> None:
        """Hear that the clock was set: digests and reminders come of it."""
        self._turns += 1
        self._causes.append(Cause(f"clock-{self._turns}", _seconds(), self._clock()))

    def on_reply(self, reply: Reply) -> None:
        """Hear of a reply that becomes a card."""
        self._replies.append(Replied(_seconds(), reply))

    def cause_of(self, key: str) -> Cause | None:
        """The message or press behind an entry of a chat: `said-…` itself, for `card-…` what changed the card last."""
        if key.startswith("card-"):
            return self._cause_of_card(key.removeprefix("card-"))
        if key.startswith("message-"):
            sent = next((e for e in self._sent if isinstance(e.item, Message) and f"message-{e.item.key}" == key), None)
            return self._before(sent.at) if sent else None
        return next((each for each in self._causes if each.key == key), None)

    def calls(self, cause: Cause) -> list[Call]:
        """The calls that the bot made between this cause and the next one."""
        until = self._until(cause)
        calls = [call for call in self._emulator.calls if cause.at <= call.started < until]
        return [call for call in calls if call.api not in _NOBODYS]

    def replies(self, cause: Cause) -> list[Replied]:
        """What the bot meant to answer, in order."""
        return [each for each in self._replies if cause.at <= each.at < self._until(cause)]

    def last_reply(self, out_track_id: str) -> Reply | None:
        """What a card shows now."""
        found = [e.reply for e in self._replies if _card_of(e.reply) == out_track_id]
        return found[-1] if found else None

    def newest(self, chat: Room | None) -> Card | Message | None:
        """What appeared or changed last in a chat."""
        return next((each.item for each in reversed(self._sent) if each.item.conversation is chat), None)

    def count_in(self, chat: Room | None) -> int:
        """How often something appeared or changed in a chat."""
        return self._counts[chat]

    def shown(self, cause: Cause) -> list[Sent]:
        """What appeared or changed in chats."""
        return [each for each in self._sent if cause.at <= each.at < self._until(cause)]

    def _until(self, cause: Cause) -> float:
        return next((each.at for each in self._causes if each.at > cause.at), float("inf"))

    def _before(self, at: float) -> Cause | None:
        return next((each for each in reversed(self._causes) if each.at <= at), None)

    def _cause_of_card(self, out_track_id: str) -> Cause | None:
        pressed = [each for each in self._causes if each.card == out_track_id]
        changed = [e for e in self._sent if isinstance(e.item, Card) and e.item.out_track_id == out_track_id]
        before = self._before(changed[-1].at) if changed else None
        return pressed[-1] if pressed else before

    def _notice(self, event: Event) -> None:
        item = event.item
        if isinstance(item, Said):
            self._causes.append(Cause(f"said-{item.msg_id}", _seconds(), self._clock(), said=item))
        elif isinstance(item, Press) and item.push:
            self._insert(self._pressed(item, item.push))
        elif isinstance(item, Card | Message):
            if isinstance(item, Card):
                self._labels.update((button.id, button.text) for button in item.buttons)
            self._counts[item.conversation] += 1
            self._sent.append(Sent(_seconds(), item, event.kind))

    def _pressed(self, press: Press, push: Push) -> Cause:
        self._presses += 1
        data, at = json.loads(push.data), push.deliveries[0].sent
        track, by = str(data.get("outTrackId", "")), str(data.get("userId", ""))
        label = self._labels.get(press.button, "")
        return Cause(f"press-{self._presses}", at, self._clock(), press=press, card=track, by=by, label=label)

    def _insert(self, cause: Cause) -> None:
        """A press is told of once it is answered; what was said meanwhile comes after it."""
        later = []
        while self._causes and self._causes[-1].at > cause.at:
            later.append(self._causes.pop())
        self._causes.extend([cause, *reversed(later)])


def _card_of(reply: Reply) -> str:
    question = getattr(reply, "question", None)
    return str(question.card or "") if question is not None else ""


def _seconds() -> float:
    return asyncio.get_running_loop().time()
