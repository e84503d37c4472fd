"""Users who sign in: the page, codes, their tokens, and which token each kind of app gets."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.emulator import Emulator

BACK = "http://127.0.0.1:9/callback"
TOKEN = "/v1.0/oauth2/userAccessToken"


def page_of(dingtalk, **changes):
    asked = {"redirect_uri": BACK, "response_type": "code", "client_id": dingtalk.client_id, "scope": "openid",
             "state": "s-1", "prompt": "consent", **changes}  # fmt: skip
    return f"{dingtalk.url}/oauth2/auth?{urlencode(asked)}"


async def visit(url, **headers):
    """Status, where it leads to, and the page; no redirect is followed."""
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False, headers=headers) as answer:
        return answer.status, answer.headers.get("Location", ""), await answer.text()


async def code_of(dingtalk, staff_id="alice"):
    _, target, _ = await visit(f"{page_of(dingtalk)}&as={staff_id}")
    return parse_qs(urlsplit(target).query)["authCode"][0]


def grant(dingtalk, **more):
    return {"clientId": dingtalk.client_id, "clientSecret": dingtalk.client_secret, **more}


async def signed_in(client, dingtalk):
    body = grant(dingtalk, code=await code_of(dingtalk), grantType="authorization_code")
    status, tokens = await client.call("POST", TOKEN, body)
    assert status == 200
    return tokens


async def test_the_page_asks_who_it_is_in_the_language_of_the_browser(dingtalk, alice):
    for language, words in (("zh-CN", "以谁的身份登录"), ("en", "Who are you")):
        status, _, text = await visit(page_of(dingtalk), **{"Accept-Language": language})
        assert status == 200
        assert words in text
        assert alice.name in text


async def test_whoever_agrees_goes_back_with_a_code_and_the_state(dingtalk, alice):
    status, target, _ = await visit(f"{page_of(dingtalk)}&as=alice")
    assert status == 302
    assert target.startswith(f"{BACK}?")
    assert set(parse_qs(urlsplit(target).query)) == {"authCode", "state"}
    _, target, _ = await visit(f"{page_of(dingtalk)}&as=")
    assert parse_qs(urlsplit(target).query) == {"error": ["access_denied"], "state": ["s-1"]}


@pytest.mark.parametrize(
    "changes",
    [{"client_id": "other"}, {"response_type": "token"}, {"scope": "email"}, {"state": ""}, {"redirect_uri": "x"}],
)
async def test_an_address_that_is_wrong_is_refused_and_noted(changes):
    async with Emulator() as dingtalk:
        assert (await visit(page_of(dingtalk, **changes)))[0] == 400
        assert [each.rule for each in dingtalk.violations] == ["bad sign-in"]


async def test_only_a_registered_redirect_is_led_to():
    async with Emulator(redirect_uris=(BACK,)) as dingtalk:
        assert (await visit(page_of(dingtalk)))[0] == 200
        assert (await visit(page_of(dingtalk, redirect_uri="http://127.0.0.1:10/callback")))[0] == 400


async def test_a_code_is_good_once_and_says_who_it_was(client, dingtalk, alice):
    code = await code_of(dingtalk)
    body = grant(dingtalk, code=code, grantType="authorization_code")
    status, tokens = await client.call("POST", TOKEN, body)
    assert status == 200
    assert set(tokens) == {"accessToken", "refreshToken", "expireIn", "corpId"}
    assert (await client.call("POST", TOKEN, body))[0] == 400
    client.token = tokens["accessToken"]
    _, me = await client.api("GET", "/v1.0/contact/users/me")
    assert (me["unionId"], me["nick"]) == (alice.union_id, alice.nick or alice.name)


async def test_a_refresh_token_is_replaced_at_each_use(client, dingtalk, alice):
    first = await signed_in(client, dingtalk)
    body = grant(dingtalk, refreshToken=first["refreshToken"], grantType="refresh_token")
    status, second = await client.call("POST", TOKEN, body)
    assert status == 200
    assert not {first["accessToken"], first["refreshToken"]} & {second["accessToken"], second["refreshToken"]}
    assert (await client.call("POST", TOKEN, body))[0] == 400


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"clientSecret": "x"}, "invalidClientIdOrSecret"), ({"grantType": "password"}, "unsupported.grant.type"),
     ({"code": "x"}, "invalid.code")],
)  # fmt: skip
async def test_what_is_not_right_gets_no_token(client, dingtalk, alice, changes, code):
    body = grant(dingtalk, code=await code_of(dingtalk), grantType="authorization_code")
    status, answer = await client.call("POST", TOKEN, {**body, **changes})
    assert (status, answer["code"]) == (400, code)


async def test_a_users_token_reads_calendars_in_their_name_alone(client, alice, bob, dingtalk):
    app = client.token
    client.token = (await signed_in(client, dingtalk))["accessToken"]
    assert (await client.busy(alice, bob))[0] == 200
    assert dingtalk.calls_of("querySchedule")[-1].user == alice.union_id
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 40014
    status, answer = await client.api("POST", "/v1.0/contact/users/search", {"queryWord": "a", "offset": 0, "size": 1})
    assert (status, answer["code"]) == (400, "InvalidAuthentication")
    client.token = app
    status, answer = await client.api("GET", "/v1.0/contact/users/me")
    assert (status, answer["code"]) == (400, "InvalidAuthentication")


async def test_a_users_token_lapses_with_a_code_of_its_own(client, alice, dingtalk):
    tokens = await signed_in(client, dingtalk)
    client.token = tokens["accessToken"]
    dingtalk.faults.expire_user_tokens()
    status, answer = await client.busy(alice, alice)
    assert (status, answer["code"]) == (400, "accesstoken.expired")
    body = grant(dingtalk, refreshToken=tokens["refreshToken"], grantType="refresh_token")
    dingtalk.faults.end_sign_ins()
    assert (await client.call("POST", TOKEN, body))[0] == 400


async def test_somebody_elses_name_in_the_path_is_a_breach():
    async with Emulator() as dingtalk, aiohttp.ClientSession() as session:
        bob = dingtalk.person("bob")
        dingtalk.person("alice")
        body = grant(dingtalk, code=await code_of(dingtalk), grantType="authorization_code")
        async with session.post(dingtalk.url + TOKEN, json=body) as answer:
            headers = {"x-acs-dingtalk-access-token": (await answer.json())["accessToken"]}
        url = f"{dingtalk.url}/v1.0/calendar/users/{quote(bob.union_id, safe='')}/querySchedule"
        window = {"startTime": "2026-03-10T14:00:00+08:00", "endTime": "2026-03-10T16:00:00+08:00"}
        async with session.post(
            URL(url, encoded=True), json={"userIds": [bob.union_id], **window}, headers=headers
        ) as no:
            assert no.status == 400
        assert [each.rule for each in dingtalk.violations] == ["wrong path id"]


@pytest.mark.parametrize(
    ("app", "internal", "enterprise"), [("internal", 200, 200), ("enterprise", 400, 200), ("personal", 400, 400)]
)
async def test_each_kind_of_app_gets_its_own_tokens(app, internal, enterprise):
    async with Emulator(app=app) as dingtalk, aiohttp.ClientSession() as session:
        pair = {"appKey": dingtalk.client_id, "appSecret": dingtalk.client_secret}
        async with session.post(f"{dingtalk.url}/v1.0/oauth2/accessToken", json=pair) as answer:
            assert answer.status == internal
        body = {"client_id": dingtalk.client_id, "client_secret": dingtalk.client_secret}
        url = f"{dingtalk.url}/v1.0/oauth2/{dingtalk.corp_id}/token"
        async with session.post(url, json={**body, "grant_type": "client_credentials"}) as answer:
            assert answer.status == enterprise
