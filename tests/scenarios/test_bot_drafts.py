"""No deed without understanding: an order is shown before it is carried out, and what is no order makes nothing."""

from __future__ import annotations

import contextlib

import pytest
from scenario import MONDAY, crowd, on_tuesday, until

CREATE = "createEvent"
NAMES = {"zw": "张伟", "wf": "王芳", "ln": "李娜", "zl": "赵磊", "ls": "李四", "zoe": "Zoe Lin", "bob": "Bob Stone"}
CHAT = {"id": "cidTeam==", "team": "product"}


@pytest.fixture
def people(dingtalk):
    return {staff_id: dingtalk.person(staff_id, name=name) for staff_id, name in NAMES.items()}


@pytest.fixture
def lei(people):
    """Who asks."""
    return people["zl"]


@pytest.fixture
def team(dingtalk, people):
    return dingtalk.group("产品", list(people.values()), id=CHAT["id"])


@pytest.fixture
def begin(start, team):
    """The bot with its index of names read; `booking` as given."""

    async def go(**booking):
        teams = [
            {"name": "product", "members": list(NAMES)},
            {"name": "design", "aliases": ["设计组"], "members": ["wf", "ln"]},
        ]
        app = await start(booking={"enabled": True, **booking}, teams=teams, chats=[CHAT])
        await app.refresh_index()
        return app

    return go


async def said(person, text, team):
    """Returns once a card or a line has answered, or nothing as it was talk."""
    shown = len(team.cards) + len(team.messages)
    message = await person.says(text, to=team, created_at=MONDAY)
    with contextlib.suppress(TimeoutError):
        await until(lambda: len(team.cards) + len(team.messages) > shown, timeout=3)
    return message


async def ordered(person, text, team, **more):
    await person.says(text, to=team, created_at=MONDAY, **more)
    return await team.next_card()


def guests(dingtalk):
    """Who was invited to the last event, and its title."""
    body = dingtalk.calls_of(CREATE)[-1].body
    by_union = {each.union_id: each.name for each in dingtalk.people}
    return sorted(by_union[each["id"]] for each in body["attendees"]), body["summary"]


# ---------------------------------------------------------------- shown first
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "约张伟 李娜 周三下午3点讨论评审，提前10分钟提醒",
            ["还没约，请确认", "李娜、张伟（2 人会收到邀请）", "标题：评审 · 提前 10 分钟提醒"],
        ),
        (
            "book Zoe and Bob on Wednesday at 3pm about the budget",
            ["Not booked yet, please check", "(2 invitations)", "Title: budget"],
        ),
    ],
)
async def test_an_order_is_shown_first_and_made_when_the_asker_confirms_it(
    begin, dingtalk, people, lei, team, text, lines
):
    await begin()
    card = await ordered(lei, text, team)
    shown = f"{card.params['title']}\n{card.params['markdown']}"
    assert all(line in shown or "、" in line for line in lines), shown
    assert dingtalk.calls_of(CREATE) == []
    await people["wf"].presses(card, "confirm")
    assert dingtalk.calls_of(CREATE) == []
    await lei.presses(card, "confirm")
    await dingtalk.settle()
    assert len(dingtalk.calls_of(CREATE)) == 1
    assert len(guests(dingtalk)[0]) == 2


async def test_what_is_dropped_makes_nothing(begin, dingtalk, lei, team):
    await begin()
    card = await ordered(lei, "约张伟周三下午3点", team)
    await lei.presses(card, "drop")
    assert card.params["title"] == "好，没约"
    assert dingtalk.calls_of(CREATE) == []


async def test_exactly_the_guests_that_were_shown_are_invited(begin, dingtalk, people, lei, team):
    await begin()
    card = await ordered(lei, "约大家周三下午3点", team)
    assert "6 人会收到邀请" in card.params["markdown"]
    await ordered(lei, "团队去掉", team, at=[people["bob"]])
    await lei.presses(card, "confirm")
    await dingtalk.settle()
    assert len(guests(dingtalk)[0]) == 6
    assert "Bob Stone" in guests(dingtalk)[0]


async def test_the_askers_own_meeting_is_a_warning_and_no_obstacle(begin, dingtalk, lei, team):
    lei.calendar.busy(on_tuesday(15.5), on_tuesday(16))
    await begin(at_once=True)
    card = await ordered(lei, "约张伟周二下午3点", team)
    assert card.params["title"] == "还没约，请确认"
    assert "⚠ 你 15:30–16:00 有安排" in card.params["markdown"]
    await lei.presses(card, "confirm")
    assert card.params["title"].startswith("✅ 已约")


async def test_a_press_over_the_pressers_own_meeting_says_so_and_asks(begin, dingtalk, people, lei, team):
    wang = people["wf"]
    wang.calendar.busy(on_tuesday(10), on_tuesday(11))
    await begin()
    card = await ordered(lei, "张伟周二上午10点有空吗", team)
    await wang.presses(card, "book_1")
    assert card.params["title"] == "还没约，请确认"
    assert "⚠ 你 10:00–11:00 有安排" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    await lei.presses(card, "confirm")
    assert dingtalk.calls_of(CREATE) == []
    await wang.presses(card, "confirm")
    assert card.params["title"].startswith("✅ 已约")
    assert dingtalk.calls_of(CREATE)[0].path.endswith("/calendars/primary/events")


async def test_somebody_tentative_is_asked_about_and_nobody_is_booked_over(begin, dingtalk, people, lei, team):
    people["zw"].calendar.tentative(on_tuesday(15), on_tuesday(16))
    await begin(at_once=True)
    card = await ordered(lei, "约张伟周二下午3点", team)
    assert "⚠ 张伟 那时待定" in card.params["markdown"]
    people["zw"].calendar.busy(on_tuesday(15), on_tuesday(16))
    await lei.presses(card, "confirm")
    assert card.params["title"] == "⚠ 没约上：张伟 15:00 没空"
    assert dingtalk.calls_of(CREATE) == []


async def test_more_than_eight_guests_are_always_shown_with_their_number(start, dingtalk, lei, team):
    many = crowd(dingtalk, 9)
    await start(booking={"enabled": True, "at_once": True})
    card = await ordered(lei, "周三下午3点有空吗", team, at=many)
    await lei.presses(card, "book_1")
    assert "⚠ 9 人会收到邀请" in card.params["markdown"]
    assert dingtalk.calls_of(CREATE) == []
    await lei.presses(card, "confirm")
    await dingtalk.settle()
    assert len(dingtalk.calls_of(CREATE)) == 1


# ---------------------------------------------------------------- at once
@pytest.mark.parametrize(
    ("text", "names", "title"),
    [
        ("约张伟周三下午3点讨论预算", ["张伟"], "预算"),
        ("约 李娜 李四 周四上午10点到10点半", ["李四", "李娜"], "会议"),
        ("schedule a 30 min design review with Zoe on Friday at 11am", ["Zoe Lin"], "design review"),
        ("book 王芳 Thu 2pm about hiring", ["王芳"], "hiring"),
    ],
)
async def test_a_clear_order_is_carried_out_at_once_where_that_is_set(begin, dingtalk, lei, team, text, names, title):
    await begin(at_once=True)
    card = await ordered(lei, text, team)
    assert card.params["title"].startswith(("✅ 已约", "✅ Booked"))
    assert (guests(dingtalk)[0], title in guests(dingtalk)[1]) == (names, True)
    assert len(dingtalk.calls_of(CREATE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "book a taxi Fri 5pm",
        "周五下午3点订盒饭",
        "订会议室 周五下午3点",
        "周五15点和供应商开会",
        "meeting with the vendor Friday 5pm",
        "约周三下午3点 张三丰 会议室 A201",
        "通知大家周四下午5点开会",
        "reminder: all hands Friday 5pm",
        "is Bob free for a product demo tomorrow 3pm",
        "每周三下午3点约张伟",
        "约每周四10点",
        "这句话用英文怎么说",
        "约个理发师周六下午2点",
        "预约体检 周三上午9点",
        "book a table for 6 on Friday at 7pm",
        "book me a haircut tomorrow at 4",
        "约王晓明周四下午3点",
        "约张伟周三下午3点到5点或者周四下午",
        "约张伟下周",
        "明天下午3点跟客户开会",
        "we have a design review at 3pm on Thursday",
        "remind Bob about the meeting tomorrow at 3",
        "约上那个谁周三下午3点",
        "把周三的评审挪到周五上午",
        "cancel my 11am",
    ],
)
async def test_what_is_no_clear_order_makes_nothing(begin, dingtalk, lei, team, text):
    await begin(at_once=True)
    await said(lei, text, team)
    await dingtalk.settle()
    assert dingtalk.calls_of(CREATE) == []


# ---------------------------------------------------------------- buttons
async def test_no_button_after_work_nor_for_a_rest_nor_at_midnight(begin, dingtalk, people, lei, team):
    await begin()
    evening = MONDAY.replace(hour=20, minute=26)
    await lei.says("现在有空吗", at=[people["zw"]], to=team, created_at=evening)
    card = await team.next_card()
    assert not [button for button in card.buttons if button.verb.startswith("book")]
    await lei.says("张伟周末有空吗", to=team, created_at=MONDAY)
    card = await team.next_card()
    assert not [button for button in card.buttons if button.verb.startswith("book")]


async def test_now_is_offered_from_the_next_quarter_for_half_an_hour(begin, dingtalk, people, lei, team):
    await begin()
    await lei.says("现在有空吗", at=[people["zw"]], to=team, created_at=MONDAY.replace(hour=10, minute=7))
    card = await team.next_card()
    assert card.button("book_1").text == "约在 10:15"


# ---------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("预算" * 2_500, "500 个字以内"),
        ("[x](https://evil.example) <font color=red>**预算**</font> ![i](a.png)", "预算"),
        ("\u202e\u200b# 预算\n\n- 预算", "预算"),
    ],
)
async def test_a_title_of_any_length_or_with_markup_is_text(begin, dingtalk, lei, team, title, shown):
    await begin()
    card = await ordered(lei, f"约张伟周三下午3点讨论{title}", team)
    await dingtalk.settle()
    text = card.params["markdown"]
    assert shown in text
    assert len(text) < 5_000
    assert not any(markup in text for markup in ("](https://evil", "<font color=red", "![i](", "\u202e"))
    assert dingtalk.calls_of(CREATE) == []


async def test_a_guest_who_has_left_meanwhile_makes_nothing_and_that_is_said(begin, dingtalk, people, lei, team):
    await begin()
    card = await ordered(lei, "约张伟 李娜 周三下午3点", team)
    dingtalk.remove(people["ln"])
    await lei.presses(card, "confirm")
    await dingtalk.settle()
    assert [call.status for call in dingtalk.calls_of(CREATE)] == [403]
    assert card.params["title"].startswith("还没约")
