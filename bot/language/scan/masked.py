"""What of a text is no part of the message: links, mail addresses, quotes, robots that are spoken to."""

from __future__ import annotations

import re

from bot.language.words.robots import ROBOT
from bot.language.words.zones import ABBREVIATIONS

_LINK = (
    r"(?:https?://|www\.)[!-~]+(?:(?<=/)[^\s!-~]+[!-~]*)*|(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}+@[a-z0-9-]{1,63}+(?:\.[a-z0-9-]{1,63}+){1,8}"
    r"|(?<![a-z0-9_.-])[a-z][a-z0-9_-]{0,62}+(?:\.[a-z0-9_-]{1,63}+){0,4}?\.(?:com|cn|net|org|io|dev)\b(?:/[!-~]*)?"
)
_QUOTED_LINE = r"(?m:^[ \t]*[>＞].*$)"
_REPLIED_TO = r"「[^」]{0,400}」[ \t]*\n[ \t]*[-—–_=─]{3,}"
_PASTED = (
    r"(?m:^[^\s\d]{1,16}[ \t]+(?:\d{1,4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ \t]+)?\d{1,2}[:：]\d{2}(?::\d{2})?[ \t]*\n)"
    r"(?:.+\n)+(?=[ \t]*\n)"
)
"""A line with who said it and when, what they said, and an empty line."""
_EMOTICON = (
    r"\[[\u4e00-\u9fffA-Za-z]{1,5}\]"
    r"|(?<![\w])(?:[:;=][-^'o]?[)(DPpOo3/|*\]\[]+|[xX]D+|[Tt]_+[Tt]|[Qq][Aa][Qq]|\^_*\^|>_+<|-_+-|\\o/|<3)(?![\w])"
    r"|¯\\?_?\([^()]{1,8}\)_?/?¯"
    r"|\([^()]{0,20}[^\x00-\x7f\u4e00-\u9fff\uff00-\uffef][^()]{0,20}\)[^\s\x00-\x7f\u4e00-\u9fff]*"
    r"|(?<!\d)(?:23{3,}|6{3,}|8{3,})(?![\d点号:：.])"
)
"""Emoticons of letters and signs, DingTalk's names in brackets, and laughter in digits."""
_MASKED = re.compile("|".join((_REPLIED_TO, _QUOTED_LINE, _PASTED, _LINK, _EMOTICON, ROBOT)), re.IGNORECASE)
_HINTS = re.compile(r"[@>＞「\[(:;=^_\\]|<3|www\.|\.(?:com|cn|net|org|io|dev)|xd|2333|666|888")
"""One of these stands in whatever is masked."""


def masked(text: str) -> str:
    """The text with blanks in place of what is no part of it, at equal length.

    >>> masked("去看 https://a.example/2026/12/10 周二有空吗").split()
    ['去看', '周二有空吗']
    """
    if not _HINTS.search(text.lower()):
        return text
    return _MASKED.sub(_blanks, text)


def _blanks(found: re.Match[str]) -> str:
    """Blanks as long as what was found; [PST] is a zone and no emoticon."""
    zoned = found[0][:1] == "[" and found[0][1:-1].lower() in ABBREVIATIONS
    return found[0] if zoned else " " * len(found[0])
