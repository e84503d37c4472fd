"""Events: created in the organizer's name, seen by querySchedule, idempotent, deletable."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from bot.emulator import Emulator

START = {"dateTime": "2026-03-10T14:00:00+08:00", "timeZone": "Asia/Shanghai"}
END = {"dateTime": "2026-03-10T15:00:00+08:00", "timeZone": "Asia/Shanghai"}


def path(person):
    return f"/v1.0/calendar/users/{quote(person.union_id, safe='')}/calendars/primary/events"


@pytest.fixture
def event(bob):
    return {"summary": "Review", "start": START, "end": END, "attendees": [{"id": bob.union_id}]}


async def test_an_event_makes_everybody_busy_until_it_is_deleted(client, alice, bob, event):
    status, made = await client.api("POST", path(alice), event)
    assert (status, made["organizer"]["id"]) == (200, alice.union_id)
    rows = (await client.busy(alice, alice, bob))[1]["scheduleInformation"]
    assert [len(row["scheduleItems"]) for row in rows] == [1, 1]
    assert (await client.api("GET", f"{path(alice)}/{made['id']}"))[1]["summary"] == "Review"
    assert (await client.api("DELETE", f"{path(alice)}/{made['id']}"))[0] == 200
    rows = (await client.busy(alice, alice, bob))[1]["scheduleInformation"]
    assert [len(row["scheduleItems"]) for row in rows] == [0, 0]
    assert (await client.api("GET", f"{path(alice)}/{made['id']}"))[1]["code"] == "itemNotFound"


async def test_one_client_token_makes_one_event(client, alice, event):
    headers = {"x-acs-dingtalk-access-token": client.token, "x-client-token": "once"}
    first = (await client.call("POST", path(alice), event, headers=headers))[1]
    again = (await client.call("POST", path(alice), event, headers=headers))[1]
    assert first["id"] == again["id"]
    assert len(alice.calendar.items) == 1


async def test_whole_days_end_on_the_day_after(client, alice, event):
    event |= {"isAllDay": True, "start": {"date": "2026-03-10"}, "end": {"date": "2026-03-11"}}
    assert (await client.api("POST", path(alice), event))[0] == 200
    assert alice.calendar.items[0].body["end"]["date"] == "2026-03-11"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"summary": None}, "Missingsummary"),
        ({"end": START}, "invalidParameter"),
        ({"start": {"date": "2026-03-10"}}, "invalidParameter"),
        ({"attendees": [{"id": "alice"}]}, "permissionDeny"),
    ],
)
async def test_what_is_wrong_with_an_event_is_said_by_code(client, alice, event, changes, code):
    assert (await client.api("POST", path(alice), event | changes))[1]["code"] == code
    assert alice.calendar.items == []


async def test_a_client_token_is_refused_while_its_event_is_made_and_means_another_event_a_day_later(client_for):
    now = [datetime(2026, 3, 10, 9, tzinfo=UTC)]
    body = {"summary": "Review", "start": START, "end": END}
    async with Emulator(now=lambda: now[0], events_per_day=2) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        alice = dingtalk.person("alice")
        headers = {"x-acs-dingtalk-access-token": client.token, "x-client-token": "once"}
        dingtalk.faults.slow_events(60)
        first = (await client.call("POST", path(alice), body, headers=headers))[1]
        assert (await client.call("POST", path(alice), body, headers=headers))[1]["code"] == "idempotencyProcessing"
        now[0] += timedelta(days=1, seconds=1)
        later = (await client.call("POST", path(alice), body, headers=headers))[1]
        assert first["id"] != later["id"]
        assert (await client.api("POST", path(alice), body))[0] == 200
        assert (await client.api("POST", path(alice), body))[1]["code"] == "flowLimit"
