"""Looks after reminders: whoever waits for somebody to be free gets one private card when they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.delivery.sender import DirectSpace, Sender, Target
from bot.endless import Loop
from bot.errors import RemoteError, RemoteTimeout, StoreError, Throttled, Unavailable
from bot.features.boundary import answer_safely
from bot.features.card_state import load_question
from bot.features.registry import fresh_card
from bot.features.services import Services
from bot.features.waiting.subscriptions import PAUSES, has_come_true, look_again
from bot.model.billing import day_after
from bot.model.outcomes import ReminderOutcome
from bot.model.questions import Asked
from bot.model.replies import Reply
from bot.model.spending import Allowance, spending
from bot.schedules import Expected
from bot.store import Store, watches
from bot.store.watches import Watch

log = structlog.get_logger(__name__)

_SPARING_FROM, _STOPPED_FROM = 0.5, 0.95
_WORTH_ANOTHER_TRY = (RemoteTimeout, Throttled, Unavailable)


@dataclass(slots=True)
class SubscriptionChecks:
    """The reminders that are due, looked at by one process each.

    `spent_share` is how much of the month's calls is gone, from 0 to 1: with half of them gone calendars are looked at
    more rarely, and at the very end not at all; nor are they in the name of somebody whose `allowance` is spent.
    """

    store: Store
    services: Services
    sender: Sender
    spent_share: Callable[[], float]
    allowance: Allowance
    clock: Callable[[], datetime]
    upkeep: Loop = field(init=False)

    def __post_init__(self) -> None:
        timing = self.services.timing
        within = max(timing.late_after(timing.reminder_look), timing.reminder_lease.total_seconds())
        period = timing.reminder_look
        self.upkeep = Loop("reminders", self._look, pause=period, first=period, within=within)

    def start(self) -> None:
        """Begins to look."""
        self.upkeep.start()

    async def stop(self) -> None:
        """Ends at once: whatever was begun is looked at again after its lease."""
        await self.upkeep.stop()

    async def look(self, now: datetime) -> int:
        """Looks at everything that is due at `now`, each by itself; how many those were. Raises StoreError."""
        due = await watches.take_due(self.store, now=now, lease=self.services.timing.reminder_lease)
        # Those that come due together and read the same calendars in the same name share the calls.
        expected = [self.services.schedules.expect() for _ in due]
        looks = (self._look_at(watch, now, each) for watch, each in zip(due, expected, strict=True))
        looked = await asyncio.gather(*looks, return_exceptions=True)
        for error in filter(None, looked):
            raise error
        return len(due)

    async def _look(self) -> None:
        try:
            await self.look(self.clock())
        except StoreError as error:
            log.error("reminders_not_looked_at", error=str(error))

    async def _look_at(self, watch: Watch, now: datetime, expected: Expected) -> None:
        with spending(watch.staff_id), expected:
            reply = await self._answer(watch, now)
        if reply is not None:
            await self._tell(watch, now, reply)

    async def _answer(self, watch: Watch, now: datetime) -> Reply | None:
        """What is so now; None where nothing is to be looked at."""
        if now >= watch.until:
            await self._end(watch, ReminderOutcome.OVER)
            return None
        if self.spent_share() >= _STOPPED_FROM:
            await watches.postpone(self.store, watch.out_track_id, until=now + self._pause(watch))
            return None
        if self.allowance.is_spent(watch.staff_id):
            await watches.postpone(self.store, watch.out_track_id, until=min(day_after(now), watch.until))
            return None
        try:
            question = replace(load_question(watch.state), now=now)
        except ValueError:  # kept by another version
            await self._end(watch, ReminderOutcome.UNREADABLE)
            return None
        return await answer_safely(Asked(question, fresh_card(question.request)), self.services)

    async def _tell(self, watch: Watch, now: datetime, reply: Reply) -> None:
        """One private card where it has come true; else when to look next."""
        if has_come_true(reply, now):
            try:
                await self.sender.post(Target(watch.out_track_id, DirectSpace(watch.staff_id)), reply)
            except _WORTH_ANOTHER_TRY as error:
                log.warning("reminder_not_confirmed", error=str(error))
                return  # after its lease, with the same card
            except RemoteError as error:
                log.error("reminder_refused", error=str(error))
            await self._end(watch, ReminderOutcome.TOLD)
            return
        next_at = look_again(reply, now, pause=self._pause(watch), until=watch.until, services=self.services)
        await watches.postpone(self.store, watch.out_track_id, until=next_at)

    async def _end(self, watch: Watch, outcome: ReminderOutcome) -> None:
        await watches.drop(self.store, watch.out_track_id, staff_id=watch.staff_id)
        log.info("reminder_ended", outcome=outcome.value)

    def _pause(self, watch: Watch) -> timedelta:
        pause = PAUSES[min(watch.looks, len(PAUSES) - 1)]
        return pause if self.spent_share() < _SPARING_FROM else 4 * pause
