"""A user who signs in: `youkong login` in a process of its own, and what a browser would do for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from scenario import Process, settings_of, until

from bot.emulator import Emulator


class Home:
    """A folder with a configuration for one emulator; the tokens come beside it."""

    def __init__(self, folder: Path, dingtalk: Emulator, **changes: Any) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.config = folder / "config.yaml"
        self.tokens = folder / "config.tokens"
        settings = settings_of(dingtalk, f"sqlite:///{folder}/youkong.db", **changes)
        settings["dingtalk"] = {**settings["dingtalk"], "login_url": dingtalk.url}
        self.config.write_text(json.dumps(settings))
        self._started = 0

    def start(self, command: str, *arguments: str, **options: Any) -> Process:
        """`youkong COMMAND -c config.yaml …`."""
        self._started += 1
        return Process(self.folder / f"out-{self._started}", command, "-c", str(self.config), *arguments, **options)

    async def run(self, command: str, *arguments: str) -> Process:
        """The same to its end."""
        process = self.start(command, *arguments)
        await process.ended()
        return process

    async def sign_in(self, *arguments: str, port: int = 0) -> SignIn:
        """`youkong login`, at the point where it waits for the browser."""
        process = self.start("login", "--no-browser", "--port", str(port), *arguments)
        await until(lambda: "/oauth2/auth?" in process.stdout or process.exit_code is not None)
        return SignIn(process)

    async def signed_in(self, who: str = "alice") -> None:
        """Signs somebody in."""
        waiting = await self.sign_in()
        assert (await waiting.agree(who))[0] == 200
        assert await waiting.process.ended() == 0, waiting.process.stderr

    def kept(self) -> dict[str, Any]:
        """What the file of the tokens holds."""
        found: dict[str, Any] = json.loads(self.tokens.read_text())
        return found

    def change(self, **values: Any) -> None:
        """Rewrites some of it."""
        self.tokens.write_text(json.dumps({**self.kept(), **values}))


class SignIn:
    """One `youkong login` that waits."""

    def __init__(self, process: Process) -> None:
        self.process = process
        found = re.search(r"^http\S+/oauth2/auth\?\S+$", process.stdout, re.MULTILINE)
        self.address = found[0] if found else ""
        self.asked = {key: values[0] for key, values in parse_qs(urlsplit(self.address).query).items()}

    @property
    def redirect_uri(self) -> str:
        """Where it listens."""
        return self.asked["redirect_uri"]

    @property
    def port(self) -> int:
        """The same, as a number."""
        return urlsplit(self.redirect_uri).port or 0

    async def agree(self, who: str, **headers: str) -> tuple[int, str]:
        """A browser goes to the sign-in page, somebody agrees there (`""` declines), and it comes back."""
        return await visit(f"{self.address}&as={who}", **headers)

    async def target(self, who: str) -> str:
        """Where the page would lead, as far as that."""
        url = f"{self.address}&as={who}"
        async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as answer:
            return answer.headers["Location"]


async def visit(url: str, **headers: str) -> tuple[int, str]:
    """Status and text of a page, redirects followed."""
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text()
