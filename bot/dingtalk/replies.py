"""What DingTalk's answers mean: JSON out of bytes, and each of its many ways to say no as one error of the tree.

Two shapes: api.dingtalk.com says no by status and `{code, message, requestid}`, oapi.dingtalk.com by `errcode` in
a 200.
"""

import re
from typing import Any

from pydantic_core import from_json

from bot.errors import (
    CredentialsRefused,
    LimitReached,
    MalformedReply,
    NotFound,
    PermissionDenied,
    QuotaExhausted,
    Rejected,
    RemoteError,
    Throttled,
    TokenRefused,
    Unavailable,
)

Reply = dict[str, Any]


class CutShort(MalformedReply):
    """An answer that ends in the middle; unlike other nonsense it is worth a repeat where a repeat is safe."""


_WAY_OUT: dict[type[RemoteError], str] = {
    Throttled: "too many calls, slow down",
    QuotaExhausted: "the organisation's calls of this month are spent, wait for the next month or buy more",
    LimitReached: "as many as one person may make in a day were made, wait for the next day",
    CredentialsRefused: "check client id and secret, and that both are of this edition",
    TokenRefused: "the access token is not accepted",
    NotFound: "what the call names does not exist",
    Unavailable: "DingTalk is busy or broken, try again later",
    Rejected: "DingTalk refuses the request",
}

# Parts of OpenAPI codes, lower case, in the order in which they are looked for: QpsLimit comes as 403
# "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", so it has to be seen before "Forbidden" is.
_OPEN_CODES: tuple[tuple[type[RemoteError], tuple[str, ...]], ...] = (
    (Throttled, ("qpslimit", "qpmlimit", "toofast", "too.fast", "too.many.", "throttling", "flow.control")),
    (QuotaExhausted, ("apicountlimit",)),
    (LimitReached, ("flowlimit",)),
    (
        CredentialsRefused,
        ("invalidclientidorsecret", "invalid.client", "invalidclient", "unauthorized.client", "authfailed"),
    ),
    (TokenRefused, ("invalidauthentication", "accesstoken.expired")),
    (PermissionDenied, ("accesstokenpermissiondenied", "ipnotinwhitelist", "forbidden.", "permissiondeni")),
    (PermissionDenied, ("permissiondeny", "permession.checkfailed", "permission.checkfailed", "auth.error")),
    (Unavailable, ("system.busy", "systemerror", "system.error", "server.error", "unknownerror", "serviceunavailable")),
    (Unavailable, ("idempotencyprocessing",)),
    (NotFound, ("notexist", "notexsit", "notfound", "not.found", "unexist", "group.disbanded")),
)

_ERRCODES: dict[int, type[RemoteError]] = {
    -1: Unavailable,
    15: Unavailable,
    40001: TokenRefused,
    40014: TokenRefused,
    41001: TokenRefused,
    42001: TokenRefused,
    60011: PermissionDenied,
    60020: PermissionDenied,
    50002: PermissionDenied,
    50004: PermissionDenied,
    33012: NotFound,
    60121: NotFound,
    60003: NotFound,
    300001: NotFound,
    90018: Throttled,
    130101: Throttled,
    90020: QuotaExhausted,
    **dict.fromkeys(range(90001, 90011), Throttled),
}

_BAN_STATUS = 1111
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_SCOPES = re.compile(r"\[([A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)\]")
_NOT_FOR_LOGS = re.compile(r"\S*://\S*|[\w\-+/=$:%]{20,}")


def read_reply(api: str, status: int, content: bytes) -> Reply:
    """The JSON object of an answer of api.dingtalk.com; `RemoteError` where it says no or nothing sensible."""
    succeeded = 200 <= status < 300
    reply = _json_object(api, status, content) if succeeded else _error_object(api, status, content)
    if reply.get("status") == _BAN_STATUS:
        raise _banned(api, status)
    if succeeded and not _is_refusal(reply):
        return reply
    raise _legacy_error(api, status, reply) if "errcode" in reply else _open_error(api, status, reply)


def read_legacy_reply(api: str, status: int, content: bytes) -> Reply:
    """The JSON object of an answer of oapi.dingtalk.com whose errcode is 0; `RemoteError` otherwise."""
    reply = read_reply(api, status, content)
    code = _errcode(reply.get("errcode"))
    if code is None:
        raise MalformedReply("the reply has no errcode that is a number", api=api, status=status)
    if code != 0:
        raise _legacy_error(api, status, reply)
    return reply


def gist(text: object) -> str:
    """DingTalk's own words fit for a log: one line of 120 characters at most, without URLs and long opaque strings."""
    words = _NOT_FOR_LOGS.sub("…", " ".join(str(text).split()))
    return words if len(words) <= 120 else f"{words[:119]}…"


def _json_object(api: str, status: int, content: bytes) -> Reply:
    try:
        reply = from_json(content)
    except ValueError:
        begun = content.lstrip()[:1] == b"{"
        kind = CutShort if begun else MalformedReply
        shown = "JSON that breaks off" if begun else "no JSON" if content else "an empty body"
        raise kind(f"expected a JSON object, got {shown}", api=api, status=status) from None
    if not isinstance(reply, dict):
        raise MalformedReply(f"expected a JSON object, got {type(reply).__name__}", api=api, status=status)
    return reply


def _error_object(api: str, status: int, content: bytes) -> Reply:
    """The body of a refusal; `{}` where there is none to be read, since the status says enough."""
    if status in (403, 405, 429) and content.lstrip()[:1] == b"<":
        raise _banned(api, status)
    try:
        return _json_object(api, status, content)
    except MalformedReply:
        return {}


def _is_refusal(reply: Reply) -> bool:
    """Whether a 200 of the new API is a refusal all the same: its error shape, which no good reply has."""
    code = reply.get("code")
    return isinstance(code, str) and "message" in reply and bool({"requestid", "requestId"} & reply.keys())


def _banned(api: str, status: int) -> Throttled:
    """One address made more than 10,000 calls in 20 s; the answer is HTML or `{"status": 1111, …}` for five minutes."""
    text = "DingTalk blocks this server's address for some minutes after too many calls from it, wait"
    return Throttled(text, api=api, code=str(_BAN_STATUS), status=status)


def _open_error(api: str, status: int, reply: Reply) -> RemoteError:
    code = str(reply.get("code") or "")[:100]
    kind = _kind_of_code(code.lower()) or _kind_of_status(status)
    if kind is PermissionDenied:
        return _denied(api, code, status=status, scopes=_required_scopes(reply), message=reply.get("message"))
    return _error(kind, api, code, status=status, message=reply.get("message"))


def _kind_of_code(code: str) -> type[RemoteError] | None:
    return next((kind for kind, parts in _OPEN_CODES if any(part in code for part in parts)), None)


def _kind_of_status(status: int) -> type[RemoteError]:
    named: dict[int, type[RemoteError]] = {
        401: TokenRefused,
        403: PermissionDenied,
        404: NotFound,
        408: Unavailable,
        429: Throttled,
    }
    return named.get(status) or (Unavailable if status >= 500 else Rejected)


def _legacy_error(api: str, status: int, reply: Reply) -> RemoteError:
    """An errcode as an error; 88 is a wrapper whose `sub_code` says what it is."""
    code = _errcode(reply.get("errcode"))
    message = reply.get("errmsg")
    if code == 88:
        code = _errcode(reply.get("sub_code")) or 88
        message = reply.get("sub_msg") or message
    kind = _ERRCODES.get(code or 0) or (Unavailable if status >= 500 else Rejected)
    if kind is PermissionDenied:
        return _denied(api, str(code), status=status, scopes=_scopes_in(str(message)), message=message)
    return _error(kind, api, str(code), status=status, message=message)


def _errcode(value: object) -> int | None:
    """An errcode as a number; the documentation prints it as text here and there."""
    if isinstance(value, int):
        return int(value)
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _error(kind: type[RemoteError], api: str, code: str, *, status: int, message: object) -> RemoteError:
    said = f", {gist(message)!r}" if message else ""
    return kind(f"{_WAY_OUT[kind]} (code {code!r}, HTTP {status}{said})", api=api, code=code, status=status)


def _denied(api: str, code: str, *, status: int, scopes: tuple[str, ...], message: object) -> PermissionDenied:
    if "ipnotinwhitelist" in code.lower() or code == "60020":
        address = _ADDRESS.search(str(message or ""))
        what = f"this server's address {address[0] if address else ''}".rstrip()
        text = f"{what} is not in the app's list of allowed addresses, add it in the developer console"
    elif scopes:
        text = f"missing permission {', '.join(scopes)}, grant it in the developer console and publish the app"
    elif code in ("50002", "50004"):
        text = "outside the app's visible range, widen the contact range in the developer console"
    else:
        text = "a permission is missing, check the app's permissions in the developer console"
    said = "" if scopes or not message else f", {gist(message)!r}"
    return PermissionDenied(
        f"{text} (code {code!r}, HTTP {status}{said})", api=api, code=code, status=status, scopes=scopes
    )


def _required_scopes(reply: Reply) -> tuple[str, ...]:
    detail = reply.get("accessdenieddetail")
    scopes = detail.get("requiredScopes") if isinstance(detail, dict) else None
    if isinstance(scopes, list):
        return tuple(scope for scope in scopes if isinstance(scope, str) and scope)
    return ()


def _scopes_in(message: str) -> tuple[str, ...]:
    """Permission points that the legacy API names in its text, as in "…所需的权限：[qyapi_get_member]…"."""
    found = _SCOPES.search(message)
    return tuple(re.split(r"\s*,\s*", found[1])) if found else ()
