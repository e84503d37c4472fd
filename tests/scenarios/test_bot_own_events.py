"""What the bot booked or cancelled is known to its next answer, in every process, whatever calendars show by then."""

from __future__ import annotations

import json

import pytest
from scenario import MONDAY, line_of, on_tuesday, run, settings_of

QUERY = "querySchedule"
ASK = "明天下午5点王芳有空吗"
FREE, BUSY = "✅", "⛔"
ON = {"booking": {"enabled": True, "at_once": True}}
FIVE, SIX = on_tuesday(17), on_tuesday(18)


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled."""
    return await start(**ON)


@pytest.fixture
def asks(alice, carol, group):
    """Somebody, alice where not said, asks whether carol is free at five; the card that answers."""

    async def go(who=alice):
        await who.says(ASK, at=[carol], to=group, created_at=MONDAY)
        return await group.next_card()

    return go


async def test_a_booking_is_known_to_the_same_question_at_once_without_another_call(bot, dingtalk, asks, alice):
    card = await asks()
    assert line_of(card, "王芳").startswith(FREE)
    await alice.presses(card, "book_1")
    calls = len(dingtalk.calls_of(QUERY))
    assert line_of(await asks(), "王芳").startswith(BUSY)
    # The press read longer days than the question, whose own reading is kept and knows nothing of the event.
    assert len(dingtalk.calls_of(QUERY)) == calls


async def test_after_a_cancellation_the_slot_is_free_at_once(bot, asks, alice):
    card = await asks()
    await alice.presses(card, "book_1")
    assert line_of(await asks(), "王芳").startswith(BUSY)
    await alice.presses(card, "cancel")
    assert line_of(await asks(), "王芳").startswith(FREE)


async def test_a_second_process_knows_a_booking_that_calendars_do_not_show_yet(bot, start, asks, alice, bob, carol):
    card = await asks()
    await alice.presses(card, "book_1")
    carol.calendar.clear()  # DingTalk lags behind
    await bot.stop()
    await start(**ON)
    for who in (alice, bob):
        assert line_of(await asks(who), "王芳").startswith(BUSY)


async def test_a_second_process_knows_a_cancellation_that_calendars_do_not_show_yet(
    bot, start, asks, alice, bob, carol
):
    card = await asks()
    await alice.presses(card, "book_1")
    await alice.presses(card, "cancel")
    carol.calendar.busy(FIVE, SIX)  # DingTalk lags behind
    await bot.stop()
    await start(**ON)
    for who in (alice, bob):
        assert line_of(await asks(who), "王芳").startswith(FREE)


async def test_the_terminal_knows_it_too(bot, dingtalk, asks, alice, carol, sqlite_url, tmp_path):
    await alice.presses(await asks(), "book_1")
    carol.calendar.clear()
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **ON)))
    arguments = ("--as", "bob", "--at", "carol", "--json", "2040年3月13日下午5点到6点有空吗")
    found = await run(tmp_path / "out", "ask", "-c", str(path), *arguments)
    [person] = json.loads(found.stdout)["people"]
    assert person["state"] == "busy"
    assert len(person["busy"]) == 1


async def test_another_meeting_of_the_same_hours_stays_when_ours_is_cancelled(bot, asks, alice, bob, carol):
    card = await asks()
    await alice.presses(card, "book_1")
    carol.calendar.busy(FIVE, SIX)
    shown = await asks(bob)
    await alice.presses(card, "cancel")
    assert line_of(shown, "王芳").startswith(BUSY)
    assert line_of(await asks(bob), "王芳").startswith(BUSY)


async def test_whoever_cannot_be_read_stays_unknown(bot, dingtalk, asks, alice, bob, carol):
    await alice.presses(await asks(), "book_1")
    dingtalk.faults.person_error(carol)
    assert line_of(await asks(bob), "王芳").startswith("❔")


async def test_a_moved_booking_leaves_its_old_time_at_once(bot, asks, alice, bob):
    card = await asks()
    await alice.presses(card, "book_1")
    assert line_of(await asks(bob), "王芳").startswith(BUSY)
    await alice.presses(card, "move")
    await alice.presses(card, "book_1")
    assert card.params["title"].startswith("✅ 已改到 ")
    assert "17:00" not in card.params["title"]
    assert line_of(await asks(bob), "王芳").startswith(FREE)
