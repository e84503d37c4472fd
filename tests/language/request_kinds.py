"""Builds text and expectation together, one function for each kind of request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from request_phrases import NO_DAY, Choice, DayWords, Language
from request_rules import (
    HOUR,
    WHOLE_DAY,
    Day,
    Now,
    Span,
    Window,
    at,
    days_between,
    elapsed,
    from_zone,
    is_over,
    monday,
    other_half,
    resolve,
    until,
    window,
)

ALL_DAY: Choice = ("", Span("day"))
CATEGORIES = {"this": "weekday", "weekday": "weekday", "next": "next_wd"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A time in words, and the windows it stands for."""

    words: str
    category: str
    expect: list[Window]
    alt: list[list[Window]]
    search: bool = False  # reads naturally as what is searched for a slot
    only_search: bool = False
    bookable: bool = False
    problem: str | None = None


Build = Callable[[Language, Now, Random], Asked | None]


def _on_a_day(language: Language, now: Now, day: DayWords, time: Choice) -> Asked | None:
    _, span = time
    if now.zone != "Asia/Shanghai" and span.start < 6 * HOUR and span.kind == "part":
        return None  # the hours of the clock change have their own, hand-written requests
    found = resolve(day[2], span, now)
    over = is_over(found, span, now)
    if over and not (day[2].how == "this" and span.kind == "day"):
        return None
    clock = span.kind in ("point", "range")
    category = {"point": "point", "range": "clock_range", "part": "daypart", "day": "day"}.get(span.kind, "half_open")
    if span.ambiguous:
        category = "ambig_hour"
    elif day[2].how == "none" and clock and found > now.today:
        category = "roll_forward"
    elif span.kind == "day":
        category = "this_past" if over else CATEGORIES.get(day[2].how, "day")
    return Asked(
        language.phrase(day, time),
        category,
        expect=[window(found, span, now)],
        alt=other_half(found, span, now) if clock else [],
        search=span.kind not in ("point", "range"),
        bookable=clock,
        problem="in_the_past" if over else None,
    )


def of_table(table: str) -> Build:
    """A day from the table with a time from that table; clock times now and then without a day."""

    def build(language: Language, now: Now, random: Random) -> Asked | None:
        time: Choice = random.choice(getattr(language, table))
        day = random.choice(language.days)
        if table != "parts" and random.random() < 0.2:
            day = NO_DAY
        return _on_a_day(language, now, day, time)

    return build


def whole_day(language: Language, now: Now, random: Random) -> Asked | None:
    """A day without a time."""
    return _on_a_day(language, now, random.choice(language.days), ALL_DAY)


def later(language: Language, now: Now, random: Random) -> Asked:
    """So many minutes or hours from now, and the stretch until then."""
    hours = random.choice((2, 3))
    minutes = random.choice((15, 20, 30, 40))
    words, passed = random.choice(
        [
            (language.minutes_later.format(n=minutes), minutes),
            (language.hours_later.format(n=hours), hours * HOUR),
        ]
    )
    if random.random() < 0.5:
        expect: Window = {"kind": "point", "start": elapsed(now, passed).isoformat(), "end": None}
        return Asked(words, "offset", [expect], [])
    end = elapsed(now, hours * HOUR).isoformat()
    expect = {"kind": "range", "start": now.local.isoformat(), "end": end}
    return Asked(language.within_hours.format(n=hours), "offset", [expect], [])


def next_days(language: Language, now: Now, random: Random) -> Asked:
    """Today and the days after it, in all so many."""
    count = random.choice((2, 3, 5))
    last = now.today + timedelta(days=count - 1)
    return Asked(language.next_days.format(n=count), "offset", [days_between(now.today, last)], [], search=True)


def deadline(language: Language, now: Now, random: Random) -> Asked:
    """Until a weekday: with it (`by`), or without it (`before`, 之前)."""
    number = random.randrange(7)
    words = language.weekday(number)
    if random.random() < 0.5:
        day = resolve(Day("weekday", number), Span("day"), now)
        end = at(day, WHOLE_DAY)
        return Asked(
            language.by_day.format(day=words), "half_open", [until(end, now)], [], search=True, only_search=True
        )
    day = now.today + timedelta(days=(number - now.today.weekday() - 1) % 7 + 1)
    return Asked(
        language.before_day.format(day=words), "half_open", [until(at(day, 0), now)], [], search=True, only_search=True
    )


def week_or_month(language: Language, now: Now, random: Random) -> Asked:
    """A calendar week, or a calendar month."""
    if random.random() < 0.75:
        words, weeks = random.choice(language.weeks)
        first = monday(now.today) + timedelta(days=7 * weeks)
        return Asked(words, "week", [days_between(first, first + timedelta(days=6), kind="week")], [], search=True)
    words, months = random.choice(language.months)
    first = now.today.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Asked(words, "day_range", [days_between(first, last)], [])


def from_to(language: Language, now: Now, random: Random) -> Asked:
    """Whole days of next week, or the afternoons of them."""
    first, last = sorted(random.sample(range(5), 2))
    words = language.next_week_from_to.format(a=language.weekday(first), b=language.weekday(last))
    start = monday(now.today) + timedelta(days=7)
    days = [start + timedelta(days=number) for number in range(first, last + 1)]
    if random.random() < 0.5:
        return Asked(words, "day_range", [days_between(days[0], days[-1])], [], search=True)
    part = Span("part", 13 * HOUR, 18 * HOUR)
    tail = "下午" if language.code == "zh" else " in the afternoon"
    return Asked(words + tail, "multi", [window(day, part, now) for day in days], [], search=True)


def either_day(language: Language, now: Now, random: Random) -> Asked | None:
    """Two days with one time."""
    one, two = random.sample(language.days, 2)
    # "tomorrow or Friday morning" leaves the first day open in English, so only clock times there
    time = random.choice(language.ranges + (language.parts[:2] if language.code == "zh" else ()))
    found = [resolve(day[2], time[1], now) for day in (one, two)]
    dated = {one[2].how, two[2].how} & {"date", "of_month"} or one[0].endswith("next week") or "after next" in one[0]
    if dated or found[0] >= found[1] or is_over(found[0], time[1], now):
        return None
    days = language.either.format(a=one[0], b=two[0])
    words = days + time[0] if language.code == "zh" else f"{days} {time[0]}"
    return Asked(words, "multi", [window(day, time[1], now) for day in found], [])


def in_a_zone(language: Language, now: Now, random: Random) -> Asked | None:
    """A clock time of another zone, on the asker's day."""
    zone_words, zone = random.choice(language.zones)
    day = random.choice(language.days)
    words, span = random.choice([choice for choice in language.ranges if not choice[1].ambiguous])
    if day[2] == Day("weekday", now.today.weekday()):
        return None  # whether today's is over is the other zone's clock to say
    found = resolve(day[2], span, now)
    start, end = (from_zone(at(found, minutes), zone, now) for minutes in (span.start, span.end))
    if end <= now.local or found == now.today or day[2].how == "this":
        return None
    expect: Window = {"kind": "range", "start": start.isoformat(), "end": end.isoformat()}
    return Asked(language.in_zone(day, words, zone_words), "timezone", [expect], [])


def many(build: Build, count: int, language: Language, now: Now, random: Random) -> Iterator[Asked]:
    """So many different ones; choices that the rules leave open are drawn again."""
    seen: set[str] = set()
    for _ in range(count * 12):
        asked = build(language, now, random)
        if asked and asked.words not in seen and len(seen) < count:
            seen.add(asked.words)
            yield asked


def now_row(now: Now) -> Window:
    """The window of `now`."""
    moment: datetime = now.local
    return {"kind": "now", "start": moment.isoformat(), "end": None}
