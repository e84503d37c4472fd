"""Every way in which an answer can go wrong, and that clearing ends it."""

import asyncio
import json

import aiohttp
import pytest

from bot.emulator import Emulator

QPS = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"


async def test_an_api_fails_a_number_of_times(client, dingtalk, alice):
    dingtalk.faults.fail("querySchedule", status=403, code=QPS, times=2)
    assert [(await client.busy(alice, alice))[0] for _ in range(3)] == [403, 403, 200]
    assert [call.code for call in dingtalk.calls_of("querySchedule")] == [QPS, QPS, ""]
    assert dingtalk.monthly_calls == 1


async def test_an_api_fails_for_one_person_only(client, dingtalk, alice, bob):
    dingtalk.faults.fail("user/get", errcode=33012, person=bob)
    answers = [(await client.oapi("v2/user/get", {"userid": each}))["errcode"] for each in ("alice", "bob")]
    assert answers == [0, 33012]
    dingtalk.faults.fail("querySchedule", status=500, person=bob)
    assert (await client.busy(alice, alice))[0] == 200
    assert (await client.busy(alice, bob))[0] == 500


async def test_clearing_ends_every_fault(client, dingtalk, alice):
    dingtalk.faults.fail("*", status=500)
    dingtalk.faults.quota_gone()
    dingtalk.faults.strict_time()
    dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
    dingtalk.faults.clear()
    assert (await client.busy(alice, alice))[0] == 200


async def test_html_and_truncated_json_come_with_status_200(client, dingtalk, alice):
    dingtalk.faults.html("querySchedule", times=1)
    dingtalk.faults.truncate("querySchedule", times=1)
    for _ in range(2):
        with pytest.raises(json.JSONDecodeError):
            await client.busy(alice, alice)


async def test_a_banned_address_gets_the_firewalls_own_shape(client, dingtalk, alice):
    dingtalk.faults.ip_ban(times=1)
    status, answer = await client.busy(alice, alice)
    assert (status, answer["status"], answer["punish"]) == (403, 1111, "deny")
    dingtalk.faults.ip_ban(html=True, times=1)
    with pytest.raises(json.JSONDecodeError):
        await client.login()


async def test_a_dropped_reply_leaves_the_card_made(client, dingtalk, group):
    dingtalk.faults.drop_reply("createAndDeliver", times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.send_card(group)
    assert (await client.send_card(group))[0] == 200
    [card] = group.cards
    assert card.delivered_times == 2


async def test_a_closed_connection_leaves_nothing_done(client, dingtalk, group):
    dingtalk.faults.close_connection("createAndDeliver", times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.send_card(group)
    assert group.cards == []


async def test_a_hanging_call_goes_on_when_released(client, dingtalk, alice):
    dingtalk.faults.hang("querySchedule", times=1)
    hanging = asyncio.create_task(client.busy(alice, alice))
    while not dingtalk.calls_of("querySchedule"):  # noqa: ASYNC110 - the ledger has no event
        await asyncio.sleep(0)
    assert (await client.busy(alice, alice))[0] == 200
    assert not hanging.done()
    dingtalk.faults.release()
    assert (await hanging)[0] == 200


async def test_a_hanging_call_whose_client_has_gone_is_not_done(client, dingtalk, group):
    dingtalk.faults.hang("createAndDeliver", times=1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.send_card(group), 0.05)
    await dingtalk.settle(quiet=0.01)
    assert group.cards == []


async def test_a_stalled_answer_stops_in_its_middle(client, dingtalk, alice):
    dingtalk.faults.stall("querySchedule", times=1)
    url = f"{dingtalk.url}/v1.0/calendar/users/x/querySchedule"
    headers = {"x-acs-dingtalk-access-token": client.token}
    async with client.session.post(url, json={}, headers=headers) as answer:
        assert answer.status == 200
        assert await answer.content.readany()
        dingtalk.faults.release()
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()


async def test_an_endless_answer_ends_with_its_client(client, dingtalk, alice):
    dingtalk.faults.endless("querySchedule", times=1)
    url = f"{dingtalk.url}/v1.0/calendar/users/x/querySchedule"
    headers = {"x-acs-dingtalk-access-token": client.token}
    async with client.session.post(url, json={}, headers=headers) as answer:
        assert len(await answer.content.readexactly(1_000_000)) == 1_000_000
        answer.close()
    await dingtalk.settle(quiet=0.01)


async def test_a_slow_call_is_still_answered(client, dingtalk, alice):
    dingtalk.faults.slow("querySchedule", 0.01)
    assert (await client.busy(alice, alice))[0] == 200
    call = dingtalk.calls_of("querySchedule")[0]
    assert call.ended - call.started >= 0.01


async def test_a_card_can_be_refused_by_code(client, dingtalk, group):
    dingtalk.faults.card_error("param.templateNotExist", times=1)
    status, answer = await client.send_card(group)
    assert (status, answer["code"]) == (400, "param.templateNotExist")
    assert (await client.send_card(group))[0] == 200


async def test_calls_above_the_rate_are_throttled_per_api(client_for):
    async with Emulator(calls_per_second=3) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        alice = dingtalk.person("alice")
        answers = await asyncio.gather(*(client.busy(alice, alice) for _ in range(5)))
        assert sorted(status for status, _ in answers) == [200, 200, 200, 403, 403]
        assert dingtalk.peak_rate("querySchedule") == 5
        assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 0
        for _ in range(3):
            answer = await client.oapi("v2/user/get", {"userid": "alice"})
        assert answer["errcode"] == 90018
        assert dingtalk.monthly_calls == 3


async def test_a_bounded_ledger_forgets_the_oldest_entries(client_for):
    async with Emulator(ledger_limit=5, calls_per_second=None) as dingtalk, client_for(dingtalk) as client:
        await client.login()
        alice = dingtalk.person("alice")
        for n in range(30):
            await client.send_card(alice, f"card-{n}")
        assert len(dingtalk.calls) <= 10
        assert len(alice.direct.cards) <= 10
        assert dingtalk.card("card-0") is None
        assert dingtalk.card("card-29") is not None


async def test_a_person_is_entered_once(dingtalk, alice):
    with pytest.raises(ValueError, match="taken"):
        dingtalk.person("alice")


async def test_an_emulator_stops_while_calls_hang(client_for):
    async with Emulator() as dingtalk, client_for(dingtalk) as client:
        await client.login()
        dingtalk.faults.hang("user/get")
        hanging = asyncio.create_task(client.oapi("v2/user/get", {"userid": "alice"}))
        while not dingtalk.calls_of("user/get"):  # noqa: ASYNC110 - the ledger has no event
            await asyncio.sleep(0)
        await dingtalk.stop()
        assert hanging.done() or (await asyncio.wait({hanging}, timeout=5))[0]
        hanging.exception()
