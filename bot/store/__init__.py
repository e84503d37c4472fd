"""What must outlive a restart, on SQLite or PostgreSQL.

Each module holds one table and its statements (`messages` and `turns` share one); every function comes as
`name(store, …)`, awaited, and as `name_in(connection, …)`, to be combined with others in one `store.run`.
"""

from bot.store import (
    actions,
    calls,
    cards,
    chat_settings,
    chats_met,
    digest_runs,
    digests,
    hidden,
    last_requests,
    meetings,
    messages,
    opt_outs,
    organisations,
    people,
    pushes,
    rosters,
    shares,
    turns,
    watches,
)
from bot.store.store import Store

__all__ = [
    "Store",
    "actions",
    "calls",
    "cards",
    "chat_settings",
    "chats_met",
    "digest_runs",
    "digests",
    "hidden",
    "last_requests",
    "meetings",
    "messages",
    "opt_outs",
    "organisations",
    "people",
    "pushes",
    "rosters",
    "shares",
    "turns",
    "watches",
]
