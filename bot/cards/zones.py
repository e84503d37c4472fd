"""What people call a time zone."""

from __future__ import annotations

from bot.model.requests import Language

_CITIES = {
    "Asia/Shanghai": ("北京", "Beijing"),
    "Asia/Hong_Kong": ("香港", "Hong Kong"),
    "Asia/Taipei": ("台北", "Taipei"),
    "Asia/Tokyo": ("东京", "Tokyo"),
    "Asia/Seoul": ("首尔", "Seoul"),
    "Asia/Singapore": ("新加坡", "Singapore"),
    "Asia/Kolkata": ("印度", "India"),
    "Asia/Dubai": ("迪拜", "Dubai"),
    "Asia/Bangkok": ("曼谷", "Bangkok"),
    "Asia/Ho_Chi_Minh": ("胡志明市", "Ho Chi Minh City"),
    "Asia/Jakarta": ("雅加达", "Jakarta"),
    "Australia/Sydney": ("悉尼", "Sydney"),
    "Europe/London": ("伦敦", "London"),
    "Europe/Paris": ("巴黎", "Paris"),
    "Europe/Berlin": ("柏林", "Berlin"),
    "Europe/Moscow": ("莫斯科", "Moscow"),
    "America/New_York": ("纽约", "New York"),
    "America/Chicago": ("芝加哥", "Chicago"),
    "America/Los_Angeles": ("洛杉矶", "Los Angeles"),
    "America/Toronto": ("多伦多", "Toronto"),
    "America/Sao_Paulo": ("圣保罗", "São Paulo"),
}
KNOWN_ZONES = tuple(_CITIES)
"""Those with a Chinese name."""


def city_name(zone: str, language: Language) -> str:
    """柏林 · Berlin, where a zone stands for itself."""
    chinese = language is Language.ZH and zone in _CITIES
    return _CITIES[zone][0] if chinese else zone_name(zone, Language.EN)


def zone_name(zone: str, language: Language) -> str:
    """北京时间 · Beijing; a zone without a name of its own by its city, UTC and what lies beside it by their hours.

    >>> zone_name("Etc/GMT-9", Language.EN)
    'UTC+9'
    >>> zone_name("+05:30", Language.ZH)
    'UTC+5:30'
    """
    if zone[:1] in ("+", "-"):
        return f"UTC{zone[0]}{int(zone[1:3])}{zone[3:].removesuffix(':00')}"
    if zone.startswith("Etc/GMT") and zone[7:8] in "+-":  # whose sign is turned round (tz database, `etcetera`)
        return f"UTC{'+' if zone[7] == '-' else '-'}{zone[8:]}"
    chinese, english = _CITIES.get(zone) or (zone.rpartition("/")[2].replace("_", " "),) * 2
    if language is Language.EN:
        return english
    return f"{chinese}时间" if zone in _CITIES else f"{chinese} 时间"
