"""Who had the bot do what, when and where: ids alone, no title, no name, nothing that somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.people import ConversationId, MsgId, OutTrackId, StaffId
from bot.store.store import alone
from bot.store.tables import actions, cards, messages, people


class ActionKind(StrEnum):
    """What was done in somebody's name."""

    BOOKED = "booked"
    MOVED = "moved"  # an event that takes the place of one that is cancelled after it
    CANCELLED = "cancelled"
    ASKED = "asked"  # somebody, privately
    TEAM_CHANGED = "team_changed"
    SETTINGS_CHANGED = "settings_changed"
    DIGEST_CHANGED = "digest_changed"
    SUBSCRIBED = "subscribed"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action came from: the chat, the card, and a message as it was logged.

    That is the one which changed the card last, else the one that the card answers; a card that no message asked for
    has none.
    """

    chat: ConversationId
    card: OutTrackId | None = None
    msg_id: MsgId | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `about` tells it from others of its kind: an event, or whatever else it was done to."""

    kind: ActionKind
    about: str
    by: StaffId
    at: datetime
    origin: Origin
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """An action as it was kept, with the name of who had it done; "" for somebody the store does not know."""

    action: Action
    name: str


# The chat is there for its index: no card is in another chat than its message.
_message_of_card = sa.select(sa.func.min(messages.c.msg_id)).where(
    messages.c.conversation_id == bindparam("of_chat"), messages.c.out_track_id == bindparam("of_card")
)
_told_by = sa.select(cards.c.told_by).where(cards.c.out_track_id == bindparam("of_card"))
_PUT = (
    insert(actions)
    .values(msg_id=sa.func.coalesce(_told_by.scalar_subquery(), _message_of_card.scalar_subquery()))
    .on_conflict_do_nothing(index_elements=[actions.c.action, actions.c.about])
    .execution_options(preserve_rowcount=True)
)
_SINCE = (
    sa.select(*actions.c, people.c.name)
    .outerjoin_from(actions, people, people.c.staff_id == actions.c.by)
    .where(actions.c.at >= bindparam("since", type_=actions.c.at.type))
    .order_by(actions.c.at, actions.c.action, actions.c.about)
)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def put_in(connection: sa.Connection, action: Action) -> bool:
    """Logs an action in the transaction that does it; False for one that is logged already, which stays as it was."""
    origin = action.origin
    row = {
        "action": action.kind.value,
        "about": action.about,
        "by": action.by,
        "at": action.at,
        "event_id": action.event_id,
        "conversation_id": origin.chat,
        "card": origin.card,
        "of_chat": origin.chat,
        "of_card": origin.card,
    }
    return connection.execute(_PUT, row).rowcount == 1


def since_in(connection: sa.Connection, since: datetime | None = None) -> list[Logged]:
    """What was done at `since` or later, or all that is kept; the oldest first."""
    return [_logged(row) for row in connection.execute(_SINCE, {"since": since or _BEGINNING})]


def _logged(row: sa.Row[*tuple[Any, ...]]) -> Logged:
    origin = Origin(ConversationId(row.conversation_id), row.card, row.msg_id)
    action = Action(ActionKind(row.action), row.about, StaffId(row.by), row.at, origin, row.event_id)
    return Logged(action, row.name or "")


put = alone(put_in)
since = alone(since_in)
