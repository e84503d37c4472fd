"""Which endpoint answers which method and path; ids in a path are percent-decoded after the match."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from bot.emulator.wire import Asked, JsonObject, Raw
from bot.emulator.world import World

Answer = Callable[[World, Asked], JsonObject | Raw]
Door = Literal["api", "oapi", "open"]
Caller = Literal["app", "user", "either"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint: its name in the ledger, and which checks stand before it.

    `door`: "api" wants the token in a header, "oapi" in the query, "open" wants none. `caller`: whose token that is.
    `exempt`: does not count against the monthly quota. `limited`: is throttled per second.
    """

    api: str
    method: str
    path: str
    answer: Answer
    door: Door = "api"
    scope: str = ""
    exempt: bool = False
    limited: bool = True
    caller: Caller = "app"


class Routes:
    """All endpoints; paths without ids are found in a table, the others by pattern."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._fixed: dict[tuple[str, str], Endpoint] = {}
        self._patterns: list[tuple[str, re.Pattern[str], Endpoint]] = []
        for each in endpoints:
            if "{" in each.path:
                pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", each.path.replace(".", r"\."))
                self._patterns.append((each.method, re.compile(pattern), each))
            else:
                self._fixed[each.method, each.path] = each

    def find(self, method: str, raw_path: str) -> tuple[Endpoint, dict[str, str]] | None:
        """The endpoint and the decoded ids of the path, or None when there is no such endpoint."""
        fixed = self._fixed.get((method, raw_path))
        if fixed is not None:
            return fixed, {}
        for wanted, pattern, endpoint in self._patterns:
            match = pattern.fullmatch(raw_path) if wanted == method else None
            if match:
                return endpoint, {name: unquote(value) for name, value in match.groupdict().items()}
        return None
