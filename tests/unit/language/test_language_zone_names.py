"""The table of time zones' names, and how it is looked up."""

from __future__ import annotations

import runpy
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.language.scan.text import normalise
from bot.language.words import zone_names
from bot.language.words.en.people import GIVEN
from bot.language.words.en.time import WORDS
from bot.language.words.zones import begins_zone, han_zone, is_ambiguous, zone_word
from bot.language.zones import bare_offset, iana_name, offset_at, offset_name, zone_of

TOOL = Path(__file__).parents[3] / "tools/zone_names.py"
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
NO_NAMES = frozenset(("ACT", "LHI", "North", "South", "West", "Virgin", "Samoa", "Easter", "Center"))
"""Last parts of ids that say nothing by themselves, or something else."""
KNOWN_BEFORE = {
    "Asia/Shanghai": "beijing shanghai china shenzhen guangzhou hangzhou chengdu cst "
    "北京 上海 中国 深圳 杭州 广州 成都 国内",
    "Asia/Tokyo": "tokyo japan osaka 东京 日本 大阪 jst",
    "Asia/Seoul": "seoul korea 首尔 韩国 kst",
    "Asia/Singapore": "singapore 新加坡 sgt",
    "Asia/Hong_Kong": "hongkong 香港 hkt",
    "Asia/Taipei": "taipei taiwan 台北 台湾",
    "Asia/Bangkok": "bangkok thailand 曼谷 泰国",
    "Asia/Ho_Chi_Minh": "vietnam hanoi saigon 越南 河内 胡志明",
    "Asia/Jakarta": "jakarta indonesia 雅加达 印尼",
    "Asia/Kuala_Lumpur": "malaysia 吉隆坡 马来西亚",
    "Asia/Manila": "manila philippines 马尼拉 菲律宾",
    "Asia/Kolkata": "india mumbai delhi bangalore kolkata bengaluru 印度 孟买 新德里 班加罗尔 ist",
    "Asia/Dubai": "dubai uae 迪拜 阿联酋",
    "Asia/Riyadh": "riyadh 利雅得 沙特",
    "Asia/Jerusalem": "jerusalem israel 以色列 特拉维夫",
    "Europe/London": "london uk britain england 伦敦 英国 bst",
    "Europe/Paris": "paris france 巴黎 法国",
    "Europe/Berlin": "berlin germany munich frankfurt hamburg 柏林 德国 慕尼黑 法兰克福 cet cest",
    "Europe/Madrid": "madrid spain barcelona 马德里 西班牙 巴塞罗那",
    "Europe/Rome": "rome italy milan 罗马 意大利 米兰",
    "Europe/Amsterdam": "amsterdam netherlands 阿姆斯特丹 荷兰",
    "Europe/Zurich": "zurich switzerland geneva 苏黎世 瑞士 日内瓦",
    "Europe/Stockholm": "stockholm sweden 斯德哥尔摩 瑞典",
    "Europe/Dublin": "dublin ireland 都柏林 爱尔兰",
    "Europe/Lisbon": "lisbon portugal 里斯本 葡萄牙",
    "Europe/Helsinki": "helsinki finland 赫尔辛基 芬兰 eet eest",
    "Europe/Moscow": "moscow russia 莫斯科 俄罗斯 msk",
    "Europe/Istanbul": "istanbul turkey 伊斯坦布尔 土耳其",
    "America/New_York": "newyork nyc boston washington miami eastern 纽约 美东 波士顿 华盛顿 美国东部 est edt et",
    "America/Toronto": "toronto 多伦多",
    "America/Chicago": "chicago dallas houston austin central 芝加哥 美中 美国中部 达拉斯 休斯顿 cdt ct",
    "America/Denver": "denver 丹佛 美国山地 mst mdt",
    "America/Los_Angeles": "losangeles sanfrancisco seattle pacific sf la siliconvalley 洛杉矶 旧金山 西雅图 美西 硅谷 "
    "美国西部 太平洋 加州 california pst pdt pt",
    "America/Vancouver": "vancouver 温哥华",
    "America/Sao_Paulo": "saopaulo brazil 圣保罗 巴西",
    "America/Mexico_City": "mexicocity mexico 墨西哥",
    "Australia/Sydney": "sydney melbourne canberra 悉尼 墨尔本 澳洲 澳大利亚 aest aedt",
    "Australia/Perth": "perth 珀斯",
    "Pacific/Auckland": "auckland newzealand 奥克兰 新西兰 nzst nzdt",
    "Africa/Cairo": "cairo egypt 开罗 埃及",
    "Africa/Johannesburg": "johannesburg 约翰内斯堡 南非",
    "Africa/Nairobi": "nairobi kenya 内罗毕 肯尼亚",
    "UTC": "utc gmt zulu greenwich 世界时 格林威治 协调世界时",
}
"""What was looked up in a table made by hand."""


def clock(zone: str) -> list[object]:
    """What a zone's clock shows through a year."""
    months = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]
    return [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in months]


def found(name: str) -> str | None:
    """The zone of a name that is typed beside a word for time."""
    folded = normalise(name).folded
    if folded[0].isascii() or folded[0] < "\u3400":
        return zone_word(folded)
    zone = han_zone(f"{folded}时间", 0)
    return zone[0] if zone and zone[1] == len(folded) else None


def names_of(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), zone) for zone, names in table.items() for name in names.split()]


def test_the_table_is_what_the_tool_writes() -> None:
    babel = pytest.importorskip("babel", reason="no Babel: make dev installs it")
    if babel.__version__ != zone_names.VERSIONS[0]:
        pytest.skip(f"the table is of Babel {zone_names.VERSIONS[0]}, here is {babel.__version__}: make zone-names")
    written, there = runpy.run_path(str(TOOL))["table"](), Path(zone_names.__file__).read_text("utf-8")
    assert written.partition("CITIES")[2] == there.partition("CITIES")[2], "make zone-names"


def test_every_city_of_the_tz_database_is_found() -> None:
    missing = []
    for zone in sorted(available_timezones()):
        area, _, rest = zone.partition("/")
        city = rest.rpartition("/")[2]
        if area in AREAS and city not in NO_NAMES:
            named = found(city.replace("_", " ").replace("-", " "))
            missing += [zone] if named is None or clock(named) != clock(zone) else []
    assert missing == []


@pytest.mark.parametrize("table", [zone_names.CITIES, zone_names.COUNTRIES, zone_names.METAZONES])
def test_every_name_of_cldr_is_found_in_any_case(table: dict[str, str]) -> None:
    for name, zone in names_of(table):
        named = {found(name), found(name.upper()), found(name.title())}
        assert len(named) == 1, name
        assert named == {zone} or name in ("greenwich mean", "格林尼治标准", "格林尼治")


def test_every_canonical_zone_has_an_english_and_a_chinese_name() -> None:
    for zone, names in zone_names.CITIES.items():
        assert any(name.isascii() for name in names.split()), zone
        assert any(not name.isascii() for name in names.split()), zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("São Paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("Ürümqi", "Asia/Urumqi"),
        ("N’Djamena", "Africa/Ndjamena"),
        ("St John's", "America/St_Johns"),
        ("Port-au-Prince".replace("-", " "), "America/Port-au-Prince"),
        ("Calcutta", "Asia/Kolkata"),
        ("Kiev", "Europe/Kyiv"),
        ("Burma", "Asia/Yangon"),
        ("Tel Aviv", "Asia/Jerusalem"),
        ("乌鲁木齐", "Asia/Urumqi"),
        ("印第安纳波利斯", "America/Indiana/Indianapolis"),
        ("澳门", "Asia/Macau"),
        ("中欧", "Europe/Berlin"),
        ("北美东部夏令", "America/New_York"),
    ],
)
def test_names_are_found_as_people_type_them(name: str, zone: str) -> None:
    assert found(name) == zone


@pytest.mark.parametrize(("name", "zone"), names_of(KNOWN_BEFORE))
def test_what_was_known_before_is_known(name: str, zone: str) -> None:
    named = found(name)
    assert named
    assert clock(named) == clock(zone)


@pytest.mark.parametrize("name", ["United States", "Canada", "Indonesia Time", "美国", "加拿大"])
def test_a_country_of_several_clocks_has_no_zone(name: str) -> None:
    assert found(name) is None


def test_names_that_are_words_or_people_are_flagged() -> None:
    names = [name for table in (zone_names.CITIES, zone_names.COUNTRIES) for name, _ in names_of(table)]
    assert [name for name in names if (name in GIVEN or name in WORDS) and not is_ambiguous(name)] == []


@pytest.mark.parametrize("name", ["Sofia", "Lima", "Jordan", "Chad", "Reunion", "里加", "汤加", "苏丹", "中部", "长春"])
def test_an_ambiguous_name_says_so(name: str) -> None:
    assert is_ambiguous(name.lower())


@pytest.mark.parametrize("name", ["tokyo", "nairobi", "são paulo", "pst", "pacific", "utc", "北京", "内罗毕", "太平洋"])
def test_an_unmistakable_name_is_not_flagged(name: str) -> None:
    assert not is_ambiguous(name)


def test_an_ambiguous_chinese_name_counts_only_beside_a_word_for_time() -> None:
    assert han_zone("这里加个会", 1) is None
    assert han_zone("里加时间", 0) == han_zone("里加那边4点", 0) == ("Europe/Riga", 2)
    assert han_zone("里加", 0, sure=True) == ("Europe/Riga", 2)


def test_the_longest_chinese_name_is_taken() -> None:
    assert han_zone("开曼群岛时间", 0) == ("America/Cayman", 4)
    assert han_zone("北美东部标准时间", 0) == ("America/New_York", 6)


def test_a_name_of_several_words_is_known_by_its_first_ones() -> None:
    assert all(begins_zone(words) for words in ("new", "san", "los", "são", "dar es", "central european"))
    assert not begins_zone("monday")


@pytest.mark.parametrize("minutes", [-12 * 60, -570, 0, 345, 14 * 60])
def test_the_name_of_an_offset_leads_back_to_it(minutes: int) -> None:
    name = offset_name(minutes)
    assert name
    zone = zone_of(name)
    assert zone
    offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == minutes * 60


@pytest.mark.parametrize("minutes", [-13 * 60, 15 * 60, 25 * 60, 317])
def test_an_offset_that_no_clock_shows_has_no_name(minutes: int) -> None:
    assert offset_name(minutes) is None


@pytest.mark.parametrize("text", ["utc", "utc ", "utc8", "utc+", "utc+8点", "utc-5pm", "gmt-18:00", "utc-3月"])
def test_what_is_no_offset_is_none(text: str) -> None:
    assert offset_at(text, 3) is None


def test_a_bare_offset_stands_behind_a_clock() -> None:
    assert bare_offset("10:30+05:30", 5) == ("+05:30", 11)
    assert bare_offset("明天9点 +0800", 5) == ("+08:00", 10)
    assert bare_offset("+0800", 0) is None
    assert bare_offset("3pm +0861", 4) is None


def test_every_offset_that_a_chat_may_keep_has_an_iana_name_of_the_same_clock() -> None:
    names = [offset_name(minutes) for minutes in range(-12 * 60, 14 * 60 + 1, 15)]
    for name in filter(None, names):
        if kept := iana_name(name):
            here, there = zone_of(name), zone_of(kept)
            moments = [datetime(2026, month, 15, tzinfo=UTC) for month in range(1, 13)]
            assert [m.astimezone(here).utcoffset() for m in moments] == [
                m.astimezone(there).utcoffset() for m in moments
            ]


def test_the_names_are_plain() -> None:
    for table in (zone_names.CITIES, zone_names.COUNTRIES, zone_names.METAZONES):
        for name, _ in names_of(table):
            assert name == normalise(name).folded, name
            assert unicodedata.normalize("NFC", name) == name
