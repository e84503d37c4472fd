"""`youkong chats`: the chats that the bot has met, from the store alone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.commands.printing import line
from bot.config import Config
from bot.store import Store, chats_met
from bot.store.chats_met import MetChat


async def listed(config: Config) -> list[str]:
    """One line for each chat: id, name, last message, parted by tabs; groups first. Raises StoreError."""
    async with await Store.open(config.store.url) as store:
        found = await chats_met.listed(store)
    return [line(chat.id, _name(chat), _heard(chat, ZoneInfo(config.timezone))) for chat in found]


def _name(chat: MetChat) -> str:
    return chat.title or (f"1:1 {chat.only}" if chat.only else "")


def _heard(chat: MetChat, zone: ZoneInfo) -> str:
    return chat.heard_at.astimezone(zone).isoformat(sep=" ", timespec="minutes") if chat.heard_at else ""
