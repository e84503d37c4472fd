"""attendance/getleavestatus as the fact sheet describes it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

BEIJING = timezone(timedelta(hours=8))
TUESDAY = datetime(2026, 3, 10, tzinfo=BEIJING)
HOUR = timedelta(hours=1)
PATH = "attendance/getleavestatus"


def ms(moment):
    return int(moment.timestamp() * 1000)


def query(*people, start=TUESDAY, end=TUESDAY + 24 * HOUR, offset=0, size=20):
    listed = ",".join(each.staff_id for each in people)
    return {"userid_list": listed, "start_time": ms(start), "end_time": ms(end), "offset": offset, "size": size}


async def page(client, *people, **how):
    answer = await client.oapi(PATH, query(*people, **how))
    assert answer["errcode"] == 0
    return answer["result"]["leave_status"], answer["result"]["has_more"]


async def test_leave_has_both_ends_in_milliseconds_a_unit_and_a_kind(client, alice, bob):
    bob.leave.hours(TUESDAY + 9 * HOUR, TUESDAY + 12 * HOUR, code="sick")
    bob.leave.days(date(2026, 3, 11))
    rows, more = await page(client, alice, bob, end=TUESDAY + 48 * HOUR)
    assert more is False
    assert rows[0] == {
        "userid": "bob",
        "start_time": ms(TUESDAY + 9 * HOUR),
        "end_time": ms(TUESDAY + 12 * HOUR),
        "duration_unit": "percent_hour",
        "duration_percent": 300,
        "leave_code": "sick",
    }
    assert (rows[1]["duration_unit"], rows[1]["duration_percent"]) == ("percent_day", 100)
    assert rows[1]["end_time"] - rows[1]["start_time"] == 24 * 3_600_000


async def test_only_what_meets_the_window_is_listed(client, bob):
    bob.leave.days(date(2026, 3, 9))
    bob.leave.days(date(2026, 3, 10), inclusive=True)
    rows, _ = await page(client, bob)
    assert [datetime.fromtimestamp(row["start_time"] / 1000, UTC).day for row in rows] == [9]  # 9 March 16:00 UTC
    assert rows[0]["end_time"] == rows[0]["start_time"]


async def test_pages_hold_twenty(client, bob):
    for hour in range(23):
        bob.leave.hours(TUESDAY + hour * HOUR, TUESDAY + (hour + 1) * HOUR)
    first, more = await page(client, bob)
    rest, last = await page(client, bob, offset=20)
    assert (len(first), more, len(rest), last) == (20, True, 3, False)


@pytest.mark.parametrize(
    "how", [{"size": 21}, {"size": 0}, {"end": TUESDAY}, {"end": TUESDAY + timedelta(days=181)}, {"offset": -1}]
)
async def test_what_the_page_does_not_allow_is_refused_and_recorded(client, dingtalk, bob, how):
    answer = await client.oapi(PATH, query(bob, **how))
    assert answer["errcode"] == 400002
    assert dingtalk.violations.pop().rule == "bad leave query"


async def test_it_needs_its_scope_and_counts_as_a_call(client, dingtalk, bob):
    await page(client, bob)
    assert dingtalk.monthly_calls == 1
    dingtalk.faults.deny_scope("qyapi_get_attendance_data")
    answer = await client.oapi(PATH, query(bob))
    assert answer["errcode"] == 88
    assert "qyapi_get_attendance_data" in answer["sub_msg"]


@pytest.mark.parametrize("repeating", [False, True])
async def test_pages_may_never_end(client, dingtalk, bob, repeating):
    bob.leave.days(date(2026, 3, 10))
    dingtalk.faults.endless_leave(repeating=repeating)
    rows, more = await page(client, bob, offset=20)
    assert (len(rows), more) == (int(repeating), True)
