"""Teams of chats and what was set in them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

from bot.model.people import ConversationId, StaffId
from bot.store import Store, chat_settings, rosters

NOW = datetime(2026, 3, 16, 10, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=8)))
MINUTE = timedelta(minutes=1)
HERE, THERE = ConversationId("here"), ConversationId("there")
ALICE, BOB, CAROL = StaffId("alice"), StaffId("bob"), StaffId("carol")


async def change(store, *people, present=True, given=(), by=ALICE, at=NOW, chat=HERE):
    return await rosters.change(store, chat, people, present=present, given=given, by=by, at=at)


async def members(store, chat=HERE):
    return [row.staff_id for row in await rosters.of_chat(store, chat) if row.present]


async def test_a_chat_has_no_roster_until_somebody_is_added(store):
    assert await rosters.of_chat(store, HERE) == ()
    assert await change(store, BOB, CAROL) == (BOB, CAROL)
    assert await members(store) == [BOB, CAROL]
    assert await rosters.of_chat(store, THERE) == ()


async def test_a_change_names_who_made_it_and_when(store):
    await change(store, BOB, by=CAROL)
    [row] = await rosters.of_chat(store, HERE)
    assert (row.present, row.by, row.at) == (True, CAROL, NOW.replace(microsecond=123_000))


async def test_only_what_changes_is_given_back(store):
    await change(store, BOB)
    assert await change(store, BOB, CAROL, at=NOW + MINUTE) == (CAROL,)
    assert await change(store, ALICE, given=[ALICE], at=NOW + MINUTE) == ()
    assert await change(store, StaffId("stranger"), present=False, at=NOW + MINUTE) == ()


async def test_a_change_that_is_repeated_gives_the_same_and_undoes_no_later_one(store):
    assert await change(store, BOB) == (BOB,)
    assert await change(store, BOB) == (BOB,)
    await change(store, BOB, present=False, at=NOW + MINUTE)
    assert await change(store, BOB) == ()
    assert await members(store) == []


async def test_who_is_a_member_from_elsewhere_can_be_removed_and_come_back(store):
    assert await change(store, BOB, present=False, given=[BOB]) == (BOB,)
    assert [row.present for row in await rosters.of_chat(store, HERE)] == [False]
    assert await change(store, BOB, given=[BOB], at=NOW + MINUTE) == (BOB,)
    assert await members(store) == [BOB]


async def test_a_change_is_taken_back_once_and_only_as_far_as_it_still_stands(store):
    await change(store, BOB, CAROL)
    await change(store, CAROL, present=False, by=BOB, at=NOW + MINUTE)
    assert await rosters.undo(store, HERE, by=ALICE, at=NOW, now=NOW + 2 * MINUTE) == (BOB,)
    assert await rosters.undo(store, HERE, by=ALICE, at=NOW, now=NOW + 3 * MINUTE) == ()
    assert await members(store) == []


async def test_many_at_once_are_all_added(store_url):
    async with await Store.open(store_url) as one, await Store.open(store_url) as other:
        people = [StaffId(f"s{n}") for n in range(10)]
        await asyncio.gather(
            *(change((one, other)[n % 2], *people, at=NOW + n * MINUTE) for n in range(6)),
        )
        assert sorted(await members(one)) == sorted(people)


async def test_it_is_there_when_the_store_is_opened_again(store_url):
    async with await Store.open(store_url) as store:
        await change(store, BOB)
        await chat_settings.put(store, HERE, "locale", "en", by=ALICE, at=NOW)
    async with await Store.open(store_url) as store:
        assert await members(store) == [BOB]
        assert (await chat_settings.of_chat(store, HERE))["locale"].value == "en"


async def test_a_setting_is_kept_with_who_set_it_and_what_was_before(store):
    assert await chat_settings.of_chat(store, HERE) == {}
    first = await chat_settings.put(store, HERE, "locale", "en", by=ALICE, at=NOW)
    assert (first.value, first.before, first.by) == ("en", None, ALICE)
    second = await chat_settings.put(store, HERE, "locale", "zh", by=BOB, at=NOW + MINUTE)
    assert (second.value, second.before, second.by) == ("zh", "en", BOB)
    assert await chat_settings.put(store, HERE, "locale", "zh", by=BOB, at=NOW + MINUTE) == second
    assert await chat_settings.put(store, HERE, "locale", "en", by=ALICE, at=NOW) == second
    assert await chat_settings.of_chat(store, THERE) == {}


async def test_two_settings_of_a_chat_do_not_touch_each_other(store):
    await chat_settings.put(store, HERE, "timezone", "Asia/Tokyo", by=ALICE, at=NOW + MINUTE)
    await chat_settings.put(store, HERE, "locale", "en", by=BOB, at=NOW)
    found = await chat_settings.of_chat(store, HERE)
    assert {name: row.value for name, row in found.items()} == {"locale": "en", "timezone": "Asia/Tokyo"}


async def test_a_setting_is_taken_back_to_what_it_was_unless_somebody_has_set_it_since(store):
    await chat_settings.put(store, HERE, "locale", "en", by=ALICE, at=NOW)
    await chat_settings.put(store, HERE, "locale", "zh", by=BOB, at=NOW + MINUTE)
    assert not await chat_settings.undo(store, HERE, "locale", by=ALICE, at=NOW, now=NOW + 2 * MINUTE)
    assert await chat_settings.undo(store, HERE, "locale", by=BOB, at=NOW + MINUTE, now=NOW + 3 * MINUTE)
    assert not await chat_settings.undo(store, HERE, "locale", by=BOB, at=NOW + MINUTE, now=NOW + 4 * MINUTE)
    assert (await chat_settings.of_chat(store, HERE))["locale"].value == "en"
