"""What both bots have in common: a mention read, and its answer composed, by the bot's own pure modules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.judge import best_stretch, judge_all, judged
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.features.common.forms import steps_from
from bot.features.common.requests import day_note
from bot.language import parse
from bot.model.card_state import VerdictsCard
from bot.model.freebusy import FreeBusy, Unknown
from bot.model.people import ConversationId, Missing, Person, StaffId
from bot.model.questions import Question
from bot.model.replies import WhoIsFree

ZONE = "Asia/Shanghai"
CALENDAR = WorkingCalendar(ZoneInfo(ZONE))  # as the configuration has it by default


def question_of(text: str, *, now: datetime, mentioned: Sequence[str], asker: str, nick: str, chat: str) -> Question:
    """What was asked in a group."""
    people = [StaffId(each) for each in mentioned]
    request = parse(text, now=now, zone=ZoneInfo(ZONE), mentioned=people)
    who, place = StaffId(asker), ConversationId(chat)
    return Question(request, who, who, nick, place, in_group=True, zone=ZONE, now=now, language=request.language)


def reply_to(question: Question, known: Sequence[tuple[Person | Missing, FreeBusy | Unknown]]) -> WhoIsFree:
    """The same verdicts, best part and steps as the bot's own."""
    windows = question.request.windows
    verdicts = judge_all(known, windows=windows, calendars=Calendars(CALENDAR))
    return WhoIsFree(
        question=question,
        card=VerdictsCard(),
        windows=windows,
        day_notes=tuple(day_note(window, question.now, CALENDAR) for window in windows),
        stretches=tuple(judged(windows, CALENDAR)),
        verdicts=verdicts,
        checked_at=datetime.now(UTC),
        zone=ZONE,
        best=best_stretch(verdicts, shortest=timedelta(minutes=30)),
        steps=steps_from(question, CALENDAR),
    )
