"""Which URLs are called and which are not."""

import pytest

from bot.dingtalk.endpoints import Credentials, Endpoints, is_gateway, is_session_webhook

MAINLAND = Endpoints.mainland()
LOCAL = Endpoints("http://127.0.0.1:8001", "http://127.0.0.1:8001/")


def test_both_editions_have_their_hosts() -> None:
    assert (MAINLAND.api, MAINLAND.oapi) == ("https://api.dingtalk.com", "https://oapi.dingtalk.com")
    assert Endpoints.international().api == "https://api.dingtalk.io"


def test_a_trailing_slash_is_cut() -> None:
    assert LOCAL.oapi == "http://127.0.0.1:8001"


@pytest.mark.parametrize("url", ["https://dingtalk.corp.example/gate", "http://localhost:1", "http://[::1]:8080"])
def test_https_anywhere_and_http_on_loopback_are_accepted(url: str) -> None:
    assert Endpoints(url, url).api == url


@pytest.mark.parametrize(
    "url",
    [
        "http://api.dingtalk.com",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "api.dingtalk.com",
        "",
        "https://",
        "https://user:hunter2@api.dingtalk.com",
        "https://api.dingtalk.com?token=hunter2",
        "https://api.dingtalk.com/#hunter2",
        "https://api.dingtalk.com?",
        "https://api.dingtalk.com:port",
        "https://a\\b",
    ],
)
def test_other_base_urls_are_refused_without_showing_secrets(url: str) -> None:
    for pair in ((url, MAINLAND.oapi), (MAINLAND.api, url)):
        with pytest.raises(ValueError, match="expected") as caught:
            Endpoints(*pair)
        assert "hunter2" not in str(caught.value)


def test_a_secret_is_not_in_the_repr() -> None:
    assert "hunter2" not in repr(Credentials("id", "hunter2"))


@pytest.mark.parametrize(
    "url",
    [
        "https://oapi.dingtalk.com/robot/sendBySession?session=abc",
        "https://api.dingtalk.com/robot/sendBySession?session=abc",
        "https://oapi.dingtalk.io/robot/sendBySession?session=abc",
        "https://OAPI.dingtalk.com:443/robot/sendBySession?session=abc",
    ],
)
def test_a_session_webhook_of_dingtalk_is_used(url: str) -> None:
    assert is_session_webhook(url, MAINLAND)


BAD_WEBHOOKS = [
    "http://oapi.dingtalk.com/robot/sendBySession?session=a",
    "https://oapi.dingtalk.com.evil.com/robot",
    "https://evildingtalk.com/robot",
    "https://evil.com/oapi.dingtalk.com",
    "https://oapi.dingtalk.com@evil.com/robot",
    "https://user:pw@oapi.dingtalk.com/robot",
    "https://oapi.dingtalk.com:8443/robot",
    "https://oapi.dingtalk.com:443@evil.com/",
    "https://oapi.dingtalk.com\\@evil.com/",
    "https://evil.com\\.dingtalk.com/",
    "https://evil.com#.dingtalk.com/",
    "https://oapi.dingtalk.com/robot#x",
    "https://127.0.0.1/robot",
    "http://127.0.0.1:8002/robot",
    "https://[::1]/robot",
    "http://169.254.169.254/latest/meta-data",
    "https://oapi.dingtalk。com/robot",
    "https://oapi.dingtalk.com\n.evil.com/",
    "https://oapi.dingtalk.com /",
    "file:///etc/passwd",
    "//oapi.dingtalk.com/robot",
    "javascript:alert(1)",
    "https://[oapi.dingtalk.com/",
    "https://oapi.dingtalk.com:99999/",
    "",
]


@pytest.mark.parametrize("url", BAD_WEBHOOKS)
@pytest.mark.parametrize("endpoints", [MAINLAND, LOCAL])
def test_a_session_webhook_that_leads_elsewhere_is_not_used(url: str, endpoints: Endpoints) -> None:
    assert not is_session_webhook(url, endpoints)


def test_a_session_webhook_on_the_configured_host_is_used() -> None:
    assert is_session_webhook("http://127.0.0.1:8001/robot/sendBySession?session=a", LOCAL)
    assert not is_session_webhook("http://127.0.0.1:8001/robot/sendBySession?session=a", MAINLAND)


def test_the_gateway_is_dingtalk_over_tls_or_this_machine() -> None:
    assert is_gateway("wss://wss-open-connection.dingtalk.com:443/connect", MAINLAND)
    assert is_gateway("wss://open.dingtalk.io/connect?x=1", MAINLAND)
    assert is_gateway("ws://127.0.0.1:9/connect", LOCAL)
    for url in (
        "ws://wss-open-connection.dingtalk.com/",
        "wss://dingtalk.com.evil.com/",
        "ws://127.0.0.1:9/",
        "wss://a@dingtalk.com/",
    ):
        assert not is_gateway(url, MAINLAND)
    assert not is_gateway("ws://10.0.0.1/connect", LOCAL)
