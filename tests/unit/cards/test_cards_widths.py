"""Lines of the smaller cards fit a phone, with names of everyday length; the other cards have tests of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from drawn import ASKED, at, columns, person, question, unknown, verdict, who_is_free

from bot.cards import Renderer
from bot.cards.lines import WIDEST
from bot.model.card_state import (
    AskCard,
    BookedCard,
    CancelledCard,
    HelpCard,
    NextFreeCard,
    RefusedCard,
    SubscriptionsCard,
    TakenCard,
    VerdictsCard,
    Waiting,
)
from bot.model.meetings import Answered, Ask, Booking, Refusal, RefusalReason, Slot
from bot.model.overview import Cell
from bot.model.people import StaffId, UnknownReason
from bot.model.questions import Question
from bot.model.replies import (
    Booked,
    Cancelled,
    Help,
    NextFree,
    NotBooked,
    NotChecked,
    Outsider,
    PrivateQuestion,
    Reply,
    Subscriptions,
    Taken,
    Task,
    Unclear,
)
from bot.model.requests import Intent, Language, ProblemCode
from bot.model.time import Interval

NAMES = {Language.ZH: ("张伟", "李娜", "王小明"), Language.EN: ("Zhang Wei", "Li Na", "Wang Fang")}
THREE = Interval(at(15), at(16))
LONG = Interval(at(10.5), at(12))
SHIFT = tuple([Cell.FREE, Cell.BUSY] * 9)


def about_times(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """When one or three are next free, now, today, later or never, and what waits for it."""
    waiting = Waiting(names=names[:1])
    card = NextFreeCard(waiting=waiting)
    for known in (names[:1], names):
        for stretches in ((), (LONG,), (THREE, LONG), (Interval(ASKED, at(-6)), Interval(at(34.5), at(36)))):
            found = NextFree(asked, card, tuple(map(person, known)), (), stretches, at(14 * 24), ASKED)
            yield replace(found, bar=SHIFT, bar_over=Interval(at(9), at(18))) if len(known) == 1 else found
    yield NextFree(asked, card, (), (unknown(names[0]),), (), at(24), ASKED)
    yield Subscriptions(asked, SubscriptionsCard(), tuple((name, at(24 * 30)) for name in names))
    yield Subscriptions(asked, SubscriptionsCard(), ())
    for answer in Answered:
        yield PrivateQuestion(asked, AskCard(Ask(StaffId("bob"), names[1], THREE, answer)))
    yield replace(
        who_is_free([verdict(name) for name in names], asked.language),
        question=asked,
        card=VerdictsCard(waiting=waiting),
    )


def about_booking(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """What became of a booking."""
    people = tuple(map(person, names))
    booking = Booking("event", THREE, StaffId("liu"), names[0], (), ASKED + timedelta(minutes=4))
    yield Booked(asked, BookedCard(booking), people)
    yield Booked(asked, BookedCard(booking, booking), people, people[1:2], people[2:])
    offered = (Slot(LONG), Slot(THREE))
    for intent in (Intent.FIND_TIME, Intent.BOOK):
        wanted = replace(asked, request=replace(asked.request, intent=intent))
        for slots in ((), offered):
            yield Taken(wanted, TakenCard(THREE, slots), people[:1], ASKED)
    yield Cancelled(asked, CancelledCard(THREE))
    for reason in RefusalReason:
        for cancelling in (False, True):
            refusal = Refusal(reason, THREE, cancelling, number=9 if reason is RefusalReason.NO_SUCH_SLOT else 0)
            yield NotBooked(asked, RefusedCard(refusal, offered, booking if cancelling else None), people[:1])


def about_nothing(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """What cannot be answered, and why."""
    yield Help(asked, HelpCard(), tuple(Task))
    yield Help(asked, HelpCard(ordering=True), (Task.BOOK,))
    yield Outsider(asked.language)
    for code in ProblemCode:
        yield Unclear(asked, code)
    for reason in UnknownReason:
        yield NotChecked(asked, reason, "7F3A")
        yield who_is_free([unknown(names[0], reason)], asked.language)
        yield who_is_free([verdict(names[0]), unknown(names[1], reason)], asked.language)
    late = [verdict(name, window=asked.request.windows[0]) for name in names[:1]]
    yield replace(who_is_free(late, asked.language), clocks={late[0].who.staff_id: "Europe/Berlin"})


@pytest.mark.parametrize("in_group", [True, False], ids=["group", "direct"])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("replies", [about_times, about_booking, about_nothing])
def test_every_line_fits_a_phone(replies, language, in_group):
    asked = question(language, in_group=in_group, author=NAMES[language][0])
    wide = {
        line
        for reply in replies(asked, NAMES[language])
        for line in Renderer().card(reply, key="k", clock_zone="Asia/Shanghai", now=ASKED).text.splitlines()
        if columns(line) > WIDEST
    }
    assert wide == set()
