"""People with verbs: accounts whose owners talk to the bot, press its buttons, and answer invitations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.emulator.cards import Card
from bot.emulator.chatting import Chatting
from bot.emulator.conversations import Conversation
from bot.emulator.event_bodies import DEFAULT_ZONE, event_fields, timed
from bot.emulator.events import Events
from bot.emulator.people import Account, account_key
from bot.emulator.talk import Click, Press, Said, Utterance
from bot.emulator.wire import JsonObject, opaque_id


@dataclass(eq=False)
class Person(Account):
    """Somebody at a chat window and a calendar; made by `Emulator.person` and `Emulator.outsider`."""

    chatting: Chatting = field(kw_only=True, repr=False)
    events: Events = field(kw_only=True, repr=False)

    @property
    def direct(self) -> Conversation:
        """The 1:1 conversation of this person with the bot."""
        return self.chatting.direct(self)

    async def says(self, text: str, **how: Any) -> Said:
        """Say something and push it to the bot; returns when it is on its way, not when it is acked.

        `how`: any field of `Utterance`, such as `to=group`, `at=[bob]`, `created_at=monday`.
        """
        return await self.chatting.say(self, Utterance(text, **how))

    async def presses(self, card: Card, button: str, **how: Any) -> Press:
        """Press a button and wait for the ack, at most two seconds; the ack's update is applied to the card.

        `how`: any field of `Click`, such as `shape="action_ids"`, `forged=True`, `corp_id="dingother"`.
        """
        return await self.chatting.press(self, card, Click(button, **how))

    def replies(self, event: JsonObject | str, status: str) -> None:
        """Reply to an invitation: "accepted", "declined", "tentative" or "needsAction"; declined is free again."""
        self.events.reply(self, self.events.seen_by(self, _id(event)), status)

    def moves(self, event: JsonObject | str, start: datetime, end: datetime) -> None:
        """Give an event of one's own another time by hand, in DingTalk itself; a series moves as a whole."""
        mine = self.events.led_by(self, _id(event))
        zone = mine["start"].get("timeZone", DEFAULT_ZONE)
        moved = {**mine, "start": timed(start, zone), "end": timed(end, zone), "isAllDay": False}
        self.events.change({**mine, **event_fields(moved)})

    def deletes(self, event: JsonObject | str) -> None:
        """Delete an event of one's own by hand, in DingTalk itself."""
        self.events.delete(self.events.led_by(self, _id(event)))


def new_person(chatting: Chatting, events: Events, staff_id: str, corp_id: str, **details: Any) -> Person:
    """A person with generated ids; the unionId holds base64 characters, so that paths must be percent-encoded."""
    key = account_key(staff_id, corp_id if details.get("outsider") else "")
    return Person(
        staff_id,
        details.pop("union_id", None) or opaque_id("union", key),
        dingtalk_id=f"$:LWCP_v1:${opaque_id('dingtalk', key)}",
        corp_id=corp_id,
        chatting=chatting,
        events=events,
        **details,
    )


def _id(event: JsonObject | str) -> str:
    return event if isinstance(event, str) else str(event["id"])
