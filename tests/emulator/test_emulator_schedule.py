"""querySchedule as the fact sheet describes it."""

from datetime import date, datetime, timedelta, timezone

import pytest

BEIJING = timezone(timedelta(hours=8))
TWO = datetime(2026, 3, 10, 14, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


async def rows(client, asker, *people, **times):
    status, answer = await client.busy(asker, *people, **times)
    assert status == 200
    return answer["scheduleInformation"]


async def test_timed_items_carry_an_offset_and_a_zone_and_are_not_clipped(client, alice, bob):
    bob.calendar.busy(TWO - HOUR, TWO + 5 * HOUR)
    bob.calendar.tentative(TWO + HOUR, TWO + 2 * HOUR)
    bob.calendar.busy(TWO - 2 * HOUR, TWO)
    [row] = await rows(client, alice, bob)
    assert sorted(item["status"] for item in row["scheduleItems"]) == ["BUSY", "TENTATIVE"]
    [busy] = [item for item in row["scheduleItems"] if item["status"] == "BUSY"]
    assert busy["start"] == {"dateTime": "2026-03-10T13:00:00+08:00", "timeZone": "Asia/Shanghai"}
    assert busy["end"] == {"dateTime": "2026-03-10T19:00:00+08:00", "timeZone": "Asia/Shanghai"}


async def test_whole_days_have_dates_in_utc_with_an_exclusive_end(client, alice, bob):
    bob.calendar.all_day(date(2026, 3, 10), 2)
    [row] = await rows(client, alice, bob)
    assert row["scheduleItems"] == [
        {
            "status": "BUSY",
            "start": {"date": "2026-03-10", "timeZone": "UTC"},
            "end": {"date": "2026-03-12", "timeZone": "UTC"},
        }
    ]


async def test_the_path_wants_a_percent_encoded_union_id(client, dingtalk, alice):
    assert "/" in "".join(dingtalk.person(f"p{n}").union_id for n in range(20))
    for person in (alice, *(dingtalk._world.company.by_staff_id[f"p{n}"] for n in range(5))):
        assert (await client.busy(person, alice))[0] == 200
    assert dingtalk.calls[-1].ids == {"union_id": dingtalk._world.company.by_staff_id["p4"].union_id}


async def test_a_staff_id_in_the_path_is_refused_and_recorded(client, dingtalk, alice):
    body = {"userIds": [alice.union_id], "startTime": "2026-03-10T14:00:00Z", "endTime": "2026-03-10T15:00:00Z"}
    status, answer = await client.api("POST", "/v1.0/calendar/users/alice/querySchedule", body)
    assert (status, answer["code"]) == (400, "paramIllegal")
    assert dingtalk.violations[0].rule == "wrong path id"


async def test_a_staff_id_among_the_people_gets_an_error_instead_of_items(client, alice, bob):
    known, unknown = await rows(client, alice, bob, "bob")
    assert "error" not in known
    assert unknown["error"]


async def test_more_than_twenty_people_are_refused(client, alice):
    assert (await client.busy(alice, *["x"] * 20))[0] == 200
    assert (await client.busy(alice, *["x"] * 21))[1]["code"] == "paramIllegal"


@pytest.mark.parametrize(
    "text",
    ["2026-03-10T14:00:00+08:00", "2026-03-10T06:00:00Z", "2026-03-10T06:00:00.000Z", "2026-03-10T06:00Z"],
)
async def test_four_forms_of_time_are_accepted(client, alice, text):
    assert (await client.busy(alice, alice, startTime=text))[0] == 200


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-10T14:00:00",
        "2026-03-10 14:00:00+08:00",
        "2026-03-10T14:00:00+0800",
        "2026-03-10T14:00:00.000000+08:00",
        "2026-03-10T14:00:00.000+08:00",
        "2026-13-10T14:00:00Z",
        "1773122400000",
    ],
)
async def test_other_forms_of_time_are_refused(client, alice, text):
    status, answer = await client.busy(alice, alice, startTime=text)
    assert (status, answer["code"]) == (400, "InvalidParameter.ParsedISO8601TimestampError")


async def test_strict_time_accepts_one_form_only(client, dingtalk, alice):
    dingtalk.faults.strict_time("utc_ms")
    assert (await client.busy(alice, alice))[1]["code"] == "InvalidParameter.ParsedISO8601TimestampError"
    times = {"startTime": "2026-03-10T06:00:00.000Z", "endTime": "2026-03-10T07:00:00.000Z"}
    assert (await client.busy(alice, alice, **times))[0] == 200


async def test_an_error_can_be_meant_for_one_asker_only(client, dingtalk, alice, bob):
    dingtalk.faults.person_error(alice, asker=bob)
    assert (await rows(client, bob, alice))[0]["error"] == "No permission"
    assert "error" not in (await rows(client, alice, alice))[0]


async def test_people_can_be_missing_doubled_and_out_of_order(client, dingtalk, alice, bob):
    dingtalk.faults.shuffle_schedule()
    dingtalk.faults.repeat_person(bob)
    assert [row["userId"] for row in await rows(client, alice, alice, bob)] == [
        bob.union_id,
        bob.union_id,
        alice.union_id,
    ]
    dingtalk.faults.clear()
    dingtalk.faults.omit_person(alice)
    assert [row["userId"] for row in await rows(client, alice, alice, bob)] == [bob.union_id]


async def test_nonsense_items_are_shown_as_they_are(client, alice, bob):
    nonsense = {"status": "BUSY", "start": {"dateTime": None}, "end": {}}
    bob.calendar.raw(nonsense)
    assert (await rows(client, alice, bob))[0]["scheduleItems"] == [nonsense]


async def test_a_naive_time_is_not_entered(alice):
    with pytest.raises(ValueError, match="naive"):
        alice.calendar.busy(datetime(2026, 3, 10), TWO)  # noqa: DTZ001


async def test_whose_schedules_were_asked_for_in_whose_name_is_remembered(client, dingtalk, alice, bob):
    await client.busy(alice, alice, bob)
    dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
    await client.busy(bob, alice)
    first, second = dingtalk.schedules_asked()
    assert first == (alice.union_id, (alice.union_id, bob.union_id))
    assert (second.asker, second.people) == (bob.union_id, (alice.union_id,))
