"""Times as people write them, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.cards.zones import zone_name
from bot.model.replies import DayNote
from bot.model.requests import Language
from bot.model.time import Interval, Window, WindowKind, zone_named

_ZH_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """How one card writes times: its language, its zone and the day it is read on."""

    language: Language
    zone: str
    today: date

    @property
    def chinese(self) -> bool:
        """True where the card is in Chinese."""
        return self.language is Language.ZH

    def local(self, moment: datetime) -> datetime:
        """`moment` on the clocks of the card's zone."""
        return moment.astimezone(zone_named(self.zone))

    def day(self, moment: datetime) -> str:
        """周二 3/17 · Tue 17 Mar, with the year where it is another one."""
        day = self.local(moment)
        year = day.year != self.today.year
        if self.chinese:
            return f"{_ZH_DAYS[day.weekday()]} {f'{day.year}/' if year else ''}{day.month}/{day.day}"
        return f"{_EN_DAYS[day.weekday()]} {day.day} {_EN_MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"

    def clock(self, moment: datetime) -> str:
        """14:30 · 2:30 pm."""
        at = self.local(moment)
        return _clock(at) if self.chinese else f"{_hour(at)} {_half(at)}"

    def near(self, moment: datetime) -> str:
        """今天 · 明天 · 周三 3/18, in the middle of a line."""
        days = (self.local(moment).date() - self.today).days
        if days in (0, 1):
            return (("今天", "明天") if self.chinese else ("today", "tomorrow"))[days]
        return self.day(moment)

    def at(self, moment: datetime, *, near: bool = False) -> str:
        """周三 3/18 15:00 · Wed 18 Mar, 3 pm; with `near` 明天 15:00 · tomorrow 3 pm where it is."""
        return self._behind(self.near(moment) if near else self.day(moment), self.clock(moment))

    def soon(self, moment: datetime) -> str:
        """15:00 · 3 pm where that is today, else as `at` with `near`."""
        today = self.local(moment).date() == self.today
        return self.clock(moment) if today else self.at(moment, near=True)

    def when(self, interval: Interval, *, near: bool = False) -> str:
        """周二 3/17 15:00–16:00 · Tue 17 Mar, 3–4 pm; with `near` 明天 15:00–16:00 where it is."""
        return self._behind(self.near(interval.start) if near else self.day(interval.start), self.hours(interval))

    def until(self, moment: datetime, *, near: bool = False) -> str:
        """As `at`, of an end: midnight closes the day before, 周二 3/17 24:00 · Tue 17 Mar, midnight."""
        if not _is_midnight(self.local(moment)):
            return self.at(moment, near=near)
        day = moment - timedelta(microseconds=1)
        return self._behind(self.near(day) if near else self.day(day), "24:00" if self.chinese else "midnight")

    def _behind(self, day: str, hours: str) -> str:
        """English puts a comma between a date and its hours, and none behind today and tomorrow."""
        return f"{day} {hours}" if self.chinese or day in ("today", "tomorrow") else f"{day}, {hours}"

    def weekday(self, day: date) -> str:
        """周三 · Wed."""
        return self.weekday_at(day.weekday())

    def weekday_at(self, number: int) -> str:
        """周三 · Wed, from Monday = 0."""
        return (_ZH_DAYS if self.chinese else _EN_DAYS)[number]

    def dated(self, day: date) -> str:
        """周三 3/18 · Wed 18 Mar."""
        return f"{self.weekday(day)} {self.date(day)}"

    def time_of_day(self, at: time) -> str:
        """09:10 · 9:10 am, of a clock that is on no day."""
        return _clock(at) if self.chinese else f"{_hour(at)} {_half(at)}"

    def dates(self, first: date, last: date) -> str:
        """3/30–4/3 · 16–20 Mar · 30 Mar – 3 Apr, both days among them."""
        if self.chinese:
            return f"{self.date(first)}–{self.date(last)}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.date(last)}"
        return f"{self.date(first)} – {self.date(last)}"

    def date(self, day: date) -> str:
        """3/18 · 18 Mar."""
        return f"{day.month}/{day.day}" if self.chinese else f"{day.day} {_EN_MONTHS[day.month - 1]}"

    def brief(self, moment: datetime) -> str:
        """9 · 13:30: an hour without its minutes where it is a full one."""
        at = self.local(moment)
        return f"{at:%H:%M}" if at.minute else str(at.hour)

    def hours(self, interval: Interval | Window) -> str:
        """14:00–16:00 · 2–4 pm · 11 am–1 pm; an end at midnight is 24:00, midnight; a later day is named."""
        start, end = self.local(interval.start), self.local(interval.end)
        later = (_last_day(end) - start.date()).days
        if self.chinese:
            last = "24:00" if _is_midnight(end) else _clock(end)
            over = f"次日 {last}" if later == 1 and not _is_midnight(end) else last
            return f"{_clock(start)}–{over}" + (f"（{self.day(end)}）" if later and over == last else "")
        same_half = _half(start) == _half(end) and start.date() == end.date()
        first = _hour(start) if same_half else f"{_hour(start)} {_half(start)}"
        last = "midnight" if _is_midnight(end) else f"{_hour(end)} {_half(end)}"
        return f"{first}–{last}" + (f" ({self.day(end)})" if later else "")

    def window(self, window: Window, note: DayNote) -> str:
        """The window as a date with its weekday and hours, and what is special about that day."""
        start, end = self.local(window.start), self.local(window.end)
        tag = self.tag(note)
        if _last_day(end) != start.date() and window.kind is WindowKind.DAYS:
            days = self.from_to(start, end - _DAY if _is_midnight(end) else end)
            return ("，" if self.chinese else ", ").join(filter(None, (days, self._begun(start))))
        hours = self._begun(start) if window.kind is WindowKind.DAYS else self.hours(window)
        return (" " if self.chinese else ", ").join(filter(None, (self._day_and(note, start, tag), hours)))

    def from_to(self, first: datetime, last: datetime) -> str:
        """周一 3/23 – 周日 3/29 · Mon 23 – Sun 29 Mar."""
        one_month = (first.year, first.month) == (last.year, last.month)
        begun = f"{self.weekday(first.date())} {first.day}" if one_month and not self.chinese else self.day(first)
        return f"{begun} – {self.day(last)}"

    def in_zone(self) -> str:
        """北京时间 · Beijing."""
        return zone_name(self.zone, self.language)

    def span(self, interval: Interval) -> str:
        """13–18 点 · 1–6 pm: hours in as few signs as they need."""
        if not self.chinese:
            return self.hours(interval)
        first, last = self.brief(interval.start), self.brief(interval.end)
        return f"{first}–{last} 点" if ":" not in first + last else self.hours(interval)

    def elsewhere(self, zone: str) -> str:
        """柏林 · Berlin: another zone by its city."""
        return zone_name(zone, self.language)

    def city(self, zone: str) -> str:
        """柏林 · Berlin, of a place that is written beside its clock."""
        return zone_name(zone, self.language).removesuffix("时间").strip()

    def clock_in(self, zone: str, moment: datetime) -> str:
        """The clock in another zone."""
        return replace(self, zone=zone).clock(moment)

    def moved(self, windows: Sequence[Window], seen_from: Sequence[Window]) -> str:
        """Where a button leads: hours where the day stays, the day where it changes."""
        window = windows[0]
        start = self.local(window.start)
        same_day = seen_from and start.date() == self.local(seen_from[0].start).date()
        if window.kind is WindowKind.DAYS or (window.kind is WindowKind.PART and seen_from and not same_day):
            return self.day(start)
        return self.hours(window) if same_day else self._behind(self.day(start), self.hours(window))

    def reading(self, windows: Sequence[Window]) -> str:
        """What another reading is: as `moved`, whole days with both their ends; "…" for more windows than one."""
        first, end = windows[0], self.local(windows[0].end)
        days = first.kind is WindowKind.DAYS and _last_day(end) != self.local(first.start).date()
        last = datetime.combine(_last_day(end), end.timetz())
        shown = self.from_to(self.local(first.start), last) if days else self.moved(windows, [])
        return shown if len(windows) == 1 else f"{shown} …"

    def _day_and(self, note: DayNote, start: datetime, tag: str) -> str:
        today = ("今天 " if self.chinese else "Today ") if note.today else ""
        return f"{today}{self.day(start)}{tag}"

    def tag(self, note: DayNote) -> str:
        """What is special about a day, to be put behind its name; "" where nothing is."""
        if note.make_up:
            return " 补班" if self.chinese else " (make-up day)"
        holiday = note.holiday_zh if self.chinese else note.holiday_en
        if holiday:
            return f" {holiday}" if self.chinese else f" ({holiday})"
        return (" 休息日" if self.chinese else " (day off)") if note.day_off else ""

    def _begun(self, start: datetime) -> str:
        """From when on, of days that begin in the middle of one; whole ones mean their working time: ""."""
        if _is_midnight(start):
            return ""
        return f"{self.clock(start)} 起" if self.chinese else f"from {self.clock(start)}"


# A card has thirty of these, and `strftime` takes five times as long.
def _clock(moment: datetime | time) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def _hour(moment: datetime | time) -> str:
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02}" if moment.minute else str(hour)


def _half(moment: datetime | time) -> str:
    return "am" if moment.hour < 12 else "pm"


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)


def _last_day(end: datetime) -> date:
    """The day that an exclusive `end` closes."""
    return (end - timedelta(microseconds=1)).date()
