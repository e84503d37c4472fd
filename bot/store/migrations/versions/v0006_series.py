"""The other times of a series that is being booked or was."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds to `bookings`. The version before books single meetings only, of which there are none."""
    op.add_column("bookings", sa.Column("later", sa.Text))
