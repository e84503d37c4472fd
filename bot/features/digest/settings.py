"""What people change about the digest of their chat, or about their own in a 1:1 chat, and how it is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.availability.due import next_due
from bot.errors import RemoteError
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import without_team
from bot.features.digest.configured import configured
from bot.features.digest.edition import compose
from bot.features.digest.settings_steps import steps
from bot.features.services import Services
from bot.model.card_state import CardState, DigestSettingsCard
from bot.model.deeds import OptOut, SetDigest
from bot.model.digest_orders import DigestDays, DigestOrder
from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId, Who
from bot.model.questions import Question
from bot.model.replies import DigestChange, DigestReply, DigestShown, Unclear
from bot.model.requests import Intent, Request
from bot.store import digest_runs, digests, hidden

USUAL_TIME = time(9, 10)
"""DingTalk asks to avoid the full hour."""


async def answer(
    question: Question, card: DigestSettingsCard, services: Services
) -> DigestShown | DigestReply | Unclear:
    """How the digest is set, or what it would say now. Raises RemoteError and StoreError."""
    request = question.request
    if request.problem:
        return Unclear(question, request.problem.code, steps_from(question, services.calendar(question.zone)))
    if request.digest and request.digest.now:
        return await _at_once(question, card, services)
    return await _shown(question, card, services, loosely=card.loosely, choosing=card.choosing)


async def set_digest(question: Question, card: CardState, deed: SetDigest, services: Services) -> DigestShown | Unclear:
    """Changes the digest in the name of `question.asker`; see `changed`."""
    shown = card if isinstance(card, DigestSettingsCard) else DigestSettingsCard()
    return await changed(question, shown, deed.order, services)


async def changed(
    question: Question, card: DigestSettingsCard, order: DigestOrder, services: Services
) -> DigestShown | Unclear:
    """Changes the digest in the name of `question.asker`; again changes nothing. Raises RemoteError and StoreError.

    A group without a team has no digest yet, and is asked for one first.
    """
    usual, now = await _usual(question, card, services), services.clock()
    turning_on = question.request.intent is Intent.DIGEST_ON or order.on is True
    set_so_far = await _digest(question, card, services) or usual
    if turning_on and not await _has_team(_ordered(set_so_far, order, question, card), services):
        wanted = replace(question.request, intent=Intent.DIGEST_ON, digest=order)
        return without_team(replace(question, request=wanted))

    def change(connection: Connection) -> bool:
        kept = digests.get_in(connection, usual.place)
        known = kept.digest if kept else _configured(usual.place, services)
        if known is None and not turning_on:
            return True
        digest = (known or usual).resumed(_today(known or usual, question.now))
        asked = _ordered(digest, order, question, card)
        if asked != known:
            digests.put_in(connection, asked, by=question.asker, now=now, card=question.card)
        by_this = kept is not None and kept.by == question.asker and kept.updated_at >= question.now
        return asked != known or by_this

    changes = await services.store.run(change)
    shown = await _shown(question, card, services, loosely=order.loosely)
    return shown if changes else replace(shown, change=DigestChange.NONE)


async def opt_out(question: Question, card: CardState, deed: OptOut, services: Services) -> DigestShown:
    """Leaves whoever asks out of the digest of the group, or takes them in; one's own digest is turned off, or on."""
    shown = card if isinstance(card, DigestSettingsCard) else DigestSettingsCard()
    out = question.asker not in shown.opted_out if deed.out is None else deed.out
    if not question.in_group:
        changed_to = await changed(question, shown, DigestOrder(on=not out), services)
        assert isinstance(changed_to, DigestShown)
        return changed_to
    place = _place(question, shown)
    await (hidden.hide if out else hidden.unhide)(services.store, place, question.asker)
    change = DigestChange.LEFT if out else DigestChange.JOINED
    return replace(await _shown(question, shown, services), change=change)


async def _at_once(question: Question, card: DigestSettingsCard, services: Services) -> DigestReply | Unclear:
    """Today's, as the answer to whoever wants it; the one that goes out at its time goes out all the same."""
    digest = await _digest(question, card, services) or await _usual(question, card, services)
    if not await _has_team(digest, services):
        return without_team(question)
    reply = await compose(
        digest,
        services,
        day=_today(digest, question.now),
        now=question.now,
        failed_before=True,
        asked_by=question.asker,
    )
    return replace(reply, question=replace(reply.question, card=question.card))


# ---------------------------------------------------------------- the digest of a chat
def _place(question: Question, card: DigestSettingsCard) -> ConversationId:
    if card.edition:
        return card.edition.digest.place
    return question.conversation_id if question.in_group else ConversationId(f"direct:{question.author}")


def _configured(place: ConversationId, services: Services) -> Digest | None:
    return next((digest for digest in configured(services.config) if digest.place == place), None)


async def _digest(question: Question, card: DigestSettingsCard, services: Services) -> Digest | None:
    """The digest that is set for this place: in the chat, else by the configuration; None for none."""
    place = _place(question, card)
    kept = await digests.get(services.store, place)
    return kept.digest if kept else _configured(place, services)


async def _usual(question: Question, card: DigestSettingsCard, services: Services) -> Digest:
    """What a digest is where nothing is said about it."""
    own = question.author if not question.in_group else None
    return Digest(
        place=_place(question, card),
        at=USUAL_TIME,
        zone=question.request.zone or question.zone,
        language=question.language,
        user=own,
        team=question.team or (await _team_of(own, services) if own else None),
        operator=own or question.asker,
        set_in_chat=True,
        chat=question.conversation_id if own else None,
    )


async def _team_of(person: StaffId, services: Services) -> str | None:
    """The first configured team that lists somebody, as far as teams can be read."""
    for team in services.config.teams:
        try:
            if person in await services.directory.teams.members(team.name):
                return team.name
        except RemoteError:
            continue
    return None


async def _has_team(digest: Digest, services: Services) -> bool:
    """One's own digest needs none."""
    return digest.user is not None or bool(
        await services.directory.members_of_chat(digest.chat or digest.place, digest.team)
    )


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
    place = _place(question, card)
    kept, by_configuration = await digests.get(services.store, place), _configured(place, services)
    found = kept.digest if kept else by_configuration
    digest = found.resumed(_today(found, question.now)) if found else None
    left_out = tuple(sorted(await hidden.of_chat(services.store, place))) if question.in_group else ()
    request = Request(Intent.DIGEST_SHOW, question.request.language, who=Who(everyone=question.in_group))
    asked = replace(question, request=request)
    shown = replace(
        card,
        digest=digest,
        opened_by=card.opened_by or question.asker,
        opted_out=left_out,
        choosing=choosing,
        loosely=loosely,
    )
    calendar = services.calendar(digest.zone) if digest else services.calendar(question.zone)
    return DigestShown(
        asked,
        shown,
        next_at=await _next_run(digest, question.now, services) if digest else None,
        set_by=await _name(kept.by, services) if kept else "",
        set_at=kept.updated_at if kept else None,
        overrides=kept is not None and by_configuration is not None,
        holidays=calendar.holidays is not None,
        steps=steps(asked, shown, services),
    )


async def _next_run(digest: Digest, now: datetime, services: Services) -> datetime | None:
    """When it goes out next; one that has gone out today does not once more at another time."""
    calendar, last = services.calendar(digest.zone), await digest_runs.last_day(services.store, digest.place)
    gone = last is not None and last >= _today(digest, now)
    return next_due(digest, calendar, after=calendar.day(last).end if last and gone else now)


def _today(digest: Digest, now: datetime) -> date:
    return now.astimezone(ZoneInfo(digest.zone)).date()


async def _name(staff_id: StaffId, services: Services) -> str:
    person = (await services.directory.persons([staff_id]))[staff_id]
    return person.label
