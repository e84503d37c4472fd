"""What the bot answers, as values: no words and no JSON. `cards` turns them into cards."""

from bot.model.replies.bookings import (
    Booked,
    Cancelled,
    Declined,
    Draft,
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
from bot.model.replies.setup import SetBy, SettingsShown, TeamChange, TeamShown
from bot.model.replies.times import AtThisMoment, CommonTime, DayNote, NextFree, Overview, WhoIsFree
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
    | CommonTime
    | NextFree
    | Overview
    | DigestReply
    | DigestShown
    | Subscriptions
    | TeamShown
    | SettingsShown
    | PrivateQuestion
    | NotChecked
    | Unclear
    | PlainLine
    | Outsider
    | Help
)

__all__ = [
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
    "Help",
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
    "Subscriptions",
    "Taken",
    "Task",
    "TeamChange",
    "TeamShown",
    "Unclear",
    "WhoIsFree",
]
