"""DingTalk's time, by the Date of its replies: how far the host's clock is from it, and which of the two to go by."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

import structlog

log = structlog.get_logger(__name__)

SKEWED_FROM = 60.0
"""Seconds from which on the host's clock is taken to be wrong."""
_SAMPLES = 9
_EVERY = 1.0
"""Seconds between two replies whose Date is looked at."""
_AGREE = 5.0
"""Seconds by which honest samples differ at most: a Date is whole seconds, and a reply may be slow."""


class Clock:
    """The present time. Calling it gives the host's, or DingTalk's where the two are a minute or more apart.

    What DingTalk said is kept against the monotonic clock, so that a step of the host's shows at once.
    """

    def __init__(
        self, *, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._samples: deque[float] = deque(maxlen=_SAMPLES)
        self._ahead: float | None = None  # of DingTalk's time to the monotonic clock
        self._said = self._heard_at = float("-inf")
        self._skewed = False

    def __call__(self) -> datetime:
        """The time to go by, in UTC."""
        skew = self.skew
        now = datetime.fromtimestamp(self._wall(), UTC)
        return now if skew is None or abs(skew) < SKEWED_FROM else now - timedelta(seconds=skew)

    @property
    def skew(self) -> float | None:
        """Seconds by which the host's clock is ahead of DingTalk's; None before a reply with a Date."""
        return None if self._ahead is None else self._wall() - self._monotonic() - self._ahead

    def heard(self, date: str | None, *, seconds: float) -> None:
        """A reply with that Date has come, so many seconds after its request was sent."""
        now = self._monotonic()
        if date is None or now - self._heard_at < _EVERY or seconds > _AGREE:
            return
        try:
            said = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        stands = said == self._said and now - self._heard_at > _AGREE
        self._heard_at, self._said = now, said
        if stands:  # it is written down somewhere, and no clock
            self._samples.clear()
            self._ahead = None
            return
        self._take(said + 0.5 - (now - seconds / 2))
        self._tell()

    def _take(self, ahead: float) -> None:
        """One sample. The monotonic clock may stand still while a machine sleeps: two that agree begin anew."""
        last = self._samples[-1] if self._samples else ahead
        self._samples.append(ahead)
        if abs(ahead - last) < _AGREE < abs(ahead - median(self._samples)):
            self._samples = deque((last, ahead), maxlen=_SAMPLES)
        self._ahead = median(self._samples)

    def _tell(self) -> None:
        skew = self.skew or 0.0
        skewed = abs(skew) >= SKEWED_FROM
        if skewed and not self._skewed:
            log.warning("clock_skewed", seconds=round(skew), way_out="set the host's clock, by NTP")
        elif self._skewed and not skewed:
            log.info("clock_right_again", seconds=round(skew))
        self._skewed = skewed


class GivenClock(Clock):
    """A clock that was given to the bot, as a test or the playground does: nothing is measured against it."""

    def __init__(self, given: Callable[[], datetime]) -> None:
        super().__init__(wall=lambda: given().timestamp())

    def heard(self, date: str | None, *, seconds: float) -> None:
        """A reply has come; what it says of the time counts for nothing."""
