"""Access tokens: the same string until it lapses, good on both hosts, and lists of those that were taken back."""

import time
from dataclasses import dataclass, field
from uuid import uuid4


@dataclass(slots=True)
class Tokens:
    """Issues tokens by kind ("accessToken", "corpToken", "gettoken") and judges those that come in."""

    life: float = 7200.0
    _current: dict[str, str] = field(default_factory=dict)
    _expiry: dict[str, float] = field(default_factory=dict)
    _revoked: dict[str, int] = field(default_factory=dict)

    def issue(self, kind: str) -> str:
        """The token of this kind, extended; a new one when it has lapsed or was revoked."""
        token = self._current.get(kind, "")
        if self._expiry.get(token, 0.0) <= time.monotonic():
            token = self._current[kind] = uuid4().hex
        self._expiry[token] = time.monotonic() + self.life
        return token

    def revoke(self, errcode: int) -> None:
        """Take back every token issued so far; oapi will answer them with `errcode`."""
        self._revoked.update(dict.fromkeys(self._expiry, errcode))
        self._expiry.clear()
        self._current.clear()

    def errcode(self, token: str | None) -> int:
        """0 for a valid token, else oapi's errcode: 41001 missing, 42001 lapsed, 40014 unknown, or as revoked."""
        if not token:
            return 41001
        if token in self._revoked:
            return self._revoked[token]
        if token not in self._expiry:
            return 40014
        return 0 if self._expiry[token] > time.monotonic() else 42001
