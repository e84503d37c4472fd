"""The organisation of an app, and who does not want to be shown."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "organisations",
        sa.Column("client_id", sa.Text, primary_key=True),
        sa.Column("corp_id", sa.Text, nullable=False),
    )
    op.create_table(
        "opt_outs",
        sa.Column("conversation_id", sa.Text, primary_key=True),
        sa.Column("staff_id", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
