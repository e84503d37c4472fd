"""The people of a series with what calendars say of them over all of its times."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.intervals import union
from bot.availability.series import Seen, holiday_of, readings, standing, unseen, weeks_read
from bot.availability.working_time import WorkingCalendar
from bot.features.booking.guests import Invited, invited_to, who_comes
from bot.features.common.free_busy import gather
from bot.features.services import Services
from bot.model.freebusy import BusyStatus, State, Unknown, Verdict
from bot.model.meetings import Slot
from bot.model.people import Person, StaffId, UnknownReason
from bot.model.questions import Question
from bot.model.replies import Occurrence
from bot.model.requests import Request
from bot.model.series import SeriesRule
from bot.model.time import Interval

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesRead:
    """Everybody who has to be free, and the organizer: `people` with what was read, `persons` by their ids."""

    invited: Invited
    people: tuple[Seen, ...]
    persons: dict[StaffId, Person]
    checked_at: datetime

    def slots(self, times: Iterable[Interval]) -> tuple[Slot, ...]:
        """Each of `times` with who is in the way then."""
        return tuple(standing(time, self.people) for time in times)

    def named(self, ids: Iterable[StaffId]) -> tuple[Person, ...]:
        """Those of `ids`, in the order they were asked about."""
        wanted = set(ids)
        return tuple(person for staff_id, person in self.persons.items() if staff_id in wanted)

    def hidden(self, slots: Sequence[Slot]) -> tuple[Verdict, ...]:
        """Who cannot be seen at any of `slots`, and why."""
        found = unseen(slots)
        return tuple(
            Verdict(self.persons[each.staff_id], State.UNKNOWN, unknown=_reason(each))
            for each in self.people
            if each.staff_id in found
        )

    def occurrences(self, slots: Sequence[Slot], calendar: WorkingCalendar) -> tuple[Occurrence, ...]:
        """What a card says of each of `slots`; whoever cannot be seen at any is not repeated."""
        hidden = unseen(slots)
        return tuple(self._occurrence(slot, hidden, calendar) for slot in slots)

    def _occurrence(self, slot: Slot, hidden: frozenset[StaffId], calendar: WorkingCalendar) -> Occurrence:
        away = {*slot.missing, *slot.tentative, *slot.unknown}
        day, table = holiday_of(slot.interval, calendar), calendar.holidays
        return Occurrence(
            slot.interval,
            free=sum(each.staff_id not in away for each in self.people),
            busy=tuple((person, self._until(person, slot.interval, calendar)) for person in self.named(slot.missing)),
            tentative=self.named(slot.tentative),
            unknown=self.named(set(slot.unknown) - hidden),
            holiday=(table.name(day, "zh"), table.name(day, "en")) if day and table else None,
        )

    def _until(self, person: Person, interval: Interval, calendar: WorkingCalendar) -> datetime | None:
        """When somebody who is busy then is free again, on the same day; None where later."""
        [seen] = [each for each in self.people if each.staff_id == person.staff_id]
        known = seen.at(interval)
        busy = [item.interval for item in known.busy if item.status is BusyStatus.BUSY] if known else []
        ends = [run.end for run in union(busy) if run.overlaps(interval)]
        same_day = ends and calendar.days(Interval(interval.start, ends[-1])) == calendar.days(interval)
        return ends[-1] if same_day else None


async def read_people(
    question: Question,
    guests: tuple[StaffId, ...] | None,
    windows: Sequence[Interval],
    services: Services,
    *,
    anew: bool,
    organizer: StaffId | None = None,
) -> SeriesRead:
    """The organizer and the guests over each of `windows`, one call for each window and 20 people.

    In the name of `question.asker`, who is the organizer where none is named. Raises RemoteError, RequestError for too
    many people, and StoreError.
    """
    organized = replace(question, asker=organizer or question.asker)
    who = who_comes(organized, guests)
    invited = await invited_to(organized, Slot(windows[0]), services, guests=guests)
    parts = await asyncio.gather(*(gather(question, services, window=window, who=who, anew=anew) for window in windows))
    required = [invited.organizer, *(guest for guest in invited.guests if guest.staff_id in invited.must)]
    known = [{each.staff_id: what for each, what in part.known} for part in parts]
    calendars, usual = parts[0].calendars, services.calendar(question.zone)
    nothing = Unknown(UnknownReason.NO_ANSWER)
    people = tuple(
        Seen(
            person.staff_id,
            tuple(part.get(person.staff_id, nothing) for part in known),
            None if calendars.of(person.staff_id) is usual else calendars.of(person.staff_id),
        )
        for person in required
    )
    persons = {person.staff_id: person for person in (invited.organizer, *invited.guests)}
    return SeriesRead(invited, people, persons, min(part.checked_at for part in parts))


def windows_of(rule: SeriesRule, times: Sequence[Interval], now: datetime, calendar: WorkingCalendar) -> list[Interval]:
    """What has to be read: whole weeks of a weekly series, so that another weekday can be told to do better."""
    if not rule.weekly:
        return readings(times, calendar)
    return weeks_read(first_day(times[0], now, calendar), len(times), calendar)


def first_day(first: Interval, now: datetime, calendar: WorkingCalendar) -> date:
    """Where the weeks begin that are read: tomorrow, or the Monday of the first time; today where that is today."""
    day, today = first.start.astimezone(calendar.zone).date(), now.astimezone(calendar.zone).date()
    return min(day, max(today + _DAY, day - _DAY * day.weekday()))


def zone_of(request: Request, chat: str) -> str:
    """By whose clocks a series keeps its hour: those that the request names, else the chat's; an IANA name."""
    try:
        return ZoneInfo(request.zone).key if request.zone else chat
    except (KeyError, ValueError, OSError):
        return chat


def _reason(person: Seen) -> Unknown:
    return next(part for part in person.parts if isinstance(part, Unknown))
