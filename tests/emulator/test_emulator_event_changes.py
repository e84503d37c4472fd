"""Events that change: by the API, by hand in DingTalk, and by what those who are invited reply."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.emulator import Refusal

BEIJING = timezone(timedelta(hours=8))
TWO = datetime(2026, 3, 10, 14, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


def end_of(instant):
    return {"dateTime": instant.isoformat(), "timeZone": "Asia/Shanghai"}


@pytest.fixture
async def event(client, alice, bob):
    body = {
        "summary": "Review",
        "description": "of the plan",
        "start": end_of(TWO),
        "end": end_of(TWO + HOUR),
        "attendees": [{"id": bob.union_id}],
    }
    status, made = await client.event("POST", alice, body=body)
    assert status == 200
    return made


@pytest.fixture
def busy(client, alice):
    async def of(person):
        _, answer = await client.busy(alice, person)
        items = answer["scheduleInformation"][0]["scheduleItems"]
        return sorted((item["start"]["dateTime"][11:16], item["status"]) for item in items)

    return of


async def test_an_event_gets_another_time_title_and_people(client, dingtalk, alice, bob, event, busy):
    carol = dingtalk.person("carol", name="Carol")
    changes = {
        "summary": "Retro",
        "start": end_of(TWO + HOUR),
        "end": end_of(TWO + 2 * HOUR),
        "attendees": [{"id": carol.union_id, "isOptional": True}],
    }
    status, changed = await client.event("PUT", alice, f"/{event['id']}", changes)
    assert (status, changed["id"], changed["summary"]) == (200, event["id"], "Retro")
    assert changed["description"] == "of the plan"
    assert await busy(alice) == await busy(carol) == [("15:00", "BUSY")]
    assert await busy(bob) == []
    assert dingtalk.calendar_events == [changed]
    assert dingtalk.calendar_events_made == 1
    row = {"id": carol.union_id, "displayName": "Carol", "responseStatus": "needsAction", "isOptional": True}
    assert (await client.event("GET", alice, f"/{event['id']}"))[1]["attendees"] == [row]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "invalidParameter"),
        ({"colour": "red"}, "invalidParameter"),
        ({"organizer": {"id": "x"}}, "invalidParameter"),
        ({"id": "another"}, "invalidParameter"),
        ({"summary": ""}, "Missingsummary"),
        ({"summary": "x" * 2049}, "invalidParameter"),
        ({"description": "x" * 5001}, "invalidParameter"),
        ({"end": end_of(TWO)}, "invalidParameter"),
        ({"start": {"dateTime": TWO.isoformat(), "timeZone": "Mars/Olympus"}}, "invalidParameter"),
        ({"start": {"dateTime": "2026-03-10 14:00"}}, "InvalidParameter.ParsedISO8601TimestampError"),
        ({"attendees": [{"id": "nobody"}]}, "permissionDeny"),
    ],
)
async def test_what_is_wrong_with_a_change_is_said_by_code_and_changes_nothing(
    client, dingtalk, alice, event, busy, changes, code
):
    assert (await client.event("PUT", alice, f"/{event['id']}", changes))[1]["code"] == code
    assert dingtalk.calendar_events == [event]
    assert await busy(alice) == [("14:00", "BUSY")]


async def test_only_the_organizer_changes_an_event_and_others_do_not_even_see_it(client, dingtalk, bob, event):
    carol = dingtalk.person("carol")
    path = f"/{event['id']}"
    for method, body in (("PUT", {"summary": "Mine"}), ("DELETE", None)):
        status, answer = await client.event(method, bob, path, body)
        assert (status, answer["code"]) == (403, "permissionDeny")
        status, answer = await client.event(method, carol, path, body)
        assert (status, answer["code"]) == (404, "itemNotFound")
    assert (await client.event("GET", bob, path))[1]["summary"] == "Review"
    assert (await client.event("GET", carol, path))[0] == 404


async def test_a_change_needs_the_scope_to_write_and_a_look_the_scope_to_read(client, dingtalk, alice, event):
    path, change = f"/{event['id']}", {"summary": "Retro"}
    dingtalk.faults.deny_scope("Calendar.Event.Write")
    status, answer = await client.event("PUT", alice, path, change)
    assert (status, answer["accessdenieddetail"]) == (403, {"requiredScopes": ["Calendar.Event.Write"]})
    assert (await client.event("GET", alice, path))[0] == 200
    dingtalk.faults.deny_scope("Calendar.Event.Read")
    for look in (path, f"{path}/attendees"):
        status, answer = await client.event("GET", alice, look)
        assert (status, answer["accessdenieddetail"]) == (403, {"requiredScopes": ["Calendar.Event.Read"]})


async def test_one_client_token_changes_an_event_once(client, dingtalk, alice, event):
    path = f"/{event['id']}"
    first = (await client.event("PUT", alice, path, {"summary": "First"}, token="once"))[1]
    await client.event("PUT", alice, path, {"summary": "Second"})
    assert (await client.event("PUT", alice, path, {"summary": "First"}, token="once"))[1] == first
    assert dingtalk.calendar_events[0]["summary"] == "Second"
    dingtalk.faults.slow_events(60)
    await client.event("PUT", alice, path, {"summary": "Third"}, token="twice")
    again = await client.event("PUT", alice, path, {"summary": "Third"}, token="twice")
    assert again[1]["code"] == "idempotencyProcessing"


async def test_what_people_reply_shows_in_the_event_and_in_their_calendar(client, alice, bob, event, busy):
    for status, items in (
        ("accepted", [("14:00", "BUSY")]),
        ("tentative", [("14:00", "TENTATIVE")]),
        ("declined", []),
        ("needsAction", [("14:00", "BUSY")]),
    ):
        bob.replies(event, status)
        shown = (await client.event("GET", alice, f"/{event['id']}?maxAttendees=100"))[1]
        assert [each["responseStatus"] for each in shown["attendees"]] == [status]
        assert await busy(bob) == items
        assert await busy(alice) == [("14:00", "BUSY")]


async def test_only_those_who_are_invited_reply_and_only_in_known_words(dingtalk, alice, bob, event):
    with pytest.raises(Refusal, match="invalidParameter"):
        bob.replies(event, "perhaps")
    with pytest.raises(Refusal, match="permissionDeny"):
        alice.replies(event, "declined")
    with pytest.raises(Refusal, match="itemNotFound"):
        dingtalk.person("carol").replies(event["id"], "accepted")


async def test_an_unanswered_invitation_may_be_tentative(client, dingtalk, alice, bob, busy):
    dingtalk.faults.show_unanswered_as_tentative()
    people = [{"id": bob.union_id}, {"id": alice.union_id}]
    body = {"summary": "Review", "start": end_of(TWO), "end": end_of(TWO + HOUR), "attendees": people}
    await client.event("POST", alice, body=body)
    assert (await busy(alice), await busy(bob)) == ([("14:00", "BUSY")], [("14:00", "TENTATIVE")])


async def test_replies_outlive_a_change_unless_moves_reset_them(client, dingtalk, alice, bob, event):
    def replies():
        return [each["responseStatus"] for each in dingtalk.calendar_events[0]["attendees"]]

    later = {"start": end_of(TWO + HOUR), "end": end_of(TWO + 2 * HOUR), "attendees": [{"id": bob.union_id}]}
    bob.replies(event, "accepted")
    await client.event("PUT", alice, f"/{event['id']}", later)
    assert replies() == ["accepted"]
    dingtalk.faults.reset_replies()
    await client.event("PUT", alice, f"/{event['id']}", {"summary": "Retro"})
    assert replies() == ["accepted"]
    alice.moves(event, TWO, TWO + HOUR)
    assert replies() == ["needsAction"]


async def test_an_event_is_moved_and_deleted_by_hand_by_its_organizer_alone(client, dingtalk, alice, bob, event, busy):
    for forbidden in (lambda: bob.moves(event, TWO, TWO + HOUR), lambda: bob.deletes(event)):
        with pytest.raises(Refusal, match="permissionDeny"):
            forbidden()
    alice.moves(event, TWO + HOUR, TWO + 2 * HOUR)
    assert await busy(bob) == [("15:00", "BUSY")]
    assert (await client.event("GET", alice, f"/{event['id']}"))[1]["start"] == end_of(TWO + HOUR)
    alice.deletes(event["id"])
    assert await busy(bob) == []
    for method, body in (("GET", None), ("PUT", {"summary": "x"}), ("DELETE", None)):
        status, answer = await client.event(method, alice, f"/{event['id']}", body)
        assert (status, answer["code"]) == (404, "itemNotFound")


async def test_an_event_that_is_free_occupies_nobody(client, alice, busy):
    body = {"summary": "Birthday", "start": end_of(TWO), "end": end_of(TWO + HOUR), "freeBusyStatus": "free"}
    assert (await client.event("POST", alice, body=body))[0] == 200
    assert await busy(alice) == []


async def test_an_event_is_not_patched(client, dingtalk, alice, event):
    assert (await client.event("PATCH", alice, f"/{event['id']}", {"summary": "x"}))[0] == 404
    assert dingtalk.violations[0].rule == "unknown path"
