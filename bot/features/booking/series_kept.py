"""A series by the bot's own record: shown when somebody comes back to it, before all of it is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.features.booking import series_booked
from bot.features.services import Services
from bot.model.card_state import MeetingCard, SeriesBookedCard
from bot.model.meetings import Booking, Meeting, Slot
from bot.model.questions import Question
from bot.model.replies import SeriesBooked
from bot.model.series import Series, SeriesBooking, read_rule


def series_of(meeting: Meeting, zone: str) -> Series:
    """The times of a series as it was made; `zone` is where nobody noted by which clocks."""
    rule, _ = read_rule(meeting.rule)
    return Series(rule, meeting.zone or zone, tuple(map(Slot, meeting.times)))


async def answer(question: Question, card: MeetingCard, meeting: Meeting, services: Services) -> SeriesBooked:
    """All of it, and whether it is to be cancelled, or where something else is changed. Raises RemoteError."""
    made = SeriesBooking(_whole(card.booking, meeting), series_of(meeting, question.zone))
    details = meeting.details
    reminder = None if details.reminder_minutes is None else timedelta(minutes=details.reminder_minutes)
    request = replace(
        question.request,
        title=meeting.title or None,
        place=details.place or None,
        video=details.online,
        reminder=reminder,
    )
    shown = SeriesBookedCard(made, asking=not card.changing, changing=card.changing)
    return await series_booked.shown(replace(question, request=request), shown, services)


def _whole(booking: Booking, meeting: Meeting) -> Booking:
    return replace(booking, interval=meeting.interval, attendees=meeting.attendees)
