"""What people say and press, as it arrives at the bot."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from bot.emulator import REMOVE, Emulator, ProtocolViolation

ACK = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


def data(said):
    return json.loads(said.push.data)


async def test_mentions_are_stripped_from_a_group_message(dingtalk, alice, bob, group):
    message = data(await alice.says("有空吗 @Bob Li 周二", at=[bob], to=group))
    assert message["text"] == {"content": " 有空吗  周二"}
    assert (message["conversationType"], message["conversationTitle"]) == ("2", "Design")
    assert message["isInAtList"] is True
    bot, other = message["atUsers"]
    assert bot == {"dingtalkId": message["chatbotUserId"]}
    assert other["staffId"] == "bob"
    assert message["robotCode"] == dingtalk.robot_code


async def test_names_never_arrive_even_when_the_text_does_not_place_them(alice, bob, group):
    assert data(await alice.says("周二有空吗", at=[bob], to=group))["text"]["content"] == " 周二有空吗  "


async def test_a_direct_message_has_no_mentions_and_no_title(alice):
    message = data(await alice.says("周二有空吗", to="direct"))
    assert (message["conversationType"], message["text"]["content"]) == ("1", "周二有空吗")
    assert not {"atUsers", "isInAtList", "conversationTitle"} & set(message)


async def test_a_person_speaks_in_their_only_group_else_directly(dingtalk, alice, group):
    assert (await alice.says("hello")).conversation is group
    dingtalk.group("Second", [alice])
    assert (await alice.says("hello")).conversation is alice.direct


async def test_an_outsider_has_no_staff_id(dingtalk, alice, group):
    outsider = dingtalk.outsider("ext", name="Eve")
    group.members.append(outsider)
    message = data(await outsider.says("hello", to=group))
    assert "senderStaffId" not in message
    assert message["senderNick"] == "Eve"
    assert list(data(await alice.says("hello", at=[outsider], to=group))["atUsers"][1]) == ["dingtalkId"]


async def test_a_group_message_without_the_bot_is_not_pushed(dingtalk, alice, bob, group):
    said = await alice.says("lunch?", at=[bob], to=group, to_bot=False)
    assert (said.push, dingtalk.monthly_pushes) == (None, 0)
    with pytest.raises(RuntimeError, match="nothing was pushed"):
        await said.acked()


@pytest.mark.parametrize(
    ("msgtype", "names"),
    [
        ("audio", {"duration", "downloadCode", "recognition"}),
        ("picture", {"downloadCode", "pictureDownloadCode"}),
        ("video", {"duration", "videoType", "downloadCode"}),
        ("file", {"spaceId", "fileName", "downloadCode", "fileId"}),
        ("richText", {"richText"}),
        ("unknownMsgType", {"unknownMsgType"}),
    ],
)
async def test_other_messages_have_content_instead_of_text(alice, msgtype, names):
    message = data(await alice.says("周二有空吗", msgtype=msgtype))
    assert (message["msgtype"], set(message["content"])) == (msgtype, names)
    assert "text" not in message


@pytest.mark.parametrize(
    ("shape", "mention"),
    [
        ("visible", {"text": "@Bob Li"}),
        ("at_name", {"type": "at", "atName": "Bob Li", "atUserId": "bob"}),
        ("at_ids", {"type": "at", "atUserIds": ["bob"], "atMobiles": []}),
    ],
)
async def test_rich_text_shows_mentions_in_three_ways(alice, bob, group, shape, mention):
    message = data(await alice.says("周二", at=[bob], to=group, msgtype="richText", rich=shape))
    assert message["content"]["richText"][:3] == [{"text": "@有空"}, mention, {"text": "周二"}]


async def test_over_quota_a_message_arrives_gutted(dingtalk, alice):
    message = data(await alice.says("hello", over_quota=True))
    assert message["errorCode"] == "20001"
    assert not {"text", "content"} & set(message)
    dingtalk.faults.push_quota_gone()
    assert "text" not in data(await alice.says("hello"))


async def test_fields_can_be_replaced_and_taken_out(alice):
    said = await alice.says("hello", overrides={"text.content": None, "senderStaffId": REMOVE, "isAdmin": True})
    message = data(said)
    assert message["text"] == {"content": None}
    assert "senderStaffId" not in message
    assert message["isAdmin"] is True


async def test_a_message_has_the_time_it_is_given(alice):
    created = datetime(2026, 3, 10, 1, tzinfo=UTC)
    message = data(await alice.says("hello", created_at=created, msg_id="msg-1"))
    assert (message["createAt"], message["msgId"]) == (1773104400000, "msg-1")
    assert message["sessionWebhookExpiredTime"] == 1773104400000 + 5_400_000
    with pytest.raises(ValueError, match="naive"):
        await alice.says("hello", created_at=datetime(2026, 3, 10))  # noqa: DTZ001


async def test_mentions_can_come_in_another_order(dingtalk, alice, group):
    people = [dingtalk.person(f"p{n}") for n in range(8)]
    dingtalk.faults.shuffle_mentions()
    users = data(await alice.says("hello", at=people, to=group))["atUsers"]
    ids = [user.get("staffId") for user in users]
    assert ids != [None, *(each.staff_id for each in people)]
    assert set(ids) == {None, *(each.staff_id for each in people)}


async def connected_card(client, group, reply, **changes):
    socket = await client.connect(reply=reply)
    await client.send_card(group, **changes)
    return socket, await group.next_card()


def change(**response):
    return lambda frame: {"response": response}


async def test_a_press_carries_every_field_and_its_ack_changes_the_card(client, alice, group):
    values = {"cardUpdateOptions": ACK, "cardData": {"cardParamMap": {"tips": "done"}}}
    socket, card = await connected_card(client, group, change(**values))
    press = await alice.presses(card, "later")
    sent = json.loads((await socket.frame())["data"])
    assert sent["content"] == sent["value"]
    assert {name: sent[name] for name in ("type", "outTrackId", "userId", "userIdType", "spaceType", "extension")} == {
        "type": "actionCallback",
        "outTrackId": "card-1",
        "userId": "alice",
        "userIdType": 1,
        "spaceType": "im",
        "extension": "{}",
    }
    assert (sent["corpId"], sent["spaceId"]) == ("dingcorptest", group.conversation_id)
    assert (press.button, press.timed_out, press.ack) == ("later:1", False, values)
    assert card.text == "T\nM\ndone"


@pytest.mark.parametrize(
    ("shape", "find"),
    [
        ("params", lambda content: content["cardPrivateData"]["params"]["id"]),
        ("action_ids", lambda content: content["cardPrivateData"]["actionIds"][0]),
        ("params_beside", lambda content: content["params"]["id"]),
    ],
)
async def test_the_id_of_a_button_comes_back_in_three_places(client, alice, group, shape, find):
    socket, card = await connected_card(client, group, change())
    await alice.presses(card, "Later", shape=shape)
    assert find(json.loads(json.loads((await socket.frame())["data"])["content"])) == "later:1"


async def test_an_ack_without_by_key_replaces_the_card(client, alice, group):
    _, card = await connected_card(client, group, change(cardData={"cardParamMap": {"title": "only"}}))
    await alice.presses(card, "later")
    assert card.params == {"title": "only"}


async def test_private_data_of_an_ack_is_for_the_one_who_pressed(client, alice, bob, group):
    values = {"cardParamMap": {"tips": "yours"}}
    _, card = await connected_card(client, group, change(cardUpdateOptions=ACK, userPrivateData=values))
    await alice.presses(card, "later")
    assert card.text_for(alice).endswith("yours")
    assert not card.text_for(bob).endswith("yours")


async def test_private_data_of_an_ack_keyed_by_user_is_ignored_and_a_violation(client, dingtalk, alice, group):
    values = {"alice": {"cardParamMap": {"tips": "yours"}}}
    _, card = await connected_card(client, group, change(userPrivateData=values))
    await alice.presses(card, "later")
    assert card.text_for(alice) == "T\nM"
    with pytest.raises(ProtocolViolation, match="bad ack"):
        await dingtalk.settle(quiet=0.01)


async def test_a_press_that_is_not_acked_in_time_changes_nothing(client_for):
    async with Emulator(ack_window=0.05) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        alice = dingtalk.person("alice")
        group = dingtalk.group("Design", [alice])
        socket, card = await connected_card(client, group, lambda frame: None)
        press = await alice.presses(card, "later")
        assert (press.timed_out, press.ack) == (True, None)
        await socket.ack(await socket.frame(), {"response": {"cardData": {"cardParamMap": {"title": "late"}}}})
        with pytest.raises(ProtocolViolation, match="late ack"):
            await dingtalk.settle(quiet=0.01)
        assert card.params["title"] == "T"


async def test_a_put_before_the_ack_of_a_press_is_marked(client, alice, group):
    socket, card = await connected_card(client, group, lambda frame: None)
    pressing = asyncio.create_task(alice.presses(card, "later"))
    frame = await socket.frame()
    body = {"outTrackId": "card-1", "cardData": {"cardParamMap": {"tips": "x"}}, "cardUpdateOptions": ACK}
    await client.api("PUT", "/v1.0/card/instances", body)
    await socket.ack(frame, {"response": "OK"})
    await pressing
    await client.api("PUT", "/v1.0/card/instances", body)
    assert [each.during_press for each in card.updates] == [False, True, False]


async def test_buttons_that_are_not_there_cannot_be_pressed_but_forged(client, alice, group):
    socket, card = await connected_card(client, group, change())
    with pytest.raises(LookupError, match="later:1"):
        await alice.presses(card, "book")
    with pytest.raises(ValueError, match="opens"):
        await alice.presses(card, "Docs")
    await alice.presses(card, "book:7", forged=True, params={"x": "1"}, overrides={"corpId": "other"})
    sent = json.loads((await socket.frame())["data"])
    assert sent["corpId"] == "other"
    assert json.loads(sent["content"])["cardPrivateData"]["params"] == {"id": "book:7", "x": "1"}


async def test_a_card_made_without_callback_type_calls_nobody(client, dingtalk, alice, group):
    socket, card = await connected_card(client, group, change(), callbackType=None)
    assert (await alice.presses(card, "later")).timed_out
    assert socket.frames == []
    assert dingtalk.violations[0].rule == "no callbackType"


async def test_a_press_can_come_again(client, dingtalk, alice, group):
    dingtalk.faults.redeliver(after=0.01, presses=True)
    socket, card = await connected_card(client, group, change())
    await alice.presses(card, "later")
    first, again = (await socket.frame(1))["data"], (await socket.frame(2))["data"]
    assert first == again


async def test_the_timeline_has_everything_in_order(client, alice, group):
    said = await alice.says("hello", to=group)
    await client.send_card(group)
    card = await group.next_card()
    assert group.timeline == [said, card]


async def test_a_quoted_card_is_named_by_its_carrier(client, dingtalk, alice, group):
    await client.send_card(group)
    card = await group.next_card()
    message = data(await alice.says("and Friday?", to=group, quotes=card))
    assert message["originalProcessQueryKey"] == card.carrier_id
    replied = message["text"]["repliedMsg"]
    assert (message["text"]["isReplyMsg"], replied["msgType"]) == (True, "interactiveCard")
    assert replied["senderId"] == message["chatbotUserId"]


async def test_mentions_of_colleagues_can_lack_their_staff_id(dingtalk, alice, bob, group):
    dingtalk.faults.bare_mentions()
    assert list(data(await alice.says("hello", at=[bob], to=group))["atUsers"][1]) == ["dingtalkId"]


async def test_a_group_without_the_bot_pushes_nothing(dingtalk, alice):
    lonely = dingtalk.group("No bot", [alice], has_bot=False)
    assert (await alice.says("hello", to=lonely)).push is None
