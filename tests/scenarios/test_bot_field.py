"""What people typed, row by row with its neighbours, from a company of sixteen: whom it means and what is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from scenario import MONDAY, SHANGHAI, Talk, line_of, on_tuesday, until

CREATE = "createEvent"
TEAM = {"zw": "张伟", "ln": "李娜", "wf": "王芳", "zl": "赵磊", "cj": "陈静"}
OTHERS = {
    "wxm": "王小明", "dy": "丁一", "syf": "孙一凡", "ann": "Ann Lee", "cal": "Cal Ortega", "bob": "Bob Brown",
    "june": "June Park", "ly": "刘洋", "zm": "周敏",
}  # fmt: skip
EVERYBODY = ("Alice Chen", *TEAM.values())


@pytest.fixture
def people(dingtalk):
    return {staff_id: dingtalk.person(staff_id, name=name) for staff_id, name in (TEAM | OTHERS).items()}


@pytest.fixture
def here(dingtalk, alice, people):
    return dingtalk.group("Product", [alice, *people.values()], id="cidProduct==")


@pytest.fixture
async def app(start, here):
    running = await start(
        booking={"enabled": True},
        teams=[{"name": "all", "members": ["alice", *TEAM]}, {"name": "design", "members": ["ann", "cal"]}],
        chats=[{"id": here.conversation_id, "team": "all"}],
    )
    await running.refresh_index()
    return running


@pytest.fixture
def talk(app, alice, here):
    return Talk(alice, here)


def shown(card):
    """Everybody of the company who is named on a card, and whose state it tells."""
    lines = [line for line in card.params["markdown"].split("\n\n") if line[:1] in "✅🟡⛔⬜❔"]
    names = {*EVERYBODY, *OTHERS.values()}
    return {name for name in names if any(name in line for line in lines) or name in card.params["title"]}


# ---------------------------------------------------------------- who is meant
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小刘最近哪天有空", "刘洋"),
        ("小周现在有空吗", "周敏"),
        ("is xiaoliu free tomorrow", "刘洋"),
        ("丁一周五上午在吗", "丁一"),
        ("丁一下周一上午有空吗", "丁一"),
        ("is dingyi around Friday morning", "丁一"),
        ("孙一凡下周一有空吗", "孙一凡"),
        ("孙一凡一点有空吗", "孙一凡"),
        ("is sunyifan free next Monday", "孙一凡"),
        ("zhangwei tomorrow 10am", "张伟"),
        ("zhang wei 明天10点 free 吗", "张伟"),
        ("Zhang Wei 明天下午有空吗", "张伟"),
        ("is June free in July", "June Park"),
        ("June Park 7月1号有空吗", "June Park"),
        ("is June around on 2 July", "June Park"),
        ("is mr zhao free tomorrow", "赵磊"),
    ],
)
async def test_one_person_is_meant_and_nobody_else(talk, text, name):
    assert shown(await talk.asks(text)) == {name}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("悟空明天上午在不在", "悟空"),
        ("Lily姐周五有空吗", "Lily姐"),
        ("老六今天下午有空吗", "老六"),
        ("is Wukong free tomorrow morning", "Wukong"),
        ("李四这周还有空档吗", "李四"),
        ("find 30 min with Quentin this week", "Quentin"),
    ],
)
async def test_who_is_nobody_is_asked_back_and_no_team_stands_in(talk, text, typed):
    card = await talk.asks(text)
    assert f"没找到「{typed}」" in card.params["title"] or f'No "{typed}" found' in card.params["title"]
    assert shown(card) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("are ms wang and mr zhang around on the 21st", {"王芳", "张伟"}),
        ("are miss li and mr zhao free tomorrow", {"李娜", "赵磊"}),
        ("王姐和张工21号在吗", {"王芳", "张伟"}),
        ("除了赵磊其他人下周一十点有空吗", {*EVERYBODY} - {"赵磊"}),
        ("除张伟外周三上午都来得了吗", {*EVERYBODY} - {"张伟"}),
        ("is everyone but 赵磊 free on Wednesday morning", {*EVERYBODY} - {"赵磊"}),
    ],
)
async def test_those_who_are_meant_are_answered_and_no_others(talk, text, names):
    card = await talk.asks(text)
    assert shown(card) == names
    assert "❔" not in card.params["markdown"]


@pytest.mark.parametrize(
    "text",
    ["find an hour with Ann and maybe Cal on Thursday", "周四帮我和 Ann 找1小时，Cal 可选"],
)
async def test_who_may_come_is_optional(talk, people, text):
    thursday = MONDAY.replace(day=15, hour=0)
    people["cal"].calendar.busy(thursday, thursday + timedelta(days=1))
    card = await talk.asks(text)
    assert "1️⃣" in card.params["markdown"]
    assert "Cal Ortega" in card.params["markdown"]


@pytest.mark.parametrize(
    "text", ["do we have any meetings tomorrow", "我们明天有什么会", "are there any meetings Friday"]
)
async def test_a_small_word_is_no_person(talk, text):
    card = await talk.asks(text)
    assert "any" not in card.params["markdown"].split()
    assert "没找到" not in card.params["title"]
    assert 'No "' not in card.params["title"]


@pytest.mark.parametrize(
    "text", ["@小助手 周二下午2点谁有空", "@小助手周二下午2点谁有空", "@Meeting-Bot who's free Tue 2pm"]
)
async def test_the_bots_own_name_that_was_typed_is_nobody(talk, text):
    assert shown(await talk.asks(text)) == {*EVERYBODY}


@pytest.mark.parametrize("text", ["约下周二下午5点 李娜", "book 李娜 next Tuesday 5pm"])
async def test_the_asker_is_never_optional_at_their_own_meeting(talk, alice, text):
    busy = datetime(2040, 3, 20, 17, tzinfo=SHANGHAI)
    alice.calendar.busy(busy, busy + timedelta(hours=1))
    card = await talk.asks(text)
    assert not any("Alice" in button.text for button in card.buttons)


# ---------------------------------------------------------------- another request
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("张伟在忙什么", "内容我看不到，只知道有没有空"),
        ("李娜现在在干什么", "内容我看不到，只知道有没有空"),
        ("what is Bob busy with", "I only see free or busy, no titles"),
        ("what is Ann working on", "I only see free or busy, no titles"),
    ],
)
async def test_what_somebody_is_busy_with_is_answered_by_their_time_and_that_titles_are_never_seen(
    talk, people, text, line
):
    for person in people.values():
        person.calendar.busy(MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=2))
    card = await talk.asks(text)
    assert line in card.params["markdown"].split("\n\n")
    assert "忙到" in card.params["title"] or "is busy until" in card.params["title"]


@pytest.mark.parametrize(
    "text",
    ["who can cover for me tomorrow", "who could fill in for me tomorrow", "明天谁能替我", "谁明天能顶我一下"],
)
async def test_who_stands_in_for_the_asker_is_one_of_the_others(talk, text):
    assert shown(await talk.asks(text)) == {*TEAM.values()}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("我明天有会吗", "明天 · Alice Chen · 周二 3/13"),
        ("我今天还有会吗", "今天 · Alice Chen · 周一 3/12"),
        ("我下午有什么安排", "今天 · Alice Chen · 周一 3/12"),
        ("do I have anything tomorrow", "Tomorrow · Alice Chen · Tue 13 Mar"),
        ("any meetings for me this afternoon", "Today · Alice Chen · Mon 12 Mar"),
    ],
)
async def test_whether_the_asker_has_anything_on_is_their_own_day(talk, alice, text, title):
    alice.calendar.busy(on_tuesday(9), on_tuesday(10))
    alice.calendar.busy(MONDAY.replace(hour=15), MONDAY.replace(hour=16))
    card = await talk.asks(text)
    assert card.params["title"] == title
    [row] = [line for line in card.params["markdown"].split("\n\n") if line.endswith("Alice Chen")]
    assert row.count("🟧") == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("is Bob and his team free tomorrow at 3", '"team"'),
        ("are Ann and her team around tomorrow", '"team"'),
        ("张伟和他的团队明天下午有空吗", "「团队」"),
        ("李娜和她们组明天下午有空吗", "组"),
    ],
)
async def test_somebodys_own_team_is_not_the_chats(talk, text, left):
    card = await talk.asks(text)
    assert len(shown(card)) == 1
    assert left in card.params["markdown"]


@pytest.mark.parametrize(
    ("text", "name"), [("李娜今天心情怎么样", "心情"), ("王芳心情好吗", "心情"), ("how's Bob's mood today", "mood")]
)
async def test_a_mood_is_no_person(talk, text, name):
    card = await talk.asks(text)
    assert card.params["title"] in ("没看懂", "I didn't get that")
    assert name in card.params["markdown"]


@pytest.mark.parametrize(
    "text",
    [
        "make an appointment with Bob tomorrow at 3pm",
        "set up an appointment with Ann on Thursday at 2pm",
        "schedule an appointment with 张伟 for Friday 10am",
    ],
)
async def test_an_appointment_is_an_order_and_shown_first(talk, dingtalk, text):
    card = await talk.asks(text)
    assert card.params["title"] in ("Not booked yet, please check", "还没约，先看一眼")
    assert not dingtalk.calls_of(CREATE)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("is Bob free Friday week", ["Fri 23 Mar"]),
        ("is Bob free on Wednesday week", ["Wed 21 Mar"]),
        ("is Bob free this Thursday or next", ["Thu 15 Mar", "Thu 22 Mar"]),
        ("is Bob free this week or next", ["Mon 12 Mar – Sun 18 Mar", "Mon 19 Mar – Sun 25 Mar"]),
        ("is Bob free next week or the week after", ["Mon 19 Mar – Sun 25 Mar", "Mon 26 Mar – Sun 1 Apr"]),
        ("李娜这周或者下周有空吗", ["周一 3/12", "周一 3/19"]),
    ],
)
async def test_every_day_that_is_named_is_looked_at(talk, text, days):
    lines = (await talk.asks(text)).params["markdown"].split("\n\n")
    assert all(line.startswith(day) for line, day in zip(lines, days, strict=False))


@pytest.mark.parametrize(("text", "line"), [("每月1号发日报", "每月"), ("send the digest monthly", "month")])
async def test_a_monthly_digest_is_said_to_be_none(talk, here, text, line):
    before = len(here.cards), len(here.messages)
    await talk.says(text)
    await until(lambda: (len(here.cards), len(here.messages)) != before)
    said = " ".join([*(str(card.params) for card in here.cards), *(message.text for message in here.messages)])
    assert line in said


# ---------------------------------------------------------------- answers
@pytest.mark.parametrize("at", [20, 23])
async def test_after_work_no_answer_offers_the_night(talk, people, at):
    talk.now = MONDAY.replace(hour=at, minute=27)
    for text in ("今天谁最闲", "现在谁有空", "张伟什么时候有空", "who's around"):
        card = await talk.asks(text)
        said = f"{card.params['title']} {card.params['markdown']} {[button.text for button in card.buttons]}"
        assert not any(f"{hour}:00–" in said for hour in range(20, 24))
        assert "–次日" not in said


async def test_what_is_later_lies_in_working_time(talk):
    card = await talk.asks("张伟今天下午5点到6点有空吗")
    assert not any("18" in button.text and "01" in button.text for button in card.buttons)
    assert all("–次日" not in button.text for button in card.buttons)
    card = await talk.asks("is Bob free today 9am-5pm")
    assert not any("1 am" in button.text for button in card.buttons)


@pytest.mark.parametrize("text", ["张伟后天早上3点有空吗", "is Bob free at 10 tomorrow", "12月10号10点张伟有空吗"])
async def test_no_button_offers_a_reading_that_nobody_means(talk, text):
    card = await talk.asks(text)
    labels = [button.text for button in card.buttons]
    assert not any("22:00" in label or "10 pm" in label or "2041" in label for label in labels)


async def test_a_follow_up_is_shown_in_the_zone_that_was_set_meanwhile(talk):
    card = await talk.asks("周三下午2点到3点张伟有空吗")
    assert "北京时间" in card.params["markdown"]
    await talk.asks("这个群用东京时间")
    card = await talk.asks("那周四呢")
    assert card.params["markdown"].startswith("周四 3/15 15:00–16:00（东京时间）")


@pytest.mark.parametrize(
    "text", ["看下团队本周的忙闲", "show the team's week", "张伟这周有空吗", "Bob's availability this week"]
)
async def test_no_answer_adds_hours_up(talk, people, text):
    people["zw"].calendar.busy(on_tuesday(9), on_tuesday(12))
    people["bob"].calendar.busy(on_tuesday(9), on_tuesday(12))
    said = (await talk.asks(text)).params["markdown"]
    assert "小时空" not in said
    assert "共空" not in said
    assert "h free" not in said


async def test_two_of_one_state_are_both_and_never_all(talk):
    assert (await talk.asks("are Ann and Bob free tomorrow at 3pm")).params["title"] == "Both are free"
    assert (await talk.asks("张伟和李娜后天下午3点有空吗")).params["title"] == "2 人都有空"


async def test_somebody_found_by_a_title_is_called_by_their_name(talk):
    card = await talk.asks("is ms wang free tomorrow at 3pm")
    assert line_of(card, "王芳") == '✅ Free 1: 王芳 ("ms wang")'
