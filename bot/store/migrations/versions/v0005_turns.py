"""When a message was said, and whether its turn has come among those of one person in one chat."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds to `messages`. What the version before claims has begun: it asks nobody for a turn."""
    op.add_column("messages", sa.Column("said_at", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("turn", sa.Text, nullable=False, server_default="begun"))
    unfinished = sa.text("state != 'answered'")
    op.create_index(
        "messages_turns",
        "messages",
        ["conversation_id", "sender"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
