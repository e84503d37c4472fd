"""A request with all that surrounds it: who asks where, which card answers, and what is to be done for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.card_state import CardState
from bot.model.deeds import Deed
from bot.model.meeting_orders import MeetingOrder
from bot.model.people import ConversationId, OutTrackId, Person, StaffId
from bot.model.requests import Language, Request


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A typed name that several people may be called by: those a card offers, in its order, and how many there are.

    Where nobody is called so (not `found`) the people are those whose names come nearest. `hidden`: somebody may be,
    whom the app is not allowed to see.
    """

    name: str
    people: tuple[Person, ...]
    count: int
    found: bool = True
    hidden: bool = False


class Remark(StrEnum):
    """Which kind of talk, or of order for something else, a text is."""

    THANKS = "thanks"
    GOODBYE = "goodbye"
    TALK = "talk"  # wants no answer
    REMINDING = "reminding"  # of something else than a meeting
    ERRAND = "errand"  # a taxi, a lunch
    MONTHLY = "monthly"  # a digest
    OTHER = "other"
    PICTURE = "picture"  # these have no words
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    RECORD = "record"  # a chat that was forwarded, and whatever has no other name


@dataclass(frozen=True, slots=True)
class Question:
    """A request with everything that surrounds it.

    `asker` is in whose name calendars are read; `author` wrote the request and is who "me" means (a press on a card has
    another asker than author). `team` is the chat's, `outsiders` how many were mentioned who are not of this
    organisation. `zone` is the chat's IANA zone, `now` when it was asked. `namesakes` is set by the answer, where one
    of several people is to be picked. `card` is the card that shows the answer, None on a terminal. `remark` is set
    where the text is talk or an order for something else, `order` where it is about a meeting that is there.
    """

    request: Request
    asker: StaffId
    author: StaffId
    author_name: str
    conversation_id: ConversationId
    in_group: bool
    zone: str
    now: datetime
    language: Language
    team: str | None = None
    outsiders: int = 0
    namesakes: Namesakes | None = None
    card: OutTrackId | None = None
    remark: Remark | None = None
    order: MeetingOrder | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the card that answers it, and what is to be done before it does."""

    question: Question
    card: CardState
    deed: Deed | None = None
