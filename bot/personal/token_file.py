"""The file that keeps a user's tokens: readable by its owner alone, replaced as a whole, by one process at a time."""

from __future__ import annotations

import asyncio
import fcntl
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_serializer

from bot.dingtalk.sign_in import REFRESH_LIFE, User, UserTokens
from bot.errors import ConfigError, NotSignedIn, StoreError

_ONLY_OURS = 0o600
_LOCKED_WITHIN = 20.0
_LOOK = 0.05


class StoredSignIn(BaseModel):
    """A sign-in as the file has it: whose it is, for which app, and the tokens with their ends (UTC)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    client_id: str = Field(min_length=1)
    corp_id: str = ""
    union_id: str = Field(min_length=1)
    nick: str = ""
    access_token: SecretStr = Field(min_length=1)
    refresh_token: SecretStr = Field(min_length=1)
    access_until: AwareDatetime
    refresh_until: AwareDatetime

    @classmethod
    def of(cls, tokens: UserTokens, user: User, *, client_id: str, now: datetime) -> StoredSignIn:
        """Of tokens that were given at `now`."""
        return cls(
            client_id=client_id,
            corp_id=tokens.corp_id,
            union_id=user.union_id,
            nick=user.nick,
            access_token=SecretStr(tokens.access),
            refresh_token=SecretStr(tokens.refresh),
            access_until=now + timedelta(seconds=tokens.life),
            refresh_until=now + timedelta(seconds=REFRESH_LIFE),
        )

    @property
    def user(self) -> User:
        """Who signed in."""
        return User(self.union_id, self.nick)

    @field_serializer("access_token", "refresh_token", when_used="json")
    def _in_the_clear(self, token: SecretStr) -> str:
        return token.get_secret_value()


class TokenFile:
    """One file, for one user of one app."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> StoredSignIn:
        """The stored sign-in. Raises NotSignedIn where there is no file, ConfigError where it is of no use."""
        try:
            with self.path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read(65_536)
        except FileNotFoundError:
            raise NotSignedIn(
                f"nobody is signed in ({self.path} is not there), run youkong login", api="login"
            ) from None
        except OSError as error:
            raise self._fault(f"cannot be read: {(error.strerror or 'unknown').lower()}") from None
        if mode & 0o077:
            raise self._fault(f"found mode {mode:o}, expected 600: others may have read the tokens, run youkong login")
        try:
            return StoredSignIn.model_validate_json(content)
        except ValidationError as error:
            keys = sorted({".".join(map(str, each["loc"])) or "the JSON" for each in error.errors()})
            text = f"found what youkong login did not write ({', '.join(keys)}), run youkong login again"
            raise self._fault(text) from None

    @contextmanager
    def replacing(self) -> Iterator[Callable[[StoredSignIn], None]]:
        """What writes the file anew, for once; whether it can be written shows before anything else is done.

        Raises ConfigError where it cannot. Without a call everything stays as it was.
        """
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)  # of a process that died and had our number
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS)
        except OSError as error:
            raise self._unwritable(error) from None

        def write(sign_in: StoredSignIn) -> None:
            try:
                os.write(handle, sign_in.model_dump_json(indent=2).encode() + b"\n")
                os.fsync(handle)
                beside.replace(self.path)
            except OSError as error:
                raise self._unwritable(error) from None

        try:
            yield write
        finally:
            os.close(handle)
            beside.unlink(missing_ok=True)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Nobody else is inside meanwhile, in no process: a refresh token is good once. Raises StoreError."""
        path = self.path.with_name(f"{self.path.name}.lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, _ONLY_OURS)
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            await _acquire(handle, path)
            yield
        finally:
            os.close(handle)  # and with it the lock

    def _fault(self, text: str) -> ConfigError:
        return ConfigError(text, source=str(self.path))

    def _unwritable(self, error: OSError) -> ConfigError:
        why = (error.strerror or "unknown").lower()
        return self._fault(f"cannot be written: {why}; name another place by personal.token_file")


async def _acquire(handle: int, path: Path) -> None:
    try:
        async with asyncio.timeout(_LOCKED_WITHIN):
            while True:
                with suppress(BlockingIOError):
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return
                await asyncio.sleep(_LOOK)
    except TimeoutError:
        text = f"{path} has been held by another process for {_LOCKED_WITHIN:g} s, end it and try again"
        raise StoreError(text) from None
