"""A meeting that is there: what its cards ask about, what it is called, and another time in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.response_look import response_look
from bot.features.booking.order import exact_time
from bot.features.common.book_steps import horizon
from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.language import apply_change
from bot.model.card_state import SlotsCard
from bot.model.meetings import Booking, Details, Meeting
from bot.model.people import Person, StaffId, Who
from bot.model.questions import Asked, Question
from bot.model.requests import Change, ChangeKind, Intent, Request
from bot.model.time import Interval, Window, WindowKind
from bot.names import told_apart
from bot.store import meetings


async def booking_of(meeting: Meeting, services: Services) -> Booking:
    """The meeting as cards keep it. Raises RemoteError."""
    organizer = await services.directory.person(meeting.organizer)
    return Booking(
        meeting.event_id,
        meeting.interval,
        meeting.organizer,
        organizer.name,
        meeting.attendees,
        meeting.booked_at,
        repeats=bool(meeting.later),
        room=meeting.room.booked,
    )


def about(question: Question, booking: Booking) -> Question:
    """The question of a card that shows a meeting: its people at its time, so that words after it mean them."""
    interval, zone = booking.interval, ZoneInfo(question.zone)
    window = Window(interval.start.astimezone(zone), interval.end.astimezone(zone), WindowKind.RANGE)
    request = asked_about(question.request, (window,), who=_who(question, booking))
    request = replace(request, duration=interval.length, option=None, watch=False, series=None, acts=False)
    return replace(question, request=request, namesakes=None, outsiders=0, order=None)


def _who(question: Question, booking: Booking) -> Who:
    """Exactly those who come, whoever the words spoke of."""
    return Who(booking.attendees, without_me=question.author not in booking.attendees)


def search(question: Question, booking: Booking, services: Services, windows: tuple[Window, ...] = ()) -> Asked:
    """Other times for a meeting: in `windows`, or in the days from it on."""
    calendar = services.calendar(question.zone)
    if not windows:
        start = max(booking.interval.start, question.now)
        days = horizon(Interval(start, start + booking.interval.length), calendar)
        zone = ZoneInfo(str(calendar.zone))
        windows = (Window(days.start.astimezone(zone), days.end.astimezone(zone), WindowKind.DAYS),)
    asked = about(question, booking)
    request = replace(asked.request, intent=Intent.FIND_TIME, windows=windows)
    return Asked(replace(asked, request=request), SlotsCard(moving=booking))


def other_time(question: Question, booking: Booking, change: Change) -> Interval | tuple[Window, ...]:
    """When a meeting is to be, as `change` says of its time; windows to search in where that is no exact time."""
    zone, length = ZoneInfo(question.zone), booking.interval.length
    start, end = booking.interval.start.astimezone(zone), booking.interval.end.astimezone(zone)
    if change.kind is ChangeKind.SHIFT:
        by = change.duration or timedelta()
        return Interval(booking.interval.start + by, booking.interval.end + by)
    request = Request(Intent.BOOK, question.language, (Window(start, end, WindowKind.RANGE),))
    found = apply_change(change, request, now=question.now, zone=zone)
    windows = found.full or found.windows
    if len(windows) == 1 and windows[0].kind is WindowKind.POINT:
        return Interval(windows[0].start, windows[0].start + length)
    return exact_time(replace(found, windows=windows)) or windows


def details_of(request: Request, *, with_room: bool = False) -> Details:
    """What the words of an order say of the meeting beside its title; where a room goes with it that is its place."""
    minutes = None if request.reminder is None else round(request.reminder.total_seconds() / 60)
    return Details("" if with_room else request.place or "", minutes, request.video)


async def look_at(interval: Interval, organizer: StaffId, services: Services, *, now: datetime) -> datetime | None:
    """When the replies to a meeting are looked at without being asked for; None where that is off, or too late."""
    if not services.config.booking.replies:
        return None
    calendars = await services.calendars((organizer,))
    return response_look(interval.start, calendars.of(organizer), after=max(now, services.clock()))


async def title_of(booking: Booking, services: Services) -> str:
    """What a meeting is called, as long as it lies ahead; "" where it has no title. Raises StoreError."""
    meeting = await meetings.of_event(services.store, booking.event_id)
    return meeting.title if meeting else ""


async def people_in(staff_ids: Iterable[StaffId], services: Services) -> tuple[Person, ...]:
    """Those whom the directory gives, in order."""
    wanted = tuple(staff_ids)
    found = await services.directory.persons(wanted) if wanted else {}
    people = [person for each in wanted if isinstance(person := found.get(each), Person)]
    return tuple(person for person in told_apart(people) if isinstance(person, Person))
