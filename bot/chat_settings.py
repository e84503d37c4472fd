"""What is set for a chat: by its people in the store, else by the configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import Chat, Config
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.requests import Language
from bot.store import Store
from bot.store import chat_settings as table
from bot.store.chat_settings import SettingRow

LOCALE, ZONE = "locale", "timezone"
SETTINGS_KEPT = timedelta(seconds=5)
"""So long may a process know nothing of what another one, with the same store, has set."""
_MOST_CHATS = 10_000
_NO_CHAT = Chat(id="-")


@dataclass(frozen=True, slots=True)
class InEffect:
    """`locale` is "zh", "en" or "auto" (each question's), `zone` an IANA name, `rows` what people of the chat set."""

    locale: str
    zone: str
    rows: Mapping[str, SettingRow]

    def language(self, spoken: Language) -> Language:
        """The language of an answer to a question in `spoken`."""
        return spoken if self.locale == "auto" else Language(self.locale)


class ChatSettings:
    """The settings of every chat: one read of the store at most every five seconds each."""

    def __init__(self, config: Config, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._config = config
        self._chats: Mapping[str, Chat] = {chat.id: chat for chat in config.chats}
        self._store = store
        self._clock = clock
        self._kept: dict[ConversationId, tuple[Mapping[str, SettingRow], datetime]] = {}

    def configured(self, chat: ConversationId) -> Chat:
        """What the configuration says of this chat."""
        return self._chats.get(chat, _NO_CHAT)

    async def of(self, chat: ConversationId) -> InEffect:
        """What holds in this chat now. Raises StoreError."""
        kept, now = self._kept.get(chat), self._clock()
        if kept is None or kept[1] < now - SETTINGS_KEPT:
            if len(self._kept) >= _MOST_CHATS:
                self._kept.clear()  # the store still has them
            kept = self._kept[chat] = (await table.of_chat(self._store, chat), now)
        return self.by_configuration(chat, kept[0])

    def by_configuration(self, chat: ConversationId, rows: Mapping[str, SettingRow] | None = None) -> InEffect:
        """What holds where people have set these `rows`."""
        rows = rows or {}
        configured = self.configured(chat)
        zone, locale = _value(rows, ZONE) or configured.timezone, _value(rows, LOCALE) or configured.locale
        return InEffect(locale or self._config.locale, zone or self._config.timezone, rows)

    def has_zone(self, chat: ConversationId, holds: InEffect) -> bool:
        """True where the chat has a zone of its own, by its people or by the configuration."""
        return bool(_value(holds.rows, ZONE) or self.configured(chat).timezone)

    async def put(
        self,
        chat: ConversationId,
        name: str,
        value: str,
        *,
        by: StaffId,
        at: datetime,
        card: OutTrackId | None = None,
    ) -> None:
        """Sets one thing; what was set at `at` or later stays. Raises StoreError."""
        await table.put(self._store, chat, name, value, by=by, at=at, card=card)
        self._kept.pop(chat, None)

    async def undo(
        self,
        chat: ConversationId,
        name: str,
        *,
        by: StaffId,
        at: datetime,
        now: datetime,
        card: OutTrackId | None = None,
    ) -> bool:
        """Takes back what `by` set at `at`; False where somebody has set it since. Raises StoreError."""
        undone = await table.undo(self._store, chat, name, by=by, at=at, now=now, card=card)
        self._kept.pop(chat, None)
        return undone


def _value(rows: Mapping[str, SettingRow], name: str) -> str | None:
    return rows[name].value if name in rows else None
