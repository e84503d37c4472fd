"""What is told of every request: how it ended, how long it took, and whether it counts against the month's calls."""

from dataclasses import dataclass
from typing import Self

from bot.errors import (
    CredentialsRefused,
    LimitReached,
    MalformedReply,
    NotFound,
    NotInGroup,
    NotSignedIn,
    PermissionDenied,
    QuotaExhausted,
    Rejected,
    RemoteError,
    RemoteTimeout,
    Throttled,
    TokenRefused,
    Unavailable,
)

EXEMPT = frozenset(
    {"accessToken", "userAccessToken", "users/me", "connections/open"}
    | {"user/get", "user/list", "department/listsub", "sendBySession"}
)
"""Calls that DingTalk does not count against the month: tokens, Stream, contact reads, and replies without a token."""

_OUTCOMES: dict[type[RemoteError], str] = {
    RemoteTimeout: "timeout",
    Throttled: "throttled",
    QuotaExhausted: "quota",
    LimitReached: "limit",
    PermissionDenied: "denied",
    NotSignedIn: "sign_in",
    CredentialsRefused: "credentials",
    TokenRefused: "token",
    NotFound: "not_found",
    NotInGroup: "not_in_group",
    Unavailable: "unavailable",
    Rejected: "rejected",
    MalformedReply: "malformed",
}
_NOT_COUNTED = frozenset({"timeout", "throttled", "quota", "cancelled"})


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One request. `outcome`: ok, timeout, throttled, quota, limit, denied, credentials, sign_in, token, not_found,
    not_in_group, unavailable, rejected, malformed or cancelled; `seconds` on the wire; `counted` against the calls of
    the month of the organisation.
    """

    api: str
    outcome: str
    seconds: float
    counted: bool

    @classmethod
    def of(cls, api: str, outcome: str, seconds: float) -> Self:
        """A record; throttled and failed calls and those that are exempt are not counted."""
        return cls(api, outcome, seconds, counted=api not in EXEMPT and outcome not in _NOT_COUNTED)


def outcome_of(error: RemoteError) -> str:
    """The one word for an error."""
    return next(word for kind, word in _OUTCOMES.items() if isinstance(error, kind))


def unheard(_: object) -> None:
    """Where nobody wants to be told."""
