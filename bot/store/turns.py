"""Turns: what one person says in one chat is answered in the order in which it was said, whichever process holds it.

A message's turn has come when no unanswered one of the same person in the same chat has begun, and none that waits was
said before it. People of another organisation (sender "") have no order, as nobody can tell two of them apart. The
rule stands in the statement that claims a message or begins it, and not in a queue: replicas share a person.
"""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.people import ConversationId, MsgId, StaffId
from bot.store.store import alone
from bot.store.tables import Instant, is_unfinished, messages


class Turn(StrEnum):
    """Where a message stands among those of its person and chat."""

    WAITING = "waiting"
    BEGUN = "begun"
    ASIDE = "aside"  # it is still to be answered, and holds nobody up


_columns = messages.c
is_held = sa.and_(
    _columns.msg_id == bindparam("id"),
    _columns.owner == bindparam("holder"),
    _columns.attempt == bindparam("try"),
    is_unfinished,
)
"""The one message of an id, while a holder has it at an attempt: what fences off who was thought dead."""

_other = messages.alias("other")
# Literals, not parameters, for the reason that `is_unfinished` has.
_is_open = _other.c.state != sa.literal_column("'answered'")
_waiting = sa.literal_column("'waiting'", sa.Text)
_begun = sa.literal_column("'begun'", sa.Text)
_aside = sa.literal_column("'aside'", sa.Text)


def _goes_before(msg_id: object, *, chat: object, sender: object, said_at: object, received_at: object) -> sa.Exists:
    """True where another message is to be answered before the one of that id, chat, sender and time."""
    earlier = sa.tuple_(_other.c.said_at, _other.c.received_at, _other.c.msg_id) < sa.tuple_(
        said_at, received_at, msg_id
    )
    return sa.exists().where(
        _other.c.conversation_id == chat,
        _other.c.sender == sender,
        _other.c.msg_id != msg_id,
        _is_open,
        sa.or_(_other.c.turn == _begun, sa.and_(_other.c.turn == _waiting, earlier)),
    )


turn_of_a_new_one = sa.case(
    (
        _goes_before(
            bindparam("id", type_=sa.Text),
            chat=bindparam("chat", type_=sa.Text),
            sender=bindparam("person", type_=sa.Text),
            said_at=bindparam("said", type_=Instant),
            received_at=bindparam("at", type_=Instant),
        ),
        _waiting,
    ),
    else_=_begun,
)
"""The turn of a message as it is claimed; takes `id`, `chat`, `person`, `said` and `at`, the time of receipt."""

_LOCK = sa.select(
    sa.func.pg_try_advisory_xact_lock(sa.func.hashtextextended(bindparam("key", type_=sa.Text), sa.literal_column("0")))
)
_waits = sa.update(messages).where(is_held, _columns.turn == _waiting).values(turn=_begun)
_BEGIN = _waits.where(
    ~_goes_before(
        _columns.msg_id,
        chat=_columns.conversation_id,
        sender=_columns.sender,
        said_at=_columns.said_at,
        received_at=_columns.received_at,
    )
)
_BEGIN_REGARDLESS = _waits
_MAKE_ROOM = (
    sa.update(messages)
    .where(
        _columns.conversation_id == bindparam("chat"),
        _columns.sender == bindparam("person"),
        is_unfinished,
        _columns.turn == _begun,
    )
    .values(turn=_aside)
)
_IS_WAITING = sa.select(sa.literal(1)).where(is_held, _columns.turn == _waiting)
_WAIT = sa.update(messages).where(is_held, _columns.turn == _begun).values(turn=_waiting)
_STEP_ASIDE = sa.update(messages).where(is_held).values(turn=_aside)


def lock_in(connection: sa.Connection, conversation_id: ConversationId, sender: StaffId) -> bool:
    """True where nobody else gives turns of this person and chat until the end of the transaction.

    On PostgreSQL a lock, taken in a statement of its own so that the next one sees what its last holder committed. It
    is tried and never waited for: a transaction holds those of up to 128 calls, and two that wait for each other's
    would stand still. SQLite lets one transaction write at a time.
    """
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(_LOCK, {"key": f"{conversation_id}|{sender}"}))


def begin_in(
    connection: sa.Connection,
    msg_id: MsgId,
    *,
    owner: str,
    attempt: int,
    conversation_id: ConversationId,
    sender: StaffId,
) -> bool:
    """True where the message waited, is ours, and has begun, as its turn had come; False: it may be tried again."""
    if not lock_in(connection, conversation_id, sender):
        return False
    return connection.execute(_BEGIN, _holder(msg_id, owner, attempt)).rowcount == 1


def begin_regardless_in(
    connection: sa.Connection,
    msg_id: MsgId,
    *,
    owner: str,
    attempt: int,
    conversation_id: ConversationId,
    sender: StaffId,
) -> Turn | None:
    """BEGUN, where the message waited and is ours: what had begun before it and is not answered steps aside.

    WAITING where somebody gives a turn of the same person and chat just now; None where it is no longer ours, or waits
    no more.
    """
    held = _holder(msg_id, owner, attempt)
    if connection.scalar(_IS_WAITING, held) is None:
        return None
    if not lock_in(connection, conversation_id, sender):
        return Turn.WAITING
    connection.execute(_MAKE_ROOM, {"chat": conversation_id, "person": sender})
    return Turn.BEGUN if connection.execute(_BEGIN_REGARDLESS, held).rowcount == 1 else None


def wait_in(connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int) -> bool:
    """True where the message had begun, is ours, and waits from now on."""
    return connection.execute(_WAIT, _holder(msg_id, owner, attempt)).rowcount == 1


def step_aside_in(connection: sa.Connection, msg_id: MsgId, *, owner: str, attempt: int) -> bool:
    """True where the message is ours; it holds up nobody from now on."""
    return connection.execute(_STEP_ASIDE, _holder(msg_id, owner, attempt)).rowcount == 1


def _holder(msg_id: MsgId, owner: str, attempt: int) -> dict[str, object]:
    return {"id": msg_id, "holder": owner, "try": attempt}


begin = alone(begin_in)
begin_regardless = alone(begin_regardless_in)
wait = alone(wait_in)
step_aside = alone(step_aside_in)
