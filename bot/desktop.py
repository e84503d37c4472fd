"""Whether this machine can show a page."""

from __future__ import annotations

import os
import sys


def has_desktop() -> bool:
    """False on a server, where a text browser would take the terminal."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
