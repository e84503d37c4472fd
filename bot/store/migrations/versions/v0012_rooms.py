"""The room of a meeting that lies ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds to `bookings`. What was booked before has no room that the bot knows of."""
    op.add_column("bookings", sa.Column("room", sa.Text))
