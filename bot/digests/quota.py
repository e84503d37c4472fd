"""Whether the month's calls are spent: then digests stop, and what may come back goes to people's questions."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.dingtalk.http import CallRecord

TRY_AFTER = timedelta(minutes=10)


class Quota:
    """Hears of every call. `gone` is set from DingTalk's quota error until a call that counts succeeds again."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self._tried: datetime | None = None

    def hear(self, call: CallRecord) -> None:
        """A call that was made, whoever made it."""
        if call.outcome == "quota":
            self.gone.set()
        elif call.counted and call.outcome == "ok":
            self.gone.clear()
            self._tried = None

    def allows(self, now: datetime) -> int | None:
        """How many digests may be begun: None for any number; without quota one in ten minutes, to try, else none."""
        if not self.gone.is_set():
            return None
        if self._tried is None:  # the call that was refused was the first try
            self._tried = now
            return 0
        if now < self._tried + TRY_AFTER:
            return 0
        self._tried = now
        return 1
