"""The stage that is being played and what becomes of it: another situation, a tour, the gallery."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.config import Config
from bot.errors import ConfigError
from bot.playground.company import sample_company
from bot.playground.founding import Founder
from bot.playground.situations import Situation, read_situation
from bot.playground.stage import TIMING, Stage, moved_to
from bot.playground.steps import Player
from bot.timing import Timing

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
FARTHEST = timedelta(days=14)
"""The sample's calendars reach so far ahead; a clock that is set farther begins anew there."""


class Running:
    """Holds one stage at a time. `generation` counts them, so that a page knows when it looks at another."""

    def __init__(
        self,
        *,
        config: Config | None = None,
        sample: Founder = sample_company,
        timing: Timing = TIMING,
        ack_window: float = 2.0,
    ) -> None:
        self.generation = 0
        self.player: Player | None = None
        self.stage: Stage
        self._config = config
        self._sample = sample
        self._pace = (timing, ack_window)
        self._turn = asyncio.Lock()
        self._opened: Stage | None = None

    async def load(self, situation: Situation) -> None:
        """Play another situation in the place of this one, from its beginning. Raises YoukongError and ValueError."""
        async with self._turn:
            stage = self._stage(situation, self._config, self._sample)
            await stage.__aenter__()  # where this raises, what is played goes on
            before, self._opened = self._opened, stage
            self.stage = stage
            self.player = Player(stage, situation.steps) if situation.steps else None
            self.generation += 1
            if before is not None:
                await _closed(before)

    async def close(self) -> None:
        """Stop what is played."""
        async with self._turn:
            if self._opened is not None:
                opened, self._opened = self._opened, None
                await _closed(opened)

    async def set_clock(self, at: datetime) -> bool:
        """Set the stage's clock; True where that begins anew, with empty chats: in the past, or weeks ahead."""
        now = self.stage.clock()
        if now <= at <= now + FARTHEST:
            await self.stage.set_clock(at)
            self.stage.feed.tell("clock")
            return False
        await self.load(moved_to(self.stage.situation, at))
        return True

    def other(self, situation: Situation) -> Stage:
        """Another stage beside this one, not started."""
        return self._stage(situation, None, sample_company)

    def _stage(self, situation: Situation, config: Config | None, sample: Founder) -> Stage:
        timing, ack_window = self._pace
        return Stage(situation, config=config, sample=sample, timing=timing, ack_window=ack_window)


async def _closed(stage: Stage) -> None:
    stage.feed.close()  # whoever listens asks again, and finds the other one
    await stage.__aexit__()


@cache
def tours() -> tuple[tuple[str, dict[str, Situation]], ...]:
    """The tours in order, each under its name in both languages."""
    names = dict.fromkeys(path.name.split(".")[0] for path in sorted((FOLDER / "tours").glob("*.yaml")))
    return tuple((name.partition("_")[2], {each: tour(name, each) for each in LANGUAGES}) for name in names)


def tour(name: str, language: str) -> Situation:
    """One tour by its name, with or without the number before it. Raises ConfigError for one that is not there."""
    found = [path for path in (FOLDER / "tours").glob(f"*.{language}.yaml") if _is_called(path, name)]
    if not found:
        raise ConfigError(f"found no tour {name!r} in {language!r}", source="tours")
    return read_situation(found[0])


def _is_called(path: Path, name: str) -> bool:
    stem = path.name.split(".")[0]
    return name in (stem, stem.partition("_")[2])
