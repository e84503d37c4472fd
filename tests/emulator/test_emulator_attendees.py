"""Who is invited: pages of attendees, people added and removed, and answers over the API."""

import pytest

START = {"dateTime": "2026-03-10T14:00:00+08:00", "timeZone": "Asia/Shanghai"}
END = {"dateTime": "2026-03-10T15:00:00+08:00", "timeZone": "Asia/Shanghai"}


@pytest.fixture
async def event(client, alice, bob):
    body = {"summary": "Review", "start": START, "end": END, "attendees": [{"id": bob.union_id}]}
    return (await client.event("POST", alice, body=body))[1]


@pytest.fixture
def invited(dingtalk):
    return lambda: [(each["displayName"], each["responseStatus"]) for each in dingtalk.calendar_events[0]["attendees"]]


async def test_people_are_added_once_and_removed(client, dingtalk, alice, bob, event, invited):
    carol = dingtalk.person("carol", name="Carol")
    bob.replies(event, "accepted")
    body = {"attendeesToAdd": [{"id": carol.union_id}, {"id": bob.union_id}], "pushNotification": False}
    assert await client.event("POST", alice, f"/{event['id']}/attendees", body) == (200, {})
    assert invited() == [("Bob Li", "accepted"), ("Carol", "needsAction")]
    assert len(carol.calendar.items) == 1
    body = {"attendeesToRemove": [{"id": bob.union_id}]}
    assert await client.event("POST", alice, f"/{event['id']}/attendees/batchRemove", body) == (200, {})
    assert invited() == [("Carol", "needsAction")]
    assert bob.calendar.items == []


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("attendees", {}, "MissingattendeesToAdd"),
        ("attendees", {"attendeesToAdd": []}, "MissingattendeesToAdd"),
        ("attendees", {"attendeesToAdd": [{"id": "nobody"}]}, "permissionDeny"),
        ("attendees", {"attendees": [{"id": "nobody"}]}, "invalidParameter"),
        ("attendees/batchRemove", {"attendeesToRemove": [{"id": "nobody"}]}, "invalidParameter"),
        ("attendees/batchRemove", {}, "MissingattendeesToRemove"),
        ("respond", {"responseStatus": "accepted"}, "permissionDeny"),
    ],
)
async def test_what_is_wrong_with_invitations_is_said_by_code(client, alice, event, invited, path, body, code):
    assert (await client.event("POST", alice, f"/{event['id']}/{path}", body))[1]["code"] == code
    assert invited() == [("Bob Li", "needsAction")]


async def test_only_the_organizer_invites(client, alice, bob, event):
    for path, name in (("attendees", "attendeesToAdd"), ("attendees/batchRemove", "attendeesToRemove")):
        status, answer = await client.event("POST", bob, f"/{event['id']}/{path}", {name: [{"id": alice.union_id}]})
        assert (status, answer["code"]) == (403, "permissionDeny")


async def test_somebody_outside_the_apps_range_cannot_be_invited(client, dingtalk, alice, event):
    carol = dingtalk.person("carol")
    dingtalk.faults.outside_range(carol)
    body = {"attendeesToAdd": [{"id": carol.union_id}]}
    status, answer = await client.event("POST", alice, f"/{event['id']}/attendees", body)
    assert (status, answer["code"]) == (403, "permissionDeny")
    dingtalk.faults.clear()
    assert (await client.event("POST", alice, f"/{event['id']}/attendees", body))[0] == 200


async def test_an_answer_over_the_api_is_that_of_the_person_in_the_path(client, bob, event, invited):
    path = f"/{event['id']}/respond"
    assert await client.event("POST", bob, path, {"responseStatus": "declined"}) == (200, {})
    assert invited() == [("Bob Li", "declined")]
    assert (await client.event("POST", bob, path, {"responseStatus": "no"}))[1]["code"] == "invalidParameter"
    assert (await client.event("POST", bob, path, {"status": "accepted"}))[1]["code"] == "invalidParameter"


async def test_attendees_come_in_pages(client, dingtalk, alice, bob, event):
    people = [dingtalk.person(f"p{n}") for n in range(4)]
    body = {"attendeesToAdd": [{"id": each.union_id} for each in people]}
    await client.event("POST", alice, f"/{event['id']}/attendees", body)
    seen, query = [], "maxResults=2"
    while query:
        _, page = await client.event("GET", alice, f"/{event['id']}/attendees?{query}")
        seen.append([each["id"] for each in page["attendees"]])
        query = f"maxResults=2&nextToken={page['nextToken']}" if "nextToken" in page else ""
    ids = [each.union_id for each in (bob, *people)]
    assert seen == [ids[:2], ids[2:4], ids[4:]]
    assert len((await client.event("GET", alice, f"/{event['id']}?maxAttendees=3"))[1]["attendees"]) == 3
    for wrong in ("?maxAttendees=0", "?maxAttendees=101", "/attendees?maxResults=501", "/attendees?nextToken=x"):
        assert (await client.event("GET", alice, f"/{event['id']}{wrong}"))[1]["code"] == "invalidParameter"
