"""The verdict on each person, against a count of minutes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.holidays import dump, load, read_table
from bot.availability.intervals import clip, subtract, union
from bot.availability.judge import best_stretch, judge, judge_all, judged
from bot.availability.working_time import Calendars, WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, State, Unknown, Verdict
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.time import Interval, Window, WindowKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(SHANGHAI)
DAY = datetime(2026, 3, 17, tzinfo=SHANGHAI)  # a Tuesday
ANN = Person(StaffId("ann"), UnionId("u-ann"), "Ann")
WHOLE_DAY = Interval(DAY, DAY + timedelta(days=1))


def at(hour: int, minute: int = 0) -> datetime:
    return DAY + timedelta(hours=hour, minutes=minute)


def between(start: float, end: float) -> Interval:
    return Interval(DAY + timedelta(hours=start), DAY + timedelta(hours=end))


def asked(start: float, end: float, kind: WindowKind = WindowKind.RANGE) -> Window:
    return Window(DAY + timedelta(hours=start), DAY + timedelta(hours=end), kind)


def verdict(*busy: Busy, start: float = 14, end: float = 16) -> Verdict:
    known = FreeBusy(WHOLE_DAY, busy)
    return judge(ANN, known, windows=[asked(start, end)], calendar=CALENDAR)


def test_nobody_is_free_without_data():
    unknown = Unknown(UnknownReason.TIMEOUT)
    assert judge(ANN, unknown, windows=[asked(14, 16)], calendar=CALENDAR).state is State.UNKNOWN


def test_free_busy_that_does_not_cover_the_question_is_unknown():
    known = FreeBusy(between(14, 15), ())
    assert judge(ANN, known, windows=[asked(14, 16)], calendar=CALENDAR).state is State.UNKNOWN


def test_an_empty_calendar_is_free():
    assert verdict().state is State.FREE


def test_busy_until_may_lie_beyond_the_question():
    found = verdict(Busy(between(13, 15)), Busy(between(15, 16.5)))
    assert (found.state, found.partly, found.until) == (State.BUSY, False, at(16, 30))


def test_free_for_a_part_is_busy_with_the_free_part():
    found = verdict(Busy(between(13, 15)))
    assert found.partly
    assert found.free == (between(15, 16),)


def test_a_gap_of_ten_minutes_is_not_free_time():
    assert not verdict(Busy(between(13, 14.9)), Busy(between(15.05, 17))).partly


def test_tentative_is_apart_and_yields_to_busy():
    tentative = Busy(between(14, 15), BusyStatus.TENTATIVE)
    assert verdict(tentative).state is State.TENTATIVE
    assert verdict(tentative, Busy(between(14.5, 15))).state is State.BUSY


def test_an_item_outside_the_question_changes_nothing():
    assert verdict(Busy(between(8, 14)), Busy(between(16, 17))).state is State.FREE


def test_evening_is_outside_working_time_and_a_meeting_there_is_busy():
    assert verdict(start=20, end=21).state is State.OUTSIDE_HOURS
    assert verdict(Busy(between(20, 21)), start=20, end=21).state is State.BUSY


def test_everybody_is_judged_by_their_own_calendar():
    known = FreeBusy(WHOLE_DAY)
    ben = Person(StaffId("ben"), UnionId("u-ben"), "Ben")
    own = {ben.staff_id: WorkingCalendar(ZoneInfo("Europe/Berlin"))}
    for window, states in (
        (asked(9, 10), [State.FREE, State.OUTSIDE_HOURS]),
        (asked(16, 17), [State.FREE, State.FREE]),
        (asked(20, 21), [State.OUTSIDE_HOURS, State.FREE]),
    ):
        verdicts = judge_all([(ANN, known), (ben, known)], windows=[window], calendars=Calendars(CALENDAR, own))
        assert [each.state for each in verdicts] == states


def test_the_lunch_break_is_inside_the_working_day():
    assert verdict(start=12, end=13).state is State.FREE


def test_a_whole_day_is_judged_by_its_working_time():
    window = Window(DAY, DAY + timedelta(days=1), WindowKind.DAYS)
    assert judged([window], CALENDAR) == [between(9, 12), between(13, 18)]


def test_a_day_off_is_outside_working_time():
    sunday = DAY + timedelta(days=5)
    window = Window(sunday, sunday + timedelta(days=1), WindowKind.DAYS)
    known = FreeBusy(window.interval, ())
    found = judge(ANN, known, windows=[window], calendar=CALENDAR)
    assert found.state is State.OUTSIDE_HOURS


MINUTES = st.integers(0, 600)
ITEMS = st.lists(
    st.tuples(MINUTES, st.integers(1, 300), st.sampled_from(BusyStatus)),
    max_size=8,
)
QUESTION = (120, 360)


def minute(n: int) -> datetime:
    return datetime(2026, 3, 17, tzinfo=UTC) + timedelta(minutes=n)


def items(raw: list[tuple[int, int, BusyStatus]]) -> tuple[Busy, ...]:
    return tuple(Busy(Interval(minute(a), minute(a + length)), status) for a, length, status in raw)


@given(ITEMS)
def test_states_equal_a_count_of_minutes(raw):
    taken = {s: {m for a, n, status in raw if status is s for m in range(a, a + n)} for s in BusyStatus}
    asked = set(range(*QUESTION))
    expected = State.FREE
    if asked & taken[BusyStatus.TENTATIVE]:
        expected = State.TENTATIVE
    if asked & taken[BusyStatus.BUSY]:
        expected = State.BUSY
    known = FreeBusy(Interval(minute(-60), minute(1000)), items(raw))
    question = Interval(minute(QUESTION[0]), minute(QUESTION[1]))
    always = WorkingCalendar(UTC, frozenset(range(7)), holidays=None)
    found = judge(ANN, known, windows=[Window(question.start, question.end)], calendar=always)
    outside = not any(540 <= m < 1080 for m in asked)
    assert found.state is (State.OUTSIDE_HOURS if expected is State.FREE and outside else expected)
    free = {
        m
        for gap in found.free
        for m in range(*(int((t - minute(0)).total_seconds() // 60) for t in (gap.start, gap.end)))
    }
    wanted = asked - taken[BusyStatus.BUSY] - taken[BusyStatus.TENTATIVE]
    assert free <= wanted
    assert all(len(run) < 15 for run in runs(wanted - free))


def runs(minutes: set[int]) -> list[list[int]]:
    grouped: list[list[int]] = []
    for m in sorted(minutes):
        if grouped and grouped[-1][-1] == m - 1:
            grouped[-1].append(m)
        else:
            grouped.append([m])
    return grouped


SPANS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 40)), max_size=8)


def spans(raw: list[tuple[int, int]]) -> list[Interval]:
    return [Interval(minute(a), minute(a + n)) for a, n in raw]


def counted(intervals: list[Interval]) -> set[int]:
    return {
        m
        for i in intervals
        for m in range(int((i.start - minute(0)).total_seconds() // 60), int((i.end - minute(0)).total_seconds() // 60))
    }


@given(SPANS, SPANS)
def test_the_algebra_equals_sets_of_minutes(first, second):
    a, b = spans(first), spans(second)
    assert counted(union(a)) == counted(a)
    assert counted(clip(a, b)) == counted(a) & counted(b)
    assert counted(subtract(a, b)) == counted(a) - counted(b)
    assert union(union(a)) == union(reversed(a))


@given(st.lists(ITEMS, min_size=1, max_size=5))
def test_the_best_stretch_equals_a_search_over_every_minute(calendars):
    always = WorkingCalendar(UTC, frozenset(range(7)), holidays=None)
    question = Interval(minute(QUESTION[0]), minute(QUESTION[1]))
    known = [FreeBusy(Interval(minute(-60), minute(1000)), items(raw)) for raw in calendars]
    verdicts = [judge(ANN, k, windows=[Window(question.start, question.end)], calendar=always) for k in known]
    found = best_stretch(verdicts, shortest=timedelta(minutes=30))
    counts = [
        sum(all(not (set(range(m, m + 30)) & set(range(a, a + n))) for a, n, _ in raw) for raw in calendars)
        for m in range(QUESTION[0], QUESTION[1] - 29)
    ]
    assert (found.free if found else 0) == max(counts)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 14), True),  # Saturday, worked in exchange
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 10, 10), True),
        (date(2026, 10, 1), False),
        (date(2026, 3, 17), True),
        (date(2026, 3, 21), False),
    ],
)
def test_holidays_and_make_up_days_count_both_ways(day, worked):
    calendar = WorkingCalendar(SHANGHAI, holidays=read_table("CN", range(2025, 2028)))
    assert calendar.is_worked(day) is worked


def test_a_year_without_a_table_is_known_as_such():
    table = read_table("CN", range(2025, 2028))
    assert table.announced(2026)
    assert not table.announced(2027)


def test_a_table_outlives_its_way_through_json():
    table = read_table("CN", [2026])
    assert load(dump(table)) == table
    assert table.name(date(2026, 10, 1), "en") == "National Day"


def test_a_code_that_is_no_country_is_refused():
    with pytest.raises(ValueError, match="'XX'"):
        read_table("XX", [2026])


def test_working_hours_stay_at_the_wall_clock_across_a_clock_change():
    calendar = WorkingCalendar(ZoneInfo("America/New_York"), frozenset(range(7)))
    hours = calendar.hours_of(date(2026, 3, 8))
    assert hours == Interval(datetime(2026, 3, 8, 13, tzinfo=UTC), datetime(2026, 3, 8, 22, tzinfo=UTC))
    assert calendar.day(date(2026, 3, 8)).length == timedelta(hours=23)
