"""Plain Markdown messages of the robot: into the session of a message, into a group, to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from bot.dingtalk.endpoints import is_session_webhook
from bot.dingtalk.http import Api
from bot.dingtalk.replies import read_legacy_reply
from bot.errors import NotFound, NotInGroup, Rejected, RemoteError, Throttled

SESSION = "sendBySession"
GROUP = "groupMessages/send"
DIRECT = "oToMessages/batchSend"
MAX_SESSION_BODY = 20_000
MAX_MSG_PARAM = 15_000
MAX_PEOPLE = 20
_NOT_THERE = frozenset(
    ("resource.not.found", "group.disbanded", "invalid.openConversationId", "conversation.org.notMatch")
)
"""What groupMessages/send says of a group without the robot ("robot 不存在"), and of one that is no more."""


@dataclass(frozen=True, slots=True)
class DirectMessage:
    """A message to people. Those in `flow_controlled` and `invalid` did not get it, although the call succeeded."""

    process_query_key: str
    flow_controlled: tuple[str, ...]
    invalid: tuple[str, ...]


async def send_session(api: Api, webhook: str, *, title: str, text: str, at: Sequence[str] = ()) -> None:
    """Answer over the `sessionWebhook` of a message, which lives for 90 minutes and needs no token.

    `at` are staffIds to notify; those whose `@staffId` is not in the text are appended to it, as DingTalk wants.
    `Rejected` before anything is sent where the URL leads anywhere but to DingTalk; `NotFound` where the session is
    over, so that the caller can send in another way.
    """
    if not is_session_webhook(webhook, api.endpoints):
        raise Rejected("the sessionWebhook does not lead to DingTalk, nothing was sent", api=SESSION)
    body = {
        "msgtype": "markdown",
        "markdown": {"title": title, "text": _with_mentions(text, at)},
        "at": {"atUserIds": list(at), "isAtAll": False},
    }
    _check_size(SESSION, body, MAX_SESSION_BODY)
    await api.post(SESSION, webhook, body=body, repeatable=False, read=read_legacy_reply)


async def send_group(api: Api, *, robot_code: str, conversation_id: str, title: str, text: str) -> str:
    """Post into a group of which the robot is a member; gives the processQueryKey. Nobody can be notified by this.

    Raises NotInGroup where it is not a member, or there is no such group.
    """
    body = {"robotCode": robot_code, "openConversationId": conversation_id, **_markdown(GROUP, title, text)}
    try:
        reply = await api.call(GROUP, "POST", "/v1.0/robot/groupMessages/send", body=body, repeatable=False)
    except RemoteError as error:
        if error.code not in _NOT_THERE:
            raise
        text = "the robot is not in the group, add it again"
        raise NotInGroup(text, api=GROUP, code=error.code, status=error.status) from error
    return str(reply.get("processQueryKey") or "")


async def send_direct(api: Api, *, robot_code: str, staff_ids: Sequence[str], title: str, text: str) -> DirectMessage:
    """Send to 1 to 20 people, each in their own chat with the robot.

    Where not one of them gets it: `Throttled` if any was held back by flow control, else `NotFound`.
    """
    if not 1 <= len(staff_ids) <= MAX_PEOPLE:
        raise ValueError(f"{len(staff_ids)} people in one message, expected 1 to {MAX_PEOPLE}")
    body = {"robotCode": robot_code, "userIds": list(staff_ids), **_markdown(DIRECT, title, text)}
    reply = await api.call(DIRECT, "POST", "/v1.0/robot/oToMessages/batchSend", body=body, repeatable=False)
    held, invalid = _texts(reply.get("flowControlledStaffIdList")), _texts(reply.get("invalidStaffIdList"))
    message = DirectMessage(str(reply.get("processQueryKey") or ""), held, invalid)
    if not set(staff_ids) - {*held, *invalid}:
        if held:
            raise Throttled("too many messages to these people, send later", api=DIRECT)
        raise NotFound("nobody of these people can be reached by the robot", api=DIRECT)
    return message


def _with_mentions(text: str, at: Sequence[str]) -> str:
    missing = [f"@{staff_id}" for staff_id in at if f"@{staff_id}" not in text]
    return "\n\n".join([text, " ".join(missing)]) if missing else text


def _markdown(api: str, title: str, text: str) -> dict[str, str]:
    """`msgParam` is JSON in a string, as DingTalk wants it."""
    param = {"title": title, "text": text}
    _check_size(api, param, MAX_MSG_PARAM)
    return {"msgKey": "sampleMarkdown", "msgParam": to_json(param).decode()}


def _check_size(api: str, value: Mapping[str, Any], limit: int) -> None:
    try:
        size = len(to_json(value))
    except ValueError:
        raise Rejected("the message holds characters that are no text, nothing was sent", api=api) from None
    if size > limit:
        raise Rejected(f"the message has {size} bytes, at most {limit} are allowed, nothing was sent", api=api)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
