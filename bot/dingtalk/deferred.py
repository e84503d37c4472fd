"""Modules that are imported once somebody uses them: what the SDK imports and this bot never calls."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def defer(name: str) -> None:
    """Puts a module in place whose first attribute asked for imports the real one; nothing where that is imported.

    The lazy loader of the standard library does not do: before Python 3.12 a second import of the name loads it.
    """
    if name in sys.modules:
        return
    standing_in = ModuleType(name)

    def load(attribute: str) -> Any:
        if attribute.startswith("__") and attribute != "__path__":  # what a plain import looks for
            raise AttributeError(attribute)
        if sys.modules.get(name) is standing_in:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    standing_in.__getattr__ = load  # type: ignore[method-assign] # PEP 562
    sys.modules[name] = standing_in
