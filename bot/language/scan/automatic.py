"""Tells the order that sets the language of a chat back to that of each question."""

from __future__ import annotations

from bot.language.scan.text import Text
from bot.language.words.settings import AUTO, AUTOMATIC, LANGUAGE


def is_automatic_language(text: Text) -> bool:
    """True for 语言自动, language: auto."""
    if not any(word in text.folded for word in AUTO):
        return False
    joined = "".join(text.folded.replace(":", " ").split())
    about = joined.startswith(LANGUAGE)
    for word in LANGUAGE:
        joined = joined.removeprefix(word)
    return about and joined in AUTOMATIC
