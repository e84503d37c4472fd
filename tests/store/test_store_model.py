"""The table of messages behaves like a dictionary with a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.store import messages
from bot.store.database import Database, parse_url
from bot.store.messages import State
from bot.store.writer import Failure, run_together

LEASE = timedelta(seconds=10)
FRESH = timedelta(seconds=25)
ids = st.sampled_from(["m1", "m2", "m3"])
owners = st.sampled_from(["a", "b"])
attempts = st.integers(1, 3)


@dataclass
class Known:
    """What should be in the table about one message."""

    owner: str
    lease_until: datetime
    received_at: datetime
    attempt: int = 1
    state: State = State.CLAIMED
    outcome: str | None = None

    def is_held_by(self, owner: str, attempt: int) -> bool:
        return self.state is not State.ANSWERED and (self.owner, self.attempt) == (owner, attempt)


class MessageTable(RuleBasedStateMachine):
    """Each rule does the same to the table and to `known`, and compares what they answer."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(parse_url("sqlite://"))
        self.known: dict[str, Known] = {}
        self.now = datetime(2026, 3, 16, tzinfo=UTC)

    def teardown(self) -> None:
        self.database.close()

    def run(self, work: Any, *arguments: object, **keywords: object) -> Any:
        (result,) = run_together(self.database, [lambda connection: work(connection, *arguments, **keywords)])
        assert not isinstance(result, Failure), result
        return result

    def held(self, msg_id: str, owner: str, attempt: int) -> Known | None:
        known = self.known.get(msg_id)
        return known if known and known.is_held_by(owner, attempt) else None

    @rule(seconds=st.sampled_from([1, 5, 10, 30]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(msg_id=ids, owner=owners)
    def claim(self, msg_id: str, owner: str) -> None:
        ours = self.run(
            messages.claim_in,
            msg_id,
            out_track_id="card",
            conversation_id="cid",
            payload="words",
            owner=owner,
            now=self.now,
            lease=LEASE,
            said_at=self.now,
        )
        assert bool(ours) == (msg_id not in self.known)
        self.known.setdefault(msg_id, Known(owner, self.now + LEASE, self.now))

    @rule(msg_id=ids, owner=owners, attempt=attempts)
    def hold(self, msg_id: str, owner: str, attempt: int) -> None:
        known = self.held(msg_id, owner, attempt)
        ours = self.run(messages.hold_in, msg_id, owner=owner, attempt=attempt, now=self.now, lease=LEASE)
        assert ours == (known is not None)
        if known:
            known.lease_until = self.now + LEASE

    @rule(msg_id=ids, owner=owners, attempt=attempts)
    def begin_fallback(self, msg_id: str, owner: str, attempt: int) -> None:
        known = self.held(msg_id, owner, attempt)
        begun = self.run(messages.begin_fallback_in, msg_id, owner=owner, attempt=attempt)
        assert begun == (known is not None and known.state is State.CLAIMED)
        if known:
            known.state = State.FALLING_BACK

    @rule(msg_id=ids, owner=owners, attempt=attempts)
    def answered(self, msg_id: str, owner: str, attempt: int) -> None:
        known = self.held(msg_id, owner, attempt)
        done = self.run(messages.answered_in, msg_id, owner=owner, attempt=attempt, outcome="card", now=self.now)
        assert done == (known is not None)
        if known:
            known.state, known.outcome = State.ANSWERED, "card"

    @rule(owner=owners)
    def renew(self, owner: str) -> None:
        mine = [known for known in self.known.values() if known.is_held_by(owner, known.attempt)]
        assert self.run(messages.renew_in, owner=owner, now=self.now, lease=LEASE) == len(mine)
        for known in mine:
            known.lease_until = self.now + LEASE

    @rule(owner=owners)
    def release(self, owner: str) -> None:
        mine = [known for known in self.known.values() if known.is_held_by(owner, known.attempt)]
        assert self.run(messages.release_in, owner=owner) == len(mine)
        for known in mine:
            known.lease_until = datetime.fromtimestamp(0, UTC)

    @rule(owner=owners, limit=st.integers(1, 3))
    def take_over(self, owner: str, limit: int) -> None:
        since = self.now - FRESH
        work = partial(messages.take_over_in, owner=owner, now=self.now, lease=LEASE, fresh_since=since, limit=limit)
        taken = self.run(work)
        expired = {
            msg_id: known
            for msg_id, known in self.known.items()
            if known.state is not State.ANSWERED and known.lease_until <= self.now
        }
        for known in expired.values():
            if known.received_at < since:
                known.state, known.outcome = State.ANSWERED, messages.STALE
        open_ones = {msg_id: known for msg_id, known in expired.items() if known.state is not State.ANSWERED}
        assert len(taken) == min(limit, len(open_ones))
        for claimed in taken:
            known = open_ones[claimed.msg_id]
            known.owner, known.attempt, known.lease_until = owner, known.attempt + 1, self.now + LEASE
            assert (claimed.attempt, claimed.state, claimed.received_at) == (
                known.attempt,
                known.state,
                known.received_at,
            )

    @invariant()
    def the_table_holds_what_is_known(self) -> None:
        table = messages.messages
        rows = self.run(lambda connection: connection.execute(table.select()).mappings().all())
        found = {
            row["msg_id"]: Known(
                row["owner"],
                row["lease_until"],
                row["received_at"],
                row["attempt"],
                State(row["state"]),
                row["outcome"],
            )
            for row in rows
        }
        assert found == self.known
        assert all((row["payload"] == "") == (row["state"] == State.ANSWERED) for row in rows)


MessageTable.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestMessageTable = MessageTable.TestCase
