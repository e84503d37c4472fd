"""A press on the wire: the callback's payload, and what the ack's `response` does to the card."""

from __future__ import annotations

from bot.emulator.cards import Button, Card, card_values
from bot.emulator.people import Account
from bot.emulator.talk import Click
from bot.emulator.wire import JsonObject, Refusal, dump
from bot.emulator.world import World

LAYOUT_NODE = "single_button_node_ocltl6e6foq"


def press_data(world: World, person: Account, card: Card, button: Button, click: Click) -> JsonObject:
    """The data of a push on the card topic; `content`, `value` and `extension` are texts that hold JSON."""
    content = dump(_content(button, click))
    return {
        "type": "actionCallback",
        "outTrackId": card.out_track_id,
        "corpId": world.platform.settings.corp_id,
        "userId": "" if person.outsider else person.staff_id,
        "userIdType": 1,
        "spaceType": "im",
        "spaceId": card.conversation.conversation_id if card.conversation else "",
        "extension": "{}",
        "content": content,
        "value": content,
    }


def _content(button: Button, click: Click) -> JsonObject:
    values = {**button.params, **click.params}
    if click.shape == "action_ids":
        return {"cardPrivateData": {"actionIds": [button.id], "params": values}}
    values = {"id": button.id, **values}
    if click.shape == "params_beside":
        return {"cardPrivateData": {"actionIds": [LAYOUT_NODE]}, "params": values}
    if click.shape == "params":
        return {"cardPrivateData": {"actionIds": [LAYOUT_NODE], "params": values}}
    raise ValueError(f"unknown shape {click.shape!r}, expected 'params', 'action_ids' or 'params_beside'")


def apply_response(world: World, card: Card, person: Account, response: object) -> None:
    """Change the card as the ack asks: cardData for all, userPrivateData for the one who pressed."""
    if not isinstance(response, dict):
        return
    options = response.get("cardUpdateOptions")
    options = options if isinstance(options, dict) else {}
    try:
        _apply_public(world, card, response, by_key=options.get("updateCardDataByKey") is True)
        _apply_private(world, card, person, response, by_key=options.get("updatePrivateDataByKey") is True)
    except Refusal as refusal:
        world.platform.violate(
            "bad ack", f"the ack of a press holds card values that DingTalk drops: {refusal.message}"
        )


def _apply_public(world: World, card: Card, response: JsonObject, *, by_key: bool) -> None:
    if response.get("cardData") is None:
        return
    card.write(world.platform.clock(), "ack", card_values(response["cardData"]), by_key=by_key)
    world.chats.tell("card_updated", card.conversation, card)


def _apply_private(world: World, card: Card, person: Account, response: JsonObject, *, by_key: bool) -> None:
    if response.get("userPrivateData") is None:
        return
    values = card_values(response["userPrivateData"])
    card.write_private(person.staff_id, values, by_key=by_key)
    card.note(world.platform.clock(), "ack", values)
    world.chats.tell("card_updated", card.conversation, card)
