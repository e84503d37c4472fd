"""Counting in a rolling second: the peak that was reached, and whether one more call is let in."""

from collections import defaultdict, deque


class RollingCount:
    """How many calls of each key arrived, and were let in, during the last `window` seconds."""

    def __init__(self, window: float = 1.0) -> None:
        self._window = window
        self._arrived: defaultdict[str, deque[float]] = defaultdict(deque)
        self._admitted: defaultdict[str, deque[float]] = defaultdict(deque)
        self.peaks: defaultdict[str, int] = defaultdict(int)

    def arrive(self, key: str, at: float) -> None:
        """Count an arrival, let in or not, for the peak."""
        self._count(self._arrived[key], at)
        self.peaks[key] = max(self.peaks[key], len(self._arrived[key]))

    def admit(self, key: str, at: float, limit: int | None) -> bool:
        """True, and counted, while fewer than `limit` calls were let in during the window before `at`."""
        if limit is None:
            return True
        times = self._admitted[key]
        self._forget(times, at)
        if len(times) >= limit:
            return False
        times.append(at)
        return True

    def _count(self, times: deque[float], at: float) -> None:
        self._forget(times, at)
        times.append(at)

    def _forget(self, times: deque[float], at: float) -> None:
        while times and times[0] <= at - self._window:
            times.popleft()
