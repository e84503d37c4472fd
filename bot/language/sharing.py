"""Shares days and times among the members of a list, and brings a day and its time together where words stand between."""

from __future__ import annotations

from dataclasses import replace

from bot.language.joining import inherited, refined
from bot.language.specs import Clock, In, Next, Now, Part, Phrase, Weekday


def shared(phrases: list[Phrase]) -> list[Phrase]:
    """Phrases that are complete where the text lets them be: Tue or Thu 2-4pm; tomorrow 9-10, 11-12 or 4-5pm."""
    merged = _merged([phrase for phrase in phrases if not phrase.sign])
    return _with_days(_with_times(_with_context(merged))) + [phrase for phrase in phrases if phrase.sign]


def _merged(phrases: list[Phrase]) -> list[Phrase]:
    """A day and a time with other words, or a comma, between them are one phrase."""
    found: list[Phrase] = []
    for phrase in phrases:
        last = found[-1] if found else None
        if last is not None and phrase.link != "list" and (both := _complement(last, phrase)):
            found[-1] = replace(both, link=last.link, start=last.start, end=phrase.end)
        else:
            found.append(phrase)
    return found


def _complement(one: Phrase, two: Phrase) -> Phrase | None:
    if isinstance(one.time, Now | In | Next) or isinstance(two.time, Now | In | Next):
        return None
    lacking = (one.time is None) != (two.time is None) and (one.day is None) != (two.day is None)
    part_and_clock = (
        isinstance(one.time, Part | Clock)
        and isinstance(two.time, Part | Clock)
        and (one.day is None or two.day is None)
    )
    same_day = one.time is None and two.time is None and two.link != "list"
    if lacking or same_day or (part_and_clock and type(one.time) is not type(two.time)):
        return refined(one, two)
    return None


def _with_context(phrases: list[Phrase]) -> list[Phrase]:
    """The week or month that was said of the first day counts for the days listed after it."""
    found: list[Phrase] = []
    for phrase in phrases:
        last = found[-1] if found else None
        if last is not None and last.day is not None and phrase.day is not None and phrase.link:
            both_weekdays = isinstance(last.day, Weekday) and isinstance(phrase.day, Weekday)
            if not both_weekdays or phrase.link == "list":
                phrase = replace(phrase, day=inherited(last.day, phrase.day))
        found.append(phrase)
    return found


def _with_times(phrases: list[Phrase]) -> list[Phrase]:
    """A day in a list without a time takes the next time said of a day, or the last one before it."""
    found = list(phrases)
    for place, phrase in enumerate(phrases):
        if phrase.time is not None or phrase.day is None:
            continue
        after = next((p for p in phrases[place + 1 :] if p.time is not None), None)
        chained = all(p.link for p in phrases[place + 1 : _place(phrases, after) + 1]) if after else False
        if after is not None and chained and after.day is not None and after.day_first:
            found[place] = replace(phrase, time=after.time, zone=phrase.zone or after.zone)
        elif phrase.link == "list" and place and found[place - 1].time is not None:
            found[place] = replace(phrase, time=found[place - 1].time, zone=found[place - 1].zone)
    return found


def _place(phrases: list[Phrase], wanted: Phrase) -> int:
    return next(place for place, phrase in enumerate(phrases) if phrase is wanted)


def _with_days(phrases: list[Phrase]) -> list[Phrase]:
    """A time in a list without a day takes the day before it, or the first one after it."""
    found = list(phrases)
    for place, phrase in enumerate(phrases):
        if phrase.day is not None or isinstance(phrase.time, Now | In | Next) or phrase.time is None:
            continue
        before = next((p for p in reversed(found[:place]) if p.day is not None), None)
        after = next((p for p in phrases[place + 1 :] if p.day is not None), None)
        source = before or after
        if source is not None:
            found[place] = replace(phrase, day=source.day, zone=phrase.zone or source.zone)
    return found
