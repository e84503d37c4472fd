"""What somebody asked last in a chat, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from bot.model.people import ConversationId, StaffId
from bot.store import Store, last_requests, pruning
from bot.store.tables import last_requests as table

NOW = datetime(2026, 3, 16, 10, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=8)))
MINUTE = timedelta(minutes=1)
HERE, THERE = ConversationId("here"), ConversationId("there")
ALICE, BOB = StaffId("alice"), StaffId("bob")


async def put(
    store: Store, state: str, *, chat: ConversationId = HERE, person: StaffId = ALICE, asked_at: datetime = NOW
) -> None:
    await last_requests.put(store, chat, person, state=state, asked_at=asked_at, heard_at=asked_at)


async def get(
    store: Store, *, chat: ConversationId = HERE, person: StaffId = ALICE, since: datetime = NOW - 10 * MINUTE
) -> str | None:
    found = await last_requests.get(store, chat, person, since=since, until=NOW + 60 * MINUTE)
    return found.state if found else None


async def rows(store: Store) -> list[tuple[str, str, str, datetime]]:
    """Everything that is remembered."""

    def read(connection):
        columns = (table.c.conversation_id, table.c.asker, table.c.state, table.c.asked_at)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(*columns[:2]))]

    return await store.run(read)


async def test_nothing_is_remembered_of_who_asked_nothing(store):
    assert await get(store) is None


async def test_what_is_put_is_given_back_as_it_was(store):
    state = '{"who": "李四", "quote": "\'\\"", "null": null}'
    await put(store, state)
    assert await get(store) == state


async def test_what_is_asked_next_takes_the_place_of_what_was(store):
    await put(store, "first")
    await put(store, "second", asked_at=NOW + MINUTE)
    assert await get(store) == "second"
    assert [(state, asked_at) for _, _, state, asked_at in await rows(store)] == [("second", NOW + MINUTE)]


async def test_of_two_asked_in_one_moment_the_one_answered_last_counts(store):
    for state in ("first", "second"):
        await put(store, state)
    assert await get(store) == "second"


async def test_what_was_asked_before_and_answered_after_changes_nothing(store):
    await put(store, "second", asked_at=NOW + MINUTE)
    await put(store, "first")
    assert await get(store) == "second"
    assert (await rows(store))[0][3] == NOW + MINUTE


async def test_many_at_once_leave_the_latest(store):
    await asyncio.gather(*(put(store, f"{n}", asked_at=NOW + n * MINUTE) for n in (3, 9, 1, 7, 5)))
    assert await get(store) == "9"


async def test_each_person_has_their_own(store):
    await put(store, "of Alice")
    assert await get(store, person=BOB) is None
    await put(store, "of Bob", person=BOB)
    assert (await get(store), await get(store, person=BOB)) == ("of Alice", "of Bob")


async def test_each_chat_has_its_own(store):
    await put(store, "here")
    assert await get(store, chat=THERE) is None
    await put(store, "there", chat=THERE)
    assert (await get(store), await get(store, chat=THERE)) == ("here", "there")


@pytest.mark.parametrize(("after", "found"), [(0, "asked"), (10, "asked"), (10.001, None), (60, None)])
async def test_it_is_given_back_from_a_moment_on(store, after, found):
    await put(store, "asked")
    since = NOW + after * MINUTE - 10 * MINUTE
    assert await get(store, since=since.astimezone(UTC)) == found


async def test_the_second_question_is_as_young_as_it_is(store):
    await put(store, "first")
    await put(store, "second", asked_at=NOW + 8 * MINUTE)
    assert await get(store, since=NOW + 5 * MINUTE) == "second"


async def test_old_ones_are_pruned_and_young_ones_stay(store):
    await put(store, "old")
    await put(store, "on the edge", person=BOB, asked_at=NOW + MINUTE)
    await put(store, "young", chat=THERE, asked_at=NOW + 2 * MINUTE)
    assert await pruning.prune(store, before=NOW + MINUTE) == 1
    assert [state for _, _, state, _ in await rows(store)] == ["on the edge", "young"]
    assert await pruning.prune(store, before=NOW + MINUTE) == 0


async def test_it_is_there_when_the_store_is_opened_again(store_url):
    async with await Store.open(store_url) as store:
        await put(store, "before")
    async with await Store.open(store_url) as store:
        assert await get(store) == "before"


async def test_a_naive_time_is_refused(store):
    with pytest.raises(Exception, match="naive"):
        await put(store, "x", asked_at=datetime(2026, 3, 16, 10))  # noqa: DTZ001 - that is the point
    assert await rows(store) == []
