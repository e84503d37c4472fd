"""The HTTP client against servers that answer what the test wants: repeats, deadlines, caps, tokens, secrets."""

import asyncio
import socket
import sys
import time

import pytest
from wire_servers import Answer, Call, Server, http_server, raw_server, read_request

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    Rejected,
    RemoteTimeout,
    Throttled,
    TokenRefused,
    Unavailable,
)

QPS = {"code": "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "message": "qps", "requestid": "r"}
BAD_TOKEN = {"code": "InvalidAuthentication", "message": "不合法的access_token", "requestid": "r"}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


async def ask(api: Api, **options: object) -> dict[str, object]:
    return await api.call("test", "POST", "/v1.0/test", body={"a": "张三"}, **{"repeatable": True, **options})


def raw_api(url: str, **options: object) -> Api:
    return Api(Credentials("app-id", "app-secret"), Endpoints(url, url), **{"deadline": 30.0, **options})


async def test_a_call_carries_its_token_in_the_header_and_gives_the_reply(server: Server, api: Api) -> None:
    server.answers = [Answer({"x": 1})]
    assert await ask(api) == {"x": 1}
    (call,) = server.calls
    assert (call.method, call.path, call.token, call.body) == ("POST", "/v1.0/test", "token-1", {"a": "张三"})


async def test_a_legacy_call_carries_its_token_in_the_query(server: Server, api: Api) -> None:
    server.answers = [Answer({"errcode": "0", "result": 1})]
    await api.legacy("user/get", "/topapi/v2/user/get", body={"userid": "a"}, repeatable=True)
    assert server.calls[0].query == {"access_token": "token-1"}


async def test_a_cold_storm_fetches_one_token(server: Server, api: Api) -> None:
    await asyncio.gather(*(api.call(f"api-{n}", "POST", "/x", repeatable=True) for n in range(100)))
    assert len(server.token_calls) == 1


async def test_a_refused_token_is_fetched_once_by_fifty_calls_and_none_fails(server: Server) -> None:
    async def judge(call: Call) -> Answer:
        return Answer(BAD_TOKEN, status=400) if call.token == "token-1" else Answer({"ok": True})

    server.answers = [judge]
    async with server.api(calls_per_second=1000) as api:
        assert await asyncio.gather(*(ask(api, repeatable=False) for _ in range(50))) == [{"ok": True}] * 50
    assert len(server.token_calls) == 2


@pytest.mark.parametrize("status", [200, 400, 401, 500])
async def test_a_token_refused_twice_is_an_error(server: Server, api: Api, status: int) -> None:
    server.answers = [Answer(BAD_TOKEN, status=status)]
    with pytest.raises(TokenRefused):
        await ask(api)
    assert len(server.calls) == 2
    assert not api.token.valid


async def test_credentials_that_do_not_match_are_an_error_of_their_own(server: Server, api: Api) -> None:
    server.tokens = [Answer({"code": "invalidClientIdOrSecret", "message": "no", "requestid": "r"}, status=400)]
    with pytest.raises(CredentialsRefused):
        await ask(api)


async def test_an_app_with_a_corp_id_asks_for_its_token_in_the_other_form(server: Server) -> None:
    server.answers = [Answer({"access_token": "corp-token", "expires_in": 7200}), Answer({})]
    endpoints = Endpoints(server.url, server.url)
    async with Api(Credentials("app-id", "app-secret", corp_id="ding123"), endpoints) as api:
        await ask(api)
    first, second = server.calls
    assert first.path == "/v1.0/oauth2/ding123/token"
    assert first.body == {"client_id": "app-id", "client_secret": "app-secret", "grant_type": "client_credentials"}
    assert second.token == "corp-token"


async def test_a_token_is_renewed_in_the_background_before_it_runs_out(server: Server, api: Api) -> None:
    server.tokens = [Answer({"accessToken": f"token-{n}", "expireIn": 1}) for n in (1, 2)]
    await ask(api)
    async with asyncio.timeout(30):
        while await api.token.get() == "token-1":  # noqa: ASYNC110 - a renewal has no event
            await asyncio.sleep(0.02)
    await ask(api)
    assert server.calls[-1].token == "token-2"


async def test_a_slow_renewal_makes_nobody_wait(server: Server, api: Api) -> None:
    server.tokens = [Answer({"accessToken": "old", "expireIn": 7200})]
    assert await api.token.get() == "old"
    renewal = api.token._fetching()
    assert await api.token.get() == "old"
    assert not renewal.done()
    await renewal


@pytest.mark.parametrize("repeatable", [True, False])
async def test_a_throttled_call_is_repeated_after_a_pause_of_that_api(server: Server, repeatable: bool) -> None:
    server.answers = [Answer(QPS, status=403), Answer({"x": 1})]
    async with server.api(throttle_pause=0.2) as api:
        assert await ask(api, repeatable=repeatable) == {"x": 1}
    assert server.calls[1].at - server.calls[0].at >= 0.2
    assert [(record.outcome, record.counted) for record in server.records if record.api == "test"] == [
        ("throttled", False),
        ("ok", True),
    ]


async def test_a_throttle_pauses_that_api_for_everybody_and_no_other(server: Server) -> None:
    server.answers = [Answer(QPS, status=403), Answer({})]
    async with server.api(throttle_pause=0.2) as api:
        await api.token.get()
        first = asyncio.create_task(ask(api))
        async with asyncio.timeout(30):
            while not any(each.outcome == "throttled" for each in server.records):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0)
        await api.call("other", "POST", "/other", repeatable=True)
        await asyncio.gather(first, ask(api))
    throttled, other, *later = server.calls
    assert other.path == "/other"
    assert all(call.at - throttled.at >= 0.2 for call in later)


async def test_a_throttle_that_stays_is_an_error_within_the_deadline(server: Server) -> None:
    server.answers = [Answer(QPS, status=403)]
    async with server.api(throttle_pause=120) as api:
        with pytest.raises(Throttled):
            await ask(api)
    assert len(server.calls) == 1


async def test_a_read_that_meets_a_broken_server_is_repeated_twice(server: Server, api: Api) -> None:
    server.answers = [Answer(status=500, raw=b"<html>"), Answer({"code": "system.busy"}, status=503), Answer({"x": 1})]
    assert await ask(api) == {"x": 1}
    server.answers = [Answer({"code": "system.busy"}, status=500)]
    with pytest.raises(Unavailable):
        await ask(api)
    assert len(server.calls) == 6


async def test_a_call_that_is_not_repeatable_is_made_once(server: Server, api: Api) -> None:
    server.answers = [Answer({"code": "system.busy"}, status=500)]
    with pytest.raises(Unavailable):
        await ask(api, repeatable=False)
    assert len(server.calls) == 1


async def test_a_refusal_is_never_repeated(server: Server, api: Api) -> None:
    server.answers = [Answer({"code": "paramIllegal"}, status=400)]
    with pytest.raises(Rejected):
        await ask(api)
    assert len(server.calls) == 1


async def test_a_redirect_is_not_followed(server: Server, api: Api) -> None:
    server.answers = [Answer({}, status=302, headers={"Location": f"{server.url}/elsewhere"})]
    with pytest.raises(Rejected):
        await ask(api)
    assert len(server.calls) == 1


async def test_html_in_place_of_json_is_malformed_and_not_repeated(server: Server, api: Api) -> None:
    server.answers = [Answer(raw=b"<html>banned</html>")]
    with pytest.raises(MalformedReply):
        await ask(api)
    assert len(server.calls) == 1


@pytest.mark.parametrize("raw", [b"[]", b"null", b"3", b"", b"\xff\xfe", b"[" * 100_000])
async def test_anything_but_a_json_object_is_malformed(server: Server, api: Api, raw: bytes) -> None:
    server.answers = [Answer(raw=raw)]
    with pytest.raises(MalformedReply):
        await ask(api)


async def test_a_reply_that_breaks_off_is_malformed_and_repeated_where_that_is_safe() -> None:
    hits = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal hits
        await read_request(reader)
        hits += 1
        writer.write(HEAD + b'Content-Length: 100\r\n\r\n{"a": ')
        await writer.drain()

    async with raw_server(serve) as url, raw_api(url) as api:
        with pytest.raises(MalformedReply):
            await api.post("test", f"{url}/x", body={}, repeatable=False)
        assert hits == 1
        with pytest.raises(MalformedReply):
            await api.post("test", f"{url}/x", body={}, repeatable=True)
        assert hits == 4


async def test_a_reply_without_end_is_given_up_at_the_cap() -> None:
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await read_request(reader)
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b" " * 65536)
            sent += 65536
            await writer.drain()

    async with raw_server(serve) as url, raw_api(url) as api:
        with pytest.raises(MalformedReply, match="longer than"):
            await api.post("test", f"{url}/x", body={}, repeatable=True)
    assert sent < 20_000_000


async def test_a_body_that_stalls_ends_at_the_deadline() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(HEAD + b"Content-Length: 100\r\n\r\n{")
        await writer.drain()
        await reader.read()

    async with raw_server(serve) as url, raw_api(url, deadline=0.3) as api:
        with pytest.raises(RemoteTimeout):
            await api.post("test", f"{url}/x", body={}, repeatable=False)
        with pytest.raises(RemoteTimeout):
            await api.post("test", f"{url}/x", body={}, repeatable=True)


async def test_a_body_that_trickles_ends_at_the_deadline() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with raw_server(serve) as url, raw_api(url, deadline=0.3) as api:
        with pytest.raises(RemoteTimeout):
            await api.post("test", f"{url}/x", body={}, repeatable=False)


@pytest.mark.parametrize(("repeatable", "hits"), [(True, 2), (False, 1)])
async def test_a_connection_closed_on_reuse_is_repeated_only_where_that_is_safe(repeatable: bool, hits: int) -> None:
    seen = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal seen
        await read_request(reader)
        writer.write(HEAD + b"Content-Length: 2\r\n\r\n{}")
        await writer.drain()
        await read_request(reader)  # the second request on this connection gets no answer
        seen += 1

    async with raw_server(serve) as url, raw_api(url) as api:
        await api.post("test", f"{url}/x", body={}, repeatable=False)
        if repeatable:
            assert await api.post("test", f"{url}/x", body={}, repeatable=True) == {}
        else:
            with pytest.raises(RemoteTimeout):
                await api.post("test", f"{url}/x", body={}, repeatable=False)
    assert seen == 1


async def test_a_port_where_nobody_listens_is_a_timeout_error() -> None:
    async with http_server() as server:
        url = server.url
    async with raw_api(url) as api:
        with pytest.raises(RemoteTimeout):
            await ask(api)


async def test_a_cancelled_call_stays_cancelled_and_gives_its_place_back(server: Server) -> None:
    arrived, release = asyncio.Event(), asyncio.Event()

    async def hang(call: Call) -> Answer:
        arrived.set()
        await release.wait()
        return Answer({})

    server.answers = [hang]
    async with server.api(calls_per_second=2) as api:
        task = asyncio.create_task(ask(api))
        await asyncio.wait_for(arrived.wait(), 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        release.set()
        assert await asyncio.wait_for(ask(api), 30) == {}
    assert [record.outcome for record in server.records if record.api == "test"] == ["cancelled", "ok"]


async def test_proxy_variables_of_the_environment_are_ignored(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async with http_server() as trap:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, trap.url)
            monkeypatch.setenv(name.lower(), trap.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        async with server.api() as api:
            await ask(api)
        assert (len(server.calls), len(trap.calls)) == (1, 0)


async def test_no_error_and_no_repr_holds_a_secret(server: Server) -> None:
    secrets = ("app-secret", "token-1", "token-2", "access_token=")
    shown = [repr(Credentials("app-id", "app-secret"))]
    server.answers = [
        Answer({"errcode": 40014, "errmsg": "bad token-1"}),
        Answer(
            {"code": "x", "message": "see https://h/?access_token=token-1 eyJhbGciOiJIUzI1NiJ9eyJhbGci"}, status=400
        ),
        Answer(raw=b"token-1"),
    ]
    async with server.api() as api:
        shown += [repr(api), repr(api.credentials), repr(api.token)]
        for _ in range(4):
            with pytest.raises((Rejected, MalformedReply, TokenRefused)) as caught:
                await api.legacy("user/get", "/topapi/v2/user/get", body={}, repeatable=True)
            shown.append(f"{caught.value!r} {caught.value.__cause__} {caught.value.__suppress_context__}")
    assert not [secret for secret in secrets for text in shown if secret in text]


async def test_a_record_tells_api_outcome_time_and_count(server: Server, api: Api) -> None:
    before = time.monotonic()
    await ask(api)
    token, call = server.records
    assert (token.api, token.outcome, token.counted) == ("accessToken", "ok", False)
    assert (call.api, call.outcome, call.counted) == ("test", "ok", True)
    assert 0 <= call.seconds <= time.monotonic() - before


@pytest.mark.skipif(sys.platform != "linux", reason="a full backlog stalls connections on Linux only")
async def test_a_connection_that_stalls_is_given_up_by_the_connect_timeout_without_a_repeat(server: Server) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        fillers = [socket.socket() for _ in range(4)]
        try:
            for filler in fillers:
                filler.settimeout(0)
                filler.connect_ex(full.getsockname())
            async with raw_api(url, connect_timeout=0.2, deadline=30.0) as api:
                with pytest.raises(RemoteTimeout, match="no connection within"):
                    await api.post("test", f"{url}/x", body={}, repeatable=True)
        finally:
            for filler in fillers:
                filler.close()


async def test_a_server_without_tls_gets_no_request_over_https() -> None:
    received = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.read(65536))
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with raw_server(serve) as url, raw_api(url.replace("http", "https", 1)) as api:
        with pytest.raises(RemoteTimeout):
            await api.post("test", f"{api.endpoints.api}/x", body={"a": "app-secret"}, repeatable=False)
    assert received[:1] == b"\x16"  # the first byte of a TLS handshake
    assert b"app-secret" not in received


async def test_a_failing_token_call_is_not_repeated_by_the_call_that_needs_it(server: Server, api: Api) -> None:
    server.tokens = [Answer({"code": "system.busy"}, status=500)]
    with pytest.raises(Unavailable):
        await ask(api)
    assert len(server.token_calls) == 3


async def test_calls_outside_the_context_manager_are_a_mistake_of_the_caller(server: Server) -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await server.api().post("test", f"{server.url}/x", body={}, repeatable=False)
