"""An event as it is read: who replied what, when it is, and nothing else of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wire_servers import Answer, Server

from bot.dingtalk import events
from bot.dingtalk.event_reading import Attendance, read_event
from bot.dingtalk.events import EventAttendee
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator
from bot.errors import MalformedReply, NotFound, PermissionDenied

SHANGHAI = ZoneInfo("Asia/Shanghai")
THREE = datetime(2026, 3, 10, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def dingtalk() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def client(dingtalk: Emulator) -> AsyncIterator[Api]:
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    async with Api(credentials, Endpoints(dingtalk.url, dingtalk.url), deadline=60) as opened:
        yield opened


async def made(api: Api, organizer, guests) -> str:
    return await events.create_event(
        api,
        organizer=organizer.union_id,
        summary="裁员名单",
        start=THREE,
        end=THREE + HOUR,
        zone=SHANGHAI,
        attendees=[EventAttendee(each.union_id) for each in guests],
        client_token="token-1",
    )


async def read(api: Api, organizer, event_id: str):
    return await read_event(api, organizer=organizer.union_id, event_id=event_id, deadline=60)


async def test_it_has_every_reply_and_the_time_and_no_title(dingtalk, client):
    alice, bob, carol = (dingtalk.person(name, name=name) for name in ("alice", "bob", "carol"))
    event_id = await made(client, alice, [bob, carol])
    bob.replies(event_id, "declined")
    found = await read(client, alice, event_id)
    assert found.attendees == (Attendance(bob.union_id, "declined"), Attendance(carol.union_id, "needsAction"))
    assert (found.start, found.end) == (THREE, THREE + HOUR)
    assert "裁员名单" not in str(astuple(found))


async def test_of_many_guests_every_one_is_read(dingtalk, client):
    alice = dingtalk.person("alice", name="Alice")
    guests = [dingtalk.person(f"guest-{n}", name=f"Guest {n}") for n in range(120)]
    event_id = await made(client, alice, guests)
    guests[-1].replies(event_id, "accepted")
    found = await read(client, alice, event_id)
    assert len(found.attendees) == 120
    assert found.attendees[-1] == Attendance(guests[-1].union_id, "accepted")


async def test_what_is_deleted_is_not_found_and_a_missing_scope_is_named(dingtalk, client):
    alice = dingtalk.person("alice", name="Alice")
    event_id = await made(client, alice, [dingtalk.person("bob", name="Bob")])
    dingtalk.faults.deny_scope("Calendar.Event.Read")
    with pytest.raises(PermissionDenied) as denied:
        await read(client, alice, event_id)
    assert denied.value.scopes == ("Calendar.Event.Read",)
    dingtalk.faults.clear()
    alice.deletes(event_id)
    with pytest.raises(NotFound):
        await read(client, alice, event_id)


@pytest.mark.parametrize(
    "body",
    [
        {"id": "e"},
        {"id": "e", "attendees": None},
        {"id": "e", "attendees": [{"responseStatus": "accepted"}]},
        {"id": "e", "attendees": ["bob"]},
    ],
)
async def test_an_event_that_makes_no_sense_is_refused(server: Server, api: Api, body):
    server.answers = [Answer(body)]
    with pytest.raises(MalformedReply):
        await read_event(api, organizer="u1", event_id="e", deadline=60)
