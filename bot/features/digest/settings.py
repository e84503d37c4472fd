"""What people change about the digest of their chat, or about their own in a 1:1 chat, and how it is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.availability.due import next_due
from bot.errors import RemoteError
from bot.features.common.free_busy import without_team
from bot.features.common.steps import steps_from
from bot.features.digest.configured import configured
from bot.features.digest.edition import compose
from bot.features.digest.settings_steps import panel_steps
from bot.features.services import Services
from bot.model.digest_orders import DigestDays, DigestOrder
from bot.model.digests import Digest, Panel
from bot.model.people import ConversationId, Missing, StaffId, Who
from bot.model.questions import Question
from bot.model.replies import DigestReply, DigestShown, Unclear
from bot.model.requests import Intent, Request
from bot.store import digest_runs, digests, hidden

USUAL_TIME = time(9, 10)
"""DingTalk asks to avoid the full hour."""


async def answer(question: Question, services: Services) -> DigestShown | DigestReply | Unclear:
    """Does what the request says about the digest, or shows how it is set. Raises RemoteError and StoreError."""
    request, order = question.request, question.request.digest or DigestOrder()
    if request.problem:
        return Unclear(question, request.problem.code, steps_from(question, services.calendar(question.zone)))
    if order.now:
        return await _at_once(question, services)
    if order.hide is not None:
        return await _hidden(question, services, hide=order.hide)
    if order == DigestOrder():
        shown = question.view.panel or Panel()
        return await _shown(question, services, loosely=shown.loosely, choosing=shown.choosing)
    return await changed(question, order, services)


async def changed(question: Question, order: DigestOrder, services: Services) -> DigestShown | Unclear:
    """Changes the digest in the name of `question.asker`; again changes nothing. Raises RemoteError and StoreError.

    A group without a team has no digest yet, and is asked for one first.
    """
    usual, now = await _usual(question, services), services.clock()
    turning_on = question.request.intent is Intent.DIGEST_ON or order.on is True
    set_so_far = await _digest(question, services) or usual
    if turning_on and not await _has_team(_ordered(set_so_far, order, question), services):
        wanted = replace(question.request, intent=Intent.DIGEST_ON, digest=order)
        return without_team(replace(question, request=wanted, view=replace(question.view, panel=None), task=None))

    def change(connection: Connection) -> None:
        kept = digests.get_in(connection, usual.place)
        known = kept.digest if kept else _configured(usual.place, services)
        if known is None and not turning_on:
            return
        digest = (known or usual).resumed(_today(known or usual, question.now))
        asked = _ordered(digest, order, question)
        if asked != known:
            digests.put_in(connection, asked, by=question.asker, now=now, card=question.card)

    await services.store.run(change)
    return await _shown(question, services, loosely=order.loosely)


async def toggled(question: Question, services: Services) -> DigestShown:
    """Leaves whoever pressed out of the digest, or takes them in again if the card said that they were left out."""
    panel = question.view.panel or Panel()
    return await _hidden(question, services, hide=question.asker not in panel.left_out)


async def _hidden(question: Question, services: Services, *, hide: bool) -> DigestShown:
    """Out of the digest of the group; one's own digest is turned off instead, or on."""
    if not question.in_group:
        shown = await changed(question, DigestOrder(on=not hide), services)
        assert isinstance(shown, DigestShown)
        return shown
    place = _place(question)
    await (hidden.hide if hide else hidden.unhide)(services.store, place, question.asker)
    return await _shown(question, services)


async def _at_once(question: Question, services: Services) -> DigestReply | Unclear:
    """Today's, as the answer to whoever wants it; the one that goes out at its time goes out all the same."""
    digest = await _digest(question, services) or await _usual(question, services)
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
def _place(question: Question) -> ConversationId:
    edition = question.view.edition
    if edition:
        return edition.digest.place
    return question.conversation_id if question.in_group else ConversationId(f"direct:{question.author}")


def _configured(place: ConversationId, services: Services) -> Digest | None:
    return next((digest for digest in configured(services.config) if digest.place == place), None)


async def _digest(question: Question, services: Services) -> Digest | None:
    """The digest that is set for this place: in the chat, else by the configuration; None for none."""
    kept = await digests.get(services.store, _place(question))
    return kept.digest if kept else _configured(_place(question), services)


async def _usual(question: Question, services: Services) -> Digest:
    """What a digest is where nothing is said about it."""
    own = question.author if not question.in_group else None
    return Digest(
        place=_place(question),
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


def _ordered(digest: Digest, order: DigestOrder, question: Question) -> Digest:
    """`digest` with what is said of it; what is not said stays as it is. A time that is said is one of the chat's zone.

    A button's time is one of the zone that its card shows.
    """
    request = question.request
    said = order.at is not None and question.task is None
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
    question: Question, services: Services, *, loosely: bool = False, choosing: bool = False
) -> DigestShown:
    place, panel = _place(question), question.view.panel or Panel()
    kept, by_configuration = await digests.get(services.store, place), _configured(place, services)
    found = kept.digest if kept else by_configuration
    digest = found.resumed(_today(found, question.now)) if found else None
    opened_by = panel.opened_by or question.asker
    left_out = tuple(sorted(await hidden.of_chat(services.store, place))) if question.in_group else ()
    asked = replace(
        question,
        request=Request(Intent.DIGEST_SHOW, question.request.language, who=Who(everyone=question.in_group)),
        view=replace(question.view, panel=Panel(digest, opened_by, left_out, choosing=choosing, loosely=loosely)),
        task=None,
    )
    calendar = services.calendar(digest.zone) if digest else services.calendar(question.zone)
    return DigestShown(
        asked,
        next_at=await _next_run(digest, question.now, services) if digest else None,
        set_by=await _name(kept.by, services) if kept else "",
        set_at=kept.updated_at if kept else None,
        overrides=kept is not None and by_configuration is not None,
        holidays=calendar.holidays is not None,
        steps=panel_steps(asked, services),
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
    return person.label if isinstance(person, Missing) else person.name
