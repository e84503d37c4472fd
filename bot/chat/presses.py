"""A press on a card: the ack is the answer, within DingTalk's two seconds; slower work comes by an update."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.cards import Renderer, card_params
from bot.chat.buttons import Pressed, find_pressed, key_of, tag_of
from bot.chat.dispatch import answer_safely
from bot.chat.questions import about, dump, load
from bot.dingtalk import cards as card_api
from bot.dingtalk.http import Api
from bot.errors import RemoteError, StoreError
from bot.features.services import Services
from bot.features.steps import steps_from
from bot.model.meter import Meter
from bot.model.people import OutTrackId, StaffId
from bot.model.replies import Question, WhoIsFree
from bot.store import Store
from bot.store import cards as card_table

log = structlog.get_logger(__name__)

ACK_WITHIN = 1.4
NO_CHANGE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _Press:
    out_track_id: OutTrackId
    who: StaffId
    pressed: Pressed


class Presses:
    """Answers presses. What a card is about stands in the store, so that buttons outlive restarts."""

    def __init__(
        self,
        *,
        api: Api,
        store: Store,
        services: Services,
        renderer: Renderer,
        meter: Meter,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._store = store
        self._services = services
        self._renderer = renderer
        self._meter = meter
        self._clock = clock
        self._late: set[asyncio.Task[None]] = set()

    async def answer(self, data: str) -> Mapping[str, Any]:
        """The ack of one callback: the changed card, or no change where the press means nothing. Raises StoreError."""
        press = _read(data)
        row = await self._card_of(press) if press else None
        if press is None or row is None:
            self._meter.press(press.pressed.verb if press else "none", "unknown")
            return NO_CHANGE
        question, version = await self._advance(press, row)
        task = asyncio.create_task(self._rendered(press.out_track_id, question, version))
        await asyncio.wait([task], timeout=ACK_WITHIN)
        if task.done():
            self._meter.press(press.pressed.verb, "done" if version != row.version else "repeated")
            return _update(task.result())
        self._meter.press(press.pressed.verb, "slow")
        self._finish_later(task, press.out_track_id, version)
        return _update({"tips": self._renderer.working(question.language)})

    async def stop(self, *, within: float) -> None:
        """Waits so many seconds for updates that are on their way, and gives up the rest."""
        if self._late:
            await asyncio.wait(self._late, timeout=within)
        for late in self._late:
            late.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _card_of(self, press: _Press) -> card_table.CardRow | None:
        """The pressed card, None where we never made it, the button is another's, or its state cannot be read."""
        row = await card_table.get(self._store, press.out_track_id)
        if row is None or press.pressed.tag != tag_of(press.out_track_id):
            return None
        try:
            load(row.state)
        except ValueError:
            log.error("card_unreadable", out_track_id=press.out_track_id)
            return None
        return row

    async def _advance(self, press: _Press, row: card_table.CardRow) -> tuple[Question, int]:
        """The question that the press leads to and its version; a repeated or outdated press leads to what stands."""
        current = load(row.state)
        asked = replace(current, asker=press.who, now=self._clock())
        if press.pressed.version != row.version:
            return asked, row.version
        steps = steps_from(current, self._services.calendar(current.zone))
        step = next((step for step in steps if step.verb is press.pressed.verb), None)
        if step is None:
            return asked, row.version
        changed = about(asked, step.windows, who=step.who)
        advanced = await card_table.advance(self._store, press.out_track_id, version=row.version, state=dump(changed))
        if advanced:
            return changed, row.version + 1
        winner = await card_table.get(self._store, press.out_track_id)
        return (replace(load(winner.state), asker=press.who), winner.version) if winner else (asked, row.version)

    async def _rendered(self, out_track_id: OutTrackId, question: Question, version: int) -> dict[str, str]:
        reply = await answer_safely(question, self._services)
        if isinstance(reply, WhoIsFree) and reply.question.namesakes != question.namesakes:
            # Whom a button picks is what the card shows, not whom a later look-up would find.
            state = dump(reply.question)
            await card_table.amend(self._store, out_track_id, version=version, state=state)
        key = key_of(out_track_id, version=version)
        card = self._renderer.card(reply, key=key, clock_zone=question.zone, now=self._clock())
        return card_params(card)

    def _finish_later(self, task: asyncio.Task[dict[str, str]], out_track_id: OutTrackId, version: int) -> None:
        late = asyncio.create_task(self._update_card(task, out_track_id, version))
        self._late.add(late)
        late.add_done_callback(self._late.discard)

    async def _update_card(self, task: asyncio.Task[dict[str, str]], out_track_id: OutTrackId, version: int) -> None:
        try:
            params = await task
            row = await card_table.get(self._store, out_track_id)
            if row and row.version == version:  # else a later press has overtaken this one
                await card_api.update_card(self._api, out_track_id=out_track_id, params=params)
        except (RemoteError, StoreError) as error:
            log.warning("card_not_updated", out_track_id=out_track_id, error=str(error))


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
    by_key = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
    return {"cardUpdateOptions": by_key, "cardData": {"cardParamMap": dict(params)}}
