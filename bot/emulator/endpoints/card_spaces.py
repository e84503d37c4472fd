"""Where a card may appear: openSpaceId, the models each space needs, and whether the place exists."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.emulator.cards import Card
from bot.emulator.conversations import Conversation
from bot.emulator.wire import Asked, JsonObject, Refusal
from bot.emulator.world import World

PREFIX = "dtv1.card//"
SPACE_MODELS = {"IM_GROUP": "imGroupOpenSpaceModel", "IM_ROBOT": "imRobotOpenSpaceModel"}
DELIVER_MODELS = {"IM_GROUP": "imGroupOpenDeliverModel", "IM_ROBOT": "imRobotOpenDeliverModel"}


@dataclass(frozen=True, slots=True)
class Space:
    """One place of an openSpaceId; `conversation` is None when there is no such place."""

    kind: str
    id: str
    conversation: Conversation | None
    recipients: tuple[str, ...] = ()
    at_users: dict[str, str] = field(default_factory=dict)

    @property
    def model(self) -> str:
        """The name of the space model this place needs."""
        return SPACE_MODELS[self.kind]


def read_spaces(world: World, asked: Asked) -> list[Space]:
    """The places the call names, each with its deliver model checked; refused as DingTalk does."""
    text = asked.body.get("openSpaceId")
    if not isinstance(text, str) or not text:
        raise Refusal("param.openSpaceIdEmpty", "openSpaceId is empty")
    return [_space(world, asked, part) for part in text.removeprefix(PREFIX).split(";")] if _fits(text) else []


def space_models(asked: Asked) -> dict[str, JsonObject]:
    """The space models of the body; each needs a boolean `supportForward`."""
    found = {name: asked.body[name] for name in SPACE_MODELS.values() if asked.body.get(name) is not None}
    for name, model in found.items():
        if not isinstance(model, dict) or not isinstance(model.get("supportForward"), bool):
            raise Refusal("param.openSpaceModelInvalid", f"{name}.supportForward is not a boolean")
    return found


def check_deliverable(world: World, card: Card, space: Space) -> str:
    """Why the card cannot appear there, as errorMsg of a failed row; "" when it can."""
    if space.conversation is None:
        return "spaceId is illegal"
    if not space.conversation.has_bot:
        return "the robot is not in the group"
    unknown = [each for each in card.private if each not in world.company.everybody]
    return f"user {unknown[0]} does not exist" if unknown else ""


def staff_id_of(world: World, asked: Asked, user_id: str) -> str:
    """The key of the person behind a user id, which userIdType says to be a userId (1) or a unionId (2)."""
    by_union_id = asked.body.get("userIdType") == 2
    person = world.company.by_union_id.get(user_id) if by_union_id else world.company.staff(user_id)
    if person is None:
        raise Refusal("param.userIdNotExist", "the user id does not exist")
    return person.key


def _fits(text: str) -> bool:
    if not text.startswith(PREFIX):
        raise Refusal("param.openSpaceIdInvalid", f"openSpaceId does not begin with {PREFIX}")
    return True


def _space(world: World, asked: Asked, part: str) -> Space:
    name, dot, space_id = part.partition(".")
    kind = name.upper()
    if not dot or not space_id or kind not in SPACE_MODELS:
        raise Refusal("param.openSpaceIdInvalid", "openSpaceId is invalid")
    model = asked.body.get(DELIVER_MODELS[kind])
    if not isinstance(model, dict):
        raise Refusal("param.spaceDeliverModelEmpty", f"{DELIVER_MODELS[kind]} is empty")
    return _group(world, asked, space_id, model) if kind == "IM_GROUP" else _robot(world, asked, space_id, model)


def _group(world: World, asked: Asked, space_id: str, model: JsonObject) -> Space:
    if model.get("robotCode") != world.platform.settings.robot_code:
        raise Refusal("param.openDeliverModelError", "robotCode does not exist or belongs to another app")
    found = world.chats.conversations.get(space_id)
    conversation = None if found is None or found.is_direct else found
    recipients, at_users = model.get("recipients") or [], model.get("atUserIds") or {}
    if not isinstance(recipients, list) or not isinstance(at_users, dict):
        raise Refusal("param.openDeliverModelError", "recipients is no array, or atUserIds no object")
    seers = tuple(staff_id_of(world, asked, each) for each in recipients)
    return Space("IM_GROUP", space_id, conversation, seers, at_users)


def _robot(world: World, asked: Asked, space_id: str, model: JsonObject) -> Space:
    robot_code = world.platform.settings.robot_code
    if model.get("spaceType") != "IM_ROBOT" or model.get("robotCode", robot_code) != robot_code:
        raise Refusal("param.openDeliverModelError", "spaceType is not IM_ROBOT, or robotCode is of another app")
    if space_id in world.chats.conversations:
        raise Refusal("param.openSpaceIdInvalid", "IM_ROBOT needs a user id, not a conversation id")
    by_union_id = asked.body.get("userIdType") == 2
    person = world.company.by_union_id.get(space_id) if by_union_id else world.company.staff(space_id)
    return Space("IM_ROBOT", space_id, world.chats.direct(person) if person else None)
