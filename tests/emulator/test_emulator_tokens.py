"""Tokens, and the order in which DingTalk checks a call."""

from bot.emulator import Emulator

PATH = "/v1.0/oauth2/accessToken"


async def test_a_token_stays_the_same_until_it_expires(client, dingtalk, alice):
    assert await client.login() == await client.login()
    dingtalk.faults.expire_tokens()
    old = client.token
    assert (await client.busy(alice, alice))[1]["code"] == "InvalidAuthentication"
    assert await client.login() != old
    assert (await client.busy(alice, alice))[0] == 200


async def test_a_token_is_asked_for_in_json(client):
    status, answer = await client.call("POST", PATH, None, data={"appKey": "a", "appSecret": "b"})
    assert (status, answer["code"]) == (400, "Missingbody")


async def test_a_wrong_secret_gets_no_token(client, dingtalk):
    status, answer = await client.call("POST", PATH, {"appKey": dingtalk.client_id, "appSecret": "wrong"})
    assert (status, answer["code"]) == (400, "invalidClientIdOrSecret")
    assert "requestid" in answer


async def test_each_kind_of_token_is_good_on_both_hosts(client, dingtalk, alice):
    body = {"client_id": dingtalk.client_id, "client_secret": dingtalk.client_secret}
    grant = {**body, "grant_type": "client_credentials"}
    _, corp = await client.call("POST", f"/v1.0/oauth2/{dingtalk.corp_id}/token", grant)
    query = f"appkey={dingtalk.client_id}&appsecret={dingtalk.client_secret}"
    _, old = await client.call("GET", f"/gettoken?{query}")
    for token in (client.token, corp["access_token"], old["access_token"]):
        client.token = token
        assert (await client.busy(alice, alice))[0] == 200
        assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 0


async def test_the_token_of_another_organization_is_refused(client, dingtalk):
    body = {
        "client_id": dingtalk.client_id,
        "client_secret": dingtalk.client_secret,
        "grant_type": "client_credentials",
    }
    assert (await client.call("POST", "/v1.0/oauth2/dingother/token", body))[1]["code"] == "unauthorized.client"
    body["grant_type"] = "password"
    answer = await client.call("POST", f"/v1.0/oauth2/{dingtalk.corp_id}/token", body)
    assert answer[1]["code"] == "unsupported.grant.type"


async def test_an_expired_token_is_errcode_40014_on_oapi_or_wrapped_in_88(client, dingtalk):
    dingtalk.faults.expire_tokens()
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 40014
    await client.login()
    dingtalk.faults.expire_tokens(errcode=88)
    answer = await client.oapi("v2/user/get", {"userid": "alice"})
    assert (answer["errcode"], answer["sub_code"]) == (88, "40014")


async def test_a_token_that_lapsed_by_itself_is_errcode_42001(client_for):
    async with Emulator(token_life=0.0) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 42001


async def test_a_call_without_a_token_is_refused_and_recorded(client, dingtalk, alice):
    client.token = ""
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 41001
    assert (await client.busy(alice, alice))[0] == 400
    assert {each.rule for each in dingtalk.violations} == {"no token"}


async def test_token_is_checked_before_scope_before_throttle_before_quota_before_body(client_for):
    async with Emulator(calls_per_second=1) as dingtalk, client_for(dingtalk) as client:
        alice = dingtalk.person("alice")
        dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
        dingtalk.faults.quota_gone()
        client.token = "never issued"
        assert (await client.busy(alice, startTime="x"))[1]["code"] == "InvalidAuthentication"
        await client.login()
        status, answer = await client.busy(alice, startTime="x")
        assert (status, answer["code"]) == (403, "Forbidden.AccessDenied.AccessTokenPermissionDenied")
        assert answer["accessdenieddetail"] == {"requiredScopes": ["Calendar.EventSchedule.Read"]}
        dingtalk.faults.denied_scopes.clear()
        assert (await client.busy(alice, startTime="x"))[1]["code"] == "Forbidden.AccessDenied.ApiCountLimitForOrg"
        status, answer = await client.busy(alice, startTime="x")
        assert (status, answer["code"]) == (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi")
        assert dingtalk.peak_rate("querySchedule") == 4


async def test_a_missing_scope_on_oapi_is_wrapped_in_88(client, dingtalk, alice):
    dingtalk.faults.deny_scope("qyapi_get_member")
    answer = await client.oapi("v2/user/get", {"userid": "alice"})
    assert (answer["errcode"], answer["sub_code"]) == (88, "60011")


async def test_only_calls_that_cost_quota_are_counted(client, dingtalk, alice):
    await client.oapi("v2/user/get", {"userid": "alice"})
    assert dingtalk.monthly_calls == 0
    await client.busy(alice, alice)
    assert dingtalk.monthly_calls == 1
    dingtalk.faults.quota_gone()
    assert (await client.busy(alice, alice))[0] == 403
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 0
    assert (await client.call("GET", "/emulator/quota"))[1] == {"calls": 1, "pushes": 0}


async def test_the_ledger_holds_no_secret(client, dingtalk, alice):
    await client.oapi("v2/user/get", {"userid": "alice"})
    seen = repr(dingtalk.calls)
    assert client.token not in seen
    assert dingtalk.client_secret not in seen


async def test_an_unknown_path_is_a_404(client, dingtalk, alice):
    status, answer = await client.api("POST", f"/v1.0/calendar/users/{alice.staff_id}/getSchedule", {})
    assert (status, answer["code"]) == (404, "InvalidAction.NotFound")
    assert (await client.oapi("v2/user/invented", {}))["errcode"] == 404
