"""What people change about the digest of their chat, or about their own in a 1:1 chat, and how it is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.availability.due import kind_on, next_due
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import without_team
from bot.features.digest.asked_for import at_once
from bot.features.digest.of_place import configured_of, digest_of, has_team, of_kind_meant, place_of, usual
from bot.features.digest.settings_steps import steps
from bot.features.services import Services
from bot.model.card_state import CardState, DigestSettingsCard
from bot.model.deeds import OptOut, SetDigest, SetUpDigest
from bot.model.digest_orders import DigestDays, DigestOrder, EditionKind
from bot.model.digests import Digest, digest_key
from bot.model.people import ConversationId, StaffId, Who
from bot.model.questions import Question
from bot.model.replies import DigestChange, DigestReply, DigestShown, Unclear
from bot.model.requests import Intent, Request
from bot.store import digest_runs, digests, hidden


async def answer(
    question: Question, card: DigestSettingsCard, services: Services
) -> DigestShown | DigestReply | Unclear:
    """How the digest is set, or what it would say now. Raises RemoteError and StoreError."""
    request = question.request
    if request.problem:
        return Unclear(question, request.problem.code, steps_from(question, services.calendar(question.zone)))
    card = await of_kind_meant(question, card, request.digest, services)
    if request.digest and request.digest.now:
        return await at_once(question, card, services)
    if card.draft and card.digest:
        return await _drafted(question, card, card.digest, services)
    return await _shown(question, card, services, loosely=card.loosely, choosing=card.choosing)


async def set_digest(question: Question, card: CardState, deed: SetDigest, services: Services) -> DigestShown | Unclear:
    """Changes the digest in the name of `question.asker`; see `changed`."""
    return await changed(question, _settings_on(card), deed.order, services)


async def changed(
    question: Question, card: DigestSettingsCard, order: DigestOrder, services: Services
) -> DigestShown | Unclear:
    """Changes the digest in the name of `question.asker`; again changes nothing. Raises RemoteError and StoreError.

    A group without a team has no digest yet, and is asked for one first. In a group a digest that is begun in words is
    shown before it is set, as it concerns everybody there.
    """
    card = await of_kind_meant(question, card, order, services)
    fresh, now = await usual(question, card, order, services), services.clock()
    if card.draft and card.digest:
        draft = _ordered(card.digest, order, question, card)
        return await _drafted(question, replace(card, choosing=False), draft, services)
    turning_on = question.request.intent is Intent.DIGEST_ON or order.on is True
    known = await digest_of(question, card, services)
    wanted = _ordered(known or fresh, order, question, card)
    if turning_on and not await has_team(wanted, services):
        request = replace(question.request, intent=Intent.DIGEST_ON, digest=order)
        return without_team(replace(question, request=request))
    if turning_on and question.in_group and card.opened_by is None and not (known and known.on):
        begun = replace(card, loosely=order.loosely)
        return await _drafted(question, begun, _ordered(replace(wanted, on=True), order, question, card), services)

    def change(connection: Connection) -> bool:
        kept = digests.get_in(connection, fresh.key)
        found = kept.digest if kept else configured_of(fresh.place, fresh.kind, services)
        if found is None and not turning_on:
            return True
        digest = (found or fresh).resumed(_today(found or fresh, question.now))
        asked = _ordered(digest, order, question, card)
        if asked != found:
            digests.put_in(connection, asked, by=question.asker, now=now, card=question.card)
        by_this = kept is not None and kept.by == question.asker and kept.updated_at >= question.now
        return asked != found or by_this

    changes = await services.store.run(change)
    shown = await _shown(question, card, services, loosely=order.loosely)
    return shown if changes else replace(shown, change=DigestChange.NONE)


async def set_up(question: Question, card: CardState, deed: SetUpDigest, services: Services) -> DigestShown:
    """Sets a digest as it was shown, in the name of whoever confirms it; again changes nothing. Raises StoreError."""
    digest, now = replace(deed.digest, on=True, set_in_chat=True), services.clock()

    def change(connection: Connection) -> None:
        kept = digests.get_in(connection, digest.key)
        if kept is None or kept.digest != digest:
            digests.put_in(connection, digest, by=question.asker, now=now, card=question.card)

    await services.store.run(change)
    loosely = isinstance(card, DigestSettingsCard) and card.loosely
    shown = DigestSettingsCard(opened_by=question.asker, kind=digest.kind)
    return await _shown(question, shown, services, loosely=loosely)


async def opt_out(question: Question, card: CardState, deed: OptOut, services: Services) -> DigestShown:
    """Leaves whoever asks out of the digest of the group, or takes them in; one's own digest is turned off, or on."""
    shown = _settings_on(card)
    out = question.asker not in shown.opted_out if deed.out is None else deed.out
    if not question.in_group:
        changed_to = await changed(question, shown, DigestOrder(on=not out), services)
        assert isinstance(changed_to, DigestShown)
        return changed_to
    place = place_of(question, shown)
    await (hidden.hide if out else hidden.unhide)(services.store, place, question.asker)
    change = DigestChange.LEFT if out else DigestChange.JOINED
    card = await of_kind_meant(question, shown, question.request.digest, services)
    return replace(await _shown(question, card, services), change=change)


# ---------------------------------------------------------------- the digest of a chat
def _settings_on(card: CardState) -> DigestSettingsCard:
    return card if isinstance(card, DigestSettingsCard) else DigestSettingsCard()


def _ordered(digest: Digest, order: DigestOrder, question: Question, card: DigestSettingsCard) -> Digest:
    """`digest` with what is said of it; what is not said stays as it is. A time that is said is one of the chat's zone.

    A button's time is one of the zone that its card shows.
    """
    request = question.request
    said = order.at is not None and card.opened_by is None
    at = digest.at if order.at is None else time(*divmod(order.at, 60))
    loose = order.loosely and digest.days is DigestDays.DAILY
    paused_until = None if order.on is not None else order.paused_until or digest.paused_until
    asked = replace(
        digest,
        at=at,
        days=digest.days if order.days is None or loose else order.days,
        quiet=digest.quiet if order.quiet is None else order.quiet,
        on=digest.on if order.on is None else order.on,
        paused_until=paused_until,
        team=request.who.teams[0] if request.who.teams else digest.team,
        zone=request.zone or (question.zone if said else digest.zone),
    )
    return asked if asked == digest else replace(asked, set_in_chat=True)


# ---------------------------------------------------------------- the card
async def _shown(
    question: Question,
    card: DigestSettingsCard,
    services: Services,
    *,
    loosely: bool = False,
    choosing: bool = False,
) -> DigestShown:
    place = place_of(question, card)
    kept = await digests.get(services.store, digest_key(place, card.kind))
    by_configuration = configured_of(place, card.kind, services)
    found = kept.digest if kept else by_configuration
    digest = found.resumed(_today(found, question.now)) if found else None
    shown = replace(
        card,
        digest=digest,
        opened_by=card.opened_by or question.asker,
        opted_out=await _opted_out(question, place, services),
        choosing=choosing,
        loosely=loosely,
        draft=False,
    )
    reply = await _reply(question, shown, services)
    return replace(
        reply,
        set_by=await _name(kept.by, services) if kept and kept.by else "",
        set_at=kept.updated_at if kept else None,
        overrides=kept is not None and by_configuration is not None,
    )


async def _drafted(question: Question, card: DigestSettingsCard, digest: Digest, services: Services) -> DigestShown:
    """A digest before it is set."""
    place = place_of(question, card)
    shown = replace(
        card,
        digest=digest,
        opened_by=card.opened_by or question.asker,
        opted_out=await _opted_out(question, place, services),
        draft=True,
    )
    return await _reply(question, shown, services)


async def _reply(question: Question, card: DigestSettingsCard, services: Services) -> DigestShown:
    digest = card.digest
    asked = replace(
        question,
        request=Request(Intent.DIGEST_SHOW, question.request.language, who=Who(everyone=question.in_group)),
    )
    other = replace(card, kind=EditionKind.DAY if card.kind is EditionKind.WEEK else EditionKind.WEEK)
    also = await digest_of(question, other, services)
    calendar = services.calendar(digest.zone if digest else question.zone)
    return DigestShown(
        asked,
        card,
        next_at=await _next_run(digest, question.now, services) if digest else None,
        holidays=calendar.holidays is not None,
        also=also if also and also.on else None,
        steps=steps(asked, card, services),
    )


async def _opted_out(question: Question, place: ConversationId, services: Services) -> tuple[StaffId, ...]:
    return tuple(sorted(await hidden.of_chat(services.store, place))) if question.in_group else ()


async def _next_run(digest: Digest, now: datetime, services: Services) -> datetime | None:
    """When it goes out next; one that has gone out today does not once more at another time."""
    calendar, today = services.calendar(digest.zone), _today(digest, now)
    key = digest_key(digest.place, kind_on(digest, today, calendar))
    last = await digest_runs.last_day(services.store, key)
    gone = last is not None and last >= today
    return next_due(digest, calendar, after=calendar.day(last).end if last and gone else now)


def _today(digest: Digest, now: datetime) -> date:
    return now.astimezone(ZoneInfo(digest.zone)).date()


async def _name(staff_id: StaffId, services: Services) -> str:
    person = (await services.directory.persons([staff_id]))[staff_id]
    return person.label
