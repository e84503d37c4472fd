"""What one person's entries of querySchedule mean: nobody is free where anything is nonsense."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dingtalk.calendar import ScheduleInformation, ScheduleItem, WireTime
from bot.model.freebusy import BusyStatus, FreeBusy, Unknown
from bot.model.people import UnknownReason
from bot.model.time import Interval
from bot.schedules import free_busy_of

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 3, 17, tzinfo=SHANGHAI)
DAY = Interval(TUESDAY, TUESDAY + timedelta(days=1))


def timed(start, end, status="BUSY", zone="Asia/Shanghai"):
    return ScheduleItem(status, WireTime(date_time=start, time_zone=zone), WireTime(date_time=end, time_zone=zone))


def all_day(first, last, status="BUSY"):
    return ScheduleItem(status, WireTime(date=first, time_zone="UTC"), WireTime(date=last, time_zone="UTC"))


def entry(*items, error=None):
    return ScheduleInformation("u", error, items)


def read(*items, zone=SHANGHAI, window=DAY):
    return free_busy_of([entry(*items)], window, zone)


GOOD = timed("2026-03-17T14:00:00+08:00", "2026-03-17T15:00:00+08:00")
OTHER_DAY = timed("2026-03-18T14:00:00+08:00", "2026-03-18T15:00:00+08:00")
NONSENSE = [
    timed("2026-03-17T15:00:00+08:00", "2026-03-17T14:00:00+08:00"),
    timed("soon", "2026-03-17T15:00:00+08:00"),
    timed(None, "2026-03-17T15:00:00+08:00"),
    timed("2026-03-17T14:00:00", "2026-03-17T15:00:00", zone=None),
    timed("2026-03-17T14:00:00", "2026-03-17T15:00:00", zone="Mars/X"),
    timed("2026-03-17T14:00:00", "2026-03-17T15:00:00", zone="../etc"),
    timed("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    all_day("2026-03-18", "2026-03-17"),
    all_day("2026-03-17", None),
    all_day("17.3.2026", "18.3.2026"),
    ScheduleItem("BUSY", WireTime(), WireTime()),
    ScheduleItem(None, WireTime(), WireTime()),
    ScheduleItem("BUSY", WireTime(date="2026-03-17"), WireTime(date_time="2026-03-17T15:00:00+08:00")),
]


def test_an_event_of_no_length_blocks_nothing_and_hides_nobody():
    for end in ("2026-03-17T15:00:00+08:00", "2026-03-17T07:00:00Z"):
        known = read(timed("2026-03-17T15:00:00+08:00", end), GOOD)
        assert [item.interval.start.hour for item in known.busy] == [6]


def test_an_empty_list_without_error_is_free():
    assert read() == FreeBusy(DAY)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([], UnknownReason.NO_ANSWER),
        ([entry(error="No permission")], UnknownReason.NOT_SHARED),
        ([entry(GOOD, error="x")], UnknownReason.NOT_SHARED),
        ([entry(), entry(error="x")], UnknownReason.NOT_SHARED),
        ([ScheduleInformation("u", None, None)], UnknownReason.UNREADABLE),
        ([entry(), ScheduleInformation("u", None, None)], UnknownReason.UNREADABLE),
    ],
)
def test_what_is_missing_or_an_error_is_unknown(entries, reason):
    known = free_busy_of(entries, DAY, SHANGHAI)
    assert isinstance(known, Unknown)
    assert known.reason is reason


@pytest.mark.parametrize("item", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize(
    "beside", [(), (GOOD,), (OTHER_DAY,)], ids=["alone", "beside a good one", "beside another day"]
)
def test_nonsense_makes_a_person_unknown(item, beside):
    assert read(*beside, item) == Unknown(UnknownReason.UNREADABLE)


WIRE_TEXT = st.none() | st.sampled_from(
    ["2026-03-17", "2026-03-18", "2026-03-17T14:00:00+08:00", "2026-03-17T15:00:00Z", "2026-03-17T15:00:00", "x", ""]
)
WIRE_TIME = st.builds(WireTime, WIRE_TEXT, WIRE_TEXT, st.none() | st.sampled_from(["UTC", "Asia/Shanghai", "x"]))
ITEM = st.builds(ScheduleItem, st.sampled_from([None, "BUSY", "TENTATIVE", "busy", "?"]), WIRE_TIME, WIRE_TIME)


def is_of_no_length(item):
    ends = [each.date_time and datetime.fromisoformat(each.date_time) for each in (item.start, item.end)]
    local = [end and (end if end.tzinfo else end.replace(tzinfo=ZoneInfo(at.time_zone or "x")))
             for end, at in zip(ends, (item.start, item.end), strict=True)]  # fmt: skip
    return local[0] is not None and local[0] == local[1]


@given(st.lists(ITEM, min_size=1, max_size=4))
def test_an_item_that_does_not_say_free_never_leaves_that_day_empty_for_lack_of_sense(items):
    known = read(*items)
    if isinstance(known, FreeBusy) and not known.busy:
        assert all(
            isinstance(read(item, window=Interval(DAY.start - timedelta(9), DAY.end + timedelta(9))), FreeBusy)
            for item in items
        )
        around = Interval(DAY.start - timedelta(9), DAY.end + timedelta(9))
        assert all(read(item, window=around).busy for item in items if not is_of_no_length(item))


@given(
    st.permutations(
        [
            GOOD,
            OTHER_DAY,
            all_day("2026-03-16", "2026-03-17"),
            timed("2026-03-17T01:00:00Z", "2026-03-17T02:00:00Z", "TENTATIVE"),
        ]
    )
)
def test_the_order_of_items_does_not_matter(items):
    known = read(*items)
    assert isinstance(known, FreeBusy)
    assert [(b.interval.start.astimezone(SHANGHAI).hour, b.status) for b in known.busy] == [
        (9, BusyStatus.TENTATIVE),
        (14, BusyStatus.BUSY),
    ]


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN, ZoneInfo("America/New_York")])
def test_an_all_day_item_is_the_local_day(zone):
    midnight = datetime(2026, 3, 17, tzinfo=zone)
    week = Interval(midnight - timedelta(days=3), midnight + timedelta(days=4))
    known = read(all_day("2026-03-17", "2026-03-18"), zone=zone, window=week)
    assert [b.interval for b in known.busy] == [Interval(midnight, midnight + timedelta(days=1))]


def test_an_all_day_item_over_a_clock_change_is_23_hours():
    window = Interval(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC))
    known = read(all_day("2026-03-29", "2026-03-30"), zone=BERLIN, window=window)
    assert known.busy[0].interval.length == timedelta(hours=23)


def test_an_end_written_inclusively_still_blocks_its_day():
    assert read(all_day("2026-03-17", "2026-03-17")).busy[0].interval == DAY


@pytest.mark.parametrize("status", [None, "BUSY", "OOO", "busy", ""])
def test_an_unknown_status_is_busy(status):
    known = read(ScheduleItem(status, GOOD.start, GOOD.end))
    assert [b.status for b in known.busy] == [BusyStatus.BUSY]


def test_an_item_that_says_free_is_left_out_whatever_it_holds():
    assert read(ScheduleItem("FREE", WireTime(), WireTime())) == FreeBusy(DAY)


def test_dates_are_read_as_the_wire_has_them():
    assert date.fromisoformat("2026-03-17") == TUESDAY.date()
