"""`youkong check`: tries everything the bot needs, sends nothing to any chat, and names the way out of what fails."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from bot.config import Config
from bot.dingtalk import attendance, calendar, cards, contacts, events
from bot.dingtalk.clock import SKEWED_FROM
from bot.dingtalk.frames import CARD_TOPIC, MESSAGE_TOPIC
from bot.dingtalk.gateway import reach
from bot.dingtalk.groups import list_members
from bot.dingtalk.http import Api
from bot.errors import ConfigError, NotFound, PermissionDenied, Rejected, StoreError, YoukongError
from bot.model.billing import month_of
from bot.observe.budget import WARN_AT
from bot.store import Store, calls, pushes
from bot.wiring import api_of, holiday_tables, utc_now

_NOBODY = "youkong-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    name: str
    good: bool
    text: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.good else 'FAIL'} {self.name}: {self.text}"


async def check(config: Config) -> AsyncIterator[Finding]:
    """One finding after the other: the calls that are needed, Stream, store, budget, holiday table."""
    async with api_of(config) as api:
        yield await _try("token", lambda: _token(api), "check dingtalk.client_id and client_secret")
        yield await _try("contacts", lambda: _contacts(api, config), "grant qyapi_get_member")
        yield await _try("querySchedule", lambda: _schedule(api, config), "grant Calendar.EventSchedule.Read")
        yield await _try("card", lambda: _card(api), "grant Card.Instance.Write")
        if config.booking.enabled:
            yield await _try("booking", lambda: _booking(api, config), "grant Calendar.Event.Write")
        if config.leave.enabled:
            yield await _try("leave", lambda: _leave(api, config), "grant qyapi_get_attendance_data")
        if any(chat.members for chat in config.chats):
            yield await _try("group members", lambda: _group_members(api, config), "grant qyapi_chat_manage")
        yield await _try("clock", lambda: _clock(api), "set the host's clock, by NTP")
        yield await _try("Stream", lambda: _stream(api), "set the robot to Stream mode and publish the app")
        async with contextlib.AsyncExitStack() as opened:
            store: list[Store] = []
            yield await _try("store", lambda: _store(config, opened, store), "check store.url")
            if store:
                yield await _try("budget", lambda: _budget(config, store[0]), "spend less, or buy a larger edition")
        yield await _try("holiday table", lambda: _holidays(config), "set holidays to null, or update the bot")


async def _try(name: str, attempt: Callable[[], Awaitable[str]], way_out: str) -> Finding:
    try:
        return Finding(name, good=True, text=await attempt())
    except PermissionDenied as error:
        wanted = f"grant {', '.join(error.scopes)}" if error.scopes else way_out
        return Finding(name, good=False, text=f"{error}; way out: {wanted}")
    except YoukongError as error:
        return Finding(name, good=False, text=f"{error}; way out: {way_out}")


async def _token(api: Api) -> str:
    await api.token.get()
    return "an access token was given"


async def _contacts(api: Api, config: Config) -> str:
    member = _some_member(config)
    if member is None:
        people = await contacts.list_users(api, contacts.ROOT_DEPARTMENT)
        return f"{len(people)} people in the root department"
    await contacts.get_user(api, member)
    return f"{member} was found"


async def _schedule(api: Api, config: Config) -> str:
    """With somebody of a team it reads an hour; without one a refusal of the made-up person shows the permission."""
    member, now = _some_member(config), utc_now()
    union_id = (await contacts.get_user(api, member)).union_id if member else _NOBODY
    end = now + timedelta(hours=1)
    try:
        found = await calendar.query_schedule(api, asker=union_id, people=[union_id], start=now, end=end)
    except (Rejected, NotFound):
        if member:
            raise
        return "permission granted (no team member to read)"
    errors = [entry.error for entry in found if entry.error]
    return f"one calendar read{', not shared' if errors else ''}"


async def _card(api: Api) -> str:
    """A card that does not exist cannot be updated; only a missing permission says so in another way."""
    with contextlib.suppress(Rejected, NotFound):
        await cards.update_card(api, out_track_id=_NOBODY, params={"title": ""})
    return "permission granted"


async def _booking(api: Api, config: Config) -> str:
    """An event that does not exist cannot be deleted; only a missing permission says so in another way."""
    member = _some_member(config)
    union_id = (await contacts.get_user(api, member)).union_id if member else _NOBODY
    with contextlib.suppress(Rejected):
        await events.delete_event(api, organizer=union_id, event_id=_NOBODY, notify=False)
    return "permission granted (tried by deleting an event that is not there; none was made)"


async def _leave(api: Api, config: Config) -> str:
    """Somebody's leave of the next hour, without a word on what it says."""
    now = utc_now()
    people = [_some_member(config) or _NOBODY]
    with contextlib.suppress(Rejected, NotFound):
        await attendance.leave_statuses(api, people=people, start=now, end=now + timedelta(hours=1))
    return "permission granted"


async def _group_members(api: Api, config: Config) -> str:
    """Each group whose members are to be read is read once."""
    found = [
        len(await list_members(api, chat.id, cool_app_code=chat.cool_app_code)) for chat in config.chats if chat.members
    ]
    return f"{sum(found)} members of {len(found)} {'group' if len(found) == 1 else 'groups'} read"


async def _stream(api: Api) -> str:
    await reach(api, topics=(MESSAGE_TOPIC, CARD_TOPIC))
    return "the gateway gave a ticket"


async def _clock(api: Api) -> str:
    """By the Date of the replies so far."""
    skew = api.clock.skew
    if skew is None:
        return "no reply named a time"
    if abs(skew) < SKEWED_FROM:
        return f"within {max(round(abs(skew)), 1)} s of DingTalk's"
    apart = f"{abs(skew) / 60:.0f} min" if abs(skew) < 5400 else f"{abs(skew) / 3600:.1f} h"
    raise ConfigError(f"{apart} {'ahead of' if skew > 0 else 'behind'} DingTalk's")


async def _store(config: Config, opened: contextlib.AsyncExitStack, found: list[Store]) -> str:
    store = await opened.enter_async_context(await Store.open(config.store.url))
    await store.ping()
    found.append(store)
    return "readable and writable"


async def _budget(config: Config, store: Store) -> str:
    month = month_of(utc_now())
    spent = (await calls.spent(store, month), await pushes.spent(store, month))
    allowed = (config.dingtalk.monthly_calls, config.dingtalk.monthly_pushes)
    shown = "{} of {} calls, {} of {} pushes of this month are spent".format(*chain(*zip(spent, allowed, strict=True)))
    if any(number >= WARN_AT * of for number, of in zip(spent, allowed, strict=True)):
        raise StoreError(shown)
    return shown


async def _holidays(config: Config) -> str:
    tables, year = await holiday_tables(config), utc_now().year
    if not tables:
        return "off"
    for table in tables.values():
        if not table.announced(year):
            raise ConfigError(f"{table.country} {year} is not announced in this version")
    later = [table.country for table in tables.values() if not table.announced(year + 1)]
    following = f", {' '.join(later)} {year + 1} not announced yet" if later else ""
    return f"{' '.join(tables)} {year} known{following}"


def _some_member(config: Config) -> str | None:
    return next((member for team in config.teams for member in team.members), None)
