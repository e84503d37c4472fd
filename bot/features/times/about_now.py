"""Questions that name no time and mean this moment, or this day: 谁在, is Bob in a meeting, 谁请假."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.features.services import Services
from bot.model.questions import Question
from bot.model.requests import Intent
from bot.model.time import Window, WindowKind

_NOW = timedelta(minutes=30)
_DAY = timedelta(days=1)


def asked_now(question: Question, services: Services) -> Question:
    """Who is free now, for the next half hour, as "now" always means."""
    now = question.now.astimezone(services.calendar(question.zone).zone)
    windows = question.request.windows or (Window(now, now + _NOW, WindowKind.NOW),)
    return replace(question, request=replace(question.request, intent=Intent.WHO_IS_FREE, windows=windows))


def asked_today(question: Question, services: Services) -> Question:
    """The same over all of today, where no time is named; of days that have begun it is all of them that is asked."""
    now = question.now.astimezone(services.calendar(question.zone).zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    request = question.request
    windows = request.full or request.windows or (Window(midnight, midnight + _DAY, WindowKind.DAYS),)
    return replace(question, request=replace(request, windows=windows))
