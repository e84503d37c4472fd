"""The digests of the configuration, each with what the configuration says of its chat."""

from __future__ import annotations

from bot.config import WEEKDAYS, Chat, Config
from bot.config import Digest as DigestSettings
from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language

_NO_CHAT = Chat(id="-")


def configured(config: Config) -> tuple[Digest, ...]:
    """The digests in the order they are written down; one whose language is left to the question is in Chinese."""
    chats = {chat.id: chat for chat in config.chats}
    return tuple(_digest(each, chats.get(each.chat or "", _NO_CHAT), config) for each in config.digests)


def _digest(settings: DigestSettings, chat: Chat, config: Config) -> Digest:
    user = StaffId(settings.user) if settings.user else None
    return Digest(
        place=ConversationId(settings.chat or f"direct:{user}"),
        at=settings.at,
        zone=settings.timezone or chat.timezone or config.timezone,
        language=_language(chat, config),
        user=user,
        team=settings.team or chat.team,
        days=_days(settings),
        quiet=settings.quiet,
        week_ahead=settings.week_ahead and settings.edition is EditionKind.DAY,
        kind=settings.edition,
    )


def _language(chat: Chat, config: Config) -> Language:
    locale = chat.locale or config.locale
    return Language.ZH if locale == "auto" else Language(locale)


def _days(settings: DigestSettings) -> DigestDays | tuple[int, ...]:
    if isinstance(settings.days, tuple):
        return tuple(sorted({WEEKDAYS.index(day) for day in settings.days}))
    return DigestDays(settings.days)
