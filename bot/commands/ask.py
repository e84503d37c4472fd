"""`youkong ask`: one question on the terminal, answered as in a chat, sent to none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.frames.mention import Mention
from bot.chat.meaning.questions import Questions
from bot.commands.asking import Asker, asking
from bot.config import Config
from bot.features.boundary import answer_in_words
from bot.language import as_row
from bot.model.asking_back import asks_back
from bot.model.card_state import offered_on
from bot.model.freebusy import BusyStatus, Verdict
from bot.model.meetings import Booking, Meeting, Slot
from bot.model.people import ConversationId, MsgId, Person, StaffId
from bot.model.questions import Question
from bot.model.rendered import Card
from bot.model.replies import (
    CommonTime,
    DayNote,
    DigestReply,
    DigestShown,
    Draft,
    FreeRooms,
    HoursShown,
    LineCode,
    MyMeetings,
    NextFree,
    Occurrence,
    OneMeeting,
    Outsider,
    Overview,
    PlainLine,
    Reply,
    SeriesBooked,
    SeriesShown,
    TeamShown,
    WhoIsFree,
    WhoIsOut,
)
from bot.model.rooms import Room, RoomVerdict
from bot.model.spending import spending
from bot.model.time import Interval, Window
from bot.personal.token_file import TokenFile
from bot.wiring import Core, opened, utc_now

_ANSWERS = (
    Draft,
    MyMeetings,
    OneMeeting,
    SeriesBooked,
    WhoIsFree,
    WhoIsOut,
    HoursShown,
    CommonTime,
    FreeRooms,
    NextFree,
    Overview,
    TeamShown,
    DigestShown,
    DigestReply,
    SeriesShown,
)


async def ask(
    config: Config, text: str, *, asker: str | TokenFile, chat: str | None, mentioned: Sequence[str]
) -> tuple[bool, dict[str, object]]:
    """Whether it was answered, and the answer as `ask --json` prints it; its `text` is the card.

    `asker` is a staffId, or the file of whoever signed in.
    """
    async with opened(config) as core, asking(core, asker) as who:
        mention = mention_of(text, who, chat=chat, mentioned=mentioned)
        return await answered(core, who, await question_of(core, who, mention))


def mention_of(
    text: str, who: Asker, *, chat: str | None = None, mentioned: Sequence[str] = (), msg_id: str = "ask"
) -> Mention:
    """A text as if it were said now: in a group, or in the asker's own chat with the bot."""
    return Mention(
        msg_id=MsgId(msg_id),
        conversation_id=ConversationId(chat or f"direct:{who.person}"),
        in_group=chat is not None,
        sender=who.person,
        sender_name="",
        text=text,
        created_at=utc_now().replace(microsecond=0),
        mentioned=tuple(StaffId(staff_id) for staff_id in mentioned),
    )


async def question_of(core: Core, who: Asker, mention: Mention) -> Question:
    """The question in it, read with the names of the directory. Raises StoreError."""
    who.begin()
    services = who.services
    await services.directory.prepare_names()
    questions = Questions(core.config, services.chats, services.directory, calendars=services.calendars)
    return await questions.of(mention, who.person)


async def answered(core: Core, who: Asker, question: Question) -> tuple[bool, dict[str, object]]:
    """Whether a question was answered, and the answer. Raises StoreError, and NotSignedIn where a sign-in is over."""
    with spending(who.person):
        reply = await answer_in_words(question, who.services)
    who.raise_if_ended()
    card = core.renderer.card(reply, key="ask", clock_zone=question.zone, now=core.clock())
    answer = as_answer(question, reply, card)
    return _is_answer(reply) and answer["ask_back"] is None, answer


def as_answer(question: Question, reply: Reply, card: Card) -> dict[str, object]:
    """The answer in the shape of contract.md."""
    zone = ZoneInfo(question.zone)
    answered = question if isinstance(reply, Outsider) else reply.question
    row = as_row(question.request, row_id=None, zone=zone)
    verdicts = _verdicts(reply)
    return {
        "intent": row["intent"],
        "windows": as_row(answered.request, row_id=None, zone=zone)["windows"],  # those that were looked at
        "problem": row["problem"],
        "leftover": row["leftover"],
        "ask_back": _ask_back(answered, reply),
        "people": [_person(verdict, zone) for verdict in verdicts],
        "slots": [_slot(slot, verdicts, zone) for slot in _slots(reply)],
        "rooms": [_room(each, zone) for each in reply.rooms] if isinstance(reply, FreeRooms) else [],
        "meetings": _meetings(reply, zone),
        "occurrences": _occurrences(reply, zone),
        "text": card.lines,
    }


def _verdicts(reply: Reply) -> Sequence[Verdict]:
    """On everybody, or on those alone who could not be seen, where the answer is about stretches."""
    match reply:
        case WhoIsFree() | WhoIsOut() | CommonTime():
            return reply.verdicts
        case NextFree() | Overview():
            return reply.unknown
    return ()


def _slots(reply: Reply) -> Sequence[Slot]:
    """What is offered, or the next stretches in which all who were seen are free."""
    if isinstance(reply, NextFree):
        unseen = tuple(verdict.who.staff_id for verdict in reply.unknown if verdict.who.staff_id)
        return [Slot(each, unknown=unseen) for each in reply.stretches]
    return offered_on(reply.card) if isinstance(reply, CommonTime) else ()


def _is_answer(reply: Reply) -> bool:
    return isinstance(reply, _ANSWERS) or (isinstance(reply, PlainLine) and reply.code is LineCode.TALK)


def _ask_back(question: Question, reply: Reply) -> dict[str, object] | None:
    """What the answer wants to know: who of some people is meant, or what was meant at all; None where nothing."""
    reason, namesakes, request = asks_back(reply), question.namesakes, question.request
    if reason is None:
        return None
    words = [request.problem.words] if request.problem and request.problem.words else []
    if namesakes:
        words = [namesakes.name]
    elif reason == "leftover":
        words = [left.text for left in request.leftover if left.timely]
    elif reason == "which_meeting":
        words = []
    return {
        "reason": reason,
        "words": words,
        "candidates": list(map(_candidate, namesakes.people if namesakes else ())),
    }


def _candidate(person: Person) -> dict[str, object]:
    return {"staff_id": person.staff_id, "name": person.name, "department": person.place or None}


def to_text(answer: dict[str, object]) -> str:
    """The answer as one JSON text."""
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _person(verdict: Verdict, zone: ZoneInfo) -> dict[str, object]:
    unknown = verdict.unknown
    return {
        "staff_id": verdict.who.staff_id,
        "name": verdict.who.name if isinstance(verdict.who, Person) else verdict.who.label,
        "department": (verdict.who.place if isinstance(verdict.who, Person) else "") or None,
        "state": verdict.state.value,
        "until": _iso(verdict.until, zone) if verdict.until else None,
        "free": [_span(each, zone) for each in verdict.free],
        "leave": None if verdict.leave is None else [_span(each, zone) for each in verdict.leave],
        "reason": (unknown.detail or unknown.reason.value) if unknown else None,
        "busy": [
            {"start": _iso(b.interval.start, zone), "end": _iso(b.interval.end, zone), "status": b.status.value}
            for b in verdict.busy
        ],
    }


def _slot(slot: Slot, verdicts: Sequence[Verdict], zone: ZoneInfo) -> dict[str, object]:
    """People by staffId; whoever has none stands among the people only."""
    ids = {verdict.who.staff_id for verdict in verdicts}
    return {
        "start": _iso(slot.interval.start, zone),
        "end": _iso(slot.interval.end, zone),
        "missing": list(slot.missing),
        "tentative": list(slot.tentative),
        "unknown": [staff_id for staff_id in slot.unknown if staff_id in ids],
        "room": _named(slot.room) if slot.room else None,
    }


def _named(room: Room) -> dict[str, object]:
    return {"id": room.room_id, "name": room.name, "capacity": room.capacity}


def _room(verdict: RoomVerdict, zone: ZoneInfo) -> dict[str, object]:
    """One room that was looked at; TENTATIVE waits for approval."""
    unknown = verdict.unknown
    return {
        **_named(verdict.room),
        "place": verdict.room.place or None,
        "state": verdict.state.value,
        "until": _iso(verdict.until, zone) if verdict.until else None,
        "free": [_span(each, zone) for each in verdict.free],
        "reason": (unknown.detail or unknown.reason.value) if unknown else None,
    }


def _occurrences(reply: Reply, zone: ZoneInfo) -> list[dict[str, object]]:
    """The times of a series that is ordered, or asked about."""
    if isinstance(reply, SeriesShown):
        found = [_occurrence(time, [person.staff_id for person, _ in time.busy]) for time in reply.times]
    elif isinstance(reply, WhoIsFree) and reply.question.request.series:
        found = [_of_window(*each, reply.verdicts) for each in zip(reply.windows, reply.day_notes, strict=True)]
    else:
        found = []
    return [{"start": _iso(start, zone), "end": _iso(end, zone), **rest} for start, end, rest in found]


_Occurred = tuple[datetime, datetime, dict[str, object]]


def _occurrence(time: Occurrence, busy: list[StaffId]) -> _Occurred:
    holiday = time.holiday[1] or time.holiday[0] if time.holiday else None
    return time.interval.start, time.interval.end, {"free": time.free, "busy": busy, "holiday": holiday}


def _of_window(window: Window, note: DayNote, verdicts: Sequence[Verdict]) -> _Occurred:
    """Who is free all through a window, and who is firmly busy in it."""
    known = [verdict for verdict in verdicts if verdict.unknown is None]
    inside = [[item for item in verdict.busy if item.interval.overlaps(window.interval)] for verdict in known]
    busy = [
        verdict.who.staff_id
        for verdict, items in zip(known, inside, strict=True)
        if any(item.status is BusyStatus.BUSY for item in items)
    ]
    free = sum(not items for items in inside)
    return window.start, window.end, {"free": free, "busy": busy, "holiday": note.holiday_en or note.holiday_zh or None}


def _meetings(reply: Reply, zone: ZoneInfo) -> list[dict[str, object]]:
    """Those of the asker that the answer is about, as they are now."""
    match reply:
        case MyMeetings(meetings=meetings, question=question):
            return [_kept(each, zone, question.now) for each, _ in meetings]
        case SeriesBooked(card=card, question=question):
            return [_meeting(card.made.booking, question.request.title or "", zone)]
        case OneMeeting(card=card, title=title):
            return [_meeting(card.booking, title, zone)]
        case Draft(card=card) if card.moving:
            return [_meeting(card.moving, reply.question.request.title or "", zone)]
    return []


def _meeting(meeting: Meeting | Booking, title: str, zone: ZoneInfo) -> dict[str, object]:
    """One that lies ahead, with everybody in it, the organizer first."""
    return {
        "start": _iso(meeting.interval.start, zone),
        "end": _iso(meeting.interval.end, zone),
        "title": title,
        "people": list(meeting.attendees),
    }


def _kept(meeting: Meeting, zone: ZoneInfo, now: datetime) -> dict[str, object]:
    """One by the bot's own record: of a series the next time and its rule; the replies, where they were ever read."""
    found = _meeting(replace(meeting, interval=meeting.ahead(now)[0]), meeting.title, zone)
    if meeting.room.booked:
        found["room"] = _named(meeting.room.booked.room)
    if meeting.later:
        found["series"] = meeting.rule
    said = meeting.replied
    if said:
        kinds = {"accepted": said.accepted, "declined": said.declined, "tentative": said.tentative}
        people = {kind: list(filter(None, who)) for kind, who in (kinds | {"silent": said.silent}).items()}
        found["replies"] = {"read_at": _iso(said.read_at, zone), **people}
    return found


def _span(interval: Interval, zone: ZoneInfo) -> dict[str, str]:
    return {"start": _iso(interval.start, zone), "end": _iso(interval.end, zone)}


def _iso(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
