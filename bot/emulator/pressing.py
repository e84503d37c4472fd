"""A press on the wire: the callback's payload, and what the ack's `response` does to the card."""

from __future__ import annotations

from bot.emulator.cards import Button, Card, card_values
from bot.emulator.people import Account
from bot.emulator.talk import Click
from bot.emulator.wire import JsonObject, Refusal, dump
from bot.emulator.world import World

LAYOUT_NODE = "single_button_node_ocltl6e6foq"


def press_data(person: Account, card: Card, button: Button, click: Click) -> JsonObject:
    """The data of a push on the card topic; `content`, `value` and `extension` are texts that hold JSON.

    Ids are those of the organization of whoever presses: the page does not say whose `corpId` it is.
    """
    content = dump(_content(button, click))
    id_type = click.user_id_type or card.user_id_type
    data = {
        "type": "actionCallback",
        "outTrackId": card.out_track_id,
        "corpId": person.corp_id,
        "userId": person.union_id if id_type == 2 else person.staff_id,
        "userIdType": id_type,
        "spaceType": "im",
        "spaceId": card.conversation.conversation_id if card.conversation else "",
        "extension": "{}",
        "content": content,
        "value": content,
    }
    forged = {**data, **{name: value for name, value in _forged(click).items() if value is not None}}
    unknown = set(click.missing) - set(data)
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}, a press has {list(data)}")
    return {name: value for name, value in forged.items() if name not in click.missing}


def _forged(click: Click) -> JsonObject:
    return {
        "type": click.type,
        "outTrackId": click.out_track_id,
        "corpId": click.corp_id,
        "userId": click.user_id,
        "userIdType": click.user_id_type,
        "spaceId": click.space_id,
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
    card.write_private(person.key, values, by_key=by_key)
    card.note(world.platform.clock(), "ack", values)
    world.chats.tell("card_updated", card.conversation, card)
