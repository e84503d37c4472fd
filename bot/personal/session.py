"""A user's access token for every call: the stored one, or a new one before it ends or once it is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.dingtalk.http import Api
from bot.dingtalk.sign_in import refresh
from bot.dingtalk.token import Token, TokenSource
from bot.errors import NotSignedIn, RemoteError, YoukongError
from bot.personal.token_file import StoredSignIn, TokenFile

log = structlog.get_logger(__name__)

_MARGIN = timedelta(minutes=2)
"""A token that ends within this is renewed before it is used."""


class Session:
    """The sign-in that `file` keeps, for the app of `api`. `ended` is why it is over, None while it is not.

    It is one person's: where somebody else signs in meanwhile, it is over.
    """

    def __init__(self, api: Api, file: TokenFile, *, clock: Callable[[], datetime]) -> None:
        self.tokens = TokenSource(self._fetch)
        self.ended: NotSignedIn | None = None
        self._api = api
        self._file = file
        self._clock = clock
        self._given = ""
        self._union_id = ""
        self._over = ""  # a refresh token that DingTalk does not take

    def stored(self) -> StoredSignIn:
        """What the file says. Raises NotSignedIn and ConfigError."""
        stored = self._file.read()
        if stored.client_id != self._api.credentials.client_id:
            text = f"{self._file.path} is of the app {stored.client_id!r}, run youkong login for this one"
            raise NotSignedIn(text, api="login")
        self._union_id = self._union_id or stored.union_id
        if stored.union_id != self._union_id:
            raise NotSignedIn("somebody else has signed in meanwhile, start this command again", api="login")
        return stored

    async def _fetch(self) -> Token:
        """A token that was not given before, by whichever process it was renewed. Raises RemoteError."""
        try:
            async with self._file.locked():
                stored = self.stored()
                if self._is_spent(stored):
                    stored = await self._refresh(stored)
        except NotSignedIn as error:
            self.ended = error
            raise
        except RemoteError:
            raise
        except YoukongError as error:  # of the file; whoever makes calls knows RemoteErrors only
            self.ended = NotSignedIn(str(error), api="login")
            raise self.ended from None
        self.ended = None
        self._given = stored.access_token.get_secret_value()
        return Token(self._given, (stored.access_until - self._clock()).total_seconds())

    def _is_spent(self, stored: StoredSignIn) -> bool:
        """One that was given is asked for again only since it ends, or was refused."""
        given_before = stored.access_token.get_secret_value() == self._given
        return given_before or stored.access_until - self._clock() < _MARGIN

    async def _refresh(self, stored: StoredSignIn) -> StoredSignIn:
        if stored.refresh_until <= self._clock():
            raise NotSignedIn("the sign-in has ended after 30 days without use, run youkong login", api="login")
        token = stored.refresh_token.get_secret_value()
        if self.ended and token == self._over:
            raise self.ended  # it is not asked about again
        with self._file.replacing() as write:
            try:
                tokens = await refresh(self._api, token)
            except NotSignedIn:
                self._over = token
                raise
            new = StoredSignIn.of(tokens, stored.user, client_id=stored.client_id, now=self._clock())
            write(new)
        log.info("user_token_renewed")
        return new
