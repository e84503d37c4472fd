"""How long to wait before the next connection: the first time hardly, then twice as long each time, never in step."""

from dataclasses import dataclass

from bot.dingtalk.jitter import jitter


@dataclass(slots=True)
class Backoff:
    """Waits in seconds: up to `first`, then about `start`, doubling up to `cap`, each between a half and the whole."""

    first: float = 0.3
    start: float = 1.0
    cap: float = 30.0
    failures: int = 0

    def next(self) -> float:
        """The wait before the next try; each call counts as one more failure."""
        self.failures += 1
        longest = self.first if self.failures == 1 else min(self.start * 2 ** min(self.failures - 2, 30), self.cap)
        return jitter(longest / 2, longest)

    def reset(self) -> None:
        """A connection has proved to be good."""
        self.failures = 0
