"""Turns in the store: one after the other of each person in each chat, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store import Store, messages, turns
from bot.store.database import Database, parse_url
from bot.store.turns import Turn

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=6)
CHAT, ALICE = ConversationId("cid"), StaffId("alice")
M1, M2, M3 = MsgId("m1"), MsgId("m2"), MsgId("m3")
BEGUN, WAITING, ASIDE = Turn.BEGUN, Turn.WAITING, Turn.ASIDE


@pytest.fixture
async def other(store_url: str, store: Store) -> AsyncIterator[Store]:
    """Another connection to the same database, as a replica has it."""
    async with await Store.open(store_url) as opened:
        yield opened


async def claim(
    store: Store,
    msg_id: MsgId,
    *,
    said: float = 0,
    now: float = 0,
    owner: str = "a",
    chat: str = CHAT,
    sender: str | None = ALICE,
) -> Turn | None:
    return await messages.claim(
        store,
        msg_id,
        out_track_id=OutTrackId(f"card-{msg_id}"),
        conversation_id=ConversationId(chat),
        payload="{}",
        owner=owner,
        now=NOW + timedelta(seconds=now),
        lease=LEASE,
        said_at=NOW + timedelta(seconds=said),
        sender=StaffId(sender) if sender else None,
    )


async def begin(store: Store, msg_id: MsgId, *, owner: str = "a", attempt: int = 1) -> bool:
    return await turns.begin(store, msg_id, owner=owner, attempt=attempt, conversation_id=CHAT, sender=ALICE)


async def begin_regardless(store: Store, msg_id: MsgId, *, owner: str = "a") -> Turn | None:
    return await turns.begin_regardless(store, msg_id, owner=owner, attempt=1, conversation_id=CHAT, sender=ALICE)


async def close(store: Store, msg_id: MsgId, *, owner: str = "a", attempt: int = 1) -> bool:
    return await messages.answered(store, msg_id, owner=owner, attempt=attempt, outcome="card", now=NOW)


async def turns_of(store: Store) -> dict[str, str]:
    def read(connection: sa.Connection) -> dict[str, str]:
        columns = messages.messages.c
        return {row.msg_id: row.turn for row in connection.execute(sa.select(columns.msg_id, columns.turn))}

    return await store.run(read)


async def test_the_second_message_of_a_person_in_a_chat_waits_until_the_first_is_answered(store, other):
    assert await claim(store, M1) is BEGUN
    assert await claim(other, M2, said=1, owner="b") is WAITING
    assert not await begin(other, M2, owner="b")
    assert await close(store, M1)
    assert await begin(other, M2, owner="b")
    assert not await begin(other, M2, owner="b")


async def test_nobody_waits_for_another_person_or_another_chat_or_for_outsiders(store):
    assert await claim(store, M1) is BEGUN
    assert await claim(store, M2, sender="bob") is BEGUN
    assert await claim(store, M3, chat="other") is BEGUN
    assert [await claim(store, MsgId(f"outsider {n}"), said=n, sender=None) for n in range(2)] == [BEGUN, BEGUN]


async def test_of_those_that_wait_the_one_that_was_said_first_begins(store, other):
    await claim(store, M1)
    assert await claim(store, M3, said=3, now=1) is WAITING
    assert await claim(other, M2, said=2, now=2, owner="b") is WAITING
    await close(store, M1)
    assert not await begin(store, M3)
    assert await begin(other, M2, owner="b")
    assert not await begin(store, M3)
    await close(other, M2, owner="b")
    assert await begin(store, M3)


async def test_what_was_said_earlier_and_arrives_after_a_later_one_has_begun_comes_after_it(store):
    assert await claim(store, M2, said=2) is BEGUN
    assert await claim(store, M1, said=1, now=1) is WAITING
    assert not await begin(store, M1)
    await close(store, M2)
    assert await begin(store, M1)


async def test_a_follow_up_that_goes_back_lets_its_question_begin(store, other):
    assert await claim(store, M2, said=2) is BEGUN
    assert await turns.wait(store, M2, owner="a", attempt=1)
    assert await claim(other, M1, said=1, now=1, owner="b") is BEGUN
    assert not await begin(store, M2)
    await close(other, M1, owner="b")
    assert await begin(store, M2)


async def test_a_new_message_does_not_overtake_one_that_went_back(store):
    await claim(store, M1, said=1)
    await turns.wait(store, M1, owner="a", attempt=1)
    assert await claim(store, M2, said=2) is WAITING
    assert not await begin(store, M2)
    assert await begin(store, M1)


async def test_what_stepped_aside_holds_nobody_up(store):
    await claim(store, M1)
    await claim(store, M2, said=1)
    assert await turns.step_aside(store, M1, owner="a", attempt=1)
    assert await begin(store, M2)
    assert not await turns.wait(store, M1, owner="a", attempt=1)
    assert await close(store, M1)


async def test_what_begins_regardless_puts_aside_what_had_begun(store, other):
    await claim(store, M1)
    await claim(other, M2, said=1, owner="b")
    await claim(store, M3, said=2)
    assert await begin_regardless(other, M2, owner="b") is BEGUN
    assert await turns_of(store) == {M1: ASIDE, M2: BEGUN, M3: WAITING}
    assert not await begin(store, M3)
    await close(other, M2, owner="b")
    assert await begin(store, M3)


async def test_what_is_no_longer_ours_cannot_begin_go_back_or_step_aside(store):
    await claim(store, M1)
    await claim(store, M2, said=1)
    await close(store, M1)
    taken = await messages.take_over(store, owner="b", now=NOW + LEASE, lease=LEASE, fresh_since=NOW)
    assert [(each.msg_id, each.turn) for each in taken] == [(M2, WAITING)]
    assert not await begin(store, M2)
    assert await begin_regardless(store, M2) is None
    assert await begin(store, M2, owner="b", attempt=2)
    assert not await turns.wait(store, M2, owner="a", attempt=1)
    assert not await turns.step_aside(store, M2, owner="a", attempt=1)
    assert await turns_of(store) == {M1: BEGUN, M2: BEGUN}


async def test_a_take_over_keeps_the_turn(store):
    await claim(store, M1)
    await claim(store, M2, said=1)
    await claim(store, M3, said=2, chat="other")
    await turns.step_aside(store, M3, owner="a", attempt=1)
    taken = await messages.take_over(store, owner="b", now=NOW + LEASE, lease=LEASE, fresh_since=NOW)
    assert {each.msg_id: each.turn for each in taken} == {M1: BEGUN, M2: WAITING, M3: ASIDE}
    assert not await begin(store, M2, owner="b", attempt=2)
    await close(store, M1, owner="b", attempt=2)
    assert await begin(store, M2, owner="b", attempt=2)


async def test_what_is_closed_as_stale_holds_nobody_up(store):
    await claim(store, M1)
    await claim(store, M2, said=1, now=10)
    later = NOW + timedelta(seconds=11)
    await messages.take_over(store, owner="b", now=later, lease=LEASE, fresh_since=NOW + timedelta(seconds=5))
    assert await begin(store, M2)


async def test_a_turn_that_another_transaction_gives_is_not_waited_for_on_postgresql(postgres_url):
    async with await Store.open(postgres_url) as store:
        engine = sa.create_engine(parse_url(postgres_url), poolclass=sa.NullPool)
        with engine.begin() as another:
            assert turns.lock_in(another, CHAT, ALICE)
            assert await claim(store, M1) is WAITING
            assert not await begin(store, M1)
            assert await begin_regardless(store, M1) is WAITING
            assert await claim(store, M2, sender="bob") is BEGUN
        assert await begin(store, M1)


def test_whose_turn_has_come_is_found_by_the_index() -> None:
    database = Database(parse_url("sqlite://"))
    connection = database.begin()
    for statement in (messages._CLAIM_IN_TURN, turns._BEGIN, turns._MAKE_ROOM):
        columns = ["msg_id"] if statement.is_insert else None
        text = str(statement.compile(connection.engine, column_keys=columns))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", (0,) * text.count("?")).all()
        assert any("messages_turns" in row[-1] for row in plan), text
    database.close()


# ---------------------------------------------------------------- whatever two replicas do
class Replica:
    """Does one thing after the other with what it holds, as chance will have it."""

    def __init__(self, owner: str, store: Store, seed: int) -> None:
        self.owner, self.store, self.chance = owner, store, random.Random(seed)
        self.held: dict[MsgId, Turn] = {}
        self.said = 0

    async def step(self) -> None:
        """Claims something new, or takes something that is held one step on."""
        msg_id = self.chance.choice([None, *self.held]) if len(self.held) < 8 else self.chance.choice([*self.held])
        if msg_id is None:
            self.said += 1
            new = MsgId(f"{self.owner}{self.said}")
            said = self.said + self.chance.uniform(-3, 3)
            turn = await claim(self.store, new, said=said, now=self.said, owner=self.owner)
            assert turn is not None
            self.held[new] = turn
        elif self.held[msg_id] is WAITING:
            await self._try(msg_id)
        else:
            await self._end(msg_id)

    async def _try(self, msg_id: MsgId) -> None:
        if self.chance.random() < 0.05:
            turn = await begin_regardless(self.store, msg_id, owner=self.owner)
            assert turn is not None
            self.held[msg_id] = turn
        elif await begin(self.store, msg_id, owner=self.owner):
            self.held[msg_id] = BEGUN

    async def _end(self, msg_id: MsgId) -> None:
        match self.chance.choice(["close", "close", "wait", "aside"]):
            case "close":
                assert await close(self.store, msg_id, owner=self.owner)
                del self.held[msg_id]
            case "wait" if await turns.wait(self.store, msg_id, owner=self.owner, attempt=1):
                self.held[msg_id] = WAITING
            case _:
                assert await turns.step_aside(self.store, msg_id, owner=self.owner, attempt=1)
                self.held[msg_id] = ASIDE

    async def end(self) -> None:
        """Takes to its end all that is still held."""
        while self.held:
            for msg_id, turn in tuple(self.held.items()):
                if turn is WAITING:
                    await self._try(msg_id)
                else:
                    await close(self.store, msg_id, owner=self.owner)
                    del self.held[msg_id]


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_two_replicas_do_no_two_have_begun_at_once_and_all_come_to_their_end(store, other, seed):
    begun = sa.select(sa.func.count()).where(messages.messages.c.turn == "begun", messages.is_unfinished)

    async def steps(replica: Replica, count: int) -> None:
        for _ in range(count):
            await replica.step()
            assert await replica.store.run(lambda connection: connection.scalar(begun)) <= 1
        await replica.end()

    replicas = [Replica("a", store, seed), Replica("b", other, seed + 100)]
    async with asyncio.timeout(60):
        await asyncio.gather(*(steps(replica, 120) for replica in replicas))
    assert await store.run(lambda connection: connection.scalar(begun)) == 0
