"""All that a text says of time, resolved: windows, other readings, what was assumed, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.language.days import Ahead, Days, Series, Week, Weekday
from bot.language.phrases.lists import shared
from bot.language.resolve.alternatives import LONGEST, first_days, name_of
from bot.language.resolve.exclusions import Exclusions
from bot.language.resolve.occurrences import occurring, parted, rule_of
from bot.language.resolve.policy import Policy, Reading
from bot.language.resolve.spans import NoSuchTimeError
from bot.language.resolve.variants import COMING, MENDING, Variant
from bot.language.resolve.windows import begun, united
from bot.language.tags import Unit
from bot.language.values import After, Now, Phrase, Until
from bot.language.zones import zone_of
from bot.model.requests import Alternative, AssumptionKind, Problem, ProblemCode
from bot.model.time import Window

MOST_WINDOWS = 40
"""How many windows are gathered: more than the mornings of a month."""
ASKED_OCCURRENCES = 4
"""Of how many occurrences a question about a series is answered."""
ORDERED_OCCURRENCES = 8
_MOST_HOLES = 150
"""How many stretches may be taken out of them: four exclusions on each day of a month."""
_MOST_VARIED = 10
"""How many times may be listed where another reading of them is offered."""
_VARIANTS = (Variant.HALF, Variant.NEARER, Variant.LATER, Variant.FURTHER, Variant.DAY_FIRST, Variant.WEEKDAY, *COMING)
_PAST = Problem(
    ProblemCode.IN_THE_PAST,
    "found a time that is over, expected one from now on, take the time offered or name another",
)
_ENDED = Problem(
    ProblemCode.END_BEFORE_START,
    "found a series that ends before its first day, expected a later end, name one",
)
_TOO_LONG = Problem(ProblemCode.TOO_LONG, "found more than 31 days, expected 31 at most, name a shorter time")


@dataclass(frozen=True, slots=True)
class Times:
    """Windows in order, cut at now where they have begun."""

    windows: tuple[Window, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[tuple[AssumptionKind, Phrase], ...] = ()
    problem: Problem | None = None
    zone: str | None = None
    full: tuple[Window, ...] = ()
    """The windows before any was cut at now; empty where none was."""
    series: str | None = None
    fault: NoSuchTimeError | None = None
    """What cannot be, and where."""


def resolve(
    phrases: Sequence[Phrase],
    *,
    policy: Policy,
    open_ended: bool,
    repeated: Series | None = None,
    occurrences: int = ASKED_OCCURRENCES,
) -> Times:
    """The windows of all phrases together. With `open_ended`, days that are only excluded leave a week to search.

    Of a series the first `occurrences`, none of which is over.
    """
    listed = shared(list(phrases))
    listed = parted(listed, policy=policy)
    rule: str | None = None
    if repeated:
        timed = any(phrase.time is not None for phrase in listed)
        try:
            listed = occurring(repeated, listed, policy=policy, most=occurrences)
            rule = rule_of(repeated, policy, timed=timed)
        except NoSuchTimeError as error:
            return Times(problem=Problem(error.code, str(error)))
        if repeated.until and all(phrase.sign for phrase in listed):
            return Times(problem=_ENDED, series=rule)
    wanted, excluded = [p for p in listed if not p.sign], [p for p in listed if p.sign]
    later = [phrase for phrase in excluded if not isinstance(phrase.time, Now)]
    if not wanted and later and (open_ended or isinstance(_around(later), Week)):
        wanted = [Phrase(day=_around(later))]
    zone = next((phrase.zone for phrase in wanted if phrase.zone), None)
    if zone and zone_of(zone) is None:
        return Times(problem=_unknown(zone))
    if zone:
        wanted = [replace(phrase, zone=zone) for phrase in wanted]
    refused = Exclusions(excluded, policy)
    try:
        readings = _read(wanted, policy)
    except NoSuchTimeError as error:
        others = _nearest(wanted, refused=refused, policy=policy)
        return Times((), others, problem=Problem(error.code, str(error)), zone=zone, fault=error)
    if _is_too_much(readings, wanted, refused):
        first = first_days(policy.local(_gathered(readings, policy)))
        return Times((), first, problem=_TOO_LONG, zone=zone)
    main = refused.without(_gathered(readings, policy))
    notes = tuple(
        [(note, phrase) for phrase, reading in zip(wanted, readings, strict=True) for note in sorted(reading.notes)]
    )
    windows, full = policy.local(main), _full(readings, refused, policy=policy)
    problem = _problem(readings, windows)
    if problem is _TOO_LONG:
        return Times(windows, first_days(windows), notes, problem, zone, full)
    others = _alternatives(main, wanted, readings, refused=refused, policy=policy)
    return Times(windows, others, notes, problem, zone, full, rule)


def _unknown(zone: str) -> Problem:
    text = f"found {zone!r}, expected a time zone, name a city or an offset between UTC-12 and UTC+14"
    return Problem(ProblemCode.UNKNOWN_ZONE, text, zone)


def _read(wanted: list[Phrase], policy: Policy) -> list[Reading]:
    """What each phrase means; those that are left when there are too many windows are not read."""
    readings: list[Reading] = []
    count = 0
    for phrase in wanted:
        try:
            readings.append(policy.read(phrase))
        except NoSuchTimeError as error:
            error.phrase = phrase
            raise
        count += len(readings[-1].windows)
        if count > MOST_WINDOWS:
            break
    return readings


def _is_too_much(readings: list[Reading], wanted: list[Phrase], refused: Exclusions) -> bool:
    """True where phrases are left unread, or more would be taken out of the windows than any request does."""
    return len(readings) < len(wanted) or (refused.count > 0 and _days_in(readings) * refused.count > _MOST_HOLES)


def _days_in(readings: list[Reading]) -> int:
    return sum((window.end - window.start).days + 1 for reading in readings for window in reading.windows)


def _around(refused: list[Phrase]) -> Days:
    """Where nothing but exclusions was said: the day that one bounds ("not before 10 on Thursday"), the week they lie
    in, or the seven days from now.
    """
    days = [phrase.day for phrase in refused if phrase.day and isinstance(phrase.time, After | Until)]
    if len(days) == len(refused) == 1:
        return days[0]
    weeks = [phrase.day.week for phrase in refused if isinstance(phrase.day, Weekday) and phrase.day.week is not None]
    return Week(weeks[0]) if weeks else Ahead(7, Unit.DAY)


def _problem(readings: list[Reading], windows: tuple[Window, ...]) -> Problem | None:
    if readings and all(reading.past for reading in readings):
        return _PAST
    if any(window.end - window.start > LONGEST for window in windows):
        return _TOO_LONG
    return None


def _gathered(readings: list[Reading], policy: Policy) -> tuple[Window, ...]:
    """Every window once, in order, overlapping ones united; those that have begun start at now."""
    windows = [window for reading in readings for window in reading.windows]
    if any(window.end > policy.instant for window in windows):
        windows = [begun(window, policy.instant) for window in windows if window.end > policy.instant]
    return united(windows)


def _full(readings: list[Reading], refused: Exclusions, *, policy: Policy) -> tuple[Window, ...]:
    """The windows that are not over as they were asked for, where some of them have begun."""
    coming = [window for reading in readings for window in reading.windows if window.end > policy.instant]
    if not [window for window in coming if window.start < policy.instant]:
        return ()
    return policy.local(refused.without(united(coming)))


# ---------------------------------------------------------------- other readings
def _alternatives(
    main: tuple[Window, ...],
    wanted: list[Phrase],
    readings: list[Reading],
    *,
    refused: Exclusions,
    policy: Policy,
) -> tuple[Alternative, ...]:
    """One for each way in which the text could have been meant otherwise, the likeliest first."""
    if len(wanted) > _MOST_VARIED or len(main) > MOST_WINDOWS:
        return ()
    possible = {variant for reading in readings for variant in reading.others}
    if len(wanted) > 1 and any(isinstance(phrase.day, Weekday) and phrase.day.chinese_next for phrase in wanted):
        possible.discard(Variant.NEARER)  # 下周二和周四: one week is said of both
    if Variant.MOVED in possible:
        possible.add(Variant.MOVED_ON)
    found: list[tuple[Window, ...]] = []
    for variant in _VARIANTS if possible else ():
        if variant not in possible or (variant is Variant.MOVED_ON and found):
            continue
        windows = _varied(wanted, readings, variant=variant, policy=policy)
        windows = refused.without(windows)
        if windows and windows != main and windows not in found:
            found.append(windows)
    return _alternatives_of(found, policy) if found else ()


def _nearest(wanted: list[Phrase], *, refused: Exclusions, policy: Policy) -> tuple[Alternative, ...]:
    """The nearest times to those that cannot be: the last before them, and the first behind."""
    found: list[tuple[Window, ...]] = []
    for variant in MENDING:
        try:
            readings = _read(wanted, policy.varied(variant))
        except NoSuchTimeError:
            continue
        if _is_too_much(readings, wanted, refused):
            continue
        windows = refused.without(_gathered(readings, policy))
        if windows and windows not in found and not all(reading.past for reading in readings):
            found.append(windows)
    return _alternatives_of(found, policy)


def _alternatives_of(found: Sequence[tuple[Window, ...]], policy: Policy) -> tuple[Alternative, ...]:
    spoken = [policy.local(windows) for windows in found]
    return tuple([Alternative(windows, name_of(windows)) for windows in spoken])


def _varied(wanted: list[Phrase], readings: list[Reading], *, variant: Variant, policy: Policy) -> tuple[Window, ...]:
    other = policy.varied(variant)
    try:
        changed = [other.read(p) if _is_open(r, variant) else r for p, r in zip(wanted, readings, strict=True)]
    except NoSuchTimeError:
        return ()
    if all(reading.past for reading in changed):
        return ()
    return _gathered(changed, policy)


def _is_open(reading: Reading, variant: Variant) -> bool:
    """True where a reading may be the other one of that name."""
    return (Variant.MOVED if variant in COMING else variant) in reading.others
