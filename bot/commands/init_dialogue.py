"""The questions of `youkong init`, and the options that answer them beforehand."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from bot.commands import init_file
from bot.commands.init import (
    Answers,
    Organisation,
    TeamAnswer,
    chosen,
    organisation,
    people_called,
    tell_missing,
    with_credentials,
)
from bot.config_file import read_environment
from bot.errors import ConfigError, all_of
from bot.model.people import Person

_VARIABLES = {
    "edition": "YOUKONG_DINGTALK__EDITION",
    "client_id": "YOUKONG_DINGTALK__CLIENT_ID",
    "client_secret": "YOUKONG_DINGTALK__CLIENT_SECRET",
    "api_url": "YOUKONG_DINGTALK__API_URL",
    "oapi_url": "YOUKONG_DINGTALK__OAPI_URL",
    "timezone": "YOUKONG_TIMEZONE",
}


def set_up(path: Path, options: Mapping[str, Any], *, environ: Mapping[str, str]) -> None:
    """Asks what no option and no variable says, tries it, and writes the files.

    Raises ConfigError where something is missing or must not be written over, CredentialsRefused and RemoteError.
    """
    asks = not options["non_interactive"]
    variables = read_environment(environ)
    if variables.faults:
        raise all_of(variables.faults)
    _ask_before_overwriting(path, overwrite=options["overwrite"], asks=asks)
    given = {key: options[key] or environ.get(name) or None for key, name in _VARIABLES.items()}
    answers = with_credentials(_credentials(given, variables.values, asks=asks), _asked_again if asks else None)
    found = organisation(answers)
    tell_missing(found, answers.config())
    teams = _teams(answers, found, options, asks=asks)
    answers = replace(answers, teams=teams)
    init_file.write(path, answers)
    click.echo(f"wrote {path} and {init_file.secret_path(path)} (mode 600)")


def _ask_before_overwriting(path: Path, *, overwrite: bool, asks: bool) -> None:
    for each in (path, init_file.secret_path(path)):
        if not each.exists() or overwrite:
            continue
        if not asks:
            raise ConfigError("is there already: name another file with -c, or give --overwrite", source=str(each))
        if not click.confirm(f"{each} is there already. Write over it?"):
            raise ConfigError("left as it was: name another file with -c", source=str(each))


def _credentials(given: Mapping[str, str | None], beside: Mapping[str, Any], *, asks: bool) -> Answers:
    if asks:
        edition = given["edition"] or click.prompt(
            "Edition", type=click.Choice(["mainland", "international"]), default="mainland"
        )
        client_id = given["client_id"] or click.prompt("Client ID (凭证与基础信息)")
        secret = given["client_secret"] or _hidden("Client Secret")
        timezone = given["timezone"] or click.prompt("Time zone", default="Asia/Shanghai")
    else:
        for key in ("client_id", "client_secret"):
            if not given[key]:
                option = f"--{key.replace('_', '-')}"
                raise ConfigError(f"found nothing, expected {option} or {_VARIABLES[key]}", key=f"dingtalk.{key}")
        edition, timezone = given["edition"] or "mainland", given["timezone"] or "Asia/Shanghai"
        client_id, secret = str(given["client_id"]), str(given["client_secret"])
    answers = Answers(edition, client_id, secret, given["api_url"], given["oapi_url"], timezone, beside=beside)
    try:
        config = answers.config()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        text = first["msg"].removeprefix("Value error, ")
        raise ConfigError(text, key=".".join(map(str, first["loc"]))) from None
    return replace(answers, client_id=config.dingtalk.client_id, secret=config.secret)


def _asked_again(what: str, given: str) -> str:
    return str(click.prompt(what, default=given)) if given else _hidden(what)


def _hidden(what: str) -> str:
    """What is typed without being shown, on a terminal; a pipe shows nothing anyway."""
    return str(click.prompt(f"{what} (not shown)", hide_input=sys.stdin.isatty()))


def _teams(answers: Answers, found: Organisation, options: Mapping[str, Any], *, asks: bool) -> tuple[TeamAnswer, ...]:
    departments, names = tuple(options["departments"]), tuple(options["members"])
    teams = []
    if asks and not departments and not names:
        teams += _offered(found)
        names = tuple(click.prompt("People for one more team, by name, with blanks between", default="").split())
    if departments or names:
        name = options["team"] or (click.prompt("Name of that team", default="team") if asks else "team")
        people = _people(answers, names, asks=asks)
        if departments or people:
            teams.append(TeamAnswer(name, departments, people))
    return tuple(teams)


def _offered(found: Organisation) -> list[TeamAnswer]:
    """Departments that are to be teams, by their numbers in the list."""
    if not found.departments:
        return []
    click.echo("Departments:")
    for number, department in enumerate(found.departments, start=1):
        click.echo(f"  {number}  {department.name} ({department.dept_id})")
    while True:
        answer = click.prompt("Which are teams? Numbers with blanks between", default="")
        numbers = answer.replace(",", " ").replace("，", " ").split()
        if all(number.isdigit() and 0 < int(number) <= len(found.departments) for number in numbers):
            break
        click.echo(f"found {answer!r}, expected numbers from 1 to {len(found.departments)}", err=True)
    chosen_ones = [found.departments[int(number) - 1] for number in dict.fromkeys(numbers)]
    return [TeamAnswer(each.name or str(each.dept_id), (each.dept_id,)) for each in chosen_ones]


def _people(answers: Answers, names: tuple[str, ...], *, asks: bool) -> tuple[tuple[str, str], ...]:
    meant = people_called(answers, names)
    people = [
        chosen(name, meant[name], partial(_choose, nearest=meant[name].nearest) if asks else None) for name in names
    ]
    if not asks and None in people:
        raise ConfigError("nothing was written: each --member must be one person, see above")
    return tuple(dict.fromkeys(person for person in people if person))


def _choose(name: str, people: list[Person], *, nearest: bool) -> int:
    click.echo(f"Nobody is called {name}. Is it one of these?" if nearest else f"Which {name}?")
    for number, person in enumerate(people, start=1):
        click.echo(f"  {number}  {person.name} ({person.staff_id}{', ' + person.place if person.place else ''})")
    return int(click.prompt("Number, 0 for nobody", type=click.IntRange(0, len(people)), default=0))
