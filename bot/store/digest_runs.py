"""Digests on their way: one row for each place and local day, claimed before anything is done and sent once.

claimed -> sent, claimed -> retry -> claimed -> sent where calendars could not be read, or skipped. A claim is a lease:
whoever holds it renews it, and one that runs out is taken over with the attempt counted up. Owner and attempt together
fence off a holder that was thought dead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import OutTrackId
from bot.store.store import alone
from bot.store.tables import digest_runs, is_open_run

STALE = "stale"
"""The outcome of a digest that was claimed and not finished while it was of use."""


class RunState(StrEnum):
    """How far the digest of a day has come."""

    CLAIMED = "claimed"
    RETRY = "retry"  # its card says that calendars could not be read
    SENT = "sent"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Run:
    """The digest of one day: `place` is its `Digest.key`, or what a notice is called.

    `attempt` is 0 before it is claimed; `failed`: its card shows no data yet.
    """

    place: str
    day: date
    due_at: datetime
    out_track_id: OutTrackId
    attempt: int = 0
    failed: bool = False


_columns = digest_runs.c
_lease_over = datetime.fromtimestamp(0, UTC)
_INSERT = (
    insert(digest_runs)
    .on_conflict_do_nothing(index_elements=[_columns.place, _columns.day])
    .returning(_columns.place, _columns.day)
)
_held = sa.update(digest_runs).where(
    _columns.place == bindparam("of_place"),
    _columns.day == bindparam("of_day"),
    _columns.owner == bindparam("holder"),
    _columns.attempt == bindparam("try"),
    _columns.state == RunState.CLAIMED.value,
)
_HOLD = _held.values(lease_until=bindparam("until"))
_POSTPONE = _held.values(owner="", lease_until=bindparam("until"))
_RETRY = _held.values(state=RunState.RETRY.value, failed=sa.true(), lease_until=bindparam("until"))
_SENT = _held.values(state=RunState.SENT.value, outcome=bindparam("result"), sent_at=bindparam("at"))
_AMEND = (
    sa.update(digest_runs)
    .where(
        _columns.place == bindparam("of_place"),
        _columns.day == bindparam("of_day"),
        _columns.owner == bindparam("holder"),
        _columns.attempt == bindparam("try"),
        _columns.state == RunState.SENT.value,
    )
    .values(outcome=bindparam("result"))
)
_owned = sa.update(digest_runs).where(
    _columns.owner == bindparam("holder"), _columns.state == RunState.CLAIMED.value, is_open_run
)
_RENEW = _owned.values(lease_until=bindparam("until"))
_RELEASE = _owned.values(lease_until=_lease_over)
_expired = is_open_run & (_columns.lease_until <= bindparam("at"))
_GIVE_UP = (
    sa.update(digest_runs)
    .where(_expired, _columns.due_at < bindparam("fresh_since"))
    .values(
        state=sa.case((_columns.failed, RunState.SENT.value), else_=RunState.SKIPPED.value),
        outcome=sa.case((_columns.failed, "failed"), else_=STALE),
    )
)
_oldest = (
    sa.select(_columns.place, _columns.day)
    .where(_expired)
    .order_by(_columns.due_at, _columns.place)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # says nothing on SQLite, where one process writes at a time
    .cte("oldest")
    .prefix_with("MATERIALIZED")  # or PostgreSQL may run it again for each row, past the limit
)
_TAKE_OVER = (
    sa.update(digest_runs)
    .where(sa.tuple_(_columns.place, _columns.day).in_(sa.select(_oldest.c.place, _oldest.c.day)))
    .values(
        state=RunState.CLAIMED.value,
        owner=bindparam("holder"),
        attempt=_columns.attempt + 1,
        lease_until=bindparam("until"),
    )
    .returning(_columns.place, _columns.day, _columns.due_at, _columns.out_track_id, _columns.attempt, _columns.failed)
)
_NEWEST = sa.select(_columns.place, sa.func.max(_columns.due_at)).group_by(_columns.place)
_LAST_DAY = sa.select(sa.func.max(_columns.day)).where(_columns.place == bindparam("of_place"))
_RUNS = sa.select(_columns.place, _columns.day, _columns.state, _columns.outcome).order_by(
    _columns.due_at, _columns.place
)


def claim_in(
    connection: sa.Connection, runs: Sequence[Run], *, owner: str, now: datetime, lease: timedelta
) -> list[Run]:
    """Those of `runs` that nobody had, now ours as attempt 1, in the given order."""
    return [_first(run) for run in _insert_new(connection, runs, RunState.CLAIMED, owner=owner, until=now + lease)]


def skip_in(connection: sa.Connection, runs: Sequence[Run], *, owner: str) -> list[Run]:
    """Records those of `runs` that nobody had as skipped, since it is too late for them; which ones those are."""
    return _insert_new(connection, runs, RunState.SKIPPED, owner=owner, until=_lease_over)


def hold_in(connection: sa.Connection, run: Run, *, owner: str, now: datetime, lease: timedelta) -> bool:
    """True where the digest is still ours, with its lease renewed: asked just before something is sent."""
    return connection.execute(_HOLD, _holder(run, owner) | {"until": now + lease}).rowcount == 1


def postpone_in(connection: sa.Connection, run: Run, *, owner: str, until: datetime) -> bool:
    """Lets go of a digest that could not be sent; from `until` anybody may try. False where it is not ours."""
    return connection.execute(_POSTPONE, _holder(run, owner) | {"until": until}).rowcount == 1


def retry_in(connection: sa.Connection, run: Run, *, owner: str, at: datetime) -> bool:
    """Leaves a digest whose card says that nothing could be read to whoever comes at `at`; False if it is not ours."""
    return connection.execute(_RETRY, _holder(run, owner) | {"until": at}).rowcount == 1


def sent_in(connection: sa.Connection, run: Run, *, owner: str, outcome: str, now: datetime) -> bool:
    """True where the digest was ours and is now done."""
    return connection.execute(_SENT, _holder(run, owner) | {"result": outcome, "at": now}).rowcount == 1


def amend_in(connection: sa.Connection, run: Run, *, owner: str, outcome: str) -> None:
    """Another outcome for a digest that is done, by whoever did it."""
    connection.execute(_AMEND, _holder(run, owner) | {"result": outcome})


def renew_in(connection: sa.Connection, *, owner: str, now: datetime, lease: timedelta) -> int:
    """Extends the lease of everything that `owner` is working on; how many those are."""
    return connection.execute(_RENEW, {"holder": owner, "until": now + lease}).rowcount


def release_in(connection: sa.Connection, *, owner: str) -> int:
    """Ends the leases of everything that `owner` is working on, at a clean stop; how many those are."""
    return connection.execute(_RELEASE, {"holder": owner}).rowcount


def take_over_in(
    connection: sa.Connection,
    *,
    owner: str,
    now: datetime,
    lease: timedelta,
    fresh_since: datetime,
    limit: int = 1000,
) -> list[Run]:
    """Up to `limit` digests whose lease has run out, now ours, those due first in front.

    Those due before `fresh_since` are not given out but closed: too late.
    """
    connection.execute(_GIVE_UP, {"at": now, "fresh_since": fresh_since})
    taken = connection.execute(_TAKE_OVER, {"at": now, "holder": owner, "until": now + lease, "most": limit})
    return sorted((_run(*row) for row in taken), key=lambda run: (run.due_at, run.place))


def newest_in(connection: sa.Connection) -> dict[str, datetime]:
    """When the newest digest of each place that has had one was due."""
    return {str(place): due_at for place, due_at in connection.execute(_NEWEST)}


def last_day_in(connection: sa.Connection, place: str) -> date | None:
    """The last day of which that place has had a digest, or one was skipped; None for none."""
    day = connection.scalar(_LAST_DAY, {"of_place": place})
    return None if day is None else date.fromisoformat(day)


def outcomes_in(connection: sa.Connection) -> dict[tuple[str, date], str]:
    """What became of every digest that is kept: its outcome, or how far it has come, by place and day."""
    return {(row.place, date.fromisoformat(row.day)): row.outcome or row.state for row in connection.execute(_RUNS)}


def _insert_new(
    connection: sa.Connection, runs: Sequence[Run], state: RunState, *, owner: str, until: datetime
) -> list[Run]:
    rows = {
        (run.place, run.day.isoformat()): {
            "place": run.place,
            "day": run.day.isoformat(),
            "due_at": run.due_at,
            "state": state.value,
            "failed": False,
            "owner": owner,
            "attempt": 1,
            "lease_until": until,
            "out_track_id": run.out_track_id,
        }
        for run in runs
    }
    if not rows:
        return []
    # In one order everywhere, or two replicas may wait for each other's rows.
    new = {tuple(row) for row in connection.execute(_INSERT, [rows[key] for key in sorted(rows)])}
    return [run for run in runs if (run.place, run.day.isoformat()) in new]


def _first(run: Run) -> Run:
    return Run(run.place, run.day, run.due_at, run.out_track_id, 1)


def _run(place: str, day: str, due_at: datetime, out_track_id: str, attempt: int, failed: bool) -> Run:
    return Run(place, date.fromisoformat(day), due_at, OutTrackId(out_track_id), attempt, failed)


def _holder(run: Run, owner: str) -> dict[str, object]:
    return {"of_place": run.place, "of_day": run.day.isoformat(), "holder": owner, "try": run.attempt}


claim = alone(claim_in)
skip = alone(skip_in)
hold = alone(hold_in)
postpone = alone(postpone_in)
retry = alone(retry_in)
sent = alone(sent_in)
renew = alone(renew_in)
release = alone(release_in)
take_over = alone(take_over_in)
newest = alone(newest_in)
last_day = alone(last_day_in)
outcomes = alone(outcomes_in)
