"""Time zones as people name them: cities, countries, abbreviations, offsets and IANA names."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CITIES = {
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
NAMED = {word: zone for zone, words in _CITIES.items() for word in words.split()}
"""Every word for a zone, lower case and without spaces -> IANA name."""
ABBREVIATIONS = frozenset(
    [
        "cst",
        "jst",
        "kst",
        "sgt",
        "hkt",
        "ist",
        "cet",
        "cest",
        "eet",
        "eest",
        "msk",
        "est",
        "edt",
        "et",
        "cdt",
        "ct",
        "mst",
        "mdt",
        "pst",
        "pacific",
        "eastern",
        "pdt",
        "pt",
        "aest",
        "aedt",
        "nzst",
        "nzdt",
        "utc",
        "gmt",
        "bst",
    ]
)
"""Those that are a zone wherever they follow a clock time; the others need a word like "time" beside them."""
BEGINNINGS = frozenset(word[:count] for word in NAMED if word.isascii() for count in range(1, len(word)))
"""The first letters of names in Latin letters, which may be typed with spaces."""
AREAS = frozenset(
    [
        "africa",
        "america",
        "antarctica",
        "arctic",
        "asia",
        "atlantic",
        "australia",
        "brazil",
        "canada",
        "chile",
        "etc",
        "europe",
        "indian",
        "mexico",
        "pacific",
        "us",
    ]
)
"""What stands before the slash of an IANA name; whatever else has one is looked up in no file."""
FIRST_SIGNS = frozenset(word[0] for word in NAMED if not word.isascii())
"""The signs that Chinese names of zones begin with."""
_LONGEST_HAN = max(len(word) for word in NAMED if not word.isascii())
_LENGTHS = {
    sign: sorted({len(word) for word in NAMED if word[0] == sign and 1 < len(word) <= _LONGEST_HAN}, reverse=True)
    for sign in {word[0] for word in NAMED}
}
"""The lengths of the names that begin with a sign and may stand in Chinese text, longest first."""


def zone_word(word: str) -> str | None:
    """The IANA name that an English word or two stand for, or None.

    >>> zone_word("new york"), zone_word("monday")
    ('America/New_York', None)
    """
    return NAMED.get(word.replace(" ", ""))


def han_zone(folded: str, place: int) -> tuple[str, int] | None:
    """The IANA name and the length of a Chinese place name that stands at `place`, or None."""
    for length in _LENGTHS.get(folded[place : place + 1], ()):
        zone = NAMED.get(folded[place : place + length])
        if zone and place + length <= len(folded):
            return zone, length
    return None


def offset_zone(hours: int) -> str:
    """The IANA name of a whole-hour offset from UTC; its sign is turned round there (tz database, `etcetera`).

    >>> offset_zone(8)
    'Etc/GMT-8'
    """
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of an IANA name in any case, or None where there is none."""
    for spelling in (name, "/".join("_".join(w.capitalize() for w in part.split("_")) for part in name.split("/"))):
        try:
            return ZoneInfo(spelling)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
