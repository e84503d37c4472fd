"""The endpoints by subject; each module lists its own in `ENDPOINTS`."""

from bot.emulator.endpoints import (
    attendance,
    attendees,
    calendar,
    card_instances,
    contacts,
    meeting_rooms,
    opening,
    robot,
    schedule,
    sign_in,
)
from bot.emulator.routing import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *opening.ENDPOINTS,
    *schedule.ENDPOINTS,
    *contacts.ENDPOINTS,
    *card_instances.ENDPOINTS,
    *robot.ENDPOINTS,
    *calendar.ENDPOINTS,
    *attendees.ENDPOINTS,
    *attendance.ENDPOINTS,
    *meeting_rooms.ENDPOINTS,
    *sign_in.ENDPOINTS,
)

__all__ = ["ENDPOINTS"]
