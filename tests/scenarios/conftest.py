"""A company, its DingTalk, and the bot in it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from scenario import ACK_WINDOW, PATIENT, Process, config_of, settings_of, until

from bot.app import App
from bot.emulator import Conversation, Emulator, Person
from bot.timing import Timing

Start = Callable[..., Awaitable[App]]
Launch = Callable[..., Awaitable[Process]]


@pytest.fixture
async def dingtalk() -> AsyncIterator[Emulator]:
    """A DingTalk that pushes nothing twice unless it is told to; a breach of the protocol fails the test."""
    async with Emulator(redeliver_unacked=None, ack_window=ACK_WINDOW) as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
def alice(dingtalk: Emulator) -> Person:
    return dingtalk.person("alice", name="Alice Chen")


@pytest.fixture
def bob(dingtalk: Emulator) -> Person:
    return dingtalk.person("bob", name="李博")


@pytest.fixture
def carol(dingtalk: Emulator) -> Person:
    return dingtalk.person("carol", name="王芳")


@pytest.fixture
def group(dingtalk: Emulator, alice: Person, bob: Person, carol: Person) -> Conversation:
    return dingtalk.group("Design", [alice, bob, carol], id="cidDesign==")


@pytest.fixture
def timing() -> Timing:
    """How long the bot waits for what; a test that is to see something run out parametrizes it."""
    return PATIENT


@pytest.fixture
async def start(dingtalk: Emulator, sqlite_url: str, timing: Timing) -> AsyncIterator[Start]:
    """Starts the whole bot in this process, connected; keywords replace sections of the configuration."""
    async with AsyncExitStack() as running:

        async def go(
            store_url: str = sqlite_url, *, at: Emulator = dingtalk, timing: Timing = timing, **changes: Any
        ) -> App:
            wanted = at.connections_opened + 1
            app = await running.enter_async_context(App(config_of(at, store_url, **changes), timing=timing))
            await app.connected()
            await until(lambda: at.connections_opened >= wanted)
            return app

        yield go


@pytest.fixture
async def bot(start: Start, group: Conversation) -> App:
    """The bot with the company's people in it, set to nothing special."""
    return await start()


@pytest.fixture
async def launch(dingtalk: Emulator, sqlite_url: str, tmp_path: Path, timing: Timing) -> AsyncIterator[Launch]:
    """Starts `youkong run`, connected; whatever still runs at the end of a test is killed."""
    started: list[Process] = []

    async def go(
        store_url: str = sqlite_url,
        *,
        at: Emulator = dingtalk,
        timing: Timing = timing,
        environ: dict[str, str] | None = None,
        options: tuple[str, ...] = (),
        output: Path | None = None,
        **changes: Any,
    ) -> Process:
        folder = tmp_path / f"process-{len(started)}"
        folder.mkdir()
        if output:  # a pipe or a device in the place of the files that it would print to
            for name in ("stdout", "stderr"):
                (folder / name).symlink_to(output)
        path = folder / "config.yaml"
        path.write_text(json.dumps(settings_of(at, store_url, **changes)))  # JSON is YAML
        wanted = at.connections_opened + 1
        process = Process(folder, "run", "-c", str(path), *options, environ=environ, timing=timing)
        started.append(process)
        await until(lambda: at.connections_opened >= wanted or process.exit_code is not None, timeout=30)
        assert process.exit_code is None, process.stderr
        return process

    yield go
    for process in started:
        await process.kill()
