"""Every button of every card: what it does, for whom, pressed twice, after a restart, after its process died."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count

import pytest
from scenario import MONDAY, PATIENT, TUESDAY, crowd

from bot.app import App
from bot.features.card_state import load
from bot.model.card_state import (
    BookedCard,
    CancelledCard,
    CardState,
    DigestCard,
    DraftCard,
    HelpCard,
    MeetingCard,
    MovedCard,
    RefusedCard,
    SeriesBookedCard,
    SeriesCard,
    SlotsCard,
    TakenCard,
    booked_on,
    is_about_booking,
    moved_from,
    offered_on,
)
from bot.model.digests import Digest
from bot.model.meetings import Answered, RefusalReason
from bot.model.questions import Asked, Namesakes
from bot.model.requests import Intent, Request
from bot.model.steps import Verb
from bot.model.time import WindowKind
from bot.store import Store, bookings, cards, meetings

QUERY = "querySchedule"
SHAPES = ("action_ids", "params")
WORKING = ("正在查…", "Checking…")
HASTY = replace(PATIENT, ack_within=0.05, press_lease=timedelta(seconds=0.05), press_upkeep=60)
"""Gives up the ack and the press at once, and leaves the rest to others."""
HEIR = replace(PATIENT, press_upkeep=0.05)


# ---------------------------------------------------------------- cards
@dataclass(frozen=True)
class Kept:
    """What is stored of a card."""

    asked: Asked

    @property
    def request(self) -> Request:
        return self.asked.question.request

    @property
    def namesakes(self) -> Namesakes | None:
        return self.asked.question.namesakes

    @property
    def card(self) -> CardState:
        return self.asked.card


def nothing(hall: Hall, question: Kept) -> None:
    """Nothing happens between a card and the press that leads to the one under test."""


def bob_gets_busy(hall: Hall, kept: Kept) -> None:
    """Where the card offers its first slot."""
    slot = offered_on(kept.card)[0].interval
    hall.people["bob"].calendar.busy(slot.start, slot.end)


def bob_cannot_be_seen(hall: Hall, question: Kept) -> None:
    hall.dingtalk.faults.person_error(hall.people["bob"])


@dataclass(frozen=True)
class Case:
    """A question whose answer is one kind of card; `at` are the staffIds mentioned, `busy` who has no time on Tuesday.

    `first` is asked before it, and `shown` are buttons that the card has among others. With `by` the card comes of
    pressing those buttons after `meanwhile`: the same card, or where it is another's (`whose`) a private one to them.
    `told`: the card comes of a reminder, once whoever was busy is free. `{day}` in a text is a day of its own for each
    card, as a slot that somebody takes is gone for the others. `alone`: of what was booked before nothing is there.
    """

    text: str
    at: tuple[str, ...] = ()
    busy: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    meanwhile: Callable[[Hall, Kept], None] = nothing
    by: tuple[str, ...] = ()
    told: bool = False
    whose: str = "alice"
    alone: bool = False


MANY = tuple(f"staff-{n:02}" for n in range(10))
ORDER = "约李博{day}下午3点"
TEAM, ON, OFF = "团队加上 李博", "工作日9点10分发日报", "停止日报"
CARDS = {
    "who is free": Case("{day}下午2点到4点谁有空", ("bob", "carol"), shown=("later", "earlier", "refresh")),
    "nobody known": Case("周二下午2点到4点谁有空", ("dora",), shown=("later", "earlier", "refresh")),
    "an ambiguous time": Case("{day}8点有空吗", ("bob",), shown=("book_1", "later", "other", "earlier")),
    "namesakes": Case("王磊和李博周二下午2点到4点有空吗", shown=("pick_1", "pick_2", "leave_out", "later")),
    "no time": Case("", ("bob",), shown=("now", "today", "next_day", "find")),
    "not understood": Case("李博周二有空 5点3", ("bob",), shown=("asked", "now", "today", "next_day")),
    "too long": Case("未来400天谁有空", ("bob",), shown=("other", "now", "today", "next_day")),
    "in the past": Case("昨天有空吗", ("bob",), shown=("other", "now", "today", "next_day")),
    "an order for nobody": Case("约周二下午3点", first=(TEAM,), shown=("team",)),
    "help": Case("帮助", shown=("task_1", "task_2", "task_3", "page")),
    "common times": Case("{day}找一小时", ("bob", "carol"), shown=("book_1", "book_2", "book_3", "more")),
    "no common time": Case(
        "周二找两小时",
        ("bob", "carol"),
        {"bob": (9, 13.5), "carol": (15, 18)},
        shown=("shorter", "farther", "optional", "appeal"),
    ),
    "an appeal": Case(
        "{day}找两小时",
        ("bob", "carol"),
        {"bob": (9, 13.5), "carol": (15, 18)},
        shown=("yes", "no", "other_time"),
        by=("appeal",),
        whose="bob",
    ),
    "the next free time": Case("李博什么时候有空", ("bob",), shown=("book_1", "day", "refresh")),
    "nobody free": Case("周二什么时候有空", ("bob",), {"bob": (9, 18)}, shown=("watch", "day", "refresh")),
    "reminders": Case("我的提醒", ("bob",), {"bob": (9, 18)}, ("李博周二有空时告诉我",), shown=("unwatch_1",)),
    "a digest before it is set": Case(ON, first=(TEAM, OFF), shown=("set_up", "preview", "reschedule", "leave_it")),
    "a digest's preview": Case(ON, first=(TEAM, OFF), by=("preview",), shown=("set_up", "back")),
    "a digest's settings": Case(
        ON, first=(TEAM, OFF), by=("set_up",), shown=("reschedule", "pause", "not_me", "turn_off")
    ),
    "a digest's times": Case(ON, first=(TEAM, OFF), by=("reschedule",), shown=("at_1", "at_2", "at_3", "back")),
    "a paused digest": Case(ON, first=(TEAM, OFF), by=("set_up", "pause"), shown=("resume", "not_me", "turn_off")),
    "a digest that is off": Case(ON, first=(TEAM, OFF), by=("set_up", "turn_off"), shown=("turn_on", "not_me")),
    "a day": Case("明天的日程", ("bob", "carol"), shown=("book_1", "later", "week", "refresh")),
    "a day of many": Case("明天的日程", MANY, shown=("book_1", "later", "week", "names")),
    "told when free": Case(
        "李博{day}有空时告诉我", ("bob",), {"bob": (9, 18)}, shown=("book_1", "day", "refresh"), told=True
    ),
    "booked": Case("{day}找一小时", ("bob", "carol"), shown=("move", "cancel"), by=("book_1",)),
    "booked in words": Case("约{day}下午3点", ("bob", "carol"), shown=("move", "cancel")),
    "a meeting before it is made": Case(
        "约{day}下午3点 还有财务", ("bob", "carol"), shown=("confirm", "time", "people", "drop")
    ),
    "guests that may be taken off": Case(
        "约{day}下午3点 还有财务", ("bob", "carol"), shown=("without_1", "without_2", "back"), by=("people",)
    ),
    "a series before it is made": Case("约每月{number}号下午3点", ("bob",), shown=("series_1", "once", "drop")),
    "weekly times": Case("找个固定时间每周45分钟", ("bob",), shown=("series_1", "series_2", "series_3", "drop")),
    "a series that is made": Case("约每月{number}号下午3点", ("bob",), shown=("cancel",), by=("series_1",)),
    "cancelled": Case("{day}找一小时", ("bob", "carol"), shown=("find",), by=("book_1", "cancel")),
    "taken": Case(
        "{day}找一小时", ("bob", "carol"), shown=("book_1", "book_2", "find"), meanwhile=bob_gets_busy, by=("book_1",)
    ),
    "taken in words": Case("约周二下午3点", ("bob",), {"bob": (9, 18)}, shown=("book_1", "book_2", "find")),
    "not booked": Case(
        "{day}找一小时", ("bob", "carol"), shown=("book_1", "find"), meanwhile=bob_cannot_be_seen, by=("book_1",)
    ),
    "another time for what is booked": Case(
        "{day}找一小时", ("bob", "carol"), shown=("book_1", "book_2", "stay"), by=("book_1", "move")
    ),
    "moved": Case("{day}找一小时", ("bob", "carol"), shown=("move", "cancel"), by=("book_1", "move", "book_1")),
    "my meetings": Case("我约的会", first=(ORDER,), alone=True, shown=("move_1", "cancel_1")),
    "a meeting before it is cancelled": Case(
        "取消", first=(ORDER, "李博周二下午2点有空吗"), alone=True, shown=("cancel_this", "keep")
    ),
    "a guest before they are added": Case(
        "再加上王芳", first=(ORDER, "我约的会"), alone=True, shown=("change_this", "stay")
    ),
    "a meeting before it is moved": Case(
        "改到{day}上午11点", first=(ORDER, "我约的会"), alone=True, shown=("move_this", "time", "stay")
    ),
    "a week": Case("show this week", ("bob", "carol"), shown=("book_1", "later", "find", "refresh")),
}


# ---------------------------------------------------------------- what each button does
Does = Callable[[Kept, Kept], object]


def later(before: Kept, after: Kept) -> bool:
    return after.request.windows[0].start > before.request.windows[0].start


def earlier(before: Kept, after: Kept) -> bool:
    return after.request.windows[0].start < before.request.windows[0].start


def same_request(before: Kept, after: Kept) -> bool:
    return after.request == before.request


def who_is_free(before: Kept, after: Kept) -> bool:
    people = after.request.who == before.request.who
    return people and after.request.intent is Intent.WHO_IS_FREE and after.request.problem is None


def now(before: Kept, after: Kept) -> bool:
    return who_is_free(before, after) and after.request.windows[0].kind is WindowKind.NOW


def a_day(before: Kept, after: Kept) -> bool:
    return who_is_free(before, after) and after.request.windows[0].kind is WindowKind.DAYS


def picked(number: int) -> Does:
    def does(before: Kept, after: Kept) -> bool:
        assert before.namesakes
        one = before.namesakes.people[number - 1].staff_id
        return one in after.request.who.mentioned and left_out(before, after)

    return does


def left_out(before: Kept, after: Kept) -> bool:
    return bool(before.namesakes) and before.namesakes.name not in after.request.who.names and not after.namesakes


def unwatched(number: int) -> Does:
    return lambda before, after: before.card.listed[number - 1] not in after.card.listed


def booked(before: Kept, after: Kept) -> bool:
    """Booked or moved, or said why not: each slot is booked once, however many cards offer it."""
    if moved_from(before.card):
        return isinstance(after.card, MovedCard | DraftCard | RefusedCard | TakenCard)
    as_asked = replace(after.request, intent=before.request.intent) == before.request
    return as_asked and isinstance(after.card, BookedCard | DraftCard | RefusedCard | TakenCard)


def found(before: Kept, after: Kept) -> bool:
    """Searched in the same windows, of a booking in the days from it on, of a bare name in the next days."""
    anew = is_about_booking(before.card) or not before.request.windows
    return searched(before, after) and (same_windows(before, after) or anew)


def moved(before: Kept, after: Kept) -> bool:
    return searched(before, after) and after.card.moving == before.card.booking


def series_made(before: Kept, after: Kept) -> bool:
    """The very one of the button, or shown once more where somebody got busy meanwhile."""
    return isinstance(after.card, SeriesCard) or after.card.made.series in before.card.options


def cancelled(before: Kept, after: Kept) -> bool:
    if isinstance(before.card, SeriesBookedCard):
        return after.card == replace(before.card, cancelled=True)
    return after.card == CancelledCard(before.card.booking.interval)


def stays(before: Kept, after: Kept) -> bool:
    """The meeting as it is."""
    return after.card == BookedCard(booked_on(before.card) or moved_from(before.card))


def guests_changed(before: Kept, after: Kept) -> bool:
    """Changed, or it is gone: what an earlier card booked is dropped for a later one."""
    if isinstance(after.card, RefusedCard):
        return after.card.refusal.reason is RefusalReason.GONE
    return after.card.added == before.card.added


def answered(answer: Answered) -> Does:
    return lambda before, after: after.card.ask and after.card.ask.answer is answer


def others(before: Kept, after: Kept) -> bool:
    was, are = ({slot.interval for slot in offered_on(kept.card)} for kept in (before, after))
    return bool(are) and not was & are


def digest_set(fits: Callable[[Digest], object]) -> Does:
    """What the card shows of its digest, which is what the store has."""
    return lambda before, after: fits(after.card.digest)


def end(question: Kept) -> datetime:
    return question.request.windows[-1].end


def same_windows(before: Kept, after: Kept) -> bool:
    return after.request.windows == before.request.windows


def searched(before: Kept, after: Kept) -> bool:
    return after.request.intent is Intent.FIND_TIME and isinstance(after.card, SlotsCard) and bool(after.card.offered)


DOES: Mapping[str, Does] = {
    Verb.LATER: later,
    Verb.EARLIER: earlier,
    Verb.OTHER: lambda before, after: after.request.windows == before.request.alternatives[0].windows,
    Verb.REFRESH: same_request,
    Verb.ASKED: lambda before, after: who_is_free(before, after) and same_windows(before, after),
    Verb.NOW: now,
    Verb.TODAY: a_day,
    Verb.NEXT_DAY: a_day,
    "pick_1": picked(1),
    "pick_2": picked(2),
    "pick_3": picked(3),
    Verb.LEAVE_OUT: left_out,
    Verb.MORE: others,
    Verb.SHORTER: lambda before, after: searched(before, after) and after.request.duration < before.request.duration,
    Verb.FARTHER: lambda before, after: searched(before, after) and end(after) > end(before),
    Verb.OPTIONAL: lambda before, after: searched(before, after) and len(after.request.optional) == 1,
    Verb.OFF_HOURS: searched,
    Verb.TEAM: lambda before, after: after.request.who.everyone and not after.request.problem,
    Verb.FIND: found,
    Verb.MOVE: moved,
    Verb.CANCEL: cancelled,
    "move_1": lambda before, after: searched(before, after) and after.card.moving == before.card.listed[0],
    "cancel_1": lambda before, after: after.card == MeetingCard(before.card.listed[0]),
    Verb.CANCEL_THIS: cancelled,
    Verb.KEEP: stays,
    Verb.STAY: stays,
    Verb.MOVE_THIS: booked,
    Verb.CHANGE_THIS: guests_changed,
    Verb.DAY: lambda before, after: after.request.intent is Intent.OVERVIEW,
    Verb.WEEK: lambda before, after: after.request.intent is Intent.OVERVIEW and earlier(before, after),
    Verb.NAMES: lambda before, after: after.card.everybody and same_request(before, after),
    Verb.WATCH: lambda before, after: bool(after.card.waiting.names) and same_request(before, after),
    "task_1": lambda before, after: after.request.intent is Intent.WHO_IS_FREE and after.request.who.everyone,
    "task_2": lambda before, after: after.request.intent is Intent.FIND_TIME and after.request.who.everyone,
    "task_3": lambda before, after: after.card == HelpCard(ordering=True),
    Verb.PAGE: lambda before, after: after.card == HelpCard(page=1),
    Verb.UNWATCH: lambda before, after: not after.card.waiting.names and same_request(before, after),
    Verb.TONIGHT: lambda before, after: who_is_free(before, after) and after.request.windows[0].end.hour == 22,
    "unwatch_1": unwatched(1),
    "unwatch_2": unwatched(2),
    "unwatch_3": unwatched(3),
    Verb.APPEAL: answered(Answered.ASKED),
    Verb.YES: answered(Answered.YES),
    Verb.NO: answered(Answered.NO),
    Verb.OTHER_TIME: answered(Answered.OTHER_TIME),
    Verb.SET_UP: lambda before, after: after.card.digest.on and not after.card.draft,
    Verb.PREVIEW: lambda before, after: isinstance(after.card, DigestCard) and after.card.drafted_by,
    Verb.LEAVE_IT: lambda before, after: not after.card.draft,
    Verb.TURN_ON: digest_set(lambda digest: digest.on),
    Verb.TURN_OFF: digest_set(lambda digest: not digest.on),
    Verb.PAUSE: digest_set(lambda digest: digest.on and digest.paused_until),
    Verb.RESUME: digest_set(lambda digest: digest.on and not digest.paused_until),
    Verb.NOT_ME: lambda before, after: after.card.opted_out != before.card.opted_out,
    Verb.RESCHEDULE: lambda before, after: after.card.choosing,
    Verb.BACK: lambda before, after: (
        not getattr(after.card, "choosing", False) and not getattr(after.card, "changing", False)
    ),
    "at_1": digest_set(lambda digest: digest.at == time(8, 40)),
    "at_2": digest_set(lambda digest: digest.at == time(9, 40)),
    "at_3": digest_set(lambda digest: digest.at == time(10, 10)),
    Verb.CONFIRM: booked,
    Verb.TIME: lambda before, after: searched(before, after) and after.card.moving == before.card.moving,
    Verb.PEOPLE: lambda before, after: after.card == replace(before.card, changing=True),
    "without_1": lambda before, after: after.card.guests == before.card.guests[1:],
    "without_2": lambda before, after: after.card.guests == before.card.guests[:1],
    Verb.DROP: lambda before, after: after.card.refusal.reason is RefusalReason.DROPPED,
    "series_1": series_made,
    "series_2": series_made,
    "series_3": series_made,
    Verb.ONCE: lambda before, after: isinstance(after.card, DraftCard) and not after.request.series,
    "book_1": booked,
    "book_2": booked,
    "book_3": booked,
}
"""The question a card is about, before and after a press. A button without a row fails the tests below."""
PERSONAL = {"unwatch_1", "unwatch_2", "unwatch_3", Verb.YES, Verb.NO, Verb.OTHER_TIME, Verb.MOVE, Verb.CANCEL}
PERSONAL |= {
    Verb.SET_UP,
    Verb.LEAVE_IT,
    Verb.TURN_ON,
    Verb.TURN_OFF,
    Verb.PAUSE,
    Verb.RESUME,
    Verb.RESCHEDULE,
    Verb.BACK,
}
PERSONAL |= {Verb.CONFIRM, Verb.TIME, Verb.PEOPLE, "without_1", "without_2", Verb.DROP}
PERSONAL |= {"series_1", "series_2", "series_3", Verb.ONCE}
PERSONAL |= {"move_1", "cancel_1", Verb.CANCEL_THIS, Verb.KEEP, Verb.STAY, Verb.MOVE_THIS, Verb.CHANGE_THIS}
PERSONAL |= {"at_1", "at_2", "at_3"}
"""What only one person may press; anybody may press the others."""


def is_personal(verb: str, kept: Kept) -> bool:
    """So is taking another time for what somebody booked."""
    return verb in PERSONAL or (verb.startswith("book_") and moved_from(kept.card) is not None)


# ---------------------------------------------------------------- the harness
class Hall:
    """The company, its bot (`app`, as soon as it runs), and what its store holds of the cards."""

    app: App

    def __init__(self, dingtalk, group, store, people):
        self.dingtalk, self.group, self.store = dingtalk, group, store
        self.people = {person.staff_id: person for person in people}
        coming = (MONDAY + timedelta(days=n) for n in count(7))
        self.days = (day for day in coming if day.weekday() < 5)

    async def asks(self, name):
        """A fresh card of that kind."""
        asked = CARDS[name]
        day = next(self.days)
        self.write(asked, day if "{day}" in asked.text else TUESDAY)
        if asked.alone:
            for meeting in await meetings.ahead(self.store, self.people["alice"].staff_id, now=MONDAY):
                await bookings.undo(self.store, meeting.event_id, began=MONDAY)
        for text in (
            each.format(day=f"{day.month}月{day.day}号", number=day.day) for each in (*asked.first, asked.text)
        ):
            people = [self.people[staff_id] for staff_id in asked.at]
            await self.people["alice"].says(text, at=people, to=self.group, created_at=MONDAY)
            card = await self.group.next_card()
            await self.kept(card)
        if asked.told:
            self.people["bob"].calendar.clear()
            await self.app.look_at_reminders(day.replace(hour=10))
            card = await self.people[asked.whose].direct.next_card()
        if asked.by:
            asked.meanwhile(self, (await self.kept(card))[1])
        for verb in asked.by:
            await self.people["alice"].presses(card, verb)
            if asked.whose != "alice":
                card = await self.people[asked.whose].direct.next_card()
            await self.kept(card, lambda row, asked: asked.deed is None)
        return card

    def write(self, asked, day):
        """Dora cannot be seen, and those who are busy on that day have nothing else on."""
        self.dingtalk.faults.clear()
        self.dingtalk.faults.person_error(self.people["dora"])
        for staff_id, (start, end) in asked.busy.items():
            self.people[staff_id].calendar.clear()
            midnight = day.replace(hour=0)
            self.people[staff_id].calendar.busy(midnight + timedelta(hours=start), midnight + timedelta(hours=end))

    async def kept(self, card, fits=lambda row, asked: True):
        """The version of a card and the question it is about, as soon as they are there and fit."""
        async with asyncio.timeout(10):
            while True:
                row = await cards.get(self.store, card.out_track_id)
                if row and fits(row, load(row.state)):
                    return row.version, Kept(load(row.state))


@pytest.fixture
async def hall(dingtalk, alice, bob, carol, group, sqlite_url):
    dora = dingtalk.person("dora", name="朵拉")
    for number in (1, 2):
        dingtalk.person(f"wang-{number}", name="王磊", title=f"{number}")
    async with await Store.open(sqlite_url) as store:
        yield Hall(dingtalk, group, store, [alice, bob, carol, dora, *crowd(dingtalk, 10)])


@pytest.fixture(params=CARDS)
def name(request, hall):
    """A kind of card."""
    return request.param


def booking(timing=PATIENT):
    return {"booking": {"enabled": True, "at_once": True}, "timing": timing}


async def does(hall, verb, card, before):
    """What the row of the table says has come about, and nothing is left to be done; the version from then on."""
    version, was = before
    then, after = await hall.kept(card, lambda row, asked: row.version > version and asked.deed is None)
    assert then == version + 1, verb
    assert DOES[verb](was, after), (verb, was.request, after.request)
    return then, after


async def test_each_button_does_what_the_table_says_and_once(start, hall, name):
    """In both shapes of a callback, for whoever asked and for somebody else, pressed twice."""
    hall.app = await start(**booking())
    verbs = [button.verb for button in (await hall.asks(name)).buttons]
    assert set(CARDS[name].shown) <= set(verbs)
    for verb in verbs:
        for shape in SHAPES:
            for who in (CARDS[name].whose, "carol"):
                card = await hall.asks(name)
                before, posted, button = await hall.kept(card), len(hall.group.cards), card.button(verb)
                press = await hall.people[who].presses(card, verb, shape=shape)
                assert (press.code, press.timed_out) == (200, False), verb
                if who == "carol" and is_personal(verb, before[1]):
                    assert "只有本人" in card.params["tips"]
                    assert await hall.kept(card) == before
                    continue
                after = await does(hall, verb, card, before)
                again = await hall.people[who].presses(card, button.id, shape=shape, forged=True)
                assert (again.code, again.timed_out) == (200, False), verb
                version, question = await hall.kept(card)
                assert (version, question.request) == (after[0], after[1].request), verb
                assert all(f":{version}-" in each.id for each in card.buttons), verb
                assert len(hall.group.cards) == posted


async def test_each_button_does_the_same_after_a_restart(start, hall, name):
    app = hall.app = await start(**booking())
    verbs = [button.verb for button in (await hall.asks(name)).buttons]
    asked = {verb: await hall.asks(name) for verb in verbs}
    await hall.dingtalk.settle()
    await app.stop()
    await start(**booking())
    for verb, card in asked.items():
        before = await hall.kept(card)
        await hall.people[CARDS[name].whose].presses(card, verb)
        await does(hall, verb, card, before)


async def test_what_a_press_began_is_finished_by_another_process_after_its_lease(start, hall, name):
    """A process that hangs in its first call is as good as dead; whatever needs no call is done before."""
    app = hall.app = await start(**booking())
    verbs = [button.verb for button in (await hall.asks(name)).buttons]
    asked = {verb: await hall.asks(name) for verb in verbs}
    await hall.dingtalk.settle()
    await app.stop()
    for verb, card in asked.items():
        before, seen = await hall.kept(card), len(card.updates)
        hall.dingtalk.faults.hang(QUERY, times=1)
        stuck = await start(**booking(HASTY))
        press = await hall.people[CARDS[name].whose].presses(card, verb)
        assert (press.code, press.timed_out) == (200, False), verb
        if any(call.ended is None for call in hall.dingtalk.calls_of(QUERY)):
            assert card.params["tips"] in WORKING
        heir = await start(**booking(HEIR))
        await card.until(lambda card, seen=seen: card.params["tips"] not in WORKING and len(card.updates) > seen)
        await does(hall, verb, card, before)
        hall.dingtalk.faults.clear()
        await hall.dingtalk.settle()
        await stuck.stop()
        await heir.stop()
