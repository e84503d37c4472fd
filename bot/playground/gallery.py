"""Every kind of card in one language: situations that ask for each of them, played once on stages of their own."""

from __future__ import annotations

import asyncio
from itertools import chain

from bot.emulator import Card
from bot.playground.feed import JsonObject, shown_card, shown_message
from bot.playground.running import FOLDER, Running
from bot.playground.situations import Situation, read_situation
from bot.playground.steps import Player, StepError


class Gallery:
    """Plays each language when it is first asked for, and keeps what came."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._playing: dict[str, asyncio.Task[list[JsonObject]]] = {}

    async def cards(self, language: str) -> list[JsonObject]:
        """The cards by name, in the order of the situations. Raises StepError where one does not come."""
        if language not in self._playing:
            self._playing[language] = asyncio.create_task(self._play(language), name=f"gallery {language}")
        return await asyncio.shield(self._playing[language])

    async def close(self) -> None:
        """Stop what is being played."""
        for task in self._playing.values():
            task.cancel()
        await asyncio.gather(*self._playing.values(), return_exceptions=True)

    async def _play(self, language: str) -> list[JsonObject]:
        parts = await asyncio.gather(*(self._shown(each) for each in gallery(language)))
        return [{**card, "key": f"gallery-{at}"} for at, card in enumerate(chain(*parts))]

    async def _shown(self, situation: Situation) -> list[JsonObject]:
        """The cards of one situation; `reply` is what kind of answer each is, "" for a text."""
        found: list[JsonObject] = []
        async with self._running.other(situation) as stage:
            await stage.names_known()
            player = Player(stage, situation.steps)
            while not player.over:
                step = await player.step()
                if step.show is not None:
                    found.append({"name": step.show, "asked": step.say or "", **_newest(player)})
        return found


def gallery(language: str) -> list[Situation]:
    """The situations whose steps show every card."""
    return [read_situation(path) for path in sorted((FOLDER / "gallery").glob(f"*.{language}.yaml"))]


def _newest(player: Player) -> JsonObject:
    """What the last step brought, as whoever it is for sees it. Raises StepError where there is nothing."""
    newest, viewer = player.newest(), player.actor
    if newest is None or viewer is None:
        raise StepError(f"step {player.at}: found nothing to show, expected a card or a message")
    if not isinstance(newest, Card):
        return {**shown_message(newest), "reply": ""}
    reply = player.stage.recorder.last_reply(newest.out_track_id)
    return {**shown_card(newest, viewer), "reply": type(reply).__name__ if reply else ""}
