"""Whatever is pushed: it is acked, answered sensibly or left alone, counted, and the next question works."""

from __future__ import annotations

import json

import pytest
from markdown_it import MarkdownIt
from scenario import ASK, MONDAY, metric, push_escaped, until, verdict_lines

from bot.emulator import CARD_TOPIC, MESSAGE_TOPIC, REMOVE

NICKNAMES = (
    "{{7*7}}",
    "{% include 'messages/zh/words.j2' %}",
    "[x](http://e.example)",
    "![x](http://e.example/p.png)",
    "<http://e.example>",
    "http://e.example/x",
    "www.e.example",
    "<font color=red>x</font>",
    "<a atId=bob>李博</a>",
    "<script>alert(1)</script>",
    "&lt;b&gt; &#91;x&#93;(y)",
    "@all",
    "@所有人",
    "# x",
    "x\n# y",
    "x\r\n\r\n---\r\ny",
    "**bold** __bold__ ~~x~~ `code`",
    "```\ncode",
    "> quote",
    "- item",
    "1. item",
    "| a | b |\n|---|---|",
    "[x]: http://e.example",
    "\u202eevil\u202c\u200b\ufeff",
    "a\x00b\x1b[31mc",
    '"}],"msgButtons":[{"id":"x"}]',
    "\\[x\\](y)",
    "${jndi:ldap://e.example}",
    "$(id) %s %n {0}",
    "~" * 500,
    "王" * 500,
    "💩" * 100,
    "​",
    "",
)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
FORBIDDEN = {"link_open", "image", "html_inline", "html_block", "heading_open", "fence", "code_inline", "code_block"}
FORBIDDEN |= {"hr", "table_open", "blockquote_open", "bullet_list_open", "ordered_list_open", "s_open", "em_open"}


def nodes(text):
    """The types of everything in a Markdown text."""
    flat = [child for token in _MARKDOWN.parse(text) for child in (token, *(token.children or []))]
    return {token.type for token in flat}


async def ask(person, *at, to, text=ASK, **options):
    await person.says(text, at=at, to=to, created_at=MONDAY, **options)
    return await to.next_card()


@pytest.fixture
async def still_answers(bot, alice, bob, group):
    """Asks an ordinary question after the test and gets an ordinary answer."""
    yield
    group.cards.clear()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await until(lambda: group.cards)
    assert verdict_lines(group.cards[0]) == ["✅ 有空 1：李博"]


@pytest.mark.parametrize("name", NICKNAMES)
async def test_a_name_stays_a_name(bot, dingtalk, group, name):
    odd = dingtalk.person("odd", name=name or "x", nick=name)
    odd.name = name
    card = await ask(odd, odd, to=group, text=f"我{ASK}", overrides={"senderNick": name})
    for value in (card.params["title"], card.params["markdown"], card.params["tips"]):
        assert not nodes(value) & FORBIDDEN, value
        assert not any(sign in value for sign in ("@", "://", "www."))
    assert "49" not in card.params["markdown"]  # of {{7*7}}; the footer may hold it as a minute
    assert len(verdict_lines(card)) == 1
    assert len(card.params["markdown"].splitlines()) == 3
    assert [button.verb for button in card.buttons] == ["later", "earlier", "refresh"]


@pytest.mark.parametrize("name", NICKNAMES[:14:2])
async def test_a_name_stays_a_name_in_a_text_message(bot, dingtalk, group, name):
    dingtalk.faults.refuse_card()
    odd = dingtalk.person("odd", name=name)
    await odd.says(f"我{ASK}", to=group, created_at=MONDAY)
    message = await group.next_message()
    assert not nodes(message.text.partition("\n\n")[2]) & FORBIDDEN, message.text
    assert message.at == ()


@pytest.mark.parametrize("typed", ["[x](http://e.example)", "<b>Bob</b>", "{{7*7}}", "@all", "`Bob`", "Bob\n# x"])
async def test_a_typed_name_is_shown_as_a_name_only(bot, alice, group, typed):
    card = await ask(alice, to=group, text=f"is {typed} free Tue 2-4pm")
    for value in (card.params["title"], card.params["markdown"]):
        assert not nodes(value) & FORBIDDEN, value
    assert "49" not in card.params["markdown"]
    assert "✅" not in card.text


FRAMES = (
    "not JSON",
    "",
    "[]",
    "null",
    "{}",
    '{"type":"CALLBACK"}',
    '{"type":"CALLBACK","headers":{}}',
    '{"type":"CALLBACK","headers":[],"data":"{}"}',
    '{"type":5,"headers":{"messageId":"x"},"data":{}}',
    "[" * 20_000,
    b"\x00\xff\xfe",
)


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
async def test_a_frame_that_is_none_is_counted_and_the_connection_kept(bot, dingtalk, group, frame, still_answers):
    await dingtalk.push_raw(frame)
    await dingtalk.ping()
    assert await metric(bot.health_url, 'youkong_stream_events_total{event="frame_malformed"}') == 1
    assert dingtalk.connections_opened == 1


async def test_unknown_topics_and_types_are_acked_as_unknown(bot, dingtalk, group, still_answers):
    for kind, topic in (("CALLBACK", "/v1.0/unknown"), ("EVENT", "*"), ("EVENT", MESSAGE_TOPIC), ("NEW", "x")):
        push = await dingtalk.push(type=kind, topic=topic, data={"x": 1})
        assert (await push.acked()).code == 404
    assert await metric(bot.health_url, 'youkong_stream_events_total{event="frame_unknown_topic"}') == 4


DATA = (
    "not JSON",
    "[]",
    "null",
    '"text"',
    "{}",
    '{"msgId": 5, "conversationId": "c"}',
    '{"msgId": "m"}',
    '{"msgId": "m", "conversationId": ["c"]}',
    '{"a":' * 5_000 + "1" + "}" * 5_000,
)


@pytest.mark.parametrize("data", DATA, ids=range(len(DATA)))
async def test_a_push_that_cannot_be_read_is_acked_and_counted(bot, dingtalk, group, data, still_answers):
    push = await dingtalk.push(type="CALLBACK", topic=MESSAGE_TOPIC, data=data)
    assert (await push.acked()).code == 200
    assert await metric(bot.health_url, 'youkong_messages_total{outcome="unreadable"}') == 1


@pytest.mark.parametrize("data", DATA, ids=range(len(DATA)))
async def test_a_press_that_cannot_be_read_is_acked(bot, dingtalk, group, data, still_answers):
    push = await dingtalk.push(type="CALLBACK", topic=CARD_TOPIC, data=data)
    ack = await push.acked()
    assert (ack.code, ack.data) == (200, {"response": {}})


FIELDS = (
    "senderNick senderId senderCorpId atUsers isInAtList createAt chatbotUserId chatbotCorpId robotCode msgtype "
    "sessionWebhook sessionWebhookExpiredTime conversationTitle conversationType"
)


@pytest.mark.parametrize("field", FIELDS.split())
async def test_one_odd_field_keeps_no_question_from_its_answer(bot, dingtalk, alice, bob, group, field):
    odd = [REMOVE, None, {}, [], 7, "x", ["x", None, {"staffId": 5}]]
    for number, value in enumerate(odd if field != "createAt" else [each for each in odd if each != 7], start=1):
        said = await alice.says(f"李博和我{ASK}", to=group, created_at=MONDAY, overrides={field: value})
        assert (await said.acked()).code == 200, value
        await until(lambda number=number: len(group.timeline) == 2 * number)


@pytest.mark.parametrize("created", [-1, 0, 10**15, 10**18, "soon", 253402300799000, float("nan")])
async def test_an_impossible_time_of_a_message_is_survived(bot, alice, bob, group, created, still_answers):
    said = await alice.says(ASK, at=[bob], to=group, overrides={"createAt": created})
    assert (await said.acked()).code == 200


@pytest.mark.parametrize("rich", ["visible", "at_name", "at_ids"])
async def test_rich_text_is_read_with_its_mentions(bot, alice, bob, group, rich):
    card = await ask(alice, bob, to=group, msgtype="richText", rich=rich)
    assert verdict_lines(card) == ["✅ 有空 1：李博"]


@pytest.mark.parametrize(
    "parts",
    [[], None, "x", [None, 5, "x"], [{"text": None}], [{"text": ["x"]}], [{"type": "at"}]],
)
async def test_odd_rich_text_is_asked_back(bot, alice, group, parts):
    card = await ask(alice, to=group, msgtype="richText", overrides={"content.richText": parts})
    assert verdict_lines(card) == []


async def test_a_voice_message_is_read_by_its_transcript(bot, alice):
    card = await ask(alice, to=alice.direct, text="我周二下午2点到4点有空吗", msgtype="audio")
    assert verdict_lines(card) == ["✅ 有空 1：Alice Chen"]


async def test_a_push_over_quota_is_left_alone_and_counted(bot, dingtalk, alice, group, still_answers):
    said = await alice.says(ASK, to=group, over_quota=True, created_at=MONDAY)
    assert (await said.acked()).code == 200
    assert await metric(bot.health_url, 'youkong_messages_total{outcome="over_quota"}') == 1


async def test_the_bots_own_words_are_left_alone(bot, dingtalk, alice, group, still_answers):
    bot_id = json.loads((await alice.says(ASK, to="direct", created_at=MONDAY)).push.data)["chatbotUserId"]
    said = await alice.says(ASK, to=group, overrides={"senderId": bot_id}, created_at=MONDAY)
    assert (await said.acked()).code == 200
    assert await metric(bot.health_url, 'youkong_messages_total{outcome="own"}') == 1


async def test_500_mentions_are_too_many_and_cost_nothing(bot, dingtalk, alice, group, still_answers):
    users = [{"dingtalkId": f"d{n}", "staffId": f"s{n}"} for n in range(500)]
    card = await ask(alice, to=group, overrides={"atUsers": users})
    assert card.params["title"] == "一次最多问 200 人"
    await dingtalk.settle()
    assert dingtalk.calls_of("querySchedule") == []
    assert len(dingtalk.calls_of("user/get")) <= 1


TEXTS = (
    "周" * 64_000,
    "@" * 64_000,
    "1" * 64_000,
    "2-4pm " * 10_000,
    "\u202e" * 5_000,
    "\x00\x01\x02",
    "((((" * 999,
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
async def test_a_text_of_any_kind_and_length_is_answered(bot, dingtalk, alice, bob, group, text, still_answers):
    said = await alice.says("x", at=[bob], to=group, created_at=MONDAY, overrides={"text.content": text})
    assert (await said.acked()).code == 200
    await group.next_card()


@pytest.mark.parametrize("broken", ["\ud83d", "张\udc00", "a\x00b"], ids=["high", "low", "nul"])
async def test_half_a_character_anywhere_is_survived(store_url, start, dingtalk, alice, bob, group, broken):
    await start(store_url)
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    for n, change in enumerate(
        ({"senderNick": broken}, {"conversationTitle": broken}, {"text": {"content": f"{broken}{ASK}"}})
    ):
        push = await push_escaped(dingtalk, said, msgId=f"again-{n}", **change)
        assert (await push.acked()).code == 200
        assert "李博" in (await group.next_card()).text
    for change in ({"msgId": f"m{broken}"}, {"senderStaffId": broken}, {"atUsers": [{"staffId": broken}]}):
        push = await push_escaped(dingtalk, said, **{"msgId": f"again-{change}", **change})
        assert (await push.acked()).code == 200
        await until(lambda: len(group.timeline) > 1)
    await ask(alice, bob, to=group)


@pytest.mark.parametrize("field", ["outTrackId", "userId", "content"])
@pytest.mark.parametrize("broken", ["\ud83d", "a\x00b"], ids=["half", "nul"])
async def test_half_a_character_in_a_press_is_acked(store_url, start, dingtalk, alice, bob, group, field, broken):
    await start(store_url)
    card = await ask(alice, bob, to=group)
    press = await alice.presses(card, "later")
    data = {**json.loads(press.push.data), field: broken}
    push = await dingtalk.push(type="CALLBACK", topic=CARD_TOPIC, data=json.dumps(data))
    assert (await push.acked()).code == 200


async def test_a_frame_above_the_cap_is_refused_alone(bot, dingtalk, group, still_answers):
    push = await dingtalk.push(type="CALLBACK", topic=MESSAGE_TOPIC, data={"text": "x" * 300_000})
    assert (await push.acked()).code == 400
    assert dingtalk.connections_opened == 1
