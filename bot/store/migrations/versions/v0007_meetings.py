"""What a meeting that lies ahead is called, where it was booked, and which event is moved to another time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds to `bookings`. What was booked before has no title, and the chat of its card."""
    for name in ("title", "zone", "conversation_id", "moves"):
        op.add_column("bookings", sa.Column(name, sa.Text))
    op.create_index("bookings_ahead", "bookings", ["organizer", "slot_end"])
