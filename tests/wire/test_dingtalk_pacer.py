"""Pacing: never above the limit, all at once below it, first come first served, places given back."""

import asyncio
from collections.abc import Sequence

import pytest
from wire_servers import Answer, Call, Server

from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.dingtalk.pacer import Pacer, Slot
from bot.emulator import Emulator
from bot.errors import RemoteTimeout


def worst_second(times: Sequence[float]) -> int:
    ordered = sorted(times)
    return max(sum(start <= at < start + 1.0 for at in ordered) for start in ordered)


async def depart(pacer: Pacer) -> None:
    slot = await pacer.admit()
    slot.departed()
    slot.close()


async def test_a_burst_up_to_the_limit_goes_out_together(server: Server) -> None:
    together, arrived = asyncio.Event(), 0

    async def wait_for_all(call: Call) -> Answer:
        nonlocal arrived
        arrived += 1
        if arrived == 20:
            together.set()
        await together.wait()
        return Answer({})

    server.answers = [wait_for_all]
    async with server.api() as api:
        await asyncio.gather(*(api.call("burst", "POST", "/x", repeatable=True) for _ in range(20)))
    assert arrived == 20


async def test_the_server_never_sees_more_than_the_limit_in_any_second(server: Server) -> None:
    async with server.api(calls_per_second=10) as api:
        await asyncio.gather(*(api.call("paced", "POST", "/x", repeatable=True) for _ in range(15)))
    assert worst_second([call.at for call in server.calls]) == 10


async def test_the_emulator_throttles_nothing_at_its_own_limit() -> None:
    async with Emulator(calls_per_second=10) as dingtalk:
        who = Credentials(dingtalk.client_id, dingtalk.client_secret)
        async with Api(who, Endpoints(dingtalk.url, dingtalk.url), calls_per_second=10) as api:
            body = {"queryWord": "a", "offset": 0, "size": 10}
            path = "/v1.0/contact/users/search"
            await asyncio.gather(
                *(api.call("users/search", "POST", path, body=body, repeatable=True) for _ in range(15))
            )
        assert [call.code for call in dingtalk.calls if call.code] == []


async def test_apis_are_paced_apart(server: Server) -> None:
    async with server.api(calls_per_second=1, deadline=8.0) as api:
        await asyncio.gather(*(api.call(f"api-{n}", "POST", "/x", repeatable=True) for n in range(10)))
    assert len(server.calls) == 10


async def test_places_are_given_in_the_order_of_asking() -> None:
    pacer, order = Pacer(3, window=0.02), []

    async def ask(n: int) -> None:
        await depart(pacer)
        order.append(n)

    await asyncio.gather(*(ask(n) for n in range(20)))
    assert order == list(range(20))


async def test_a_place_counts_from_the_departure_and_not_from_the_admission() -> None:
    now = 0.0
    pacer = Pacer(1, window=1.0, clock=lambda: now)
    slow = await pacer.admit()
    now = 5.0
    slow.departed()
    slow.close()
    waiting = asyncio.create_task(pacer.admit())
    await asyncio.sleep(0)
    assert not waiting.done()
    now = 6.0
    await asyncio.wait_for(waiting, 30)


async def test_a_call_that_never_departed_gives_its_place_to_the_next() -> None:
    pacer = Pacer(1, window=60.0)
    first = await pacer.admit()
    second = asyncio.create_task(pacer.admit())
    await asyncio.sleep(0)
    assert not second.done()
    first.close()
    assert isinstance(await asyncio.wait_for(second, 1), Slot)


async def test_a_waiter_that_is_cancelled_holds_up_nobody() -> None:
    pacer = Pacer(1, window=60.0)
    first = await pacer.admit()
    waiters = [asyncio.create_task(pacer.admit()) for _ in range(3)]
    await asyncio.sleep(0)
    waiters[0].cancel()
    first.close()
    waiters[1].cancel()
    await asyncio.wait_for(waiters[2], 30)
    assert waiters[0].cancelled()
    assert waiters[1].cancelled()


async def test_a_waiter_cancelled_as_it_is_admitted_gives_the_place_back() -> None:
    pacer = Pacer(1, window=60.0)
    first = await pacer.admit()
    waiter = asyncio.create_task(pacer.admit())
    await asyncio.sleep(0)
    first.close()
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    await asyncio.wait_for(pacer.admit(), 30)


async def test_a_pause_holds_everybody_and_ends_by_itself() -> None:
    loop = asyncio.get_running_loop()
    pacer = Pacer(100, window=0.01)
    paused = loop.time()
    pacer.pause(0.1)
    await asyncio.gather(*(depart(pacer) for _ in range(5)))
    assert loop.time() - paused >= 0.1


async def test_as_many_as_the_limit_are_let_through_at_one_moment_and_the_next_one_waits() -> None:
    pacer = Pacer(10_000, clock=lambda: 0.0)
    for _ in range(10_000):
        await depart(pacer)
    next_one = asyncio.create_task(depart(pacer))
    await asyncio.sleep(0)
    assert not next_one.done()
    next_one.cancel()


async def test_people_are_let_through_before_all_that_waits_in_the_background() -> None:
    pacer, order = Pacer(2, window=0.05), []

    async def ask(name: str, *, background: bool) -> None:
        slot = await pacer.admit(background=background)
        slot.departed()
        order.append(name)

    behind = [asyncio.create_task(ask(f"digest {n}", background=True)) for n in range(6)]
    await asyncio.gather(*behind[:2])
    await asyncio.gather(*(ask(f"person {n}", background=False) for n in range(4)), *behind)
    assert sorted(order[:2] + order[-4:]) == [f"digest {n}" for n in range(6)]
    assert order[2:6] == [f"person {n}" for n in range(4)]


async def test_calls_in_the_background_are_spread_evenly_and_never_too_many_with_a_person_among_them() -> None:
    loop, departures = asyncio.get_running_loop(), []
    began, pacer = loop.time(), Pacer(20)

    async def go(*, background: bool) -> None:
        slot = await pacer.admit(background=background)
        slot.departed()
        departures.append(loop.time() - began)

    behind = [asyncio.create_task(go(background=True)) for _ in range(45)]
    for turn in range(1, 5):
        await behind[6 * turn]  # they leave one by one
        await go(background=False)
    await asyncio.gather(*behind)
    assert worst_second(departures) <= 20
    assert departures[-1] >= 2.0


async def test_the_deadline_of_a_call_in_the_background_begins_with_its_turn(server: Server) -> None:
    async with server.api(calls_per_second=5, deadline=0.9) as api:
        behind = api.in_background()
        calls = [behind.call("queued", "POST", "/x", repeatable=False) for _ in range(10)]
        await asyncio.gather(*calls)
    assert len(server.calls) == 10


async def test_a_call_in_the_background_still_has_a_deadline(server: Server) -> None:
    held = asyncio.Event()

    async def hold(call: Call) -> Answer:
        await held.wait()
        return Answer({})

    server.answers = [hold]
    async with server.api(deadline=0.2) as api:
        with pytest.raises(RemoteTimeout):
            await api.in_background().call("held", "POST", "/x", repeatable=False)
        held.set()
