"""A digest that somebody wants to see at once: the next one, tomorrow's, the week's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.availability.due import week_from, why_not
from bot.availability.working_time import WorkingCalendar
from bot.features.common.free_busy import without_team
from bot.features.common.moves import worked_day
from bot.features.digest.edition import compose
from bot.features.digest.of_place import digest_of, has_team, usual
from bot.features.services import Services
from bot.model.card_state import DigestSettingsCard
from bot.model.digest_orders import DigestOrder, EditionKind
from bot.model.digests import Digest
from bot.model.questions import Question
from bot.model.replies import DigestReply, Unclear

_DAY = timedelta(days=1)


async def at_once(question: Question, card: DigestSettingsCard, services: Services) -> DigestReply | Unclear:
    """One as the answer to whoever wants it; the one that goes out at its time goes out all the same.

    It is in the language of who asks, and the next of its kind, or that of the day or the week that is named; in the
    place of a day off that of the next working day.
    """
    order = question.request.digest or DigestOrder()
    digest = await digest_of(question, card, services) or await usual(question, card, order, services)
    if not await has_team(digest, services):
        return without_team(question)
    digest = replace(digest, language=question.language)
    calendar, today = services.calendar(digest.zone), question.now.astimezone(ZoneInfo(digest.zone)).date()
    day, week = today, None
    if digest.kind is EditionKind.WEEK:
        week = order.day - order.day.weekday() * _DAY if order.day else week_from(today, calendar)
    elif order.day:
        digest = replace(digest, week_ahead=False)
        day = _looked_at(digest, order.day, calendar)
    reply = await compose(
        digest, services, day=day, now=question.now, failed_before=True, asked_by=question.asker, week=week
    )
    instead_of = order.day if not week and order.day not in (None, day) else None
    return replace(reply, question=replace(reply.question, card=question.card), instead_of=instead_of)


def _looked_at(digest: Digest, day: date, calendar: WorkingCalendar) -> date:
    """`day`, or the next working day where it is a day off on which no digest goes out."""
    if calendar.is_worked(day) or why_not(replace(digest, on=True, paused_until=None), day, calendar) is None:
        return day
    return worked_day(calendar.day(day).start.astimezone(calendar.zone), calendar, _DAY).date()
