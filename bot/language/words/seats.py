"""How many people a room is to seat: 能坐8个人的, 6人会议室, for 8 people, a room that seats ten."""

from __future__ import annotations

import re

NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_ZH = r"(?P<{}>[0-9]{{1,3}}|[一二两三四五六七八九十百]{{1,4}})"
_EN = r"(?P<{}>[0-9]{{1,3}}|" + "|".join(NUMBERS) + r")"
_ROOM_ZH = r"(?:会议室|会议厅|洽谈室|讨论室)"
_NO_TIME = r"(?!\s?(?:[:：点時时.]|am\b|pm\b|[ap]\.m|o'clock|min|hours?\b|hrs?\b|h\b|days?\b|weeks?\b|月|号|日))"
ROOMS = re.compile(rf"{_ROOM_ZH}|房间|厅|\brooms?\b|\bboardroom\b", re.IGNORECASE)
SEATS = (
    re.compile(
        r"[，,、 ]{0,3}(?:而且|并且)?(?:需要|最好|至少|要|得)?能?够?(?:坐得下|坐下|坐|容纳得下|容纳|装得下|装下|装)"
        rf"\s?(?:至少|大约|大概)?\s?{_ZH.format('seating')}\s?(?:个|位|名)?人?(?:以上|左右)?的?"
    ),
    re.compile(rf"{_ZH.format('sized')}\s?(?:个|位)?[人座](?:以上|左右)?用?的?(?=\s?[大小]?{_ROOM_ZH})"),
    re.compile(rf"(?<={_ROOM_ZH})[，, ]{{0,2}}{_ZH.format('behind')}\s?(?:个|位)?人(?:以上|左右|用)?{_NO_TIME}"),
    re.compile(
        r"[, ]{0,3}\b(?:(?:that|which|can|to|big enough for|large enough for)\s{1,2}){0,2}"
        r"(?:seats?|fits?|holds?|seating|accommodates?|big enough for|large enough for)\s{1,2}"
        rf"(?:at least\s|about\s|up to\s)?{_EN.format('seats')}\b"
        rf"(?:\s{{1,2}}(?:people|persons|ppl|or more|of us))?{_NO_TIME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_EN.format('person')}[- ](?:person|people|seater|seat)\b(?=[^.?!\n]{{0,24}}\broom)", re.IGNORECASE
    ),
    re.compile(
        rf"(?:(?<=\broom)|(?<=\brooms))\s{{1,2}}for\s{{1,2}}(?:at least\s)?{_EN.format('room')}\b"
        rf"(?:\s{{1,2}}(?:people|persons|ppl))?{_NO_TIME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"[, ]{{0,3}}\bfor\s{{1,2}}(?:about\s)?{_EN.format('people')}\s{{1,2}}(?:people|persons|ppl)\b", re.IGNORECASE
    ),
)
"""Each takes its words out of the text as a whole; behind a number stands no unit of time."""
