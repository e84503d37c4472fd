"""Digests, as drawn and within their sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from drawn import SHANGHAI, at, columns, person, unknown
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.availability.heatmap import day_rows
from bot.availability.holidays import read_table
from bot.availability.working_time import WorkingCalendar
from bot.cards import Renderer, card_params
from bot.model.card_state import DigestCard
from bot.model.digests import DayPart, Digest, Edition, Engaged, Pause
from bot.model.freebusy import BestStretch, FreeBusy
from bot.model.people import ConversationId, StaffId, UnknownReason
from bot.model.questions import Question
from bot.model.replies import DayNote, DigestReply
from bot.model.requests import Intent, Language, Request
from bot.model.time import Interval, Window, WindowKind

DAY = date(2026, 3, 17)
READ = at(9) + timedelta(minutes=10)
RENDERER = Renderer()
WORKED = WorkingCalendar(SHANGHAI, holidays=read_table("CN", [2026]))
NAMES = {
    Language.ZH: ("陈静", "张伟", "赵磊", "李娜", "孙悦"),
    Language.EN: ("Chen Jing", "Zhang Wei", "Zhao Lei", "Li Na", "Sun Yue"),
}


def digest_reply(language: Language = Language.ZH, *, edition: Edition | None = None, **facts: object) -> DigestReply:
    """A digest of Tuesday 17 March, read at 9:10."""
    digest = Digest(
        ConversationId("cid"),
        time(9, 10),
        "Asia/Shanghai",
        language,
        team="产品群" if language is Language.ZH else "Product",
    )
    window = Window(at(0), at(24), WindowKind.DAYS)
    question = Question(
        request=Request(Intent.DIGEST_SHOW, language, (window,)),
        asker=StaffId("op"),
        author=StaffId("op"),
        author_name="",
        conversation_id=ConversationId("cid"),
        in_group=True,
        zone="Asia/Shanghai",
        now=READ,
        language=language,
    )
    return DigestReply(question, DigestCard(edition or Edition(digest, DAY)), DayNote(today=True), READ, **facts)


def drawn(language: Language) -> DigestReply:
    """The day of the drawing."""
    chen, wei, lei, na, sun = NAMES[language]
    return digest_reply(
        language,
        engaged=(
            Engaged(person(chen), DayPart.ALL),
            Engaged(person(wei), DayPart.MORNING),
            Engaged(person(lei), DayPart.MORNING),
            Engaged(person(na), DayPart.AFTERNOON, until=at(16)),
        ),
        unknown=(unknown(sun),),
        left=3,
        best=BestStretch(Interval(at(16), at(17)), 6),
    )


def card(reply: DigestReply):
    return RENDERER.card(reply, key="1-abcdefgh", clock_zone="Asia/Shanghai", now=READ)


def lines(reply: DigestReply) -> list[str]:
    return card(reply).markdown.split("\n\n")


def test_the_chinese_card_is_as_drawn():
    made = card(drawn(Language.ZH))
    assert made.title == "今天最适合开会：16–17 点"
    assert made.markdown.split("\n\n") == [
        "产品群 · 周二 3/17（北京时间）",
        "⛔ 全天没空 1：陈静",
        "🟡 上午没空 2：张伟、赵磊",
        "🟡 下午没空 1：李娜 到 16:00",
        "❔ 查不到 1：孙悦（未开放忙闲）",
        "其余 3 人大多有空",
        "16:00–17:00：6 人有空 · 1 人查不到",
        "查不到不算有空",
    ]
    assert made.tips == "09:10 查询 · 只看忙闲"


def test_the_english_card_is_as_drawn():
    made = card(drawn(Language.EN))
    assert made.title == "Best team hour today: 4–5 pm"
    assert made.markdown.split("\n\n") == [
        "Product · Tue 17 Mar (Beijing)",
        "⛔ Busy all day 1: Chen Jing",
        "🟡 Busy in the morning 2: Zhang Wei",
        "🟡 Zhao Lei",
        "🟡 Busy in the afternoon 1:",
        "🟡 Li Na until 4 pm",
        "❔ Unknown 1: Sun Yue (not shared)",
        "3 others are mostly free",
        "4–5 pm: 6 free, 1 unknown",
        "Unknown isn't counted as free",
    ]


def test_nobody_is_said_to_be_on_leave():
    assert "请假" not in card(drawn(Language.ZH)).text


def test_a_day_in_two_words_or_ten_is_written_beside_what_follows():
    later = drawn(Language.ZH)
    window = Window(at(48), at(72), WindowKind.DAYS)
    request = replace(later.question.request, windows=(window,))
    later = replace(later, question=replace(later.question, request=request), best=None)
    assert card(later).title == "周四 3/19 没有适合一起开会的一小时"


def test_part_of_a_half_day_and_what_is_tentative_are_told_with_their_times():
    chen, wei, lei, na, _ = map(person, NAMES[Language.EN])
    reply = digest_reply(
        Language.EN,
        engaged=(
            Engaged(chen, DayPart.MORNING, until=at(15), rest_tentative=True),
            Engaged(wei, DayPart.AFTERNOON, since=at(10.5), until=at(16)),
            Engaged(lei, DayPart.ALL, firm=False),
            Engaged(na, DayPart.MORNING, firm=False, since=at(10)),
        ),
        off=(person("Liu Yang"),),
        opted_out=2,
    )
    assert lines(reply)[1:] == [
        "🟡 Busy in the morning 1:",
        "🟡 Chen Jing (rest tentative)",
        "🟡 Busy in the afternoon 1:",
        "🟡 Zhang Wei 10:30 am to 4 pm",
        "🟡 Tentative 2: Zhao Lei all day",
        "🟡 Li Na in the morning from 10 am",
        "⬜ Not working 1: Liu Yang",
        "2 opted out",
    ]


def test_whoever_is_late_says_so_and_a_year_without_a_table_stands_in_the_footer():
    late = digest_reply(left=5, best=BestStretch(Interval(at(10), at(11)), 5), unannounced=2027)
    edition = replace(late.card.edition, late=True)
    made = card(replace(late, card=DigestCard(edition)))
    assert made.markdown.split("\n\n") == [
        "产品群 · 周二 3/17（北京时间） · 补发",
        "5 人大多有空",
        "10:00–11:00：5 人有空",
    ]
    assert made.tips == "09:10 查询 · 2027 年节假日未公布"


@pytest.mark.parametrize(
    ("ahead", "zh", "en"),
    [
        (
            Pause(date(2026, 9, 25), date(2026, 9, 25), "中秋节", "Mid-Autumn Festival"),
            ["周五 9/25 中秋节放假，日报停发"],
            ["Fri 25 Sep: Mid-Autumn Festival, no digest"],
        ),
        (
            Pause(date(2026, 10, 1), date(2026, 10, 7), "国庆节", "National Day"),
            ["10/1–10/7 国庆节放假，日报停发"],
            ["1–7 Oct: National Day, no digest"],
        ),
        (
            Pause(date(2026, 10, 10), date(2026, 10, 10), make_up=True),
            ["周六 10/10（补班）照常 09:10"],
            ["Sat 10 Oct is a make-up day: digest 9:10 am"],
        ),
    ],
)
def test_what_the_next_days_hold_is_the_last_line(ahead, zh, en):
    for language, wanted in ((Language.ZH, zh), (Language.EN, en)):
        found = " ".join(lines(digest_reply(language, left=5, ahead=ahead))[2:])
        assert found == " ".join(wanted)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        (Language.ZH, "今天没查到（查询超时），09:20 再试"),
        (Language.EN, "Couldn't check (timed out), next try 9:20 am"),
    ],
)
def test_failed_data_says_why_and_when_it_is_tried_again_and_lists_nobody_as_free(language, title):
    reply = digest_reply(language, failed=UnknownReason.TIMEOUT, unknown=(unknown("x", UnknownReason.TIMEOUT),))
    edition = replace(reply.card.edition, retry_at=READ + timedelta(minutes=10))
    made = card(replace(reply, card=DigestCard(edition)))
    assert f"{made.title}{made.markdown}".startswith(title.split(", ")[0])
    assert title.split(", ")[-1].split("，")[-1] in f"{made.title}{made.markdown}"
    assert "大多有空" not in made.markdown
    assert "open" not in made.markdown


def test_the_missing_permission_point_is_named():
    reply = digest_reply(failed=UnknownReason.NO_SCOPE, scopes=("Calendar.EventSchedule.Read",))
    assert card(reply).title == "今天没查到（应用缺少权限）"
    assert "请管理员开通权限：Calendar.EventSchedule.Read" in lines(reply)


def test_a_chat_without_a_team_is_told_so():
    made = card(digest_reply())
    assert made.title == "这个群还没有团队"
    assert "@有空" in made.markdown


def at_week(reply: DigestReply, now: datetime) -> DigestReply:
    """The same about the week of its first row, read at `now`."""
    edition = replace(reply.card.edition, week=reply.days[0].day)
    return replace(reply, question=replace(reply.question, now=now), card=replace(reply.card, edition=edition))


@pytest.mark.parametrize(
    ("weeks", "titles"),
    [
        (-1, ("下周最适合开会：周二 13–14 点", "Best time next week: Tue 1–2 pm")),
        (0, ("本周最适合开会：周二 13–14 点", "Best time this week: Tue 1–2 pm")),
        (-2, ("9/21–9/25 最适合开会：周二 13–14 点", "Best time 21–25 Sep: Tue 1–2 pm")),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_a_week_is_named_as_it_is_seen_from_now(language, weeks, titles):
    days = [date(2026, 9, day) for day in range(21, 26)]
    whole = Interval(WORKED.day(days[0]).start, WORKED.day(days[-1]).end)
    shares = day_rows([(person("李娜"), FreeBusy(whole, ()), WORKED)], days=days, calendar=WORKED)
    reply = digest_reply(
        language, days=shares, day_notes=(DayNote(),) * 5, best=BestStretch(shares[1].hours[3], 1), left=1
    )
    now = WORKED.day(days[2]).start + timedelta(weeks=weeks, hours=9)
    assert card(at_week(reply, now)).title == titles[language is Language.EN]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.ZH, ["🟡 大半天没空 1：李娜（13–14 点有空）", "🟡 下午没空 1：", "🟡 李娜 到 17:00（14–15 点有空）"]),
        (Language.EN, ["🟡 Busy most of the day 1:", "🟡 Li Na (free 1–2 pm)", "🟡 Busy in the afternoon 1:",
                       "🟡 Li Na until 5 pm (free 2–3 pm)"]),
    ],
)  # fmt: skip
def test_what_is_free_within_a_part_that_is_taken_is_named(language, told):
    na = person(NAMES[language][3])
    taken = (
        Engaged(na, DayPart.MOST, between=(Interval(at(13), at(14)),)),
        Engaged(na, DayPart.AFTERNOON, until=at(17), between=(Interval(at(14), at(15)),)),
    )
    shown = lines(digest_reply(language, engaged=taken))
    assert shown[1 : 1 + len(told)] == told


@pytest.mark.parametrize("language", Language)
def test_the_week_to_come_is_a_row_for_each_day(language):
    days = [date(2026, 9, day) for day in range(21, 26)]
    whole = Interval(WORKED.day(days[0]).start, WORKED.day(days[-1]).end)
    people = [(person(each), FreeBusy(whole, ()), WORKED) for each in NAMES[language][:2]]
    shares = day_rows(people, days=days, calendar=WORKED)
    notes = (DayNote(),) * 4 + (DayNote(holiday_zh="中秋节", holiday_en="Mid-Autumn Festival"),)
    best = BestStretch(shares[1].hours[3], 2)
    reply = digest_reply(language, days=shares, day_notes=notes, best=best, left=2)
    reply = at_week(reply, READ + (days[0] - READ.date()) - timedelta(days=3))
    title, holiday = {
        Language.ZH: ("下周最适合开会：周二 13–14 点", "周五 9/25 中秋节"),
        Language.EN: ("Best time next week: Tue 1–2 pm", "Fri 25 Sep (Mid-Autumn Festival)"),
    }[language]
    assert card(reply).title == title
    assert lines(reply)[-2].endswith(holiday)
    assert all(columns(line) <= 40 for line in [card(reply).title, *lines(reply)])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", [1, 3, 8, 30, 200])
def test_every_card_fits_a_phone_and_its_bytes(language, size):
    kinds = (
        {"part": DayPart.ALL},
        {"part": DayPart.MORNING, "until": at(14.5)},
        {"part": DayPart.AFTERNOON, "since": at(13.5), "rest_tentative": True},
        {"part": DayPart.ALL, "firm": False},
    )
    called = "欧阳春晓" if language is Language.ZH else "Wang Ming"
    people = [person(f"{called}{n}") for n in range(size)]
    reply = digest_reply(
        language,
        engaged=tuple(Engaged(who, **kinds[n % 4]) for n, who in enumerate(people[: size * 2 // 3])),
        unknown=tuple(unknown(who.name) for who in people[size * 2 // 3 :]),
        left=9,
        opted_out=1,
        unread=50,
        best=BestStretch(Interval(at(16), at(17)), 120),
        unannounced=2027,
    )
    made = card(reply)
    assert max(len(value.encode()) for value in card_params(made).values()) < 3000
    assert all(columns(line) <= 40 for line in [made.title, *lines(reply)])
    if size < 200:
        assert [
            sum(f" {who.name}" in line.replace("、", " ").replace("：", " ") for line in lines(reply))
            for who in people[:1]
        ] == [1]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=40), st.sampled_from(Language))
@settings(max_examples=100, deadline=None)
def test_whatever_people_are_called_their_digest_is_a_card(names, language):
    reply = digest_reply(
        language,
        engaged=tuple(Engaged(person(each), DayPart.ALL) for each in names),
        unknown=tuple(unknown(each) for each in names),
    )
    made = card_params(card(reply))
    assert max(len(value.encode()) for value in made.values()) < 3000
    assert "](" not in made["markdown"]
