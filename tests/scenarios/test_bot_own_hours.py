"""What people say of their own hours and zone: kept, used in everybody's answers, taken back, nobody else's."""

from __future__ import annotations

from datetime import datetime

import pytest
from scenario import MONDAY, SHANGHAI, Talk, line_of, until

from bot.availability.holidays import read_table

FREE, OUTSIDE = "✅", "⬜"


@pytest.fixture
def talk(alice, group):
    return Talk(alice, group)


@pytest.fixture
def about(talk, bob):
    """Alice asks about Bob in their group; the mark of his line."""

    async def go(text):
        card = await talk.asks(text, bob)
        return line_of(card, "李博")[0]

    return go


@pytest.fixture
def bobs(bob, group):
    return Talk(bob, group)


@pytest.fixture
def whit_monday(talk, bobs):
    """That of next year, which every table has, as it is asked about; a day off in Germany and never in China."""
    year = datetime.now(SHANGHAI).year + 1
    day = next(day for day, names in read_table("DE", [year]).names.items() if names[1] == "Pentecost Monday")
    talk.now = bobs.now = datetime(year, 3, 15, 10, tzinfo=SHANGHAI)
    return f"{day.month}月{day.day}日"


async def test_own_hours_are_noted_and_count_from_the_next_answer_on(bot, bobs, about):
    assert await about("周三晚上6点到7点有空吗") == OUTSIDE
    card = await bobs.asks("我的工作时间10点到19点")
    assert card.params["title"] == "记住了你的工作时间"
    assert "周一至周五 10:00–19:00" in card.params["markdown"]
    assert "只对你生效" in card.params["markdown"]
    assert [button.text for button in card.buttons] == ["撤销", "用公司默认"]
    assert await about("周三晚上6点到7点有空吗") == FREE
    assert await about("周三上午9点到10点有空吗") == OUTSIDE


async def test_a_day_that_is_not_worked_is_off_every_week(bot, bobs, about):
    card = await bobs.asks("我周五不上班")
    assert "周一至周四 09:00–18:00，周五休息" in card.params["markdown"]
    assert await about("周五上午10点到11点有空吗") == OUTSIDE
    assert await about("下周五上午10点到11点有空吗") == OUTSIDE
    assert await about("周四上午10点到11点有空吗") == FREE


async def test_hours_and_days_and_a_zone_add_up_as_they_are_drawn(bot, bobs):
    await bobs.asks("我周五不上班")
    await bobs.asks("我的工作时间10点到19点")
    card = await bobs.asks("我在柏林")
    lines = card.params["markdown"].split("\n\n")
    assert lines[:3] == ["周一至周四 10:00–19:00，周五休息", "时区：柏林", "以后按这个找，只对你生效"]


async def test_english_is_answered_in_english(bot, bobs):
    card = await bobs.asks("I work 10 to 7")
    assert card.params["title"] == "Got your working hours"
    assert "Mon–Fri 10 am–7 pm" in card.params["markdown"]
    assert [button.text for button in card.buttons] == ["Undo", "Company hours"]
    assert "Time zone: Berlin" in (await bobs.asks("I'm in Berlin")).params["markdown"]


async def test_a_zone_moves_the_hours_of_one_person_and_no_chat(bot, bobs, about, talk, alice):
    await bobs.asks("I'm in Berlin")
    assert await about("周三上午9点到10点有空吗") == OUTSIDE
    assert await about("周三晚上7点到8点有空吗") == FREE
    card = await talk.asks("周三上午9点到10点有空吗", alice)
    assert line_of(card, "Alice").startswith(FREE)
    assert "09:00–10:00（北京时间）" in card.params["markdown"]


async def test_an_own_zone_reads_ones_private_chat_by_ones_own_clocks(bot, bob, bobs):
    await bobs.asks("我在柏林")
    card = await Talk(bob, bob.direct).asks("我周三上午9点到10点有空吗")
    assert "09:00–10:00（柏林时间）" in card.params["markdown"]
    assert line_of(card, "李博").startswith(FREE)


async def test_one_tap_takes_it_back(bot, bob, bobs, about):
    await bobs.asks("我周四不上班")
    card = await bobs.asks("我的工作时间10点到19点")
    await bob.presses(card, "undo")
    assert card.params["title"].startswith("已撤销")
    assert "周一至周三 09:00–18:00" in card.params["markdown"]
    assert await about("周三晚上6点到7点有空吗") == OUTSIDE
    await bob.presses(card, "company_hours")
    assert card.params["title"] == "已改回公司的工作时间"
    assert "周一至周五 09:00–18:00" in card.params["markdown"]
    assert await about("周四上午10点到11点有空吗") == FREE


async def test_nobody_else_can_take_it_back(bot, alice, bobs, about):
    card = await bobs.asks("我的工作时间10点到19点")
    press = await alice.presses(card, "undo")
    assert card.params["title"] == "记住了你的工作时间"
    assert press is not None
    assert await about("周三晚上6点到7点有空吗") == FREE


async def test_own_words_go_before_the_configuration(start, group, bobs, about):
    await start(people=[{"id": "bob", "timezone": "Asia/Tokyo", "working_time": {"start": "13:00", "end": "20:00"}}])
    assert await about("周三上午10点到11点有空吗") == OUTSIDE
    card = await bobs.asks("我的工作时间9点到18点")
    assert "时区：东京" in card.params["markdown"]
    assert await about("周三上午10点到11点有空吗") == FREE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("my timezone is Atlantis", "Atlantis"),
        ("我的时区是火星", "不知道「火星」的时区"),
        ("我的工作时间25点到26点", "没有"),
    ],
)
async def test_what_there_is_none_of_is_said_and_nothing_is_kept(bot, bobs, about, text, says):
    card = await bobs.asks(text)
    assert says in card.params["title"]
    assert await about("周三上午9点到10点有空吗") == FREE


@pytest.mark.parametrize(
    ("text", "line"), [("我明天不上班", "我只记每周固定的时间"), ("I don't work tomorrow", "weekly hours")]
)
async def test_a_single_day_is_no_weekly_hour(bot, bobs, group, text, line):
    await bobs.says(text)
    await until(lambda: any(line in message.text for message in group.messages))


async def test_words_that_were_not_understood_keep_anything_from_being_set(bot, bobs, about):
    card = await bobs.asks("I work part time, Monday to Wednesday")
    assert card.params["title"] == "Your working hours"
    assert "part" in card.params["markdown"]
    assert "Mon–Fri 9 am–6 pm" in card.params["markdown"]
    assert await about("周四上午9点到10点有空吗") == FREE


async def test_ones_hours_are_shown_where_they_are_only_named(bot, bobs):
    card = await bobs.asks("我的工作时间")
    assert card.params["title"] == "你的工作时间"
    assert card.buttons == []


async def test_a_night_shift_is_working_time_on_both_days(bot, bobs, about):
    card = await bobs.asks("我晚上10点到早上6点上班")
    assert "周一至周五 22:00–次日 06:00" in card.params["markdown"]
    assert await about("明天晚上11点到12点有空吗") == FREE
    assert await about("周三凌晨3点到4点有空吗") == FREE
    assert await about("周三上午9点到10点有空吗") == OUTSIDE


async def test_a_whole_day_is_ones_own_hours_of_it(bot, bobs, bob, about, talk):
    bob.calendar.busy(MONDAY.replace(day=14, hour=9), MONDAY.replace(day=14, hour=10))
    await bobs.asks("我的工作时间10点到19点")
    assert await about("周三有空吗") == FREE
    card = await talk.asks("周三下午6点半到7点有空吗", bob)
    assert line_of(card, "李博").startswith(FREE)


async def test_a_common_time_lies_in_the_hours_of_those_who_come(bot, bobs, bob, talk, alice):
    await bobs.asks("我的工作时间16点到20点")
    card = await talk.asks("帮我和他明天找1小时", bob)
    assert "16:00–17:00" in card.params["markdown"]
    assert "09:00–10:00" not in card.params["markdown"]


@pytest.mark.parametrize("text", ["我的工作时间18:00到17:00", "my working hours are 10am to 9am"])
async def test_hours_that_end_before_they_start_are_not_kept(bot, bobs, about, text):
    card = await bobs.asks(text)
    assert card.params["title"] in ("结束早于开始", "The end is before the start")
    assert await about("周三上午9点到10点有空吗") == FREE


async def test_a_person_without_a_name_is_called_by_their_id(bot, dingtalk, talk):
    nameless = dingtalk.person("staff-77", name="")
    nameless.calendar.busy(MONDAY.replace(day=14, hour=10), MONDAY.replace(day=14, hour=11))
    card = await talk.asks("周三上午10点到11点有空吗", nameless)
    assert line_of(card, "staff-77") == "⛔ 没空 1：staff-77 到 11:00"


async def test_holidays_of_another_country_are_days_off_for_whoever_says_so_and_for_nobody_else(
    bot, bobs, about, talk, alice, whit_monday
):
    assert await about(f"{whit_monday}下午3点到4点有空吗") == FREE
    card = await bobs.asks("我按德国的节假日")
    assert card.params["title"] == "记住了你的工作时间"
    assert "节假日：德国" in card.params["markdown"].split("\n\n")
    assert "只对你生效" in card.params["markdown"]
    assert [button.text for button in card.buttons] == ["撤销", "用公司默认"]
    assert await about(f"{whit_monday}下午3点到4点有空吗") == OUTSIDE
    card = await talk.asks(f"{whit_monday}下午3点到4点有空吗", alice)
    assert line_of(card, "Alice").startswith(FREE)


async def test_holidays_are_taken_back_in_one_tap_and_in_words(bot, bob, bobs, about, whit_monday):
    card = await bobs.asks("I follow the German calendar")
    assert "Holidays: Germany" in card.params["markdown"]
    await bob.presses(card, "undo")
    assert card.params["title"] == "Undone, your hours are as before"
    assert "Germany" not in card.params["markdown"]
    assert await about(f"{whit_monday}下午3点到4点有空吗") == FREE
    await bobs.asks("my holidays are Germany's")
    assert await about(f"{whit_monday}下午3点到4点有空吗") == OUTSIDE
    card = await bobs.asks("back to company holidays")
    assert card.params["title"] == "Back to company hours"
    assert await about(f"{whit_monday}下午3点到4点有空吗") == FREE


async def test_own_holidays_are_kept_beside_hours_and_over_a_restart(start, bobs, about, whit_monday):
    await start()
    await bobs.asks("我的工作时间10点到19点")
    card = await bobs.asks("我按德国的节假日")
    assert "周一至周五 10:00–19:00" in card.params["markdown"]
    await start()
    assert await about(f"{whit_monday}下午3点到4点有空吗") == OUTSIDE
    card = await bobs.asks("改回公司的节假日")
    assert "周一至周五 10:00–19:00" in card.params["markdown"]
    assert "德国" not in card.params["markdown"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("我按火星的节假日", "没有「火星」的节假日表"),
        ("I follow Wakanda's holidays", 'No holidays found for "Wakanda"'),
        ("我按加纳利群岛的节假日", "没有「加纳利群岛」的节假日表"),
    ],
)
async def test_a_country_without_a_table_is_said_and_nothing_is_kept(bot, bobs, about, text, title):
    card = await bobs.asks(text)
    assert card.params["title"] == title
    card = await bobs.asks("我的工作时间")
    assert card.params["title"] == "你的工作时间"
    assert card.buttons == []


async def test_own_words_of_holidays_go_before_the_configuration(start, bobs, about, whit_monday):
    await start(people=[{"id": "bob", "holidays": "DE"}])
    assert await about(f"{whit_monday}下午3点到4点有空吗") == OUTSIDE
    await bobs.asks("我按中国的节假日")
    assert await about(f"{whit_monday}下午3点到4点有空吗") == FREE
