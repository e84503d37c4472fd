"""No body makes an endpoint fail in a way that DingTalk has no words for."""

import json
import random
from urllib.parse import quote

import pytest

from bot.emulator.endpoints import ENDPOINTS

NAMES = [
    "userid",
    "unionid",
    "dept_id",
    "cursor",
    "size",
    "userIds",
    "startTime",
    "endTime",
    "outTrackId",
    "cardTemplateId",
    "cardData",
    "privateData",
    "openSpaceId",
    "imGroupOpenSpaceModel",
    "imGroupOpenDeliverModel",
    "imRobotOpenDeliverModel",
    "callbackType",
    "userIdType",
    "cardUpdateOptions",
    "robotCode",
    "openConversationId",
    "msgKey",
    "msgParam",
    "processQueryKeys",
    "downloadCode",
    "summary",
    "start",
    "end",
    "attendees",
    "isAllDay",
    "recurrence",
    "attendeesToAdd",
    "attendeesToRemove",
    "responseStatus",
    "location",
    "reminders",
    "queryWord",
    "offset",
    "subscriptions",
    "msgtype",
    "text",
    "at",
    "markdown",
]
ODD = [None, 1, True, -1, "", "x", [], {}, [None], [[]], [{}], {"a": 1}, {"cardParamMap": {"a": 1}}, [{"id": []}], "{}"]
EVENT = {
    "summary": "Review",
    "start": {"dateTime": "2026-03-10T14:00:00+08:00"},
    "end": {"dateTime": "2026-03-10T15:00:00+08:00"},
}


@pytest.mark.parametrize("seed", range(4))
async def test_every_body_gets_an_answer_of_the_right_shape(client, dingtalk, alice, group, seed):
    rng = random.Random(seed)
    said = await alice.says("hello", to=group)
    session = json.loads(said.push.data)["sessionWebhook"].partition("?")[2]
    for _ in range(4):
        _, made = await client.event("POST", alice, body=EVENT)
        for endpoint in ENDPOINTS:
            changes = {name: rng.choice(ODD) for name in rng.sample(NAMES, 6)}
            body = {
                **(changes if "/calendars/" in endpoint.path else client.card(group)),
                "userIds": ["x"],
                "robotCode": dingtalk.robot_code,
                "msgtype": "text",
                **changes,
            }
            path = endpoint.path.format(union_id=quote(alice.union_id, safe=""), event_id=made["id"], corp_id="x")
            query = {"oapi": f"access_token={client.token}", "open": session}.get(endpoint.door, "")
            status, answer = await client.api(endpoint.method, f"{path}?{query}", body)
            assert status < 500
            assert isinstance(answer, dict)
