"""People's own zone and working time on the stage: kept by the bot as if they had said so of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.config_hours import OwnWorkingTime
from bot.emulator import Person
from bot.features.services import Services
from bot.model.own_hours import NOTHING_OWN, OwnHours
from bot.model.people import ConversationId, StaffId
from bot.model.working_week import WorkingWeek
from bot.store import own_hours

AS_EVERYBODY = OwnWorkingTime()
_WEEKDAYS = range(7)
_MILLISECOND = timedelta(milliseconds=1)


async def put(
    services: Services, person: Person, *, working_time: OwnWorkingTime | None = None, zone: str | None = None
) -> None:
    """Let somebody live in another zone and work at other times; None leaves either as it is.

    Raises ValueError where the hours make no sense beside everybody's.
    """
    staff_id = StaffId(person.staff_id)
    told = await own_hours.told(services.store, staff_id)
    said = told.hours if told else NOTHING_OWN
    if working_time is not None:
        said = replace(_said(working_time, over=services.week_of(staff_id), zone=said.zone), country=said.country)
    said = replace(said, zone=zone or said.zone)
    await _keep(services, person, said, after=told.at if told else None)


async def as_configured(services: Services, person: Person) -> None:
    """Let somebody live and work again as the configuration has it."""
    told = await own_hours.told(services.store, StaffId(person.staff_id))
    await _keep(services, person, NOTHING_OWN, after=told.at if told else None)


async def _keep(services: Services, person: Person, said: OwnHours, *, after: datetime | None) -> None:
    staff_id, chat = StaffId(person.staff_id), ConversationId(person.direct.conversation_id)
    at = max(services.clock(), after + _MILLISECOND) if after else services.clock()
    await own_hours.put(services.store, staff_id, said, at=at, chat=chat)
    person.calendar.zone = str(services.by_words(staff_id, said).zone)


def _said(own: OwnWorkingTime, *, over: WorkingWeek, zone: str | None) -> OwnHours:
    """The same in the words of who says it of themselves: each weekday with its pieces of work."""
    if own == AS_EVERYBODY:
        return OwnHours(zone)
    week = own.week_over(over)
    days = tuple((day, week.clock_of(day).pieces if day in week.weekdays else ()) for day in _WEEKDAYS)
    return OwnHours(zone, week.hours.start, week.hours.end, days)
