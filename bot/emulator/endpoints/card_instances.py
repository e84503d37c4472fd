"""Card instances: created, delivered, both at once, given more spaces, and updated; known by outTrackId."""

from uuid import uuid4

from bot.emulator.cards import Card, blank_values, card_values, full_json
from bot.emulator.endpoints.card_spaces import Space, check_deliverable, read_spaces, space_models, staff_id_of
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

SCOPE = "Card.Instance.Write"


def _create_and_deliver(world: World, asked: Asked) -> JsonObject:
    card, spaces = _instance(world, asked), read_spaces(world, asked)
    rows = _deliver(world, asked, _stored(world, card), spaces, "createAndDeliver")
    return {"success": True, "result": {"outTrackId": card.out_track_id, "deliverResults": rows}}


def _create(world: World, asked: Asked) -> JsonObject:
    card = _stored(world, _instance(world, asked))
    return {"success": True, "result": card.out_track_id}


def _deliver_only(world: World, asked: Asked) -> JsonObject:
    card = _known(world, asked)
    return {"success": True, "result": _deliver(world, asked, card, read_spaces(world, asked), "instances.deliver")}


def _add_spaces(world: World, asked: Asked) -> JsonObject:
    _known(world, asked).space_models.update(space_models(asked))
    return {"success": True, "result": True}


def _update(world: World, asked: Asked) -> JsonObject:
    card = _known(world, asked)
    if asked.body.get("cardData") is None and asked.body.get("privateData") is None:
        raise Refusal("param.cardDataAndPrivateDataBothEmpty", "cardData and privateData are both empty")
    values = card_values(asked.body["cardData"]) if asked.body.get("cardData") is not None else None
    private = _private(world, asked)
    options = asked.body.get("cardUpdateOptions")
    options = options if isinstance(options, dict) else {}
    for staff_id, mine in private.items():
        card.write_private(staff_id, mine, by_key=options.get("updatePrivateDataByKey") is True)
    if values is not None:
        _inspect(world, card.out_track_id, values)
        card.write(world.platform.clock(), "put", values, by_key=options.get("updateCardDataByKey") is True)
    else:
        card.note(world.platform.clock(), "put", {})
    world.chats.tell("card_updated", card.conversation, card)
    return {"success": True, "result": True}


def _instance(world: World, asked: Asked) -> Card:
    """The card that the call describes, checked but not stored."""
    body = asked.body
    for name, code in (("outTrackId", "param.outTrackIdEmpty"), ("cardTemplateId", "param.cardTemplateIdEmpty")):
        if not isinstance(body.get(name), str) or not body[name]:
            raise Refusal(code, f"{name} is empty")
    if body["cardTemplateId"] not in world.chats.templates:
        raise Refusal("param.templateNotExist", "the card template does not exist")
    if body.get("callbackType") not in (None, "STREAM", "HTTP"):
        raise Refusal("param.invalid", "callbackType is neither STREAM nor HTTP")
    values = card_values(body.get("cardData"))
    _inspect(world, body["outTrackId"], values)
    card = Card(body["outTrackId"], body["cardTemplateId"], values, callback_type=body.get("callbackType") or "")
    card.user_id_type = 2 if body.get("userIdType") == 2 else 1
    card.private = _private(world, asked)
    card.space_models = space_models(asked)
    card.carrier_id = uuid4().hex
    card.write(world.platform.clock(), "create", values, by_key=True)
    return card


def _stored(world: World, card: Card) -> Card:
    """The card of this outTrackId: the first one for ever, whatever a later call says."""
    known = world.chats.cards.get(card.out_track_id)
    if known is None:
        world.chats.keep(world.chats.cards, card.out_track_id, card)
        return card
    if world.platform.faults.reused_cards_are_refused and known.conversation is not None:
        raise Refusal("param.cardAlreadyExist", "the card already exists")
    known.space_models = {**card.space_models, **known.space_models}
    return known


def _deliver(world: World, asked: Asked, card: Card, spaces: list[Space], api: str) -> list[JsonObject]:
    card.delivered_times += 1
    missing = [space for space in spaces if space.model not in card.space_models]
    if missing:
        return [_row("IM", "IM_ALL", error="spaces of card is empty")]
    return [_deliver_to(world, asked, card, space, api) for space in spaces]


def _deliver_to(world: World, asked: Asked, card: Card, space: Space, api: str) -> JsonObject:
    error = check_deliverable(world, card, space) or world.platform.faults.take_inner(api, asked)
    if error:
        return _row(space.kind, space.id, error=error)
    assert space.conversation is not None
    if card.conversation is None:
        card.space, card.conversation = space.kind, space.conversation
        card.recipients, card.at_users = space.recipients, space.at_users
        preview = card.space_models[space.model].get("lastMessageI18n")
        card.preview = preview if isinstance(preview, dict) else {}
        space.conversation.show_card(card)
        world.chats.tell("card", space.conversation, card)
    elif card.conversation is not space.conversation:
        world.platform.violate("outTrackId reused", f"{card.out_track_id!r} already stands in another conversation")
    return _row(space.kind, space.id, carrier=card.carrier_id)


def _row(kind: str, space_id: str, *, carrier: str = "", error: str = "") -> JsonObject:
    row: JsonObject = {"spaceType": kind, "spaceId": space_id, "success": not error, "errorMsg": error}
    return {**row, "carrierId": carrier} if carrier else row


def _known(world: World, asked: Asked) -> Card:
    out_track_id = asked.body.get("outTrackId")
    if not isinstance(out_track_id, str) or not out_track_id:
        raise Refusal("param.outTrackIdEmpty", "outTrackId is empty")
    card = world.chats.cards.get(out_track_id)
    if card is None:
        raise Refusal("param.cardNotExist", "the card does not exist")
    return card


def _private(world: World, asked: Asked) -> dict[str, dict[str, str]]:
    holders = asked.body.get("privateData")
    if holders is None:
        return {}
    if not isinstance(holders, dict):
        raise Refusal("param.invalid", "privateData is not an object")
    return {staff_id_of(world, asked, user_id): card_values(holder) for user_id, holder in holders.items()}


def _inspect(world: World, out_track_id: str, values: dict[str, str]) -> None:
    for key in blank_values(values):
        world.platform.violate(
            "blank card", f"{key!r} of {out_track_id!r} has {len(values[key])} characters, clients show nothing"
        )
    try:
        full_json(values)
    except ValueError:
        world.platform.violate(
            "bad sys_full_json_obj", f"that of {out_track_id!r} is not a JSON object, no button appears"
        )


ENDPOINTS = (
    Endpoint("createAndDeliver", "POST", "/v1.0/card/instances/createAndDeliver", _create_and_deliver, scope=SCOPE),
    Endpoint("instances.create", "POST", "/v1.0/card/instances", _create, scope=SCOPE),
    Endpoint("instances.deliver", "POST", "/v1.0/card/instances/deliver", _deliver_only, scope=SCOPE),
    Endpoint("instances.spaces", "PUT", "/v1.0/card/instances/spaces", _add_spaces, scope=SCOPE),
    Endpoint("instances.update", "PUT", "/v1.0/card/instances", _update, scope=SCOPE),
)
