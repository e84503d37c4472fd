"""Events: what goes out, that a repeat is the same event, and what every refusal means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from wire_servers import Answer, Server

from bot.dingtalk import events
from bot.dingtalk.events import EventAttendee
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Emulator, Person
from bot.errors import (
    LimitReached,
    MalformedReply,
    PermissionDenied,
    Rejected,
    RemoteError,
    RemoteTimeout,
    Unavailable,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
THREE = datetime(2026, 3, 10, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Office:
    """An emulated DingTalk with a client and two people."""

    def __init__(self, dingtalk: Emulator, api: Api) -> None:
        self.dingtalk = dingtalk
        self.api = api
        self.alice = dingtalk.person("alice", name="Alice")
        self.bob = dingtalk.person("bob", name="Bob")

    async def create(self, token: str = "token-1", guest: Person | None = None, **options: Any) -> str:
        """An hour of alice's with bob."""
        attendees = [EventAttendee((guest or self.bob).union_id)]
        return await create(self.api, self.alice.union_id, token=token, attendees=attendees, **options)


async def create(api: Api, organizer: str = "u1", *, token: str = "token-1", **options: Any) -> str:
    wanted: dict[str, Any] = {
        "summary": "会议",
        "start": THREE,
        "end": THREE + HOUR,
        "zone": SHANGHAI,
        "attendees": (),
        **options,
    }
    return await events.create_event(api, organizer=organizer, client_token=token, **wanted)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with Emulator(calls_per_second=None, events_per_day=3) as dingtalk:
        who = Credentials(dingtalk.client_id, dingtalk.client_secret)
        async with Api(who, Endpoints(dingtalk.url, dingtalk.url), calls_per_second=1000, deadline=60) as api:
            yield Office(dingtalk, api)


async def test_an_event_is_created_as_documented(server: Server, api: Api) -> None:
    server.answers = [Answer({"id": "event-1"})]
    attendees = (EventAttendee("u2"), EventAttendee("u3", optional=True))
    assert await create(api, "ab+c/d=", attendees=attendees) == "event-1"
    (call,) = server.calls
    assert call.path.startswith("/v1.0/calendar/users/ab%2Bc%2Fd")
    assert call.path.endswith("/calendars/primary/events")
    assert (call.method, call.headers["x-client-token"], call.token) == ("POST", "token-1", "token-1")
    assert call.body == {
        "summary": "会议",
        "start": {"dateTime": "2026-03-10T15:00:00+08:00", "timeZone": "Asia/Shanghai"},
        "end": {"dateTime": "2026-03-10T16:00:00+08:00", "timeZone": "Asia/Shanghai"},
        "isAllDay": False,
        "attendees": [{"id": "u2", "isOptional": False}, {"id": "u3", "isOptional": True}],
    }


async def test_an_event_is_deleted_and_its_attendees_are_told(server: Server, api: Api) -> None:
    assert await events.delete_event(api, organizer="u1", event_id="e/1")
    (call,) = server.calls
    assert (call.method, call.path) == ("DELETE", "/v1.0/calendar/users/u1/calendars/primary/events/e%2F1")
    assert call.query == {"pushNotification": "true"}


async def test_everybody_is_busy_until_the_event_is_deleted(office: Office) -> None:
    event_id = await office.create()
    assert [len(person.calendar.items) for person in (office.alice, office.bob)] == [1, 1]
    assert await events.delete_event(office.api, organizer=office.alice.union_id, event_id=event_id)
    assert not await events.delete_event(office.api, organizer=office.alice.union_id, event_id=event_id)
    assert office.bob.calendar.items == []


async def test_the_same_token_gives_the_same_event_and_another_one_another(office: Office) -> None:
    assert await office.create() == await office.create()
    await office.create("token-2")
    assert office.dingtalk.calendar_events_made == 2


@pytest.mark.parametrize("fault", ["drop_reply", "truncate", "stall"])
async def test_an_answer_that_was_lost_is_asked_for_again_and_the_event_is_one(office: Office, fault: str) -> None:
    getattr(office.dingtalk.faults, fault)("createEvent", times=1)
    event_id = await office.create(deadline=2.0)
    assert [event["id"] for event in office.dingtalk.calendar_events] == [event_id]


async def test_while_dingtalk_works_on_the_first_try_the_repeats_wait(office: Office) -> None:
    office.dingtalk.faults.slow_events(1.0)
    office.dingtalk.faults.drop_reply("createEvent", times=1)
    event_id = await office.create()
    assert [event["id"] for event in office.dingtalk.calendar_events] == [event_id]
    assert "idempotencyProcessing" in {call.code for call in office.dingtalk.calls_of("createEvent")}


async def test_what_stays_in_progress_is_given_up_at_the_deadline(office: Office) -> None:
    office.dingtalk.faults.slow_events(60)
    await office.create()
    with pytest.raises(Unavailable):
        await office.create(deadline=0.5)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, "flowLimit", LimitReached),
        (403, "flowLimit", LimitReached),
        (429, "flowLimit", LimitReached),
        (400, "invalidParameter", Rejected),
        (400, "permissionDeny", PermissionDenied),
        (403, "permissionDeny", PermissionDenied),
        (500, "system.busy", Unavailable),
    ],
)
async def test_every_refusal_has_its_error(office: Office, status: int, code: str, error: type[RemoteError]) -> None:
    office.dingtalk.faults.fail("createEvent", status=status, code=code)
    with pytest.raises(error):
        await office.create(deadline=30.0)


async def test_a_missing_permission_is_named(office: Office) -> None:
    office.dingtalk.faults.deny_scope("Calendar.Event.Write")
    for attempt in (office.create(), events.delete_event(office.api, organizer="u1", event_id="e1")):
        with pytest.raises(PermissionDenied) as caught:
            await attempt
        assert caught.value.scopes == ("Calendar.Event.Write",)


async def test_the_limit_of_a_day_is_not_pressed_against(office: Office) -> None:
    for n in range(3):
        await office.create(f"token-{n}")
    with pytest.raises(LimitReached):
        await office.create("one too many")
    assert len(office.dingtalk.calls_of("createEvent")) == 4


async def test_an_event_without_an_id_is_no_answer(server: Server, api: Api) -> None:
    server.answers = [Answer({})]
    with pytest.raises(MalformedReply):
        await create(api)


async def test_an_event_that_nobody_confirms_is_given_up_at_the_deadline(office: Office) -> None:
    office.dingtalk.faults.stall("createEvent")
    with pytest.raises(RemoteTimeout):
        await office.create(deadline=0.3)
    assert office.dingtalk.calendar_events_made == 1


async def test_too_many_attendees_and_a_bad_id_are_refused_before_the_wire(server: Server, api: Api) -> None:
    with pytest.raises(ValueError, match="500 at most"):
        await create(api, attendees=[EventAttendee("u")] * 501)
    with pytest.raises(Rejected):
        await create(api, "../x")
    with pytest.raises(Rejected):
        await events.delete_event(api, organizer="u1", event_id="../../x?y")
    assert not server.calls
