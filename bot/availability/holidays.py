"""Public holidays and make-up working days (调休) of a country, by year as they were announced.

The library that knows them costs 12 MB and most of a second, so a server reads its tables in a process of its own:
`python -m bot.availability.holidays CN,DE 2026 2031` prints them as JSON, one a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

_CN_LANGUAGES = ("zh_CN", "en_US")
_OF_THE_ORGANISATION = ("公司假日", "Company holiday")


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The official table of one country (ISO 3166). `names` holds each holiday's Chinese and English name.

    `make_up` are weekend days worked in exchange for days off; `known` are the years that are announced. The table of
    no country ("") holds days of the organisation alone.
    """

    country: str
    names: Mapping[date, tuple[str, str]]
    make_up: frozenset[date]
    known: frozenset[int]

    def is_holiday(self, day: date) -> bool:
        """True on a public holiday, also one moved there."""
        return day in self.names

    def is_make_up_day(self, day: date) -> bool:
        """True on a weekend day that is worked in exchange for a day off."""
        return day in self.make_up

    def name(self, day: date, language: str) -> str:
        """What the holiday is called ("国庆节", "National Day"), or "". `language` is zh or en."""
        return self.names.get(day, ("", ""))[language == "en"]

    def announced(self, year: int) -> bool:
        """False where the year's table is not out yet; make-up days of such a year are unknown, never guessed."""
        return year in self.known or not self.country

    def with_own(self, *, off: Iterable[date], worked: Iterable[date]) -> HolidayTable:
        """The same with an organisation's own days off, and with days on which it works all the same."""
        off, worked = set(off), set(worked)
        names = {day: called for day, called in self.names.items() if day not in worked}
        names |= {day: names.get(day, _OF_THE_ORGANISATION) for day in off}
        return replace(self, names=names, make_up=(self.make_up - off) | worked)


NO_COUNTRY = HolidayTable("", {}, frozenset(), frozenset())


def read_table(country: str, years: Iterable[int]) -> HolidayTable:
    """The table of `country` for `years`. Raises ValueError for a code that is no country."""
    import holidays

    if country not in holidays.list_supported_countries():
        raise ValueError(f"found no holidays for {country!r}, expected an ISO country code such as CN or JP, or null")
    wanted = sorted(set(years))
    languages: tuple[str | None, ...] = _CN_LANGUAGES if country == "CN" else (None, None)
    zh, en = (holidays.country_holidays(country, years=wanted, language=language) for language in languages)
    names = {day: (_short(zh[day]), _short(en[day])) for day in zh if day.year in wanted}
    make_up = frozenset(day for day in getattr(zh, "weekend_workdays", ()) if day.year in wanted and day not in names)
    # The library answers for a year that is not announced from the statute; only make-up days tell the two apart.
    known = {day.year for day in make_up} if country == "CN" else set(wanted)
    if country == "CN":
        names |= _weekends_between(names, make_up)
    return HolidayTable(country, names, make_up, frozenset(known))


def _weekends_between(names: Mapping[date, tuple[str, str]], make_up: Iterable[date]) -> dict[date, tuple[str, str]]:
    """The free weekend days at either end of a holiday: the State Council counts them in, the library does not."""
    found: dict[date, tuple[str, str]] = {}
    for step in (timedelta(days=1), timedelta(days=-1)):
        for holiday, called in names.items():
            day = holiday + step
            while day.weekday() > 4 and day not in names and day not in make_up:
                found.setdefault(day, called)
                day += step
    return found


def dump(table: HolidayTable) -> str:
    """The table as JSON."""
    names = {day.isoformat(): name for day, name in table.names.items()}
    make_up = sorted(day.isoformat() for day in table.make_up)
    return json.dumps({"country": table.country, "names": names, "make_up": make_up, "known": sorted(table.known)})


def load(text: str) -> HolidayTable:
    """The reverse of `dump`."""
    raw: dict[str, Any] = json.loads(text)
    names = {date.fromisoformat(day): (zh, en) for day, (zh, en) in raw["names"].items()}
    return HolidayTable(
        raw["country"], names, frozenset(map(date.fromisoformat, raw["make_up"])), frozenset(raw["known"])
    )


def _short(name: str) -> str:
    return name.split("（")[0].split(" (")[0].split(";")[0].strip()


if __name__ == "__main__":
    try:
        for code in sys.argv[1].split(","):
            print(dump(read_table(code, range(int(sys.argv[2]), int(sys.argv[3]) + 1))))  # noqa: T201
    except ValueError as error:
        sys.exit(str(error))
