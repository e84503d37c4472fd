"""Help by task: three a page, an example for each, and a button that carries it out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scenario import MONDAY


def texts(card):
    return [button.text for button in card.buttons]


async def ask(who, text, to, *, later=timedelta(0)):
    await who.says(text, to=to, created_at=MONDAY + later)
    return await to.next_card()


@pytest.fixture
async def team_bot(start, group):
    return await start(
        booking={"enabled": True},
        teams=[{"name": "all", "members": ["alice", "bob", "carol"]}],
        chats=[{"id": group.conversation_id, "team": "all"}],
    )


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (
            "帮助",
            [["谁有空", "找空档", "约会议"], ["我约的会", "看一周", "有空时告诉我"], ["日报", "团队", "设置"]],
        ),
        (
            "help",
            [
                ["Who's free", "Find a time", "Book a meeting"],
                ["My meetings", "See a week", "Tell me when free"],
                ["Digest", "Team", "Settings"],
            ],
        ),
    ],
)
async def test_the_menu_has_three_tasks_a_page_and_goes_round(team_bot, alice, group, text, pages):
    card = await ask(alice, text, group)
    for tasks in (*pages, pages[0]):
        assert texts(card)[:3] == tasks
        assert len(texts(card)) == 4
        await alice.presses(card, "page")


async def test_every_example_on_it_is_understood(team_bot, alice, bob, group):
    card = await ask(alice, "帮助", group)
    examples = [line.partition("：")[2] for line in card.params["markdown"].split("\n\n")[:3]]
    for example in examples:
        text = example.removeprefix("@有空 ").replace("@张三", "")
        await alice.says(text, to=group, at=[bob], created_at=MONDAY)
        answer = await group.next_card()
        assert answer.params["title"] not in ("没看懂", "想问什么时候？")


@pytest.mark.parametrize(
    ("page", "task", "title"),
    [
        (0, "task_1", "3 人都有空"),
        (0, "task_2", "3 人共同空档 · 1 小时"),
        (0, "task_3", "还没约：约谁，什么时候？"),
        (1, "task_4", "没有你约的会"),
        (1, "task_5", "3 人的忙闲 · "),
        (1, "task_6", "还没设有空提醒"),
        (2, "task_7", "这个群还没有日报"),
        (2, "task_8", "团队 3 人"),
        (2, "task_9", "这个群的设置"),
    ],
)
async def test_a_button_carries_its_task_out(team_bot, alice, group, page, task, title):
    card = await ask(alice, "帮助", group)
    for _ in range(page):
        await alice.presses(card, "page")
    await alice.presses(card, task)
    assert card.params["title"].startswith(title)


async def test_what_is_off_is_not_in_the_menu(bot, alice, group):
    card = await ask(alice, "帮助", group)
    assert texts(card)[:3] == ["谁有空", "找空档", "看一周"]


async def test_it_says_what_is_seen_and_how_to_stop_it(bot, alice, group):
    shown = (await ask(alice, "帮助", group)).params["markdown"].split("\n\n")
    assert shown[-2:] == ["只看忙闲，不看标题", "不想收日报：说「关闭日报」"]


# ---------------------------------------------------------------- what changes nothing says so
@pytest.mark.parametrize(
    ("first", "again", "title"),
    [
        ("用英文", "speak English", "No change: already in English"),
        ("这个群用东京时间", "这个群用东京时间", "没有变化：时区已经是 东京时间"),
    ],
)
async def test_a_setting_that_is_so_already_says_so(bot, alice, group, first, again, title):
    await ask(alice, first, group)
    assert (await ask(alice, again, group, later=timedelta(minutes=1))).params["title"] == title


@pytest.fixture
async def digest(team_bot, alice, group):
    """The settings of a digest that goes out."""
    card = await ask(alice, "每天9点10分发日报", group)
    await alice.presses(card, "set_up")
    assert card.params["title"] == "日报：工作日 09:10"
    return card


async def test_a_digest_that_is_set_so_already_says_so(digest, alice, group):
    again = await ask(alice, "每天9点10分发日报", group, later=timedelta(minutes=5))
    assert again.params["title"] == "没有变化，日报就是这样设的"


async def test_whoever_leaves_the_digest_reads_that_first(digest, bob):
    await bob.presses(digest, "not_me")
    assert digest.params["title"] == "你已退出日报"
    await bob.presses(digest, "not_me")
    assert digest.params["title"] == "你已加入日报"
