"""Cards as the version before stored them: one record of everything, from which it guessed what a card is.

Read for as long as such rows are kept, thirty days after the release that writes version 2; then this file goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from bot.model.card_state import (
    AskCard,
    BookedCard,
    CancelledCard,
    CardState,
    DigestCard,
    DigestSettingsCard,
    HeatMapCard,
    NextFreeCard,
    NoSlotCard,
    PlainCard,
    RefusedCard,
    SettingsCard,
    SettingsEdit,
    SlotsCard,
    SubscriptionsCard,
    TakenCard,
    TeamCard,
    TeamEdit,
    VerdictsCard,
    Waiting,
)
from bot.model.deeds import (
    AnswerAsk,
    AskThem,
    Book,
    Cancel,
    ChangeTeam,
    Deed,
    OptOut,
    SetDigest,
    Subscribe,
    Undo,
    Unsubscribe,
)
from bot.model.digest_orders import DigestOrder
from bot.model.digests import Edition, Panel
from bot.model.meetings import Answered, Ask, Booking, Refusal, Relaxation, Slot
from bot.model.people import MsgId, OutTrackId, StaffId
from bot.model.questions import Asked, Question
from bot.model.requests import Intent
from bot.model.time import Interval


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the team or, with `settings`, of the chat."""

    by: StaffId
    at: datetime
    people: tuple[StaffId, ...] = ()
    adding: bool = True
    settings: tuple[str, ...] = ()
    undone: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What a card showed."""

    offered: tuple[Slot, ...] = ()
    shown: tuple[Interval, ...] = ()
    more: bool = False
    relaxations: tuple[Relaxation, ...] = ()
    booking: Booking | None = None
    replacing: Booking | None = None
    taken: Interval | None = None
    cancelled: Interval | None = None
    refused: Refusal | None = None
    nearest: Slot | None = None
    appeal: Ask | None = None
    origin: OutTrackId | None = None
    blocked: bool = False
    watchers: tuple[str, ...] = ()
    watches: tuple[OutTrackId, ...] = ()
    all_names: bool = False
    more_names: bool = False
    told_by: MsgId | None = None
    edit: Edit | None = None
    edition: Edition | None = None
    panel: Panel | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What was to be done."""

    kind: str
    slot: Slot | None = None
    person: StaffId | None = None
    verb: str | None = None
    watch: OutTrackId | None = None
    digest: DigestOrder | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stood beside the fields of a question."""

    view: View = field(default_factory=View)
    task: Task | None = None


_QUESTION, _BESIDE = TypeAdapter(Question), TypeAdapter(_Beside)


def upgraded(state: str) -> Asked:
    """A stored row of the version before. Raises ValueError."""
    question, beside = _QUESTION.validate_json(state), _BESIDE.validate_json(state)
    deed = _deed(question, beside.view, beside.task) if beside.task else None
    return Asked(question, _card(question, beside.view), deed)


def _card(question: Question, view: View) -> CardState:
    """In the order in which that version guessed."""
    if view.origin and view.appeal:
        return AskCard(view.appeal, (view.origin,))
    if view.refused is not None:
        return RefusedCard(view.refused, view.offered, view.booking, view.replacing)
    if view.booking is not None:
        return BookedCard(view.booking, view.replacing)
    if view.taken is not None:
        return TakenCard(view.taken, view.offered, view.replacing)
    if view.cancelled is not None:
        return CancelledCard(view.cancelled)
    return _by_intent(question.request.intent, question, view)


def _by_intent(intent: Intent, question: Question, view: View) -> CardState:
    waiting, offered = Waiting(view.blocked, view.watchers), view.offered[0] if view.offered else None
    match intent:
        case Intent.WHO_IS_FREE | Intent.LEAVE | Intent.PRESENCE:
            return VerdictsCard(offered, waiting)
        case Intent.NEXT_FREE:
            return NextFreeCard(offered, waiting)
        case Intent.FIND_TIME if not view.offered and (view.nearest or view.relaxations or view.blocked):
            return NoSlotCard(view.nearest, view.relaxations, waiting, view.replacing, view.appeal)
        case Intent.FIND_TIME:
            return SlotsCard(view.offered, view.shown, view.more, view.relaxations, view.replacing, view.appeal)
        case Intent.OVERVIEW:
            return HeatMapCard(offered, view.all_names, view.more_names, view.edition)
        case Intent.DIGEST_SHOW if view.edition and not view.panel:
            return DigestCard(view.edition, offered)
        case Intent.DIGEST_ON | Intent.DIGEST_OFF | Intent.DIGEST_SHOW:
            return _settings_of_digest(view.panel or Panel(), view.edition)
        case Intent.TEAM_SHOW | Intent.TEAM_ADD | Intent.TEAM_REMOVE:
            return TeamCard(_team_edit(view.edit))
        case Intent.SETTINGS if question.request.reminders:
            return SubscriptionsCard(view.watches)
        case Intent.SETTINGS:
            return SettingsCard(_settings_edit(view.edit))
    return PlainCard()


def _settings_of_digest(panel: Panel, edition: Edition | None) -> DigestSettingsCard:
    return DigestSettingsCard(panel.digest, panel.opened_by, panel.left_out, panel.choosing, panel.loosely, edition)


def _team_edit(edit: Edit | None) -> TeamEdit | None:
    return TeamEdit(edit.by, edit.at, edit.people, edit.adding, edit.undone) if edit else None


def _settings_edit(edit: Edit | None) -> SettingsEdit | None:
    return SettingsEdit(edit.by, edit.at, edit.settings, edit.undone) if edit else None


_SAID = {"yes": Answered.YES, "no": Answered.NO, "other_time": Answered.OTHER_TIME}


def _deed(question: Question, view: View, task: Task) -> Deed:
    """Raises ValueError for a deed without what it acts on."""
    match task.kind:
        case "book" if task.slot:
            return Book(task.slot)
        case "cancel":
            return Cancel(view.booking)
        case "appeal" if task.slot and task.person:
            return AskThem(task.slot, task.person)
        case "reply" if task.verb in _SAID:
            return AnswerAsk(_SAID[task.verb])
        case "watch":
            return Subscribe()
        case "unwatch" if task.watch:
            return Unsubscribe(task.watch)
        case "team":
            return ChangeTeam()
        case "undo" if view.edit:
            edit = _settings_edit(view.edit) if view.edit.settings else _team_edit(view.edit)
            return Undo(edit) if edit else ChangeTeam()
        case "digest" if task.digest:
            return SetDigest(task.digest)
        case "not_me":
            return OptOut(question.asker not in (view.panel.left_out if view.panel else ()))
    raise ValueError(f"found the task {task.kind!r}, expected one that can be done")
