"""The buttons of a digest's settings: other times, a pause until the week is over, off and on, not me."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.due import next_due
from bot.features.services import Services
from bot.model.digest_orders import DigestOrder
from bot.model.digests import Digest, Panel
from bot.model.questions import Question, Step, Task, TaskKind, Verb, View

_AT = (Verb.AT_1, Verb.AT_2, Verb.AT_3)
_MOVED = (-30, 30, 60)
"""Other times that are offered, in minutes from the one that is set: a digest at 9:10 keeps off the full hours."""
_DAY_MINUTES = 24 * 60
_SUNDAY = 6


def panel_steps(question: Question, services: Services) -> tuple[Step, ...]:
    """What can be changed from the card, by whoever opened it; "not me" is for anybody.

    A card without settings asks for the chat's team first, and may be asked again.
    """
    panel = question.view.panel
    if panel is None:
        return (Step(Verb.REFRESH),)
    if panel.choosing and panel.digest:
        return _times(question, panel, panel.digest)
    state = _of_state(question, panel, services)
    off = _change(Verb.TURN_OFF, panel, DigestOrder(on=False)) if panel.digest and panel.digest.on else ()
    not_me = (Step(Verb.NOT_ME, task=Task(TaskKind.NOT_ME), count=len(panel.left_out)),) if question.in_group else ()
    edition = question.view.edition
    back = (Step(Verb.DIGEST, view=View(edition=edition)),) if edition else ()
    return (*state, *not_me, *back, *off)


def _of_state(question: Question, panel: Panel, services: Services) -> tuple[Step, ...]:
    """What comes next for a digest that goes out, that is paused, that is off or was never set."""
    digest = panel.digest
    if digest is None or not digest.on:
        return _change(Verb.TURN_ON, panel, DigestOrder(on=True))
    if digest.paused_until:
        return _change(Verb.RESUME, panel, DigestOrder(on=True))
    choose = replace(question.view, panel=replace(panel, choosing=True))
    times = (Step(Verb.RESCHEDULE, view=choose, only=panel.opened_by),)
    return (*times, *_pause(question, panel, digest, services))


def _pause(question: Question, panel: Panel, digest: Digest, services: Services) -> tuple[Step, ...]:
    """Through the Sunday after the next digest, so that at least that one does not go out."""
    due = next_due(digest, services.calendar(digest.zone), after=question.now)
    if due is None:
        return ()
    day = due.astimezone(ZoneInfo(digest.zone)).date()
    until = day + timedelta(days=_SUNDAY - day.weekday())
    return _change(Verb.PAUSE, panel, DigestOrder(paused_until=until))


def _times(question: Question, panel: Panel, digest: Digest) -> tuple[Step, ...]:
    at = digest.at.hour * 60 + digest.at.minute
    moved = [DigestOrder(at=(at + by) % _DAY_MINUTES) for by in _MOVED]
    back = Step(Verb.BACK, view=replace(question.view, panel=replace(panel, choosing=False)), only=panel.opened_by)
    steps = [step for verb, order in zip(_AT, moved, strict=True) for step in _change(verb, panel, order)]
    return (*steps, back)


def _change(verb: Verb, panel: Panel, order: DigestOrder) -> tuple[Step, ...]:
    return (Step(verb, task=Task(TaskKind.DIGEST, digest=order), only=panel.opened_by),)
