"""Plain messages: over the session of a message, into a group, to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.dingtalk import robot
from bot.dingtalk.cards import DirectSpace, GroupSpace
from bot.dingtalk.http import Api
from bot.errors import MalformedReply, Rejected, RemoteError, RemoteTimeout, Unavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """The `sessionWebhook` of a message while it lives (`until`), else its chat; an outsider's 1:1 chat is None."""

    webhook: str
    until: datetime | None
    chat: GroupSpace | DirectSpace | None


async def say(
    api: Api, to: Session | GroupSpace | DirectSpace, *, title: str, text: str, robot_code: str, now: datetime
) -> None:
    """Sends a text once: over the session while it lives, else as a message of the robot. Raises RemoteError.

    Where it may have arrived over the session it is not sent in another way, which would be a second answer.
    """
    match to:
        case Session(webhook, until, chat):
            if webhook and (until is None or until > now) and await _over_session(api, webhook, title=title, text=text):
                return
            if chat is None:
                raise Rejected(
                    "an outsider in a 1:1 chat is reached over the session only", api="oToMessages/batchSend"
                )
            await say(api, chat, title=title, text=text, robot_code=robot_code, now=now)
        case GroupSpace(conversation_id):
            await robot.send_group(api, robot_code=robot_code, conversation_id=conversation_id, title=title, text=text)
        case DirectSpace(staff_id):
            await robot.send_direct(api, robot_code=robot_code, staff_ids=[staff_id], title=title, text=text)


async def _over_session(api: Api, webhook: str, *, title: str, text: str) -> bool:
    """False where the session is refused, so that nothing arrived. Raises RemoteError where that is not known."""
    try:
        await robot.send_session(api, webhook, title=title, text=text)
    except (RemoteTimeout, Unavailable, MalformedReply):
        raise
    except RemoteError as error:
        log.warning("session_refused", error=str(error))
        return False
    return True
