"""People, cards and the count of calls, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

from bot.model.people import ConversationId, OutTrackId, Person, StaffId, UnionId
from bot.store import calls, cards, people
from bot.store.cards import CardRow
from bot.store.people import PersonRow

NOW = datetime(2026, 3, 16, 10, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=8)))
CARD = OutTrackId("card")


def person(staff_id: str, name: str, union_id: str = "") -> Person:
    return Person(StaffId(staff_id), UnionId(union_id or f"u-{staff_id}"), name)


async def put(store, *, state: str = "{}") -> bool:
    return await cards.put(
        store, CARD, conversation_id=ConversationId("cid"), asker=StaffId("s1"), state=state, now=NOW
    )


async def test_people_are_found_by_id_with_the_time_they_were_seen_in_utc(store):
    alice, bob = person("s1", "Alice"), person("s2", "张三")
    await people.keep(store, [alice, bob], now=NOW)
    found = await people.find(store, [StaffId("s1"), StaffId("s2"), StaffId("s3")])
    assert found == {"s1": PersonRow(alice, NOW), "s2": PersonRow(bob, NOW)}
    assert found[StaffId("s1")].seen_at.tzinfo is UTC
    assert await people.find(store, []) == {}


async def test_what_is_kept_later_replaces_what_was_known(store):
    await people.keep(store, [person("s1", "Alice"), person("s1", "Alicia")], now=NOW)
    await people.keep(store, [person("s1", "阿丽", "u-new")], now=NOW + timedelta(days=1))
    await people.keep(store, [], now=NOW)
    assert await people.find(store, [StaffId("s1")]) == {
        "s1": PersonRow(person("s1", "阿丽", "u-new"), NOW + timedelta(days=1))
    }
    assert await people.find_by_name(store, "Alice") == []


async def test_a_name_is_found_without_regard_to_case_and_width_but_whole(store):
    await people.keep(
        store, [person("s2", "ÉMILE"), person("s1", "émile"), person("s3", "Émile Zola"), person("s4", "Ｂob")], now=NOW
    )
    assert [row.person.staff_id for row in await people.find_by_name(store, "Émile")] == ["s1", "s2"]
    assert [row.person.staff_id for row in await people.find_by_name(store, " bob ")] == ["s4"]
    assert await people.find_by_name(store, "Émil%") == []


async def test_a_card_is_put_once_and_stays_as_it_was(store):
    assert await put(store)
    assert not await put(store, state="[]")
    assert await cards.get(store, CARD) == CardRow(CARD, ConversationId("cid"), StaffId("s1"), 1, "{}", NOW)
    assert await cards.get(store, OutTrackId("other")) is None


async def test_of_two_presses_at_once_one_advances_the_card(store):
    await put(store)
    pressed = await asyncio.gather(*(cards.advance(store, CARD, version=1, state=f"{n}") for n in range(2)))
    assert sorted(pressed) == [False, True]
    card = await cards.get(store, CARD)
    assert card is not None
    assert (card.version, card.state) == (2, str(pressed.index(True)))


async def test_calls_are_counted_by_month_and_api(store):
    await asyncio.gather(*(calls.add(store, "2026-03", {"querySchedule": 2, "card": 1, "none": 0}) for _ in range(5)))
    await calls.add(store, "2026-04", {"card": 7})
    await calls.add(store, "2026-04", {})
    assert await calls.spent_by_api(store, "2026-03") == {"querySchedule": 10, "card": 5}
    assert await calls.spent(store, "2026-03") == 15
    assert await calls.spent(store, "2026-05") == 0
