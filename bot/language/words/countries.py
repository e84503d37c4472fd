"""Words for countries, where somebody's holidays are spoken of: CLDR's names, short ones, and 德国 as German."""

from __future__ import annotations

import unicodedata

from bot.model.country_names import COUNTRIES

_SHORT = {
    "AE": "阿联酋 uae emirati",
    "AT": "austrian",
    "AU": "澳洲 australian",
    "BE": "belgian",
    "BR": "brazilian",
    "CA": "canadian",
    "CH": "swiss",
    "CN": "大陆 内地 中国大陆 国内 mainland mainland_china chinese prc",
    "CZ": "czech czech_republic 捷克共和国",
    "DE": "german",
    "DK": "danish",
    "EG": "egyptian",
    "ES": "spanish",
    "FI": "finnish",
    "FR": "french",
    "GB": "uk british britain great_britain england english",
    "GR": "greek",
    "HK": "香港 hong_kong hk",
    "HU": "hungarian",
    "ID": "印尼 indonesian",
    "IE": "irish",
    "IL": "israeli",
    "IN": "indian",
    "IT": "italian",
    "JP": "japanese",
    "KR": "南韩 korea korean south_korean",
    "LK": "sri_lankan",
    "MO": "澳门 macau macao",
    "MX": "mexican",
    "MY": "大马 malaysian",
    "NL": "dutch holland the_netherlands",
    "NO": "norwegian",
    "NZ": "kiwi",
    "PH": "the_philippines philippine filipino",
    "PK": "pakistani",
    "PL": "polish",
    "PT": "portuguese",
    "RU": "russian",
    "SA": "沙特 saudi",
    "SE": "swedish",
    "SG": "singaporean",
    "TH": "thai",
    "TR": "turkey turkish",
    "TW": "taiwanese",
    "UA": "ukrainian",
    "US": "usa america american u.s. the_us the_usa the_states",
    "VN": "vietnamese",
    "ZA": "south_african",
}

_COMPANY = (
    "公司 公司统一 我们公司 单位 组织 大家 默认",
    "company office organisation organization firm everyone everybody team default usual",
)


def _folded(name: str) -> str:
    """A name without accents, as many type it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def _words() -> dict[str, str]:
    spelt = {name.lower().replace("’", "'"): code for code, names in COUNTRIES.items() for name in names}
    named = spelt | {_folded(name): code for name, code in spelt.items()}
    named |= {name.replace("&", "and"): code for name, code in named.items()}
    short = {word.replace("_", " "): code for code, words in _SHORT.items() for word in words.split()}
    codes = {"us": "US", "gb": "GB"}
    return named | short | codes


CODES = _words()
"""A country as it is written -> its ISO 3166 code."""
COMPANY = frozenset(word for words in _COMPANY for word in words.split())
"""What the organisation is called whose holidays everybody has."""
