"""A question as it is kept with its card, and with a reminder."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.features.common.steps import is_doubtful
from bot.model.questions import Question
from bot.model.requests import Alternative, Problem, ProblemCode, Request
from bot.model.time import Window

_STORED = TypeAdapter(Question)
_DOUBTFUL = Problem(ProblemCode.NOT_UNDERSTOOD, "found more words of time than were understood, ask again more briefly")


def dump(question: Question) -> str:
    """As it is kept with its card: people and windows, not what was written; a doubt about them stays."""
    request = question.request
    doubt = _DOUBTFUL if request.windows and is_doubtful(request) else None
    problem = replace(request.problem, words="") if request.problem else doubt
    request = replace(request, leftover=(), assumptions=(), problem=problem)
    return _STORED.dump_json(replace(question, request=request), exclude_defaults=True).decode()


def settled(question: Question, asked: Question) -> Question:
    """What is kept of the answered `question`: its task is done; who changed the card before is not forgotten."""
    return replace(question, task=None, view=replace(question.view, told_by=asked.view.told_by))


def load(state: str) -> Question:
    """The reverse of `dump`, its windows on the clocks of its zone again. Raises ValueError."""
    question = _STORED.validate_json(state)
    zone = ZoneInfo(question.zone)
    return replace(question, request=_on_clocks(question.request, zone))


def _on_clocks(request: Request, zone: ZoneInfo) -> Request:
    alternatives = tuple(Alternative(_moved(a.windows, zone), a.reading) for a in request.alternatives)
    windows, full = _moved(request.windows, zone), _moved(request.full, zone)
    return replace(request, windows=windows, full=full, alternatives=alternatives)


def _moved(windows: tuple[Window, ...], zone: ZoneInfo) -> tuple[Window, ...]:
    return tuple(Window(w.start.astimezone(zone), w.end.astimezone(zone), w.kind) for w in windows)
