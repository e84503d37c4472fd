"""Every kind of card in one language: a situation that asks for each of them, played once on a stage of its own."""

from __future__ import annotations

import asyncio

from bot.emulator import Card, Conversation
from bot.playground.feed import JsonObject, shown_card, shown_message
from bot.playground.running import FOLDER, Running
from bot.playground.situations import read_situation
from bot.playground.steps import Player


class Gallery:
    """Plays each language when it is first asked for, and keeps what came."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._playing: dict[str, asyncio.Task[list[JsonObject]]] = {}

    async def cards(self, language: str) -> list[JsonObject]:
        """The cards by name, in the order of the situation. Raises StepError where one does not come."""
        if language not in self._playing:
            self._playing[language] = asyncio.create_task(self._play(language), name=f"gallery {language}")
        return await asyncio.shield(self._playing[language])

    async def close(self) -> None:
        """Stop what is being played."""
        for task in self._playing.values():
            task.cancel()
        await asyncio.gather(*self._playing.values(), return_exceptions=True)

    async def _play(self, language: str) -> list[JsonObject]:
        situation = read_situation(FOLDER / "gallery" / f"{language}.yaml")
        found: list[JsonObject] = []
        async with self._running.other(situation) as stage:
            await stage.names_known()
            player = Player(stage, situation.steps)
            while not player.over:
                step = await player.step()
                newest = player.newest()
                if step.show is None or newest is None or player.actor is None:
                    continue
                chat = newest.conversation
                viewer = player.actor if not isinstance(chat, Conversation) or chat.has_member(player.actor) else None
                entry = (
                    shown_card(newest, viewer or player.actor) if isinstance(newest, Card) else shown_message(newest)
                )
                found.append({"name": step.show, "asked": step.say or "", **entry, "key": f"gallery-{len(found)}"})
        return found
