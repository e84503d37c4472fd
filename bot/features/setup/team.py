"""Teams: who is in one, and people who are added to the chat's or removed from it by anybody in the chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import RequestError
from bot.features.common.forms import steps_from
from bot.features.common.free_busy import MOST_PEOPLE
from bot.features.common.picks import MOST_PICKS, namesakes_in
from bot.features.common.requests import asked_about
from bot.features.services import Services
from bot.features.times.heat_map import week_of
from bot.model.card_state import CardState, SettingsEdit, TeamCard, TeamEdit
from bot.model.deeds import ChangeTeam, Undo
from bot.model.people import Missing, Person, StaffId, UnknownReason, Who
from bot.model.questions import Question
from bot.model.replies import TeamChange, TeamShown, Unclear
from bot.model.requests import Intent, ProblemCode
from bot.model.steps import Step, Verb
from bot.names import told_apart
from bot.store.rosters import RosterRow

_CHANGES = (Intent.TEAM_ADD, Intent.TEAM_REMOVE)


async def answer(question: Question, card: TeamCard, services: Services) -> TeamShown | Unclear:
    """Who is in the chat's team, or in the teams that the request names. Raises RemoteError and StoreError."""
    if question.request.who.teams:
        return await _named(question, card, services)
    reply = await _of_chat(question, card, services)
    return reply if reply.members or card.edit else Unclear(question, ProblemCode.NO_PEOPLE)


def deed_of(question: Question) -> ChangeTeam | None:
    """What the request wants done, None where it only wants to see."""
    return ChangeTeam() if question.request.intent in _CHANGES else None


async def change(question: Question, card: CardState, deed: ChangeTeam, services: Services) -> TeamShown | Unclear:
    """Adds whom the request names or removes them, as far as that is the chat's to change."""
    who, shown = question.request.who, card if isinstance(card, TeamCard) else TeamCard()
    if _is_of_configuration(question):
        return replace(await _named(question, shown, services), fixed=True)
    if who.nobody and not question.outsiders:
        return Unclear(question, ProblemCode.NO_PEOPLE)
    return await changed(question, services)


async def changed(question: Question, services: Services) -> TeamShown | Unclear:
    """Adds people to the chat's team or removes them, in the name of `question.asker`; again changes nothing."""
    adding = question.request.intent is Intent.TEAM_ADD
    try:
        people = await _people(question, services)
        ids = await _ids(question, people, services, adding=adding)
    except RequestError as error:
        return Unclear(question, ProblemCode(error.code), steps_from(question, services.calendar(question.zone)))
    at = _moment(question.now)
    done = await services.directory.teams.change(
        question.conversation_id, question.team, ids, present=adding, by=question.asker, at=at, card=question.card
    )
    edit = TeamEdit(question.asker, at, people=done, adding=adding)
    asked = namesakes_in(people)
    namesakes = asked if asked and asked.people else None
    open_names = tuple(each.label for each in people if isinstance(each, Missing) and each.among)
    request = replace(question.request, intent=Intent.TEAM_SHOW, who=Who(names=open_names), problem=None, leftover=())
    answered = replace(question, request=request, namesakes=namesakes, outsiders=0)
    reply = await _of_chat(answered, TeamCard(edit), services)
    already = tuple(each for each in people if each.staff_id in ids and each.staff_id not in done)
    unknown = tuple(each for each in people if isinstance(each, Missing) and each.staff_id not in ids)
    return replace(reply, already=already, unknown=unknown)


async def undone(question: Question, edit: TeamEdit, services: Services) -> TeamShown:
    """Takes back what the card has changed, as far as nobody changed it since; again changes nothing."""
    people = await services.directory.teams.undo(
        question.conversation_id, by=edit.by, at=edit.at, now=question.now, card=question.card
    )
    card = TeamCard(replace(edit, people=people, undone=True))
    return await _of_chat(replace(question, namesakes=None), card, services)


def steps(question: Question, card: TeamCard, services: Services) -> tuple[Step, ...]:
    """The buttons from what is stored alone."""
    return steps_for(question, card, services)


def steps_for(question: Question, card: TeamCard, services: Services, *, empty: bool = False) -> tuple[Step, ...]:
    """One of several people, the team's week, a common time, and back again for whoever made the change."""
    request = question.request
    who = Who(teams=request.who.teams) if request.who.teams else Who(everyone=True)
    week = week_of(question.now, services.calendar(question.zone))
    on = [
        Step(Verb.WEEK, asked_about(request, (week,), who=who, intent=Intent.OVERVIEW)),
        Step(Verb.FIND, asked_about(request, (), who=who, intent=Intent.FIND_TIME)),
    ]
    return (*_picks(question, card), *([] if empty else on), *undo_step(card.edit))


def undo_step(edit: TeamEdit | SettingsEdit | None) -> tuple[Step, ...]:
    """The way back from what the card has changed, for whoever changed it."""
    if edit is None or edit.undone or not (edit.people if isinstance(edit, TeamEdit) else edit.settings):
        return ()
    return (Step(Verb.UNDO, deed=Undo(edit), only=edit.by),)


def _picks(question: Question, card: TeamCard) -> list[Step]:
    """Whoever is picked is added or removed by the one who picks."""
    namesakes, edit, request = question.namesakes, card.edit, question.request
    if namesakes is None or edit is None:
        return []
    rest = tuple(name for name in request.who.typed if name != namesakes.name)
    intent = Intent.TEAM_ADD if edit.adding else Intent.TEAM_REMOVE
    return [
        Step(
            Verb.PICK,
            replace(request, intent=intent, who=Who((person.staff_id,), rest)),
            card,
            ChangeTeam(),
            option=option,
            count=len(namesakes.people),
        )
        for option, person in enumerate(namesakes.people[:MOST_PICKS], 1)
    ]


def _is_of_configuration(question: Question) -> bool:
    """True where people are to be added to a team that is written down by the operator, and is not this chat's."""
    who = question.request.who
    return bool(who.teams) and not replace(who, teams=()).nobody and who.teams != (question.team,)


async def _people(question: Question, services: Services) -> list[Person | Missing]:
    """Whom the request names. A team beside people is where they belong, alone it is its members."""
    who, outsiders = question.request.who, [Missing("", UnknownReason.EXTERNAL)] * question.outsiders
    people = replace(who, teams=())
    who = who if people.nobody else people
    if who.nobody:
        return list(outsiders)
    chat = question.conversation_id
    found = await services.directory.resolve(who, me=question.author, chat=chat, team=question.team, most=MOST_PEOPLE)
    return found + outsiders


async def _ids(
    question: Question, people: Sequence[Person | Missing], services: Services, *, adding: bool
) -> tuple[StaffId, ...]:
    """The staffIds that are to be added or removed. Whoever the directory does not have can only be removed.

    Raises RequestError where the team would be too large.
    """
    team = await services.directory.members_of_chat(question.conversation_id, question.team)
    if not adding:
        by_id = {str(member).casefold(): member for member in team}
        found = [each.staff_id or by_id.get(_label(each).casefold()) for each in people]
        return tuple(staff_id for staff_id in found if staff_id)
    # Somebody who cannot be looked up just now is a member all the same.
    ids = tuple(each.staff_id for each in people if each.staff_id and not _is_gone(each))
    if (count := len({*team, *ids})) > MOST_PEOPLE:
        raise RequestError(f"found {count} people, expected {MOST_PEOPLE} at most", code="too_many_people")
    return ids


def _is_gone(each: Person | Missing) -> bool:
    return isinstance(each, Missing) and each.reason is UnknownReason.NOT_FOUND


def _label(each: Person | Missing) -> str:
    return each.label


async def _of_chat(question: Question, card: TeamCard, services: Services) -> TeamShown:
    directory, chat = services.directory, question.conversation_id
    ids = await directory.members_of_chat(chat, question.team)
    change = await _change(card.edit, await directory.teams.roster(chat), services)
    members = await directory.persons(ids)
    steps = steps_for(question, card, services, empty=not ids)
    return TeamShown(
        question, card, members=tuple(told_apart([members[each] for each in ids])), change=change, steps=steps
    )


async def _named(question: Question, card: TeamCard, services: Services) -> TeamShown:
    """The teams that the request names, as they are configured."""
    names = question.request.who.teams
    listed = [await services.directory.teams.members(name) for name in names]
    members = await services.directory.persons(dict.fromkeys(each for ids in listed for each in ids))
    request = replace(question.request, intent=Intent.TEAM_SHOW, who=Who(teams=names))
    question = replace(question, request=request)
    steps = steps_for(question, card, services, empty=not members)
    return TeamShown(question, card, names=names, members=tuple(told_apart(list(members.values()))), steps=steps)


async def _change(edit: TeamEdit | None, rows: Sequence[RosterRow], services: Services) -> TeamChange | None:
    """What the card changed, or else what was changed last; None where that is nothing any more."""
    if edit is None:
        last = max(rows, key=lambda row: row.at, default=None)
        by, at = (last.by, last.at) if last else (StaffId(""), None)
    else:
        by, at = edit.by, edit.at
    own = [row for row in rows if (row.by, row.at) == (by, at)]
    if not own:
        return None
    people = await services.directory.persons([by, *(row.staff_id for row in own)])
    return TeamChange(
        by=_name(people[by]),
        at=own[0].at,
        added=tuple(people[row.staff_id] for row in own if row.present),
        removed=tuple(people[row.staff_id] for row in own if not row.present),
    )


def _name(who: Person | Missing) -> str:
    return who.label


def _moment(now: datetime) -> datetime:
    """As the store keeps it, in milliseconds."""
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
