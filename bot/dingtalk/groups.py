"""The members of a group, of the few kinds that DingTalk lists: scene groups, and groups that have a cool-app."""

from typing import Any

from bot.dingtalk.http import Api
from bot.errors import MalformedReply

PAGE = 100
_MAX_PAGES = 50


async def list_members(api: Api, conversation_id: str, *, cool_app_code: str | None = None) -> tuple[str, ...]:
    """The staffIds of a group's members, without those of other organisations and without bots; all pages.

    `cool_app_code` names the cool-app that is installed in a group that is no scene group. `PermissionDenied` without
    qyapi_chat_manage, or, as `Rejected`, for an ordinary group.
    """
    members: list[str] = []
    token = ""
    for _ in range(_MAX_PAGES):
        body: dict[str, Any] = {"openConversationId": conversation_id, "maxResults": PAGE}
        body |= {"coolAppCode": cool_app_code} if cool_app_code else {}
        body |= {"nextToken": token} if token else {}
        path = "/v1.0/im/sceneGroups/members/batchQuery"
        reply = await api.call("sceneGroups/members", "POST", path, body=body, repeatable=True)
        found = reply.get("memberUserIds")
        if not isinstance(found, list):
            raise MalformedReply("expected a list of memberUserIds in the reply", api="sceneGroups/members")
        members += [each for each in found if isinstance(each, str) and each]
        further = reply.get("nextToken")
        if reply.get("hasMore") is not True or not isinstance(further, str) or further in ("", token):
            break
        token = further
    return tuple(dict.fromkeys(members))
