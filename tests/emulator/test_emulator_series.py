"""Series: what a recurrence may say, and when people are busy by it."""

from datetime import date

import pytest

from bot.emulator.recurrence import read_series
from bot.emulator.wire import Refusal


def numbered(n, **pattern):
    return {"pattern": pattern, "range": {"type": "numbered", "numberOfOccurrences": n}}


def until(day, **pattern):
    return {"pattern": pattern, "range": {"type": "endDate", "endDate": day}}


@pytest.fixture
def make(client, alice):
    async def of(recurrence, start="2026-03-11T14:00:00+08:00", end="2026-03-11T15:00:00+08:00", zone="Asia/Shanghai"):
        ends = {name: {"dateTime": text, "timeZone": zone} for name, text in (("start", start), ("end", end))}
        return await client.event("POST", alice, body={"summary": "Weekly", "recurrence": recurrence, **ends})

    return of


async def test_a_weekly_series_is_busy_at_each_of_its_times(client, alice, make):
    recurrence = numbered(3, type="weekly", daysOfWeek="wednesday", interval=1, firstDayOfWeek="monday")
    status, event = await make(recurrence)
    assert (status, event["recurrence"]) == (200, recurrence)
    window = {"startTime": "2026-03-01T00:00:00+08:00", "endTime": "2026-04-30T00:00:00+08:00"}
    [row] = (await client.busy(alice, alice, **window))[1]["scheduleInformation"]
    starts = sorted(item["start"]["dateTime"] for item in row["scheduleItems"])
    assert starts == [f"2026-03-{day}T14:00:00+08:00" for day in (11, 18, 25)]
    window = {"startTime": "2026-03-18T00:00:00+08:00", "endTime": "2026-03-19T00:00:00+08:00"}
    [row] = (await client.busy(alice, alice, **window))[1]["scheduleInformation"]
    assert len(row["scheduleItems"]) == 1


@pytest.mark.parametrize(
    ("recurrence", "first", "days"),
    [
        (numbered(3, type="daily"), (2026, 3, 30), ["03-30", "03-31", "04-01"]),
        (until("2026-03-16", type="daily", interval=3), (2026, 3, 10), ["03-10", "03-13", "03-16"]),
        (until("2026-03-16T00:00:00+08:00", type="daily", interval=3), (2026, 3, 10), ["03-10", "03-13", "03-16"]),
        (
            numbered(4, type="weekly", daysOfWeek="tuesday,thursday", interval=2),
            (2026, 3, 12),
            ["03-12", "03-24", "03-26", "04-07"],
        ),
        (
            numbered(3, type="weekly", daysOfWeek="sunday,monday", interval=2, firstDayOfWeek="sunday"),
            (2026, 3, 8),
            ["03-08", "03-09", "03-22"],
        ),
        (numbered(3, type="absoluteMonthly", dayOfMonth=31), (2026, 3, 31), ["03-31", "05-31", "07-31"]),
        (
            numbered(3, type="relativeMonthly", daysOfWeek="friday", index="last"),
            (2026, 3, 27),
            ["03-27", "04-24", "05-29"],
        ),
        (
            numbered(2, type="relativeMonthly", daysOfWeek="monday", index="first", interval=3),
            (2026, 3, 2),
            ["03-02", "06-01"],
        ),
    ],
)
def test_a_pattern_names_its_days(recurrence, first, days):
    assert [f"{day:%m-%d}" for day in read_series(recurrence).days(date(*first))] == days


@pytest.mark.parametrize(
    "recurrence",
    [
        {},
        "weekly",
        {"pattern": {"type": "daily"}},
        {**numbered(2, type="daily"), "exceptions": []},
        numbered(2, type="yearly"),
        numbered(2, type="daily", until="tomorrow"),
        numbered(2, type="daily", interval=0),
        numbered(0, type="daily"),
        numbered(1001, type="daily"),
        numbered("8", type="daily"),
        numbered(2, type="weekly"),
        numbered(2, type="weekly", daysOfWeek=["wednesday"]),
        numbered(2, type="weekly", daysOfWeek="Wednesday"),
        numbered(2, type="weekly", daysOfWeek="tuesday"),
        numbered(2, type="absoluteMonthly"),
        numbered(2, type="absoluteMonthly", dayOfMonth=32),
        numbered(2, type="relativeMonthly", daysOfWeek="wednesday"),
        numbered(2, type="relativeMonthly", daysOfWeek="wednesday,friday", index="second"),
        until("2026-03-10", type="daily"),
        until("2036-03-10", type="daily"),
        until("soon", type="daily"),
        {"pattern": {"type": "daily"}, "range": {"type": "noEnd"}},
        {"pattern": {"type": "daily"}, "range": {"type": "numbered", "endDate": "2026-04-01"}},
    ],
)
async def test_a_series_that_is_not_known_is_refused_and_not_made(dingtalk, make, recurrence):
    status, answer = await make(recurrence)
    assert (status, answer["code"]) == (400, "invalidParameter")
    assert dingtalk.calendar_events == []


async def test_a_series_keeps_to_the_clocks_of_its_zone(alice, make):
    daily = numbered(2, type="daily")
    await make(daily, "2026-03-28T09:00:00+01:00", "2026-03-28T10:00:00+01:00", "Europe/Berlin")
    assert [f"{item.start:%d %H:%M}" for item in alice.calendar.items] == ["28 08:00", "29 07:00"]


async def test_whole_days_recur_as_whole_days(client, alice):
    days = {"isAllDay": True, "start": {"date": "2026-03-13"}, "end": {"date": "2026-03-15"}}
    recurrence = numbered(2, type="weekly", daysOfWeek="friday")
    await client.event("POST", alice, body={"summary": "Trip", "recurrence": recurrence, **days})
    ends = [(item.body["start"]["date"], item.body["end"]["date"]) for item in alice.calendar.items]
    assert ends == [("2026-03-13", "2026-03-15"), ("2026-03-20", "2026-03-22")]


async def test_a_series_is_changed_declined_and_deleted_as_a_whole(client, alice, bob, make):
    _, event = await make(numbered(3, type="daily"))
    await client.event("PUT", alice, f"/{event['id']}", {"attendees": [{"id": bob.union_id}]})
    assert len(bob.calendar.items) == 3
    await client.event("PUT", alice, f"/{event['id']}", {"recurrence": numbered(2, type="daily")})
    assert (len(alice.calendar.items), len(bob.calendar.items)) == (2, 2)
    bob.replies(event, "declined")
    assert (len(alice.calendar.items), len(bob.calendar.items)) == (2, 0)
    alice.deletes(event)
    assert alice.calendar.items == []


def test_a_series_ends_with_the_calendar():
    with pytest.raises(Refusal, match="invalidParameter"):
        read_series(numbered(9, type="daily")).days(date(9999, 12, 30))
