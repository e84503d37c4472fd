"""The buttons of a digest's settings: other times, a pause until the week is over, off and on, not me."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.availability.due import edition_on, next_due
from bot.features.common.forms import steps_from
from bot.features.services import Services
from bot.model.card_state import DigestCard, DigestSettingsCard
from bot.model.deeds import OptOut, SetDigest, SetUpDigest
from bot.model.digest_orders import DigestOrder
from bot.model.digests import Digest
from bot.model.questions import Question
from bot.model.steps import Step, Verb

_MOVED = (-30, 30, 60)
"""Other times that are offered, in minutes from the one that is set: a digest at 9:10 keeps off the full hours."""
_DAY_MINUTES = 24 * 60
_SUNDAY = 6


def deed_of(question: Question) -> SetDigest | OptOut | None:
    """What the request wants done, None where it only wants to see."""
    order = question.request.digest or DigestOrder()
    if question.request.problem or order.now or not order.changes:
        return None
    return OptOut(order.hide) if order.hide is not None else SetDigest(order)


def steps(question: Question, card: DigestSettingsCard, services: Services) -> tuple[Step, ...]:
    """What can be changed from the card, by whoever opened it; "not me" is for anybody.

    A card without settings asks for the chat's team first, and may be asked again.
    """
    if question.request.problem:
        return steps_from(question, services.calendar(question.zone))
    if card.opened_by is None:
        return (Step(Verb.REFRESH, deed=deed_of(question)),)
    if card.choosing and card.digest:
        return _times(card, card.digest)
    if card.draft and card.digest:
        return _of_draft(question, card, card.digest, services)
    off = (_change(Verb.TURN_OFF, card, DigestOrder(on=False)),) if card.digest and card.digest.on else ()
    not_me = (_not_me(card),) if question.in_group else ()
    back = (Step(Verb.DIGEST, card=DigestCard(card.edition)),) if card.edition else ()
    return (*_of_state(question, card, services), *not_me, *back, *off)


def _of_draft(question: Question, card: DigestSettingsCard, digest: Digest, services: Services) -> tuple[Step, ...]:
    """Set it as it is shown, see its next edition, another time, or not at all."""
    calendar = services.calendar(digest.zone)
    due = next_due(digest, calendar, after=question.now)
    day = (due or question.now).astimezone(ZoneInfo(digest.zone)).date()
    preview = DigestCard(edition_on(digest, day, calendar), drafted_by=card.opened_by)
    return (
        Step(Verb.SET_UP, deed=SetUpDigest(digest), only=card.opened_by),
        Step(Verb.PREVIEW, card=preview),
        _reschedule(card),
        Step(Verb.LEAVE_IT, card=replace(card, draft=False, digest=None), only=card.opened_by),
    )


def _reschedule(card: DigestSettingsCard) -> Step:
    return Step(Verb.RESCHEDULE, card=replace(card, choosing=True), only=card.opened_by)


def _not_me(card: DigestSettingsCard) -> Step:
    """Out, or in again for whoever was out when the card was shown."""
    return Step(Verb.NOT_ME, deed=OptOut(), count=len(card.opted_out))


def _of_state(question: Question, card: DigestSettingsCard, services: Services) -> tuple[Step, ...]:
    """What comes next for a digest that goes out, that is paused, that is off or was never set."""
    digest = card.digest
    if digest is None or not digest.on:
        return (_change(Verb.TURN_ON, card, DigestOrder(on=True)),)
    if digest.paused_until:
        return (_change(Verb.RESUME, card, DigestOrder(on=True)),)
    return (_reschedule(card), *_pause(question, card, digest, services))


def _pause(question: Question, card: DigestSettingsCard, digest: Digest, services: Services) -> tuple[Step, ...]:
    """Through the Sunday after the next digest, so that at least that one does not go out."""
    due = next_due(digest, services.calendar(digest.zone), after=question.now)
    if due is None:
        return ()
    day = due.astimezone(ZoneInfo(digest.zone)).date()
    until = day + timedelta(days=_SUNDAY - day.weekday())
    return (_change(Verb.PAUSE, card, DigestOrder(paused_until=until)),)


def _times(card: DigestSettingsCard, digest: Digest) -> tuple[Step, ...]:
    at = digest.at.hour * 60 + digest.at.minute
    moved = [DigestOrder(at=(at + by) % _DAY_MINUTES) for by in _MOVED]
    times = [replace(_change(Verb.AT, card, order), option=option) for option, order in enumerate(moved, 1)]
    return (*times, Step(Verb.BACK, card=replace(card, choosing=False), only=card.opened_by))


def _change(verb: Verb, card: DigestSettingsCard, order: DigestOrder) -> Step:
    return Step(verb, deed=SetDigest(order), only=card.opened_by)
