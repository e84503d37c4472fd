"""The stage as a situation to keep: people, calendars, the clock, what is wrong, and what was said and pressed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.emulator import Conversation, Person
from bot.emulator.calendars import Item
from bot.emulator.leave import LeaveEntry
from bot.playground.company import Team
from bot.playground.own_time import AS_EVERYBODY
from bot.playground.recorder import Cause
from bot.playground.situations import GroupPart, PersonPart, Situation, Step
from bot.playground.stage import Stage

_WORTH_SAYING = timedelta(minutes=2)


def situation_of(stage: Stage) -> Situation:
    """Calendars are as they are now, but for what the bot booked; the steps are what was said and pressed."""
    zone = stage.situation.zone
    steps = list(_steps(stage))
    return Situation(
        now=stage.situation.now,
        zone=zone,
        me=stage.situation.me,
        people=tuple(_person(stage, each, zone) for each in stage.company.people),
        groups=tuple(_group(each) for each in stage.company.teams),
        settings=stage.situation.settings,
        faults=stage.switches.on,
        steps=tuple(steps),
    )


def _person(stage: Stage, person: Person, zone: str) -> PersonPart:
    items = [] if person.outsider else [each for each in person.calendar.items if not each.event_id]
    own = person.calendar.zone
    return PersonPart(
        id=person.staff_id,
        name=person.name,
        nick=person.nick,
        title=person.title,
        departments=tuple(person.departments) or (1,),
        aliases=person.aliases,
        zone=own if own != zone and not person.outsider else None,
        outsider=person.outsider,
        shares=stage.switches.shares(person),
        busy=tuple(text for each in items for text in _entry(each, zone)),
        leave=tuple(text for each in person.leave.entries for text in _leave(each, zone)),
        working_time=stage.working_times.get(person.staff_id, AS_EVERYBODY),
    )


def _entry(item: Item, zone: str) -> list[str]:
    if item.start is None or item.end is None:
        return []
    mark = "?" if item.body["status"] == "TENTATIVE" else ""
    if "date" in item.body["start"]:
        first = datetime.fromisoformat(item.body["start"]["date"]).date()
        days = (datetime.fromisoformat(item.body["end"]["date"]).date() - first).days
        return [f"{first + timedelta(days=n)}{mark}" for n in range(days)]
    start, end = (each.astimezone(ZoneInfo(zone)) for each in (item.start, item.end))
    return [f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}{mark}"]


def _leave(entry: LeaveEntry, zone: str) -> list[str]:
    """A leave in days by the days of its own zone, one in hours by the situation's clocks."""
    if entry.start is None or entry.end is None:
        return []
    if entry.in_days:
        first, last = entry.start.date(), entry.end.date()
        return [str(first + timedelta(days=n)) for n in range((last - first).days)]
    start, end = (each.astimezone(ZoneInfo(zone)) for each in (entry.start, entry.end))
    return [f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"]


def _group(team: Team) -> GroupPart:
    return GroupPart(
        title=team.group.title,
        members=tuple(each.staff_id for each in team.group.members),
        id=team.group.conversation_id,
        team=team.name or None,
        aliases=(team.alias,) if team.alias else (),
        digest=team.digest,
    )


def _steps(stage: Stage) -> list[Step]:
    """What was said and pressed, with the clock set on where it was."""
    steps: list[Step] = []
    before = stage.situation.moment
    for cause in stage.recorder.causes:
        step = _said(cause) if cause.said else _pressed(stage, cause)
        if step is None:
            continue
        if cause.now - before > _WORTH_SAYING:
            steps.append(Step(clock=cause.now.astimezone(ZoneInfo(stage.situation.zone)).strftime("%Y-%m-%d %H:%M")))
        before = cause.now
        steps.append(step)
    return steps


def _said(cause: Cause) -> Step | None:
    said = cause.said
    if said is None or not isinstance(said.conversation, Conversation):
        return None
    return Step.model_validate(
        {
            "say": said.text,
            "by": said.sender.staff_id,
            "in": _place(said.conversation),
            "at": [each.staff_id for each in said.at],
            "to_bot": said.push is not None,
        }
    )


def _pressed(stage: Stage, cause: Cause) -> Step | None:
    card = stage.emulator.card(cause.card)
    if cause.press is None or card is None or not isinstance(card.conversation, Conversation):
        return None
    return Step.model_validate(
        {"press": cause.label or cause.press.button, "by": cause.by, "in": _place(card.conversation)}
    )


def _place(chat: Conversation) -> str:
    return "direct" if chat.is_direct else chat.title
