"""`youkong actions`: who had the bot do what, from the store alone."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.commands.printing import line
from bot.config import Config
from bot.errors import ConfigError
from bot.store import Store, actions
from bot.store.actions import Logged


async def listed(config: Config, since: date | None) -> list[str]:
    """One line for each action of that day and later, or of all that is kept, the oldest first. Raises StoreError.

    Time in the configuration's zone, person, action, event id, chat, msgId (else the card), parted by tabs.
    """
    zone = ZoneInfo(config.timezone)
    start = datetime.combine(since, time.min, tzinfo=zone) if since else None
    async with await Store.open(config.store.url) as store:
        return [_line(logged, zone) for logged in await actions.since(store, start)]


def day_of(text: str) -> date:
    """The day of "2026-03-01". Raises ConfigError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"found {text!r}, expected a day such as 2026-03-01", key="--since") from None


def _line(logged: Logged, zone: ZoneInfo) -> str:
    action, origin = logged.action, logged.action.origin
    person = f"{action.by} {logged.name}" if logged.name else str(action.by)
    fields = (
        action.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
        person,
        action.kind.value,
        action.event_id,
        origin.chat,
        origin.msg_id or origin.card,
    )
    return line(*fields)
