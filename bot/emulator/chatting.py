"""The chat window: turns what people say and press into pushes, and shows what comes of it."""

from __future__ import annotations

from datetime import timedelta

from bot.emulator.cards import Button, Card
from bot.emulator.conversations import Conversation
from bot.emulator.frames import new_msg_id, override, robot_message
from bot.emulator.gateway import Gateway
from bot.emulator.people import Account
from bot.emulator.pressing import apply_response, press_data
from bot.emulator.pushes import Delivery, Push
from bot.emulator.talk import Click, Press, Said, Utterance
from bot.emulator.wire import CARD_TOPIC, MESSAGE_TOPIC, dump
from bot.emulator.world import World


class Chatting:
    """What everybody's chat window does."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def direct(self, person: Account) -> Conversation:
        """The person's 1:1 conversation with the bot."""
        return self._world.chats.direct(person)

    async def say(self, sender: Account, utterance: Utterance) -> Said:
        """Say something and push it to the bot, where DingTalk does."""
        conversation = self._world.chats.of(sender, utterance.to)
        said = Said(
            utterance.msg_id or new_msg_id(),
            utterance.text,
            sender,
            conversation,
            tuple(utterance.at),
            utterance.created_at,
        )
        conversation.show_said(said)
        self._world.chats.tell("said", conversation, said)
        if not conversation.has_bot or not (utterance.to_bot or conversation.is_direct):
            return said
        message = robot_message(self._world, said, utterance, self._webhook(conversation))
        data = dump(override(message, utterance.overrides))
        said.push = Push("CALLBACK", MESSAGE_TOPIC, data, again=True, connection=utterance.connection)
        self._gateway.push(said.push)
        return said

    async def press(self, person: Account, card: Card, click: Click) -> Press:
        """Press a button and wait for the ack; its update is applied to the card."""
        button = Button(click.button, click.button, request=True) if click.forged else card.button(click.button, person)
        _check_press(person, card, button)
        data = override(press_data(person, card, button, click), click.overrides)
        push = Push("CALLBACK", CARD_TOPIC, dump(data), connection=click.connection)
        platform = self._world.platform
        started = platform.clock()
        if card.callback_type != "STREAM":
            platform.violate("no callbackType", f"card {card.out_track_id!r} was made without callbackType STREAM")
            return Press(button.id, None, 0.0, timed_out=True)
        self._gateway.push(push)
        answer = await self._answer(card, push)
        seconds = platform.clock() - started
        if answer is None:
            return Press(button.id, None, seconds, timed_out=True, push=push)
        response = answer.data.get("response") if isinstance(answer.data, dict) else None
        named = self._world.chats.cards.get(click.out_track_id or card.out_track_id)
        if named is not None:
            apply_response(self._world, named, person, response)
        press = Press(button.id, response, seconds, timed_out=False, code=answer.code, push=push)
        self._world.chats.tell("pressed", card.conversation, press)
        return press

    async def _answer(self, card: Card, push: Push) -> Delivery | None:
        card.pressed_now += 1
        try:
            return await push.acked(self._world.platform.settings.ack_window)
        except TimeoutError:
            return None
        finally:
            card.pressed_now -= 1

    def _webhook(self, conversation: Conversation) -> str:
        platform = self._world.platform
        expires = platform.now() + timedelta(seconds=platform.settings.webhook_life)
        session = self._world.chats.open_session(conversation, expires)
        return f"{platform.url}/robot/sendBySession?session={session}"


def _check_press(person: Account, card: Card, button: Button) -> None:
    if not button.request:
        raise ValueError(f"button {button.text!r} opens {button.url!r}, it does not call the bot back")
    if card.recipients and person.key not in card.recipients:
        raise ValueError(f"{person.staff_id!r} does not see this card, only {card.recipients} do")
