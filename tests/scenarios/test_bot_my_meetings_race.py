"""Five hundred presses at once over moves and cancels of the same meetings: one time of each, or none."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from scenario import ACK_WINDOW, MONDAY, PATIENT, Talk, config_of, crowd

from bot.app import App
from bot.emulator import Emulator
from bot.store import Store, meetings

PEOPLE, PRESSES = 8, 500
TEXTS = ("把周四的会改到周五上午9点", "把周四的会改到周五下午2点", "把周四的会改到周五下午4点", "取消周四的会")
LATER = timedelta(minutes=20)


async def test_of_racing_moves_and_cancels_each_meeting_has_one_time_or_none(store_url):
    async with Emulator(redeliver_unacked=None, calls_per_second=None, ack_window=ACK_WINDOW) as dingtalk:
        people = crowd(dingtalk, PEOPLE)
        group = dingtalk.group("Everybody", people)
        config = config_of(dingtalk, store_url, booking={"enabled": True, "at_once": True})
        unpaced = config.dingtalk.model_copy(update={"calls_per_second": 100_000})
        config = config.model_copy(update={"dingtalk": unpaced})
        async with App(config, timing=PATIENT) as one, App(config, timing=PATIENT) as other:  # on one store
            await one.connected()
            await other.connected()
            cards = [pair for person, guest in zip(people[::2], people[1::2], strict=True)
                     for pair in await shown(person, guest, group)]  # fmt: skip
            await dingtalk.settle(timeout=60)
            presses = [cards[n % len(cards)] for n in range(PRESSES)]
            found = await asyncio.gather(
                *(person.presses(card, verb) for person, card, verb in presses), return_exceptions=True
            )
            assert not [press for press in found if isinstance(press, AssertionError | TimeoutError)]
            await dingtalk.settle(timeout=60)
        assert dingtalk.calendar_events_made == len(people) / 2
        assert await kept(store_url, people) == {
            (event["id"], event["start"]["dateTime"]) for event in dingtalk.calendar_events
        }


async def shown(person, guest, group):
    """One meeting, and a card for each thing that may become of it."""
    talk = Talk(person, group)
    await talk.says("约周四下午3点", guest)
    booked = await group.next_card(timeout=60)
    assert booked.params["title"].startswith("✅"), booked.text
    cards = []
    for text in TEXTS:
        await talk.says(text, later=LATER)
        cards.append(await group.next_card(timeout=60))
    return [(person, card, card.buttons[0].verb) for card in cards]


async def kept(store_url, people):
    """What the store says of them."""
    async with await Store.open(store_url) as store:
        ahead = [await meetings.ahead(store, person.staff_id, now=MONDAY) for person in people]
    zone = MONDAY.tzinfo
    return {
        (each.event_id, each.interval.start.astimezone(zone).isoformat(timespec="seconds"))
        for some in ahead
        for each in some
    }
