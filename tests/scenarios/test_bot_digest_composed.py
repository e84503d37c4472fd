"""What a digest says, composed from calendars on the wire at a given time."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from scenario import MONDAY, PATIENT, TUESDAY, config_of, crowd, on_tuesday

from bot import wiring
from bot.features.card_state import dump, load
from bot.features.digest.edition import RETRY_AFTER, compose, nothing_to_say
from bot.features.registry import answer, answered, led
from bot.model.digests import DayPart, Digest, DigestDays
from bot.model.overview import Cell
from bot.model.people import ConversationId, StaffId, UnknownReason
from bot.model.requests import Intent, Language
from bot.model.steps import Verb
from bot.store import Store

DAY = TUESDAY.date()
READ = on_tuesday(9) + timedelta(minutes=10)
DIGEST = Digest(ConversationId("cidDesign=="), time(9, 10), "Asia/Shanghai", Language.ZH, team="design")
QUERY = "querySchedule"


@pytest.fixture
async def open_services(dingtalk, sqlite_url):
    """Opens what features need, with these members of the team."""
    opened = AsyncExitStack()

    async def go(*members, departments=(), **changes):
        team = {"name": "design", "members": list(members), "departments": list(departments)}
        config = config_of(dingtalk, sqlite_url, teams=[team], **changes)
        store = await opened.enter_async_context(await Store.open(sqlite_url))
        built = await opened.enter_async_context(wiring.core(config, store, holidays=None, timing=PATIENT))
        return built.services

    async with opened:
        yield go


def asked_by(kept, **changes):
    return replace(kept, question=replace(kept.question, **changes))


async def composed(services, digest=DIGEST, *, day=DAY, now=READ, **more):
    return await compose(digest, services, day=day, now=now, **more)


@pytest.fixture
async def services(open_services, alice, bob, carol):
    return await open_services("alice", "bob", "carol")


async def test_the_best_hour_is_the_earliest_still_to_come_in_which_most_are_firmly_free(services, bob, carol):
    bob.calendar.busy(on_tuesday(10), on_tuesday(11))
    carol.calendar.tentative(on_tuesday(13), on_tuesday(14.5))
    reply = await composed(services)
    assert (reply.best.interval.start, reply.best.free) == (on_tuesday(11), 3)
    later = await composed(services, now=on_tuesday(11.5))
    assert (later.best.interval.start, later.best.free) == (on_tuesday(15), 3)
    over = await composed(services, now=on_tuesday(17.5))
    assert over.best is None


async def test_a_single_person_who_is_free_is_no_team_hour(services, bob, carol):
    for person in (bob, carol):
        person.calendar.all_day(TUESDAY.date())
    reply = await composed(services)
    assert reply.best is None
    assert [(each.who.name, each.part) for each in reply.engaged] == [("李博", DayPart.ALL), ("王芳", DayPart.ALL)]


async def heat_map_of(services, reply):
    """The heat map that is one tap away from a digest."""
    [step] = [step for step in reply.steps if step.verb is Verb.HEAT_MAP]
    return await answer(led(answered(reply), step), services)


async def test_somebody_with_a_short_meeting_in_every_hour_is_told_as_the_heat_map_shows_them(services, bob, carol):
    for hour in range(9, 18):
        bob.calendar.busy(on_tuesday(hour), on_tuesday(hour + 0.25))
    carol.calendar.busy(on_tuesday(9.5), on_tuesday(10))
    reply = await composed(services)
    assert [(each.who.name, each.part) for each in reply.engaged] == [("李博", DayPart.ALL)]
    assert reply.left == 2
    shown = await heat_map_of(services, reply)
    free = {row.who.name: row.cells.count(Cell.FREE) for row in shown.day.rows}
    assert free == {"Alice Chen": 8, "李博": 0, "王芳": 7}
    assert shown.day.free[shown.day.hours.index(reply.best.interval)] == reply.best.free


async def test_the_heat_map_of_a_digest_on_a_day_off_looks_at_it_as_the_digest_does(services, bob):
    saturday = date(2040, 3, 17)
    bob.calendar.all_day(saturday)
    reply = await composed(services, replace(DIGEST, days=DigestDays.DAILY), day=saturday, now=MONDAY)
    shown = await heat_map_of(services, reply)
    assert {row.cells.count(Cell.FREE) for row in shown.day.rows} == {0, 8}


async def test_all_readings_of_a_day_share_one_call(services, dingtalk):
    await composed(services)
    await composed(services, replace(DIGEST, place=ConversationId("another")))
    assert len(dingtalk.calls_of(QUERY)) == 1


@pytest.mark.parametrize(("now", "late"), [(READ, False), (on_tuesday(10.5), True)])
async def test_failed_data_is_tried_again_ten_minutes_later_and_once(services, dingtalk, now, late):
    dingtalk.faults.fail(QUERY, status=503)
    reply = await composed(services, now=now, late=late)
    assert reply.failed is UnknownReason.FAILED
    assert reply.card.edition.retry_at == now + RETRY_AFTER
    assert reply.card.edition.late is late
    assert (reply.left, reply.best, [step.verb for step in reply.steps]) == (0, None, [Verb.REFRESH, Verb.SETTINGS])
    again = await composed(services, now=now, failed_before=True)
    assert again.card.edition.retry_at is None
    assert again.failed


async def test_a_refresh_of_failed_data_still_says_when_it_is_tried_again(services, dingtalk):
    dingtalk.faults.fail(QUERY, status=503)
    kept = load(dump(answered(await composed(services))))
    pressed = await answer(
        replace(kept, question=replace(kept.question, asker=StaffId("bob"), now=READ + timedelta(minutes=5))), services
    )
    assert pressed.card.edition.retry_at == READ + RETRY_AFTER
    pressed = await answer(asked_by(kept, now=READ + timedelta(minutes=15)), services)
    assert pressed.card.edition.retry_at is None
    dingtalk.faults.clear()
    pressed = await answer(asked_by(kept, now=READ + timedelta(minutes=5)), services)
    assert (pressed.failed, pressed.left, pressed.question.asker) == (None, 3, "alice")
    assert pressed.card.edition.retry_at is None


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda faults: faults.quota_gone(), UnknownReason.QUOTA),
        (lambda faults: faults.deny_scope("Calendar.EventSchedule.Read"), UnknownReason.NO_SCOPE),
    ],
)
async def test_what_ten_minutes_do_not_heal_is_not_promised(services, dingtalk, break_it, reason):
    break_it(dingtalk.faults)
    reply = await composed(services)
    assert (reply.failed, reply.card.edition.retry_at) == (reason, None)
    assert reply.scopes == (("Calendar.EventSchedule.Read",) if reason is UnknownReason.NO_SCOPE else ())


async def test_a_team_whose_department_cannot_be_read_is_failed_data(dingtalk, open_services, alice):
    dingtalk.faults.fail("user/list", status=500)
    services = await open_services("alice", departments=[1])
    assert (await composed(services)).failed is UnknownReason.FAILED


async def test_one_person_who_cannot_be_seen_is_no_failure(services, dingtalk, bob):
    dingtalk.faults.person_error(bob, "No permission")
    reply = await composed(services)
    assert (reply.failed, reply.left, [each.label for each in reply.unknown]) == (None, 2, ["李博"])


async def test_there_is_nothing_to_say_where_everybody_is_mostly_free(services, bob):
    bob.calendar.busy(on_tuesday(10), on_tuesday(11))
    assert nothing_to_say(await composed(services))


async def test_tentative_time_is_something_to_say(services, bob):
    bob.calendar.tentative(on_tuesday(9), on_tuesday(12))
    reply = await composed(services)
    assert [(each.part, each.firm) for each in reply.engaged] == [(DayPart.MORNING, False)]
    assert not nothing_to_say(reply)


async def test_somebody_who_does_not_work_on_that_day_is_not_free(open_services, alice, bob, carol):
    own = {"id": "bob", "working_time": {"days": ["mon"]}}
    reply = await composed(await open_services("alice", "bob", "carol", people=[own]))
    assert ([who.name for who in reply.off], reply.left, reply.best.free) == (["李博"], 2, 2)


async def test_a_digest_of_a_day_off_looks_at_it_as_at_any_other(services, bob):
    saturday = date(2040, 3, 17)
    bob.calendar.all_day(saturday)
    reply = await composed(services, replace(DIGEST, days=DigestDays.DAILY), day=saturday, now=MONDAY)
    assert (reply.left, [each.part for each in reply.engaged], reply.best.free) == (2, [DayPart.ALL], 2)


async def test_the_last_working_day_may_be_about_the_week_to_come(services, dingtalk, bob):
    bob.calendar.busy(on_tuesday(9), on_tuesday(18))
    friday = date(2040, 3, 9)
    reply = await composed(services, replace(DIGEST, week_ahead=True), day=friday, now=MONDAY - timedelta(days=3))
    assert [day.day.day for day in reply.days] == [12, 13, 14, 15, 16]
    assert {share.value for share in reply.days[1].squares} == {"most"}
    assert [step.request.intent for step in reply.steps if step.verb is Verb.HEAT_MAP] == [Intent.OVERVIEW]
    thursday = await composed(services, replace(DIGEST, week_ahead=True), day=friday - timedelta(days=1), now=READ)
    assert thursday.days == ()


async def test_two_hundred_people_are_looked_at_and_the_others_counted(dingtalk, open_services):
    crowd(dingtalk, 205)
    services = await open_services(departments=[205])
    reply = await composed(services)
    assert (reply.left, reply.unread) == (200, 5)
    assert len(dingtalk.calls_of(QUERY)) == 10


async def test_a_digest_set_on_weekdays_is_kept_with_its_card(services):
    reply = await composed(services, replace(DIGEST, days=(1, 3), paused_until=date(2040, 1, 1)))
    assert load(dump(answered(reply))) == answered(reply)


async def test_a_digest_is_in_the_language_that_its_chat_has_set(services):
    await services.chats.put(DIGEST.place, "locale", "en", by=StaffId("bob"), at=MONDAY)
    reply = await composed(services)
    assert (reply.question.language, reply.question.request.language) == (Language.EN, Language.EN)
