"""Common times, one rule at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.availability.holidays import HolidayTable
from bot.availability.relaxing import closest, relaxations
from bot.availability.slots import Attendee, Sought, count_slots, find_slots
from bot.availability.stretches import common_stretches
from bot.availability.working_time import WorkingCalendar
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.meetings import Closest, RelaxationKind, Slot
from bot.model.people import StaffId, UnknownReason
from bot.model.requests import WorkingHours
from bot.model.time import Interval, Window, WindowKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingCalendar(SHANGHAI)
BERLIN = WorkingCalendar(ZoneInfo("Europe/Berlin"))
TUESDAY = datetime(2026, 3, 17, tzinfo=SHANGHAI)
SEEN = Interval(TUESDAY - timedelta(days=7), TUESDAY + timedelta(days=14))
HOUR = timedelta(hours=1)
MAYBE = BusyStatus.TENTATIVE


def at(hour: float, day: int = 0) -> datetime:
    return TUESDAY + timedelta(days=day, hours=hour)


def busy(start: float, end: float, status: BusyStatus = BusyStatus.BUSY, *, day: int = 0) -> Busy:
    return Busy(Interval(at(start, day), at(end, day)), status)


def person(name: str, *items: Busy, required: bool = True, calendar: WorkingCalendar = OFFICE) -> Attendee:
    return Attendee(StaffId(name), FreeBusy(SEEN, tuple(sorted(items))), calendar, required)


def unseen(name: str, *, required: bool = True) -> Attendee:
    return Attendee(StaffId(name), Unknown(UnknownReason.NOT_SHARED), OFFICE, required)


def hours(start: float, end: float, *, kind: WindowKind = WindowKind.RANGE) -> Window:
    return Window(at(start), at(end), kind)


def days(first: int, count: int = 1) -> Window:
    return Window(at(0, first), at(0, first + count), WindowKind.DAYS)


def search(
    *people: Attendee, window: Window | None = None, length: timedelta = HOUR, now: float = 0, quorum: int | None = None
) -> Sought:
    return Sought(people, (window or days(0),), length, OFFICE, at(now), quorum)


def starts(slots: Sequence[Slot]) -> list[str]:
    return [f"{slot.interval.start.astimezone(SHANGHAI):%d %H:%M}" for slot in slots]


def test_three_slots_of_one_free_day_stand_two_hours_apart():
    assert starts(find_slots(search(person("ann")))) == ["17 09:00", "17 11:00", "17 13:00"]


def test_slots_stand_closer_where_there_is_no_room_for_distance():
    assert starts(find_slots(search(person("ann", busy(9, 15))))) == ["17 15:00", "17 16:00", "17 17:00"]


def test_the_next_batch_leaves_out_what_was_shown():
    sought = search(person("ann", busy(9, 15)))
    shown = [slot.interval for slot in find_slots(sought, most=1)]
    assert starts(find_slots(sought, apart_from=shown)) == ["17 16:00", "17 17:00"]


def test_a_slot_crosses_neither_the_break_nor_the_end_of_work():
    sought = search(person("ann", busy(9, 11.5), busy(14, 17.5)))
    assert starts(find_slots(sought)) == ["17 13:00"]


def test_hours_that_were_named_may_cross_the_break_and_lie_in_the_evening():
    assert starts(find_slots(search(person("ann"), window=hours(11.5, 12.5)))) == ["17 11:30"]
    [slot] = find_slots(search(person("ann"), window=hours(20, 21)))
    assert slot.outside == ("ann",)


def test_named_hours_are_offered_in_working_time_first():
    found = find_slots(search(person("ann"), window=hours(11, 15)), most=2)
    assert starts(found) == ["17 11:00", "17 13:00"]


def test_a_part_of_a_day_keeps_to_working_time_where_it_meets_it():
    working_hours = search(person("ann", busy(9, 11.5), busy(13.5, 18)), window=hours(9, 18, kind=WindowKind.PART))
    assert find_slots(working_hours) == []
    assert starts(find_slots(search(person("ann"), window=hours(18, 19, kind=WindowKind.PART)))) == ["17 18:00"]


def test_holidays_are_left_out_and_make_up_days_are_worked():
    table = HolidayTable("CN", {date(2026, 3, 17): ("假", "Off")}, frozenset({date(2026, 3, 21)}), frozenset({2026}))
    calendar = replace(OFFICE, holidays=table)
    tuesday = replace(search(person("ann", calendar=calendar)), calendar=calendar)
    assert find_slots(tuesday) == []
    weekend = replace(tuesday, windows=(days(4, 2),))
    assert starts(find_slots(weekend)) == ["21 09:00", "21 11:00", "21 13:00"]


def test_an_all_day_item_takes_its_day_and_no_more():
    sought = search(person("ann", busy(0, 24)), window=days(0, 2))
    assert starts(find_slots(sought, most=1)) == ["18 09:00"]


def test_somebody_in_berlin_is_asked_for_their_working_time_first():
    sought = search(person("ann"), person("bob", calendar=BERLIN))
    found = find_slots(sought)
    assert starts(found) == ["17 16:00", "17 17:00"]
    assert [slot.outside for slot in found] == [(), ()]
    others = find_slots(sought, apart_from=[slot.interval for slot in found])
    assert starts(others) == ["17 09:00", "17 11:00", "17 13:00"]
    assert others[-1].outside == ("bob",)


def test_all_firmly_free_ranks_before_tentative():
    sought = search(person("ann", busy(9, 17, MAYBE)))
    [first, second, *_] = find_slots(sought)
    assert (starts([first]), first.tentative) == (["17 17:00"], ())
    assert (starts([second]), second.tentative) == (["17 09:00"], ("ann",))


def test_a_meeting_that_overlaps_a_tentative_one_is_busy():
    assert find_slots(search(person("ann", busy(9, 18, MAYBE), busy(9, 18)))) == []


def test_somebody_optional_blocks_nothing_and_is_named():
    sought = search(person("ann", busy(10, 18)), person("bob", busy(9, 10), required=False))
    [slot] = find_slots(sought)
    assert (starts([slot]), slot.missing) == (["17 09:00"], ("bob",))


def test_who_cannot_be_seen_neither_counts_nor_blocks_and_is_named():
    [slot, *_] = find_slots(search(person("ann"), unseen("bob")))
    assert (slot.unknown, slot.missing) == (("bob",), ())


def test_where_nobody_required_can_be_seen_nothing_is_offered():
    assert find_slots(search(unseen("ann"), person("bob", required=False))) == []


def test_who_is_seen_for_a_part_only_is_unknown_in_the_rest():
    half = Attendee(StaffId("bob"), FreeBusy(Interval(at(0), at(13))), OFFICE)
    sought = search(person("ann", busy(9, 12)), half)
    assert find_slots(sought, most=1)[0].unknown == ("bob",)


def test_a_quorum_counts_those_who_are_firmly_free():
    people = [person("ann", busy(9, 18)), person("bob"), person("cat", busy(9, 17, MAYBE)), unseen("dan")]
    assert starts(find_slots(search(*people, quorum=2))) == ["17 17:00"]
    assert find_slots(search(*people, quorum=3)) == []
    assert find_slots(search(*people, quorum=2))[0].missing == ("ann",)


def test_a_day_that_has_begun_is_searched_from_the_next_five_minutes():
    assert starts(find_slots(search(person("ann"), now=14.12), most=1)) == ["17 14:10"]


def test_between_the_quarters_a_slot_is_offered_where_nothing_else_is_left():
    sought = search(person("ann", busy(9, 10 + 5 / 60), busy(11 + 10 / 60, 18)))
    assert starts(find_slots(sought)) == ["17 10:05"]


def test_reasons_say_how_long_it_stays_clear_and_whose_meeting_has_just_ended():
    sought = search(person("ann", busy(13, 14.5), busy(16.5, 18)), person("bob", busy(9, 15)))
    [slot] = find_slots(sought, most=1)
    assert (starts([slot]), slot.just_after) == (["17 15:00"], "bob")
    assert (slot.clear_before, slot.clear_after) == (timedelta(0), timedelta(minutes=30))


def test_a_slot_keeps_its_length_across_a_clock_change():
    zone = BERLIN.zone
    start = datetime(2026, 3, 29, 0, 0, tzinfo=zone)
    window = Window(start, start.replace(hour=4), WindowKind.RANGE)  # three hours: 02:00 does not exist
    known = FreeBusy(Interval(start - timedelta(days=1), start + timedelta(days=2)))
    sought = Sought((Attendee(StaffId("ann"), known, BERLIN),), (window,), HOUR, BERLIN, start)
    assert count_slots(sought) == 3
    assert all(slot.interval.length == HOUR for slot in find_slots(sought))


def test_two_hundred_people_make_no_difference_to_the_rules():
    crowd = [person(f"p{n}", busy(9 + n % 8, 10 + n % 8)) for n in range(200)]
    assert starts(find_slots(search(*crowd))) == ["17 17:00"]


def test_the_closest_options_name_who_is_in_the_way_and_until_when():
    ann = person("ann", busy(9, 11), busy(11.5, 18))
    bob = person("bob", busy(9, 10), busy(14, 16))
    cat = person("cat", busy(13, 14), busy(16, 18))
    assert closest(search(ann, bob, cat)) == (
        Closest(Interval(at(10), at(11)), ("ann",), at(11)),
        Closest(Interval(at(11), at(11.5))),
    )


def test_who_is_busy_to_the_end_of_the_day_is_not_said_to_be_free_again():
    [found] = closest(search(person("ann", busy(9, 24)), person("bob")))
    assert (found.blocked_by, found.free_from) == (("ann",), None)


def test_nothing_is_closest_where_nobody_could_come():
    assert closest(search(person("ann", busy(9, 18)))) == ()


def test_the_relaxations_come_from_the_least_to_the_most():
    ann = person("ann", busy(9, 11), busy(11.5, 18))
    bob = person("bob", busy(9, 10), busy(14, 16))
    found = relaxations(search(ann, bob), farther=[days(4), days(6)])
    assert [(each.kind, each.slots) for each in found] == [
        (RelaxationKind.SHORTER, 1),
        (RelaxationKind.FARTHER, 8),
        (RelaxationKind.OPTIONAL, 5),
        (RelaxationKind.OFF_HOURS, 3),
    ]
    assert found[0].duration == timedelta(minutes=30)
    assert found[1].windows == (days(0), days(4), days(6))  # the first of them is a Saturday
    assert found[2].person == "ann"


def test_off_hours_are_not_named_for_a_part_of_the_day_that_ends_before_them():
    sought = search(person("ann", busy(14, 16)), window=hours(14, 16))
    assert relaxations(sought, farther=[]) == ()


def test_nobody_is_made_optional_who_comes_alone():
    assert relaxations(search(person("ann", busy(9, 18)), unseen("bob"), window=hours(10, 11)), farther=[]) == ()


def test_stretches_end_at_breaks_and_leave_out_the_tentative():
    sought = search(person("ann", busy(15, 16, MAYBE)), person("bob", busy(9, 10)), unseen("cat"))
    found = common_stretches(sought, shortest=HOUR)
    assert found == [Interval(at(10), at(12)), Interval(at(13), at(15)), Interval(at(16), at(18))]


def test_working_time_without_a_break_is_one_stretch():
    calendar = replace(OFFICE, hours=WorkingHours(9 * 60, 18 * 60, ()))
    sought = replace(search(person("ann", calendar=calendar), now=9.5), calendar=calendar)
    assert common_stretches(sought, shortest=HOUR) == [Interval(at(9.5), at(18))]


def test_times_are_compared_whatever_zone_they_are_written_in():
    sought = search(person("ann"), now=14.12)
    assert find_slots(replace(sought, now=sought.now.astimezone(UTC))) == find_slots(sought)


def test_a_slot_may_end_where_what_is_known_ends():
    ann = Attendee(StaffId("ann"), FreeBusy(Interval(at(14), at(15))), OFFICE)
    assert starts(find_slots(search(ann, window=hours(14, 16)))) == ["17 14:00"]


def test_hours_in_which_nobody_can_be_seen_are_no_stretch():
    ann = Attendee(StaffId("ann"), FreeBusy(Interval(at(9), at(10))), OFFICE)
    bob = Attendee(StaffId("bob"), FreeBusy(Interval(at(11), at(12))), OFFICE)
    assert common_stretches(search(ann, bob), shortest=HOUR) == [Interval(at(9), at(10)), Interval(at(11), at(12))]


def test_nobody_is_said_to_be_free_again_where_it_is_not_known():
    ann = Attendee(StaffId("ann"), FreeBusy(Interval(at(9), at(18)), (busy(9, 19),)), OFFICE)
    [found] = closest(search(ann, person("bob")))
    assert (found.blocked_by, found.free_from) == (("ann",), None)


def test_off_hours_follow_an_afternoon_to_its_end_and_a_morning_from_its_start():
    ann = person("ann", busy(9, 18))
    [after] = relaxations(search(ann, window=hours(13, 18, kind=WindowKind.PART)), farther=[])
    assert (after.kind, after.slots, after.windows) == (RelaxationKind.OFF_HOURS, 2, (hours(13, 20),))
    assert relaxations(search(ann, window=hours(9, 12, kind=WindowKind.PART)), farther=[])[0].windows == (hours(8, 12),)
