"""Lines of fields for a terminal, as other programs may read them."""

from __future__ import annotations

_NONE = "-"


def line(*fields: str | None) -> str:
    """Fields parted by tabs, "-" for one that is empty.

    Names as DingTalk keeps them may hold line breaks, and what a terminal would obey: they are left out.
    """
    return "\t".join("".join(sign for sign in field or "" if sign.isprintable()) or _NONE for field in fields)
