"""What a robot sends without cards: sessionWebhook, group and 1:1 messages, recall, and file download."""

from __future__ import annotations

import json
from typing import TypeGuard
from uuid import uuid4

from bot.emulator.cards import Card
from bot.emulator.conversations import Conversation
from bot.emulator.rooms import Message
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, Refusal
from bot.emulator.world import World

SCOPE = "qyapi_robot_sendmsg"
MAX_PARAM_BYTES = 15_000
MAX_WEBHOOK_BYTES = 20_000
MAX_PEOPLE = 20
MSG_KEYS: dict[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("text", "title", "messageUrl"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    **{f"sampleActionCard{n}": ("title", "text", "actionTitle1", "actionURL1") for n in range(2, 6)},
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleVideo": ("duration", "videoMediaId", "videoType", "picMediaId"),
}


def _webhook(world: World, asked: Asked) -> JsonObject:
    session = world.chats.sessions.get(asked.params.get("session", ""))
    if session is None or world.platform.faults.webhooks_are_expired or session.expires <= world.platform.now():
        raise OapiRefusal(300001, "session 不存在")
    if len(json.dumps(asked.body, ensure_ascii=False).encode()) > MAX_WEBHOOK_BYTES:
        raise OapiRefusal(460101, "message too long, exceed 20000 bytes")
    kind = asked.body.get("msgtype")
    content = asked.body.get(kind) if isinstance(kind, str) else None
    if kind not in ("text", "markdown", "actionCard", "link", "feedCard") or not isinstance(content, dict):
        raise OapiRefusal(40035, "缺少参数 json")
    text = content.get("content" if kind == "text" else "text")
    if kind != "feedCard" and (not isinstance(text, str) or not text):
        raise OapiRefusal(40035, f"缺少参数 {kind}")
    if not _has_room(world, session.conversation):
        raise OapiRefusal(130101, "send too fast, exceed 20 times per minute")
    title = str(content.get("title", ""))
    at = _notified(world, session.conversation, asked.body.get("at"), text or "", kind)
    _show(world, Message(session.conversation, "sendBySession", kind, text or "", title, at, asked.body))
    return {"errcode": 0, "errmsg": "ok"}


def _notified(world: World, conversation: Conversation, at: object, text: str, kind: str) -> tuple[str, ...]:
    """The staffIds that are notified: members in atUserIds; in markdown only those that the text names as @id."""
    wanted = at.get("atUserIds") if isinstance(at, dict) else None
    if not isinstance(wanted, list):
        return ()
    if not all(isinstance(each, str) and each for each in wanted):
        world.platform.violate("empty mention", "atUserIds of a sessionWebhook holds something that is not a staffId")
    members = {each.staff_id for each in conversation.members if not each.outsider}
    return tuple(each for each in map(str, wanted) if each in members and (kind == "text" or f"@{each}" in text))


def _group_send(world: World, asked: Asked) -> JsonObject:
    _check_robot(world, asked)
    key = asked.body.get("openConversationId")
    if not isinstance(key, str) or not key:
        raise Refusal("miss.openConversationId", "openConversationId is empty")
    conversation = world.chats.conversations.get(key)
    if conversation is None or conversation.is_direct:
        raise Refusal("invalid.openConversationId", "openConversationId is invalid")
    if conversation.disbanded:
        raise Refusal("group.disbanded", "the group is disbanded")
    if not conversation.has_bot:
        raise Refusal("resource.not.found", "robot 不存在")
    message = _message(asked, conversation, "groupMessages/send")
    if not _has_room(world, conversation):
        raise Refusal("send.too.fast", "发送过快")
    return {"processQueryKey": _show(world, message)}


def _direct_send(world: World, asked: Asked) -> JsonObject:
    _check_robot(world, asked)
    user_ids = asked.body.get("userIds")
    if not _is_texts(user_ids) or not user_ids:
        raise Refusal("invalidParameter.userIds.empty", "userIds is empty")
    if len(user_ids) > MAX_PEOPLE:
        raise Refusal("invalidParameter.userIds.overMax", f"more than {MAX_PEOPLE} userIds")
    people = {each: world.company.staff(each) for each in user_ids}
    held = [each for each in people if each in world.platform.faults.flow_controlled]
    _message_param(asked)
    key = uuid4().hex
    for staff_id, person in people.items():
        if person is not None and staff_id not in held:
            _show(world, _message(asked, world.chats.direct(person), "oToMessages/batchSend"), key)
    invalid = [each for each, person in people.items() if person is None]
    return {"processQueryKey": key, "invalidStaffIdList": invalid, "flowControlledStaffIdList": held}


def _check_robot(world: World, asked: Asked) -> None:
    code = asked.body.get("robotCode")
    if not isinstance(code, str) or not code:
        raise Refusal("invalidParameter.robotCode.empty", "robotCode is empty")
    if code != world.platform.settings.robot_code:
        raise Refusal("invalidParameter.robotCode.notExsit", "robotCode does not exist")


def _message(asked: Asked, conversation: Conversation, via: str) -> Message:
    param = _message_param(asked)
    text = str(param.get("text", param.get("content", "")))
    return Message(conversation, via, str(asked.body["msgKey"]), text, str(param.get("title", "")), (), asked.body)


def _message_param(asked: Asked) -> JsonObject:
    needed, text = MSG_KEYS.get(str(asked.body.get("msgKey"))), asked.body.get("msgParam")
    if not asked.body.get("msgKey"):
        raise Refusal("invalidParameter.msgKey.empty", "msgKey is empty")
    if needed is None:
        raise Refusal("invalidParameter.msgKey.invalid", "msgKey is unknown")
    if not isinstance(text, str):
        raise Refusal("invalidParameter.msgParam.invalid", "msgParam is not a JSON string")
    if len(text.encode()) > MAX_PARAM_BYTES:
        raise Refusal("invalidParameter.msgParam.tooLong", f"msgParam is longer than {MAX_PARAM_BYTES} bytes")
    try:
        param = json.loads(text)
    except ValueError:
        param = None
    if not isinstance(param, dict) or not all(param.get(name) for name in needed):
        raise Refusal("invalidParameter.msgParam.invalid", f"msgParam lacks some of {list(needed)}")
    return param


def _has_room(world: World, conversation: Conversation) -> bool:
    platform = world.platform
    limit = platform.settings.messages_per_minute
    return world.chats.minutes.admit(conversation.conversation_id, platform.clock(), limit)


def _show(world: World, message: Message, key: str = "") -> str:
    message.key, message.sent = key or uuid4().hex, world.platform.clock()
    world.chats.show(message)
    return message.key


def _recall(world: World, asked: Asked) -> JsonObject:
    _check_robot(world, asked)
    keys = asked.body.get("processQueryKeys")
    if not _is_texts(keys) or not 0 < len(keys) <= MAX_PEOPLE:
        raise Refusal("invalid.processQueryKey", "processQueryKeys holds 1 to 20 keys")
    done = [key for key in keys if _recalled(world, key)]
    failed = {key: "invalid.processQueryKey" for key in keys if key not in done}
    return {"successResult": done, "failedResult": failed}


def _is_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _recalled(world: World, key: str) -> bool:
    sent: list[Message | Card] = [*world.chats.messages.get(key, [])]
    shown = [each for each in world.chats.cards.values() if each.carrier_id == key]
    for each in (*sent, *shown):
        each.recalled = True
    return bool(sent or shown)


def _download(world: World, asked: Asked) -> JsonObject:
    _check_robot(world, asked)
    url = world.chats.files.get(asked.text("downloadCode"))
    if url is None:
        raise Refusal("invalidParameter.downloadCode", "downloadCode is unknown or expired")
    return {"downloadUrl": url}


ENDPOINTS = (
    Endpoint("sendBySession", "POST", "/robot/sendBySession", _webhook, door="open", exempt=True, limited=False),
    Endpoint("groupMessages/send", "POST", "/v1.0/robot/groupMessages/send", _group_send, scope=SCOPE),
    Endpoint("oToMessages/batchSend", "POST", "/v1.0/robot/oToMessages/batchSend", _direct_send, scope=SCOPE),
    Endpoint("recall", "POST", "/v1.0/robot/groupMessages/recall", _recall, scope=SCOPE),
    Endpoint("recall", "POST", "/v1.0/robot/otoMessages/batchRecall", _recall, scope=SCOPE),
    Endpoint("messageFiles/download", "POST", "/v1.0/robot/messageFiles/download", _download),
)
