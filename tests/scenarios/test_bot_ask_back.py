"""What cannot be answered as it stands is asked back: the problem in words, what was understood, forms that work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from scenario import ASK, MONDAY, verdict_lines

from bot.availability.working_time import WorkingCalendar
from bot.cards import Renderer
from bot.features.card_state import dump, load
from bot.features.common.forms import steps_from
from bot.features.common.requests import is_doubtful
from bot.language import parse
from bot.model.card_state import VerdictsCard
from bot.model.people import ConversationId, StaffId
from bot.model.questions import Asked, Question
from bot.model.replies import Unclear
from bot.model.requests import Leftover, ProblemCode, WorkingHours
from bot.model.steps import Verb

QUERY = "querySchedule"
FAMILIES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何林罗高", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚文斌玲华辉"
NAMES = "、".join(family + given for family in FAMILIES for given in GIVEN)
"""Five hundred of them."""
FORMS = ["now", "today", "next_day"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(SHANGHAI, frozenset(range(5)), WorkingHours(), None)
NOW = MONDAY.replace(year=2026, month=3, day=16)
"""Another Monday at ten."""

PROBLEMS = (
    ("2月31日有空吗", "没有「2月31日」这个时间", "最近的是 周四 2041/2/28"),
    ("2月30号下午3点有空吗", "没有「2月30号」这个时间", "最近的是 周四 2041/2/28 15:00–16:00"),
    ("25点有空吗", "没有「25点」这个时间", "最近的是 周二 2040/3/13 01:00–02:00"),
    ("45点有空吗", "没有「45点」这个时间", "看看日期对不对"),
    ("free on Feb 31 at 2pm?", 'There is no "Feb 31"', "The nearest is Thu 28 Feb 2041, 2–3 pm"),
    ("free at 45:00?", 'There is no "45:00"', "Check the date and ask again"),
    ("周二下午4点到2点有空吗", "结束早于开始", "是不是 周二 2040/3/13 14:00–16:00？"),
    ("周二16:00到14:00有空吗", "结束早于开始", "是不是 周二 2040/3/13 14:00–16:00？"),
    ("free Tue 4pm-2pm?", "The end is before the start", "Did you mean Tue 13 Mar 2040, 2–4 pm?"),
    ("昨天有空吗", "这个时间已经过去", "下一次是 周一 2040/3/12"),
    ("上周五下午有空吗", "这个时间已经过去", "下一次是 周五 2040/3/16 13:00–18:00"),
    ("free yesterday at 3pm?", "That time has passed", "The next one is Mon 12 Mar 2040, 3–4 pm"),
    ("未来400天谁有空", "一次最多看 31 天", "可以先看前 31 天：周一 2040/3/12 – 周三 2040/4/11"),
    ("3月20日到明年5月1日谁有空", "一次最多看 31 天", "可以先看前 31 天：周二 2040/3/20 – 周四 2040/4/19"),
    ("who's free in the next 400 days", "31 days at most", "The first 31 days: Mon 12 Mar 2040 – Wed 11 Apr 2040"),
    ("谁有空", "想问什么时候？", "像这样问："),
    ("who is free", "When?", "Ask like this:"),
    ("李博怎么样", "李博", "想问什么时候？"),
    ("so what do you think", "李博", "When?"),
)
AMBIGUOUS = (
    ("next Friday free?", "Fri 23 Mar", "16 Mar"),
    ("next Wednesday free?", "Wed 21 Mar", "14 Mar"),
    ("周五8点有空吗", "周五 3/16 08:00–09:00", "3/16 20:00–21:00"),
    ("7点有空吗", "周一 3/12 19:00–20:00", "3/13 07:00–08:00"),
    ("free Friday at 8?", "Fri 16 Mar, 8–9 am", "8–9 pm"),
    ("周一有空吗", "周一 3/12", "3/19"),
    ("04/05 有空吗", "周四 4/5", "5/4"),
    ("free on 5/4?", "Fri 4 May", "5 Apr"),
)


async def ask(person, text, *at, to, created_at=MONDAY):
    await person.says(text, at=at, to=to, created_at=created_at)
    return await to.next_card()


def verbs(card):
    return [button.verb for button in card.buttons]


def first_line(card):
    return card.params["markdown"].split("\n\n")[0]


# ---------------------------------------------------------------- the problem in words
@pytest.mark.parametrize(("text", "title", "way_out"), PROBLEMS)
async def test_the_card_says_which_problem_and_what_would_work(bot, dingtalk, alice, bob, group, text, title, way_out):
    card = await ask(alice, text, bob, to=group)
    assert card.params["title"] == title
    assert way_out in card.params["markdown"]
    assert 2 <= len(card.buttons) <= 4
    assert dingtalk.calls_of(QUERY) == []
    await alice.presses(card, "next_day")
    assert "3/13" in first_line(card) or "13 Mar" in first_line(card)
    assert verdict_lines(card) in (["✅ 有空 1：李博"], ["✅ Free 1: 李博"])


@pytest.mark.parametrize("text", ["", "？？？", "!!!", "…", "   ", "。，、", "👍"])
async def test_people_and_no_word_are_asked_for_what_is_wanted_of_them(bot, dingtalk, alice, bob, carol, group, text):
    card = await ask(alice, text, bob, carol, to=group)
    assert card.params["title"] in ("李博、王芳", "李博, 王芳")
    assert verbs(card) == [*FORMS, "find"]
    assert dingtalk.calls_of(QUERY) == []
    await alice.presses(card, "now")
    assert verdict_lines(card) in (["✅ 有空 2：李博、王芳"], ["✅ Free 2: 李博, 王芳"])


@pytest.mark.parametrize("text", ["", "？", "!!!"])
async def test_nothing_at_all_is_not_understood_and_nobody_is_made_up(bot, dingtalk, alice, group, text):
    card = await ask(alice, text, to=group)
    assert card.params["title"] in ("没看懂", "I didn't get that")
    await alice.presses(card, "next_day")
    assert card.params["title"] in ("想问谁？", "Who should I check?")
    assert dingtalk.calls_of(QUERY) == []


async def test_nothing_at_all_in_a_chat_with_a_team_offers_the_team(start, alice, bob, carol, group):
    team = {"name": "design", "members": ["bob", "carol"]}
    await start(teams=[team], chats=[{"id": group.conversation_id, "team": "design"}])
    card = await ask(alice, "？？", to=group)
    await alice.presses(card, "today")
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳"]


@pytest.mark.parametrize(
    ("text", "title", "shown"),
    [
        ("昨天下午3点有空吗", "这个时间已经过去", "3/12 15:00–16:00"),
        ("上周五下午有空吗", "这个时间已经过去", "周五"),
        ("free yesterday at 3pm?", "That time has passed", "3–4 pm"),
    ],
)
async def test_of_a_time_that_is_over_the_next_one_is_one_tap_away(bot, alice, bob, group, text, title, shown):
    card = await ask(alice, text, bob, to=group)
    assert card.params["title"] == title
    assert verbs(card)[0] == "other"
    assert shown in card.buttons[0].text
    await alice.presses(card, "other")
    assert shown in first_line(card)
    assert verdict_lines(card)[0].endswith("李博")


async def test_more_people_than_can_be_asked_are_counted_and_nobody_is_looked_up(bot, dingtalk, alice, group):
    many = [dingtalk.person(f"many-{n}", name=f"同事{n}") for n in range(500)]
    card = await ask(alice, ASK, *many, to=group)
    assert card.params["title"] == "一次最多问 200 人"
    assert "@ 其中一部分人" in card.text
    assert dingtalk.calls_of(QUERY) == []


async def test_a_question_that_goes_on_behind_so_many_names_is_too_long(bot, dingtalk, alice, group):
    card = await ask(alice, f"周二谁有空 {NAMES[:540]} 周三下午呢", to=group)
    assert card.params["title"] == "太长了，没读完"
    assert "500 个字以内" in card.text
    assert dingtalk.calls_of(QUERY) == []


async def test_with_five_hundred_names_before_the_question_nobody_is_asked_about(bot, dingtalk, alice, group):
    card = await ask(alice, f"{NAMES}{ASK}", to=group)
    assert card.params["title"] == "一次最多问 200 人"
    assert dingtalk.calls_of(QUERY) == []


# ---------------------------------------------------------------- what was understood
@pytest.mark.parametrize(
    ("text", "title", "understood", "shown"),
    [
        ("周四下午天气怎么样", "没看懂", "看懂的时间：周四", "3/15 13:00–18:00"),
        ("what's the weather on Thursday afternoon", "I didn't get that", "Understood: Thu 15 Mar", "1–6 pm"),
    ],
)
async def test_what_was_understood_is_said_and_one_tap_away(bot, alice, bob, group, text, title, understood, shown):
    card = await ask(alice, text, bob, to=group)
    assert card.params["title"] == title
    assert understood in card.text
    assert verbs(card) == ["asked", *FORMS]
    await alice.presses(card, "asked")
    assert shown in first_line(card)
    assert verdict_lines(card)[0].endswith("李博")


@pytest.mark.parametrize("verb", FORMS)
@pytest.mark.parametrize("text", ["李博怎么样", "2月31日李博有空吗", "李博有空吗"])
async def test_a_form_asks_about_the_people_who_were_mentioned(bot, alice, bob, carol, group, verb, text):
    card = await ask(alice, text, bob, carol, to=group)
    await alice.presses(card, verb)
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳"]
    assert card.button("later")


async def test_a_form_outlives_a_restart_and_works_for_others(start, dingtalk, alice, bob, carol, group):
    app = await start()
    card = await ask(alice, "2月31日有空吗", bob, to=group)
    await dingtalk.settle()
    await app.stop()
    await start()
    await carol.presses(card, "next_day")
    assert verdict_lines(card) == ["✅ 有空 1：李博"]


async def test_after_work_there_is_no_rest_of_today_to_offer(bot, alice, bob, group):
    card = await ask(alice, "李博怎么样", bob, to=group, created_at=MONDAY + timedelta(hours=9))
    assert verbs(card) == ["now", "next_day", "find"]


# ---------------------------------------------------------------- another reading
@pytest.mark.parametrize(("text", "likeliest", "other"), AMBIGUOUS)
async def test_the_likeliest_reading_is_answered_and_the_other_is_one_tap_away(
    bot, alice, bob, group, text, likeliest, other
):
    card = await ask(alice, text, bob, to=group)
    assert likeliest in first_line(card)
    assert verdict_lines(card)[0].endswith("李博")
    await alice.presses(card, "other")
    assert other in first_line(card)
    assert likeliest not in first_line(card)
    assert verdict_lines(card)[0].endswith("李博")


@pytest.mark.parametrize("text", ["周五3点有空吗", "free Friday at 3?"])
async def test_a_reading_that_nobody_means_has_no_button(bot, alice, bob, group, text):
    card = await ask(alice, text, bob, to=group)
    assert "other" not in verbs(card)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2月30号下午3点有空吗", "2/28 15:00–16:00"),
        ("free on Feb 31 at 2pm?", "28 Feb 2041, 2–3 pm"),
        ("25点有空吗", "3/13 01:00–02:00"),
        ("周二下午4点到2点有空吗", "3/13 14:00–16:00"),
        ("free Tue 4pm-2pm?", "13 Mar 2040, 2–4 pm"),
        ("未来400天谁有空", "– 周三 2040/4/11"),
    ],
)
async def test_the_nearest_time_that_works_is_one_tap_away(bot, alice, bob, group, text, shown):
    card = await ask(alice, text, bob, to=group)
    assert verbs(card)[0] == "other"
    assert len(card.buttons) == 4
    await alice.presses(card, "other")
    assert shown in first_line(card)
    assert "李博" in verdict_lines(card)[0]


@pytest.mark.parametrize(("text", "said"), [("谁有空 5点3", "没读懂「3」"), ("free Tue 2-4pm 5?", 'I didn\'t get "5"')])
async def test_words_of_time_that_fit_nowhere_are_named(bot, dingtalk, alice, bob, group, text, said):
    card = await ask(alice, text, bob, to=group)
    assert card.params["title"] in ("没看懂", "I didn't get that")
    assert said in card.params["markdown"]
    assert verbs(card)[0] == "asked"
    assert dingtalk.calls_of(QUERY) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("礼败四下午有空吗", "「礼败四」按 周四 3/15 13:00–18:00 算"),
        ("free on Thu 14 March?", 'I read "Thu 14 March" as Wed 14 Mar'),
    ],
)
async def test_a_slip_in_the_words_of_a_time_is_read_and_said(bot, alice, bob, group, text, line):
    card = await ask(alice, text, bob, to=group)
    assert line in card.params["markdown"].split("\n\n")
    assert verdict_lines(card)[0].endswith("李博")


# ---------------------------------------------------------------- words that were left over
def doubtful(text, leftover):
    """A question of which some words of time were left over."""
    return Question(
        request=replace(
            parse(text, now=NOW, zone=SHANGHAI, mentioned=[StaffId("bob")]),
            leftover=tuple(Leftover(words, 0, len(words), timely=True) for words in leftover),
        ),
        asker=StaffId("alice"),
        author=StaffId("alice"),
        author_name="Alice",
        conversation_id=ConversationId("cid"),
        in_group=True,
        zone="Asia/Shanghai",
        now=NOW,
        language=parse(text, now=NOW, zone=SHANGHAI).language,
    )


@pytest.mark.parametrize("leftover", [("5",), ("点",), ("周五",), ("friday",), ("pm",), ("p.m",), ("三",)])
def test_a_number_or_a_day_left_over_makes_a_reading_doubtful(leftover):
    question = doubtful("周二下午2点到4点有空吗", leftover)
    assert is_doubtful(question.request)
    steps = steps_from(question, CALENDAR)
    assert [step.verb for step in steps] == [Verb.ASKED, Verb.NOW, Verb.TODAY, Verb.NEXT_DAY]
    assert steps[0].windows == question.request.windows
    assert all(step.request.who == question.request.who for step in steps)


def test_a_reading_of_which_nothing_is_left_over_is_not_doubtful():
    assert not is_doubtful(doubtful("周二下午2点到4点有空吗", ()).request)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("周二下午2点到4点有空吗", "看懂的时间：周二 3/17 14:00–16:00"),
        ("free Tue 2-4pm?", "Understood: Tue 17 Mar, 2–4 pm"),
    ],
)
def test_the_card_of_a_doubtful_reading_says_what_was_understood(text, understood):
    question = doubtful(text, ("5",))
    reply = Unclear(question, ProblemCode.NOT_UNDERSTOOD, steps_from(question, CALENDAR))
    card = Renderer().card(reply, key="1-abcdefgh", clock_zone="Asia/Shanghai", now=NOW)
    assert understood in card.markdown
    assert len(card.buttons) == 4


def test_the_buttons_of_a_doubtful_reading_are_there_when_they_are_pressed():
    question = doubtful("周二下午2点到4点有空吗", ("5",))
    kept = load(dump(Asked(question, VerdictsCard()))).question
    assert kept.request.leftover == ()
    assert steps_from(kept, CALENDAR) == steps_from(question, CALENDAR)
