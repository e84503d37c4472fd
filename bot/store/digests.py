"""Digests as they were set in chats: one row for each place and kind, which goes before the configuration's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.digests import Digest, DigestKey
from bot.model.people import OutTrackId, StaffId
from bot.store import actions
from bot.store.actions import Action, ActionKind, Origin
from bot.store.store import alone
from bot.store.tables import digests

_STORED = TypeAdapter(Digest)


@dataclass(frozen=True, slots=True)
class SetDigest:
    """A digest with who set it last, and when: what was due before is not made up for."""

    digest: Digest
    by: StaffId
    updated_at: datetime


_insert = insert(digests)
_PUT = _insert.on_conflict_do_update(
    index_elements=[digests.c.place],
    set_={name: _insert.excluded[name] for name in ("state", "by", "updated_at")},
)
_columns = sa.select(digests.c.state, digests.c.by, digests.c.updated_at)
_GET = _columns.where(digests.c.place == bindparam("of_place"))
_ALL = _columns.order_by(digests.c.place)
_STAMP = sa.select(sa.func.count(), sa.func.max(digests.c.updated_at)).select_from(digests)


def put_in(
    connection: sa.Connection, digest: Digest, *, by: StaffId, now: datetime, card: OutTrackId | None = None
) -> None:
    """Sets the digest of its place and kind; `card` is where that was asked for."""
    row = {"place": digest.key, "state": _STORED.dump_json(digest).decode(), "by": by, "updated_at": now}
    connection.execute(_PUT, row)
    origin = Origin(digest.chat or digest.place, card)
    about = f"{digest.key} {now.isoformat()}"
    actions.put_in(connection, Action(ActionKind.DIGEST_CHANGED, about, by, now, origin))


def stop_in(connection: sa.Connection, digest: Digest, *, now: datetime) -> None:
    """Turns a digest off that nobody turned off: who set it last stays who did, and nobody acted."""
    kept = get_in(connection, digest.key)
    state = _STORED.dump_json(replace(digest, on=False)).decode()
    row = {"place": digest.key, "state": state, "by": kept.by if kept else "", "updated_at": now}
    connection.execute(_PUT, row)


def get_in(connection: sa.Connection, key: DigestKey) -> SetDigest | None:
    """The digest that was set in a chat; None where none was, or where another version of the bot did so."""
    row = connection.execute(_GET, {"of_place": key}).one_or_none()
    return None if row is None else _set(*row)


def all_in(connection: sa.Connection) -> list[SetDigest]:
    """All that were set in chats and can be read, by place."""
    found = [_set(*row) for row in connection.execute(_ALL)]
    return [each for each in found if each is not None]


def stamp_in(connection: sa.Connection) -> tuple[int, datetime | None]:
    """What is another after every change: how many there are, and when the newest was set."""
    count, newest = connection.execute(_STAMP).one()
    return count, newest


def _set(state: str, by: str, updated_at: datetime) -> SetDigest | None:
    try:
        return SetDigest(_STORED.validate_json(state), StaffId(by), updated_at)
    except ValueError:  # kept by another version
        return None


put = alone(put_in)
get = alone(get_in)
all_set = alone(all_in)
stamp = alone(stamp_in)
