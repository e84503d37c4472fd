"""What scenarios share: the week everything is asked in, configurations, and the bot as a process of its own."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.config import Config
from bot.emulator import Card, Conversation, Emulator, Person, Push, Said
from bot.timing import Timing

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2040, 3, 12, 10, 0, tzinfo=SHANGHAI)
"""When everything is asked, far ahead so that no message is ever stale."""
TUESDAY = MONDAY.replace(day=13, hour=0)
_LONG, _LONG_LEASE = 60.0, timedelta(minutes=1)
PATIENT = Timing(
    call_within=_LONG,
    look_up_within=_LONG,
    answer_within=_LONG,
    book_within=_LONG,
    interim_after=_LONG,
    ack_within=_LONG,
    message_lease=_LONG_LEASE,
    turn_patience=_LONG,
    press_lease=_LONG_LEASE,
    digest_lease=_LONG_LEASE,
    unanswered_within=10 * _LONG,
    loop_patience=_LONG,
    store_within=10 * _LONG,
    ended_within=11 * _LONG,
)
"""Where a machine is slow, what comes is the same; whatever runs out in a test is shorter there."""
SHORT_LEASES = replace(
    PATIENT,
    message_lease=timedelta(seconds=2),
    message_upkeep=0.1,
    press_lease=timedelta(seconds=1),
    press_upkeep=0.1,
    digest_lease=timedelta(seconds=1),
    digest_upkeep=0.1,
    digest_look=0.2,
)
"""What a process leaves that dies is soon taken up."""
ACK_WINDOW = 2 * _LONG
"""For an emulator: how soon an ack is there says more of the machine than of the bot."""
ASK = "周二下午2点到4点谁有空"
ASK_EN = "who's free Tue 2-4pm"
SEE_BELOW = "👇"
MARKS = ("✅", "🟡", "⛔", "⬜", "❔")

# Forked from a server that has the bot loaded already: a real process with a real pid, at a twentieth of the price.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "bot.cli",
        "bot.app",
        "bot.commands.actions",
        "bot.commands.ask",
        "bot.commands.chats",
        "bot.commands.check",
        "bot.commands.init_dialogue",
        "bot.commands.login",
        "bot.commands.people",
        "bot.config_file",
        "bot.commands.digest",
        "bot.observe.logs",
        "bot.commands.parse",
    ]
)


def on_tuesday(hour: float) -> datetime:
    """An hour of the Tuesday that questions are about."""
    return TUESDAY + timedelta(hours=hour)


def settings_of(dingtalk: Emulator, store_url: str, /, **changes: Any) -> dict[str, Any]:
    """A configuration for this emulator, as a YAML file would hold it; `changes` replace whole sections."""
    return {
        "dingtalk": {
            "client_id": dingtalk.client_id,
            "client_secret": dingtalk.client_secret,
            "api_url": dingtalk.url,
            "oapi_url": dingtalk.url,
        },
        "holidays": None,
        "limits": {"questions_per_minute": 1_000_000, "share_of_month": 1.0},
        "store": {"url": store_url},
        "server": {"port": 0},
        **changes,
    }


def config_of(dingtalk: Emulator, store_url: str, /, **changes: Any) -> Config:
    """The same, read."""
    return Config.model_validate(settings_of(dingtalk, store_url, **changes))


def verdict_lines(card: Card) -> list[str]:
    """The lines of a card that begin with a state's mark."""
    return [line for line in card.params["markdown"].splitlines() if line.startswith(MARKS)]


def line_of(card: Card, name: str) -> str:
    """The one verdict line that names somebody."""
    [line] = [line for line in verdict_lines(card) if name in line]
    return line


async def until(fits: Callable[[], object], timeout: float = 30) -> None:
    """Returns once `fits()`; for what has no event of its own."""
    async with asyncio.timeout(timeout):
        while not fits():  # noqa: ASYNC110 - ledgers, files and processes have no event
            await asyncio.sleep(0.005)


async def page(url: str) -> tuple[int, str]:
    """Status and body of one health page."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def metric(url: str, name: str) -> float:
    """The value of one sample of /metrics, labels included in `name`; 0 where there is none."""
    _, text = await page(f"{url}/metrics")
    return next((float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(f"{name} ")), 0.0)


async def push_escaped(dingtalk: Emulator, said: Said, **changes: Any) -> Push:
    """Pushes a message again with fields changed, as all-ASCII JSON: the only way for half a character to travel."""
    assert said.push is not None
    data = {**json.loads(said.push.data), **changes}
    return await dingtalk.push(type="CALLBACK", topic=said.push.topic, data=json.dumps(data))


def crowd(dingtalk: Emulator, count: int) -> list[Person]:
    """So many colleagues, all in the department of that number."""
    return [dingtalk.person(f"staff-{n:02}", name=f"同事{n:02}", department=count) for n in range(count)]


class Talk:
    """One person in one chat; each thing they say is a second after the last."""

    def __init__(self, person: Person, chat: Conversation) -> None:
        self.person, self.chat, self.now = person, chat, MONDAY

    async def says(self, text: str, *at: Person, later: timedelta = timedelta(seconds=1), **more: Any) -> Said:
        """Says it and waits for nothing."""
        self.now += later
        to = "direct" if self.chat is self.person.direct else self.chat
        return await self.person.says(text, at=at, to=to, created_at=self.now, **more)

    async def asks(self, text: str, *at: Person, later: timedelta = timedelta(seconds=1)) -> Card:
        """The card that answers: a new one, or an older one that changes; one that only points to it is none."""
        before = {card: len(card.updates) for card in self.chat.cards}
        await self.says(text, *at, later=later)

        def answers() -> list[Card]:
            changed = [card for card in self.chat.cards if len(card.updates) > before.get(card, 0)]
            return [card for card in changed if not card.params.get("tips", "").startswith(SEE_BELOW)]

        await until(answers)
        [card] = answers()
        return card


class Process:
    """`youkong …` in a process of its own; what it prints goes to files in `folder`."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        stdin: str = "",
        timing: Timing | None = None,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        (folder / "stdin").write_text(stdin)
        given = (str(folder), arguments, dict(environ or {}), timing)
        self._process = _FORKS.Process(target=_command, args=given, daemon=True)
        self._process.start()

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.exitcode

    @property
    def stdout(self) -> str:
        """Everything it has printed."""
        return self._text("stdout")

    @property
    def stderr(self) -> str:
        """Everything it has logged."""
        return self._text("stderr")

    async def ended(self, timeout: float = 60) -> int:
        """Its exit code, once it has ended."""
        await until(lambda: self.exit_code is not None, timeout)
        assert self.exit_code is not None
        return self.exit_code

    async def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        await self.ended()

    def tell_to_end(self) -> None:
        """SIGTERM."""
        self._process.terminate()

    def signal(self, number: int) -> None:
        """Any signal."""
        os.kill(self.pid, number)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process.pid is not None
        return self._process.pid

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self.tell_to_end()
        return await self.ended()

    def _text(self, name: str) -> str:
        path = self._folder / name
        return path.read_text() if path.exists() else ""


async def run(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None, stdin: str = "") -> Process:
    """One command to its end."""
    process = Process(folder, *arguments, environ=environ, stdin=stdin)
    await process.ended()
    return process


def _command(folder: str, arguments: Sequence[str], environ: Mapping[str, str], timing: Timing | None) -> None:
    for name, number, mode in (("stdin", 0, os.O_RDONLY), ("stdout", 1, os.O_WRONLY), ("stderr", 2, os.O_WRONLY)):
        os.dup2(os.open(f"{folder}/{name}", mode | os.O_CREAT), number)
    os.chdir(folder)  # whatever is named by a relative path is this process's own
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - multiprocessing has put /dev/null there
    for name in [name for name in os.environ if name.startswith("YOUKONG_")]:
        del os.environ[name]
    os.environ.update(environ)
    sys.argv = ["youkong", *arguments]
    from bot.cli import main

    main(list(arguments), prog_name="youkong", obj=timing)
