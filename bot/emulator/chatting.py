"""What people do: say something to the bot, press a button, and see what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from bot.emulator.cards import Button, Card
from bot.emulator.conversations import Conversation, Message
from bot.emulator.frames import Utterance, new_msg_id, override, robot_message
from bot.emulator.gateway import Gateway
from bot.emulator.people import Person
from bot.emulator.pressing import apply_response, press_data
from bot.emulator.pushes import Delivery, Push
from bot.emulator.wire import CARD_TOPIC, MESSAGE_TOPIC, JsonObject, dump, opaque_id
from bot.emulator.world import Session, World


@dataclass(eq=False, slots=True)
class Said:
    """Something a person said; without `push` the bot was not told (a group message that did not @ it)."""

    msg_id: str
    text: str
    sender: Person
    conversation: Conversation
    at: tuple[Person, ...]
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


class Chatting:
    """The chat window: turns what people do into pushes."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def direct(self, person: Person) -> Conversation:
        """The person's 1:1 conversation with the bot, made when it is first needed."""
        found = self._world.directs.get(person.staff_id)
        if found is None:
            key = f"cid{opaque_id('direct', person.staff_id)}"
            found = Conversation(key, person.name, [person], kind="1", limit=self._world.settings.ledger_limit)
            self._world.directs[person.staff_id] = self._world.conversations[key] = found
        return found

    async def say(
        self,
        sender: Person,
        text: str,
        *,
        at: Sequence[Person],
        to: Conversation | str | None,
        created_at: datetime | None,
        overrides: JsonObject,
        to_bot: bool,
        msg_id: str | None,
        connection: str | None,
        msgtype: str = "text",
        rich: str = "visible",
        over_quota: bool = False,
        quotes: Card | Message | None = None,
    ) -> Said:
        """Say something; see `Person.says`."""
        if created_at is not None and created_at.tzinfo is None:
            raise ValueError(f"naive created_at {created_at!r}: give an aware datetime")
        conversation = self._conversation(sender, to)
        said = Said(msg_id or new_msg_id(), text, sender, conversation, tuple(at))
        conversation.show_said(said)
        self._world.tell("said", conversation, said)
        if not conversation.has_bot or not (to_bot or conversation.is_direct):
            return said
        utterance = Utterance(
            sender,
            text,
            conversation,
            said.msg_id,
            created_at or self._world.now(),
            self._webhook(conversation),
            self._world.settings.webhook_life,
            at=() if conversation.is_direct else at,
            msgtype=msgtype,
            rich=rich,
            over_quota=over_quota,
            quotes=quotes,
        )
        data = override(robot_message(self._world, utterance), overrides)
        said.push = Push("CALLBACK", MESSAGE_TOPIC, dump(data), again=True, connection=connection)
        self._gateway.push(said.push)
        return said

    async def press(
        self,
        person: Person,
        card: Card,
        wanted: str,
        *,
        shape: str,
        forged: bool,
        params: JsonObject,
        overrides: JsonObject,
        connection: str | None,
    ) -> Press:
        """Press a button; see `Person.presses`."""
        button = Button(wanted, wanted, request=True) if forged else card.button(wanted, person)
        self._check_press(person, card, button)
        data = override(press_data(self._world, person, card, button, shape, params), overrides)
        push = Push("CALLBACK", CARD_TOPIC, dump(data), connection=connection)
        started = self._world.clock()
        if card.callback_type != "STREAM":
            self._world.violate("no callbackType", f"card {card.out_track_id!r} was made without callbackType STREAM")
            return Press(button.id, None, 0.0, timed_out=True)
        self._gateway.push(push)
        answer = await self._answer(card, push)
        seconds = self._world.clock() - started
        if answer is None:
            return Press(button.id, None, seconds, timed_out=True, push=push)
        response = answer.data.get("response") if isinstance(answer.data, dict) else None
        apply_response(self._world, card, person, response)
        press = Press(button.id, response, seconds, timed_out=False, code=answer.code, push=push)
        self._world.tell("pressed", card.conversation, press)
        return press

    async def _answer(self, card: Card, push: Push) -> Delivery | None:
        card.pressed_now += 1
        try:
            return await push.acked(self._world.settings.ack_window)
        except TimeoutError:
            return None
        finally:
            card.pressed_now -= 1

    def _check_press(self, person: Person, card: Card, button: Button) -> None:
        if not button.request:
            raise ValueError(f"button {button.text!r} opens {button.url!r}, it does not call the bot back")
        if card.recipients and person.staff_id not in card.recipients:
            raise ValueError(f"{person.staff_id!r} does not see this card, only {card.recipients} do")

    def _conversation(self, sender: Person, to: Conversation | str | None) -> Conversation:
        if isinstance(to, Conversation):
            return to
        if to == "direct":
            return self.direct(sender)
        if to is not None:
            return self._world.conversations[to]
        groups = [each for each in self._world.conversations.values() if not each.is_direct and each.has_member(sender)]
        return groups[0] if len(groups) == 1 else self.direct(sender)

    def _webhook(self, conversation: Conversation) -> str:
        session = uuid4().hex
        expires = self._world.now() + timedelta(seconds=self._world.settings.webhook_life)
        self._world.keep(self._world.sessions, session, Session(conversation, expires))
        return f"{self._world.url}/robot/sendBySession?session={session}"
