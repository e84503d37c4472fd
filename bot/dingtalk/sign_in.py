"""Signing in as a user: the address of DingTalk's page, tokens for its code, fresh tokens, and whose they are."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from bot.dingtalk.http import Api
from bot.dingtalk.replies import Reply
from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    NotFound,
    NotSignedIn,
    PermissionDenied,
    Rejected,
    RemoteError,
    TokenRefused,
)

API = "userAccessToken"
REFRESH_LIFE = 30 * 86_400.0
"""Seconds for which a refresh token serves; it is replaced at each use."""
_SAYS_NO = (CredentialsRefused, NotFound, PermissionDenied, Rejected, TokenRefused)


@dataclass(frozen=True, slots=True)
class UserTokens:
    """A user's tokens; `life` of the access token in seconds from now on."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    life: float
    corp_id: str


@dataclass(frozen=True, slots=True)
class User:
    """Whoever signed in."""

    union_id: str
    nick: str


def page_address(login: str, *, client_id: str, redirect_uri: str, state: str) -> str:
    """Where a browser is sent; it comes back to `redirect_uri` with `authCode` and the same `state`."""
    asked = {
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "client_id": client_id,
        "scope": "openid",
        "state": state,
        "prompt": "consent",
    }
    return f"{login}/oauth2/auth?{urlencode(asked)}"


async def exchange_code(api: Api, code: str) -> UserTokens:
    """The tokens for the code of a redirect, which is good once. Raises NotSignedIn where DingTalk does not take it."""
    return await _tokens(api, {"code": code, "grantType": "authorization_code"}, refused="the code of this sign-in")


async def refresh(api: Api, refresh_token: str) -> UserTokens:
    """New tokens for a refresh token, which is used up by it. Raises NotSignedIn where DingTalk does not take it."""
    return await _tokens(
        api, {"refreshToken": refresh_token, "grantType": "refresh_token"}, refused="the refresh token any more"
    )


async def who_am_i(api: Api) -> User:
    """Who signed in, by the token of `api`. Needs Contact.User.Read."""
    reply = await api.call("users/me", "GET", "/v1.0/contact/users/me", repeatable=True)
    union_id, nick = reply.get("unionId"), reply.get("nick")
    if not isinstance(union_id, str) or not union_id:
        raise MalformedReply("the reply names no unionId", api="users/me")
    return User(union_id, nick if isinstance(nick, str) else "")


async def _tokens(api: Api, grant: dict[str, str], *, refused: str) -> UserTokens:
    """Never repeated: whether a call that got no answer used the grant up is not known."""
    who = api.credentials
    body = {"clientId": who.client_id, "clientSecret": who.client_secret, **grant}
    try:
        reply = await api.post(API, f"{api.endpoints.api}/v1.0/oauth2/userAccessToken", body=body, repeatable=False)
    except _SAYS_NO as error:
        if isinstance(error, CredentialsRefused) or _is_of_the_app(error):
            raise
        raise _not_signed_in(error, refused) from None
    return _read(reply)


def _is_of_the_app(error: RemoteError) -> bool:
    """A permission point or an address is missing, whoever signs in."""
    return isinstance(error, PermissionDenied) and bool(error.scopes or "ipnotinwhitelist" in error.code.lower())


def _not_signed_in(error: RemoteError, what: str) -> NotSignedIn:
    text = f"DingTalk does not take {what} (code {error.code!r}, HTTP {error.status}), run youkong login"
    return NotSignedIn(text, api=error.api, code=error.code, status=error.status)


def _read(reply: Reply) -> UserTokens:
    access, new, life = reply.get("accessToken"), reply.get("refreshToken"), _seconds(reply.get("expireIn"))
    if not _is_token(access) or not _is_token(new) or life <= 0:
        raise MalformedReply("the reply holds no accessToken and refreshToken with a life in seconds", api=API)
    corp_id = reply.get("corpId")
    return UserTokens(str(access), str(new), life, corp_id if isinstance(corp_id, str) else "")


def _seconds(value: object) -> float:
    """The documentation prints numbers as text here and there; 0 for what is none."""
    return float(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else 0.0


def _is_token(value: object) -> bool:
    """A text that can stand in a header."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and bool(value)
