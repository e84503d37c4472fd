"""`youkong init`: from credentials to a configuration that `check` finds good.

The questions stand here; `bot.commands.init_file` writes what was answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import click

from bot.commands import probes
from bot.commands.check import refused
from bot.commands.findings import form_of
from bot.commands.people import Meant, find_in
from bot.config import Config
from bot.config_file import merged
from bot.dingtalk import contacts
from bot.errors import CredentialsRefused, NotFound, PermissionDenied, Rejected, RemoteError
from bot.model.people import Person, StaffId
from bot.store import Store
from bot.wiring import Core, api_of, core

_TRIES = 3


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """A team as it is to be written: departments by id, people as (staffId, name)."""

    name: str
    departments: tuple[int, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by options, by the environment or on the terminal.

    `beside` are the other settings of the environment, such as a proxy: they hold here, too, and are not written down.
    """

    edition: str
    client_id: str
    secret: str = field(repr=False)
    api_url: str | None = None
    oapi_url: str | None = None
    timezone: str = "Asia/Shanghai"
    teams: tuple[TeamAnswer, ...] = ()
    beside: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def config(self) -> Config:
        """The configuration that they make, over a store in memory. Raises pydantic's ValidationError."""
        settings: dict[str, Any] = {
            "client_id": self.client_id,
            "client_secret": self.secret,
            "edition": self.edition,
            "api_url": self.api_url,
            "oapi_url": self.oapi_url,
        }
        teams = [
            {"name": team.name, "departments": team.departments, "members": [staff_id for staff_id, _ in team.people]}
            for team in self.teams
        ]
        answered = {"dingtalk": settings, "timezone": self.timezone, "teams": teams, "store": {"url": "sqlite://"}}
        return Config.model_validate(merged(self.beside, answered))


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the app may read: permission points that are missing, and the departments below the root."""

    missing: tuple[str, ...]
    departments: tuple[contacts.Department, ...]


def with_credentials(answers: Answers, ask: Callable[[str, str], str] | None) -> Answers:
    """Credentials that DingTalk takes; `ask` gives others (prompt, what was given), None: nobody is there to be asked.

    Raises CredentialsRefused and RemoteError.
    """
    for tries in range(_TRIES, 0, -1):
        try:
            asyncio.run(_token(answers.config()))
        except CredentialsRefused as error:
            click.echo(f"FAIL token: {refused(error)}; fix: compare both with 凭证与基础信息", err=True)
            if ask is None or tries == 1:
                raise
            client_id = ask("Client ID", answers.client_id)
            answers = replace(answers, client_id=client_id, secret=ask("Client Secret", ""))
        else:
            click.echo("ok   token: issued")
            return answers
    raise AssertionError("the last try returns or raises")


def organisation(answers: Answers) -> Organisation:
    """What this app may do, each permission point tried once. Raises RemoteError where DingTalk is out of reach."""
    return asyncio.run(_organisation(answers.config()))


def tell_missing(found: Organisation, config: Config) -> None:
    """The permission points that are missing, each with the link of its form."""
    for scope in found.missing:
        click.echo(f"FAIL {scope}: not granted yet; apply for it here: {form_of(scope, config)}")
    if found.missing:
        click.echo("     Then publish a new version (版本管理与发布). Setting up goes on meanwhile.")


def people_called(answers: Answers, names: Sequence[str]) -> dict[str, Meant]:
    """Whom each name may mean; nobody where the app may not look. Raises RemoteError."""
    return asyncio.run(_people_called(answers.config(), names)) if names else {}


def chosen(name: str, meant: Meant, choose: Callable[[str, list[Person]], int] | None) -> tuple[str, str] | None:
    """The one person a name means, as (staffId, name); `choose` decides between several, None where nobody can."""
    people = list(meant.people)
    if not people:
        click.echo(f"FAIL {name}: nobody of that name was found", err=True)
        return None
    if len(people) > 1 or meant.nearest:
        if choose is None:
            shown = ", ".join(f"{each.name} ({each.staff_id}, {each.place or '-'})" for each in people)
            what = "nobody is called so, nearest" if meant.nearest else "several are called so"
            click.echo(f"FAIL {name}: {what}: {shown}; give the staffId instead", err=True)
            return None
        number = choose(name, people)
        if not number:
            return None
        people = [people[number - 1]]
    click.echo(f"ok   {name}: {people[0].name} ({people[0].staff_id}{_in(people[0])})")
    return str(people[0].staff_id), people[0].name


def _in(person: Person) -> str:
    return f", {person.place}" if person.place else ""


async def _token(config: Config) -> None:
    async with api_of(config) as api:
        await api.token.get()


async def _organisation(config: Config) -> Organisation:
    async with api_of(config) as api:
        departments: tuple[contacts.Department, ...] = ()
        missing: list[str] = []

        async def listed() -> str:
            nonlocal departments
            departments = await contacts.list_departments(api)
            return ""

        async def somebody() -> str:
            await contacts.get_user(api, "youkong-init")
            return ""

        async def members() -> str:
            await contacts.list_users(api, contacts.ROOT_DEPARTMENT)
            return ""

        wanted: dict[str, Callable[[], Awaitable[str]]] = {
            "qyapi_get_member": somebody,
            "qyapi_get_department_list": listed,
            "qyapi_get_department_member": members,
            "Calendar.EventSchedule.Read": lambda: probes.schedule(api, config),
            "Card.Instance.Write": lambda: probes.card(api),
        }
        for scope, work in wanted.items():
            try:
                await work()
            except PermissionDenied as error:
                missing += [each for each in error.scopes or (scope,) if each not in missing]
            except (NotFound, Rejected):
                pass  # allowed, and there is no such thing
        return Organisation(tuple(missing), departments)


async def _people_called(config: Config, names: Sequence[str]) -> dict[str, Meant]:
    found = {}
    async with (
        await Store.open(config.store.url) as store,
        core(config, store, holidays=None) as built,
    ):
        for name in names:
            try:
                found[name] = await _with_id(built, name) or await find_in(built, name)
            except RemoteError as error:
                click.echo(f"FAIL {name}: {error}", err=True)
                found[name] = Meant((), nearest=False)
    return found


async def _with_id(built: Core, text: str) -> Meant | None:
    """The person whose staffId the text is, if it is one."""
    if not text.isascii():
        return None
    try:
        return Meant((await built.services.directory.person(StaffId(text)),), nearest=False)
    except RemoteError:
        return None
