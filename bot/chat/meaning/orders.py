"""Short orders about the last answer, book 2, cancel or tell me when free, as what its card is to do."""

from __future__ import annotations

from dataclasses import replace

from bot.model.meetings import Refusal, RefusalReason
from bot.model.people import StaffId
from bot.model.questions import Question, Task, TaskKind, View
from bot.model.requests import Change, ChangeKind

ORDERS = (ChangeKind.TAKE, ChangeKind.CANCEL, ChangeKind.WATCH)


def ordered(question: Question, last: Question | None, change: Change, *, enabled: bool) -> Question:
    """`last`, as its card stands, with the task that `change` (one of ORDERS) asks for in the name of who says so.

    Where there is no such slot or booking of theirs, or booking is not `enabled`, the card is to say that.
    """
    if last is None and change.kind is ChangeKind.WATCH:
        return question  # whom it names, or the team, is watched without an answer before it
    view = last.view if last else View()
    asked = replace(
        last or question,
        asker=question.asker,
        now=question.now,
        language=question.language,
        card=question.card,
        namesakes=None,
    )
    if change.kind is ChangeKind.WATCH:
        return replace(asked, task=Task(TaskKind.WATCH))
    refused = _refusal(view, change, question.asker) if enabled else Refusal(RefusalReason.OFF)
    task = None if refused else _task(view, change)
    return replace(asked, view=replace(view, refused=refused), task=task)


def _task(view: View, change: Change) -> Task:
    if change.kind is ChangeKind.CANCEL:
        return Task(TaskKind.CANCEL)
    return Task(TaskKind.BOOK, slot=view.offered[(change.option or 1) - 1])


def _refusal(view: View, change: Change, asker: StaffId) -> Refusal | None:
    """Why nothing can be done; None where it can."""
    if change.kind is ChangeKind.TAKE:
        number = change.option or 0
        there = 0 < number <= len(view.offered)
        return None if there else Refusal(RefusalReason.NO_SUCH_SLOT, number=number)
    if view.booking is None:
        return Refusal(RefusalReason.NOTHING_BOOKED, cancelling=True)
    if view.booking.organizer != asker:
        return Refusal(RefusalReason.NOT_YOURS, view.booking.interval, cancelling=True)
    return None
