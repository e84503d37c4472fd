"""The Stream against an emulated gateway: faults of the network, of the gateway and of handlers."""

import asyncio
import base64
import hashlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest
from wire_servers import Answer, Server, raw_server, read_request

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.dingtalk.robot import send_session
from bot.dingtalk.stream import Stream
from bot.dingtalk.timing import SocketTiming, Timing
from bot.dingtalk.work import Work
from bot.emulator import CARD_TOPIC, MESSAGE_TOPIC, Emulator, Push
from bot.errors import CredentialsRefused

PATIENCE = 30.0
"""Seconds after which a test gives up; what is to run out in one is far shorter."""
FAST = Timing(
    socket=SocketTiming(handshake=PATIENCE, ping_interval=PATIENCE, ping_timeout=PATIENCE, close=PATIENCE),
    backoff=(0.02, 0.05, 0.2),
    refused=0.2,
    drain=PATIENCE,
    watch=0.05,
)


@dataclass
class Bot:
    """A stream under test: what it handled and counted, and a condition to wait on."""

    stream: Stream = field(init=False)
    task: asyncio.Task[None] = field(init=False)
    seen: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    errors: list[Exception] = field(default_factory=list)

    def count(self, event: str) -> None:
        self.events[event] += 1
        self.stirred.set()

    async def handle(self, data: str, headers: Mapping[str, str]) -> object:
        self.seen.append(data)
        self.stirred.set()
        await self.hold.wait()
        if self.errors:
            raise self.errors.pop()
        return {"got": headers["topic"]}

    async def until(self, claim: Any, seconds: float = PATIENCE) -> None:
        async with asyncio.timeout(seconds):
            while not claim():
                self.stirred.clear()
                await self.stirred.wait()


@asynccontextmanager
async def running(
    dingtalk: Emulator | Server, *, timing: Timing = FAST, secret: str = "secret-test", **options: Any
) -> AsyncIterator[Bot]:
    credentials = Credentials("ding-test", secret)
    endpoints = Endpoints(dingtalk.url, dingtalk.url)
    async with Api(credentials, endpoints, calls_per_second=1000, connect_timeout=PATIENCE) as api:
        bot = Bot()
        handlers: dict[str, Any] = {"on_message": bot.handle, "on_card": bot.handle, "on_event": bot.count}
        bot.stream = Stream(api, timing=timing, **handlers, **options)
        bot.task = asyncio.create_task(bot.stream.run())
        bot.hold.set()
        try:
            yield bot
        finally:
            bot.hold.set()
            if not bot.task.done():
                bot.task.cancel()
            await asyncio.wait([bot.task])


@pytest.fixture
async def dingtalk() -> AsyncIterator[Emulator]:
    async with Emulator(ack_window=PATIENCE, client_id="ding-test", client_secret="secret-test") as emulator:
        yield emulator


async def message(dingtalk: Emulator, text: str = "hi", **options: Any) -> Push:
    return await dingtalk.push(type="CALLBACK", topic=MESSAGE_TOPIC, data={"text": text}, **options)


async def test_messages_and_card_clicks_are_handled_and_acked_with_the_response(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        for topic in (MESSAGE_TOPIC, CARD_TOPIC):
            push = await dingtalk.push(type="CALLBACK", topic=topic, data={"a": "张三"})
            ack = await push.acked()
            assert (ack.code, ack.data) == (200, {"response": {"got": topic}})
        assert [json.loads(data) for data in bot.seen] == [{"a": "张三"}] * 2
        await dingtalk.settle()


async def test_the_ack_waits_for_the_handler_and_pings_do_not(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        bot.hold.clear()
        pushes = [await message(dingtalk, str(n)) for n in range(64)]
        await bot.until(lambda: len(bot.seen) == 64)
        assert await dingtalk.ping("abc") == "abc"
        assert not any(push.answered.is_set() for push in pushes)
        bot.hold.set()
        for push in pushes:
            await push.acked()
        await dingtalk.settle()


async def test_a_handler_that_raises_is_counted_and_not_acked(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        bot.errors.append(ValueError("secret words"))
        push = await message(dingtalk)
        await bot.until(lambda: bot.events["handler_failed"] == 1)
        assert not push.answered.is_set()
        assert (await (await message(dingtalk)).acked()).code == 200


async def test_malformed_frames_are_counted_and_cost_no_connection(dingtalk: Emulator) -> None:
    nonsense: list[str | bytes] = ["{", "", "[]", "null", "{}", b"\xff\x00", '{"type": "CALLBACK", "headers": []}']
    nonsense += ['{"type": 3, "headers": {}}', '{"type": "CALLBACK", "headers": {"topic": "x"}}', "[" * 50_000]
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        for frame in nonsense:
            await dingtalk.push_raw(frame)
        await (await message(dingtalk)).acked()
        assert bot.events["frame_malformed"] == len(nonsense)
        assert bot.events["connected"] == 1


async def test_a_thousand_odd_frames_leave_the_connection_unchanged(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        for n in range(1000):
            await dingtalk.push_raw(json.dumps({"type": "CALLBACK", "headers": {"topic": n}})[: 10 + n % 40])
        await (await message(dingtalk)).acked()
        assert (bot.events["frame_malformed"], bot.events["connected"]) == (1000, 1)


@pytest.mark.parametrize(("kind", "topic"), [("CALLBACK", "/v1.0/unknown"), ("EVENT", "*"), ("ODD", "x")])
async def test_a_topic_that_nobody_handles_is_acked_404(dingtalk: Emulator, kind: str, topic: str) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        push = await dingtalk.push(type=kind, topic=topic, data={})
        assert (await push.acked()).code == 404
        assert bot.events["frame_unknown_topic"] == 1


async def test_a_frame_over_the_cap_is_refused_and_the_connection_kept(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        assert (await (await message(dingtalk, "x" * 1_200_000)).acked()).code == 400
        await (await message(dingtalk)).acked()
        assert (bot.events["frame_too_large"], bot.events["connected"], len(bot.seen)) == (1, 1, 1)


async def test_a_disconnect_opens_the_successor_first_and_work_is_acked_on_its_own_socket(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        bot.hold.clear()
        push = await message(dingtalk)
        await bot.until(lambda: bot.seen)
        (old,) = await dingtalk.disconnect(grace=60)
        await dingtalk.connected()
        assert old.is_open
        assert len(dingtalk.connections) == 2
        late = await message(dingtalk, "late", connection=old.id)
        await bot.until(lambda: len(bot.seen) == 2)
        bot.hold.set()
        assert (await push.acked()).connection == (await late.acked()).connection == old.id
        await dingtalk.settle()


async def test_a_hundred_disconnects_under_load_lose_nothing_and_double_nothing(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        pushes = []
        for n in range(100):
            await dingtalk.connected()
            live = next(each for each in dingtalk.connections if not each.draining)
            pushes.append(await message(dingtalk, str(n), connection=live.id))
            await dingtalk.disconnect(grace=60)
        for push in pushes:
            await push.acked()
        assert Counter(json.loads(data)["text"] for data in bot.seen) == Counter(str(n) for n in range(100))
        await dingtalk.settle()


async def test_a_connection_that_the_peer_never_closes_is_dropped_in_the_end(dingtalk: Emulator) -> None:
    async with running(dingtalk, timing=replace(FAST, linger=0.2)):
        await dingtalk.connected()
        (old,) = await dingtalk.disconnect(grace=60)
        await dingtalk.connected()
        async with asyncio.timeout(PATIENCE):
            while old.is_open:  # noqa: ASYNC110 - the emulator has no event for it
                await asyncio.sleep(0.01)


async def test_a_reset_is_followed_by_exactly_one_open(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        await (await message(dingtalk)).acked()
        await dingtalk.reset()
        await bot.until(lambda: bot.events["connected"] == 2)
        await (await message(dingtalk)).acked()
        assert len(dingtalk.calls_of("connections/open")) == 2
        assert (bot.events["ended"], bot.events["reconnect"]) == (1, 1)


async def test_a_half_open_peer_is_found_by_its_missing_pong(dingtalk: Emulator) -> None:
    socket = replace(FAST.socket, ping_interval=0.1, ping_timeout=1.0, close=0.1)
    async with running(dingtalk, timing=replace(FAST, socket=socket)) as bot:
        await dingtalk.connected()
        await dingtalk.freeze()
        await bot.until(lambda: bot.events["connected"] == 2)
        assert bot.events["ended"] == 1


def test_a_half_open_peer_is_found_within_20_seconds_by_default() -> None:
    socket = Timing().socket
    assert socket.ping_interval + socket.ping_timeout + socket.close + Timing().backoff[0] < 20


async def test_flapping_makes_waits_grow(dingtalk: Emulator) -> None:
    dingtalk.faults.flap(6)
    async with running(dingtalk, timing=replace(FAST, backoff=(0.02, 0.04, 0.16))) as bot:
        await dingtalk.connected()
        await bot.until(lambda: bot.events["connected"] == 7)
    opened = [call.started for call in dingtalk.calls_of("connections/open")]
    waits = [later - earlier for earlier, later in pairwise(opened)]
    assert len(waits) == 6
    assert all(wait >= least for wait, least in zip(waits, (0.01, 0.02, 0.04, 0.08, 0.08, 0.08), strict=True))


async def test_a_disconnect_storm_is_slowed_down(dingtalk: Emulator) -> None:
    async with running(dingtalk, timing=replace(FAST, backoff=(0.02, 0.04, 0.16))) as bot:
        for n in range(5):
            await bot.until(lambda n=n: bot.events["connected"] == n + 1)
            await dingtalk.connected()
            await dingtalk.disconnect(grace=0.05)
        await bot.until(lambda: bot.events["connected"] == 6)
    opened = [call.started for call in dingtalk.calls_of("connections/open")]
    assert opened[-1] - opened[-2] >= 0.08


async def test_a_gateway_that_breaks_down_is_asked_again_until_it_works(dingtalk: Emulator) -> None:
    dingtalk.faults.open_refused(status=503, code="serviceUnavailable", times=3)
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        assert bot.events["connect_failed"] == 3


async def test_a_name_that_does_not_resolve_is_tried_again_and_holds_nothing_up() -> None:
    nowhere = Server()
    nowhere.url = "https://youkong.invalid"  # RFC 2606: nobody has it
    async with running(nowhere) as bot:
        await bot.until(lambda: bot.events["connect_failed"] >= 4)
        assert not bot.task.done()
        assert not bot.stream.connected


async def test_an_expired_ticket_is_replaced_by_a_new_one(dingtalk: Emulator) -> None:
    dingtalk.faults.ticket_expired(times=2, status=403)
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        assert bot.events["connect_failed"] == 2
    assert len(dingtalk.calls_of("connections/open")) == 3


@pytest.mark.parametrize("status", [400, 401])
async def test_credentials_refused_at_the_first_open_end_the_run(dingtalk: Emulator, status: int) -> None:
    dingtalk.faults.open_refused(status=status)
    async with running(dingtalk) as bot:
        with pytest.raises(CredentialsRefused):
            await asyncio.wait_for(bot.task, PATIENCE)
        assert not bot.stream.connected


async def test_a_wrong_secret_is_never_shown(dingtalk: Emulator) -> None:
    async with running(dingtalk, secret="wrong-and-secret") as bot:
        with pytest.raises(CredentialsRefused) as caught:
            await asyncio.wait_for(bot.task, PATIENCE)
    assert "wrong-and-secret" not in f"{caught.value!r}{bot.stream!r}"


async def test_credentials_refused_later_are_tried_again_slowly(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        dingtalk.faults.open_refused(times=2)
        await dingtalk.reset()
        await bot.until(lambda: bot.events["credentials_refused"] == 1)
        assert not bot.stream.connected
        await bot.until(lambda: bot.events["connected"] == 2)
        assert bot.stream.connected
    opened = [call.started for call in dingtalk.calls_of("connections/open")]
    assert opened[2] - opened[1] >= 0.2
    assert opened[3] - opened[2] >= 0.2


@pytest.mark.parametrize(
    "endpoint",
    [
        "wss://evil.example/connect",
        "ws://wss-open-connection.dingtalk.com/connect",
        "wss://dingtalk.com.evil.example/c",
    ],
)
async def test_an_endpoint_that_is_not_dingtalk_is_not_connected_to(dingtalk: Emulator, endpoint: str) -> None:
    dingtalk.faults.foreign_endpoint(endpoint)
    async with running(dingtalk) as bot:
        await bot.until(lambda: bot.events["connect_failed"] == 2)
        dingtalk.faults.foreign_endpoint("")
        await dingtalk.connected()


async def test_an_endpoint_with_a_query_gets_its_ticket_appended(dingtalk: Emulator) -> None:
    dingtalk.faults.foreign_endpoint(dingtalk.url.replace("http", "ws", 1) + "/connect?region=a")
    async with running(dingtalk):
        await dingtalk.connected()


async def test_a_slow_gateway_blocks_neither_the_loop_nor_the_stop(dingtalk: Emulator) -> None:
    dingtalk.faults.slow_open(3600)
    async with running(dingtalk) as bot:
        async with asyncio.timeout(PATIENCE):
            while not dingtalk._world.platform.ledger.in_progress:  # noqa: ASYNC110 - the emulator has no event for it
                await asyncio.sleep(0.01)
            await bot.stream.stop()
        await asyncio.wait_for(bot.task, PATIENCE)
        dingtalk.faults.clear()


async def test_stop_finishes_what_is_in_hand_closes_with_1000_and_leaves_no_task(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        (connection,) = dingtalk.connections
        bot.hold.clear()
        pushes = [await message(dingtalk, str(n)) for n in range(20)]
        await bot.until(lambda: len(bot.seen) == 20)
        stopping = asyncio.create_task(bot.stream.stop())
        await asyncio.sleep(0)
        bot.hold.set()
        await asyncio.wait_for(stopping, PATIENCE)
        await asyncio.wait_for(bot.task, PATIENCE)
        assert all(push.answered.is_set() for push in pushes)
        async with asyncio.timeout(PATIENCE):
            while connection.is_open:  # noqa: ASYNC110 - the emulator has no event for it
                await asyncio.sleep(0.01)
        assert connection.close_code == 1000
        names = {task.get_name() for task in asyncio.all_tasks()}
        assert not {name for name in names if name.startswith("stream")}
    await dingtalk.settle()


async def test_a_handler_that_hangs_delays_the_stop_only_for_a_while(dingtalk: Emulator) -> None:
    async with running(dingtalk, timing=replace(FAST, drain=0.1)) as bot:
        await dingtalk.connected()
        bot.hold.clear()
        await message(dingtalk)
        await bot.until(lambda: bot.seen)
        await asyncio.wait_for(bot.stream.stop(), PATIENCE)
        assert not {task for task in asyncio.all_tasks() if task.get_name() == "stream-work"}


async def test_a_cancelled_run_drains_and_stays_cancelled(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        bot.hold.clear()
        push = await message(dingtalk)
        await bot.until(lambda: bot.seen)
        bot.task.cancel()
        await asyncio.sleep(0)
        bot.hold.set()
        with pytest.raises(asyncio.CancelledError):
            await bot.task
        assert push.answered.is_set()
        assert not bot.stream.connected


async def test_a_silent_connection_is_renewed_without_a_gap(dingtalk: Emulator) -> None:
    async with running(dingtalk, timing=replace(FAST, silence=0.1)) as bot:
        await dingtalk.connected()
        (first,) = dingtalk.connections
        await bot.until(lambda: bot.events["renewed"] >= 1 and bot.events["connected"] >= 2)
        async with asyncio.timeout(PATIENCE):
            while first.is_open:  # noqa: ASYNC110 - the emulator has no event for it
                await asyncio.sleep(0.01)
        assert first.close_code == 1000


async def test_a_machine_that_slept_gets_a_new_connection(dingtalk: Emulator) -> None:
    asleep = 0.0

    def wall_clock() -> float:
        return asyncio.get_running_loop().time() + asleep

    async with running(dingtalk, wall_clock=wall_clock) as bot:
        await dingtalk.connected()
        await (await message(dingtalk)).acked()
        asleep = 600.0
        await bot.until(lambda: bot.events["connected"] == 2)
        assert bot.events["renewed"] == 1


async def test_no_log_line_holds_a_ticket_or_a_secret(dingtalk: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        await dingtalk.reset()
        await bot.until(lambda: bot.events["connected"] == 2)
    assert dingtalk.client_secret not in caplog.text
    assert "ticket=" not in caplog.text


async def accept_socket(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The server's side of a WebSocket handshake."""
    head = await read_request(reader)
    key = next(line[19:] for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key: "))
    digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
    writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
    writer.write(b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n")
    await writer.drain()


async def test_what_arrives_between_our_close_and_the_peers_is_still_handled(server: Server) -> None:
    closes = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept_socket(reader, writer)
        assert (await reader.readexactly(1))[0] == 0x88  # the close frame
        closes.set()
        headers = {"topic": MESSAGE_TOPIC, "messageId": "m1"}
        frame = json.dumps({"type": "CALLBACK", "headers": headers, "data": "late"}).encode()
        writer.write(bytes([0x81, 126]) + len(frame).to_bytes(2, "big") + frame)
        writer.write(bytes([0x88, 2]) + (1000).to_bytes(2, "big"))
        await writer.drain()
        writer.write_eof()
        await reader.read()

    async with raw_server(serve) as url:
        server.answers = [Answer({"endpoint": url.replace("http", "ws", 1), "ticket": "t"})]
        async with running(server) as bot:
            await bot.until(lambda: bot.events["connected"])
            await asyncio.wait_for(bot.stream.stop(), PATIENCE)
            assert closes.is_set()
            assert (bot.seen, bot.events["ack_lost"]) == (["late"], 1)


async def test_a_peer_that_never_answers_the_close_does_not_hold_up_the_stop(server: Server) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept_socket(reader, writer)
        while await reader.read(1024):
            pass

    async with raw_server(serve) as url:
        server.answers = [Answer({"endpoint": url.replace("http", "ws", 1), "ticket": "t"})]
        socket = replace(FAST.socket, close=0.1)
        async with running(server, timing=replace(FAST, socket=socket)) as bot:
            await bot.until(lambda: bot.events["connected"])
            await asyncio.wait_for(bot.stream.stop(), PATIENCE)


async def test_a_handshake_that_redirects_is_not_followed(server: Server) -> None:
    hits = 0

    async def trap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal hits
        hits += 1

    async with raw_server(trap) as elsewhere:

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await read_request(reader)
            writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ")
            writer.write(elsewhere.replace("http", "ws", 1).encode() + b"/\r\n\r\n")
            await writer.drain()

        async with raw_server(serve) as url:
            server.answers = [Answer({"endpoint": url.replace("http", "ws", 1), "ticket": "t"})]
            async with running(server) as bot:
                await bot.until(lambda: bot.events["connect_failed"] == 2)
    assert hits == 0


async def test_work_beyond_the_limit_waits_its_turn_and_beyond_that_is_shed() -> None:
    done, gate = [], asyncio.Event()

    async def job(n: int) -> None:
        await gate.wait()
        done.append(n)

    work = Work(limit=2, backlog=3, failed=lambda error: None)
    taken = [work.start(lambda n=n: job(n)) for n in range(7)]
    assert taken == [True] * 5 + [False] * 2
    gate.set()
    await work.drain(1)
    assert done == [0, 1, 2, 3, 4]


async def test_a_burst_of_messages_is_acked_one_by_one(dingtalk: Emulator) -> None:
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        pushes = [await message(dingtalk, str(n)) for n in range(1500)]
        for push in pushes:
            await push.acked()
        assert len(bot.seen) == 1500
        await dingtalk.settle()


async def test_a_message_said_in_a_group_is_answered_over_its_webhook(dingtalk: Emulator) -> None:
    alice = dingtalk.person("alice")
    group = dingtalk.group("Team", [alice])
    async with running(dingtalk) as bot:
        await dingtalk.connected()
        await alice.says("who is free", to=group)
        await bot.until(lambda: bot.seen)
        webhook = json.loads(bot.seen[0])["sessionWebhook"]
        await send_session(bot.stream._api, webhook, title="t", text="**nobody**")
        await dingtalk.settle()
    assert [call.status for call in dingtalk.calls_of("sendBySession")] == [200]
