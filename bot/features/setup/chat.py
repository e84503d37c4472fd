"""The language and the zone of a chat: set by whoever is in it, shown, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.chat_settings import LOCALE, ZONE, InEffect
from bot.features.services import Services
from bot.features.setup.team import undo_step
from bot.model.card_state import CardState, SettingsCard, SettingsEdit
from bot.model.deeds import SetChat
from bot.model.questions import Question
from bot.model.replies import SetBy, SettingsShown
from bot.model.steps import Step


async def answer(question: Question, card: SettingsCard, services: Services) -> SettingsShown:
    """What is set; the card speaks the language and counts by the zone that hold. Raises StoreError."""
    setting = question.request.setting
    shown = await _shown(question, card, services)
    return replace(shown, unknown=setting.unknown, chat_id=setting.chat_id) if setting else shown


def deed_of(question: Question) -> SetChat | None:
    """What the request wants set, None where it only wants to see."""
    setting = question.request.setting
    return SetChat(setting) if setting and (setting.locale or setting.zone) else None


async def set_chat(question: Question, card: CardState, deed: SetChat, services: Services) -> SettingsShown:
    """Sets what is asked for. Again changes nothing. Raises StoreError."""
    wanted = {LOCALE: deed.setting.locale, ZONE: deed.setting.zone}
    named = {name: value for name, value in wanted.items() if value}
    at = question.now.replace(microsecond=question.now.microsecond // 1000 * 1000)  # as the store keeps it
    if await _are_set(named, question, at, services):
        return replace(await answer(question, SettingsCard(), services), unchanged=tuple(named))
    for name, value in named.items():
        await services.chats.put(question.conversation_id, name, value, by=question.asker, at=at, card=question.card)
    return await answer(question, SettingsCard(SettingsEdit(question.asker, at, tuple(named))), services)


async def _are_set(named: Mapping[str, str], question: Question, at: datetime, services: Services) -> bool:
    """True where all of it holds already, and not because this very message has set it."""
    holds = await services.chats.of(question.conversation_id)
    current = {LOCALE: holds.locale, ZONE: holds.zone}
    own = any(name in holds.rows and holds.rows[name].at == at for name in named)
    return bool(named) and not own and all(current[name] == value for name, value in named.items())


async def undone(question: Question, edit: SettingsEdit, services: Services) -> SettingsShown:
    """Takes back what the card has set, where nobody has set it since; again changes nothing."""
    back = [
        name
        for name in edit.settings
        if await services.chats.undo(
            question.conversation_id, name, by=edit.by, at=edit.at, now=question.now, card=question.card
        )
    ]
    return await _shown(question, SettingsCard(replace(edit, settings=tuple(back), undone=True)), services)


def steps(question: Question, card: SettingsCard, services: Services) -> tuple[Step, ...]:
    """Back again, for whoever set it."""
    return undo_step(card.edit)


async def _shown(question: Question, card: SettingsCard, services: Services) -> SettingsShown:
    """The card speaks the language and counts by the zone that hold from now on."""
    holds = await services.chats.of(question.conversation_id)
    request = replace(question.request, setting=None)
    language = holds.language(question.request.language)
    question = replace(question, request=request, language=language, zone=holds.zone)
    by = await _set_by(holds, services)
    return SettingsShown(question, card, holds.locale, holds.zone, by, steps=steps(question, card, services))


async def _set_by(holds: InEffect, services: Services) -> dict[str, SetBy]:
    """Who set what, by the name of the setting; what the configuration says is nobody's."""
    rows = [row for row in holds.rows.values() if row.value is not None]
    people = await services.directory.persons({row.by for row in rows})
    names = {each: who.label for each, who in people.items()}
    return {row.name: SetBy(names[row.by], row.at) for row in rows}
