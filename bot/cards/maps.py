"""Rows of squares: a day by person, days by share, the rest of somebody's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.cards.escape import name
from bot.cards.groups import Entry, Group, is_opted_out, named_group, opted_out_group
from bot.cards.times import TimeWords
from bot.model.freebusy import Verdict
from bot.model.overview import Cell, DayMap, DayRow, PersonRow, Share
from bot.model.replies import NextFree, Overview, WhoIsFree
from bot.model.time import Interval

NAMED_UP_TO = 8
_MOST_NAMED = 45  # what fits into the bytes of a card
_SQUARES_A_ROW = 10
_SQUARE = timedelta(minutes=30)
_INSTANT = timedelta(microseconds=1)
_NOON = "｜"
_CELLS: dict[Cell | Share, str] = {
    Cell.FREE: "🟦",
    Cell.TENTATIVE: "🟨",
    Cell.BUSY: "🟧",
    Cell.OUTSIDE: "⬜",
    Cell.UNKNOWN: "❔",
}
_SHARES: dict[Cell | Share, str] = {Share.ALL: "🟦", Share.MOST: "🟩", Share.HALF: "🟫", Share.NONE: "🟧"}
_MARKS = _CELLS | _SHARES
_LARGEST_CIRCLED = 50


def next_free_values(reply: NextFree, times: TimeWords) -> dict[str, Any]:
    """The bar, the stretches in words and the people who cannot be seen."""
    single = reply.known[0] if len(reply.known) == 1 and not reply.unknown else None
    now = reply.question.now
    return {
        "single": name(single.label) if single else "",
        "typed": name(single.called) if single and single.called else "",
        "free_now": bool(reply.stretches) and reply.stretches[0].start <= now,
        "at_work": reply.bar_over is not None and reply.bar_over.start <= now,
        "bars": _bars(reply, times),
        "stretches": [_stretch(stretch, times) for stretch in reply.stretches],
        "minutes": [int(stretch.length.total_seconds() // 60) for stretch in reply.stretches],
        "unseen": unseen_groups(reply.unknown),
    }


def overview_values(reply: Overview, times: TimeWords) -> dict[str, Any]:
    """The rows of the map, the hours they stand for and the best stretches."""
    first = reply.day or next((each for each in reply.days if each.hours), None)
    named = reply.day is not None and (reply.people <= NAMED_UP_TO or reply.card.everybody)
    rows = [_person_row(row, reply.day) for row in reply.day.rows[:_MOST_NAMED]] if reply.day and named else []
    return {
        "single": name(reply.single.label) if reply.single else "",
        "hours": hours_of(first, times) if first else "",
        "rows": rows,
        "left_out": len(reply.day.rows) - len(rows) if reply.day and named else 0,
        "counts": _counts(reply.day) if reply.day and not reply.single else "",
        "days": rows_of(reply.days),
        "unseen": unseen_groups(reply.unknown),
        "best": [
            (times.weekday(times.local(each.interval.start).date()), times.span(each.interval)) for each in reply.best
        ],
    }


def verdict_values(reply: WhoIsFree, times: TimeWords) -> dict[str, Any]:
    """The map of several days of few people, and how a single person stands now."""
    first, last = reply.stretches[0].start, reply.stretches[-1].end
    drawn = [(row, times.weekday(each.day)) for each, row in zip(reply.days, rows_of(reply.days), strict=True) if row]
    return {
        "single": name(reply.verdicts[0].label) if len(reply.verdicts) == 1 else "",
        "then": [times.hours(stretch) for stretch in reply.moment.then] if reply.moment else [],
        "hours": hours_of(reply.days[0], times) if drawn else "",
        "days": drawn,
        "one_day": times.day(first) == times.day(last - _INSTANT),
    }


def rows_of(days: Sequence[DayRow]) -> list[str]:
    """A row of squares for each day, "" for one that has none."""
    return [_squares([_MARKS[square] for square in each.squares], each.split) for each in days]


def hours_of(of: DayMap | DayRow, times: TimeWords) -> str:
    """9–12 ｜ 13–18: what the squares on both sides of noon stand for."""
    parts = [part for part in (of.hours[: of.split], of.hours[of.split :]) if part]
    return f" {_NOON} ".join(f"{times.brief(part[0].start)}–{times.brief(part[-1].end)}" for part in parts)


def unseen_groups(verdicts: Sequence[Verdict], *, most_names: int = NAMED_UP_TO) -> list[Group]:
    """The lines of those who cannot be seen, and of those who do not want to be; [] where everybody can be."""
    out = [each for each in verdicts if is_opted_out(each)]
    unknown = unknown_group([each for each in verdicts if not is_opted_out(each)], most_names=most_names)
    return [*([unknown] if unknown else []), *([opted_out_group(out)] if out else [])]


def unknown_group(verdicts: Sequence[Verdict], *, most_names: int = NAMED_UP_TO) -> Group | None:
    """The line of those who cannot be seen, as many as fit with the reason; None where everybody can be."""
    if not verdicts:
        return None
    named = most_names if len(verdicts) <= most_names else most_names // 2
    entries = tuple(_unknown(verdict) for verdict in verdicts[:named])
    return named_group("unknown", entries, count=len(verdicts))


def _unknown(verdict: Verdict) -> Entry:
    assert verdict.unknown is not None
    return Entry(name(verdict.label) if verdict.label else "", reason=verdict.unknown.reason)


def _stretch(stretch: Interval, times: TimeWords) -> str:
    return times.when(stretch, near=True)


def _bars(reply: NextFree, times: TimeWords) -> list[str]:
    """The rest of a day in rows that a phone does not break, each with its hours."""
    if reply.bar_over is None:
        return []
    start, end = reply.bar_over.start, reply.bar_over.end
    rows = []
    for first in range(0, len(reply.bar), _SQUARES_A_ROW):
        row = reply.bar[first : first + _SQUARES_A_ROW]
        begun = start + first * _SQUARE
        hours = Interval(begun, min(begun + len(row) * _SQUARE, end))
        rows.append(f"{''.join(_CELLS[cell] for cell in row)} {times.hours(hours)}")
    return rows


def _person_row(row: PersonRow, of: DayMap) -> tuple[str, str]:
    return _squares([_CELLS[cell] for cell in row.cells], of.split), name(row.who.label)


def _counts(of: DayMap) -> str:
    return _squares([_circled(count) for count in of.free], of.split)


def _squares(squares: Sequence[str], split: int) -> str:
    """The squares with noon between them, the anchor for the eye."""
    return "".join(squares[:split]) + (_NOON if split and squares else "") + "".join(squares[split:])


def _circled(count: int) -> str:
    """⓪ ① … ㊿; a number in brackets beyond that."""
    if count == 0:
        return "⓪"
    if count <= 20:
        return chr(ord("①") + count - 1)
    if count <= 35:
        return chr(ord("㉑") + count - 21)
    return chr(ord("㊱") + count - 36) if count <= _LARGEST_CIRCLED else f"({count})"
