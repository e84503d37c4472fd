"""Rules for public holidays: the days of each; those that go by the moon are asked back."""

from __future__ import annotations

from bot.language.chunks.chunk import Found, Tokens, is_at, means
from bot.language.days import Date, Days, Month, Nth, Span
from bot.language.senses import Sense
from bot.language.tokens import Kind

_SUNDAY, _THURSDAY = 6, 3
_DAYS: dict[str, Days] = {
    "new_year": Date(1, 1),
    "valentine": Date(14, 2),
    "women": Date(8, 3),
    "fools": Date(1, 4),
    "labour": Date(1, 5),
    "labour_holiday": Span(Date(1, 5), Date(5, 5)),
    "youth": Date(4, 5),
    "mothers": Nth(2, _SUNDAY, Month(5)),
    "children": Date(1, 6),
    "fathers": Nth(3, _SUNDAY, Month(6)),
    "teachers": Date(10, 9),
    "national": Date(1, 10),
    "national_holiday": Span(Date(1, 10), Date(7, 10)),
    "halloween": Date(31, 10),
    "eleven": Date(11, 11),
    "thanksgiving": Nth(4, _THURSDAY, Month(11)),
    "twelve": Date(12, 12),
    "christmas_eve": Date(24, 12),
    "christmas": Date(25, 12),
    "boxing": Date(26, 12),
    "new_year_eve": Date(31, 12),
}
"""The days of each holiday; the holidays are those of China, five days from 1 May and seven from 1 October."""


def holiday(tokens: Tokens, at: int) -> Found:
    """国庆, 明年元旦, 圣诞节当天, Christmas Eve; 国庆后 is behind the whole holiday."""
    years = tokens[at].value if is_at(tokens, at, Kind.RELATIVE_YEAR) else None
    at += years is not None
    if not is_at(tokens, at, Kind.HOLIDAY):
        return None
    name, stop = tokens[at].tag, at + 1
    if is_at(tokens, stop, Kind.AFTER) and not tokens[stop].text.isascii():
        name = f"{name}_holiday" if f"{name}_holiday" in _DAYS else name
    stop += means(tokens, stop, Sense.ITSELF)
    return _of_year(_DAYS[name], years), stop


def _of_year(days: Days, years: int | None) -> Days:
    match days:
        case Date(day, month) if years is not None:
            return Date(day, month, years=years)
        case Span(Date(first, month), Date(last)) if years is not None:
            return Span(Date(first, month, years=years), Date(last, month, years=years))
        case Nth(count, weekday, Month(month)) if years is not None:
            return Nth(count, weekday, Month(month, years=years))
    return days
