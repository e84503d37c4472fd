"""A press on a card: the ack is the answer, within DingTalk's two seconds; slower work comes by an update."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.cards import Renderer, card_params
from bot.chat.buttons import Pressed, find_pressed, key_of, tag_of
from bot.chat.dispatch import answer_safely
from bot.chat.mail import Mail
from bot.chat.timing import Timing
from bot.dingtalk import cards as card_api
from bot.dingtalk.http import Api
from bot.errors import RemoteError, StoreError
from bot.features.answer import steps_of
from bot.features.kept import dump, load, settled
from bot.features.services import Services
from bot.model.meter import Meter
from bot.model.people import OutTrackId, StaffId
from bot.model.questions import Question, Step
from bot.model.replies import Outsider
from bot.model.requests import Language
from bot.store import Store
from bot.store import cards as card_table

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.2
_FOLLOWED_SECONDS = 30.0
NO_CHANGE: Mapping[str, Any] = {}
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


@dataclass(frozen=True, slots=True)
class _Press:
    out_track_id: OutTrackId
    who: StaffId
    pressed: Pressed


class Presses:
    """Answers presses. What a card is about stands in the store, so that buttons outlive restarts.

    What a press asks to be done is written down with the card before it is begun, and taken up by another process, or
    the same one after its restart, where nobody has finished it in time.
    """

    def __init__(
        self,
        *,
        api: Api,
        store: Store,
        services: Services,
        mail: Mail,
        renderer: Renderer,
        meter: Meter,
        clock: Callable[[], datetime],
        timing: Timing,
    ) -> None:
        self._api = api
        self._store = store
        self._services = services
        self._mail = mail
        self._renderer = renderer
        self._meter = meter
        self._clock = clock
        self._timing = timing
        self._late: set[asyncio.Task[None]] = set()
        self._in_hand: dict[OutTrackId, asyncio.Task[dict[str, str]]] = {}
        self._upkeep: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to look after what others left unfinished."""
        self._upkeep = asyncio.create_task(self._keep_up(), name="presses")

    async def answer(self, data: str) -> Mapping[str, Any]:
        """The ack of one callback: the changed card, or a word on why it stays as it is. Raises StoreError."""
        press = _read(data)
        if press is None:
            self._meter.press("none", "unknown")
            return NO_CHANGE
        if press.pressed.tag != tag_of(press.out_track_id):  # of another card, or made up: only who did so is told
            self._meter.press(press.pressed.verb, "unknown")
            return {"userPrivateData": self._said("expired", Language.ZH)["cardData"], "cardUpdateOptions": _BY_KEY}
        row = await card_table.get(self._store, press.out_track_id)
        current = _state_of(row) if row else None
        if row is None or current is None:
            self._meter.press(press.pressed.verb, "unknown")
            return self._said("expired", Language.ZH)
        if current.task is not None:
            return await self._busy(press, current)
        step = self._step(press, row, current)
        if step and step.only not in (None, press.who):
            self._meter.press(press.pressed.verb, "refused")
            return self._said("not_yours", current.language)
        return await self._go(press, row, current, step)

    async def stop(self, *, within: float) -> None:
        """Waits so many seconds for updates that are on their way, and gives up the rest."""
        if self._upkeep:
            self._upkeep.cancel()
        if self._late:
            await asyncio.wait(self._late, timeout=within)
        for late in self._late:
            late.cancel()
        await asyncio.gather(*self._late, *filter(None, [self._upkeep]), return_exceptions=True)

    def _step(self, press: _Press, row: card_table.CardRow, current: Question) -> Step | None:
        """The button that was pressed; None for a press on what the card no longer shows."""
        if press.pressed.version != row.version:
            return None
        return next((step for step in steps_of(current, self._services) if step.verb is press.pressed.verb), None)

    async def _go(
        self, press: _Press, row: card_table.CardRow, current: Question, step: Step | None
    ) -> Mapping[str, Any]:
        """Shows where the press leads; a repeated or outdated one leads to what stands."""
        now = self._clock()
        asked = replace(current, asker=press.who, now=now)
        version = row.version
        if step:
            asked = _led(asked, step)
            due_at = now + self._timing.press_lease if asked.task else None
            if not await card_table.advance(
                self._store, press.out_track_id, version=version, state=dump(asked), due_at=due_at
            ):
                winner = await card_table.get(self._store, press.out_track_id)
                return await self._go(press, winner, load(winner.state), None) if winner else NO_CHANGE
            version += 1
        elif current.task is not None:
            return await self._busy(press, current)
        return await self._shown(press, asked, version, "done" if step else "repeated")

    async def _shown(
        self, press: _Press, asked: Question, version: int, outcome: str, *, within: float | None = None
    ) -> Mapping[str, Any]:
        task = self._begin(press.out_track_id, asked, version)
        await asyncio.wait([task], timeout=self._timing.ack_within if within is None else within)
        if task.done():
            self._meter.press(press.pressed.verb, outcome)
            return _update(task.result())
        self._meter.press(press.pressed.verb, "slow")
        due_at = self._clock() + self._timing.press_lease
        await card_table.expect(self._store, press.out_track_id, version=version, due_at=due_at)
        self._finish_later(task, press.out_track_id, version)
        return _update({"tips": self._renderer.working(asked.language)})

    async def _busy(self, press: _Press, current: Question) -> Mapping[str, Any]:
        """Somebody's press is being worked on; another one shows what comes of it, in time or by an update.

        A word that it is being worked on may reach the card after what came of it, so that it is never the last one.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + self._timing.ack_within
        done = await self._done(press.out_track_id, within=self._timing.ack_within / 2)
        if done:
            asked, version = done
            asked = replace(asked, asker=press.who, now=self._clock())
            return await self._shown(press, asked, version, "repeated", within=until - loop.time())
        self._meter.press(press.pressed.verb, "repeated")
        self._own_late(self._follow(press.out_track_id))
        return _update({"tips": self._renderer.working(current.language)})

    async def _done(self, out_track_id: OutTrackId, *, within: float) -> tuple[Question, int] | None:
        """What a card is about once nothing is to be done for it any more, and its version; None if that takes longer.

        Where another process does it, the store is asked now and then.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while (left := until - loop.time()) > 0:
            work = self._in_hand.get(out_track_id)
            await asyncio.wait([work], timeout=left) if work else await asyncio.sleep(min(left, _LOOK_SECONDS))
            row = await card_table.get(self._store, out_track_id)
            current = _state_of(row) if row else None
            if row and current and current.task is None:
                return current, row.version
        return None

    async def _follow(self, out_track_id: OutTrackId) -> None:
        """Brings a card up to date once what is being done for it is done."""
        try:
            done = await self._done(out_track_id, within=_FOLLOWED_SECONDS)
            if done:
                await self._update_card(self._rendered(out_track_id, *done), out_track_id, done[1])
        except StoreError as error:
            log.warning("card_not_updated", out_track_id=out_track_id, error=str(error))

    def _said(self, notice: str, language: Language) -> Mapping[str, Any]:
        return _update({"tips": self._renderer.notice(notice, language)})

    def _begin(self, out_track_id: OutTrackId, question: Question, version: int) -> asyncio.Task[dict[str, str]]:
        """Works on what a card is to show; who presses it meanwhile waits for that."""
        task = asyncio.create_task(self._rendered(out_track_id, question, version))
        if question.task is not None:
            self._in_hand[out_track_id] = task
            task.add_done_callback(lambda _: self._in_hand.pop(out_track_id, None))
        return task

    async def _rendered(self, out_track_id: OutTrackId, question: Question, version: int) -> dict[str, str]:
        """The card's variables. What the answer adds to the question is kept first, as the buttons will mean it."""
        reply = await answer_safely(question, self._services)
        assert not isinstance(reply, Outsider)
        if question.task is not None:
            await self._mail.after(question.task, reply)
        state = dump(settled(reply.question, question))
        if question.task is not None or state != dump(question):
            await card_table.settle(self._store, out_track_id, version=version, state=state)
        key = key_of(out_track_id, version=version)
        card = self._renderer.card(reply, key=key, clock_zone=question.zone, now=self._clock())
        return card_params(card)

    def _finish_later(self, task: asyncio.Task[dict[str, str]], out_track_id: OutTrackId, version: int) -> None:
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
                await card_api.update_card(self._api, out_track_id=out_track_id, params=params)
                await card_table.settle(self._store, out_track_id, version=version, state=row.state)
        except (RemoteError, StoreError) as error:
            log.warning("card_not_updated", out_track_id=out_track_id, error=str(error))

    async def _keep_up(self) -> None:
        """Takes up presses that nobody has finished in time."""
        while True:
            await asyncio.sleep(self._timing.press_upkeep)
            try:
                due = await card_table.take_due(self._store, now=self._clock(), lease=self._timing.press_lease)
            except StoreError as error:
                log.error("presses_not_kept", error=str(error))
                continue
            for row in due:
                log.info("press_taken_over", out_track_id=row.out_track_id)
                current = _state_of(row)
                if current is None:
                    with contextlib.suppress(StoreError):
                        await card_table.settle(self._store, row.out_track_id, version=row.version, state=row.state)
                    continue
                task = self._begin(row.out_track_id, current, row.version)
                self._finish_later(task, row.out_track_id, row.version)


def _led(asked: Question, step: Step) -> Question:
    """Where a button leads."""
    request, view = step.request or asked.request, replace(step.view or asked.view, told_by=asked.view.told_by)
    namesakes = None if step.request else asked.namesakes
    return replace(asked, request=request, view=view, task=step.task, namesakes=namesakes)


def _state_of(row: card_table.CardRow) -> Question | None:
    """What the card is about; None where that was kept by another version."""
    try:
        return load(row.state)
    except ValueError:
        log.error("card_unreadable", out_track_id=row.out_track_id)
        return None


def _read(data: str) -> _Press | None:
    """The press in a frame's `data` (topic /v1.0/card/instances/callback), whose `content` is JSON in a text."""
    try:
        push = json.loads(data)
        nested = [json.loads(push[key]) for key in ("content", "value") if isinstance(push.get(key), str)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    out_track_id, who = push.get("outTrackId"), push.get("userId")
    pressed = find_pressed({"content": nested, "push": push})
    if not isinstance(out_track_id, str) or not isinstance(who, str) or not who or pressed is None:
        return None
    if not out_track_id.isprintable() or not who.isprintable():
        return None  # half a character or a NUL, which no database takes
    return _Press(OutTrackId(out_track_id), StaffId(who), pressed)


def _update(params: Mapping[str, str]) -> dict[str, Any]:
    """An ack that changes the named variables and leaves the others."""
    return {"cardUpdateOptions": _BY_KEY, "cardData": {"cardParamMap": dict(params)}}
