"""Every shape in which DingTalk says no, and the error that each becomes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import errors
from bot.dingtalk.records import CallRecord, outcome_of
from bot.dingtalk.replies import read_legacy_reply, read_reply
from bot.errors import (
    CredentialsRefused,
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


def refusal(status: int, code: str, **more: Any) -> RemoteError:
    body = {"code": code, "message": "说明", "requestid": "R", **more}
    with pytest.raises(RemoteError) as caught:
        read_reply("test", status, json.dumps(body).encode())
    return caught.value


def legacy(errcode: Any, **more: Any) -> RemoteError:
    body = {"errcode": errcode, "errmsg": "说明", "request_id": "R", **more}
    with pytest.raises(RemoteError) as caught:
        read_legacy_reply("test", 200, json.dumps(body).encode())
    return caught.value


DENIED = "Forbidden.AccessDenied."


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, f"{DENIED}QpsLimitForAppkeyAndApi", Throttled),
        (403, f"{DENIED}QpmLimitForAppkeyAndApi", Throttled),
        (403, f"{DENIED}QpsLimitForApi", Throttled),
        (403, f"{DENIED}QpsLimitForSuitekeyAndOrgAndApi", Throttled),
        (403, f"{DENIED}ApiCountLimitForOrg", QuotaExhausted),
        (403, f"{DENIED}AccessTokenPermissionDenied", PermissionDenied),
        (403, f"{DENIED}IpNotInWhiteList", PermissionDenied),
        (403, "somethingElse", PermissionDenied),
        (400, "permissionDeny", PermissionDenied),
        (400, "groupPermissionDenied", PermissionDenied),
        (400, "permession.checkFailed", PermissionDenied),
        (400, "InvalidAuthentication", TokenRefused),
        (401, "InvalidAuthentication", TokenRefused),
        (403, "InvalidAuthentication", TokenRefused),
        (500, "InvalidAuthentication", TokenRefused),
        (200, "InvalidAuthentication", TokenRefused),
        (400, "accesstoken.expired", TokenRefused),
        (401, "", TokenRefused),
        (400, "invalidClientIdOrSecret", CredentialsRefused),
        (400, "invalid.client", CredentialsRefused),
        (400, "unauthorized.client", CredentialsRefused),
        (401, "authFailed", CredentialsRefused),
        (400, "send.too.fast", Throttled),
        (400, "send.byToken.tooFast", Throttled),
        (400, "too.many.group", Throttled),
        (400, "too.many.people", Throttled),
        (429, "whatever", Throttled),
        (429, "system.busy", Unavailable),
        (500, "system.busy", Unavailable),
        (500, "unknownError", Unavailable),
        (500, "", Unavailable),
        (502, "", Unavailable),
        (503, "", Unavailable),
        (504, "", Unavailable),
        (400, "systemError", Unavailable),
        (404, "", NotFound),
        (404, "itemNotFound", NotFound),
        (400, "param.cardNotExist", NotFound),
        (400, "param.templateNotExist", NotFound),
        (400, "resource.not.found", NotFound),
        (400, "invalidParameter.robotCode.notExsit", NotFound),
        (400, "staffId.notExisted", NotFound),
        (400, "paramIllegal", Rejected),
        (400, "InvalidParameter.ParsedISO8601TimestampError", Rejected),
        (400, "param.cardAlreadyExist", Rejected),
        (302, "", Rejected),
        (418, "", Rejected),
    ],
)
def test_each_code_of_the_new_api_becomes_one_error(status: int, code: str, kind: type[RemoteError]) -> None:
    error = refusal(status, code)
    assert type(error) is kind
    assert (error.api, error.code, error.status) == ("test", code, status)


@pytest.mark.parametrize(
    ("errcode", "kind"),
    [
        (-1, Unavailable),
        (15, Unavailable),
        (40001, TokenRefused),
        (40014, TokenRefused),
        (41001, TokenRefused),
        (42001, TokenRefused),
        ("40014", TokenRefused),
        (60011, PermissionDenied),
        (60020, PermissionDenied),
        (50002, PermissionDenied),
        (50004, PermissionDenied),
        (33012, NotFound),
        (60121, NotFound),
        (60003, NotFound),
        (300001, NotFound),
        (400002, Rejected),
        (40035, Rejected),
        (460101, Rejected),
        (90001, Throttled),
        (90002, Throttled),
        (90010, Throttled),
        (90018, Throttled),
        (130101, Throttled),
        (90020, QuotaExhausted),
        (1234567, Rejected),
    ],
)
def test_each_errcode_of_the_legacy_api_becomes_one_error(errcode: Any, kind: type[RemoteError]) -> None:
    error = legacy(errcode)
    assert type(error) is kind
    assert error.code == str(errcode)


@pytest.mark.parametrize(
    ("sub_code", "kind"),
    [("40014", TokenRefused), (60011, PermissionDenied), ("90018", Throttled), ("isv.odd", Rejected)],
)
def test_the_wrapper_88_is_read_by_its_sub_code(sub_code: Any, kind: type[RemoteError]) -> None:
    assert type(legacy(88, sub_code=sub_code, sub_msg="x")) is kind


def test_a_missing_permission_is_named() -> None:
    code = f"{DENIED}AccessTokenPermissionDenied"
    error = refusal(403, code, accessdenieddetail={"requiredScopes": ["Calendar.EventSchedule.Read", 3]})
    assert isinstance(error, PermissionDenied)
    assert error.scopes == ("Calendar.EventSchedule.Read",)
    assert "Calendar.EventSchedule.Read" in str(error)
    text = "应用尚未开通所需的权限：[qyapi_get_member]，点击链接申请 https://open-dev.dingtalk.com/appscope/apply?content=a"
    error = legacy(88, sub_code="60011", sub_msg=text)
    assert isinstance(error, PermissionDenied)
    assert error.scopes == ("qyapi_get_member",)
    assert "https://" not in str(error)


def test_an_address_that_is_not_allowed_is_named() -> None:
    assert "203.0.113.7" in str(
        refusal(403, f"{DENIED}IpNotInWhiteList", message="访问ip不在白名单之中,request ip=203.0.113.7")
    )


@pytest.mark.parametrize("read", [read_reply, read_legacy_reply])
@pytest.mark.parametrize(
    ("status", "content"),
    [(403, b"<html>punish</html>"), (200, b'{"status":1111,"wait":5,"source":"x5"}'), (403, b'{"status":1111}')],
)
def test_the_page_for_a_blocked_address_is_a_throttle_that_says_so(read: Any, status: int, content: bytes) -> None:
    with pytest.raises(Throttled, match="blocks this server's address"):
        read("test", status, content)


def test_a_legacy_reply_of_zero_is_good_in_both_types() -> None:
    for zero in (0, "0"):
        body = json.dumps({"errcode": zero, "result": {"a": 1}}).encode()
        assert read_legacy_reply("test", 200, body)["result"] == {"a": 1}


@pytest.mark.parametrize("errcode", [None, "x", [], {}, 1.5, "1" * 5000])
def test_a_legacy_reply_without_a_number_is_malformed(errcode: Any) -> None:
    assert type(legacy(errcode)) is MalformedReply


def refusal_text(read: Any, status: int, content: bytes) -> str:
    """What the error says; empty where the reply is a good one."""
    try:
        assert isinstance(read("test", status, content), dict)
    except RemoteError as error:
        return str(error)
    return ""


@settings(max_examples=50)
@given(st.integers(200, 599), st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_whatever_comes_is_a_reply_or_one_of_our_errors(status: int, value: Any) -> None:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    for read in (read_reply, read_legacy_reply):
        assert "\n" not in refusal_text(read, status, content)


@settings(max_examples=50)
@given(
    st.integers(200, 599),
    st.dictionaries(
        st.sampled_from(
            ["code", "message", "requestid", "errcode", "errmsg", "sub_code", "sub_msg", "accessdenieddetail"]
        ),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.lists(st.text())
        | st.dictionaries(st.text(), st.text()),
    ),
)
def test_odd_values_in_a_refusal_never_raise_anything_else(status: int, body: dict[str, Any]) -> None:
    for read in (read_reply, read_legacy_reply):
        assert len(refusal_text(read, status, json.dumps(body).encode())) < 1000


def test_what_dingtalk_says_is_shown_without_urls_and_opaque_strings() -> None:
    error = refusal(400, "paramIllegal", message="bad token 0123456789abcdef0123456789abcdef at https://x/?a=b\nnext")
    assert str(error).endswith("'bad token … at … next')")


def test_throttled_and_failed_calls_and_exempt_ones_do_not_count_against_the_month() -> None:
    counted = {
        word: CallRecord.of("querySchedule", word, 0.0).counted for word in ("ok", "throttled", "timeout", "quota")
    }
    assert counted == {"ok": True, "throttled": False, "timeout": False, "quota": False}
    assert not CallRecord.of("user/get", "ok", 0.0).counted


def test_every_error_has_a_word() -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, RemoteError)]
    words = {outcome_of(kind("x", api="y")) for kind in kinds if kind is not RemoteError}
    assert len(words) == len(kinds) - 1
