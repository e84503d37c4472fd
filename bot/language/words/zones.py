"""Words for time zones: cities, countries, clocks and abbreviations, in English and Chinese.

Most come from CLDR (`zone_names`, written by a tool). What stands here is what the standard does not have: other cities
of the working world, short names, and which names are words or people's names as well.
"""

from __future__ import annotations

import re
import unicodedata

from bot.language.words.zone_names import CITIES, COUNTRIES, METAZONES
from bot.language.zones import offset_name

_EXTRAS = {
    "Asia/Shanghai": "beijing shanghai china shenzhen guangzhou hangzhou chengdu nanjing wuhan suzhou xiamen tianjin "
    "北京 上海 中国 深圳 杭州 广州 成都 国内 南京 武汉 重庆 苏州 厦门 青岛 西安 天津 大连 长春 哈尔滨",
    "Asia/Tokyo": "tokyo japan osaka yokohama kyoto nagoya fukuoka sapporo 东京 日本 大阪 横滨 京都 名古屋 福冈 札幌",
    "Asia/Seoul": "seoul korea busan incheon 首尔 韩国 釜山 仁川",
    "Asia/Hong_Kong": "hong_kong 香港",
    "Asia/Bangkok": "chiang_mai phuket 清迈 普吉岛",
    "Asia/Ho_Chi_Minh": "hanoi saigon ho_chi_minh da_nang 河内 胡志明 西贡 岘港",
    "Asia/Jakarta": "indonesia 印尼",
    "Asia/Makassar": "bali 巴厘岛",
    "Asia/Kuala_Lumpur": "penang 槟城",
    "Asia/Manila": "cebu 宿务",
    "Asia/Kolkata": "mumbai bombay delhi new_delhi bangalore bengaluru hyderabad chennai madras pune gurgaon noida "
    "孟买 新德里 德里 班加罗尔 海得拉巴 金奈 浦那",
    "Asia/Karachi": "islamabad lahore 伊斯兰堡 拉合尔",
    "Asia/Dhaka": "孟加拉",
    "Asia/Dubai": "uae abu_dhabi 阿联酋 阿布扎比",
    "Asia/Qatar": "doha 多哈",
    "Asia/Riyadh": "jeddah 沙特 吉达",
    "Asia/Jerusalem": "tel_aviv haifa 特拉维夫",
    "Asia/Nicosia": "cyprus 塞浦路斯",
    "Asia/Vladivostok": "符拉迪沃斯托克",
    "Europe/London": "uk britain great_britain england scotland wales manchester edinburgh oxford"
    "曼彻斯特 爱丁堡 牛津 英格兰 苏格兰",
    "Europe/Paris": "lyon marseille toulouse 里昂 马赛 图卢兹",
    "Europe/Berlin": "munich frankfurt hamburg cologne stuttgart dusseldorf leipzig 慕尼黑 法兰克福 科隆 斯图加特 "
    "杜塞尔多夫 莱比锡",
    "Europe/Madrid": "spain barcelona valencia seville 西班牙 巴塞罗那 瓦伦西亚 塞维利亚",
    "Europe/Rome": "milan turin naples florence venice 米兰 都灵 那不勒斯 佛罗伦萨 威尼斯",
    "Europe/Amsterdam": "holland rotterdam the_hague eindhoven 鹿特丹 海牙 埃因霍温",
    "Europe/Brussels": "antwerp 安特卫普",
    "Europe/Zurich": "geneva basel lausanne bern 日内瓦 巴塞尔 洛桑 伯尔尼",
    "Europe/Stockholm": "gothenburg 哥德堡",
    "Europe/Prague": "czech_republic 捷克共和国",
    "Europe/Warsaw": "krakow 克拉科夫",
    "Europe/Lisbon": "portugal porto 葡萄牙 波尔图",
    "Europe/Kyiv": "ukraine 乌克兰",
    "Europe/Moscow": "russia saint_petersburg st_petersburg 俄罗斯 圣彼得堡",
    "Europe/Istanbul": "turkey ankara 安卡拉",
    "America/New_York": "nyc boston washington washington_dc miami atlanta philadelphia new_jersey pittsburgh "
    "baltimore orlando 美东 波士顿 华盛顿 美国东部 迈阿密 亚特兰大 费城 新泽西 匹兹堡 巴尔的摩 奥兰多",
    "America/Chicago": "dallas houston austin minneapolis kansas_city st_louis texas "
    "美中 美国中部 达拉斯 休斯顿 奥斯汀 明尼阿波利斯 堪萨斯城 得州",
    "America/Denver": "salt_lake_city 美国山地 山地 美国山区 盐湖城",
    "America/Phoenix": "arizona 菲尼克斯 亚利桑那",
    "America/Los_Angeles": "san_francisco seattle sf la silicon_valley california bay_area san_diego las_vegas "
    "palo_alto cupertino redmond portland sacramento 旧金山 三藩市 西雅图 美西 硅谷 美国西部 美国太平洋 太平洋 加州 "
    "湾区 圣迭戈 拉斯维加斯 波特兰",
    "America/Anchorage": "alaska 阿拉斯加",
    "Pacific/Honolulu": "hawaii 夏威夷 火奴鲁鲁",
    "America/Toronto": "ottawa montreal 渥太华 蒙特利尔",
    "America/Edmonton": "calgary 卡尔加里",
    "America/Halifax": "nova_scotia",
    "America/Sao_Paulo": "brazil brasilia rio rio_de_janeiro 巴西 巴西利亚 里约 里约热内卢",
    "America/Mexico_City": "mexico guadalajara 墨西哥",
    "America/Bogota": "medellin 麦德林",
    "America/Guayaquil": "ecuador quito 厄瓜多尔 基多",
    "America/Santiago": "chile 智利",
    "America/Nuuk": "greenland 格陵兰",
    "Australia/Sydney": "australia canberra 澳洲 澳大利亚 堪培拉",
    "Australia/Brisbane": "gold_coast 黄金海岸",
    "Pacific/Auckland": "new_zealand wellington christchurch 新西兰 惠灵顿 基督城",
    "Africa/Abidjan": "cote_divoire ivory_coast 科特迪瓦 象牙海岸",
    "Africa/Casablanca": "rabat marrakesh 拉巴特",
    "Africa/Johannesburg": "cape_town pretoria durban 开普敦 比勒陀利亚 德班",
    "Africa/Lagos": "abuja 阿布贾",
    "UTC": "zulu greenwich greenwich_mean universal coordinated_universal "
    "世界时 世界标准 格林威治 格林尼治 格林尼治标准 协调世界时",
}
"""IANA name -> what CLDR does not say of it, or says of another zone."""
_SHORT = {
    "UTC": "utc gmt z",
    "Asia/Shanghai": "cst",
    "Asia/Tokyo": "jst",
    "Asia/Seoul": "kst",
    "Asia/Singapore": "sgt",
    "Asia/Hong_Kong": "hkt",
    "Asia/Kuala_Lumpur": "myt",
    "Asia/Jakarta": "wib",
    "Asia/Manila": "pht",
    "Asia/Kolkata": "ist",
    "Asia/Karachi": "pkt",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest",
    "Europe/Helsinki": "eet eest",
    "Europe/Moscow": "msk",
    "America/New_York": "est edt et eastern",
    "America/Chicago": "cdt ct",
    "America/Denver": "mst mdt mt",
    "America/Los_Angeles": "pst pdt pt pacific",
    "America/Anchorage": "akst akdt",
    "Pacific/Honolulu": "hst",
    "America/Sao_Paulo": "brt",
    "Africa/Johannesburg": "sast",
    "Australia/Sydney": "aest aedt aet",
    "Australia/Adelaide": "acst acdt",
    "Australia/Perth": "awst",
    "Pacific/Auckland": "nzst nzdt nzt",
}
ABBREVIATIONS = frozenset(word for words in _SHORT.values() for word in words.split())
"""Those that are a zone wherever they follow a clock time; the others need a word like "time" beside them."""
_ALSO_WORDS = (
    "aden adelaide asuncion austin basel bern beulah canary canton casey central chad chatham chita christmas cocos "
    "cologne colombo creston cuba currie dallas darwin davis dawson dominica durban faroe florence geneva georgia "
    "guernsey guinea hobart holland houston israel jersey johnston jordan juba juneau kenya kirov knox la lima "
    "lindeman lyon madeira madras mahe mali manchester marengo mawson mcmurdo merida midway milan montserrat "
    "monticello mountain muscat nassau naples niger nome norfolk oman oral orlando oxford palmer petersburg phoenix "
    "porto portland pune regina resolute reunion rio rosario salta samara san_juan san_luis santiago santa_isabel "
    "sofia stanley sydney the_hague thule togo troll truk turkey universal valencia venice vevay victoria vincennes "
    "wake wales washington wellington yap z 万象 不丹 东部 中部 乍得 也门 亚丁 凤凰城 加沙 加纳 加蓬 加州 卡宴 古巴 "
    "古晋 基多 多哈 多哥 多米尼克 大连 天津 安曼 山区 山地 巴库 巴林 帝力 开曼 德里 德班 惠灵顿 戴维斯 拿骚 文莱 "
    "昭和 朱巴 朱诺 林德曼 汤加 洛桑 浦那 海地 海湾 海牙 湾区 约旦 苏丹 西安 诺姆 贝伦 赤塔 达卡 道森 里加 里昂 "
    "里约 里贾纳 金奈 金边 长春 阿曼 威克 利马 马赛 马里 黑山 黄金海岸"
)
"""Names of CLDR and of the extras that are words or people's names in one of the languages."""
_SAYING_ZONE = ("时间", "的时间", " 时间", "那边", "当地")
"""What makes a zone of a Chinese name that is a word as well."""
_SIGNED = re.compile("([东西])([一二三四五六七八九十]{1,3}|[0-9]{1,2})时?区")
_COUNTS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")
_NUMERALS = {signs: count for count, signs in enumerate(_COUNTS, 1)}


def _squashed(word: str) -> str:
    """A name without spaces, accents and apostrophes."""
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word)
        word = "".join([sign for sign in apart if not unicodedata.combining(sign)])
    return word.replace(" ", "").replace("_", "").replace("'", "")


def _named() -> dict[str, str]:
    """Every name as it is looked up -> IANA name; those made by hand go before CLDR's, cities before countries."""
    tables = (METAZONES, COUNTRIES, CITIES, _EXTRAS, _SHORT)
    return {_squashed(name): zone for table in tables for zone, names in table.items() for name in names.split()}


def _beginnings() -> frozenset[str]:
    """The first words of names of several words."""
    tables = (METAZONES, COUNTRIES, CITIES, _EXTRAS)
    several = (name.split("_") for table in tables for names in table.values() for name in names.split())
    return frozenset("".join(words[:count]) for words in several for count in range(1, len(words)))


def _ambiguous() -> frozenset[str]:
    """The names of clocks are adjectives (Pacific, British, 中部), so those of CLDR count among the words."""
    shared = {_squashed(name) for names in METAZONES.values() for name in names.split()}
    sure = {_squashed(name) for table in (CITIES, COUNTRIES, _EXTRAS) for its in table.values() for name in its.split()}
    return frozenset((shared - sure) | {_squashed(word) for word in _ALSO_WORDS.split()}) - (ABBREVIATIONS - {"z"})


def _lengths() -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for word in _NAMED:
        if not word.isascii():
            found.setdefault(word[0], set()).add(len(word))
    return {sign: sorted(lengths, reverse=True) for sign, lengths in found.items()}


_NAMED = _named()
_AMBIGUOUS = _ambiguous()
_BEGINNINGS = _beginnings()
_LENGTHS = _lengths()
"""The lengths of the Chinese names that begin with a sign, longest first."""
FIRST_SIGNS = frozenset(_LENGTHS)
"""The signs that Chinese names of zones begin with."""


def zone_word(word: str) -> str | None:
    """The IANA name that an English word or several stand for, or None; in lower case, with accents or without.

    >>> zone_word("new york"), zone_word("são paulo"), zone_word("monday")
    ('America/New_York', 'America/Sao_Paulo', None)
    """
    return _NAMED.get(_squashed(word))


def begins_zone(words: str) -> bool:
    """True where the name of some zone begins with these words and goes on.

    >>> begins_zone("san"), begins_zone("tokyo")
    (True, False)
    """
    return _squashed(words) in _BEGINNINGS


def is_ambiguous(word: str) -> bool:
    """True for the name of a zone that is a word or a person's name as well, and needs a word that tells them apart.

    >>> is_ambiguous("lima"), is_ambiguous("里加"), is_ambiguous("tokyo")
    (True, True, False)
    """
    return _squashed(word) in _AMBIGUOUS


def han_zone(folded: str, place: int, *, sure: bool = False) -> tuple[str, int] | None:
    """The IANA name or the offset, and the length of its Chinese name at `place`, or None.

    An ambiguous name counts only with 时间 or 那边 behind it, or where it is `sure` that a zone is spoken of.

    >>> han_zone("明天9点利马时间", 4), han_zone("东八区", 0), han_zone("利马", 0)
    (('America/Lima', 2), ('+08:00', 3), None)
    """
    if found := _SIGNED.match(folded, place):
        return _signed(*found.groups()), len(found[0])
    for length in _LENGTHS.get(folded[place : place + 1], ()):
        word = folded[place : place + length]
        if (zone := _NAMED.get(word)) and (
            sure or word not in _AMBIGUOUS or folded.startswith(_SAYING_ZONE, place + length)
        ):
            return zone, len(word)
    return None


def _signed(side: str, count: str) -> str:
    """The offset of 东八区 and 西5区; of 西二十区 its own words."""
    hours = int(count) if count.isdigit() else _NUMERALS.get(count)
    name = offset_name(hours * (60 if side == "东" else -60)) if hours else None
    return name or f"{side}{count}区"
