"""What a robot message looks like on the wire: mentions stripped, the bot in atUsers, every msgtype."""

from __future__ import annotations

import copy
from uuid import uuid4

from bot.emulator.cards import Card
from bot.emulator.people import Account
from bot.emulator.platform import Platform
from bot.emulator.rooms import Message
from bot.emulator.talk import Said, Utterance
from bot.emulator.wire import JsonObject, opaque_id
from bot.emulator.world import World


class _Remove:
    """The type of `REMOVE`."""

    def __repr__(self) -> str:
        return "REMOVE"


REMOVE = _Remove()


BOT_DINGTALK_ID = "$:LWCP_v1:$Wm9yb3R0ZXN0Ym90=="


def new_msg_id() -> str:
    """A business message id, stable over redelivery."""
    return f"msg{opaque_id(uuid4().hex)}"


def robot_message(world: World, said: Said, how: Utterance, webhook: str) -> JsonObject:
    """The data of a push on the robot topic."""
    platform, group = world.platform, not said.conversation.is_direct
    settings = platform.settings
    created = int((how.created_at or platform.now()).timestamp() * 1000)
    message: JsonObject = {
        "conversationId": said.conversation.conversation_id,
        "conversationType": said.conversation.kind,
        "chatbotCorpId": settings.corp_id,
        "chatbotUserId": BOT_DINGTALK_ID,
        "robotCode": settings.robot_code,
        "msgId": said.msg_id,
        "createAt": created,
        "sessionWebhook": webhook,
        "sessionWebhookExpiredTime": created + int(settings.webhook_life * 1000),
        "senderPlatform": "Win",
        **_sender(said.sender),
        **(_group(platform, said) if group else {}),
        **_content(world, said, how),
    }
    return message if how.quotes is None or "text" not in message else _quoting(message, how.quotes)


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


def _sender(person: Account) -> JsonObject:
    known: JsonObject = {"senderId": person.dingtalk_id, "senderNick": person.nick or person.name, "isAdmin": False}
    if person.outsider:
        return known
    return {**known, "senderStaffId": person.staff_id, "senderCorpId": person.corp_id}


def _group(platform: Platform, said: Said) -> JsonObject:
    users: list[JsonObject] = [{"dingtalkId": BOT_DINGTALK_ID}, *(_at_user(platform, each) for each in said.at)]
    if platform.faults.mentions_are_shuffled:
        platform.rng.shuffle(users)
    return {"conversationTitle": said.conversation.title, "atUsers": users, "isInAtList": True}


def _at_user(platform: Platform, person: Account) -> JsonObject:
    entry: JsonObject = {"dingtalkId": person.dingtalk_id}
    return entry if person.outsider or platform.faults.mentions_are_bare else {**entry, "staffId": person.staff_id}


def _quoting(message: JsonObject, quoted: Card | Message | Said) -> JsonObject:
    if isinstance(quoted, Said):
        return _quoting_somebody(message, quoted)
    is_card = isinstance(quoted, Card)
    key = quoted.carrier_id if isinstance(quoted, Card) else quoted.key
    replied: JsonObject = {
        "msgId": f"msg{opaque_id('quoted', key)}",
        "msgType": "interactiveCard" if is_card else "text",
        "senderId": BOT_DINGTALK_ID,
        "createdAt": message["createAt"],
    }
    if not is_card:
        replied["content"] = {"text": quoted.text}
    text = {**message["text"], "isReplyMsg": True, "repliedMsg": replied}
    return {**message, "text": text, "originalMsgId": replied["msgId"], "originalProcessQueryKey": key}


def _quoting_somebody(message: JsonObject, quoted: Said) -> JsonObject:
    replied: JsonObject = {
        "msgId": quoted.msg_id,
        "msgType": "text",
        "senderId": quoted.sender.dingtalk_id,
        "createdAt": int(quoted.created_at.timestamp() * 1000) if quoted.created_at else message["createAt"],
        "content": {"text": quoted.text},
    }
    text = {**message["text"], "isReplyMsg": True, "repliedMsg": replied}
    return {**message, "text": text, "originalMsgId": quoted.msg_id}


def _content(world: World, said: Said, how: Utterance) -> JsonObject:
    if how.over_quota or world.platform.faults.gateway.push_quota_gone:
        return {"msgtype": how.msgtype, "errorCode": "20001", "errorMessage": "消息推送次数超限"}
    if how.msgtype == "text":
        return {"msgtype": "text", "text": {"content": _stripped(world.platform.settings.bot_name, said)}}
    return {"msgtype": how.msgtype, "content": _other_content(world, said, how)}


def _stripped(bot: str, said: Said) -> str:
    if said.conversation.is_direct:
        return said.text
    text = f"@{bot} {said.text.removeprefix(f'@{bot} ')}"
    for person in said.at:
        mention = f"@{person.name}"
        text = text if mention in text else f"{text} {mention} "
        text = text.replace(mention, "", 1)
    return text.replace(f"@{bot}", "", 1)


def _other_content(world: World, said: Said, how: Utterance) -> JsonObject:
    code = _file(world)
    if how.msgtype == "audio":
        return {"duration": 4000, "downloadCode": code, "recognition": said.text}
    if how.msgtype == "picture":
        return {"downloadCode": code, "pictureDownloadCode": _file(world)}
    if how.msgtype == "video":
        return {"duration": "5", "videoType": "mp4", "downloadCode": code}
    if how.msgtype == "file":
        return {"spaceId": "1", "fileName": said.text, "downloadCode": code, "fileId": "2"}
    if how.msgtype == "richText":
        return {"richText": _rich_parts(world, said, how, code)}
    return {how.msgtype: said.text}


def _rich_parts(world: World, said: Said, how: Utterance, code: str) -> list[JsonObject]:
    picture: JsonObject = {"type": "picture", "downloadCode": code, "pictureDownloadCode": _file(world)}
    if said.conversation.is_direct:
        return [{"text": said.text}, picture]
    mentions = [_rich_mention(person, how.rich) for person in said.at]
    return [{"text": f"@{world.platform.settings.bot_name}"}, *mentions, {"text": said.text}, picture]


def _rich_mention(person: Account, shape: str) -> JsonObject:
    if shape == "at_name":
        return {"type": "at", "atName": person.name, "atUserId": person.staff_id}
    if shape == "at_ids":
        return {"type": "at", "atUserIds": [person.staff_id], "atMobiles": []}
    return {"text": f"@{person.name}"}


def _file(world: World) -> str:
    code = uuid4().hex
    world.chats.keep(world.chats.files, code, f"{world.platform.url}/files/{code}")
    return code
