"""One round: claims the digests that are due, composes them together, sends each once, records what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.delivery.sender import DirectSpace, GroupSpace, Sender, Space, Target
from bot.digests.notices import Notice, notice_of, notice_run
from bot.digests.quota import TRY_AFTER, Quota
from bot.digests.removal import Removal, removal_of, stop_in
from bot.digests.schedule import DigestSchedule
from bot.endless import Loop
from bot.errors import (
    MalformedReply,
    NotInGroup,
    QuotaExhausted,
    RemoteError,
    RemoteTimeout,
    StoreError,
    Throttled,
    Unavailable,
)
from bot.features.digest.edition import RETRY_AFTER, compose, nothing_to_say
from bot.features.services import Services
from bot.model.billing import Resource, Spent, nothing_spent
from bot.model.meter import Meter
from bot.model.outcomes import DigestOutcome
from bot.model.people import UnknownReason
from bot.model.replies import DigestReply
from bot.schedules import Expected, Schedules
from bot.store import Store, digest_runs, digests
from bot.store.digest_runs import Run

log = structlog.get_logger(__name__)

LATE_FOR = timedelta(minutes=90)
LATE_FROM = timedelta(minutes=5)
AT_ONCE, BREATH = 20, 0.05
"""So many digests are begun at once, and the next ones after so many seconds."""
_MAY_HAVE_ARRIVED = (RemoteTimeout, Unavailable, MalformedReply, Throttled)


@dataclass(slots=True)
class DigestRunner:
    """The digests of one process; other processes have their own, and the rows of the store are shared.

    `services` read people in the background; `reader` gives what reads calendars in the background, anew for each
    round. `owner` is one run of one process. `spent` says what of the month is gone.
    """

    store: Store
    services: Services
    schedule: DigestSchedule
    sender: Sender
    reader: Callable[[], Schedules]
    quota: Quota
    meter: Meter
    owner: str
    spent: Callable[[Resource], Spent] = nothing_spent
    upkeep: Loop = field(init=False)
    """Renews leases while a round is under way."""
    _under_way: int = field(default=0, init=False)
    _stamp: object = field(default=None, init=False)

    def __post_init__(self) -> None:
        timing = self.services.timing
        period = timing.digest_upkeep
        within = timing.late_after(period)
        self.upkeep = Loop("digest_leases", self._renew, pause=period, first=period, within=within)

    @property
    def _lease(self) -> timedelta:
        return self.services.timing.digest_lease

    async def run(self, now: datetime) -> int:
        """Sends everything that is due at `now` and nobody else has; how many digests that were. Raises StoreError."""
        runs = await self.begin(now)
        await self.perform(runs, now)
        return len(runs)

    async def begin(self, now: datetime) -> list[Run]:
        """Everything that is due at `now` and nobody else has, ours from now on. Raises StoreError."""
        await self._learn(now)
        return await self._claim(now)

    async def release(self) -> None:
        """Leaves what is not finished to others at once. Raises StoreError."""
        await digest_runs.release(self.store, owner=self.owner)

    async def _learn(self, now: datetime) -> None:
        """Reads the digests of the store where one of them was changed, here or by another process."""
        stamp = await digests.stamp(self.store)
        if stamp == self._stamp:
            return
        newest = await digest_runs.newest(self.store)
        self.schedule.learn(await digests.all_set(self.store), newest=newest, now=now)
        self._stamp = stamp

    async def _claim(self, now: datetime) -> list[Run]:
        """What is ours now: new ones, and those whose holder has died or that are to be tried again."""
        most, fresh_since, due = self.quota.allows(now), now - LATE_FOR, self.schedule.due(now)
        over = [run for run in due if run.due_at < fresh_since]
        fresh = [run for run in due if run.due_at >= fresh_since][:most]
        left = 1000 if most is None else most - len(fresh)

        def claim(connection: Connection) -> tuple[list[Run], list[Run]]:
            skipped = digest_runs.skip_in(connection, over, owner=self.owner)
            taken = digest_runs.take_over_in(
                connection, owner=self.owner, now=now, lease=self._lease, fresh_since=fresh_since, limit=left
            )
            begun = digest_runs.claim_in(connection, fresh, owner=self.owner, now=now, lease=self._lease)
            return skipped, begun + taken

        skipped, runs = await self.store.run(claim)
        if most is None:
            self.schedule.looked(now)
        for run in skipped:
            self._tell(run, DigestOutcome.SKIPPED)
        return runs

    async def perform(self, runs: Sequence[Run], now: datetime) -> None:
        """Sends what was begun at `now`, each once."""
        if not runs:
            return
        async with self._reading() as schedules:
            services = replace(self.services, schedules=schedules)
            expected = [schedules.expect() for _ in runs]
            async with asyncio.TaskGroup() as together:
                for number, (run, each) in enumerate(zip(runs, expected, strict=True), 1):
                    together.create_task(self._one(run, each, services, now))
                    if number % AT_ONCE == 0:  # a thousand at once would hold up people and the pace of calls
                        await asyncio.sleep(BREATH)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[Schedules]:
        """What reads calendars, leases being renewed meanwhile; without quota nothing more is asked."""
        schedules = self.reader()
        stopping = asyncio.create_task(self._stop_without_quota(schedules))
        self._under_way += 1
        if self._under_way == 1:
            self.upkeep.start()
        try:
            yield schedules
        finally:
            self._under_way -= 1
            stopping.cancel()
            await asyncio.gather(stopping, return_exceptions=True)
            if not self._under_way:
                await self.upkeep.stop()
            await schedules.aclose()

    async def _renew(self) -> None:
        try:
            await digest_runs.renew(self.store, owner=self.owner, now=self.services.clock(), lease=self._lease)
        except StoreError as error:
            log.error("digests_not_renewed", error=str(error))

    async def _stop_without_quota(self, schedules: Schedules) -> None:
        await self.quota.gone.wait()
        await schedules.aclose()

    async def _one(self, run: Run, expected: Expected, services: Services, now: datetime) -> None:
        """The boundary around one digest: whatever happens to it, the others go out."""
        try:
            with expected:
                notice, removal = notice_of(run), removal_of(run)
                reply = None if notice or removal else await self._composed(run, services, now)
            if removal:
                await self._tell_removal(run, removal)
            elif notice:
                await self._notify(run, notice)
            elif reply is None:
                await self._end(run, DigestOutcome.OFF)
            elif await self._is_worth_sending(run, reply):
                await self._send(run, reply)
        except StoreError as error:  # its lease runs out, and it is taken up again
            log.error("digest_left", error=str(error))
        except Exception:
            log.exception("digest_failed")
            await self._postpone(run, by=TRY_AFTER)

    async def _composed(self, run: Run, services: Services, now: datetime) -> DigestReply | None:
        """None where the digest was turned off meanwhile."""
        digest = self.schedule.digest(run)
        if digest is None or not digest.on:
            return None
        late = now - run.due_at > LATE_FROM + (RETRY_AFTER if run.failed else timedelta())
        reply = await compose(digest, services, day=run.day, now=now, late=late, failed_before=run.failed)
        return replace(reply, question=replace(reply.question, card=run.out_track_id))

    async def _is_worth_sending(self, run: Run, reply: DigestReply) -> bool:
        if self.quota.gone.is_set() or reply.failed is UnknownReason.QUOTA:
            await self._postpone(run, by=TRY_AFTER)
            await self._owe_warning(reply)
        elif reply.nobody:
            await self._end(run, DigestOutcome.NO_TEAM)
        elif reply.card.edition.digest.quiet and nothing_to_say(reply) and not run.failed:
            await self._end(run, DigestOutcome.QUIET)
        else:
            return True
        return False

    async def _send(self, run: Run, reply: DigestReply) -> None:
        """Sends it if it is still ours, and says in its row how that went."""
        if not await digest_runs.hold(self.store, run, owner=self.owner, now=self.services.clock(), lease=self._lease):
            return
        try:
            await self.sender.post(Target(run.out_track_id, _space(reply)), reply, again=run.attempt > 1)
        except QuotaExhausted:
            await self._postpone(run, by=TRY_AFTER)
            await self._owe_warning(reply)
        except _MAY_HAVE_ARRIVED as error:  # once more, as the same card
            log.warning("digest_not_confirmed", error=str(error))
            await self._postpone(run, by=min(self._lease * 2**run.attempt, TRY_AFTER))
        except RemoteError as error:
            log.error("digest_refused", error=str(error))
            await self._say(run, reply)
        else:
            await self._sent(run, reply)

    async def _sent(self, run: Run, reply: DigestReply) -> None:
        edition = reply.card.edition
        if edition.retry_at:
            await digest_runs.retry(self.store, run, owner=self.owner, at=edition.retry_at)
            self._tell(run, DigestOutcome.UNREAD)
            return
        await self._end(
            run, DigestOutcome.FAILED if reply.failed else DigestOutcome.LATE if edition.late else DigestOutcome.SENT
        )

    async def _say(self, run: Run, reply: DigestReply) -> None:
        """A text cannot be told from its repeat, so that it is recorded first and never sent again."""
        if not await self._end(run, DigestOutcome.TEXT):
            return
        try:
            await self.sender.say(_space(reply), reply)
        except NotInGroup as error:
            await self._stop(run, reply, error)
        except RemoteError as error:
            log.error("digest_undelivered", error=str(error))

    async def _stop(self, run: Run, reply: DigestReply, error: NotInGroup) -> None:
        """Nothing goes out to a group without the bot until somebody there turns it on again."""
        now, digest, ids = self.services.clock(), reply.card.edition.digest, self.schedule.card_ids
        stopped = [each for each in self.schedule.of_place(digest.place) if each.on]
        administrators = self.services.config.administrators

        def stop(connection: Connection) -> None:
            stop_in(connection, run, stopped, administrators=administrators, owner=self.owner, now=now, ids=ids)

        await self.store.run(stop)
        log.error("digest_stopped", error=str(error), place=digest.place, configured=not digest.operator)
        self.meter.digest(DigestOutcome.REMOVED)

    async def _tell_removal(self, run: Run, removal: Removal) -> None:
        stopped = self.schedule.of_place(removal.place)
        if not stopped:
            await self._end(run, DigestOutcome.OFF)
            return
        try:
            await self.sender.tell_stopped(Target(run.out_track_id, DirectSpace(removal.to)), stopped)
        except (QuotaExhausted, *_MAY_HAVE_ARRIVED):
            await self._postpone(run, by=TRY_AFTER)
        except RemoteError as error:
            log.error("notice_refused", error=str(error))
            await self._end(run, DigestOutcome.REFUSED)
        else:
            await self._end(run, DigestOutcome.WARNED)

    async def _owe_warning(self, reply: DigestReply) -> None:
        """Once a month whoever is responsible is told; that takes a call, too, and waits for one."""
        now, question = self.services.clock(), reply.question
        owed = notice_run(Notice(question.asker, question.language), now, ids=self.schedule.card_ids)
        await digest_runs.claim(self.store, [owed], owner="", now=now, lease=TRY_AFTER)

    async def _notify(self, run: Run, notice: Notice) -> None:
        to, about = Target(run.out_track_id, DirectSpace(notice.to)), notice.about
        try:
            await self.sender.notify(to, notice.language, about, spent=self.spent(about) if about else Spent())
        except (QuotaExhausted, *_MAY_HAVE_ARRIVED):
            await self._postpone(run, by=TRY_AFTER)
        except RemoteError as error:
            log.error("warning_refused", error=str(error))
            await self._end(run, DigestOutcome.REFUSED)
        else:
            await self._end(run, DigestOutcome.WARNED)

    async def _end(self, run: Run, outcome: DigestOutcome) -> bool:
        now = self.services.clock()
        ended = await digest_runs.sent(self.store, run, owner=self.owner, outcome=outcome.value, now=now)
        if ended:
            self._tell(run, outcome)
        return ended

    async def _postpone(self, run: Run, *, by: timedelta) -> None:
        await digest_runs.postpone(self.store, run, owner=self.owner, until=self.services.clock() + by)
        self._tell(run, DigestOutcome.POSTPONED)

    def _tell(self, run: Run, outcome: DigestOutcome) -> None:
        self.meter.digest(outcome)
        log.info("digest", outcome=outcome.value, day=run.day.isoformat(), place=run.place)


def _space(reply: DigestReply) -> Space:
    """Where a digest goes."""
    user = reply.card.edition.digest.user
    return DirectSpace(user) if user else GroupSpace(reply.question.conversation_id)
