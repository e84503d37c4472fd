"""Asking the one who stands in the way: a private question to them, and what becomes of it on the first card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.availability.intervals import subtract
from bot.availability.slots import Attendee
from bot.features.services import Services
from bot.model.card_ids import CardIds
from bot.model.card_state import AskCard, CardState, NoSlotCard, SlotsCard
from bot.model.deeds import AnswerAsk, AskThem
from bot.model.freebusy import FreeBusy
from bot.model.meetings import Answered, Ask, Slot
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.questions import Asked, Question
from bot.model.replies import PrivateQuestion
from bot.model.steps import Step, Verb
from bot.model.time import Window, zone_named

_ANSWERS = {Verb.YES: Answered.YES, Verb.NO: Answered.NO, Verb.OTHER_TIME: Answered.OTHER_TIME}


def ask_step(question: Question, card: NoSlotCard, name: str) -> list[Step]:
    """The button that asks whoever alone is in the way, once; whoever asked the question knows."""
    nearest, ask = card.nearest, card.ask
    if nearest is None or len(nearest.missing) != 1 or nearest.missing[0] == question.author:
        return []
    if ask and ask.interval == nearest.interval:
        return []
    return [Step(Verb.APPEAL, deed=AskThem(nearest, nearest.missing[0]), name=name)]


async def asked_card(card: NoSlotCard, deed: AskThem, services: Services) -> NoSlotCard:
    """The card with that person asked; the private question is sent by whoever performs it. Raises RemoteError."""
    person = await services.directory.person(deed.person)
    return replace(card, ask=Ask(deed.person, person.name, deed.slot.interval))


def letter_of(asked: Asked, asker_name: str, *, ids: CardIds) -> Asked:
    """The private question that goes with a card: a card of its own, to be answered by that person alone."""
    question, ask = asked.question, ask_on(asked.card)
    assert ask is not None
    assert question.card is not None
    window = Window(ask.interval.start, ask.interval.end)
    day = question.now.astimezone(zone_named(question.zone)).date()
    letter = replace(
        question,
        request=replace(question.request, windows=(window,), alternatives=(), change=None),
        asker=ask.person,
        author_name=asker_name,
        conversation_id=ConversationId(f"direct:{ask.person}"),
        in_group=False,
        card=ids.of_private_question(ask.person, ask.interval, day),
        namesakes=None,
    )
    return Asked(letter, AskCard(ask, (question.card,)))


async def answer(question: Question, card: AskCard, services: Services) -> PrivateQuestion:
    """The private card, as a question or with what was said to it."""
    return shown(question, card)


def shown(question: Question, card: AskCard) -> PrivateQuestion:
    """The private card as it stands."""
    return PrivateQuestion(question, card, steps_of(card))


def steps(question: Question, card: AskCard, services: Services) -> tuple[Step, ...]:
    """Yes, no, another time: for the one who was asked, until they have said something."""
    return steps_of(card)


def steps_of(card: AskCard) -> tuple[Step, ...]:
    """The same, from the card alone."""
    if card.ask.answer is not Answered.ASKED:
        return ()
    return tuple(Step(verb, deed=AnswerAsk(said), only=card.ask.person) for verb, said in _ANSWERS.items())


async def say(question: Question, card: CardState, deed: AnswerAsk, services: Services) -> PrivateQuestion:
    """The private card with what was said."""
    assert isinstance(card, AskCard)
    return shown(question, said(card, deed))


def said(card: AskCard, deed: AnswerAsk) -> AskCard:
    """The card with that answer."""
    return replace(card, ask=replace(card.ask, answer=deed.said))


def asked_from(card: AskCard, origin: OutTrackId) -> AskCard:
    """The private card, its answer going to `origin` as well."""
    return card if origin in card.origins else replace(card, origins=(*card.origins, origin))


def ask_on(card: CardState) -> Ask | None:
    """What somebody was asked from a card, or is asked on it."""
    return card.ask if isinstance(card, SlotsCard | NoSlotCard | AskCard) else None


def brought_back(first: CardState, ask: Ask) -> CardState | None:
    """The first card with the answer; None where it asks something else by now, or knows it."""
    asked = ask_on(first)
    if asked is None or replace(asked, answer=ask.answer) != ask or asked.answer is ask.answer:
        return None
    return replace(first, ask=ask) if isinstance(first, SlotsCard | NoSlotCard) else None


def with_room_made(attendees: Sequence[Attendee], ask: Ask | None) -> tuple[Attendee, ...]:
    """The attendees, the time that somebody has agreed to make free being free; nothing else of theirs changes."""
    if ask is None or ask.answer is not Answered.YES:
        return tuple(attendees)
    return tuple(_with_room(each, ask) if each.staff_id == ask.person else each for each in attendees)


def _with_room(attendee: Attendee, ask: Ask) -> Attendee:
    if not isinstance(attendee.known, FreeBusy):
        return attendee
    busy = tuple(
        replace(item, interval=left)
        for item in attendee.known.busy
        for left in subtract([item.interval], [ask.interval])
    )
    return replace(attendee, known=replace(attendee.known, busy=busy))


def marked(slots: Sequence[Slot], ask: Ask | None) -> tuple[Slot, ...]:
    """The slots, those that stand on somebody's word being marked with whose it is."""
    if ask is None or ask.answer is not Answered.YES:
        return tuple(slots)
    agreed = (StaffId(ask.person),)
    return tuple(replace(slot, agreed=agreed) if slot.interval.overlaps(ask.interval) else slot for slot in slots)
