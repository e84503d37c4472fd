"""What people do in a chat, and what comes of it: an utterance that was said, a click that was a press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.emulator.cards import Card
from bot.emulator.people import Account
from bot.emulator.pushes import Delivery, Push
from bot.emulator.rooms import Message, Room
from bot.emulator.wire import JsonObject


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says, and how it is to arrive.

    `to`: a conversation or its id, "direct", or None for the person's only group, else the 1:1 conversation.
    `overrides`: replaces fields of the frame's data; keys may be dotted, `REMOVE` takes a field out.
    `rich`: how mentions look in richText: "visible", "at_name" or "at_ids".
    `to_bot=False`: a group message without @bot, which DingTalk does not push.
    `connection`: the id of the connection that gets it, even one that was told to disconnect.
    `quotes`: the card or message of the bot that is quoted, or what a person said.
    """

    text: str
    at: Sequence[Account] = ()
    to: Room | str | None = None
    msgtype: str = "text"
    created_at: datetime | None = None
    overrides: JsonObject = field(default_factory=dict)
    over_quota: bool = False
    rich: str = "visible"
    to_bot: bool = True
    msg_id: str | None = None
    connection: str | None = None
    quotes: Card | Message | Said | None = None

    def __post_init__(self) -> None:
        """Refuse a time without a zone."""
        if self.created_at is not None and self.created_at.tzinfo is None:
            raise ValueError(f"naive created_at {self.created_at!r}: give an aware datetime")


@dataclass(eq=False, slots=True)
class Said:
    """Something a person said; without `push` the bot was not told (a group message that did not @ it)."""

    msg_id: str
    text: str
    sender: Account
    conversation: Room
    at: tuple[Account, ...]
    created_at: datetime | None = None
    push: Push | None = field(default=None, repr=False)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every push of this message, redeliveries included."""
        return self.push.deliveries if self.push else []

    async def acked(self, timeout: float = 10) -> Delivery:
        """Wait for the first ack."""
        if self.push is None:
            raise RuntimeError("nothing was pushed: the message did not mention the bot")
        return await self.push.acked(timeout)


@dataclass(frozen=True, slots=True)
class Click:
    """Which button somebody presses, and how the press is to arrive.

    `button`: an exact id, the verb before the ":" of an id, or the visible text.
    `shape`: where the id comes back: "params" (params.id), "action_ids" (actionIds[0]), or "params_beside".
    `forged`: `button` is sent as the id although the card shows no such button.

    The others forge the frame, of which the card itself knows nothing: `corp_id` of another organization, another
    `type` than "actionCallback", another `user_id_type` (2 sends the unionId), somebody else's `user_id`, a copied
    `out_track_id`, the `space_id` of another chat, and fields that are `missing`. `overrides` goes last.
    """

    button: str
    shape: str = "params"
    forged: bool = False
    params: JsonObject = field(default_factory=dict)
    overrides: JsonObject = field(default_factory=dict)
    connection: str | None = None
    corp_id: str | None = None
    type: str | None = None
    user_id: str | None = None
    user_id_type: int | None = None
    out_track_id: str | None = None
    space_id: str | None = None
    missing: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A press and its answer: `ack` is the `response` value, `seconds` the time to the ack or to giving up."""

    button: str
    ack: object
    seconds: float
    timed_out: bool
    code: int | None = None
    push: Push | None = field(default=None, repr=False)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every push of this press."""
        return self.push.deliveries if self.push else []
