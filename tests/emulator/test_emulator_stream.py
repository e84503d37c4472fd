"""The gateway: tickets, subscriptions, acks, pushing again, and connections that go bad."""

import asyncio
import json

import aiohttp
import pytest

from bot.emulator import CARD_TOPIC, MESSAGE_TOPIC, Emulator, ProtocolViolation


def msg_id(frame):
    return json.loads(frame["data"])["msgId"]


async def test_a_wrong_secret_is_refused_with_401(client):
    status, answer = await client.open(clientSecret="wrong")
    assert (status, answer["code"]) == (401, "authFailed")


async def test_without_subscriptions_nothing_is_opened(client):
    assert (await client.open([]))[0] == 400


async def test_without_accept_the_answer_is_xml_and_a_violation(client, dingtalk):
    rows = [{"type": "CALLBACK", "topic": MESSAGE_TOPIC}]
    body = {"clientId": dingtalk.client_id, "clientSecret": dingtalk.client_secret, "subscriptions": rows}
    async with client.session.post(f"{dingtalk.url}/v1.0/gateway/connections/open", json=body) as answer:
        assert answer.content_type == "application/xml"
    with pytest.raises(ProtocolViolation, match="missing Accept"):
        await dingtalk.settle(quiet=0)


async def test_a_ticket_opens_one_connection(client, dingtalk):
    ticket = (await client.open())[1]
    await client.handshake(ticket)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.handshake(ticket)
    assert refused.value.status == 401


async def test_a_ticket_runs_out(client, dingtalk):
    dingtalk.faults.ticket_expired()
    ticket = (await client.open())[1]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.handshake(ticket)
    assert refused.value.status == 401
    await client.connect()
    await dingtalk.connected()


async def test_a_message_is_pushed_and_its_ack_recorded(client, dingtalk, alice, bob, group):
    socket = await client.connect()
    said = await alice.says("周二有空吗", at=[bob], to=group)
    delivery = await said.acked()
    frame = await socket.frame()
    assert (frame["type"], frame["headers"]["topic"]) == ("CALLBACK", MESSAGE_TOPIC)
    assert frame["headers"]["messageId"] == delivery.message_id
    assert (delivery.code, delivery.data) == (200, {"response": None})
    assert (len(dingtalk.acks), len(dingtalk.frames)) == (1, 1)
    await dingtalk.settle(quiet=0.01)


async def test_only_subscribed_topics_are_pushed(client, dingtalk, alice):
    cards = await client.connect([("CALLBACK", CARD_TOPIC)])
    messages = await client.connect([("CALLBACK", MESSAGE_TOPIC)])
    await (await alice.says("hello")).acked()
    assert cards.frames == []
    assert len(messages.frames) == 1


async def test_each_message_goes_to_one_connection_chosen_at_random(client, dingtalk, alice):
    sockets = [await client.connect(), await client.connect()]
    await dingtalk.connected(2)
    for said in [await alice.says(f"{n}") for n in range(20)]:
        await said.acked()
    counts = [len(socket.frames) for socket in sockets]
    assert sum(counts) == 20
    assert all(counts)


async def test_an_unacked_message_comes_again_with_a_new_message_id(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(0.05)
    heard = []
    socket = await client.connect(reply=lambda frame: {} if heard else heard.append(frame))
    said = await alice.says("hello")
    await said.acked()
    first, again = socket.frames[:2]
    assert msg_id(first) == msg_id(again) == said.msg_id
    assert first["headers"]["messageId"] != again["headers"]["messageId"]
    assert [each.acked is None for each in said.deliveries] == [True, False]


async def test_an_ack_with_another_code_than_200_asks_for_the_message_again(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(0.05)
    socket = await client.connect(reply=lambda frame: None)
    await alice.says("hello")
    await socket.ack(await socket.frame(1), code=500)
    await socket.ack(await socket.frame(2))
    await dingtalk.settle(quiet=0.01)
    assert [each.code for each in dingtalk.acks] == [500, 200]


async def test_messages_can_be_lost_instead_of_pushed_again(client, dingtalk, alice):
    said = await alice.says("nobody listens")
    socket = await client.connect()
    await (await alice.says("hello")).acked()
    assert said.deliveries == []
    assert len(socket.frames) == 1
    await dingtalk.settle(quiet=0.01)


async def test_what_was_said_without_a_connection_arrives_late(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(0.05)
    said = await alice.says("hello")
    await client.connect()
    assert (await said.acked()).code == 200


async def test_an_acked_message_can_come_again(client, dingtalk, alice):
    dingtalk.faults.redeliver(after=0.01, times=2)
    socket = await client.connect()
    said = await alice.says("hello")
    await socket.frame(3)
    await dingtalk.settle(quiet=0.01)
    assert [msg_id(frame) for frame in socket.frames] == [said.msg_id] * 3
    assert len({frame["headers"]["messageId"] for frame in socket.frames}) == 3


async def test_one_message_can_come_over_all_connections_at_once(client, dingtalk, alice):
    dingtalk.faults.deliver_to_all()
    sockets = [await client.connect(), await client.connect()]
    await dingtalk.connected(2)
    said = await alice.says("hello")
    assert [msg_id(await socket.frame()) for socket in sockets] == [said.msg_id] * 2


async def test_a_second_ack_is_a_violation(client, dingtalk, alice):
    socket = await client.connect()
    await alice.says("hello")
    await socket.ack(await socket.frame())
    with pytest.raises(ProtocolViolation, match="duplicate ack"):
        await dingtalk.settle()


async def test_a_late_ack_is_a_violation(client_for):
    async with Emulator(ack_window=0.0, redeliver_unacked=None) as dingtalk, client_for(dingtalk) as client:
        await client.connect()
        await (await dingtalk.person("alice").says("hello")).acked()
        with pytest.raises(ProtocolViolation, match="late ack"):
            await dingtalk.settle(quiet=0.01)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("not json", "malformed ack"),
        ('{"code":200,"headers":{}}', "malformed ack"),
        ('{"code":200,"headers":{"messageId":"invented"},"data":"{}"}', "unknown ack"),
    ],
)
async def test_what_is_no_ack_is_a_violation(client, dingtalk, text, rule):
    socket = await client.connect()
    await socket.ws.send_str(text)
    await dingtalk.ping()
    assert dingtalk.violations[0].rule == rule


async def test_data_of_an_ack_is_a_text(client, dingtalk, alice):
    socket = await client.connect(reply=lambda frame: None)
    await alice.says("hello")
    frame = await socket.frame()
    headers = {"messageId": frame["headers"]["messageId"]}
    await socket.ws.send_str(json.dumps({"code": 200, "headers": headers, "data": {"response": None}}))
    await dingtalk.ping()
    assert dingtalk.violations[0].rule == "malformed ack"


async def test_binary_frames_are_a_violation(client, dingtalk):
    socket = await client.connect()
    await socket.ws.send_bytes(b"\x00")
    await dingtalk.ping()
    assert dingtalk.violations[0].rule == "binary frame"


async def test_an_ack_over_another_connection_is_a_violation(client, dingtalk, alice):
    first = await client.connect(reply=lambda frame: None)
    await alice.says("hello")
    frame = await first.frame()
    second = await client.connect([("EVENT", "*")])
    await second.ack(frame)
    await dingtalk.push(type="EVENT", topic="*", data={}, connection=dingtalk.connections[-1].id)
    with pytest.raises(ProtocolViolation, match="another connection"):
        await dingtalk.settle(quiet=0.01)


async def test_ping_comes_back_with_its_opaque_text(client, dingtalk):
    await client.connect()
    assert await dingtalk.ping("abc") == "abc"


async def test_pings_of_the_websocket_are_answered(client, dingtalk):
    ticket = (await client.open())[1]
    ws = await client.handshake(ticket, autoping=False)
    await ws.ping(b"x")
    assert (await ws.receive(timeout=5)).type is aiohttp.WSMsgType.PONG
    assert dingtalk.connections[0].pings == 1


async def test_any_frame_can_be_pushed_raw_or_to_an_unknown_topic(client, dingtalk):
    ticket = (await client.open())[1]
    ws = await client.handshake(ticket)
    await dingtalk.connected()
    await dingtalk.push_raw("{broken")
    await dingtalk.push_raw(b"\x00\x01")
    await dingtalk.push(type="CALLBACK", topic="/v1.0/unheard/of", data={"a": 1})
    assert (await ws.receive_str(timeout=5)) == "{broken"
    assert (await ws.receive_bytes(timeout=5)) == b"\x00\x01"
    assert (await ws.receive_json(timeout=5))["headers"]["topic"] == "/v1.0/unheard/of"


async def test_disconnect_is_followed_by_silence_and_then_by_a_close(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(0.05)
    socket = await client.connect()
    await dingtalk.disconnect(grace=0.05)
    said = await alice.says("hello")
    await asyncio.wait_for(socket.closed.wait(), 5)
    [frame] = socket.frames
    assert (frame["type"], frame["headers"]["topic"]) == ("SYSTEM", "disconnect")
    assert "messageId" not in frame["headers"]
    await client.connect()
    assert (await said.acked()).connection == "conn-2"


async def test_an_ack_is_still_taken_after_disconnect(client, dingtalk, alice):
    socket = await client.connect(reply=lambda frame: None)
    said = await alice.says("hello")
    frame = await socket.frame()
    await dingtalk.disconnect(grace=0.2)
    await socket.frame(2)
    await socket.ack(frame)
    await said.acked()
    await dingtalk.settle(quiet=0.01)


async def test_reset_cuts_the_connection(client, dingtalk):
    socket = await client.connect()
    await dingtalk.reset()
    await asyncio.wait_for(socket.closed.wait(), 5)
    assert socket.ws.close_code != 1000
    await client.connect()
    await dingtalk.connected()
    assert dingtalk.connections_opened == 2


async def test_a_frozen_connection_is_silent_until_it_thaws(client, dingtalk, alice):
    socket = await client.connect()
    await dingtalk.freeze()
    said = await alice.says("hello")
    assert said.deliveries[0].acked is None
    assert dingtalk.frames == []
    other = await client.connect()
    await dingtalk.connected()
    await (await alice.says("again")).acked()
    assert (len(socket.frames), len(other.frames)) == (0, 1)
    await dingtalk.unfreeze()
    assert (await said.acked()).connection == "conn-1"
    await dingtalk.settle(quiet=0.01)


async def test_pushes_may_go_on_to_dead_connections_and_are_lost_there(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(0.05)
    dingtalk.faults.keep_sending_to_dead()
    await client.connect()
    await dingtalk.connected()
    await dingtalk.reset()
    await client.connect()
    await dingtalk.connected()
    said = [await alice.says(f"{n}") for n in range(8)]
    for each in said:
        await each.acked()
    deliveries = [delivery for each in said for delivery in each.deliveries]
    assert {each.connection for each in deliveries if each.lost} == {"conn-1"}
    await dingtalk.settle(quiet=0.01)


async def test_a_flapping_gateway_accepts_and_closes(client, dingtalk):
    dingtalk.faults.flap(times=1)
    ws = await client.handshake((await client.open())[1])
    assert (await ws.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
    assert dingtalk.connections == []
    await client.connect()
    await dingtalk.connected()


async def test_a_zombie_answers_pings_and_pushes_nothing(client, dingtalk, alice):
    dingtalk.faults.zombie()
    socket = await client.connect()
    await alice.says("hello")
    assert await dingtalk.ping("abc") == "abc"
    assert all(frame["type"] == "SYSTEM" for frame in socket.frames)


async def test_open_can_be_refused_and_name_a_foreign_endpoint(client, dingtalk):
    dingtalk.faults.open_refused(503, "system.busy", times=1)
    assert (await client.open())[0] == 503
    dingtalk.faults.foreign_endpoint("wss://gateway.example/connect")
    assert (await client.open())[1]["endpoint"] == "wss://gateway.example/connect"


async def test_an_event_that_is_to_come_later_comes_again(client, dingtalk):
    dingtalk.faults.redeliver_unacked(0.05)
    answers = iter(["LATER", "SUCCESS"])
    socket = await client.connect([("EVENT", "*")], reply=lambda frame: {"status": next(answers)})
    await dingtalk.push(type="EVENT", topic="*", data={}, headers={"eventType": "chat_update_title"}, again=True)
    assert (await socket.frame(2))["headers"]["eventType"] == "chat_update_title"
    await dingtalk.settle(quiet=0.01)
    assert [each.data["status"] for each in dingtalk.acks] == ["LATER", "SUCCESS"]


async def test_a_ping_that_is_not_echoed_is_a_violation(client, dingtalk):
    socket = await client.connect()
    assert await dingtalk.ping("abc") == "abc"
    socket.echo = False
    assert await dingtalk.ping("abc") is None
    assert dingtalk.violations[0].rule == "ping not echoed"


async def test_a_message_can_still_be_pushed_over_a_connection_told_to_go(client, dingtalk, alice):
    await client.connect()
    [old] = await dingtalk.disconnect(grace=5)
    await client.connect()
    delivery = await (await alice.says("hello", connection=old.id)).acked()
    assert delivery.connection == old.id


async def test_settle_says_what_is_under_way(client, dingtalk, alice):
    dingtalk.faults.redeliver_unacked(30)
    socket = await client.connect(reply=lambda frame: None)
    await alice.says("hello")
    await socket.frame()
    with pytest.raises(TimeoutError, match="1 frames without ack, 1 items open"):
        await dingtalk.settle(timeout=0.05)
