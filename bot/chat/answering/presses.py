"""A press on a card: the ack is the answer, within DingTalk's two seconds; slower work comes by an update."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.cards import Renderer
from bot.chat.answering.pending import PendingCards, state_of
from bot.chat.frames.organisation import Organisation
from bot.chat.frames.press import NO_CHANGE, Press, changed, read_press, said_privately
from bot.delivery.button_ids import tag_of
from bot.features.card_state import dump, load
from bot.features.registry import led, steps_of
from bot.features.services import Services
from bot.model.meter import Meter
from bot.model.outcomes import PressOutcome
from bot.model.people import StaffId
from bot.model.questions import Asked
from bot.model.requests import Language
from bot.model.spending import Allowance, spending
from bot.model.steps import Step
from bot.store import Store
from bot.store import cards as card_table

log = structlog.get_logger(__name__)

_LATE_SECONDS = 0.4
"""Behind the time that an ack may wait; DingTalk takes one within two seconds in all."""


class Presses:
    """Answers presses. What a card is about stands in the store, so that buttons outlive restarts."""

    def __init__(
        self,
        *,
        organisation: Organisation,
        work: PendingCards,
        store: Store,
        services: Services,
        renderer: Renderer,
        meter: Meter,
        allowance: Allowance,
        clock: Callable[[], datetime],
    ) -> None:
        self._allowance = allowance
        self._organisation = organisation
        self._work = work
        self._store = store
        self._services = services
        self._renderer = renderer
        self._meter = meter
        self._clock = clock

    async def answer(self, data: str) -> Mapping[str, Any]:
        """The ack of one callback: the changed card, or a word on why it stays as it is. Raises StoreError."""
        until = asyncio.get_running_loop().time() + self._services.timing.ack_within
        press = read_press(data)
        if press is None:
            self._meter.press("none", PressOutcome.UNKNOWN)
            return NO_CHANGE
        if not await self._organisation.is_home(press.corp_id):
            self._meter.press(press.pressed.step, PressOutcome.FOREIGN)
            log.warning("press_left_alone", reason="foreign", out_track_id=press.out_track_id)
            return NO_CHANGE
        if press.pressed.tag != tag_of(press.out_track_id):  # of another card, or made up: only who did so is told
            self._meter.press(press.pressed.step, PressOutcome.UNKNOWN)
            return said_privately({"tips": self._renderer.notice("expired", Language.ZH)})
        row = await card_table.get(self._store, press.out_track_id)
        current = state_of(row) if row else None
        if row is None or current is None:
            self._meter.press(press.pressed.step, PressOutcome.UNKNOWN)
            return self._said("expired", Language.ZH)
        if self._allowance.is_spent(press.who):
            self._meter.press(press.pressed.step, PressOutcome.OVER_SHARE)
            return self._said("share_spent", current.question.language)
        with spending(press.who):
            return await self._pressed(press, row, current, until=until)

    async def _pressed(
        self, press: Press, row: card_table.CardRow, current: Asked, *, until: float
    ) -> Mapping[str, Any]:
        """What a press on a card that we know leads to."""
        if current.deed is not None:
            return await self._busy(press, current, until=until)
        step = self._step(press, row, current)
        if step and step.only not in (None, press.who):
            self._meter.press(press.pressed.step, PressOutcome.REFUSED)
            return self._said("not_yours", current.question.language)
        return await self._go(press, row, current, step, until=until)

    def _step(self, press: Press, row: card_table.CardRow, current: Asked) -> Step | None:
        """The button that was pressed; None for a press on what the card no longer shows."""
        if press.pressed.version != row.version:
            return None
        return next((step for step in steps_of(current, self._services) if step.id == press.pressed.step), None)

    async def _go(
        self, press: Press, row: card_table.CardRow, current: Asked, step: Step | None, *, until: float
    ) -> Mapping[str, Any]:
        """Shows where the press leads; a repeated or outdated one leads to what stands."""
        now = self._clock()
        asked = pressed_by(press.who, current, now=now)
        version = row.version
        if step:
            asked = led(asked, step)
            due_at = now + self._services.timing.press_lease if asked.deed else None
            if not await card_table.advance(
                self._store, press.out_track_id, version=version, state=dump(asked), due_at=due_at
            ):
                winner = await card_table.get(self._store, press.out_track_id)
                return await self._go(press, winner, load(winner.state), None, until=until) if winner else NO_CHANGE
            version += 1
        elif current.deed is not None:
            return await self._busy(press, current, until=until)
        return await self._shown(
            press, asked, version, PressOutcome.DONE if step else PressOutcome.REPEATED, until=until
        )

    async def _shown(
        self, press: Press, asked: Asked, version: int, outcome: PressOutcome, *, until: float
    ) -> Mapping[str, Any]:
        """The changed card, where it is there by `until` (loop time); else that it is being worked on."""
        loop = asyncio.get_running_loop()
        task = self._work.begin(press.out_track_id, asked, version)
        await asyncio.wait([task], timeout=max(until - loop.time(), 0))
        if task.done():
            self._meter.press(press.pressed.step, outcome)
            if loop.time() > until + _LATE_SECONDS:  # DingTalk may have given up the ack
                self._work.finish_later(task, press.out_track_id, version)
            return changed(task.result())
        self._meter.press(press.pressed.step, PressOutcome.SLOW)
        due_at = self._clock() + self._services.timing.press_lease
        await card_table.expect(self._store, press.out_track_id, version=version, due_at=due_at)
        self._work.finish_later(task, press.out_track_id, version)
        return changed({"tips": self._renderer.working(asked.question.language)})

    async def _busy(self, press: Press, current: Asked, *, until: float) -> Mapping[str, Any]:
        """Somebody's press is being worked on; another one shows what comes of it, in time or by an update.

        A word that it is being worked on may reach the card after what came of it, so that it is never the last one.
        """
        done = await self._work.done(press.out_track_id, within=self._services.timing.ack_within / 2)
        if done:
            asked, version = done
            asked = pressed_by(press.who, asked, now=self._clock())
            return await self._shown(press, asked, version, PressOutcome.REPEATED, until=until)
        self._meter.press(press.pressed.step, PressOutcome.REPEATED)
        self._work.follow_later(press.out_track_id)
        return changed({"tips": self._renderer.working(current.question.language)})

    def _said(self, notice: str, language: Language) -> Mapping[str, Any]:
        return changed({"tips": self._renderer.notice(notice, language)})


def pressed_by(who: StaffId, asked: Asked, *, now: datetime) -> Asked:
    """What a card is about, in the name of whoever presses."""
    return replace(asked, question=replace(asked.question, asker=who, now=now))
