"""Writes bot/model/country_names.py from CLDR, as Babel packs it: `make country-names`."""

from __future__ import annotations

import re
from pathlib import Path

import babel
from babel import Locale

TABLE = Path(__file__).parents[1] / "bot/model/country_names.py"
_HEAD = '''"""What CLDR calls countries, in Chinese and English: `make country-names` writes this, nobody by hand.

From Babel {babel}. Source: the Unicode Common Locale Data Repository. Copyright © 1991-2026 Unicode, Inc., under the
Unicode License v3 (https://www.unicode.org/license.txt; SPDX: Unicode-3.0).
"""

VERSION = "{babel}"
"""Of Babel."""

COUNTRIES = {{
'''
_LONGER = re.compile(r"特别行政区| SAR China|(?<!刚果)[（(].*[）)]")
_NONE = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))
"""Codes that stand for no country."""


def table() -> str:
    """The text of the table."""
    zh, en = Locale("zh").territories, Locale("en").territories
    codes = sorted(code for code in en if re.fullmatch("[A-Z]{2}", code) and code in zh and code not in _NONE)
    lines = [f'    "{code}": ("{_short(zh[code])}", "{_short(en[code])}"),\n' for code in codes]
    return "".join((_HEAD.format(babel=babel.__version__), *lines, "}\n", f'"""{_DOC}"""\n'))


_DOC = "ISO 3166 code -> the Chinese and the English name."


def _short(name: str) -> str:
    return _LONGER.sub("", name).strip()


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf8")
