"""How Chinese signs are read: every reading of each, without tones, as they are typed (lv, lu and lyu for 吕).

The library that knows them costs 15 MB, so a server asks a process of its own, once in the life of a sign:
`python -m bot.names.pinyin` reads signs and prints {"曾": ["ceng", "zeng"], …}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable


def read(signs: Iterable[str]) -> dict[str, list[str]]:
    """Each sign with its readings, which are none where it is not Chinese."""
    os.environ["PYPINYIN_NO_PHRASES"] = "1"  # words matter to texts, not to names
    from pypinyin import Style, pinyin

    return {
        sign: [
            spelt for found in pinyin(sign, Style.NORMAL, heteronym=True, errors="ignore") for spelt in _typed(found)
        ]
        for sign in signs
    }


def _typed(readings: Iterable[str]) -> list[str]:
    """Every way to type some readings: ü is v on keyboards, u or yu in passports."""
    return list(dict.fromkeys(r.replace("v", vowel) for r in readings for vowel in ("v", "u", "yu")))


if __name__ == "__main__":
    json.dump(read(sys.stdin.buffer.read().decode()), sys.stdout)
