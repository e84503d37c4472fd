"""Single tries of what the bot needs: each returns what it saw, or raises as the call does. None leaves a trace."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from bot.commands.printing import line
from bot.config import Config
from bot.dingtalk import attendance, calendar, cards, contacts, events
from bot.dingtalk import rooms as meeting_rooms
from bot.dingtalk.clock import SKEWED_FROM
from bot.dingtalk.event_reading import read_event
from bot.dingtalk.frames import CARD_TOPIC, MESSAGE_TOPIC
from bot.dingtalk.gateway import reach
from bot.dingtalk.groups import list_members
from bot.dingtalk.http import Api
from bot.dingtalk.sign_in import who_am_i
from bot.errors import ConfigError, NotFound, PermissionDenied, Rejected
from bot.holiday_reader import HolidayReader
from bot.personal.session import Session
from bot.personal.token_file import TokenFile
from bot.timing import Timing
from bot.wiring import utc_now

_NOBODY = "youkong-check"


async def contacts_read(api: Api, config: Config) -> str:
    """Reads one member, or else the root department."""
    member = _some_member(config)
    if member is None:
        people = await contacts.list_users(api, contacts.ROOT_DEPARTMENT)
        return f"{len(people)} people in the root department"
    with contextlib.suppress(NotFound):  # told of by name
        await contacts.get_user(api, member)
    return "people can be looked up"


async def schedule(api: Api, config: Config) -> str:
    """Reads an hour of somebody; where the app sees nobody a refusal of the made-up person shows the permission."""
    union_id, now = await _somebody(api, config), utc_now()
    end = now + timedelta(hours=1)
    try:
        found = await calendar.query_schedule(api, asker=union_id, people=[union_id], start=now, end=end)
    except (Rejected, NotFound):
        if union_id != _NOBODY:
            raise
        return "allowed (nobody to read)"
    errors = [entry.error for entry in found if entry.error]
    return (
        f"allowed, but {_some_member(config) or 'the one who was tried'} shares nothing"
        if errors
        else "one calendar read"
    )


async def card(api: Api) -> str:
    """A card that does not exist cannot be updated; only a missing permission says so in another way."""
    with contextlib.suppress(Rejected, NotFound):
        await cards.update_card(api, out_track_id=_NOBODY, params={"title": ""})
    return "allowed"


async def booking(api: Api, config: Config) -> str:
    """An event that does not exist cannot be deleted; only a missing permission says so in another way."""
    union_id = await _somebody(api, config)
    with contextlib.suppress(Rejected):
        await events.delete_event(api, organizer=union_id, event_id=_NOBODY, notify=False)
    return "allowed (nothing was created)"


async def replies(api: Api, config: Config) -> str:
    """An event that does not exist cannot be read; only a missing permission says so in another way."""
    union_id = await _somebody(api, config)
    with contextlib.suppress(Rejected, NotFound):
        await read_event(api, organizer=union_id, event_id=_NOBODY, deadline=Timing().call_within)
    return "allowed"


async def leave(api: Api, config: Config) -> str:
    """Somebody's leave of the next hour, without a word on what it says."""
    now, people = utc_now(), [_some_member(config) or _NOBODY]
    with contextlib.suppress(Rejected, NotFound):
        await attendance.leave_statuses(api, people=people, start=now, end=now + timedelta(hours=1))
    return "allowed"


async def rooms(api: Api, config: Config) -> str:
    """The list of rooms, and an hour of the first one; both permissions are tried even where there is none."""
    union_id, now = await _somebody(api, config), utc_now()
    listed: tuple[meeting_rooms.ListedRoom, ...] = ()
    with contextlib.suppress(Rejected, NotFound):
        listed = await meeting_rooms.list_rooms(api, asker=union_id)
    first = listed[0].room_id if listed else _NOBODY
    end = now + timedelta(hours=1)
    with contextlib.suppress(Rejected, NotFound):
        await meeting_rooms.query_rooms(api, asker=union_id, rooms=[first], start=now, end=end)
    sized = sum(room.capacity is not None for room in listed)
    return f"{len(listed)} seen, {sized} of known size" if listed else "allowed, but no room is seen"


async def group_members(api: Api, config: Config) -> str:
    """Each group whose members are to be read is read once."""
    found = [
        len(await list_members(api, chat.id, cool_app_code=chat.cool_app_code)) for chat in config.chats if chat.members
    ]
    return f"{sum(found)} members of {len(found)} {'group' if len(found) == 1 else 'groups'} read"


async def stream(api: Api) -> str:
    """Asks for a ticket and leaves it unused."""
    await reach(api, topics=(MESSAGE_TOPIC, CARD_TOPIC))
    return "gateway reachable"


async def sign_in(api: Api, file: TokenFile) -> str:
    """Reads who signed in, by their token, which is renewed where it has ended."""
    session = Session(api, file, clock=utc_now)
    try:
        user = await who_am_i(api.by(session.tokens))
        return f"{line(user.nick)} is signed in, until {session.stored().refresh_until:%Y-%m-%d} unless used before"
    finally:
        await session.tokens.aclose()


async def clock(api: Api) -> str:
    """By the Date of the replies so far."""
    skew = api.clock.skew
    if skew is None:
        return "no reply named a time"
    if abs(skew) < SKEWED_FROM:
        return f"within {max(round(abs(skew)), 1)} s of DingTalk's"
    apart = f"{abs(skew) / 60:.0f} min" if abs(skew) < 5400 else f"{abs(skew) / 3600:.1f} h"
    raise ConfigError(f"{apart} {'ahead of' if skew > 0 else 'behind'} DingTalk's")


async def holidays(config: Config) -> str:
    """Whether this year's holidays are known. Raises ConfigError where they are not."""
    year = utc_now().year
    tables = await HolidayReader(config.countries, year=year).tables()
    if not tables:
        return "off"
    for table in tables.values():
        if not table.announced(year):
            raise ConfigError(f"{table.country} {year} is not announced in this version")
    later = [table.country for table in tables.values() if not table.announced(year + 1)]
    following = f", {' '.join(later)} {year + 1} not announced yet" if later else ""
    return f"{' '.join(tables)} {year} known{following}"


async def _somebody(api: Api, config: Config) -> str:
    """The unionId of a team's member, or else of anybody in reach, or else one that nobody has."""
    member = _some_member(config)
    with contextlib.suppress(NotFound, PermissionDenied):
        if member is not None:
            return (await contacts.get_user(api, member)).union_id
    with contextlib.suppress(NotFound, PermissionDenied):
        below = await contacts.list_departments(api)
        for department in (contacts.ROOT_DEPARTMENT, *(each.dept_id for each in below)):
            for user in await contacts.list_users(api, department):
                if user.union_id:
                    return user.union_id
    return _NOBODY


def _some_member(config: Config) -> str | None:
    return next((member for team in config.teams for member in team.members), None)
