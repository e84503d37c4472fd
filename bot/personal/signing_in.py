"""One sign-in from the address of DingTalk's page to the file with the tokens."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime

from bot.config import Config
from bot.dingtalk.http import Api
from bot.dingtalk.sign_in import User, UserTokens, exchange_code, page_address, who_am_i
from bot.dingtalk.token import Token, TokenSource
from bot.errors import YoukongError
from bot.model.requests import Language
from bot.personal.listener import Listener
from bot.personal.token_file import StoredSignIn, TokenFile


class NobodyCame(YoukongError):
    """The sign-in was waited for as long as it was to be."""


async def sign_in(
    config: Config,
    api: Api,
    file: TokenFile,
    *,
    clock: Callable[[], datetime],
    show: Callable[[str], object],
    within: float,
    port: int | None = None,
) -> User:
    """Whoever signed in at the address that `show` was given, within so many seconds.

    `port` takes the place of the configured one. Tokens that are there stay until the new ones are. Raises NotSignedIn,
    NobodyCame and whatever the calls raise.
    """

    async def accept(code: str) -> User:
        async with file.locked():
            with file.replacing() as write:
                tokens = await exchange_code(api, code)
                user = await _owner(api, tokens)
                write(StoredSignIn.of(tokens, user, client_id=config.dingtalk.client_id, now=clock()))
        return user

    with file.replacing():
        pass  # where it cannot be written nobody is asked to sign in
    state = secrets.token_urlsafe(32)
    language = None if config.locale == "auto" else Language(config.locale)
    async with Listener(
        accept, state=state, port=config.personal.port if port is None else port, language=language
    ) as listener:
        settings = config.dingtalk
        show(
            page_address(settings.login, client_id=settings.client_id, redirect_uri=listener.redirect_uri, state=state)
        )
        try:
            async with asyncio.timeout(within):
                return await listener.user()
        except TimeoutError:
            raise NobodyCame(
                f"nobody signed in within {within:g} s, nothing was changed; run youkong login again"
            ) from None


async def _owner(api: Api, tokens: UserTokens) -> User:
    async def given() -> Token:
        return Token(tokens.access, tokens.life)

    source = TokenSource(given)
    try:
        return await who_am_i(api.by(source))
    finally:
        await source.aclose()
