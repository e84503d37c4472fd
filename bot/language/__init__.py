"""Text -> Request, Chinese and English. Deterministic and pure: `now` is an argument."""

from bot.language.accounted import Word, words_of
from bot.language.followups import apply_change
from bot.language.pipeline import parse
from bot.language.resolve.alternatives import is_worth_offering
from bot.language.rows import answer_line, as_row
from bot.language.scan.known_names import KnownNames
from bot.language.scan.text import detect_language

__all__ = [
    "KnownNames",
    "Word",
    "answer_line",
    "apply_change",
    "as_row",
    "detect_language",
    "is_worth_offering",
    "parse",
    "words_of",
]
