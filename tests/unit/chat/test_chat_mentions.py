"""Pushes of the robot topic, as documented, as seen in the field, and as nobody would send them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.frames.mention import Mention, dump, load, read_mention
from bot.model.outcomes import MessageOutcome

NOW = datetime(2026, 3, 16, 2, tzinfo=UTC)
BOT = "$:LWCP_v1:$bot"
PUSH = {
    "msgtype": "text",
    "text": {"content": " 周二有空吗 "},
    "msgId": "msg1==",
    "createAt": 1773626400000,
    "conversationType": "2",
    "conversationId": "cid1==",
    "conversationTitle": "Design",
    "senderId": "$:LWCP_v1:$alice",
    "senderStaffId": "alice",
    "senderNick": "Alice",
    "senderCorpId": "ding1",
    "chatbotUserId": BOT,
    "chatbotCorpId": "ding1",
    "atUsers": [{"dingtalkId": BOT}, {"dingtalkId": "$:LWCP_v1:$bob", "staffId": "bob"}],
    "isInAtList": True,
    "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=x",
    "sessionWebhookExpiredTime": 1773631800000,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda value: st.lists(value, max_size=4) | st.dictionaries(st.text(max_size=8), value, max_size=4),
    max_leaves=12,
)


def read(**changes):
    return read_mention(json.dumps({**PUSH, **changes}), now=NOW)


def rich(*parts, **changes):
    return read(msgtype="richText", text=None, content={"richText": list(parts)}, **changes)


def test_a_group_message_is_read_whole():
    assert read() == Mention(
        msg_id="msg1==",
        conversation_id="cid1==",
        in_group=True,
        sender="alice",
        sender_name="Alice",
        text="周二有空吗",
        created_at=NOW,
        mentioned=("bob",),
        webhook=PUSH["sessionWebhook"],
        webhook_until=datetime.fromtimestamp(1773631800, UTC),
        corp_id="ding1",
        title="Design",
    )


def test_a_direct_message_has_no_mentions():
    said = read(conversationType="1", atUsers=None, conversationTitle=None)
    assert (said.in_group, said.mentioned, said.outsiders) == (False, (), 0)


@pytest.mark.parametrize(
    ("users", "mentioned", "outsiders"),
    [
        ([{"dingtalkId": BOT}], (), 0),
        ([{"dingtalkId": BOT}, {"dingtalkId": "x"}], (), 1),
        ([{"dingtalkId": "y", "staffId": "b"}, {"dingtalkId": "y", "staffId": "b"}], ("b",), 0),
        ([{"dingtalkId": "a", "staffId": "all"}], (), 0),
        ([{"dingtalkId": "a", "staffId": ""}], (), 1),
        ([None, 5, "x", [], {}], (), 1),
        ({"staffId": "b"}, (), 0),
        ("x", (), 0),
    ],
)
def test_mentions_are_people_without_the_bot(users, mentioned, outsiders):
    said = read(atUsers=users)
    assert (said.mentioned, said.outsiders) == (mentioned, outsiders)


def test_without_the_bots_id_nobody_is_taken_for_an_outsider():
    assert read(chatbotUserId=None, atUsers=[{"dingtalkId": BOT}]).outsiders == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"senderStaffId": None},
        {"senderStaffId": ""},
        {"senderStaffId": 7},
        {"senderCorpId": "dingother"},
    ],
)
def test_a_sender_of_another_organisation_is_nobody(changes):
    assert read(**changes).sender is None


def test_a_sender_whose_organisation_is_not_told_is_a_colleague():
    assert read(senderCorpId=None).sender == "alice"
    assert read(chatbotCorpId=None, senderCorpId="x").sender == "alice"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([{"text": "@有空"}, {"text": "@Bob"}, {"text": "周二"}], "周二"),
        ([{"text": "@有空"}, {"type": "at", "atName": "Bob", "atUserId": "bob"}, {"text": "周二"}], "周二"),
        ([{"type": "at", "atUserIds": ["bob"], "atMobiles": []}, {"text": " 周二 "}], "周二"),
        ([{"text": "周二"}, {"type": "picture", "downloadCode": "x"}, {"text": "下午"}], "周二 下午"),
        ([{"text": "@Bob 周二"}], "@Bob 周二"),
        ([], ""),
        ([None, 5, {"text": None}], ""),
    ],
)
def test_rich_text_is_its_words(parts, text):
    assert rich(*parts).text == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"text": None, "content": {"recognition": "明天有空吗", "duration": 4000}}, "明天有空吗"),
        ({"text": None, "content": {"downloadCode": "x"}}, ""),
        ({"text": {"content": None}}, ""),
        ({"text": {"content": "\u2005周二\u00a0"}}, "周二"),
        ({"text": {"content": "x" * 9000}}, "x" * 2000),
        ({"text": {"content": "\ud83d周二\x00"}}, "\ufffd周二\ufffd"),
        ({"text": "周二"}, ""),
        ({"text": None, "content": {"richText": "x"}}, ""),
    ],
)
def test_words_are_found_where_they_are(changes, text):
    assert read(**changes).text == text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"msgId": None}, MessageOutcome.UNREADABLE),
        ({"msgId": ""}, MessageOutcome.UNREADABLE),
        ({"conversationId": 5}, MessageOutcome.UNREADABLE),
        ({"senderId": BOT}, MessageOutcome.OWN),
        ({"errorCode": "20001", "text": None}, MessageOutcome.OVER_QUOTA),
        ({"errCode": 20001, "text": None}, MessageOutcome.OVER_QUOTA),
    ],
)
def test_some_pushes_are_left_alone(changes, reason):
    assert read(**changes) is reason


@pytest.mark.parametrize("value", [None, "soon", "", {}, 10**18, 253402300799000, float("nan"), True])
def test_a_time_that_is_none_is_now(value):
    assert read(createAt=value).created_at == NOW


def test_a_time_may_be_a_text():
    assert read(createAt="1773626400000").created_at == NOW


@pytest.mark.parametrize("data", ["", "x", "[]", "null", '"x"', "[" * 100_000, '{"a":' * 9_000])
def test_what_is_no_object_is_unreadable(data):
    assert read_mention(data, now=NOW) is MessageOutcome.UNREADABLE


def test_half_a_character_can_be_kept():
    said = read(senderNick="A\ud83d", msgId="m\x00", text={"content": "\udc00"})
    assert load(dump(said)) == said
    assert "\x00" not in said.msg_id


@given(JSON)
def test_reading_never_raises_on_any_json(value):
    assert isinstance(read_mention(json.dumps(value), now=NOW), Mention | MessageOutcome)


@given(st.dictionaries(st.sampled_from([*sorted(PUSH), "content", "errorCode"]), JSON))
def test_reading_never_raises_on_any_fields_and_what_is_read_can_be_kept(changes):
    said = read(**changes)
    if isinstance(said, Mention):
        assert load(dump(said)) == said
        dump(said).encode()


@given(st.text())
def test_reading_never_raises_on_any_text(text):
    read_mention(text, now=NOW)


def test_what_was_written_does_not_show():
    assert repr(read()) == "<Mention msg1==>"
