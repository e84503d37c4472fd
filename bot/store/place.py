"""Where a store lies, in words for whoever runs the bot."""

from __future__ import annotations

from pathlib import Path

from bot.store.database import is_memory, parse_url
from bot.store.faults import place


def described(url: str) -> str:
    """The file with its whole path, or server and database; no user, no password. Raises StoreError."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite" or is_memory(parsed) or str(parsed.database).startswith("file:"):
        return place(parsed)
    path = Path(str(parsed.database))
    if path.is_absolute():
        return str(path)
    return f"{path.absolute()} (store.url is relative to the working directory; four slashes begin at the root)"
