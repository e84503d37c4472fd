"""What is old is deleted, a slice of a table at a time, so that no message waits for more than one slice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.store.messages import State
from bot.store.store import Store
from bot.store.tables import actions, bookings, cards, digest_runs, last_requests, messages

SLICE = 1000
"""Rows that are looked at in one transaction: some milliseconds."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which rows of a table are old: those for which `old` holds of `:before`."""

    table: sa.Table
    old: sa.ColumnElement[bool]

    @property
    def key(self) -> sa.Tuple:
        """The primary key, in whose order the table is gone through: its index is there, and no row is met twice."""
        return sa.tuple_(*self.table.primary_key.columns)


_BEFORE: sa.BindParameter[datetime] = bindparam("before")
_RULES = (
    _Rule(messages, (messages.c.state == State.ANSWERED) & (messages.c.answered_at < _BEFORE)),
    _Rule(cards, cards.c.created_at < _BEFORE),
    _Rule(last_requests, last_requests.c.asked_at < _BEFORE),
    _Rule(bookings, bookings.c.slot_end < _BEFORE),
    _Rule(digest_runs, digest_runs.c.due_at < _BEFORE),
    _Rule(actions, actions.c.at < _BEFORE),
)


@dataclass(frozen=True, slots=True)
class _Pruned:
    """How many rows of a slice are gone, and its last key; None at the end of the table."""

    rows: int
    last: Sequence[Any] | None


async def prune(store: Store, *, before: datetime) -> int:
    """Deletes messages answered, cards made, requests asked, slots over, digests due, things done before then.

    Gives how many rows. Where it is cut off, the next time begins anew. Raises StoreError.
    """
    gone = 0
    for rule in _RULES:
        pruned = await store.run(partial(_prune, rule, None, before))
        gone += pruned.rows
        while pruned.last is not None:
            pruned = await store.run(partial(_prune, rule, pruned.last, before))
            gone += pruned.rows
    return gone


def _prune(rule: _Rule, after: Sequence[Any] | None, before: datetime, connection: sa.Connection) -> _Pruned:
    """One slice: the rows behind `after`."""
    columns = list(rule.table.primary_key.columns)
    behind = sa.true() if after is None else rule.key > _key(columns, after)
    last = connection.execute(sa.select(*columns).where(behind).order_by(*columns).offset(SLICE - 1).limit(1)).first()
    upto = sa.true() if last is None else rule.key <= _key(columns, last)
    deleted = connection.execute(sa.delete(rule.table).where(behind, upto, rule.old), {"before": before})
    return _Pruned(deleted.rowcount, last)


def _key(columns: Sequence[sa.Column[Any]], values: Sequence[Any]) -> sa.Tuple:
    return sa.tuple_(*(sa.literal(value, column.type) for column, value in zip(columns, values, strict=True)))
