"""Writes bot/language/words/zone_names.py from CLDR, as Babel packs it, and the tz database: `make zone-names`."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import babel
import tzdata
from babel import Locale
from babel.core import get_global

TABLE = Path(__file__).parents[1] / "bot/language/words/zone_names.py"
_HEAD = '''"""What CLDR calls time zones, in English and Chinese: `make zone-names` writes this, nobody by hand.

From Babel {babel} and tzdata {tzdata}. Names are in small letters without accents, `_` stands for a space. Source:
the Unicode Common Locale Data Repository. Copyright © 1991-2026 Unicode, Inc., under the Unicode License v3
(https://www.unicode.org/license.txt; SPDX: Unicode-3.0); the tz database is in the public domain.
"""

VERSIONS = ("{babel}", "{tzdata}")
"""Of Babel and tzdata."""
'''
_AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
_NO_CITIES = frozenset(("act", "lhi", "north", "south", "west", "virgin", "samoa", "easter", "center"))
"""Last parts of IANA ids that say nothing by themselves, or something else."""
_LEADING = {
    "Acre": "America/Rio_Branco",
    "Africa_Central": "Africa/Maputo",
    "Africa_Eastern": "Africa/Nairobi",
    "Africa_Southern": "Africa/Johannesburg",
    "Africa_Western": "Africa/Lagos",
    "Alaska": "America/Anchorage",
    "Amazon": "America/Manaus",
    "America_Central": "America/Chicago",
    "America_Eastern": "America/New_York",
    "America_Mountain": "America/Denver",
    "America_Pacific": "America/Los_Angeles",
    "Arabian": "Asia/Riyadh",
    "Argentina": "America/Argentina/Buenos_Aires",
    "Atlantic": "America/Halifax",
    "Australia_Central": "Australia/Adelaide",
    "Australia_Eastern": "Australia/Sydney",
    "Australia_Western": "Australia/Perth",
    "Brasilia": "America/Sao_Paulo",
    "British": "Europe/London",
    "China": "Asia/Shanghai",
    "Cyprus": "Asia/Nicosia",
    "Europe_Central": "Europe/Berlin",
    "Europe_Eastern": "Europe/Helsinki",
    "Europe_Western": "Europe/Lisbon",
    "Gulf": "Asia/Dubai",
    "Hawaii": "Pacific/Honolulu",
    "Hawaii_Aleutian": "Pacific/Honolulu",
    "India": "Asia/Kolkata",
    "Indochina": "Asia/Bangkok",
    "Indonesia_Eastern": "Asia/Jayapura",
    "Indonesia_Western": "Asia/Jakarta",
    "Kazakhstan": "Asia/Almaty",
    "Korea": "Asia/Seoul",
    "Malaysia": "Asia/Kuala_Lumpur",
    "Mexico_Pacific": "America/Mazatlan",
    "Mongolia": "Asia/Ulaanbaatar",
    "Moscow": "Europe/Moscow",
    "New_Zealand": "Pacific/Auckland",
    "Samoa": "Pacific/Pago_Pago",
    "Uzbekistan": "Asia/Tashkent",
    "Yukon": "America/Whitehorse",
}
"""The zone that is meant where several have one name (CLDR: the zone of territory 001; of a country the capital's)."""
_NO_METAZONES = frozenset(("GMT", "Irish"))
"""What the hand-made words say already: Greenwich is UTC."""
_TIME = re.compile("(?:标准|夏令|仲夏)?时间?$| (?:standard |daylight |summer )?time$")
_COLUMNS = 120
_MONTHS = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]


def table() -> str:
    """The text of the table."""
    zones = _zones()
    cities = _joined(_cities(zones), taken=frozenset())
    countries = _joined(_countries(zones), taken=_words(cities))
    metazones = _joined(_metazones(zones), taken=_words(cities) | _words(countries))
    parts = (
        _HEAD.format(babel=babel.__version__, tzdata=tzdata.__version__),
        _dict("CITIES", cities, "IANA name -> the names of its city and of its id, the English one first."),
        _dict("COUNTRIES", countries, "IANA name -> the names of countries that have one clock."),
        _dict("METAZONES", metazones, 'IANA name -> the names of clocks that several zones share, without "time".'),
    )
    return "\n".join(parts)


def folded(name: str) -> str:
    """A name as the table has it.

    >>> folded("St. John’s"), folded("São Paulo")
    ('st_johns', 'sao_paulo')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(sign))
    plain = re.sub("[’'ʻ]", "", plain.replace("&", " and ")).replace("·", ".")
    if not plain.isascii():
        return plain.replace(" ", "")
    return "_".join(word for word in re.split(r"[^\w]+|_", plain) if word)


# ---------------------------------------------------------------- cities
def _zones() -> dict[str, str]:
    """Every canonical zone -> its territory (zone.tab)."""
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[2].strip(): row[0] for row in sorted(rows, key=lambda row: row[2])}


def _cities(zones: Iterable[str]) -> Iterator[tuple[str, str]]:
    for zone in zones:
        for locale in (Locale("en"), Locale("zh")):
            yield from ((zone, name) for name in _exemplars(locale, zone))
        yield zone, zone.rpartition("/")[2]
    known = {folded(name) for zone in zones for name in (zone.rpartition("/")[2],)}
    for alias, zone in _aliases(zones):
        if folded(alias) not in known:
            yield zone, alias


def _exemplars(locale: Locale, zone: str) -> Iterator[str]:
    """A zone's city; of "Knox, Indiana" both the whole and the city, "Troll Station" without the station too."""
    city = locale.time_zones.get(zone, {}).get("city") or (
        zone.rpartition("/")[2].replace("_", " ") if locale.language == "en" else None
    )
    if city:
        yield city
        yield city.partition(",")[0]
        yield re.sub(r" (Station|Land|Islands?|Atoll|Archipelago)$", "", city)


def _aliases(zones: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The last part of every id that is no canonical one any more, and the zone it stands for."""
    text = resources.files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text("utf-8")
    links = {words[2]: words[1] for line in text.splitlines() if (words := line.split())[0] == "L"}
    for alias in sorted(links | get_global("zone_aliases")):
        area, _, city = alias.partition("/")
        target = get_global("zone_aliases").get(alias) or links[alias]
        if area in _AREAS and alias not in zones and target in zones:
            yield city.rpartition("/")[2], target


# ---------------------------------------------------------------- countries
def _countries(zones: dict[str, str]) -> Iterator[tuple[str, str]]:
    members = defaultdict(list)
    for zone, territory in zones.items():
        members[territory].append(zone)
    for territory, its in members.items():
        if territory != "AQ" and len({_clock(zone) for zone in its}) == 1:
            for locale in (Locale("en"), Locale("zh")):
                yield from ((_leading(its), name) for name in _names_of(locale.territories[territory]))


def _names_of(territory: str) -> Iterator[str]:
    """Myanmar (Burma) is both, 刚果（布） is 刚果布, 中国香港特别行政区 is 香港 too."""
    for name in territory.strip(")").split(" (") if territory.isascii() else [re.sub("[()（）]", "", territory)]:
        yield name
        yield re.sub("^中国|特别行政区$| SAR China$", "", name)


def _leading(zones: list[str]) -> str:
    return next((zone for zone in zones if zone in _LEADING.values()), zones[0])


def _clock(zone: str) -> tuple[object, ...]:
    """What its clock shows through a year."""
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in _MONTHS)


# ---------------------------------------------------------------- metazones
def _metazones(zones: Iterable[str]) -> Iterator[tuple[str, str]]:
    members = defaultdict(list)
    for zone, metazone in sorted(get_global("meta_zones").items()):
        if zone in zones:
            members[metazone].append(zone)
    for metazone, its in sorted(members.items()):
        named = next((zone for zone in its if zone.rpartition("/")[2] == metazone), None)
        zone = _LEADING.get(metazone) or named or (its[0] if len({_clock(each) for each in its}) == 1 else None)
        if zone and metazone not in _NO_METAZONES:
            yield from ((zone, name) for locale in ("en", "zh") for name in _clock_names(Locale(locale), metazone))


def _clock_names(locale: Locale, metazone: str) -> Iterator[str]:
    """Pacific, Pacific Standard, Pacific Daylight; 北美太平洋, 太平洋, 太平洋标准 …"""
    for name in locale.meta_zones.get(metazone, {}).get("long", {}).values():
        whole = name.lower().removesuffix(" time").removesuffix("时间").removesuffix("标准时")
        for each in (whole, _TIME.sub("", name.lower())):
            yield each
            yield each.removeprefix("北美")


# ---------------------------------------------------------------- the file
def _joined(pairs: Iterable[tuple[str, str]], *, taken: frozenset[str]) -> dict[str, list[str]]:
    """Zone -> its names, each once and at one zone only: what two zones are called by is no name."""
    owners: dict[str, list[str]] = {}
    for zone, name in pairs:
        key = folded(name)
        if key and key not in taken | _NO_CITIES and zone not in owners.setdefault(key, []):
            owners[key].append(zone)
    found: dict[str, list[str]] = {}
    for name, its in owners.items():
        if len(its) == 1:
            found.setdefault(its[0], []).append(name)
        elif its:
            sys.stderr.write(f"left out: {name} is {' and '.join(its)}\n")
    return dict(sorted(found.items()))


def _words(names: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(name for its in names.values() for name in its)


def _dict(title: str, names: dict[str, list[str]], docstring: str) -> str:
    lines = "".join(_line(zone, " ".join(its)) for zone, its in names.items())
    return f'{title} = {{\n{lines}}}\n"""{docstring}"""\n'


def _line(zone: str, names: str) -> str:
    """One zone in lines of at most 120 columns."""
    line = f'    "{zone}": "{names}",\n'
    if _width(line) <= _COLUMNS:
        return line
    pieces = [""]
    for name in names.split(" "):
        if _width(f'        "{pieces[-1]}{name} "') > _COLUMNS:
            pieces.append("")
        pieces[-1] += f"{name} "
    pieces[-1] = pieces[-1].rstrip()
    inner = "".join(f'        "{piece}"\n' for piece in pieces)
    return f'    "{zone}": (\n{inner}    ),\n'


def _width(line: str) -> int:
    """In columns; a Chinese sign takes two."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line.rstrip("\n"))


def main() -> int:
    """Writes the table; with --check says whether the one that is there is the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where the table would change")
    if parser.parse_args().check:
        return int(TABLE.read_text("utf-8") != table())
    TABLE.write_text(table(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
