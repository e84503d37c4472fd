"""Who told a card last, and when what is to be done for it is due, in the format of version 2."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds both columns. What is due in the old one is a row of the version before, which looks at that one alone."""
    op.add_column("cards", sa.Column("told_by", sa.Text))
    op.add_column("cards", sa.Column("deed_due_at", sa.BigInteger))
    due = sa.text("deed_due_at IS NOT NULL")
    op.create_index("cards_deed_due", "cards", ["deed_due_at"], sqlite_where=due, postgresql_where=due)
