"""Public holidays and make-up working days (调休) of a country, by year as they were announced."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any


class HolidayTable:
    """The official table of one country; `country` is an ISO 3166 code. Raises ValueError for an unknown one."""

    def __init__(self, country: str) -> None:
        import holidays

        if country not in holidays.list_supported_countries():
            raise ValueError(f"found no holidays for {country!r}, expected an ISO country code such as CN or JP")
        self.country = country

    def is_holiday(self, day: date) -> bool:
        """True on a public holiday, also one moved there."""
        return day in self._table("")

    def is_make_up_day(self, day: date) -> bool:
        """True on a weekend day that is worked in exchange for a day off."""
        table = self._table("")
        return day not in table and day in getattr(table, "weekend_workdays", ())

    def name(self, day: date, language: str) -> str:
        """What the holiday is called ("国庆节", "National Day"), or "". `language` is zh or en."""
        named = str(self._table(language).get(day) or "")
        return named.split("（")[0].split(" (")[0].split(";")[0].strip()

    def announced(self, year: int) -> bool:
        """False where the year's table is not out yet; make-up days of such a year are unknown, never guessed."""
        if self.country != "CN":
            return True
        self.is_holiday(date(year, 1, 1))
        return any(day.year == year for day in self._table("").weekend_workdays)

    def _table(self, language: str) -> Any:
        return self._tables[language if self.country == "CN" else ""]

    @cached_property
    def _tables(self) -> dict[str, Any]:
        import holidays

        plain = holidays.country_holidays(self.country)
        if self.country != "CN":
            return {"": plain}
        named = {"zh": "zh_CN", "en": "en_US"}
        return {"": plain} | {key: holidays.country_holidays("CN", language=code) for key, code in named.items()}
