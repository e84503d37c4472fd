"""Pushes of a month, calls of a person and day, and how often a reminder has looked."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"


def upgrade() -> None:
    """Adds only: a process of the version before goes on working beside this one."""
    op.create_table(
        "pushes",
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
    op.create_table(
        "shares",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("told_about", sa.Text),
    )
    op.add_column("watches", sa.Column("looks", sa.Integer, nullable=False, server_default="0"))
