"""How each question's own language is set: 语言自动, language auto."""

from __future__ import annotations

LANGUAGE = ("语言", "language")
AUTOMATIC = frozenset(("自动", "auto", "automatic", "automatically"))
AUTO = ("自动", "auto")
"""One of these stands in every form of it."""
