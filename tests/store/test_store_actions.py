"""The log of actions, on SQLite and on PostgreSQL: once each, in the order of time, by ids alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.people import ConversationId, MsgId, OutTrackId, Person, StaffId, UnionId
from bot.store import Store, actions, cards, messages, people, pruning
from bot.store.actions import Action, ActionKind, Origin

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ALICE, CHAT, CARD = StaffId("alice"), ConversationId("cidDesign=="), OutTrackId("card-1")
BOOKED = Action(ActionKind.BOOKED, "event-1", ALICE, NOW, Origin(CHAT, CARD), "event-1")


async def kept(store: Store, since: datetime | None = None) -> list[Action]:
    return [logged.action for logged in await actions.since(store, since)]


async def claim(store: Store, msg_id: str, card: str) -> None:
    assert await messages.claim(
        store,
        MsgId(msg_id),
        out_track_id=OutTrackId(card),
        conversation_id=CHAT,
        payload="{}",
        owner="one",
        now=NOW,
        said_at=NOW,
        lease=MINUTE,
        sender=ALICE,
    )


async def test_an_action_is_kept_as_it_was(store):
    assert await actions.put(store, BOOKED)
    assert await kept(store) == [BOOKED]


async def test_an_action_that_is_repeated_is_one(store):
    assert await actions.put(store, BOOKED)
    assert not await actions.put(store, replace(BOOKED, at=NOW + MINUTE))
    assert await actions.put(store, replace(BOOKED, kind=ActionKind.CANCELLED))
    assert [action.at for action in await kept(store)] == [NOW, NOW]


@pytest.mark.parametrize(
    ("told_by", "found"), [(None, MsgId("msg-1")), (MsgId("msg-2"), MsgId("msg-2"))], ids=["asked", "told"]
)
async def test_the_message_is_the_one_that_changed_the_card_or_else_the_one_it_answers(store, told_by, found):
    await claim(store, "msg-1", CARD)
    await claim(store, "msg-9", "card-9")
    await cards.put(store, CARD, conversation_id=CHAT, asker=ALICE, state="{}", now=NOW)
    await cards.advance(store, CARD, version=1, state="{}", told_by=told_by)
    await actions.put(store, replace(BOOKED, origin=Origin(CHAT, CARD)))
    assert [action.origin for action in await kept(store)] == [Origin(CHAT, CARD, found)]


async def test_actions_come_the_oldest_first_from_a_time_on(store):
    days = [replace(BOOKED, about=f"event-{n}", at=NOW + n * DAY) for n in (2, 0, 1)]
    for action in days:
        await actions.put(store, action)
    assert await kept(store) == [days[1], days[2], days[0]]
    assert await kept(store, NOW + DAY) == [days[2], days[0]]


async def test_whoever_the_store_knows_is_named(store):
    await actions.put(store, BOOKED)
    await actions.put(store, replace(BOOKED, about="event-2", by=StaffId("bob"), at=NOW + MINUTE))
    await people.keep(store, [Person(ALICE, UnionId("u"), "Alice Chen", "")], now=NOW)
    assert [logged.name for logged in await actions.since(store)] == ["Alice Chen", ""]


async def test_old_actions_are_forgotten(store):
    await actions.put(store, BOOKED)
    assert await pruning.prune(store, before=NOW) == 0
    assert await pruning.prune(store, before=NOW + MINUTE) == 1
    assert await kept(store) == []
