"""The tables and the one type for instants; migrations/versions holds how a database comes to have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as milliseconds since 1970 in UTC and given back in UTC; finer parts are cut off.

    A number means the same on SQLite and PostgreSQL, whatever zone a session is in. Raises ValueError for a naive
    datetime.
    """

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        """Milliseconds since 1970."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"found a naive time {value!r}, expected an aware one")
        return (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """The instant in UTC."""
        return None if value is None else _EPOCH + value * _MILLISECOND


metadata = sa.MetaData()

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("msg_id", sa.Text, primary_key=True),
    sa.Column("out_track_id", sa.Text, nullable=False),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("lease_until", Instant, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("answered_at", Instant),
    sa.Column("said_at", Instant, nullable=False, server_default="0"),
    sa.Column("turn", sa.Text, nullable=False, server_default="begun"),
    sa.CheckConstraint("state IN ('claimed', 'falling_back', 'answered')", name="messages_state"),
    sa.Index("messages_spoken", "conversation_id", "received_at"),
)
"""One row for each message that was delivered; the primary key is what makes a claim. `sender`: "" for an outsider.

`received_at` is our time, `said_at` DingTalk's; `turn` is one of turns.Turn. The defaults are for a process of the
version before, which writes neither.
"""

# Literal, not a parameter: only so can the two databases see that the partial index serves the query.
is_unfinished = messages.c.state != sa.literal_column("'answered'")
sa.Index("messages_unfinished", messages.c.lease_until, sqlite_where=is_unfinished, postgresql_where=is_unfinished)
sa.Index(
    "messages_turns",
    messages.c.conversation_id,
    messages.c.sender,
    sqlite_where=is_unfinished,
    postgresql_where=is_unfinished,
)

people = sa.Table(
    "people",
    metadata,
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("union_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("indexed_at", Instant, index=True),
)
"""Who was met so far. `place` is their department and title; `indexed_at` is set by the reading that listed them."""

indexing = sa.Table(
    "indexing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("indexed_at", Instant),
)
"""One row: when the organisation was last begun to be read, and the beginning of the last reading that ended."""

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("sign", sa.Text, primary_key=True),
    sa.Column("spelt", sa.Text, nullable=False),
)
"""Chinese signs of names with their pinyin, the readings of one separated by spaces."""

cards = sa.Table(
    "cards",
    metadata,
    sa.Column("out_track_id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("asker", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("due_at", Instant),
    sa.Column("told_by", sa.Text),
    sa.Column("deed_due_at", Instant),
)
"""What a card's buttons need to know when somebody presses one. `told_by` is the message that changed it last.

`deed_due_at`: whoever works on it has until then. `due_at` says the same of rows of the version before, which settles
what is due and cannot be read by it.
"""

was_due = cards.c.due_at.is_not(None)
sa.Index("cards_due", cards.c.due_at, sqlite_where=was_due, postgresql_where=was_due)
is_due = cards.c.deed_due_at.is_not(None)
sa.Index("cards_deed_due", cards.c.deed_due_at, sqlite_where=is_due, postgresql_where=is_due)

last_requests = sa.Table(
    "last_requests",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("asker", sa.Text, primary_key=True),
    sa.Column("card", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("heard_at", Instant, nullable=False),
)
"""What somebody asked last in a chat, for the follow-up that changes one thing of it.

`card` is the card that answered it, which knows what it shows by now; `state` is the question where there is none.
`asked_at` is DingTalk's time of the message, `heard_at` ours, the same clock as `messages.received_at`.
"""

bookings = sa.Table(
    "bookings",
    metadata,
    sa.Column("card", sa.Text, primary_key=True),
    sa.Column("slot_start", Instant, primary_key=True),
    sa.Column("slot_end", Instant, primary_key=True),
    sa.Column("organizer", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("lease_until", Instant, nullable=False, index=True),
    sa.Column("event_id", sa.Text, index=True),
    sa.Column("booked_at", Instant),
    sa.Column("attendees", sa.Text),
    sa.Column("found_free", sa.Text),
    sa.Column("changed_at", Instant, index=True),
    sa.Column("later", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("zone", sa.Text),
    sa.Column("conversation_id", sa.Text),
    sa.Column("moves", sa.Text),
    sa.Column("details", sa.Text),
    sa.Column("responses", sa.Text),
    sa.Column("look_at", Instant),
    sa.Column("room", sa.Text),
    sa.CheckConstraint("state IN ('holding', 'creating', 'booked', 'released')", name="bookings_state"),
    sa.Index("bookings_ahead", "organizer", "slot_end"),
)
"""Slots of cards that are being booked or were. `people`, a JSON list of staffIds, are in one such at a time.

Of the event that was made last: `attendees` are all who were invited and the organizer, `found_free` those who were
read and free just before (JSON lists), `changed_at` is when it was made, or when it began to be deleted. `later` are
the other times of a series, a JSON list of when each starts; each is as long as the first. `title` is in the
organizer's own words and kept only while the meeting lies ahead; `zone` is the one it was ordered in, in the chat
`conversation_id`. `moves` is an event that is given this time instead of its own; it stands in `event_id` until a new
one has to be made in its place. `details` is how it is held and `responses` what its guests had replied when that was
read last (JSON objects), and `room` the meeting room that it has, all three kept as long as `title`. `look_at` is when
the replies are looked at without being asked for, NULL once they were.
"""

is_looked_at = bookings.c.look_at.is_not(None)
sa.Index("bookings_look", bookings.c.look_at, sqlite_where=is_looked_at, postgresql_where=is_looked_at)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("card", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("out_track_id", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("next_at", Instant, nullable=False, index=True),
    sa.Column("looks", sa.Integer, nullable=False, server_default="0"),
)
"""Who wants to be told when what a card is about comes true; `next_at` is when it is looked at again, after `looks`."""

rosters = sa.Table(
    "rosters",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
"""Who was added to the team of a chat (`present`) or removed from it, and by whom."""

chat_settings = sa.Table(
    "chat_settings",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text),
    sa.Column("before", sa.Text),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
"""What was set in a chat (`locale`, `timezone`), what it was `before`, and by whom; `value` is NULL once taken back."""

own_hours = sa.Table(
    "own_hours",
    metadata,
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("value", sa.Text),
    sa.Column("before", sa.Text),
    sa.Column("at", Instant, nullable=False),
)
"""What somebody has said of their own working time (JSON), and had said `before`; NULL: nothing."""

hidden = sa.Table(
    "hidden",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, primary_key=True),
)
"""Who wants to be left out of a chat's digest."""

organisations = sa.Table(
    "organisations",
    metadata,
    sa.Column("client_id", sa.Text, primary_key=True),
    sa.Column("corp_id", sa.Text, nullable=False),
)
"""Which organisation an app belongs to."""

opt_outs = sa.Table(
    "opt_outs",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)
"""Who does not want to be shown in the answers of a chat; without a conversation in those of any."""

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("updated_at", Instant, nullable=False, index=True),
)
"""Digests as they were set in chats. `place` is what `Digest.key` says, `state` the digest as JSON text.

`by` is the staffId of whoever set it last.
"""

digest_runs = sa.Table(
    "digest_runs",
    metadata,
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("due_at", Instant, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("failed", sa.Boolean, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("lease_until", Instant, nullable=False),
    sa.Column("out_track_id", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("sent_at", Instant),
    sa.CheckConstraint("state IN ('claimed', 'retry', 'sent', 'skipped')", name="digest_runs_state"),
)
"""One row for each digest and local day ("2026-03-16"): the primary key is why a place has one of each kind a day.

`place` is what `Digest.key` says, or what a notice is called.

`failed`: its card is there and says that calendars could not be read; such a row is tried once more at `lease_until`.
"""

# Literal for the same reason as above.
is_open_run = digest_runs.c.state.in_([sa.literal_column("'claimed'"), sa.literal_column("'retry'")])
sa.Index("digest_runs_open", digest_runs.c.lease_until, sqlite_where=is_open_run, postgresql_where=is_open_run)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("action", sa.Text, primary_key=True),
    sa.Column("about", sa.Text, primary_key=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("event_id", sa.Text),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("card", sa.Text),
    sa.Column("msg_id", sa.Text),
)
"""Who had the bot do what, by ids alone. `about` tells one action from the next, and a repeat from a new one."""

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("month", sa.Text, primary_key=True),
    sa.Column("api", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)
"""Calls made to DingTalk, by month ("2026-03") and api."""

pushes = sa.Table(
    "pushes",
    metadata,
    sa.Column("month", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)
"""What DingTalk delivered, by month ("2026-03") and kind."""

shares = sa.Table(
    "shares",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("staff_id", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("told_about", sa.Text),
)
"""Calls that a person caused on a day ("2026-03-16"), and the message that was answered by saying so."""

schema_version = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
"""Alembic's own table; it holds one row."""
