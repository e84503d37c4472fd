"""Users who signed in to the app: the codes of the sign-in page, and each one's access and refresh token."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

CODE_LIFE = 300.0  # not documented


@dataclass(frozen=True, slots=True)
class Grant:
    """What one code or one refresh token was exchanged for."""

    union_id: str
    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class _Held:
    union_id: str
    until: float


class SignIns:
    """Issues user tokens and judges those that come in; lives are in seconds."""

    def __init__(self, *, life: float, refresh_life: float) -> None:
        self.life = life
        self.refresh_life = refresh_life
        self._codes: dict[str, _Held] = {}
        self._access: dict[str, _Held] = {}
        self._refresh: dict[str, _Held] = {}

    def code(self, union_id: str) -> str:
        """A code for somebody who agreed on the sign-in page; good once."""
        code = uuid4().hex
        self._codes[code] = _Held(union_id, time.monotonic() + CODE_LIFE)
        return code

    def redeem(self, code: str) -> Grant | None:
        """The tokens for a code; None for one that is unknown, used or too old."""
        return self._grant(self._codes.pop(code, None))

    def renew(self, refresh: str) -> Grant | None:
        """New tokens for a refresh token, which is used up by it; None for one that is unknown, used or too old."""
        return self._grant(self._refresh.pop(refresh, None))

    def user(self, access: str | None) -> str:
        """The unionId of whoever an access token belongs to, "" for one that was never issued to a user."""
        held = self._access.get(access or "")
        return held.union_id if held else ""

    def state(self, access: str) -> Literal["good", "expired"]:
        """Whether the access token of a user is still good."""
        return "good" if self._access[access].until > time.monotonic() else "expired"

    def expire(self) -> None:
        """End every access token; refresh tokens stay good."""
        self._access = {token: _Held(held.union_id, 0.0) for token, held in self._access.items()}

    def revoke(self) -> None:
        """End every access token and every refresh token, as when users withdraw their consent."""
        self.expire()
        self._refresh.clear()

    def _grant(self, held: _Held | None) -> Grant | None:
        now = time.monotonic()
        if held is None or held.until <= now:
            return None
        grant = Grant(held.union_id, uuid4().hex, uuid4().hex)
        self._access[grant.access] = _Held(held.union_id, now + self.life)
        self._refresh[grant.refresh] = _Held(held.union_id, now + self.refresh_life)
        return grant
