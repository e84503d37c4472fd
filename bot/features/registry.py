"""From a question to the feature that knows what it means."""

from __future__ import annotations

from dataclasses import replace

from bot.features.booking import booked, order
from bot.features.booking.booking_steps import booking_steps, is_about_booking
from bot.features.common.steps import is_asked_back, steps_from
from bot.features.digest import edition
from bot.features.digest import settings as digest_settings
from bot.features.digest.settings_steps import panel_steps
from bot.features.plain import asking_whom, bare_names
from bot.features.plain.asking_whom import asks_whom
from bot.features.plain.bare_names import is_bare
from bot.features.plain.talk import line_for
from bot.features.services import Services
from bot.features.setup import chat, person, team
from bot.features.times import find_time, heat_map, next_free, who_is_free
from bot.features.times.about_now import asked_now, asked_today
from bot.features.times.find_time_steps import find_time_steps
from bot.features.waiting.private_question import appealed, plea, plea_steps, replied
from bot.features.waiting.subscriptions import reminder_steps, reminders, unwatched, watched
from bot.model.questions import Question, Step, Task, TaskKind
from bot.model.replies import Help, Reply, Unclear
from bot.model.requests import Intent, ProblemCode


async def answer(question: Question, services: Services) -> Reply:
    """The reply to one question. Raises RemoteError only for what concerns the whole question."""
    if question.task is not None:
        return await _done(question, question.task, services)
    if is_about_booking(question.view):
        return await booked.shown(question, services)
    reply = await _answered(question, services)
    return await watched(reply, services) if question.request.watch else reply


async def _done(question: Question, task: Task, services: Services) -> Reply:
    """What a press asked for is done, and the card says so. Doing it again changes nothing."""
    match task.kind:
        case TaskKind.BOOK | TaskKind.CANCEL:
            return await booked.perform(question, task, services)
        case TaskKind.WATCH:
            return await watched(await _answered(replace(question, task=None), services), services)
        case TaskKind.UNWATCH if task.watch:
            return await unwatched(question, task.watch, services)
        case TaskKind.APPEAL if task.person:
            asked = await services.directory.person(task.person)
            return await _answered(appealed(question, task, asked.name), services)
        case TaskKind.REPLY:
            return plea(replied(question, task))
        case TaskKind.TEAM:
            return await team.changed(question, services)
        case TaskKind.UNDO if question.view.edit:
            undone = chat.undone if question.view.edit.settings else team.undone
            return await undone(question, question.view.edit, services)
        case TaskKind.DIGEST if task.digest:
            return await digest_settings.changed(question, task.digest, services)
        case TaskKind.NOT_ME:
            return await digest_settings.toggled(question, services)
    return Unclear(replace(question, task=None), ProblemCode.NOT_UNDERSTOOD)


async def _answered(question: Question, services: Services) -> Reply:
    request = question.request
    if question.view.origin:
        return plea(question)
    if request.setting and request.setting.hide is not None:
        return await person.shown_or_hidden(question, services, hide=request.setting.hide)
    line = line_for(question, services)
    if line:
        return line
    if asks_whom(question) and (whom := await asking_whom.answer(question, services)):
        return whom
    match request.intent:
        case Intent.UNCLEAR if is_bare(request):
            return await bare_names.answer(question, services)
        case Intent.PRESENCE:
            return await who_is_free.answer(asked_now(question, services), services)
        case Intent.LEAVE:
            return await who_is_free.answer(asked_today(question, services), services)
        case Intent.SETTINGS if request.reminders:
            return await reminders(question, services)
        case Intent.SETTINGS:
            return await chat.answer(question, services)
        case Intent.TEAM_SHOW | Intent.TEAM_ADD | Intent.TEAM_REMOVE:
            return await team.answer(question, services)
        case Intent.BOOK:
            return await order.answer(question, services)
        case Intent.WHO_IS_FREE:
            return await who_is_free.answer(question, services)
        case Intent.FIND_TIME:
            return await find_time.answer(question, services)
        case Intent.NEXT_FREE:
            return await next_free.answer(question, services)
        case Intent.OVERVIEW:
            return await heat_map.answer(question, services)
        case Intent.DIGEST_SHOW if question.view.edition and not question.view.panel:
            return await edition.answer(question, services)
        case Intent.DIGEST_ON | Intent.DIGEST_OFF | Intent.DIGEST_SHOW:
            return await digest_settings.answer(question, services)
    steps = steps_of(question, services)
    if request.intent is Intent.HELP:
        return Help(question, steps)
    return Unclear(question, request.problem.code if request.problem else ProblemCode.NOT_UNDERSTOOD, steps)


def steps_of(question: Question, services: Services) -> tuple[Step, ...]:
    """The buttons of the card that answers `question`, from what is kept with it alone."""
    if question.view.origin:
        return plea_steps(question)
    if is_about_booking(question.view):
        return booking_steps(question, services)
    if question.request.problem and asks_whom(question):
        return asking_whom.steps(question)
    match question.request.intent:
        case Intent.DIGEST_SHOW if question.view.edition and not question.view.panel:
            return edition.steps(question, services)
        case Intent.DIGEST_ON | Intent.DIGEST_OFF | Intent.DIGEST_SHOW if not question.request.problem:
            return panel_steps(question, services)
        case Intent.UNCLEAR if is_bare(question.request):
            return bare_names.steps(question, services)
        case Intent.WHO_IS_FREE | Intent.LEAVE:
            return who_is_free.steps(question, services)
        case Intent.FIND_TIME:
            return find_time_steps(question, services, {})
        case Intent.SETTINGS if question.request.reminders:
            return reminder_steps(question)
        case Intent.SETTINGS:
            return chat.settings_steps(question)
        case Intent.TEAM_SHOW:
            return team.team_steps(question, services)
        case Intent.NEXT_FREE if not is_asked_back(question.request):
            return next_free.steps(question, services)
        case Intent.OVERVIEW if not is_asked_back(question.request):
            return heat_map.steps(question, services)
    return steps_from(question, services.calendar(question.zone))
