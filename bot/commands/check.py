"""`youkong check`: tries everything the bot needs, sends nothing to any chat, and names the way out of what fails."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import chain

from bot.commands import probes
from bot.commands.findings import Finding, Outcome, attempt, failed, good, skipped
from bot.commands.named import chats, departments, members
from bot.config import EXAMPLE_ID, EXAMPLE_SECRET, Config
from bot.dingtalk.http import Api
from bot.errors import CredentialsRefused, RemoteError, RemoteTimeout, StoreError
from bot.model.billing import month_of
from bot.observe.budget import WARN_AT
from bot.personal.token_file import TokenFile
from bot.store import Store, calls, pushes
from bot.store.place import described
from bot.wiring import api_of, utc_now

NEEDS_TOKEN = "needs a token"  # noqa: S105 - what a line says


@dataclass(frozen=True, slots=True)
class Probe:
    """One try that needs a token; `fix` as for `attempt`."""

    name: str
    work: Callable[[], Awaitable[str]]
    fix: str


async def check(config: Config, tokens: TokenFile | None = None) -> AsyncIterator[Finding]:
    """One finding after the other: credentials, calls, Stream, whoever the configuration names, store and tables.

    A sign-in is tried where `tokens` are there.
    """
    async with api_of(config) as api, contextlib.AsyncExitStack() as opened:
        token = await _token(api, config)
        yield token
        has_token = token.outcome is Outcome.OK
        for probe in _probes(api, config):
            yield await attempt(probe.name, probe.work, config, fix=probe.fix) if has_token else _untried(probe.name)
        if has_token:
            fix = "set the host's clock, by NTP"
            yield await attempt("clock", lambda: probes.clock(api), config, fix=fix)
            async for finding in _chain(members(api, config), departments(api, config)):
                yield finding
        else:
            yield _untried("clock")
            yield _untried("members and departments")
        if tokens and tokens.path.exists():
            yield await attempt("sign-in", lambda: probes.sign_in(api, tokens), config, fix="run youkong login")
        found: list[Store] = []
        yield await attempt("store", lambda: _store(config, opened, found), config, fix="check store.url")
        if found:
            fix = "fewer digests or a larger edition"
            yield await attempt("budget", lambda: _budget(config, found[0]), config, fix=fix)
            async for finding in chats(found[0], config):
                yield finding
        fix = "set holidays to null, or update the bot"
        yield await attempt("holiday table", lambda: probes.holidays(config), config, fix=fix)


async def _chain(*several: AsyncIterator[Finding]) -> AsyncIterator[Finding]:
    """One after the other."""
    for findings in several:
        async for finding in findings:
            yield finding


def _untried(name: str) -> Finding:
    return skipped(name, NEEDS_TOKEN)


def _probes(api: Api, config: Config) -> list[Probe]:
    wanted = [
        Probe("contacts", lambda: probes.contacts_read(api, config), "qyapi_get_member"),
        Probe("querySchedule", lambda: probes.schedule(api, config), "Calendar.EventSchedule.Read"),
        Probe("card", lambda: probes.card(api), "Card.Instance.Write"),
    ]
    if config.booking.enabled:
        wanted.append(Probe("booking", lambda: probes.booking(api, config), "Calendar.Event.Write"))
    if config.booking.enabled and config.booking.replies:
        wanted.append(Probe("replies", lambda: probes.replies(api, config), "Calendar.Event.Read"))
    if config.leave.enabled:
        wanted.append(Probe("leave", lambda: probes.leave(api, config), "qyapi_get_attendance_data"))
    if config.rooms.enabled:
        wanted.append(Probe("rooms", lambda: probes.rooms(api, config), "VideoConference.Conference.Read"))
    if any(chat.members for chat in config.chats):
        wanted.append(Probe("group members", lambda: probes.group_members(api, config), "qyapi_chat_manage"))
    in_stream = "set the robot to Stream mode (消息接收模式) and publish the app"
    return [*wanted, Probe("Stream", lambda: probes.stream(api), in_stream)]


async def _token(api: Api, config: Config) -> Finding:
    """The one finding that tells why nothing else of DingTalk can be tried."""
    settings = config.dingtalk
    if settings.client_id == EXAMPLE_ID or config.secret == EXAMPLE_SECRET:
        which = "client_id" if settings.client_id == EXAMPLE_ID else "client_secret"
        text = f"dingtalk.{which} is still that of the example"
        return failed("token", text, fix="put in what 凭证与基础信息 shows for your app, or run `youkong init`")
    try:
        await api.token.get()
    except CredentialsRefused as error:
        fix = f"compare dingtalk.client_id and the secret with 凭证与基础信息 (edition: {settings.edition})"
        return failed("token", refused(error), fix=fix)
    except RemoteTimeout as error:
        fix = f"let this machine resolve and reach {settings.api} (firewall, proxy, name server)"
        return failed("token", str(error), fix=fix)
    except RemoteError as error:
        return failed("token", str(error), fix="check dingtalk.edition and api_url, or try again later")
    return good("token", "issued")


def refused(error: CredentialsRefused) -> str:
    """What DingTalk said to the credentials alone; whether the app is published is not the question yet."""
    return f"DingTalk does not take this Client ID with this secret (code {error.code!r})"


async def _store(config: Config, opened: contextlib.AsyncExitStack, found: list[Store]) -> str:
    store = await opened.enter_async_context(await Store.open(config.store.url))
    await store.ping()
    found.append(store)
    return f"{described(config.store.url)}, readable and writable"


async def _budget(config: Config, store: Store) -> str:
    month = month_of(utc_now())
    spent = (await calls.spent(store, month), await pushes.spent(store, month))
    allowed = (config.dingtalk.monthly_calls, config.dingtalk.monthly_pushes)
    shown = "{} of {} calls, {} of {} pushes of this month are spent".format(*chain(*zip(spent, allowed, strict=True)))
    if any(number >= WARN_AT * of for number, of in zip(spent, allowed, strict=True)):
        raise StoreError(shown)
    return shown
