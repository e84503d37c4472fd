"""Cards as drawn, within their sizes, whatever people are called."""

from __future__ import annotations

import json
import re

import pytest
from drawn import ASKED, columns, question, unknown, verdict, who_is_free
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Renderer, card_params
from bot.cards.escape import name as shown
from bot.model.card_state import HelpCard
from bot.model.people import UnknownReason
from bot.model.replies import DayNote, Help, NotChecked, Outsider, Task, Unclear
from bot.model.requests import Language, ProblemCode

MARKS = {
    "✅": "Free 有空",
    "🟡": "Partly free 部分有空 Tentative 待定",
    "⛔": "Busy 没空",
    "⬜": "Outside 非工作时间",
    "❔": "Unknown 查不到",
}
RENDERER = Renderer()
DRAWN = (verdict("张伟"), verdict("李娜"), verdict("王芳"), verdict("赵磊", (13, 15)), verdict("陈静", (14, 16.5)))
DRAWN_EN = (
    verdict("Zhang Wei"),
    verdict("Li Na"),
    verdict("Wang F."),
    verdict("Zhao Lei", (13, 15)),
    verdict("Chen Jing", (14, 16.5)),
)


def card(reply):
    return RENDERER.card(reply, key="1-abcdefgh", clock_zone="Asia/Shanghai", now=ASKED)


def lines(made):
    return made.markdown.split("\n\n")


def test_the_card_of_a_group_is_as_drawn_in_chinese():
    made = card(who_is_free(DRAWN))
    assert made.title == "5 人里 3 人有空"
    assert lines(made) == [
        "周二 3/17 14:00–16:00（北京时间）",
        "✅ 有空 3：张伟、李娜、王芳",
        "🟡 部分有空 1：赵磊 15:00 起有空",
        "⛔ 没空 1：陈静 到 16:30",
        "💡 15:00–16:00 有 4 人有空",
    ]
    assert made.tips == "14:02 查询 · 只看忙闲 · 发起：刘洋"
    assert [button.text for button in made.buttons] == ["往后看 16:00–18:00", "刷新"]


def test_the_card_of_a_group_is_as_drawn_in_english():
    made = card(who_is_free(DRAWN_EN, Language.EN, author=""))
    assert made.title == "3 of 5 are free"
    assert lines(made) == [
        "Tue 17 Mar, 2–4 pm (Beijing)",
        "✅ Free 3: Zhang Wei, Li Na, Wang F.",
        "🟡 Partly free 1: Zhao Lei from 3 pm",
        "⛔ Busy 1: Chen Jing until 4:30 pm",
        "💡 3–4 pm works for 4 people",
    ]
    assert made.tips == "Checked 2:02 pm · free/busy only"


def test_unknown_people_are_counted_apart_and_never_as_free():
    made = card(who_is_free((*DRAWN[:3], DRAWN[4], unknown("孙悦"))))
    assert made.title == "3 人有空，1 人没空，1 人查不到"
    assert "❔ 查不到 1：孙悦（未开放忙闲）" in lines(made)
    assert "查不到不算有空" in lines(made)
    assert made.buttons[1].text == "刷新"
    made = card(who_is_free((*DRAWN[:3], DRAWN[4], unknown("孙悦", UnknownReason.TIMEOUT))))
    assert made.buttons[1].text == "重试 1 人"


@pytest.mark.parametrize("people", [DRAWN, DRAWN_EN, (*DRAWN[:4], unknown("孙悦"))])
@pytest.mark.parametrize("language", Language)
def test_every_line_fits_a_phone(people, language):
    made = card(who_is_free(people, language))
    assert [line for line in (made.title, *lines(made), made.tips) if columns(line) > 40] == []


def everybody(names):
    kinds = (
        lambda name: verdict(name),
        lambda name: verdict(name, (14, 15)),
        lambda name: verdict(name, (14, 15), tentative=True),
        lambda name: verdict(name, (13, 19)),
        unknown,
    )
    return [kinds[n % len(kinds)](name) for n, name in enumerate(names)]


def counted(line):
    """The mark, the words and the count that a line of people begins with."""
    mark, words, count = re.match(r"(\S+) (\D+) (\d+)(?=[：:]|$)", line).groups()
    return mark, words, int(count)


@pytest.mark.parametrize("language", Language)
def test_each_person_is_on_one_line_that_starts_with_mark_word_and_count(language):
    names = [f"同事{n}" for n in range(8)]
    made = card(who_is_free(everybody(names), language))
    verdicts = [line for line in lines(made) if line[0] in MARKS]
    for name in names:
        assert sum(name in line for line in verdicts) == 1, name
    for line in verdicts:
        mark, words, count = counted(line)
        assert words in MARKS[mark]
        assert count == sum(name in line for name in names)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("count", [9, 20, 60, 200])
def test_values_stay_small_for_many_people_with_long_names(count, language):
    names = [f"{n:03}" + "很长的名字" * 8 for n in range(count)]
    made = card(who_is_free(everybody(names), language))
    assert [key for key, value in card_params(made).items() if len(value.encode()) >= 3000] == []
    assert sum(counted(line)[2] for line in lines(made) if line[0] in MARKS) == count


def as_wide_as(text):
    """A harmless name that takes as much room on a line; none for none."""
    wide, narrow = divmod(columns(shown(text)), 2)
    return "宽" * wide + "x" * narrow if text else ""


@given(st.lists(st.text(max_size=80), min_size=1, max_size=12), st.text(max_size=80), st.sampled_from(Language))
@settings(deadline=None, max_examples=60)
def test_any_text_in_a_name_gives_valid_json_and_no_line_of_its_own(names, author, language):
    plain = card(who_is_free(everybody(list(map(as_wide_as, names))), language, author="x"))
    made = card(who_is_free(everybody(names), language, author=author))
    params = card_params(made)
    layout = json.loads(params["sys_full_json_obj"])
    assert [button["id"] for button in layout["msgButtons"]] == ["later:1-abcdefgh", "refresh:1-abcdefgh"]
    assert len(lines(made)) == len(lines(plain))
    assert all(isinstance(value, str) and len(value.encode()) < 3000 for value in params.values())
    titles = [(made.title, shown(names[0])), (plain.title, as_wide_as(names[0]))]
    said = [title.removeprefix(called) if len(names) == 1 else title for title, called in titles]
    assert said[0] == said[1]


@pytest.mark.parametrize("language", Language)
def test_every_problem_and_reason_has_words(language):
    for code in ProblemCode:
        assert card(Unclear(question(language), code)).title
    for reason in UnknownReason:
        made = card(NotChecked(question(language), reason, "7F3A", ("Calendar.EventSchedule.Read",)))
        assert "7F3A" in made.tips
        assert "Calendar.EventSchedule.Read" in made.markdown
        assert "✅" not in card(who_is_free([unknown("x", reason)], language)).text
    assert card(Outsider(language)).title
    assert card(Help(question(language), HelpCard(), tuple(Task))).title


def test_a_special_day_is_said():
    def first(note, language):
        return lines(card(who_is_free(DRAWN, language, note=note)))[0]

    assert first(DayNote(make_up=True), Language.ZH) == "周二 3/17 补班 14:00–16:00（北京时间）"
    assert first(DayNote(holiday_en="Mid-Autumn"), Language.EN) == "Tue 17 Mar (Mid-Autumn), 2–4 pm (Beijing)"
    assert first(DayNote(today=True), Language.ZH) == "今天 周二 3/17 14:00–16:00（北京时间）"
    assert first(DayNote(day_off=True), Language.EN) == "Tue 17 Mar (day off), 2–4 pm (Beijing)"


def test_another_zone_is_printed_beside_the_chats():
    made = card(who_is_free(DRAWN, Language.EN, zone="Asia/Tokyo"))
    assert lines(made)[0] == "Tue 17 Mar, 3–5 pm (Tokyo)"
    assert "Beijing Tue 17 Mar, 2–4 pm" in lines(made)
