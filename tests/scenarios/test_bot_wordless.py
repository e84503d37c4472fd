"""Messages that are no text of their own: pictures, files, forwarded chats, and replies to what somebody else wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY, verdict_lines


async def line(who, to, **how):
    await who.says("", to=to, created_at=MONDAY, **how)
    return (await to.next_message()).text


@pytest.mark.parametrize(
    ("msgtype", "said"),
    [
        ("picture", "图片我看不懂，打字告诉我吧"),
        ("video", "视频我看不了，打字告诉我吧"),
        ("file", "文件我看不了，打字告诉我吧"),
        ("unknownMsgType", "转发的内容我看不了，打字问我吧"),
        ("chatRecord", "转发的内容我看不了，打字问我吧"),
        ("audio", "语音没听清，打字再说一次？"),
    ],
)
async def test_what_has_no_words_is_answered_by_one_line(bot, alice, msgtype, said):
    assert await line(alice, alice.direct, msgtype=msgtype) == said
    assert alice.direct.cards == []


async def test_a_picture_with_the_bot_mentioned_is_a_picture(bot, alice, group):
    await alice.says("", to=group, created_at=MONDAY, msgtype="richText")
    assert (await group.next_message()).text == "图片我看不懂，打字告诉我吧"


async def test_it_is_said_in_the_language_of_the_chat(bot, alice):
    await alice.says("speak English", to=alice.direct, created_at=MONDAY)
    await alice.direct.next_card()
    assert await line(alice, alice.direct, msgtype="picture") == "I can't read pictures, please type it"


@pytest.mark.parametrize("text", ["看看这个", "", "this?"])
async def test_a_message_that_is_quoted_is_read_where_the_reply_asks_nothing(bot, alice, bob, group, text):
    asked = await bob.says("李博周二下午2点到4点有空吗", to=group, to_bot=False, created_at=MONDAY)
    await alice.says(text, to=group, created_at=MONDAY + timedelta(minutes=3), quotes=asked)
    card = await group.next_card()
    assert card.params["title"] == "李博 有空"
    assert "周二 3/13 14:00–16:00" in card.params["markdown"]


async def test_what_the_reply_asks_goes_before_what_it_quotes(bot, alice, bob, group):
    asked = await bob.says("李博周二下午有空吗", to=group, to_bot=False, created_at=MONDAY)
    await alice.says("王芳周三下午2点到4点有空吗", to=group, created_at=MONDAY, quotes=asked)
    assert (await group.next_card()).params["title"] == "王芳 有空"


async def test_the_days_of_a_quoted_message_are_counted_from_when_it_was_written(bot, alice, bob, group):
    asked = await bob.says("李博明天下午2点到4点有空吗", to=group, to_bot=False, created_at=MONDAY)
    await alice.says("看看这个", to=group, created_at=MONDAY + timedelta(days=1), quotes=asked)
    assert "周二 3/13 14:00–16:00" in (await group.next_card()).params["markdown"]
    await alice.says("看看这个", to=group, created_at=MONDAY + timedelta(days=3), quotes=asked)
    assert (await group.next_card()).params["title"] == "这个时间已经过去"


async def test_the_i_of_somebody_else_is_nobody_else(bot, alice, bob, group):
    asked = await bob.says("我周二下午2点到4点有空吗", to=group, to_bot=False, created_at=MONDAY)
    await alice.says("看看这个", to=group, created_at=MONDAY, quotes=asked)
    assert verdict_lines(await group.next_card()) == []
    await bob.says("看看这个", to=group, created_at=MONDAY, quotes=asked)
    assert verdict_lines(await group.next_card()) == ["✅ 有空 1：李博"]


async def test_what_somebody_else_ordered_is_shown_first(start, dingtalk, alice, bob, carol, group):
    await start(booking={"enabled": True, "at_once": True})
    ordered = await bob.says("约王芳周二下午3点", to=group, to_bot=False, created_at=MONDAY)
    await alice.says("看看这个", to=group, created_at=MONDAY, quotes=ordered)
    assert (await group.next_card()).params["title"] == "还没约，请确认"
    assert dingtalk.calls_of("createEvent") == []
