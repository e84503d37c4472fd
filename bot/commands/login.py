"""`youkong login`: a user signs in with a browser, and the tokens are kept beside the configuration."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click

from bot.commands.printing import line
from bot.config import Config
from bot.desktop import has_desktop
from bot.personal.signing_in import sign_in
from bot.personal.token_file import TokenFile
from bot.wiring import api_of, utc_now


def token_file(config: Config, path: Path) -> TokenFile:
    """Where the tokens of a configuration file are: `config.tokens` for `config.yaml`, unless it says otherwise."""
    return TokenFile(config.personal.token_file or path.absolute().with_suffix(".tokens"))


async def login(config: Config, file: TokenFile, *, port: int | None, open_browser: bool, within: float) -> str:
    """Prints the address, waits for the browser to come back, and gives what is to be said of it."""

    def show(address: str) -> None:
        click.echo("Sign in with a browser on this machine (Ctrl+C ends it):")
        click.echo(address)
        if open_browser and has_desktop():  # some stay until the browser is closed, which is not waited for
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    async with api_of(config) as api:
        user = await sign_in(config, api, file, clock=utc_now, show=show, port=port, within=within)
    return f"{line(user.nick)} is signed in (unionId {line(user.union_id)}); the tokens are in {file.path} (mode 600)"
