"""Whom and what a configuration names: every person, department and chat of it, looked for by its id."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.commands.findings import Finding, failed, good, grant
from bot.config import Config
from bot.dingtalk import contacts
from bot.dingtalk.http import Api
from bot.errors import NotFound, PermissionDenied, RemoteError
from bot.model.people import ConversationId
from bot.store import Store, chats_met

_AT_ONCE = 20


async def members(api: Api, config: Config) -> AsyncIterator[Finding]:
    """Everybody whose staffId the configuration holds; one line for each who is not there."""
    places = _people(config)
    ids, problems = list(places), 0
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        errors = await asyncio.gather(*(_error(api, staff_id) for staff_id in batch))
        for staff_id, error in zip(batch, errors, strict=True):
            if error is not None:
                problems += 1
                yield _missing(f"member {staff_id}", places[staff_id], error, config)
    if ids and not problems:
        yield good("members", f"{len(ids)} found")


async def departments(api: Api, config: Config) -> AsyncIterator[Finding]:
    """Every department of a team; one line for each that is not there."""
    places = {each: f"teams.{at} ({team.name})" for at, team in enumerate(config.teams) for each in team.departments}
    problems = 0
    for department in places:
        try:
            await contacts.list_departments(api, department)
            await contacts.list_users(api, department)
        except RemoteError as error:
            problems += 1
            yield _missing(f"department {department}", places[department], error, config)
    if places and not problems:
        yield good("departments", f"{len(places)} found")


async def chats(store: Store, config: Config) -> AsyncIterator[Finding]:
    """Every chat; one line for each that the bot has never met. DingTalk has no call to ask it by."""
    places = {chat.id: f"chats.{at}" for at, chat in enumerate(config.chats)}
    places |= {each.chat: f"digests.{at}" for at, each in enumerate(config.digests) if each.chat}
    read = {chat.id for chat in config.chats if chat.members}
    met = {chat.id for chat in await chats_met.listed(store)}
    unknown = [each for each in places if ConversationId(each) not in met and each not in read]
    for each in unknown:
        fix = "say 群号 to the bot in that group and compare; `youkong chats` lists those it has met"
        yield failed(f"chat {each}", f"{places[each]} names a chat that the bot has not met", fix=fix)
    if places and not unknown:
        yield good("chats", f"{len(places)} known")


async def _error(api: Api, staff_id: str) -> RemoteError | None:
    try:
        await contacts.get_user(api, staff_id)
    except RemoteError as error:
        return error
    return None


def _people(config: Config) -> dict[str, str]:
    """StaffIds with the place that names them first."""
    named = [(each, f"teams.{at} ({team.name})") for at, team in enumerate(config.teams) for each in team.members]
    named += [(each.id, f"people.{at}") for at, each in enumerate(config.people)]
    named += [(each.user, f"digests.{at}") for at, each in enumerate(config.digests) if each.user]
    named += [(each, f"administrators.{at}") for at, each in enumerate(config.administrators)]
    places: dict[str, str] = {}
    for staff_id, place in named:
        places.setdefault(staff_id, place)
    return places


def _missing(name: str, place: str, error: RemoteError, config: Config) -> Finding:
    match error:
        case NotFound():
            fix = "compare the id; `youkong people -c FILE NAME` prints people with staffId and department"
            return failed(name, f"{place} names it, and it is not there", fix=fix)
        case PermissionDenied(scopes=scopes) if scopes:
            return failed(name, str(error), fix=grant(scopes, config))
        case PermissionDenied():
            return failed(name, str(error), fix="widen the contact range (通讯录权限范围), then publish a new version")
    return failed(name, str(error), fix="try again later")
