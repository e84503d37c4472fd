"""Short orders about the last answer, book 2, cancel or tell me when free, as what its card is to do."""

from __future__ import annotations

from dataclasses import replace

from bot.model.card_state import (
    CardState,
    DraftCard,
    PlainCard,
    RefusedCard,
    SeriesCard,
    booked_on,
    moved_from,
    offered_on,
    series_on,
)
from bot.model.deeds import Book, BookSeries, Cancel, CancelSeries, Move, Subscribe
from bot.model.meetings import Refusal, RefusalReason
from bot.model.people import StaffId
from bot.model.questions import Asked, Question
from bot.model.requests import Change, ChangeKind

ORDERS = (ChangeKind.TAKE, ChangeKind.CANCEL, ChangeKind.WATCH)


def ordered(question: Question, last: Asked | None, change: Change, *, enabled: bool) -> Asked | None:
    """`last`, as its card stands, with the deed that `change` (one of ORDERS) asks for in the name of who says so.

    Where there is no such slot or booking of theirs, or booking is not `enabled`, the card is to say that. None where
    the words stand for themselves.
    """
    if last is None and change.kind is ChangeKind.WATCH:
        return None  # whom it names, or the team, is watched without an answer before it
    card = last.card if last else PlainCard()
    asked = replace(
        last.question if last else question,
        asker=question.asker,
        now=question.now,
        language=question.language,
        card=question.card,
        namesakes=None,
    )
    if change.kind is ChangeKind.WATCH:
        return Asked(asked, card, Subscribe())
    refusal = _refusal(card, change, question.asker) if enabled else Refusal(RefusalReason.OFF)
    if refusal:
        return Asked(asked, RefusedCard(refusal, offered_on(card), booked_on(card), moved_from(card)))
    return Asked(asked, card, _deed(card, change))


def _deed(card: CardState, change: Change) -> Book | Cancel | Move | BookSeries | CancelSeries:
    series = series_on(card)
    if change.kind is ChangeKind.CANCEL and series:
        return CancelSeries(series)
    if change.kind is ChangeKind.CANCEL:
        return Cancel(booked_on(card))
    number = (change.option or 1) - 1
    if isinstance(card, SeriesCard):
        return BookSeries(card.options[number], card.guests or ())
    slot, moving = offered_on(card)[number], moved_from(card)
    return Move(moving, slot) if moving else Book(slot)


def _refusal(card: CardState, change: Change, asker: StaffId) -> Refusal | None:
    """Why nothing can be done; None where it can."""
    series = series_on(card)
    booking = series.booking if series else booked_on(card)
    if change.kind is ChangeKind.TAKE:
        number = change.option or 0
        weekly = card.options if isinstance(card, SeriesCard) and card.numbered and card.organizer == asker else ()
        there = 0 < number <= len(weekly or offered_on(card))
        return None if there else Refusal(RefusalReason.NO_SUCH_SLOT, number=number)
    if isinstance(card, DraftCard):
        return Refusal(RefusalReason.DROPPED, card.slot.interval)
    if booking is None:
        return Refusal(RefusalReason.NOTHING_BOOKED, cancelling=True)
    if booking.organizer != asker:
        return Refusal(RefusalReason.NOT_YOURS, booking.interval, cancelling=True)
    return None
