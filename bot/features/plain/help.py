"""Help: a menu by task, three a page, each with an example that its button carries out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.features.times.heat_map import week_of
from bot.model.card_state import (
    CardState,
    DigestSettingsCard,
    HelpCard,
    MeetingsCard,
    SettingsCard,
    SubscriptionsCard,
    TeamCard,
)
from bot.model.people import Who
from bot.model.questions import Question
from bot.model.replies import Help, Task
from bot.model.requests import Intent, Request
from bot.model.steps import Step, Verb
from bot.model.time import Window, WindowKind

_A_PAGE = 3
_NOW = timedelta(minutes=30)
_WITH_BOOKING = (Task.BOOK, Task.MEETINGS)
_CARDS: dict[Task, tuple[Intent, CardState]] = {
    Task.MEETINGS: (Intent.BOOKINGS, MeetingsCard()),
    Task.WAIT: (Intent.SETTINGS, SubscriptionsCard()),
    Task.DIGEST: (Intent.DIGEST_SHOW, DigestSettingsCard()),
    Task.TEAM: (Intent.TEAM_SHOW, TeamCard()),
    Task.SETTINGS: (Intent.SETTINGS, SettingsCard()),
}


async def answer(question: Question, card: HelpCard, services: Services) -> Help:
    """One page of the menu."""
    tasks = (Task.BOOK,) if card.ordering else _tasks(card, services)
    return Help(question, card, tasks, steps(question, card, services))


def steps(question: Question, card: HelpCard, services: Services) -> tuple[Step, ...]:
    """Each task of the page, and the next page."""
    tasks = [_step(task, question, card, services) for task in _tasks(card, services)]
    pages = -(-len(_all(services)) // _A_PAGE)
    return (*tasks, Step(Verb.PAGE, card=HelpCard((card.page + 1) % pages)))


def _all(services: Services) -> list[Task]:
    return [task for task in Task if services.config.booking.enabled or task not in _WITH_BOOKING]


def _tasks(card: HelpCard, services: Services) -> tuple[Task, ...]:
    return tuple(_all(services)[card.page * _A_PAGE :][:_A_PAGE])


def _step(task: Task, question: Question, card: HelpCard, services: Services) -> Step:
    """Carries the example of a task out, for the team of the chat; how to order a meeting is only shown."""
    option, everyone = list(Task).index(task) + 1, Who(everyone=True)
    if task is Task.BOOK:
        return Step(Verb.TASK, card=replace(card, ordering=True), option=option)
    if task in _CARDS:
        intent, opened = _CARDS[task]
        bare = Request(intent, question.request.language, reminders=task is Task.WAIT)
        return Step(Verb.TASK, bare, opened, option=option)
    windows, intent = _windows(task, question, services)
    return Step(Verb.TASK, asked_about(question.request, windows, who=everyone, intent=intent), option=option)


def _windows(task: Task, question: Question, services: Services) -> tuple[tuple[Window, ...], Intent]:
    calendar = services.calendar(question.zone)
    now = question.now.astimezone(calendar.zone)
    if task is Task.FREE:
        return (Window(now, now + _NOW, WindowKind.NOW),), Intent.WHO_IS_FREE
    return ((week_of(now, calendar),), Intent.OVERVIEW) if task is Task.WEEK else ((), Intent.FIND_TIME)
