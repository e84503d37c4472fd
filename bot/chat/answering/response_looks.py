"""Looks at the replies to meetings without being asked for, once each, before they start: by one process of several."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.chat.answering.declines import Declines
from bot.chat.answering.pending import state_of
from bot.delivery.sender import Sender
from bot.endless import Loop
from bot.errors import PermissionDenied, RemoteError, RequestError, StoreError
from bot.features.booking.meetings import about, booking_of
from bot.features.booking.responses import current, shown
from bot.features.card_state import dump
from bot.features.registry import answered
from bot.features.services import Services
from bot.model.card_state import BookedCard, MovedCard, ResponsesCard
from bot.model.meetings import Meeting
from bot.model.people import ConversationId
from bot.model.questions import Asked, Question
from bot.model.requests import Intent, Language, Request
from bot.store import Store
from bot.store import cards as card_table
from bot.store import responses as table

log = structlog.get_logger(__name__)

_AGAIN = timedelta(minutes=15)
_STOPPED_FROM = 0.95


@dataclass(slots=True)
class ResponseLooks:
    """The meetings whose replies are due to be looked at. `spent_share` is how much of the month's calls is gone."""

    store: Store
    services: Services
    sender: Sender
    declines: Declines
    spent_share: Callable[[], float]
    clock: Callable[[], datetime]
    upkeep: Loop = field(init=False)

    def __post_init__(self) -> None:
        timing = self.services.timing
        within = max(timing.late_after(timing.reminder_look), timing.reminder_lease.total_seconds())
        period = timing.reminder_look
        self.upkeep = Loop("responses", self._look, pause=period, first=period, within=within)

    @property
    def wanted(self) -> bool:
        """Whether the configuration wants any of it; without that nothing is looked for."""
        settings = self.services.config.booking
        return settings.enabled and settings.replies

    def start(self) -> None:
        """Begins to look, where that is wanted."""
        if self.wanted:
            self.upkeep.start()

    async def stop(self) -> None:
        """Ends at once: whatever was begun is looked at again after its lease."""
        await self.upkeep.stop()

    async def look(self, now: datetime) -> int:
        """Looks at everything that is due at `now`, each by itself; how many those were. Raises StoreError."""
        due = await table.take_looks(self.store, now=now, lease=self.services.timing.reminder_lease)
        looked = await asyncio.gather(*(self._look_at(meeting, now) for meeting in due), return_exceptions=True)
        for error in filter(None, looked):
            raise error
        return len(due)

    async def _look(self) -> None:
        try:
            await self.look(self.clock())
        except StoreError as error:
            log.error("responses_not_looked_at", error=str(error))

    async def _look_at(self, meeting: Meeting, now: datetime) -> None:
        """One look; where DingTalk cannot say anything another one a quarter of an hour later, as long as it helps."""
        again_at: datetime | None = None
        if now < meeting.interval.start and self.spent_share() < _STOPPED_FROM:
            try:
                async with asyncio.timeout(self.services.timing.answer_within):
                    await self._told(meeting, now)
            except (RemoteError, RequestError, TimeoutError) as error:
                log.warning("responses_not_read", event_id=meeting.event_id, error=str(error))
                worth_it = not isinstance(error, PermissionDenied) and now + _AGAIN < meeting.interval.start
                again_at = now + _AGAIN if worth_it else None
        await table.looked(self.store, meeting.event_id, again_at=again_at)

    async def _told(self, meeting: Meeting, now: datetime) -> None:
        """Reads the replies, puts them onto the card of the meeting, tells the organizer of those who declined."""
        booking = await booking_of(meeting, self.services)
        row = await card_table.get(self.store, meeting.card) if meeting.card else None
        asked = state_of(row) if row else None
        question = about(_question(meeting, asked, self.services, now), booking)
        found = await current(question, booking, self.services)
        if found is None:
            return
        await self.declines.tell(question, found)
        if row and asked and _shows(asked, meeting):
            reply = await shown(question, found, self.services)
            await self.sender.show(row.out_track_id, reply, version=row.version, state=dump(answered(reply)))


def _shows(asked: Asked, meeting: Meeting) -> bool:
    """Whether a card still is that of the meeting, with nothing under way."""
    match asked.card:
        case BookedCard(booking=booking) | MovedCard(booking=booking) | ResponsesCard(booking=booking):
            return asked.deed is None and booking.event_id == meeting.event_id
    return False


def _question(meeting: Meeting, asked: Asked | None, services: Services, now: datetime) -> Question:
    """The question of the meeting's card in the name of its organizer, whose order the look is; else one like it."""
    if asked:
        return replace(asked.question, asker=meeting.organizer, now=now)
    locale = services.config.locale
    language = Language.ZH if locale == "auto" else Language(locale)
    chat = meeting.chat or ConversationId(f"direct:{meeting.organizer}")
    return Question(
        request=Request(Intent.WHO_IS_FREE, language),
        asker=meeting.organizer,
        author=meeting.organizer,
        author_name="",
        conversation_id=chat,
        in_group=not chat.startswith("direct:"),
        zone=meeting.zone or services.config.timezone,
        now=now,
        language=language,
    )
