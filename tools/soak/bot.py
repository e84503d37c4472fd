"""The bot on a clock that jumps: `python -m tools.soak.bot CLOCK CONFIG`, where the file CLOCK holds seconds to add."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def step_with(path: Path) -> None:
    """Adds what the file holds to the wall clock of this process; its monotonic clock goes on as ever."""
    real, seen = time.time, [0.0, 0.0]

    def stepped() -> float:
        now = time.monotonic()
        if now - seen[0] > 0.2:
            seen[:] = [now, float(path.read_text() or 0)]
        return real() + seen[1]

    time.time = stepped


if __name__ == "__main__":
    step_with(Path(sys.argv[1]))  # before the bot is imported, so that it knows no other
    from bot.cli import main

    main(["-v", "run", "-c", sys.argv[2]], prog_name="youkong")
