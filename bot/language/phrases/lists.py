"""Shares days and times among the members of a list, and joins a day and its time across the words between."""

from __future__ import annotations

from dataclasses import replace

from bot.language.days import Date, Weekday
from bot.language.phrases.joining import MOMENTS, inherited, refined
from bot.language.values import After, Clock, Hours, Link, Part, Phrase, Sign, Until


def shared(phrases: list[Phrase]) -> list[Phrase]:
    """Phrases that are complete where the text lets them be: Tue or Thu 2-4pm; tomorrow 9-10, 11-12 or 4-5pm."""
    signed = _signed(_commaed(phrases))
    merged = _merged([phrase for phrase in signed if not phrase.sign])
    return _with_days(_with_times(_with_context(merged))) + [phrase for phrase in signed if phrase.sign]


def _commaed(phrases: list[Phrase]) -> list[Phrase]:
    """The commas of a list of days that an "or" closes are its members' too: next Monday, Tuesday or Wednesday."""
    found, listed = list(phrases), False
    for place in reversed(range(1, len(found))):
        phrase, before = found[place], found[place - 1]
        if phrase.link is Link.COMMA and listed and _are_days(before, phrase):
            found[place] = replace(phrase, link=Link.LIST)
        else:
            listed = phrase.link is Link.LIST and phrase.day is not None
    return found


def _are_days(one: Phrase, two: Phrase) -> bool:
    """True for two days of one kind without hours."""
    plain = one.time is None is two.time and not (one.sign or two.sign)
    return plain and type(one.day) is type(two.day)


def _signed(phrases: list[Phrase]) -> list[Phrase]:
    """What is listed with something refused is refused too: not Tuesday and Thursday, 周四和周五不行."""
    found: list[Phrase] = []
    for phrase in phrases:
        listed = bool(found) and found[-1].sign is Sign.NOT and phrase.link is Link.LIST and not phrase.sign
        found.append(replace(phrase, sign=Sign.NOT) if listed and phrase.time is None else phrase)
    for place in reversed(range(len(found) - 1)):
        one, behind = found[place], found[place + 1]
        if behind.sign is Sign.BEHIND and behind.link is Link.LIST and not one.sign and one.time is None is behind.time:
            found[place] = replace(one, sign=Sign.BEHIND)
    return found


def _merged(phrases: list[Phrase]) -> list[Phrase]:
    """A day and a time with other words, or a comma, between them are one phrase."""
    found: list[Phrase] = []
    for phrase in phrases:
        last = found[-1] if found else None
        if (
            last is not None
            and (phrase.link is not Link.LIST or _is_bounded(last, phrase))
            and (both := _complement(last, phrase))
        ):
            found[-1] = replace(both, link=last.link, start=last.start, end=phrase.end)
        else:
            found.append(phrase)
    return found


def _is_bounded(one: Phrase, two: Phrase) -> bool:
    """True for "after 2 and before 5"."""
    return isinstance(one.time, After) and isinstance(two.time, Until)


def _is_cut(one: Phrase, two: Phrase) -> bool:
    """True for "tomorrow afternoon ... before 4": a part of the day and a bound within it."""
    parts = isinstance(one.time, Part) and isinstance(two.time, After | Until)
    return parts and two.day is None


def _complement(one: Phrase, two: Phrase) -> Phrase | None:
    if isinstance(one.time, MOMENTS) or isinstance(two.time, MOMENTS):
        return None
    if _is_bounded(one, two) or _is_cut(one, two):
        return refined(one, two)
    lacking = (one.time is None) != (two.time is None) and (one.day is None) != (two.day is None)
    hours = Clock | Hours
    part_and_clock = (isinstance(one.time, Part) and isinstance(two.time, hours)) or (
        isinstance(one.time, hours) and isinstance(two.time, Part)
    )
    same_day = two.time is None and two.link is not Link.LIST and (one.time is None or _is_dated_weekday(one, two))
    if lacking or same_day or (part_and_clock and (one.day is None or two.day is None)):
        return refined(one, two)
    return None


def _is_dated_weekday(one: Phrase, two: Phrase) -> bool:
    """True for "6:40am Thursday, 29th": a weekday and then its date."""
    return isinstance(one.day, Weekday) and isinstance(two.day, Date)


def _with_context(phrases: list[Phrase]) -> list[Phrase]:
    """The week or month that was said of the first day counts for the days listed after it."""
    found: list[Phrase] = []
    for phrase in _with_later_week(phrases):
        last = found[-1] if found else None
        if last is not None and last.day is not None and phrase.day is not None and phrase.link:
            both_weekdays = isinstance(last.day, Weekday) and isinstance(phrase.day, Weekday)
            if not both_weekdays or phrase.link is Link.LIST:
                phrase = replace(phrase, day=inherited(last.day, phrase.day))
        found.append(phrase)
    return found


def _with_later_week(phrases: list[Phrase]) -> list[Phrase]:
    """The week behind the last weekday of a list is said of all: Monday or Tuesday next week."""
    found = list(phrases)
    for place in reversed(range(1, len(found))):
        day, before = found[place].day, found[place - 1].day
        named = isinstance(day, Weekday) and day.week_behind
        if named and found[place].link is Link.LIST and isinstance(before, Weekday) and before.week is None:
            assert isinstance(day, Weekday)
            found[place - 1] = replace(found[place - 1], day=replace(before, week=day.week))
    return found


def _with_times(phrases: list[Phrase]) -> list[Phrase]:
    """A day in a list without a time takes the next time said of a day, or the last one before it."""
    found = list(phrases)
    for place, phrase in enumerate(phrases):
        if phrase.time is not None:
            continue
        after = next((p for p in phrases[place + 1 :] if p.time is not None), None)
        chained = all(p.link for p in phrases[place + 1 : _place(phrases, after) + 1]) if after else False
        if after is not None and chained and after.day is not None and after.day_first:
            found[place] = replace(phrase, time=after.time, zone=phrase.zone or after.zone)
        elif phrase.link is Link.LIST and place and found[place - 1].time is not None:
            found[place] = replace(phrase, time=found[place - 1].time, zone=found[place - 1].zone)
    return found


def _place(phrases: list[Phrase], wanted: Phrase) -> int:
    return next(place for place, phrase in enumerate(phrases) if phrase is wanted)


def _with_days(phrases: list[Phrase]) -> list[Phrase]:
    """A time in a list without a day takes the day before it, or the first one after it."""
    found = list(phrases)
    for place, phrase in enumerate(phrases):
        if phrase.day is not None or isinstance(phrase.time, MOMENTS):
            continue
        before = next((p for p in reversed(found[:place]) if p.day is not None), None)
        after = next((p for p in phrases[place + 1 :] if p.day is not None), None)
        if (
            before is None
            and after is not None
            and after.day_first
            and after.time is not None
            and after.link is Link.LIST
        ):
            continue  # 四点到五点或者明天上午
        source = before or after
        if source is not None:
            found[place] = replace(phrase, day=source.day, zone=phrase.zone or source.zone)
    return found
