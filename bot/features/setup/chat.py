"""The language and the zone of a chat: set by whoever is in it, shown, and taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.chat_settings import LOCALE, ZONE, InEffect
from bot.features.services import Services
from bot.features.setup.team import undo_step
from bot.model.deeds import SetBy, SettingsShown
from bot.model.people import Person
from bot.model.questions import Edit, Question, Step


async def answer(question: Question, services: Services) -> SettingsShown:
    """Sets what the request asks for, or only shows what is set. Again changes nothing. Raises StoreError."""
    setting = question.request.setting
    wanted = {LOCALE: setting.locale, ZONE: setting.zone} if setting else {}
    named = {name: value for name, value in wanted.items() if value}
    at = question.now.replace(microsecond=question.now.microsecond // 1000 * 1000)  # as the store keeps it
    for name, value in named.items():
        await services.chats.put(question.conversation_id, name, value, by=question.asker, at=at, card=question.card)
    edit = Edit(question.asker, at, settings=tuple(named)) if named else question.view.edit
    request = replace(question.request, setting=None)
    asked = replace(question, request=request, view=replace(question.view, edit=edit), task=None)
    shown = await _shown(asked, services)
    return replace(shown, unknown=setting.unknown, chat_id=setting.chat_id) if setting else shown


async def undone(question: Question, edit: Edit, services: Services) -> SettingsShown:
    """Takes back what the card has set, where nobody has set it since; again changes nothing."""
    back = [
        name
        for name in edit.settings
        if await services.chats.undo(
            question.conversation_id, name, by=edit.by, at=edit.at, now=question.now, card=question.card
        )
    ]
    view = replace(question.view, edit=replace(edit, settings=tuple(back), undone=True))
    return await _shown(replace(question, view=view, task=None), services)


def settings_steps(question: Question) -> tuple[Step, ...]:
    """Back again, for whoever set it."""
    return undo_step(question)


async def _shown(question: Question, services: Services) -> SettingsShown:
    """The card speaks the language and counts by the zone that hold from now on."""
    holds = await services.chats.of(question.conversation_id)
    question = replace(question, language=holds.language(question.request.language), zone=holds.zone)
    by = await _set_by(holds, services)
    return SettingsShown(question, holds.locale, holds.zone, by, steps=settings_steps(question))


async def _set_by(holds: InEffect, services: Services) -> dict[str, SetBy]:
    """Who set what, by the name of the setting; what the configuration says is nobody's."""
    rows = [row for row in holds.rows.values() if row.value is not None]
    people = await services.directory.persons({row.by for row in rows})
    names = {each: who.name if isinstance(who, Person) else who.label for each, who in people.items()}
    return {row.name: SetBy(names[row.by], row.at) for row in rows}
