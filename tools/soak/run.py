"""One run: processes, people who ask, faults, and the reckoning."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.emulator import Conversation, Emulator
from tools.soak.company import Company
from tools.soak.ledger import Ledger, Result
from tools.soak.plan import Plan
from tools.soak.process import BotProcess

_UNACKED_AGAIN = 3.0
_ANSWER_WITHIN = 60.0
_DRAINED_WITHIN = 180.0
_WEIGHED_EVERY = 5.0
_STEPS = (0.0, 90.0, -90.0, 1900.0, -1900.0, 3600.0, -3600.0)
_REPLIES = ("fail", "html", "truncate", "drop_reply", "close_connection")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ledger, what was done, and what it cost."""

    ledger: Result
    done: Counter[str]
    memory_growth: float
    stopped_in_order: bool
    seconds: float


class Soak:
    """Two bots on one store; every group has one question in hand at any time, `rate` a second at most in all."""

    def __init__(self, folder: Path, *, seed: int, seconds: float, rate: float, plan: Plan, groups: int = 24) -> None:
        self._rng = random.Random(seed)
        self._folder, self._seconds, self._rate, self._plan, self._groups = folder, seconds, rate, plan, groups
        self._clock = folder / "clock"
        self._clock.write_text("0")
        self._done: Counter[str] = Counter()

    async def run(self) -> Outcome:
        """From the first start to the last ledger."""
        began = time.monotonic()
        emulator = Emulator(redeliver_unacked=_UNACKED_AGAIN, ack_window=30.0, grace=2.0, calls_per_second=None)
        async with emulator:
            self._emulator = emulator
            self._company = Company(emulator, self._rng, groups=self._groups, now=datetime.now(UTC))
            self._ledger = Ledger(self._company)
            self._bots = [self._bot(number) for number in range(2)]
            for bot in self._bots:
                await bot.start()
            await emulator.connected(2, timeout=180)
            await self._under_faults()
            stopped = [await bot.stop() for bot in self._bots]
            ledger = self._ledger.close([str(each) for each in emulator.violations])
        growth = max((grown for bot in self._bots for grown in bot.growth), default=0.0)
        return Outcome(ledger, self._done, growth, stopped == [0, 0], time.monotonic() - began)

    def _bot(self, number: int) -> BotProcess:
        folder = self._folder / f"bot-{number}"
        folder.mkdir()
        dingtalk = {"client_id": self._emulator.client_id, "client_secret": self._emulator.client_secret}
        dingtalk |= {"api_url": self._emulator.url, "oapi_url": self._emulator.url}
        settings = {
            "dingtalk": {**dingtalk, "calls_per_second": 1000, "monthly_calls": 100_000_000},
            "holidays": None,
            "limits": {"questions_per_minute": 1_000_000},
            "store": {"url": f"sqlite:///{self._folder}/youkong.db"},
            "server": {"port": None},
        }
        return BotProcess(folder, settings, self._clock)

    async def _under_faults(self) -> None:
        until = time.monotonic() + self._seconds
        async with asyncio.TaskGroup() as group:
            weighing = group.create_task(self._weigh())
            asking = [group.create_task(self._ask(each, until)) for each in self._company.groups]
            async for name in self._events():
                await self._do(name)
            await asyncio.wait(asking)
            weighing.cancel()
        await self._drained()

    async def _events(self) -> AsyncIterator[str]:
        start = time.monotonic()
        for moment, name in self._plan.events(self._rng, self._seconds * 0.95):
            await asyncio.sleep(max(0.0, start + moment - time.monotonic()))
            yield name

    async def _do(self, name: str) -> None:
        await _FAULTS[name](self)
        self._done[name] += 1

    # Who asks.

    async def _ask(self, group: Conversation, until: float) -> None:
        """One question after the other; the next when the last is answered, or has waited for long enough."""
        pause = self._groups / self._rate
        for window in self._company.windows():
            await asyncio.sleep(pause * self._rng.uniform(0.5, 1.5))
            if time.monotonic() >= until:
                return
            asker, people = self._rng.choice(self._company.people), self._company.three()
            self._ledger.note(group, window, await asker.says(window.asked, to=group, at=people))
            await self._wait(lambda: not self._ledger.open_in(group), _ANSWER_WITHIN)

    async def _drained(self) -> None:
        self._emulator.faults.forget_rules()
        self._clock.write_text("0")
        await self._wait(lambda: not any(map(self._ledger.open_in, self._company.groups)), _DRAINED_WITHIN)
        await asyncio.sleep(2 * _UNACKED_AGAIN)  # in which a second answer would come

    async def _wait(self, fits: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not fits() and time.monotonic() < until:  # noqa: ASYNC110 - what people see has no event
            await asyncio.sleep(0.05)

    async def _weigh(self) -> None:
        while True:
            for bot in self._bots:
                bot.weigh()
            await asyncio.sleep(_WEIGHED_EVERY)

    # What goes wrong.

    async def _disconnect(self) -> None:
        live = [each for each in self._emulator.connections if each.is_open and not each.draining]
        if live:
            await self._emulator.disconnect(connection=self._rng.choice(live), clean=self._rng.random() < 0.5)

    async def _reset(self) -> None:
        await self._emulator.reset()

    async def _half_open(self) -> None:
        live = [each for each in self._emulator.connections if each.is_open and not each.frozen]
        if live:
            self._rng.choice(live).freeze()

    async def _kill(self) -> None:
        bot = self._rng.choice(self._bots)
        bot.kill()
        await bot.ended()
        await bot.start()

    async def _spoil_log(self) -> None:
        bot = next((each for each in self._bots if not each.log_is_dead), None)
        if bot:
            self._rng.choice((bot.stick_log, bot.close_log))()

    async def _step_clock(self) -> None:
        self._clock.write_text(str(self._rng.choice(_STEPS)))

    async def _spoil_replies(self) -> None:
        faults, kind = self._emulator.faults, self._rng.choice(_REPLIES)
        api = self._rng.choice(("querySchedule", "querySchedule", "createAndDeliver"))
        getattr(faults, kind)(api, times=self._rng.randint(1, 6))

    async def _redeliver(self) -> None:
        faults = self._emulator.faults
        if faults.gateway.redelivery:
            faults.gateway.redelivery = None
        else:
            faults.redeliver(0.5, times=2)

    async def _expire_tokens(self) -> None:
        self._emulator.faults.expire_tokens()


_FAULTS: dict[str, Callable[[Soak], Awaitable[None]]] = {
    "disconnects": Soak._disconnect,
    "resets": Soak._reset,
    "half_open": Soak._half_open,
    "kills": Soak._kill,
    "log_pipes": Soak._spoil_log,
    "clock_steps": Soak._step_clock,
    "replies": Soak._spoil_replies,
    "redeliveries": Soak._redeliver,
    "tokens": Soak._expire_tokens,
}
