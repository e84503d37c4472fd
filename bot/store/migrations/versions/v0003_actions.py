"""Who is in an event that was made or deleted lately, and the log of actions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds only: a process of the version before goes on working beside this one."""
    op.add_column("bookings", sa.Column("attendees", sa.Text))
    op.add_column("bookings", sa.Column("found_free", sa.Text))
    op.add_column("bookings", sa.Column("changed_at", sa.BigInteger))
    op.create_index("ix_bookings_changed_at", "bookings", ["changed_at"])
    op.create_table(
        "actions",
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.Text),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("card", sa.Text),
        sa.Column("msg_id", sa.Text),
    )
    op.create_index("ix_actions_at", "actions", ["at"])
