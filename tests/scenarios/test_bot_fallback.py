"""A card that is refused becomes a plain text, once; a card that may have arrived is sent again, never a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from scenario import ASK, ASK_EN, MONDAY, PATIENT, on_tuesday, until

DELIVER = "createAndDeliver"
REFUSALS = {
    "an inner refusal": lambda faults: faults.refuse_card("spaceId is illegal"),
    "a deleted template": lambda faults: faults.card_error("param.templateNotExist"),
    "an unpublished template": lambda faults: faults.card_error("param.templateUnpublished"),
    "a missing scope": lambda faults: faults.deny_scope("Card.Instance.Write"),
    "a spent quota": lambda faults: faults.fail(DELIVER, status=403, code="Forbidden.AccessDenied.ApiCountLimitForOrg"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_refused_card_becomes_a_text_in_the_same_session(bot, dingtalk, alice, bob, carol, group, refusal):
    REFUSALS[refusal](dingtalk.faults)
    carol.calendar.busy(on_tuesday(13), on_tuesday(16.5))
    await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    message = await group.next_message()
    await dingtalk.settle()
    assert message.via == "sendBySession"
    assert "2 人里 1 人有空" in message.text
    assert "⛔ 没空 1：王芳 到 16:30" in message.text
    assert message.at == ()
    assert (len(group.messages), len(group.cards)) == (1, 0)
    assert len(dingtalk.calls_of(DELIVER)) == 1


@pytest.mark.parametrize("how", ["expired at DingTalk", "over by its own time", "none at all", "not DingTalk's"])
async def test_without_a_session_the_group_gets_a_message_of_the_robot(bot, dingtalk, alice, bob, group, how):
    dingtalk.faults.refuse_card()
    overrides = {
        "over by its own time": {"sessionWebhookExpiredTime": 1},
        "none at all": {"sessionWebhook": None},
        "not DingTalk's": {"sessionWebhook": "http://127.0.0.1:9/robot/sendBySession?session=x"},
    }.get(how, {})
    if how == "expired at DingTalk":
        dingtalk.faults.webhook_expired()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY, overrides=overrides)
    message = await group.next_message()
    await dingtalk.settle()
    assert message.via == "groupMessages/send"
    assert "李博" in message.text
    assert (len(group.messages), len(group.cards)) == (1, 0)


@pytest.mark.parametrize("timing", [replace(PATIENT, message_retries=(0.1,))])
async def test_a_text_that_a_groups_limit_refuses_comes_later_and_once(bot, dingtalk, alice, bob, group, timing):
    dingtalk.faults.refuse_card()
    dingtalk.faults.fail("sendBySession", errcode=130101, message="send too fast, exceed 20 times per minute", times=2)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    message = await group.next_message(timeout=30)
    await dingtalk.settle()
    assert "李博" in message.text
    assert (len(group.messages), len(group.cards)) == (1, 0)


async def test_without_a_session_a_person_gets_a_message_of_the_robot(bot, dingtalk, alice):
    dingtalk.faults.refuse_card()
    dingtalk.faults.webhook_expired()
    await alice.says("我周二下午2点到4点有空吗", to="direct", created_at=MONDAY)
    message = await alice.direct.next_message()
    assert message.via == "oToMessages/batchSend"
    assert "Alice Chen" in message.text


@pytest.mark.parametrize("after", ["drop_reply", "truncate", "close_connection"])
async def test_a_card_that_may_have_arrived_is_sent_again_and_never_as_text(bot, dingtalk, alice, bob, group, after):
    getattr(dingtalk.faults, after)(DELIVER, times=2)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: len(dingtalk.calls_of(DELIVER)) == 3)
    await dingtalk.settle()
    made = dingtalk.calls_of(DELIVER)
    assert len({call.body["outTrackId"] for call in made}) == len(group.cards) == 1
    assert group.messages == []


@pytest.mark.parametrize("timing", [replace(PATIENT, message_retries=(0.1,))], ids=["hasty"])
async def test_a_card_never_confirmed_is_sent_again_later(bot, dingtalk, alice, bob, group):
    dingtalk.faults.close_connection(DELIVER, times=3)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    await dingtalk.settle()
    assert len(dingtalk.calls_of(DELIVER)) == 4
    assert (len(group.messages), len(group.cards)) == (0, 1)


async def test_a_repeat_that_dingtalk_says_exists_counts_as_delivered(bot, dingtalk, alice, bob, group):
    dingtalk.faults.refuse_reused_cards()
    dingtalk.faults.drop_reply(DELIVER, times=1)
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card()
    await until(lambda: len(dingtalk.calls_of(DELIVER)) == 2)
    await dingtalk.settle()
    assert (len(group.messages), len(group.cards)) == (0, 1)
    await alice.presses(card, "later")
    assert "16:00–18:00" in card.text


async def test_a_text_that_may_have_arrived_is_not_sent_in_another_way(bot, dingtalk, alice, bob, group):
    dingtalk.faults.refuse_card()
    dingtalk.faults.drop_reply("sendBySession")
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_message()
    await dingtalk.settle(quiet=0.4)
    assert (len(group.messages), len(dingtalk.calls_of("groupMessages/send"))) == (1, 0)


async def test_somebody_of_another_organisation_gets_a_neutral_line_and_no_look_up(bot, dingtalk, alice, bob, group):
    eve = dingtalk.outsider("eve", name="Eve")
    await eve.says(ASK, at=[bob], to=group, created_at=MONDAY)
    message = await group.next_message()
    await dingtalk.settle()
    assert "我只回答本组织的同事" in message.text
    assert {call.api for call in dingtalk.calls} <= {"accessToken", "connections/open", "sendBySession"}


async def test_a_sender_of_another_organisation_is_an_outsider(bot, dingtalk, alice, bob, group):
    await alice.says(ASK_EN, at=[bob], to=group, overrides={"senderCorpId": "dingother"})
    message = await group.next_message()
    assert "I only answer this organisation" in message.text
    assert ASK_EN not in message.text
    assert dingtalk.calls_of("user/get") == []


async def test_a_message_older_than_half_an_hour_is_left_alone(bot, dingtalk, alice, bob, group):
    said = await alice.says(ASK, at=[bob], to=group, created_at=datetime.now(UTC) - timedelta(minutes=31))
    assert (await said.acked()).code == 200
    await dingtalk.settle()
    assert group.timeline == [said]
