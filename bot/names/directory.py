"""The names of a directory with their pinyin, for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.language import KnownNames
from bot.names.pinyin import read


@lru_cache(maxsize=8)
def index(names: tuple[str, ...]) -> KnownNames:
    """The names with every way to type them; loads the library of pinyin, for commands and not for the server."""
    return KnownNames(names, read(signs_in(names)))


def signs_in(names: Iterable[str]) -> set[str]:
    """The Chinese signs of names, whose readings pinyin is made of."""
    return {sign for name in names for sign in name if not sign.isascii()}
