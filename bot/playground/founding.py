"""Who is there: the sample company, the people of a situation, or those whom a configuration names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle

from bot.config import Config
from bot.emulator import Calendar, Emulator, Person
from bot.playground.company import DIRECT_EXAMPLES, Company, Example, Team, sample_company
from bot.playground.diaries import WEEKLY, ZONE, fill, go_on_leave
from bot.playground.moments import Entry, entry_of, leave_of
from bot.playground.situations import PersonPart, Situation

Founder = Callable[[Emulator, date], Company]


def found(
    emulator: Emulator, situation: Situation, config: Config | None, *, sample: Founder = sample_company
) -> Company:
    """The company of a situation inside the emulator: its own people, else the configuration's, else `sample`."""
    today = situation.moment.astimezone(ZONE).date()
    if situation.people:
        return _written(emulator, situation)
    return _configured(emulator, config, today) if config is not None else sample(emulator, today)


def enter(calendar: Calendar, entry: Entry) -> None:
    """Put an entry into a calendar."""
    if entry.day is not None:
        calendar.all_day(entry.day, entry.days, status="TENTATIVE" if entry.tentative else "BUSY")
    elif entry.start and entry.end:
        (calendar.tentative if entry.tentative else calendar.busy)(entry.start, entry.end)


def take_leave(person: Person, entry: Entry) -> None:
    """Put leave into attendance, which no calendar shows; days are those where the person lives."""
    if entry.day is not None:
        person.leave.days(entry.day, entry.days, zone=person.calendar.zone)
    elif entry.start and entry.end:
        person.leave.hours(entry.start, entry.end)


def _written(emulator: Emulator, situation: Situation) -> Company:
    people = {each.id: _hired(emulator, each, situation) for each in situation.people}
    company = Company(people=list(people.values()), teams=[], direct_examples=DIRECT_EXAMPLES)
    for part in situation.groups:
        group = emulator.group(part.title, [people[each] for each in part.members], id=part.id)
        alias = part.aliases[0] if part.aliases else ""
        staff = tuple(each for each in part.members if not people[each].outsider)
        english = situation.language == "en"
        company.teams.append(Team(part.team or "", alias, group, staff, part.digest, english=english))
        company.examples[group.conversation_id] = tuple(Example(each) for each in part.examples)
    return company


def _hired(emulator: Emulator, part: PersonPart, situation: Situation) -> Person:
    if part.outsider:
        return emulator.outsider(part.id, name=part.name, nick=part.nick)
    person = emulator.person(
        part.id,
        name=part.name,
        nick=part.nick,
        title=part.title,
        department=list(part.departments),
        aliases=part.aliases,
        zone=part.zone or situation.zone,
    )
    for text in part.busy:
        enter(person.calendar, entry_of(text, now=situation.moment, zone=situation.zone))
    for text in part.leave:
        take_leave(person, leave_of(text, now=situation.moment, zone=situation.zone))
    return person


def _configured(emulator: Emulator, config: Config, today: date) -> Company:
    """The teams and chats of a configuration, each person called by their id, with calendars of the sample's kind."""
    zones = {each.id: each.timezone or config.timezone for each in config.people}
    ids = dict.fromkeys([*(each for team in config.teams for each in team.members), *zones])
    kinds = cycle(WEEKLY)
    people = {each: emulator.person(each, name=each, zone=zones.get(each, config.timezone)) for each in ids or ("me",)}
    for person in people.values():
        kind = next(kinds)
        fill(person.calendar, kind, today=today)
        go_on_leave(person, kind, today=today)
    company = Company(people=list(people.values()), teams=[], direct_examples=DIRECT_EXAMPLES)
    members = {team.name: [people[each] for each in team.members] for team in config.teams}
    for chat in config.chats:
        inside = members.get(chat.team or "") or list(people.values())
        group = emulator.group(chat.team or chat.id, inside, id=chat.id)
        company.teams.append(Team("", "", group, tuple(each.staff_id for each in inside)))
    for name in [team.name for team in config.teams if not any(chat.team == team.name for chat in config.chats)]:
        company.teams.append(Team("", "", emulator.group(name, members[name] or list(people.values())), ()))
    return company
