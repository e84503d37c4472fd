"""Cards about a booking, as drawn: each line fits a phone, whatever people are called and whatever went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from drawn import ASKED, at, columns, person, question

from bot.cards import Renderer, event_summary
from bot.model.card_state import BookedCard, CancelledCard, DeclinedCard, RefusedCard, ResponsesCard, TakenCard
from bot.model.meetings import Booking, Refusal, RefusalReason, Responses, Slot
from bot.model.people import StaffId
from bot.model.replies import Booked, Cancelled, Declined, NotBooked, ResponsesShown, Taken
from bot.model.requests import Intent, Language
from bot.model.time import Interval

RENDERER = Renderer()
THREE = Interval(at(15), at(16))
PEOPLE = tuple(map(person, ("张伟", "李娜", "王芳", "赵磊")))
BOOKING = Booking("event", THREE, StaffId("liu"), "刘洋", (), ASKED + timedelta(minutes=4))


def card(reply):
    return RENDERER.card(reply, key="1-abcdefgh", clock_zone="Asia/Shanghai", now=ASKED)


def lines(made):
    return made.markdown.split("\n\n")


def about(language=Language.ZH, intent=Intent.WHO_IS_FREE):
    asked = question(language)
    return replace(asked, request=replace(asked.request, intent=intent))


def test_a_booking_is_as_drawn():
    made = card(Booked(about(), BookedCard(BOOKING), PEOPLE))
    assert (made.title, lines(made)) == ("✅ 已约：周二 3/17 15:00–16:00", ["张伟、李娜、王芳、赵磊"])
    assert made.tips == "刘洋 14:06 预约 · 邀请已发"
    english = card(Booked(about(Language.EN), BookedCard(BOOKING), PEOPLE))
    assert english.title == "✅ Booked: Tue 17 Mar, 3–4 pm"
    assert english.tips == "By 刘洋 at 2:06 pm · invites sent"


def test_a_slot_that_was_taken_is_as_drawn():
    taken = TakenCard(THREE, (Slot(Interval(at(16.5), at(17.5))),))
    made = card(Taken(about(), taken, (PEOPLE[1],), ASKED))
    assert made.title == "⚠ 15:00 刚被占用：李娜 有了新安排"
    assert lines(made)[1:] == ["还没约。最近的全员空档：", "1️⃣ 周二 3/17 16:30–17:30"]
    asked_in_words = card(Taken(about(intent=Intent.BOOK), taken, (PEOPLE[1],), ASKED))
    assert asked_in_words.title == "⚠ 没约上：李娜 15:00 没空"


def test_replies_are_as_drawn():
    zhang, li, wang, zhao = (each.staff_id for each in PEOPLE)
    responses = Responses(ASKED, accepted=(zhang, li), declined=(wang,), silent=(zhao,))
    shown = ResponsesShown(about(), ResponsesCard(BOOKING, responses), names_of(PEOPLE), "评审")
    made = card(shown)
    assert made.title == "✅ 已约：周二 3/17 15:00–16:00 评审"
    assert (lines(made), made.tips) == (["2 人接受 · 1 人拒绝 · 1 人没回复"], "14:02 查看")
    english = card(replace(shown, question=about(Language.EN)))
    assert lines(english) == ["2 accepted · 1 declined · 1 no reply"]


def test_a_decline_is_as_drawn():
    wang, zhao = PEOPLE[2].staff_id, PEOPLE[3].staff_id
    slot = Slot(Interval(at(24 + 10.5), at(24 + 11.5)))
    told = Declined(about(), DeclinedCard(BOOKING, (wang,), (zhao,), slot), names_of(PEOPLE), "评审")
    made = card(told)
    assert made.title == "王芳 拒绝了 周二 15:00「评审」"
    assert lines(made) == ["周二 3/17 15:00–16:00", "大家都有空的下一个：周三 3/18 10:30", "没回复：赵磊"]
    english = card(replace(told, question=about(Language.EN)))
    assert english.title == '王芳 declined "评审", Tue 3 pm'
    assert lines(english) == ["Tue 17 Mar, 3–4 pm", "Next time for all: Wed 18 Mar, 10:30 am", "No reply: 赵磊"]


def names_of(people):
    return {each.staff_id: each for each in people}


def test_many_people_are_named_in_part():
    crowd = tuple(person(f"同事{n}") for n in range(30))
    made = card(Booked(about(), BookedCard(BOOKING), crowd))
    assert lines(made) == ["同事0、同事1、同事2、同事3、同事4、同事5、同事6、同事7 等 30 人"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(RefusalReason))
@pytest.mark.parametrize("cancelling", [False, True])
def test_every_refusal_has_its_words_and_fits(language, reason, cancelling):
    refused = RefusedCard(
        Refusal(reason, THREE, cancelling, number=9 if reason is RefusalReason.NO_SUCH_SLOT else 0),
        (Slot(THREE),),
        BOOKING if cancelling else None,
    )
    made = card(NotBooked(about(language), refused, PEOPLE[:1]))
    assert made.title
    assert all(lines(made))
    assert columns(made.title) <= 40
    assert max(map(columns, lines(made))) <= 80


@pytest.mark.parametrize("language", list(Language))
def test_a_nickname_forges_nothing_and_an_event_has_a_neutral_name(language):
    nasty = replace(BOOKING, organizer_name="[x](http://evil)")
    made = card(Booked(about(language), BookedCard(nasty, BOOKING), (person("**a**"),)))
    assert "http://" not in made.text
    assert "**" not in made.text
    assert card(Cancelled(about(language), CancelledCard(THREE))).title
    assert "\n" not in event_summary(language)
    assert event_summary(language)
