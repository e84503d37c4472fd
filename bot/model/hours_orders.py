"""What a message says of its author's own working time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoursOrder:
    """One thing that is to hold from now on; it may be repeated. Without anything named they are only to be shown.

    `zone` is an IANA name, `unknown` the words of a zone that nobody knows. `country` (ISO 3166) is whose holidays are
    days off, "" the organisation's, `unknown_country` the words of one that nobody knows. `days` are weekdays from
    Monday = 0, () all that are worked; with `only` no others are. `start` and `end` are minutes after midnight, None
    for what stays. With `off` the days are not worked, or not from `start` to `end`. `once`: a single date is meant, of
    which nothing is kept.
    """

    zone: str | None = None
    unknown: str = ""
    days: tuple[int, ...] = ()
    only: bool = False
    start: int | None = None
    end: int | None = None
    off: bool = False
    once: bool = False
    country: str | None = None
    unknown_country: str = ""

    @property
    def changes(self) -> bool:
        """True where it wants anything set."""
        hours = self.start is not None or self.end is not None
        return not self.once and bool(self.zone or hours or self.days or self.country is not None)
