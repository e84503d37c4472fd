"""`youkong parse`: the reader with the teams of a configuration and the names that its store has met; no network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.config import Config
from bot.language import answer_line
from bot.names.directory import index
from bot.store import Store
from bot.store import people as people_table


async def reader_of(config: Config) -> Callable[[str], str]:
    """A line of JSON for a line of JSON, as the chats of `config` would be read. Raises StoreError."""
    async with await Store.open(config.store.url) as store:
        names = await people_table.names(store)
    return partial(
        answer_line,
        hours=config.working_time.hours,
        teams={form: team.name for team in config.teams for form in (team.name, *team.aliases)},
        names=index(names) if names else None,
        index=index,
    )
