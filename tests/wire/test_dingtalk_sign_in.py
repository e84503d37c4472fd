"""Tokens of users over the wire: what is asked, what is believed, and that nothing is asked twice."""

import pytest
from wire_servers import Answer, Server

from bot.dingtalk.http import Api
from bot.dingtalk.sign_in import exchange_code, page_address, refresh, who_am_i
from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    NotSignedIn,
    PermissionDenied,
    RemoteError,
    RemoteTimeout,
    Throttled,
    Unavailable,
)

GOOD = {"accessToken": "a-1", "refreshToken": "r-1", "expireIn": 7200, "corpId": "ding1"}


def no(code: str, status: int = 400, **more: object) -> Answer:
    return Answer({"code": code, "message": "no", "requestid": "x", **more}, status=status)


async def test_a_code_is_exchanged_without_a_token_of_the_app(server: Server, api: Api) -> None:
    server.answers = [Answer(GOOD)]
    tokens = await exchange_code(api, "code-1")
    assert (tokens.access, tokens.refresh, tokens.life, tokens.corp_id) == ("a-1", "r-1", 7200.0, "ding1")
    (call,) = server.calls
    assert (call.method, call.path, call.token) == ("POST", "/v1.0/oauth2/userAccessToken", None)
    assert call.body == {
        "clientId": "app-id", "clientSecret": "app-secret", "code": "code-1", "grantType": "authorization_code",
    }  # fmt: skip
    assert server.token_calls == []


async def test_a_refresh_token_is_exchanged_for_two_new_ones(server: Server, api: Api) -> None:
    server.answers = [Answer({**GOOD, "expireIn": "7200"})]
    assert (await refresh(api, "r-0")).life == 7200.0
    assert server.calls[0].body == {
        "clientId": "app-id", "clientSecret": "app-secret", "refreshToken": "r-0", "grantType": "refresh_token",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(no("invalid.code"), NotSignedIn), (no("InvalidAuthentication"), NotSignedIn), (no("notFound", 404), NotSignedIn),
     (no("anything", 403), NotSignedIn), (no("invalidClientIdOrSecret"), CredentialsRefused),
     (no("system.busy", 500), Unavailable), (Answer(raw=b"<html>"), MalformedReply), (Answer(raw=b"{"), MalformedReply),
     (no("Forbidden.AccessDenied.IpNotInWhiteList", 403), PermissionDenied),
     (no("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, accessdenieddetail={"requiredScopes": ["X.Y"]}),
      PermissionDenied)],
)  # fmt: skip
async def test_a_refusal_is_told_by_its_kind_and_never_repeated(
    server: Server, api: Api, answer: Answer, kind: type[RemoteError]
) -> None:
    server.answers = [answer]
    with pytest.raises(kind) as caught:
        await refresh(api, "r-canary-0123456789")
    assert type(caught.value) in (kind, *kind.__subclasses__())
    assert len(server.calls) == 1
    assert "canary" not in str(caught.value)


async def test_too_many_calls_are_waited_for_since_nothing_was_done(server: Server) -> None:
    server.answers = [no("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403), Answer(GOOD)]
    async with server.api(throttle_pause=0.01) as api:
        assert (await refresh(api, "r-0")).access == "a-1"


async def test_a_call_without_an_answer_is_no_refusal(server: Server) -> None:
    server.answers = [Answer(raw=b"")]
    async with server.api() as api:
        with pytest.raises((MalformedReply, RemoteTimeout, Throttled)):
            await refresh(api, "r-0")
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "changes",
    [{"accessToken": None}, {"accessToken": ""}, {"accessToken": 7}, {"accessToken": "张"}, {"accessToken": "a\nb"},
     {"refreshToken": None}, {"expireIn": 0}, {"expireIn": -1}, {"expireIn": None}, {"expireIn": "soon"}],
)  # fmt: skip
async def test_tokens_that_are_none_are_not_believed(server: Server, api: Api, changes: dict[str, object]) -> None:
    server.answers = [Answer({**GOOD, **changes})]
    with pytest.raises(MalformedReply):
        await exchange_code(api, "c")


async def test_who_signed_in_is_told_by_their_union_id_alone(server: Server, api: Api) -> None:
    server.answers = [Answer({"nick": "张三", "unionId": "u-1", "mobile": "1", "email": "x@y"})]
    user = await who_am_i(api)
    assert (user.union_id, user.nick) == ("u-1", "张三")
    assert (server.calls[0].method, server.calls[0].path) == ("GET", "/v1.0/contact/users/me")
    assert not hasattr(user, "mobile")
    for nothing in ({"nick": "x"}, {"unionId": ""}, {"unionId": 5}):
        server.answers = [Answer(nothing)]
        with pytest.raises(MalformedReply):
            await who_am_i(api)


def test_the_address_of_the_page_has_all_that_it_asks_for() -> None:
    address = page_address(
        "https://login.dingtalk.com", client_id="a&b", redirect_uri="http://127.0.0.1:1/x", state="s"
    )
    assert address == (
        "https://login.dingtalk.com/oauth2/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fx&response_type=code"
        "&client_id=a%26b&scope=openid&state=s&prompt=consent"
    )
