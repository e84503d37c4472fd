"""What people say of their own working time."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds `own_hours`."""
    op.create_table(
        "own_hours",
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("before", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
