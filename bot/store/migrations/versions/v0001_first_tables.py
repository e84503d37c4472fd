"""Messages, people, cards, bookings and the count of calls."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first tables. Instants are milliseconds since 1970 in UTC."""
    op.create_table(
        "messages",
        sa.Column("msg_id", sa.Text, primary_key=True),
        sa.Column("out_track_id", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("answered_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('claimed', 'falling_back', 'answered')", name="messages_state"),
    )
    op.create_index("messages_spoken", "messages", ["conversation_id", "received_at"])
    unfinished = sa.text("state != 'answered'")
    op.create_index(
        "messages_unfinished", "messages", ["lease_until"], sqlite_where=unfinished, postgresql_where=unfinished
    )
    op.create_table(
        "people",
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("union_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("indexed_at", sa.BigInteger),
    )
    op.create_index("ix_people_indexed_at", "people", ["indexed_at"])
    op.create_table(
        "indexing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("indexed_at", sa.BigInteger),
    )
    op.create_table(
        "readings",
        sa.Column("sign", sa.Text, primary_key=True),
        sa.Column("spelt", sa.Text, nullable=False),
    )
    op.create_table(
        "cards",
        sa.Column("out_track_id", sa.Text, primary_key=True),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger),
    )
    due = sa.text("due_at IS NOT NULL")
    op.create_index("cards_due", "cards", ["due_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "last_requests",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("asker", sa.Text, primary_key=True),
        sa.Column("card", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("heard_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "bookings",
        sa.Column("card", sa.Text, primary_key=True),
        sa.Column("slot_start", sa.BigInteger, primary_key=True),
        sa.Column("slot_end", sa.BigInteger, primary_key=True),
        sa.Column("organizer", sa.Text, nullable=False),
        sa.Column("people", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.Text),
        sa.Column("booked_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('holding', 'creating', 'booked', 'released')", name="bookings_state"),
    )
    op.create_index("ix_bookings_lease_until", "bookings", ["lease_until"])
    op.create_index("ix_bookings_event_id", "bookings", ["event_id"])
    op.create_table(
        "watches",
        sa.Column("card", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("out_track_id", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_watches_next_at", "watches", ["next_at"])
    op.create_table(
        "rosters",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("present", sa.Boolean, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "chat_settings",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("before", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "hidden",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, primary_key=True),
    )
    op.create_table(
        "digests",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_digests_updated_at", "digests", ["updated_at"])
    op.create_table(
        "digest_runs",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("failed", sa.Boolean, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("out_track_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("sent_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('claimed', 'retry', 'sent', 'skipped')", name="digest_runs_state"),
    )
    op.create_index("ix_digest_runs_due_at", "digest_runs", ["due_at"])
    open_run = sa.text("state IN ('claimed', 'retry')")
    op.create_index(
        "digest_runs_open", "digest_runs", ["lease_until"], sqlite_where=open_run, postgresql_where=open_run
    )
    op.create_table(
        "calls",
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("api", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
