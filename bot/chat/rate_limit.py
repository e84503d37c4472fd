"""Somebody who asks without end is told so once and then left alone for a while; nobody else notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from bot.chat.frames.mention import Mention
from bot.model.people import MsgId

_MINUTE = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000


class Flow(Enum):
    """What becomes of a message."""

    ANSWER = "answer"
    TELL = "tell"  # that there were too many
    LEAVE = "leave"


@dataclass(slots=True)
class _Minute:
    since: datetime
    taken: dict[MsgId, Flow] = field(default_factory=dict)


class RateLimit:
    """At most `per_minute` questions of one person are answered, counted from the first of them.

    Each process counts by itself: the aim is to spare the month's calls and everybody else's time, not to be exact.
    """

    def __init__(self, *, per_minute: int) -> None:
        self._per_minute = per_minute
        self._minutes: dict[str, _Minute] = {}

    def judge(self, mention: Mention, *, now: datetime) -> Flow:
        """What becomes of a message; the same for one that is delivered again."""
        minute = self._minute_of(mention.sender or mention.conversation_id, now)
        seen = minute.taken.get(mention.msg_id)
        if seen is not None:
            return seen
        if len(minute.taken) > self._per_minute:
            return Flow.LEAVE
        flow = Flow.TELL if len(minute.taken) == self._per_minute else Flow.ANSWER
        minute.taken[mention.msg_id] = flow
        return flow

    def _minute_of(self, who: str, now: datetime) -> _Minute:
        minute = self._minutes.get(who)
        if minute is None or now - minute.since >= _MINUTE:
            if len(self._minutes) >= _MOST_REMEMBERED:
                self._minutes = {one: each for one, each in self._minutes.items() if now - each.since < _MINUTE}
            minute = self._minutes[who] = _Minute(now)
        return minute
