"""What groups are called, as their messages tell it: for whoever sets the bot up and looks for a chat's id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.chat.frames.mention import Mention
from bot.errors import StoreError
from bot.model.people import ConversationId
from bot.store import Store, chats_met

log = structlog.get_logger(__name__)

_MOST_CHATS = 10_000


class ChatTitles:
    """Keeps the title of each group: one write where it is new, none otherwise."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[ConversationId, str] = {}

    async def hear(self, mention: Mention) -> None:
        """Takes over the title of the message's group. An answer does not depend on it: it raises nothing."""
        chat, title = mention.conversation_id, mention.title
        if not mention.in_group or not title or self._known.get(chat) == title:
            return
        if len(self._known) >= _MOST_CHATS:
            self._known.clear()
        self._known[chat] = title
        try:
            await chats_met.keep_title(self._store, chat, title, at=self._clock())
        except StoreError as error:
            log.warning("title_not_kept", error=str(error))
