"""How a meeting is held, what its guests replied, and when that is looked at without being asked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds to `bookings`. Of what was booked before nothing is known but its title, and no reply is looked at."""
    for name in ("details", "responses"):
        op.add_column("bookings", sa.Column(name, sa.Text))
    op.add_column("bookings", sa.Column("look_at", sa.BigInteger))
    wanted = sa.text("look_at IS NOT NULL")
    op.create_index("bookings_look", "bookings", ["look_at"], sqlite_where=wanted, postgresql_where=wanted)
