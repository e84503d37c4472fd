"""Messages without cards: sessionWebhook, group and 1:1 sending, recall, files."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.emulator import Emulator

GROUP_SEND = "/v1.0/robot/groupMessages/send"
DIRECT_SEND = "/v1.0/robot/oToMessages/batchSend"


async def webhook(client, said, body):
    url = json.loads(said.push.data)["sessionWebhook"]
    async with client.session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_the_webhook_of_a_message_answers_in_its_conversation(client, alice, group):
    said = await alice.says("hello", to=group)
    body = {"msgtype": "markdown", "markdown": {"title": "t", "text": "hi @alice"}, "at": {"atUserIds": ["alice", "x"]}}
    assert (await webhook(client, said, body))[1] == {"errcode": 0, "errmsg": "ok"}
    message = await group.next_message()
    assert (message.kind, message.text, message.title, message.at) == ("markdown", "hi @alice", "t", ("alice",))


async def test_markdown_notifies_only_those_whom_its_text_names(client, alice, group):
    said = await alice.says("hello", to=group)
    at = {"at": {"atUserIds": ["alice"]}}
    await webhook(client, said, {"msgtype": "markdown", "markdown": {"title": "t", "text": "hi"}, **at})
    await webhook(client, said, {"msgtype": "text", "text": {"content": "hi"}, **at})
    assert [each.at for each in group.messages] == [(), ("alice",)]


async def test_a_webhook_expires_after_ninety_minutes(client_for):
    hours = [0.0]
    async with Emulator(now=lambda: datetime(2026, 3, 10, tzinfo=UTC) + timedelta(hours=hours[0])) as dingtalk:
        alice = dingtalk.person("alice")
        said = await alice.says("hello")
        data = json.loads(said.push.data)
        assert data["sessionWebhookExpiredTime"] - data["createAt"] == 5_400_000
        async with client_for(dingtalk) as client:
            body = {"msgtype": "text", "text": {"content": "hi"}}
            assert (await webhook(client, said, body))[1]["errcode"] == 0
            hours[0] = 1.5
            status, answer = await webhook(client, said, body)
            assert (status, answer["errcode"], answer["errmsg"]) == (200, 300001, "session 不存在")


async def test_long_and_malformed_webhook_messages_are_refused(client, dingtalk, alice, group):
    said = await alice.says("hello", to=group)
    long = {"msgtype": "text", "text": {"content": "汉" * 7000}}
    assert (await webhook(client, said, long))[1]["errcode"] == 460101
    assert (await webhook(client, said, {"msgtype": "poem"}))[1]["errcode"] == 40035
    await webhook(client, said, {"msgtype": "text", "text": {"content": "hi"}, "at": {"atUserIds": [None]}})
    assert dingtalk.violations[0].rule == "empty mention"
    dingtalk.faults.webhook_expired()
    assert (await webhook(client, said, {"msgtype": "text", "text": {"content": "a"}}))[1]["errcode"] == 300001


async def test_a_group_can_be_limited_to_messages_per_minute(client_for):
    async with Emulator(messages_per_minute=2) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        alice = dingtalk.person("alice")
        group = dingtalk.group("Design", [alice])
        said = await alice.says("hello", to=group)
        body = {"msgtype": "text", "text": {"content": "hi"}}
        assert [(await webhook(client, said, body))[1]["errcode"] for _ in range(3)] == [0, 0, 130101]
        body = send(client, openConversationId=group.conversation_id)
        assert (await client.api("POST", GROUP_SEND, body))[1]["code"] == "send.too.fast"


def send(client, **place):
    param = json.dumps({"title": "t", "text": "hello"})
    return {"robotCode": client.dingtalk.robot_code, "msgKey": "sampleMarkdown", "msgParam": param, **place}


async def test_a_group_that_removes_the_bot_or_is_no_more_refuses_a_message_by_its_own_code(client, group):
    async def sent():
        status, answer = await client.api("POST", GROUP_SEND, send(client, openConversationId=group.conversation_id))
        return status, answer.get("code")

    assert await sent() == (200, None)
    group.remove_bot()
    assert await sent() == (400, "resource.not.found")
    group.add_bot()
    assert await sent() == (200, None)
    group.disband()
    assert await sent() == (400, "group.disbanded")


async def test_a_group_message_arrives_and_can_be_recalled(client, group):
    body = send(client, openConversationId=group.conversation_id)
    key = (await client.api("POST", GROUP_SEND, body))[1]["processQueryKey"]
    message = await group.next_message()
    assert (message.via, message.title, message.text) == ("groupMessages/send", "t", "hello")
    recall = {"robotCode": client.dingtalk.robot_code, "processQueryKeys": [key, "other"]}
    answer = (await client.api("POST", "/v1.0/robot/groupMessages/recall", recall))[1]
    assert answer["successResult"] == [key]
    assert list(answer["failedResult"]) == ["other"]
    assert message.recalled


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"robotCode": ""}, "invalidParameter.robotCode.empty"),
        ({"robotCode": "other"}, "invalidParameter.robotCode.notExsit"),
        ({"openConversationId": ""}, "miss.openConversationId"),
        ({"openConversationId": "cid?"}, "invalid.openConversationId"),
        ({"msgKey": ""}, "invalidParameter.msgKey.empty"),
        ({"msgKey": "poem"}, "invalidParameter.msgKey.invalid"),
        ({"msgParam": {"title": "t", "text": "hello"}}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"title":"t"}'}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "x" * 15_001}, "invalidParameter.msgParam.tooLong"),
    ],
)
async def test_what_is_wrong_with_a_message_is_said_by_code(client, group, changes, code):
    body = {**send(client, openConversationId=group.conversation_id), **changes}
    status, answer = await client.api("POST", GROUP_SEND, body)
    assert (status, answer["code"]) == (400, code)
    assert group.messages == []


async def test_direct_messages_list_whom_they_did_not_reach(client, dingtalk, alice, bob):
    dingtalk.faults.flow_control(bob)
    answer = (await client.api("POST", DIRECT_SEND, send(client, userIds=["alice", "bob", "nobody"])))[1]
    assert answer["invalidStaffIdList"] == ["nobody"]
    assert answer["flowControlledStaffIdList"] == ["bob"]
    assert (await alice.direct.next_message()).text == "hello"
    assert bob.direct.messages == []


async def test_direct_messages_reach_twenty_people_at_most(client):
    assert (await client.api("POST", DIRECT_SEND, send(client, userIds=[])))[1]["code"].endswith("userIds.empty")
    many = send(client, userIds=["x"] * 21)
    assert (await client.api("POST", DIRECT_SEND, many))[1]["code"] == "invalidParameter.userIds.overMax"


async def test_a_file_is_downloaded_by_its_code(client, dingtalk, alice):
    said = await alice.says("notes.txt", msgtype="file")
    code = json.loads(said.push.data)["content"]["downloadCode"]
    body = {"robotCode": dingtalk.robot_code, "downloadCode": code}
    url = (await client.api("POST", "/v1.0/robot/messageFiles/download", body))[1]["downloadUrl"]
    async with client.session.get(url) as answer:
        assert answer.status == 200
    body["downloadCode"] = "unknown"
    assert (await client.api("POST", "/v1.0/robot/messageFiles/download", body))[0] == 400
