"""DingTalk from inside a corporate network: behind a proxy that tunnels, and with a private authority's certificate."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator

import pytest
from wire_servers import AUTHORITY, connect_proxy, http_server, raw_server, trusted_server

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.dingtalk.network import Network, Proxy
from bot.dingtalk.stream import Stream
from bot.emulator import MESSAGE_TOPIC, Emulator
from bot.errors import RemoteTimeout

PRIVATE = AUTHORITY / "ca.pem"


@pytest.fixture
async def https() -> AsyncIterator[Emulator]:
    """A DingTalk whose certificate is a private authority's."""
    async with Emulator(redeliver_unacked=None, ack_window=60.0, ssl_context=trusted_server()) as emulator:
        yield emulator


def api_of(dingtalk: Emulator, network: Network) -> Api:
    credentials = Credentials(dingtalk.client_id, dingtalk.client_secret)
    return Api(credentials, Endpoints(dingtalk.url, dingtalk.url), network=network, deadline=60.0, connect_timeout=60.0)


async def test_a_certificate_of_a_private_authority_is_refused_without_its_file(https: Emulator) -> None:
    async with api_of(https, Network()) as api:
        with pytest.raises(RemoteTimeout, match="TLS certificate is not trusted"):
            await api.token.get()
    assert https.calls == []


async def test_with_its_file_api_and_stream_are_reached(https: Emulator) -> None:
    async with api_of(https, Network(ca_file=PRIVATE)) as api:
        assert await api.token.get()
        await streams(api, https)


async def test_the_system_authorities_are_trusted_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PRIVATE))  # where OpenSSL looks for the system's
    issuers = {name for each in Network().tls().get_ca_certs() for ((_, name),) in each["issuer"][-1:]}
    assert "Youkong tests" in issuers
    assert len(issuers) > 10
    assert Network().tls().verify_mode is ssl.CERT_REQUIRED


async def streams(api: Api, dingtalk: Emulator) -> None:
    """Gets one message over the Stream."""
    got: asyncio.Queue[str] = asyncio.Queue()

    async def handle(data: str, headers: object) -> None:
        got.put_nowait(data)

    stream = Stream(api, on_message=handle, on_card=handle)
    running = asyncio.create_task(stream.run())
    try:
        await dingtalk.connected(timeout=30)
        await dingtalk.push(type="CALLBACK", topic=MESSAGE_TOPIC, data='{"text": "hi"}')
        assert await asyncio.wait_for(got.get(), 30) == '{"text": "hi"}'
        await dingtalk.settle()
    finally:
        await stream.stop()
        await running


@pytest.mark.parametrize("credentials", ["", "bot:p%40ss%3Aword"])
async def test_behind_a_proxy_everything_goes_through_tunnels(https: Emulator, credentials: str) -> None:
    async with (
        connect_proxy("bot:p@ss:word" if credentials else "") as proxy,
        api_of(https, Network(Proxy(proxy.url(credentials)), PRIVATE)) as api,
    ):
        assert await api.token.get()
        await streams(api, https)
        assert proxy.refused == []
        assert set(proxy.tunnels) == {https.url.removeprefix("https://")}
        assert len(proxy.tunnels) >= 2


async def test_a_plain_address_goes_through_a_tunnel_too() -> None:
    async with (
        connect_proxy() as proxy,
        http_server() as server,
        server.api(network=Network(Proxy(proxy.url()))) as api,
    ):
        assert await api.token.get()
        assert proxy.tunnels == [server.url.removeprefix("http://")]


async def test_wrong_credentials_of_a_proxy_are_named(https: Emulator) -> None:
    async with (
        connect_proxy("bot:right") as proxy,
        api_of(https, Network(Proxy(proxy.url("bot:wrong-canary")), PRIVATE)) as api,
    ):
        with pytest.raises(RemoteTimeout, match=r"the proxy refuses the connection \(HTTP 407\)") as caught:
            await api.token.get()
    assert "canary" not in str(caught.value)
    assert https.calls == []


async def test_a_proxy_that_is_not_there_is_named(https: Emulator) -> None:
    async with raw_server(lambda reader, writer: asyncio.sleep(0)) as url:
        gone = url
    async with api_of(https, Network(Proxy(gone), PRIVATE)) as api:
        with pytest.raises(RemoteTimeout, match=r"the proxy cannot be reached, check dingtalk\.proxy"):
            await api.token.get()
