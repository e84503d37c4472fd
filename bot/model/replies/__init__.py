"""What the bot answers, as values: no words and no JSON. `cards` turns them into cards."""

from bot.model.replies.bookings import (
    Booked,
    Cancelled,
    Declined,
    Draft,
    DraftRooms,
    Moved,
    MyMeetings,
    NotBooked,
    Occurrence,
    OneMeeting,
    ResponsesShown,
    SeriesBooked,
    SeriesShown,
    Taken,
)
from bot.model.replies.digests import DigestChange, DigestReply, DigestShown
from bot.model.replies.plain import Help, LineCode, NotChecked, Outsider, PlainLine, Task, Unclear
from bot.model.replies.rooms import FreeRooms
from bot.model.replies.setup import HoursShown, SetBy, SettingsShown, TeamChange, TeamShown
from bot.model.replies.times import (
    Absence,
    AtThisMoment,
    CommonTime,
    DayNote,
    NextFree,
    Overview,
    SlotRooms,
    WhoIsFree,
    WhoIsOut,
)
from bot.model.replies.waiting import PrivateQuestion, Subscriptions

Reply = (
    Booked
    | Moved
    | ResponsesShown
    | Declined
    | MyMeetings
    | OneMeeting
    | Draft
    | Taken
    | Cancelled
    | NotBooked
    | SeriesShown
    | SeriesBooked
    | WhoIsFree
    | WhoIsOut
    | CommonTime
    | FreeRooms
    | NextFree
    | Overview
    | DigestReply
    | DigestShown
    | Subscriptions
    | TeamShown
    | SettingsShown
    | HoursShown
    | PrivateQuestion
    | NotChecked
    | Unclear
    | PlainLine
    | Outsider
    | Help
)

__all__ = [
    "Absence",
    "AtThisMoment",
    "Booked",
    "Cancelled",
    "CommonTime",
    "DayNote",
    "Declined",
    "DigestChange",
    "DigestReply",
    "DigestShown",
    "Draft",
    "DraftRooms",
    "FreeRooms",
    "Help",
    "HoursShown",
    "LineCode",
    "Moved",
    "MyMeetings",
    "NextFree",
    "NotBooked",
    "NotChecked",
    "Occurrence",
    "OneMeeting",
    "Outsider",
    "Overview",
    "PlainLine",
    "PrivateQuestion",
    "Reply",
    "ResponsesShown",
    "SeriesBooked",
    "SeriesShown",
    "SetBy",
    "SettingsShown",
    "SlotRooms",
    "Subscriptions",
    "Taken",
    "Task",
    "TeamChange",
    "TeamShown",
    "Unclear",
    "WhoIsFree",
    "WhoIsOut",
]
