"""The buttons of a series before it is made, from what is stored with its card alone."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.availability.series import busy_always
from bot.features.common.picks import picks
from bot.features.services import Services
from bot.model.card_state import DraftCard, RefusedCard, SeriesCard
from bot.model.deeds import BookSeries
from bot.model.meetings import Refusal, RefusalReason, Slot
from bot.model.questions import Question
from bot.model.requests import Intent, Request
from bot.model.series import Series, SeriesRule
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind

_FIFTH = 5


def is_makeable(rule: SeriesRule) -> bool:
    """False for a fifth weekday of the month, which DingTalk's recurrence has no word for."""
    return rule.nth < _FIFTH


def steps(question: Question, card: SeriesCard, services: Services) -> tuple[Step, ...]:
    """Each option, only the first time, or nothing: for whoever would organize it, from what is stored alone."""
    if question.namesakes:
        return tuple(replace(step, card=replace(card, guests=None)) for step in picks(question))
    over = card.refusal is not None and card.refusal.reason is RefusalReason.PAST
    if not services.config.booking.enabled or not card.options or card.guests is None or over:
        return ()
    first = card.options[0]
    offered = [
        Step(
            Verb.SERIES,
            card=replace(card, refusal=None, changed=False),
            deed=BookSeries(series, card.guests),
            only=card.organizer,
            option=number,
            number=number if card.numbered else 0,
            timed=number > 1 and series.rule == first.rule,
        )
        for number, series in enumerate(card.options, 1)
        if is_makeable(series.rule) and busy_always(series.occurrences) <= {card.organizer}
    ]
    once = [] if card.numbered else [_once(question, card, first)]
    dropped = RefusedCard(Refusal(RefusalReason.DROPPED, first.first))
    request = _once_request(question, first.first)
    return (*offered, *once, Step(Verb.DROP, request, dropped, only=card.organizer))


def _once(question: Question, card: SeriesCard, series: Series) -> Step:
    """The first time of it alone, to be shown before it is made."""
    shown = DraftCard(Slot(series.first), card.organizer, card.guests, card.left_over)
    zone = ZoneInfo(question.zone)
    week, this_week = (moment.astimezone(zone).isocalendar()[:2] for moment in (series.first.start, question.now))
    request = _once_request(question, series.first)
    return Step(Verb.ONCE, request, shown, only=card.organizer, soon=series.rule.weekly and week == this_week)


def _once_request(question: Question, interval: Interval) -> Request:
    """The same order of one meeting."""
    request, local = question.request, ZoneInfo(question.zone)
    window = Window(interval.start.astimezone(local), interval.end.astimezone(local), WindowKind.RANGE)
    return replace(request, intent=Intent.BOOK, windows=(window,), full=(), series=None, alternatives=())
