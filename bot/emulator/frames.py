"""What a robot message looks like on the wire: mentions stripped, the bot in atUsers, every msgtype."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.emulator.cards import Card
from bot.emulator.conversations import Conversation, Message
from bot.emulator.people import Person
from bot.emulator.wire import JsonObject, opaque_id
from bot.emulator.world import World


class _Remove:
    """The type of `REMOVE`."""

    def __repr__(self) -> str:
        return "REMOVE"


REMOVE = _Remove()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says, and how it is to arrive; see `Person.says`."""

    sender: Person
    text: str
    conversation: Conversation
    msg_id: str
    created_at: datetime
    webhook: str
    webhook_life: float
    at: Sequence[Person] = ()
    msgtype: str = "text"
    rich: str = "visible"
    over_quota: bool = False
    quotes: Card | Message | None = None


def new_msg_id() -> str:
    """A business message id, stable over redelivery."""
    return f"msg{opaque_id(uuid4().hex)}"


def robot_message(world: World, said: Utterance) -> JsonObject:
    """The data of a push on the robot topic."""
    created = int(said.created_at.timestamp() * 1000)
    message: JsonObject = {
        "conversationId": said.conversation.conversation_id,
        "conversationType": said.conversation.kind,
        "chatbotCorpId": world.settings.corp_id,
        "chatbotUserId": world.bot_dingtalk_id,
        "robotCode": world.robot_code,
        "msgId": said.msg_id,
        "createAt": created,
        "sessionWebhook": said.webhook,
        "sessionWebhookExpiredTime": created + int(said.webhook_life * 1000),
        "senderPlatform": "Win",
        **_sender(said.sender),
    }
    if not said.conversation.is_direct:
        message.update(_group(world, said))
    message.update(_content(world, said))
    return message if said.quotes is None or "text" not in message else _quoting(world, message, said.quotes)


def override(message: JsonObject, changes: JsonObject) -> JsonObject:
    """A copy with fields replaced, or taken out where the value is `REMOVE`; keys may be dotted paths.

    >>> override({"text": {"content": "a"}, "b": 1}, {"text.content": None, "b": REMOVE})
    {'text': {'content': None}}
    """
    changed = copy.deepcopy(message)
    for path, value in changes.items():
        *way, last = path.split(".")
        holder = changed
        for step in way:
            holder = holder.setdefault(step, {})
        if value is REMOVE:
            holder.pop(last, None)
        else:
            holder[last] = value
    return changed


def _sender(person: Person) -> JsonObject:
    known: JsonObject = {"senderId": person.dingtalk_id, "senderNick": person.nick or person.name, "isAdmin": False}
    if person.outsider:
        return known
    return {**known, "senderStaffId": person.staff_id, "senderCorpId": person.corp_id}


def _group(world: World, said: Utterance) -> JsonObject:
    users: list[JsonObject] = [{"dingtalkId": world.bot_dingtalk_id}, *(_at_user(world, each) for each in said.at)]
    if world.faults.mentions_are_shuffled:
        world.rng.shuffle(users)
    return {"conversationTitle": said.conversation.title, "atUsers": users, "isInAtList": True}


def _at_user(world: World, person: Person) -> JsonObject:
    entry: JsonObject = {"dingtalkId": person.dingtalk_id}
    return entry if person.outsider or world.faults.mentions_are_bare else {**entry, "staffId": person.staff_id}


def _quoting(world: World, message: JsonObject, quoted: Card | Message) -> JsonObject:
    is_card = isinstance(quoted, Card)
    key = quoted.carrier_id if isinstance(quoted, Card) else quoted.key
    replied: JsonObject = {
        "msgId": f"msg{opaque_id('quoted', key)}",
        "msgType": "interactiveCard" if is_card else "text",
        "senderId": world.bot_dingtalk_id,
        "createdAt": message["createAt"],
    }
    if not is_card:
        replied["content"] = {"text": quoted.text}
    text = {**message["text"], "isReplyMsg": True, "repliedMsg": replied}
    return {**message, "text": text, "originalMsgId": replied["msgId"], "originalProcessQueryKey": key}


def _content(world: World, said: Utterance) -> JsonObject:
    if said.over_quota or world.faults.gateway.push_quota_gone:
        return {"msgtype": said.msgtype, "errorCode": "20001", "errorMessage": "消息推送次数超限"}
    if said.msgtype == "text":
        return {"msgtype": "text", "text": {"content": _stripped(world, said)}}
    return {"msgtype": said.msgtype, "content": _other_content(world, said)}


def _stripped(world: World, said: Utterance) -> str:
    if said.conversation.is_direct:
        return said.text
    text = f"@{world.settings.bot_name} {said.text.removeprefix(f'@{world.settings.bot_name} ')}"
    for person in said.at:
        mention = f"@{person.name}"
        text = text if mention in text else f"{text} {mention} "
        text = text.replace(mention, "", 1)
    return text.replace(f"@{world.settings.bot_name}", "", 1)


def _other_content(world: World, said: Utterance) -> JsonObject:
    code = _file(world)
    if said.msgtype == "audio":
        return {"duration": 4000, "downloadCode": code, "recognition": said.text}
    if said.msgtype == "picture":
        return {"downloadCode": code, "pictureDownloadCode": _file(world)}
    if said.msgtype == "video":
        return {"duration": "5", "videoType": "mp4", "downloadCode": code}
    if said.msgtype == "file":
        return {"spaceId": "1", "fileName": said.text, "downloadCode": code, "fileId": "2"}
    if said.msgtype == "richText":
        return {"richText": _rich_parts(world, said, code)}
    return {said.msgtype: said.text}


def _rich_parts(world: World, said: Utterance, code: str) -> list[JsonObject]:
    bot: list[JsonObject] = [] if said.conversation.is_direct else [{"text": f"@{world.settings.bot_name}"}]
    mentions = [_rich_mention(person, said.rich) for person in said.at]
    picture: JsonObject = {"type": "picture", "downloadCode": code, "pictureDownloadCode": _file(world)}
    return [*bot, *mentions, {"text": said.text}, picture]


def _rich_mention(person: Person, shape: str) -> JsonObject:
    if shape == "at_name":
        return {"type": "at", "atName": person.name, "atUserId": person.staff_id}
    if shape == "at_ids":
        return {"type": "at", "atUserIds": [person.staff_id], "atMobiles": []}
    return {"text": f"@{person.name}"}


def _file(world: World) -> str:
    code = uuid4().hex
    world.keep(world.files, code, f"{world.url}/files/{code}")
    return code
