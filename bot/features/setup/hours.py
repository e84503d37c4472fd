"""One's own working time and zone: told in words, shown, taken back; nobody's but the author's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.features.services import Services
from bot.model.card_state import CardState, OwnHoursCard, PlainCard
from bot.model.country_names import COUNTRIES
from bot.model.deeds import SetHours, UndoHours
from bot.model.own_hours import NOTHING_OWN, HoursEdit, OwnHours
from bot.model.people import StaffId
from bot.model.questions import Asked, Question
from bot.model.replies import HoursShown, Unclear
from bot.model.requests import Language, Problem, ProblemCode
from bot.model.steps import Step, Verb
from bot.store import own_hours

_MILLISECOND = timedelta(milliseconds=1)


def opened(question: Question) -> Asked:
    """The card of what is said of one's hours; set only where every word was understood."""
    request = question.request
    unknown = next((order.unknown for order in request.own if order.unknown), "")
    if unknown:
        problem = Problem(ProblemCode.UNKNOWN_ZONE, f"found the zone {unknown!r}, expected a city", unknown)
        return Asked(replace(question, request=replace(request, problem=problem, own=())), PlainCard())
    unknown = next((order.unknown_country for order in request.own if order.unknown_country), "")
    if unknown:
        return Asked(replace(question, request=replace(request, problem=_no_holidays(unknown), own=())), PlainCard())
    if request.problem:
        return Asked(question, PlainCard())
    orders = tuple(order for order in request.own if order.changes)
    deed = SetHours(orders) if orders and not request.leftover else None
    return Asked(question, OwnHoursCard(), deed)


def _no_holidays(country: str) -> Problem:
    """There is no table of `country`, which is called by its name or by the words that were typed."""
    text = f"found no holidays for {country!r}, expected a country that has a table"
    return Problem(ProblemCode.UNKNOWN_HOLIDAYS, text, country)


async def answer(question: Question, card: OwnHoursCard, services: Services) -> HoursShown:
    """The author's hours as they are. Raises StoreError."""
    told = await own_hours.of_people(services.store, [question.asker])
    said = told.get(question.asker, NOTHING_OWN)
    await services.tables.need([said.country])
    calendar, country = services.by_words(question.asker, said), services.country_of(question.asker, said)
    return HoursShown(
        question,
        card,
        week=said.over(services.week_of(question.asker)),
        zone=str(calendar.zone),
        own=said != NOTHING_OWN,
        country=country if country != services.config.holidays else None,
        steps=_steps(question, card, own=said != NOTHING_OWN),
    )


def steps(question: Question, card: OwnHoursCard, services: Services) -> tuple[Step, ...]:
    """Back again, and to what everybody has."""
    return _steps(question, card, own=True)


async def set_hours(question: Question, card: CardState, deed: SetHours, services: Services) -> HoursShown | Unclear:
    """Keeps what the author says of themselves, or nothing any more. Again changes nothing. Raises StoreError."""
    person, at = question.asker, question.now.replace(microsecond=question.now.microsecond // 1000 * 1000)
    unknown = await services.tables.need(order.country for order in deed.orders)
    if unknown:
        called = COUNTRIES[unknown[0]][question.request.language is Language.EN]
        request = replace(question.request, problem=_no_holidays(called), own=())
        return Unclear(replace(question, request=request), ProblemCode.UNKNOWN_HOLIDAYS)
    told = await own_hours.told(services.store, person)
    before = NOTHING_OWN if told is None else told.before if told.at == at else told.hours
    try:
        hours = _told(before, deed, services, person=question.asker)
    except ValueError:
        return Unclear(question, ProblemCode.END_BEFORE_START)
    if told and not deed.orders:  # a press, which is always the latest
        at = told.at if told.hours == NOTHING_OWN else max(at, told.at + _MILLISECOND)
    await own_hours.put(services.store, person, hours, at=at, chat=question.conversation_id, card=question.card)
    return await answer(_settled(question), OwnHoursCard(HoursEdit(at)), services)


async def undone(question: Question, card: CardState, deed: UndoHours, services: Services) -> HoursShown:
    """Takes back what the card has kept, where nothing was said since; again changes nothing. Raises StoreError."""
    back = await own_hours.undo(
        services.store,
        question.asker,
        at=deed.edit.at,
        now=question.now,
        chat=question.conversation_id,
        card=question.card,
    )
    edit = replace(deed.edit, undone=True) if back else None
    return await answer(_settled(question), OwnHoursCard(edit), services)


def _told(before: OwnHours, deed: SetHours, services: Services, *, person: StaffId) -> OwnHours:
    hours = before if deed.orders else NOTHING_OWN
    for order in deed.orders:
        hours = hours.told(order, over=services.week_of(person))
    return hours


def _settled(question: Question) -> Question:
    """Nothing is left to be set by the words."""
    return replace(question, request=replace(question.request, own=()))


def _steps(question: Question, card: OwnHoursCard, *, own: bool) -> tuple[Step, ...]:
    edit = card.edit
    undo = [Step(Verb.UNDO, deed=UndoHours(edit), only=question.asker)] if edit and not edit.undone else []
    back = [Step(Verb.COMPANY_HOURS, deed=SetHours(), only=question.asker)] if own else []
    return (*undo, *back)
