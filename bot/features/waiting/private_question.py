"""Asking the one who stands in the way: a private question to them, and what becomes of it on the first card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.availability.intervals import subtract
from bot.availability.slots import Attendee
from bot.model.card_ids import CardIds
from bot.model.deeds import Plea
from bot.model.freebusy import FreeBusy
from bot.model.meetings import Answered, Appeal, Slot
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.questions import Question, Step, Task, TaskKind, Verb, View
from bot.model.time import Window, zone_named

_ANSWERS = {Verb.YES: Answered.YES, Verb.NO: Answered.NO, Verb.OTHER_TIME: Answered.OTHER_TIME}


def appeal_step(question: Question, name: str) -> list[Step]:
    """The button that asks whoever alone is in the way, once; whoever asked the question knows."""
    nearest, appeal = question.view.nearest, question.view.appeal
    if nearest is None or len(nearest.missing) != 1 or nearest.missing[0] == question.author:
        return []
    if appeal and appeal.interval == nearest.interval:
        return []
    task = Task(TaskKind.APPEAL, slot=nearest, person=nearest.missing[0])
    return [Step(Verb.APPEAL, task=task, name=name)]


def appealed(question: Question, task: Task, name: str) -> Question:
    """`question` with that person asked; its letter is sent by whoever performs the task."""
    assert task.slot is not None
    assert task.person is not None
    appeal = Appeal(task.person, name, task.slot.interval)
    return replace(question, view=replace(question.view, appeal=appeal), task=None)


def letter_of(question: Question, asker_name: str, *, ids: CardIds) -> Question:
    """The private question that goes with `question.view.appeal`: its own card, to be answered by that person alone."""
    appeal = question.view.appeal
    assert appeal is not None
    assert question.card is not None
    window = Window(appeal.interval.start, appeal.interval.end)
    day = question.now.astimezone(zone_named(question.zone)).date()
    return replace(
        question,
        request=replace(question.request, windows=(window,), alternatives=(), change=None),
        asker=appeal.person,
        author_name=asker_name,
        conversation_id=ConversationId(f"direct:{appeal.person}"),
        in_group=False,
        card=ids.of_private_question(appeal.person, appeal.interval, day),
        view=View(appeal=appeal, origin=question.card),
        task=None,
        namesakes=None,
    )


def plea(question: Question) -> Plea:
    """The private card, as a question or with what was said to it."""
    appeal = question.view.appeal
    assert appeal is not None
    return Plea(question, appeal, plea_steps(question))


def plea_steps(question: Question) -> tuple[Step, ...]:
    """Yes, no, another time: for the one who was asked, until they have said something."""
    appeal = question.view.appeal
    if appeal is None or appeal.answer is not Answered.ASKED:
        return ()
    return tuple(Step(verb, task=Task(TaskKind.REPLY, verb=verb), only=appeal.person) for verb in _ANSWERS)


def replied(question: Question, task: Task) -> Question:
    """The private card with what was said."""
    assert task.verb is not None
    assert question.view.appeal is not None
    appeal = replace(question.view.appeal, answer=_ANSWERS[task.verb])
    return replace(question, view=replace(question.view, appeal=appeal), task=None)


def asked_from(letter: Question, origin: OutTrackId) -> Question:
    """The private card, its answer going to `origin` as well."""
    view = letter.view
    if origin in (view.origin, *view.more_origins):
        return letter
    return replace(letter, view=replace(view, more_origins=(*view.more_origins, origin)))


def brought_back(first: Question, appeal: Appeal) -> Question | None:
    """The first card's question with the answer; None where it asks something else by now, or knows it."""
    asked = first.view.appeal
    if asked is None or replace(asked, answer=appeal.answer) != appeal or asked.answer is appeal.answer:
        return None
    return replace(first, view=replace(first.view, appeal=appeal))


def with_room_made(attendees: Sequence[Attendee], appeal: Appeal | None) -> tuple[Attendee, ...]:
    """The attendees, the time that somebody has agreed to make free being free; nothing else of theirs changes."""
    if appeal is None or appeal.answer is not Answered.YES:
        return tuple(attendees)
    return tuple(_with_room(each, appeal) if each.staff_id == appeal.person else each for each in attendees)


def _with_room(attendee: Attendee, appeal: Appeal) -> Attendee:
    if not isinstance(attendee.known, FreeBusy):
        return attendee
    busy = tuple(
        replace(item, interval=left)
        for item in attendee.known.busy
        for left in subtract([item.interval], [appeal.interval])
    )
    return replace(attendee, known=replace(attendee.known, busy=busy))


def marked(slots: Sequence[Slot], appeal: Appeal | None) -> tuple[Slot, ...]:
    """The slots, those that stand on somebody's word being marked with whose it is."""
    if appeal is None or appeal.answer is not Answered.YES:
        return tuple(slots)
    agreed = (StaffId(appeal.person),)
    return tuple(replace(slot, agreed=agreed) if slot.interval.overlaps(appeal.interval) else slot for slot in slots)
