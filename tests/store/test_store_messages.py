"""The life of a message in the store, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store import Store, cards, messages, pruning
from bot.store.messages import State
from bot.store.turns import Turn

NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=10)
LATER = NOW + LEASE
LONG_AGO = NOW - timedelta(hours=1)
M1, M2 = MsgId("m1"), MsgId("m2")


async def claim(store: Store, msg_id: MsgId = M1, *, owner: str = "a", now: datetime = NOW) -> Turn | None:
    return await messages.claim(
        store,
        msg_id,
        out_track_id=OutTrackId(f"card-{msg_id}"),
        conversation_id=ConversationId("cid"),
        payload="what they wrote",
        owner=owner,
        now=now,
        lease=LEASE,
        said_at=now,
    )


async def take_over(
    store: Store, *, owner: str = "b", now: datetime = LATER, fresh_since: datetime = LONG_AGO, limit: int = 100
) -> list[messages.Claimed]:
    return await messages.take_over(store, owner=owner, now=now, lease=LEASE, fresh_since=fresh_since, limit=limit)


async def row_of(store: Store, msg_id: MsgId) -> dict[str, object]:
    def read(connection):
        statement = messages.messages.select().where(messages.messages.c.msg_id == msg_id)
        return dict(connection.execute(statement).mappings().one())

    return await store.run(read)


async def test_a_message_is_claimed_once(store):
    assert await claim(store)
    assert not await claim(store)
    assert not await claim(store, owner="b", now=LATER)
    assert await claim(store, M2)


async def test_what_else_was_said_in_a_chat_is_known_from_one_moment_to_another(store):
    chat = ConversationId("chat")
    for number, (sender, where) in enumerate((("alice", "chat"), ("bob", "chat"), ("alice", "chat"), ("bob", "other"))):
        await messages.claim(
            store,
            MsgId(f"m{number}"),
            out_track_id=OutTrackId(f"card-{number}"),
            conversation_id=ConversationId(where),
            payload="{}",
            owner="a",
            now=NOW + timedelta(seconds=number),
            lease=LEASE,
            said_at=NOW,
            sender=StaffId(sender),
        )

    async def between(after: int, until: int) -> bool:
        seconds = (NOW + timedelta(seconds=after), NOW + timedelta(seconds=until))
        own = MsgId(f"m{until}")
        return await messages.came_between(store, chat, after=seconds[0], until=seconds[1], but=own)

    assert [await between(0, until) for until in (0, 1, 2)] == [False, False, True]
    assert not await between(1, 2)
    assert not await between(2, 3)  # said in another chat


async def test_an_answered_message_is_never_claimed_again(store):
    await claim(store)
    assert await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    assert not await claim(store, now=LATER)
    assert await take_over(store) == []


async def test_what_people_wrote_is_cleared_with_the_answer(store):
    await claim(store)
    assert (await row_of(store, M1))["payload"] == "what they wrote"
    await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    row = await row_of(store, M1)
    assert (row["payload"], row["outcome"], row["state"], row["answered_at"]) == ("", "card", "answered", NOW)


async def test_a_lease_that_runs_out_is_taken_over_once(store):
    await claim(store)
    assert await take_over(store, now=LATER - timedelta(milliseconds=1)) == []
    assert await take_over(store) == [
        messages.Claimed(
            M1, OutTrackId("card-m1"), ConversationId("cid"), "what they wrote", 2, State.CLAIMED, NOW, Turn.BEGUN
        )
    ]
    assert await take_over(store, owner="c") == []
    assert [claimed.attempt for claimed in await take_over(store, owner="c", now=LATER + LEASE)] == [3]


async def test_the_owner_of_before_is_refused_after_a_take_over(store):
    await claim(store)
    await take_over(store)
    assert not await messages.hold(store, M1, owner="a", attempt=1, now=LATER, lease=LEASE)
    assert not await messages.begin_fallback(store, M1, owner="a", attempt=1)
    assert not await messages.answered(store, M1, owner="a", attempt=1, outcome="late", now=LATER)
    assert not await messages.hold(store, M1, owner="b", attempt=1, now=LATER, lease=LEASE)
    assert await messages.renew(store, owner="a", now=LATER, lease=LEASE) == 0
    assert await messages.hold(store, M1, owner="b", attempt=2, now=LATER, lease=LEASE)
    assert await messages.answered(store, M1, owner="b", attempt=2, outcome="card", now=LATER)
    assert (await row_of(store, M1))["outcome"] == "card"


async def test_a_message_is_answered_once(store):
    await claim(store)
    assert await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    assert not await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    assert not await messages.hold(store, M1, owner="a", attempt=1, now=NOW, lease=LEASE)
    assert not await messages.begin_fallback(store, M1, owner="a", attempt=1)


async def test_hold_renews_the_lease(store):
    await claim(store)
    assert await messages.hold(store, M1, owner="a", attempt=1, now=NOW + LEASE / 2, lease=LEASE)
    assert await take_over(store, now=LATER) == []
    assert len(await take_over(store, now=LATER + LEASE / 2)) == 1


async def test_a_heartbeat_renews_everything_the_owner_holds_and_nothing_else(store):
    await claim(store, M1)
    await claim(store, M2)
    await claim(store, MsgId("of b"), owner="b")
    await messages.answered(store, M2, owner="a", attempt=1, outcome="card", now=NOW)
    assert await messages.renew(store, owner="a", now=LATER, lease=LEASE) == 1
    assert [claimed.msg_id for claimed in await take_over(store, owner="c")] == ["of b"]


async def test_a_released_message_can_be_taken_over_at_once(store):
    await claim(store)
    assert await messages.release(store, owner="a") == 1
    assert [claimed.msg_id for claimed in await take_over(store, now=NOW)] == [M1]
    assert await messages.release(store, owner="a") == 0


async def test_a_fallback_is_begun_once_and_is_seen_by_whoever_takes_over(store):
    await claim(store)
    assert await messages.begin_fallback(store, M1, owner="a", attempt=1)
    assert not await messages.begin_fallback(store, M1, owner="a", attempt=1)
    (taken,) = await take_over(store)
    assert taken.state is State.FALLING_BACK
    assert not await messages.begin_fallback(store, M1, owner="b", attempt=2)
    assert await messages.answered(store, M1, owner="b", attempt=2, outcome="text", now=LATER)


async def test_what_is_no_longer_fresh_is_closed_and_not_given_out(store):
    await claim(store, M1)
    await claim(store, M2, now=LATER)
    assert [claimed.msg_id for claimed in await take_over(store, now=LATER + LEASE, fresh_since=LATER)] == [M2]
    row = await row_of(store, M1)
    assert (row["state"], row["outcome"], row["payload"]) == ("answered", messages.STALE, "")


async def test_a_message_somebody_works_on_is_not_closed_as_stale(store):
    await claim(store)
    assert await take_over(store, now=NOW, fresh_since=LATER) == []
    assert await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=LATER)


async def test_the_oldest_are_taken_over_first_and_no_more_than_the_limit(store):
    for seconds in (3, 1, 2, 0):
        await claim(store, MsgId(f"m{seconds}"), now=NOW + timedelta(seconds=seconds))
    much_later = LATER + LEASE
    assert [claimed.msg_id for claimed in await take_over(store, now=much_later, limit=3)] == ["m0", "m1", "m2"]
    assert [claimed.msg_id for claimed in await take_over(store, now=much_later, limit=3)] == ["m3"]


async def test_old_answers_and_old_cards_are_pruned_and_open_work_is_not(store):
    await claim(store, M1)
    await claim(store, M2)
    await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    for name, made in (("old", NOW), ("new", LATER)):
        await cards.put(
            store, OutTrackId(name), conversation_id=ConversationId("cid"), asker=StaffId("s"), state="{}", now=made
        )
    assert await pruning.prune(store, before=LATER) == 2
    assert await cards.get(store, OutTrackId("old")) is None
    assert await cards.get(store, OutTrackId("new")) is not None
    assert await claim(store, M1)
    assert not await claim(store, M2)


async def test_an_answer_and_its_card_are_kept_together_or_not_at_all(store):
    await claim(store)

    def done(connection, attempt: int) -> bool:
        cards.put_in(
            connection,
            OutTrackId("card"),
            conversation_id=ConversationId("cid"),
            asker=StaffId("s"),
            state="{}",
            now=NOW,
        )
        if not messages.answered_in(connection, M1, owner="a", attempt=attempt, outcome="card", now=NOW):
            raise LookupError("lost")
        return True

    with pytest.raises(LookupError):
        await store.run(lambda connection: done(connection, 2))
    assert await cards.get(store, OutTrackId("card")) is None
    assert await store.run(lambda connection: done(connection, 1))
    assert await cards.get(store, OutTrackId("card")) is not None


async def test_a_naive_time_is_refused(store):
    with pytest.raises(ValueError, match="naive"):
        await claim(store, now=datetime(2026, 3, 16))  # noqa: DTZ001
    assert await claim(store)


async def test_what_is_let_go_is_nobodys_and_taken_over_at_once(store):
    await claim(store)
    assert await messages.let_go(store, M1, owner="a", attempt=1)
    assert not await messages.let_go(store, M1, owner="a", attempt=1)
    assert not await messages.hold(store, M1, owner="a", attempt=1, now=NOW, lease=LEASE)
    assert await messages.renew(store, owner="a", now=NOW, lease=LEASE) == 0
    [taken] = await take_over(store, now=NOW)
    assert (taken.msg_id, taken.attempt) == (M1, 2)


async def test_what_somebody_holds_unanswered_for_long_is_told(store):
    await claim(store)
    await claim(store, M2, now=LATER)
    assert await messages.overdue(store, owner="a", before=NOW) == []
    assert await messages.overdue(store, owner="a", before=LATER) == [(M1, 1)]
    assert await messages.overdue(store, owner="b", before=LATER) == []
    await messages.answered(store, M1, owner="a", attempt=1, outcome="card", now=NOW)
    assert await messages.overdue(store, owner="a", before=LATER) == []
