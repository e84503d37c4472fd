"""What cards are to show next: worked out, kept, put onto them, and taken up again where nobody has finished it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog

from bot.chat.answering.mail import Mail
from bot.delivery.sender import Sender
from bot.endless import Loop
from bot.errors import RemoteError, StoreError
from bot.features.boundary import answer_safely
from bot.features.card_state import dump, load
from bot.features.registry import answered
from bot.features.services import Services
from bot.model.people import OutTrackId
from bot.model.questions import Asked
from bot.model.spending import spending
from bot.store import Store
from bot.store import cards as card_table

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.2
_FOLLOWED_SECONDS = 30.0


class PendingCards:
    """The cards that this process works on.

    What a press asks to be done is written down with the card before it is begun, and taken up by another process, or
    the same one after its restart, where nobody has finished it in time.
    """

    def __init__(
        self,
        *,
        store: Store,
        services: Services,
        mail: Mail,
        sender: Sender,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._services = services
        self._mail = mail
        self._sender = sender
        self._clock = clock
        self._late: set[asyncio.Task[None]] = set()
        self._in_hand: dict[OutTrackId, asyncio.Task[dict[str, str]]] = {}
        period = services.timing.press_upkeep
        within = services.timing.late_after(period)
        self.upkeep = Loop("presses", self._keep_up, pause=period, first=period, within=within)

    def start(self) -> None:
        """Begins to look after what others left unfinished."""
        self.upkeep.start()

    async def stop(self, *, within: float) -> None:
        """Waits so many seconds for updates that are on their way, and gives up the rest."""
        await self.upkeep.stop()
        if self._late:
            await asyncio.wait(self._late, timeout=within)
        for late in self._late:
            late.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    def begin(self, out_track_id: OutTrackId, asked: Asked, version: int) -> asyncio.Task[dict[str, str]]:
        """Works on what a card is to show; who presses it meanwhile waits for that."""
        with spending(asked.question.asker):
            task = asyncio.create_task(self._rendered(out_track_id, asked, version))
        if asked.deed is not None:
            self._in_hand[out_track_id] = task
            task.add_done_callback(lambda _: self._in_hand.pop(out_track_id, None))
        return task

    async def _rendered(self, out_track_id: OutTrackId, asked: Asked, version: int) -> dict[str, str]:
        """The card's variables. What the answer adds to the question is kept first, as the buttons will mean it."""
        reply = await answer_safely(asked, self._services)
        if asked.deed is not None:
            await self._mail.after(asked.deed, reply)
        state = dump(answered(reply))
        changed = asked.deed is not None or state != dump(asked)
        return await self._sender.variables(out_track_id, reply, version=version, state=state if changed else None)

    async def done(self, out_track_id: OutTrackId, *, within: float) -> tuple[Asked, int] | None:
        """What a card is about once nothing is to be done for it any more, and its version; None if that takes longer.

        Where another process does it, the store is asked now and then.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while (left := until - loop.time()) > 0:
            work = self._in_hand.get(out_track_id)
            await asyncio.wait([work], timeout=left) if work else await asyncio.sleep(min(left, _LOOK_SECONDS))
            row = await card_table.get(self._store, out_track_id)
            current = state_of(row) if row else None
            if row and current and current.deed is None:
                return current, row.version
        return None

    async def _follow(self, out_track_id: OutTrackId) -> None:
        """Brings a card up to date once what is being done for it is done."""
        try:
            done = await self.done(out_track_id, within=_FOLLOWED_SECONDS)
            if done:
                await self._update_card(self._rendered(out_track_id, *done), out_track_id, done[1])
        except StoreError as error:
            log.warning("card_not_updated", out_track_id=out_track_id, error=str(error))

    def follow_later(self, out_track_id: OutTrackId) -> None:
        """Brings a card up to date once what is being done for it is done; see `done`."""
        self._own_late(self._follow(out_track_id))

    def finish_later(self, task: asyncio.Task[dict[str, str]], out_track_id: OutTrackId, version: int) -> None:
        """Puts onto the card what comes of `task`, as the ack is gone."""
        self._own_late(self._update_card(task, out_track_id, version))

    def _own_late(self, work: Coroutine[Any, Any, None]) -> None:
        late = asyncio.create_task(work)
        self._late.add(late)
        late.add_done_callback(self._late.discard)

    async def _update_card(self, task: Awaitable[dict[str, str]], out_track_id: OutTrackId, version: int) -> None:
        try:
            params = await task
            row = await card_table.get(self._store, out_track_id)
            if row and row.version == version:  # else a later press has overtaken this one
                await self._sender.update(out_track_id, params)
                await card_table.settle(self._store, out_track_id, version=version, state=row.state)
        except (RemoteError, StoreError) as error:
            log.warning("card_not_updated", out_track_id=out_track_id, error=str(error))

    async def _keep_up(self) -> None:
        """Takes up presses that nobody has finished in time."""
        try:
            due = await card_table.take_due(self._store, now=self._clock(), lease=self._services.timing.press_lease)
        except StoreError as error:
            log.error("presses_not_kept", error=str(error))
            return
        for row in due:
            log.info("press_taken_over", out_track_id=row.out_track_id)
            current = state_of(row)
            if current is None:  # of another version, which knows what is to be done
                continue
            task = self.begin(row.out_track_id, current, row.version)
            self.finish_later(task, row.out_track_id, row.version)


def state_of(row: card_table.CardRow) -> Asked | None:
    """What the card is about; None where that was kept by another version."""
    try:
        return load(row.state)
    except ValueError:
        log.error("card_unreadable", out_track_id=row.out_track_id)
        return None
