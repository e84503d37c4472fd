"""Every exception that Youkong raises on purpose.

YoukongError
├── ConfigError                 stops the start (exit 2): names file, key, value found and what is expected
├── RequestError                the asker can fix it; becomes a card
├── RemoteError                 DingTalk said no, or nothing
│   ├── RemoteTimeout           no answer before the deadline, or no connection
│   ├── Throttled               the call was not carried out; a repeat is safe
│   ├── QuotaExhausted          the organisation's calls of this month are spent
│   ├── LimitReached            as many as one person may make in a day were made
│   ├── PermissionDenied        a permission point, an address or a range is missing; `scopes` names them
│   ├── CredentialsRefused      client id and secret do not match
│   │   └── NotSignedIn         no user is signed in, or not any more; `youkong login` is the way out
│   ├── TokenRefused            an access token that DingTalk no longer accepts
│   ├── NotFound                the person, department, card or event does not exist
│   ├── NotInGroup              the robot is not, or not any more, in the group; or there is no such group
│   ├── Unavailable             DingTalk broke down (5xx, busy); a read may be repeated
│   ├── Rejected                DingTalk refused the request as it stands; a repeat would be refused too
│   └── MalformedReply          an answer that is no JSON, cut short, too large or of another shape
└── StoreError                  the store cannot be read or written
"""

from collections.abc import Sequence


class YoukongError(Exception):
    """Root of the tree; its text is fit for a log or a terminal: one line, of several ConfigErrors one each."""


class ConfigError(YoukongError):
    """The configuration cannot be used.

    `source` is the file or environment variable, `key` the dotted path; either may be empty. `line` counts from 1.
    `faults` are the single ones where there are several, each a line of the text.
    """

    def __init__(
        self,
        text: str,
        *,
        source: str = "",
        key: str = "",
        line: int | None = None,
        faults: Sequence["ConfigError"] = (),
    ) -> None:
        place = f"{source}:{line}" if source and line else source
        super().__init__(": ".join(part for part in (place, key, text) if part))
        self.source = source
        self.key = key
        self.line = line
        self.faults = tuple(faults) or (self,)


def all_of(faults: Sequence[ConfigError]) -> ConfigError:
    """Several faults as one error, a line each; there is at least one."""
    if len(faults) == 1:
        return faults[0]
    return ConfigError("\n".join(map(str, faults)), faults=faults)


class RequestError(YoukongError):
    """A request that its author can put right. `code` is one of the problem codes of `parse --json`."""

    def __init__(self, text: str, *, code: str) -> None:
        super().__init__(text)
        self.code = code


class RemoteError(YoukongError):
    """DingTalk said no, or nothing.

    `api` is the short name of the call ("querySchedule"), `code` DingTalk's own code ("paramIllegal", "60121"; empty
    where there was none), `status` the HTTP status (0: no answer).
    """

    def __init__(self, text: str, *, api: str, code: str = "", status: int = 0) -> None:
        super().__init__(f"{api}: {text}")
        self.api = api
        self.code = code
        self.status = status


class RemoteTimeout(RemoteError):
    """No answer before the deadline, or no connection. Whether the call was carried out is not known."""


class Throttled(RemoteError):
    """Too many calls: this one was not carried out."""


class QuotaExhausted(RemoteError):
    """The calls of this month are spent for the whole organisation."""


class LimitReached(RemoteError):
    """As many as one person may make in a day (100 events) were made; the call was not carried out."""


class PermissionDenied(RemoteError):
    """A permission point, an address or a visible range is missing. `scopes` are permission points by name."""

    def __init__(self, text: str, *, api: str, code: str = "", status: int = 0, scopes: tuple[str, ...] = ()) -> None:
        super().__init__(text, api=api, code=code, status=status)
        self.scopes = scopes


class CredentialsRefused(RemoteError):
    """DingTalk does not know this pair of client id and secret."""


class NotSignedIn(CredentialsRefused):
    """No user is signed in, or DingTalk does not take the sign-in any more."""


class TokenRefused(RemoteError):
    """The access token is no longer accepted."""


class NotFound(RemoteError):
    """What the call names does not exist."""


class NotInGroup(RemoteError):
    """The robot is not in the group, which may have removed it or be no more: nothing can be sent there."""


class Unavailable(RemoteError):
    """DingTalk is busy or broken."""


class Rejected(RemoteError):
    """The request as it stands is refused."""


class MalformedReply(RemoteError):
    """The answer is no JSON, cut short, too large, or of another shape than documented."""


class StoreError(YoukongError):
    """The store cannot be read or written."""
