"""Replies to draw: people in every state over Tuesday 17 March 2026, 14:00 to 16:00 in Beijing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from bot.availability.judge import best_stretch, judge
from bot.availability.working_time import WorkingCalendar
from bot.model.card_state import VerdictsCard
from bot.model.freebusy import BestStretch, Busy, BusyStatus, FreeBusy, Unknown, Verdict
from bot.model.people import ConversationId, Missing, Person, StaffId, UnionId, UnknownReason
from bot.model.questions import Question
from bot.model.replies import DayNote, WhoIsFree
from bot.model.requests import Intent, Language, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 17, 12, tzinfo=SHANGHAI)
ASKED = datetime(2026, 3, 16, 14, 2, tzinfo=SHANGHAI)
WINDOW = Window(NOON.replace(hour=14), NOON.replace(hour=16))
DAY = Interval(NOON.replace(hour=0), NOON.replace(hour=0) + timedelta(days=1))
CALENDAR = WorkingCalendar(SHANGHAI)


def at(hour: float) -> datetime:
    """An hour of that Tuesday."""
    return NOON.replace(hour=0) + timedelta(hours=hour)


def person(name: str) -> Person:
    """Somebody called `name`."""
    return Person(StaffId(f"staff-{name}"), UnionId(f"union-{name}"), name)


def verdict(name: str, *busy: tuple[float, float], tentative: bool = False, window: Window = WINDOW) -> Verdict:
    """The verdict on somebody who is busy between these hours."""
    status = BusyStatus.TENTATIVE if tentative else BusyStatus.BUSY
    items = tuple(Busy(Interval(at(start), at(end)), status) for start, end in busy)
    return judge(person(name), FreeBusy(DAY, items), windows=[window], calendar=CALENDAR)


def unknown(name: str, reason: UnknownReason = UnknownReason.NOT_SHARED) -> Verdict:
    """Somebody whose calendar could not be read."""
    who = Missing("", reason) if reason is UnknownReason.EXTERNAL else person(name)
    return judge(who, Unknown(reason), windows=[WINDOW], calendar=CALENDAR)


def question(language: Language = Language.ZH, *, in_group: bool = True, author: str = "刘洋") -> Question:
    """Who is free on Tuesday from 14:00 to 16:00."""
    return Question(
        request=Request(Intent.WHO_IS_FREE, language, (WINDOW,)),
        asker=StaffId("liu"),
        author=StaffId("liu"),
        author_name=author,
        conversation_id=ConversationId("cid"),
        in_group=in_group,
        zone="Asia/Shanghai",
        now=ASKED,
        language=language,
    )


def who_is_free(
    verdicts: Sequence[Verdict],
    language: Language = Language.ZH,
    *,
    author: str = "刘洋",
    zone: str = "Asia/Shanghai",
    note: DayNote | None = None,
) -> WhoIsFree:
    """The reply about these people."""
    best: BestStretch | None = best_stretch(verdicts, shortest=timedelta(minutes=30))
    later = Window(at(16), at(18))
    return WhoIsFree(
        question=question(language, author=author),
        card=VerdictsCard(),
        windows=(WINDOW,),
        day_notes=(note or DayNote(),),
        stretches=(WINDOW.interval,),
        verdicts=tuple(verdicts),
        checked_at=ASKED,
        zone=zone,
        best=best,
        steps=(Step(Verb.LATER, Request(Intent.WHO_IS_FREE, language, (later,))), Step(Verb.REFRESH)),
    )


def columns(line: str) -> int:
    """The width of a line on a phone: 2 for a Chinese character or an emoji, 1 for a Latin one."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)
