"""A question with its card and deed as they are stored, in version 2 of the format.

    {"v": 2, "asked": {question}, "card": {"booked": {…}}, "deed": {"cancel": {…}}}

The question lies under `asked` so that a program of the version before, which looks for it at the top, refuses the row
instead of acting on half of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from bot.features.common.requests import is_doubtful
from bot.model import card_state as cards
from bot.model import deeds
from bot.model.card_state import CardState
from bot.model.deeds import Deed
from bot.model.questions import Asked, Question
from bot.model.requests import Alternative, Problem, ProblemCode
from bot.model.time import Window

T = TypeVar("T")
_QUESTION = TypeAdapter(Question)
_DOUBTFUL = Problem(ProblemCode.NOT_UNDERSTOOD, "found more words of time than were understood, ask again more briefly")

CARD_NAMES: Mapping[str, type[CardState]] = MappingProxyType(
    {
        "verdicts": cards.VerdictsCard,
        "next_free": cards.NextFreeCard,
        "slots": cards.SlotsCard,
        "no_slot": cards.NoSlotCard,
        "heat_map": cards.HeatMapCard,
        "draft": cards.DraftCard,
        "booked": cards.BookedCard,
        "moved": cards.MovedCard,
        "meetings": cards.MeetingsCard,
        "meeting": cards.MeetingCard,
        "taken": cards.TakenCard,
        "cancelled": cards.CancelledCard,
        "refused": cards.RefusedCard,
        "ask": cards.AskCard,
        "subscriptions": cards.SubscriptionsCard,
        "digest": cards.DigestCard,
        "digest_settings": cards.DigestSettingsCard,
        "team": cards.TeamCard,
        "settings": cards.SettingsCard,
        "help": cards.HelpCard,
        "plain": cards.PlainCard,
        "series": cards.SeriesCard,
        "series_booked": cards.SeriesBookedCard,
        "responses": cards.ResponsesCard,
        "declined": cards.DeclinedCard,
        "own_hours": cards.OwnHoursCard,
        "out": cards.OutCard,
        "rooms": cards.RoomsCard,
    }
)
"""What a card is called where it is stored. A name is for ever: cards live for thirty days."""
DEED_NAMES: Mapping[str, type[Deed]] = MappingProxyType(
    {
        "book": deeds.Book,
        "cancel": deeds.Cancel,
        "move": deeds.Move,
        "change_guests": deeds.ChangeGuests,
        "ask_them": deeds.AskThem,
        "answer_ask": deeds.AnswerAsk,
        "subscribe": deeds.Subscribe,
        "unsubscribe": deeds.Unsubscribe,
        "change_team": deeds.ChangeTeam,
        "undo": deeds.Undo,
        "set_chat": deeds.SetChat,
        "set_digest": deeds.SetDigest,
        "set_up_digest": deeds.SetUpDigest,
        "opt_out": deeds.OptOut,
        "hide": deeds.Hide,
        "book_series": deeds.BookSeries,
        "cancel_series": deeds.CancelSeries,
        "read_responses": deeds.ReadResponses,
        "set_hours": deeds.SetHours,
        "undo_hours": deeds.UndoHours,
        "change_room": deeds.ChangeRoom,
    }
)
_NAMES: Mapping[type, str] = {kind: name for names in (CARD_NAMES, DEED_NAMES) for name, kind in names.items()}


def dump(asked: Asked) -> str:
    """As it is stored: people and windows, not what was written; a doubt about them stays."""
    stored = {"v": 2, "asked": _plain(_without_words(asked.question)), "card": _named(asked.card)}
    if asked.deed is not None:
        stored["deed"] = _named(asked.deed)
    return to_json(stored).decode()


def load(state: str) -> Asked:
    """The reverse of `dump`, its windows on the clocks of its zone again; the version before is read, too.

    Raises ValueError for what neither knows.
    """
    stored = from_json(state)
    if not isinstance(stored, dict):
        raise ValueError("found no object, expected a stored card")
    if "v" not in stored:
        from bot.features.card_state_v1 import upgraded  # rare, and takes long to load

        asked = upgraded(state)
        return replace(asked, question=_on_clocks(asked.question))
    question = _QUESTION.validate_python(stored.get("asked"))
    deed = stored.get("deed")
    return Asked(
        _on_clocks(question),
        _read(stored.get("card"), CARD_NAMES),
        _read(deed, DEED_NAMES) if deed is not None else None,
    )


def dump_question(question: Question) -> str:
    """A question alone, as subscriptions keep it."""
    return _QUESTION.dump_json(_without_words(question), exclude_defaults=True).decode()


def load_question(state: str) -> Question:
    """The reverse of `dump_question`. Raises ValueError."""
    return _on_clocks(_QUESTION.validate_json(state))


def _adapter(kind: type) -> TypeAdapter[Any]:
    """Made when it is first needed, as few kinds are by most processes."""
    return _of_name(_NAMES[kind])


@cache
def _of_name(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(next(kind for kind, called in _NAMES.items() if called == name))


def _plain(question: Question) -> Any:
    return _QUESTION.dump_python(question, mode="json", exclude_defaults=True)


def _named(value: CardState | Deed) -> dict[str, Any]:
    kind = type(value)
    return {_NAMES[kind]: _adapter(kind).dump_python(value, mode="json", exclude_defaults=True)}


def _read(value: object, names: Mapping[str, type[T]]) -> T:
    """The one value that is stored under its name. Raises ValueError."""
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("found no single name, expected one")
    [(name, fields)] = value.items()
    if name not in names:
        raise ValueError(f"found the name {name!r}, expected one that this version knows")
    read: T = _adapter(names[name]).validate_python(fields)
    return read


def _without_words(question: Question) -> Question:
    request = question.request
    doubt = _DOUBTFUL if request.windows and is_doubtful(request) else None
    problem = replace(request.problem, words="") if request.problem else doubt
    request = replace(request, leftover=(), assumptions=(), problem=problem)
    return replace(question, request=request, order=None)


def _on_clocks(question: Question) -> Question:
    request, zone = question.request, ZoneInfo(question.zone)
    alternatives = tuple(Alternative(_moved(a.windows, zone), a.reading) for a in request.alternatives)
    windows, full = _moved(request.windows, zone), _moved(request.full, zone)
    return replace(question, request=replace(request, windows=windows, full=full, alternatives=alternatives))


def _moved(windows: tuple[Window, ...], zone: ZoneInfo) -> tuple[Window, ...]:
    return tuple(Window(w.start.astimezone(zone), w.end.astimezone(zone), w.kind) for w in windows)
