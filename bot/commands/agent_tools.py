"""What agents may ask, whatever protocol they speak: questions in words, answered as `youkong ask --json` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.cards.render import only_reads
from bot.cards.times import TimeWords
from bot.chat.rate_limit import Flow, RateLimit
from bot.commands.ask import answered, mention_of, question_of
from bot.commands.asking import Asker
from bot.errors import YoukongError
from bot.language import as_row
from bot.model.questions import Question
from bot.model.replies import DayNote
from bot.model.requests import Intent, ProblemCode, Request
from bot.model.time import Window, WindowKind
from bot.observe.metering import Metering
from bot.wiring import Core, utc_now

_READS = (Intent.WHO_IS_FREE, Intent.FIND_TIME, Intent.NEXT_FREE, Intent.OVERVIEW, Intent.PRESENCE, Intent.UNCLEAR)
"""What a text may be taken for that was given to a tool by whose name it is known what is wanted."""
_DAY = timedelta(days=1)
_TIMELESS = (Intent.FIND_TIME, Intent.NEXT_FREE)


class NotNow(YoukongError):
    """More was asked than one person may; a later call may be answered."""


@dataclass(frozen=True, slots=True)
class AgentTools:
    """The tools over an open core; everything is read in the name of `who`, and nothing is ever changed."""

    core: Core
    metering: Metering
    who: Asker
    limit: RateLimit
    _numbers: count[int] = field(default_factory=count)

    async def ask(self, intent: Intent, text: str, at: Sequence[str]) -> dict[str, Any]:
        """The answer to a text that is wanted as `intent`. Raises NotNow, StoreError and NotSignedIn."""
        question = await self._question(text, at)
        request = _wanted(question.request, intent)
        if request is None:
            return _not_read_only(question, text)
        try:
            good, answer = await answered(
                self.core, self.who, replace(question, request=request, remark=None, order=None)
            )
        finally:
            await self.metering.flush()
        unknown = [each for each in _dicts(answer["people"]) if each["state"] == "unknown"]
        people = [{key: each[key] for key in ("staff_id", "name", "reason")} for each in unknown]
        words = _in_words(_dicts(answer["windows"]), question)
        return {"answered": good, **answer, "unknown": people, "windows_in_words": words}

    async def read(self, text: str, at: Sequence[str]) -> dict[str, Any]:
        """How a text is understood, as `youkong parse --json` prints it; no calendar is read. Raises as `ask`."""
        question = await self._question(text, at)
        row = as_row(question.request, row_id=None, zone=ZoneInfo(question.zone))
        return {key: value for key, value in row.items() if key != "id"}

    async def _question(self, text: str, at: Sequence[str]) -> Question:
        mention = mention_of(text, self.who, mentioned=at, msg_id=f"agent-{next(self._numbers)}")
        if self.limit.judge(mention, now=utc_now()) is not Flow.ANSWER:
            most = self.core.config.limits.questions_per_minute
            raise NotNow(f"more than {most} questions in a minute, wait for the next one")
        if self.metering.is_spent(self.who.person):
            raise NotNow("this person's share of the month's calls is used up for today (limits.share_of_month)")
        return await question_of(self.core, self.who, mention)


def _wanted(request: Request, intent: Intent) -> Request | None:
    """The request as one for `intent`; None where it is for something that these tools do not do."""
    named = request.intent is Intent.THANKS and request.windows and not request.who.nobody  # "me tomorrow afternoon"
    if not (request.intent in _READS or named) or request.setting or request.digest or request.own:
        return None
    plain = replace(request, change=None, watch=False, option=None, acts=False)
    if request.intent is intent or (intent is Intent.WHO_IS_FREE and request.intent is Intent.PRESENCE):
        return plain
    problem = request.problem
    if intent in _TIMELESS and problem and problem.code is ProblemCode.NO_TIME:
        problem = None
    return replace(plain, intent=intent, problem=problem, aspect=None)


def _not_read_only(question: Question, text: str) -> dict[str, Any]:
    """An order, a setting, talk: asked back, never carried out and never guessed at."""
    row = as_row(question.request, row_id=None, zone=ZoneInfo(question.zone))
    return {
        "answered": False,
        "intent": row["intent"],
        "windows": row["windows"],
        "problem": row["problem"],
        "leftover": row["leftover"],
        "ask_back": {"reason": "not_a_question", "words": [text], "candidates": []},
        **{key: [] for key in ("people", "slots", "rooms", "meetings", "occurrences")},
        "text": only_reads(question.language),
        "unknown": [],
        "windows_in_words": _in_words(_dicts(row["windows"]), question),
    }


def _in_words(windows: Sequence[dict[str, Any]], question: Question) -> list[str]:
    """Each window with its weekday, hours and zone, in the language of the question."""
    zone = ZoneInfo(question.zone)
    times = TimeWords(question.language, question.zone, question.now.astimezone(zone).date())
    form = "{}（{}）" if times.chinese else "{} ({})"
    return [form.format(times.window(_window(each), DayNote()), times.in_zone()) for each in windows]


def _window(row: dict[str, Any]) -> Window:
    start, end = datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])
    whole = end.time() == time() and (start.time() == time() or end - start > _DAY)
    return Window(start, end, WindowKind.DAYS if whole else WindowKind.RANGE)


def _dicts(rows: object) -> list[dict[str, Any]]:
    return rows if isinstance(rows, list) else []
