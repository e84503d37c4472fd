"""How often something that repeats is held, and that it is each week on no named day."""

from __future__ import annotations

import re

_ZH = r"(?P<{}>[0-9]{{1,4}}|[一二两三四五六七八九十百]{{1,5}})"
_EN = r"(?P<{}>[0-9]{{1,4}})"
REPEATS = re.compile(r"每|隔[周天日月]|\b(?:every|weekly|biweekly|fortnight|daily|monthly)", re.IGNORECASE)
TIMES = re.compile(
    r"[，,、 ]{0,3}(?:一共|总共|连续|共)?\s{0,3}" + _ZH.format("zh") + r"\s{0,3}次(?!日)"
    r"|[, ]{0,3}\b(?:for\s{1,3})?" + _EN.format("en") + r"\s{1,3}(?:times|occurrences)\b",
    re.IGNORECASE,
)
WEEKS = re.compile(
    r"[，,、 ]{0,3}(?:持续|连续|一共|总共|共)\s{0,3}" + _ZH.format("zh") + r"\s{0,3}(?:周|个星期|个礼拜)"
    r"|[, ]{0,3}\bfor\s{1,3}" + _EN.format("en") + r"\s{1,3}weeks\b",
    re.IGNORECASE,
)
WEEKLY = re.compile(
    r"每个?(?:周|星期|礼拜)(?![一二三四五六日天末、])|\b(?:weekly|every week|each week)\b", re.IGNORECASE
)
STEADY = frozenset(("fixed", "regular", "recurring", "steady", "固定"))
"""What is no title of a meeting that is sought for each week."""
TEN, HUNDRED = "十", "百"
DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
