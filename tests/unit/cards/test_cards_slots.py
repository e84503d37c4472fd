"""A common time as it is drawn: slots with their reasons, or what comes nearest and what opens some."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from drawn import ASKED, at, columns, person, question, unknown, verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Renderer, card_params
from bot.model.card_state import NoSlotCard, SlotsCard
from bot.model.deeds import Book
from bot.model.meetings import Closest, Relaxation, RelaxationKind, Slot
from bot.model.people import StaffId
from bot.model.replies import CommonTime, DayNote
from bot.model.requests import Intent, Language, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind

HALF = timedelta(minutes=30)
HOUR = timedelta(hours=1)
DAYS = Window(at(0), at(72), WindowKind.DAYS)  # Tuesday to Thursday
WORKED = tuple(Interval(at(day + 9), at(day + 18)) for day in (0, 24, 48))
ZH, EN = ("张伟", "李娜", "王芳", "陈静"), ("Zhang Wei", "Li Na", "Wang Fang", "Chen Jing")


def staff(name):
    return person(name).staff_id


def slot(start, end, **facts):
    return Slot(Interval(at(start), at(end)), **facts)


def slots_for(names):
    """Three slots of four people: clear, right after a meeting, without somebody optional."""
    return (
        slot(15, 16, clear_before=HALF, clear_after=HOUR),
        slot(24 + 10.5, 24 + 11.5, just_after=staff(names[1]), clear_after=HALF),
        slot(48 + 14, 48 + 15, missing=(staff(names[3]),), clear_after=timedelta(minutes=10)),
    )


def common_time(language, *, slots=(), closest=(), relaxations=(), names=None, more=(), window=DAYS, **changes):
    """A reply about four people, and `more` verdicts, from Tuesday to Thursday."""
    names = names or (ZH if language is Language.ZH else EN)
    known = [verdict(name) for name in names]
    asked = replace(question(language), request=Request(Intent.FIND_TIME, language, (window,)))
    offered, opened = tuple(slots), tuple(relaxations)
    shown = SlotsCard(offered, more=True, relaxations=opened) if offered else NoSlotCard(relaxations=opened)
    listed = slots or closest
    return CommonTime(
        question=replace(asked, request=replace(asked.request, quorum=changes.pop("quorum", None))),
        card=shown,
        windows=(window,),
        window_notes=(DayNote(),),
        stretches=WORKED,
        duration=HOUR,
        verdicts=(*known, *more),
        seen=changes.pop("seen", len(known)),
        checked_at=ASKED,
        zone=changes.pop("zone", "Asia/Shanghai"),
        notes=changes.pop("notes", tuple(DayNote() for _ in listed)),
        closest=tuple(closest),
        breaks=(Interval(at(12), at(13)),),
        steps=changes.pop("steps", ()),
        **changes,
    )


def drawn(reply):
    card = Renderer().card(reply, key="k", clock_zone="Asia/Shanghai", now=ASKED)
    assert all(len(value.encode()) < 3000 for value in card_params(card).values())
    return card


def text(card):
    return [card.title, *card.markdown.split("\n\n"), card.tips]


def no_slot(language, names):
    closest = (
        Closest(Interval(at(24 + 16), at(24 + 17)), (staff(names[3]),), at(24 + 16.5)),
        Closest(Interval(at(11), at(11.5))),
    )
    friday = Window(at(72), at(96), WindowKind.DAYS)
    relaxations = (
        Relaxation(RelaxationKind.SHORTER, 3, duration=HALF),
        Relaxation(RelaxationKind.FARTHER, 2, windows=(DAYS, friday)),
        Relaxation(RelaxationKind.OPTIONAL, 4, person=staff(names[3])),
        Relaxation(RelaxationKind.OFF_HOURS, 1, windows=(Window(at(8), at(20)),)),
    )
    request = Request(Intent.FIND_TIME, language, (DAYS,))
    steps = (
        Step(Verb.SHORTER, replace(request, duration=HALF)),
        Step(Verb.FARTHER, replace(request, windows=(DAYS, friday))),
        Step(Verb.OPTIONAL, request, name=names[3]),
        Step(Verb.OFF_HOURS, request),
        Step(Verb.REFRESH),
    )
    return common_time(language, closest=closest, relaxations=relaxations, steps=steps)


def test_slots_in_chinese():
    reply = common_time(Language.ZH, slots=slots_for(ZH), optional=frozenset({staff("陈静")}))
    assert text(drawn(reply)) == [
        "4 人共同空档 · 1 小时",
        "周二 3/17 – 周四 3/19（北京时间）",
        "1️⃣ 周二 3/17 15:00–16:00 ⭐",
        "全员有空，前后各留 30 分钟",
        "2️⃣ 周三 3/18 10:30–11:30",
        "全员有空，李娜 前一场刚结束",
        "3️⃣ 周四 3/19 14:00–15:00",
        "少 1 人：陈静（可选）",
        "14:02 查询 · 已避开 12–13 点",
    ]


def test_slots_in_english():
    reply = common_time(Language.EN, slots=slots_for(EN), optional=frozenset({staff("Chen Jing")}))
    assert text(drawn(reply)) == [
        "1 hour for 4 people",
        "Tue 17 – Thu 19 Mar (Beijing)",
        "1️⃣ Tue 17 Mar, 3–4 pm ⭐",
        "All free, 30 min clear on both sides",
        "2️⃣ Wed 18 Mar, 10:30–11:30 am",
        "All free, right after Li Na's meeting",
        "3️⃣ Thu 19 Mar, 2–3 pm",
        "Missing 1: Chen Jing (optional)",
        "Checked 2:02 pm · skips 12–1 pm",
    ]


def test_no_slot_in_chinese():
    card = drawn(no_slot(Language.ZH, ZH))
    assert text(card) == [
        "3 天内没有 4 人都有空的 1 小时",
        "周二 3/17 – 周四 3/19（北京时间）",
        "最接近：",
        "1️⃣ 周三 3/18 16:00–17:00",
        "只缺 陈静（16:30 起有空）",
        "2️⃣ 周二 3/17 11:00–11:30",
        "全员有空，但只有 30 分钟",
        "放宽一项就有：",
        "30 分钟 → 3 个 · 延到 周五 3/20 → 2 个",
        "陈静 可选 → 4 个 · 不限工作时间 → 1 个",
        "14:02 查询 · 已避开 12–13 点",
    ]
    assert [button.text for button in card.buttons] == ["缩到 30 分钟", "延到 周五 3/20", "陈静 可选", "不限工作时间"]


def test_no_slot_in_english():
    card = drawn(no_slot(Language.EN, EN))
    assert text(card) == [
        "No 1 hour that suits all 4",
        "Tue 17 – Thu 19 Mar (Beijing)",
        "Closest:",
        "1️⃣ Wed 18 Mar, 4–5 pm",
        "Only Chen Jing is busy",
        "free from 4:30 pm",
        "2️⃣ Tue 17 Mar, 11–11:30 am",
        "All free, only 30 min",
        "One change that helps:",
        "30 min → 3 slots",
        "until Fri 20 Mar → 2 slots",
        "Chen Jing optional → 4 slots",
        "any hours → 1 slot",
        "Checked 2:02 pm · skips 12–1 pm",
    ]
    shown = ["Make it 30 min", "Search to Fri 20 Mar", "Chen Jing optional", "Any hours"]
    assert [button.text for button in card.buttons] == shown


@pytest.mark.parametrize("language", list(Language))
def test_every_line_fits_a_phone(language):
    names = ZH if language is Language.ZH else EN
    busy = (staff(names[0]), staff(names[3]))
    slots = (
        *slots_for(names)[:2],
        slot(48 + 14, 48 + 15, missing=busy[1:], tentative=busy[:1], outside=(staff(names[2]),), clear_after=HOUR),
    )
    replies = (
        common_time(language, slots=slots, more=[unknown("孙悦")], optional=frozenset(busy)),
        common_time(language, slots=slots, zone="Asia/Tokyo"),
        common_time(language, slots=slots, quorum=2),
        no_slot(language, names),
    )
    for reply in replies:
        assert [line for line in text(drawn(reply)) if columns(line) > 40] == []


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            Language.ZH,
            ["其余 4 人有空，前后各留 30 分钟", "❔ 查不到 1：孙悦（未开放忙闲）", "查不到不算有空"],
        ),
        (Language.EN, ["The other 4 are free", "30 min clear on both sides", "❔ Unknown 1: 孙悦 (not shared)"]),
    ],
)
def test_somebody_unknown_is_never_among_all(language, lines):
    found = slot(15, 16, unknown=(staff("孙悦"),), clear_before=HALF, clear_after=HALF)
    card = drawn(common_time(language, slots=[found], more=[unknown("孙悦")]))
    assert set(lines) <= set(text(card))
    assert card.title in ("4 人共同空档 · 1 小时 · 1 人查不到", "1 hour for 4 people, 1 unknown")


def test_where_nobody_required_can_be_seen_nobody_is_free():
    zh = drawn(common_time(Language.ZH, names=["陈静"], more=[unknown("孙悦")], seen=0))
    assert text(zh)[0] == "必到的人都查不到"
    assert not [line for line in text(zh) if "有空" in line and "不算有空" not in line]


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ({"tentative": (staff("陈静"),)}, "3 人有空，陈静 待定", "3 free, 陈静 tentative"),
        ({"outside": (staff("陈静"),)}, "全员有空，陈静 不在工作时间", "All free, outside 陈静's hours"),
        (
            {"missing": (staff("陈静"), staff("李娜"))},
            "2 人有空，少 2 人：陈静、李娜",
            "2 free, missing 2: 陈静, 李娜",
        ),
        ({"clear_before": HALF}, "全员有空，前面留 30 分钟", "All free, 30 min clear before it"),
        ({"clear_after": timedelta(minutes=10)}, "全员有空", "All free"),
    ],
)
def test_each_reason_has_its_words(facts, zh, en):
    for language, line in ((Language.ZH, zh), (Language.EN, en)):
        assert line in text(drawn(common_time(language, slots=[slot(15, 16, **facts)], names=ZH)))


def test_a_make_up_day_is_named_beside_its_slot():
    reply = common_time(Language.ZH, slots=[slot(15, 16)], notes=(DayNote(make_up=True),))
    assert "1️⃣ 周二 3/17 补班 15:00–16:00 ⭐" in text(drawn(reply))


def test_another_zone_stands_beside_the_chats():
    lines = text(drawn(common_time(Language.ZH, slots=[slot(15, 16)], zone="Asia/Tokyo")))
    assert lines[2:4] == ["1️⃣ 周二 3/17 16:00–17:00 ⭐", "北京时间：周二 3/17 15:00–16:00"]


def test_slots_are_taken_by_their_number():
    steps = tuple(
        Step(Verb.BOOK, deed=Book(found), option=number, number=number)
        for number, found in enumerate(slots_for(ZH), start=1)
    )
    more = Step(Verb.MORE, card=SlotsCard())
    zh = drawn(common_time(Language.ZH, slots=slots_for(ZH), steps=(*steps, more)))
    en = drawn(common_time(Language.EN, slots=slots_for(EN), steps=(*steps, more)))
    assert [button.text for button in zh.buttons] == ["约第 1 个", "约第 2 个", "约第 3 个", "换一批"]
    assert [button.text for button in en.buttons] == ["Book 1", "Book 2", "Book 3", "Other times"]


@given(st.lists(st.text(min_size=1, max_size=64), min_size=4, max_size=30, unique=True), st.sampled_from(Language))
def test_any_names_fit_a_card(names, language):
    ids = tuple(StaffId(f"staff-{name}") for name in names)
    slots = [
        slot(hour, hour + 1, missing=ids[:1], tentative=ids[1:3], outside=ids[3:], just_after=ids[3])
        for hour in (9, 11, 14)
    ]
    drawn(common_time(language, slots=slots, names=names, more=[unknown(name) for name in names]))
