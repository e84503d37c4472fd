"""Carries out the steps of a situation on a stage, one by one, and tells where what came is not what was expected."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from bot.emulator import Card, Conversation, Message, Person
from bot.playground.calendars import end_leave, remove, reply
from bot.playground.company import Company
from bot.playground.founding import enter, take_leave
from bot.playground.moments import advance_of, entry_of, leave_of, moment_of
from bot.playground.situations import Expectation, Step
from bot.playground.stage import Stage
from bot.playground.switches import MOMENTS
from bot.store.tables import cards, digest_runs, is_unfinished, messages

WITHIN = 60.0
_DIRECT = "direct"
_SEEN = ("say", "press", "clock")
_LOOKED = 0.02
_STILL = 0.1


class StepError(Exception):
    """A step that cannot be carried out, or came to something else; the text says what was found and expected."""


@dataclass(slots=True)
class Player:
    """Plays a situation's steps in order. `at` is the next one, `chat` where the last one was."""

    stage: Stage
    steps: Sequence[Step]
    at: int = 0
    chat: Conversation | None = None
    actor: Person | None = None
    _mark: int = 0

    @property
    def over(self) -> bool:
        """True after the last step."""
        return self.at >= len(self.steps)

    async def play(self) -> None:
        """Carry out all that is left. Raises StepError."""
        while not self.over:
            await self.step()

    async def scene(self) -> Step:
        """Carry out steps up to one that there is something to see of; what is only set before it is passed over."""
        step = await self.step()
        while not (step.note or self.over or step.verb in _SEEN):
            step = await self.step()
        return step

    async def step(self) -> Step:
        """Carry out the next step and wait for what comes of it. Raises StepError."""
        step, self.at = self.steps[self.at], self.at + 1
        where = f"step {self.at} ({step.verb or 'note'})"
        try:
            async with asyncio.timeout(WITHIN):
                await self._carry_out(step)
        except TimeoutError:
            raise StepError(f"{where}: not settled within {WITHIN:.0f} s") from None
        except (LookupError, ValueError) as error:
            raise StepError(f"{where}: {error}") from None
        if step.expect is not None:
            self._check(step.expect, where)
        return step

    def newest(self) -> Card | Message | None:
        """The card or message that appeared or changed last in the chat of the last step."""
        return self.stage.recorder.newest(self.chat)

    async def _carry_out(self, step: Step) -> None:
        self.actor = self._person(step.by) if step.by else self.actor or self._me()
        self.chat = self._chat(step)
        self._mark = self.stage.recorder.count_in(self.chat)
        match step.verb:
            case "say":
                at = [self._person(each) for each in step.at]
                to = _DIRECT if self.chat.is_direct else self.chat
                await self.actor.says(step.say or "", at=at, to=to, to_bot=step.to_bot)
            case "press":
                card = self._card()
                press = await self.actor.presses(card, _label(card, self.actor, step.press or ""))
                if press.timed_out:
                    raise ValueError(f"the press of {step.press!r} got no answer")
            case "clock":
                await self._set_clock(step.clock or "")
            case "calendar":
                await self._edit(step)
            case "fault":
                await self._fail(step)
        await settled(self.stage)

    async def _set_clock(self, text: str) -> None:
        stage = self.stage
        if text == "digest":
            due = stage.app.next_digest()
            if due is None:
                raise ValueError("found no digest, expected one to be set")
            await stage.set_clock(due)
            return
        ahead = advance_of(text)
        at = stage.clock() + ahead if ahead is not None else moment_of(text, stage.situation.zone)
        await stage.set_clock(at)

    async def _edit(self, step: Step) -> None:
        person, stage = self._person(step.calendar or ""), self.stage
        now, zone = stage.clock(), stage.situation.zone
        read, read_leave = (partial(each, now=now, zone=zone) for each in (entry_of, leave_of))
        for text in step.remove:
            gone = read(text)
            found = [each for each in person.calendar.items if each.start == gone.start and each.end == gone.end]
            if not found:
                raise ValueError(f"found no entry {text!r} in the calendar of {person.staff_id!r}")
            remove(stage, person, found[0].key)
        for text in step.add:
            enter(person.calendar, read(text))
        for text in step.end_leave:
            end_leave(person, read_leave(text))
        for text in step.leave:
            take_leave(person, read_leave(text))
        if step.reply is not None:
            reply(person, step.reply)
        if step.working_time is not None or step.zone is not None:
            await stage.set_own_time(person, working_time=step.working_time, zone=step.zone)
        if step.shares is not None:
            stage.switches.share(person, shares=step.shares)

    async def _fail(self, step: Step) -> None:
        name = step.fault or ""
        if name in MOMENTS:
            await self.stage.switches.happen(name)
        else:
            self.stage.switches.set(name, on=step.on)

    def _check(self, expected: Expectation, where: str) -> None:
        appeared = self.stage.recorder.count_in(self.chat) > self._mark
        if appeared is not expected.answer:
            raise StepError(f"{where}: found {'an' if appeared else 'no'} answer, expected otherwise")
        newest = self.newest() if appeared else None
        text = _text(newest, self.actor)
        buttons = (
            [each.text for each in newest.buttons_for(self.actor or self._me())] if isinstance(newest, Card) else []
        )
        for piece in expected.says:
            if piece not in text:
                raise StepError(f"{where}: found {text!r}, expected it to say {piece!r}")
        for piece in expected.lacks:
            if piece in text:
                raise StepError(f"{where}: found {piece!r} in {text!r}, expected it not to say so")
        for piece in expected.buttons:
            if not any(piece in each for each in buttons):
                raise StepError(f"{where}: found the buttons {buttons}, expected one with {piece!r}")
        for piece in expected.no_buttons:
            if any(piece in each for each in buttons):
                raise StepError(f"{where}: found the buttons {buttons}, expected none with {piece!r}")
        events = len(self.stage.emulator.calendar_events)
        if expected.events is not None and events != expected.events:
            raise StepError(f"{where}: found {events} meetings in calendars, expected {expected.events}")

    def _person(self, staff_id: str) -> Person:
        return _person(self.stage.company, staff_id)

    def _me(self) -> Person:
        return self._person(self.stage.situation.me or self.stage.company.people[0].staff_id)

    def _chat(self, step: Step) -> Conversation:
        actor = self.actor or self._me()
        if step.place == _DIRECT:
            return actor.direct
        if step.place is not None:
            found = next((each for each in self.stage.company.groups if each.title == step.place), None)
            if found is None:
                titles = [each.title for each in self.stage.company.groups]
                raise ValueError(f"found the group {step.place!r}, expected one of {titles}")
            return found
        if self.chat is not None and self.chat.has_member(actor):
            return self.chat
        return next((each for each in self.stage.company.groups if each.has_member(actor)), actor.direct)

    def _card(self) -> Card:
        """The card of the chat that appeared or changed last and can be pressed."""
        assert self.chat is not None
        pressable = [each for each in self.chat.cards if each.buttons_for(self.actor or self._me())]
        if not pressable:
            raise ValueError("found no card with buttons in this chat")
        return max(pressable, key=lambda each: each.updates[-1].at if each.updates else 0.0)


async def settled(stage: Stage) -> None:
    """Wait until every message is answered and no card, digest or call is under way, for a moment on end."""
    still = 0.0
    while still < _STILL:
        still = 0.0 if await _is_busy(stage) else still + _LOOKED
        await asyncio.sleep(_LOOKED)


async def _is_busy(stage: Stage) -> bool:
    def waiting(connection: sa.Connection) -> bool:
        unanswered = connection.scalar(sa.select(sa.func.count()).select_from(messages).where(is_unfinished))
        due = sa.select(sa.func.count()).select_from(cards).where(cards.c.deed_due_at.is_not(None))
        begun = sa.select(sa.func.count()).select_from(digest_runs).where(digest_runs.c.state == "claimed")
        return bool(unanswered or connection.scalar(due) or connection.scalar(begun))

    return stage.emulator.is_busy or await stage.app.services.store.run(waiting)


def _person(company: Company, staff_id: str) -> Person:
    person = company.person(staff_id)
    if person is None:
        raise ValueError(
            f"found nobody called {staff_id!r}, expected one of {[each.staff_id for each in company.people]}"
        )
    return person


def _label(card: Card, person: Person, wanted: str) -> str:
    """The id of the button with this label, verb or id; else of the one whose label holds it."""
    shown = card.buttons_for(person)
    exact = [each for each in shown if wanted in (each.text, each.id, each.verb)]
    found = exact or [each for each in shown if wanted in each.text]
    if not found:
        raise ValueError(f"found the buttons {[each.text for each in shown]}, expected one with {wanted!r}")
    return found[0].id


def _text(shown: Card | Message | None, viewer: Person | None) -> str:
    if isinstance(shown, Card):
        return shown.text_for(viewer) if viewer else shown.text
    return "\n".join(filter(None, (shown.title, shown.text))) if shown else ""
