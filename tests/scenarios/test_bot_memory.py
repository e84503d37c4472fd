"""What was answered leaves nothing behind in memory."""

from __future__ import annotations

import psutil
import pytest
from scenario import ACK_WINDOW, ASK, MONDAY, until

from bot.emulator import Emulator

ROUND = 300
"""Messages, each of somebody else in a chat of their own, so that nothing of one serves another."""
PER_MESSAGE = 10_000
"""Bytes that one may leave: more than the name of whoever asked, less than a question, a card or a task."""


@pytest.mark.timeout(300)
async def test_memory_does_not_grow_with_the_messages_that_were_answered(launch):
    async with Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW, calls_per_second=None) as dingtalk:
        bob = dingtalk.person("bob", name="李博")
        process = await launch(at=dingtalk, server={"port": None})

        async def talk(first: int) -> int:
            groups = []
            for number in range(first, first + ROUND):
                asker = dingtalk.person(f"asker-{number}", name=f"同事{number}")
                groups.append(dingtalk.group(f"G{number}", [asker, bob]))
                await asker.says(ASK, at=[bob], to=groups[-1], created_at=MONDAY)
                await until(lambda: sum(not group.cards for group in groups[-40:]) < 20, timeout=120)
            await until(lambda: all(group.cards for group in groups), timeout=120)
            return psutil.Process(process.pid).memory_info().rss

        await talk(0)
        before = await talk(ROUND)
        after = await talk(2 * ROUND)
        assert after - before < ROUND * PER_MESSAGE
