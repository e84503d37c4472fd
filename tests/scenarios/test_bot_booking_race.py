"""Five hundred presses at once on overlapping slots of the same people: as many events as slots shown as booked."""

from __future__ import annotations

import asyncio
import itertools

from scenario import ACK_WINDOW, MONDAY, PATIENT, config_of, crowd, until

from bot.app import App
from bot.emulator import Emulator

CARDS, PRESSES = 100, 500
PEOPLE = 12
HOURS = ("15:00到16:00", "15:30到16:30", "16:00到17:00", "15:15到15:45", "9点到10点")


async def test_of_five_hundred_racing_presses_each_event_is_shown_and_nobody_is_booked_twice(store_url):
    # How soon each is acked says more of the machine than of the bot when five hundred come at once.
    async with Emulator(redeliver_unacked=None, calls_per_second=None, ack_window=ACK_WINDOW) as dingtalk:
        people = crowd(dingtalk, PEOPLE)
        group = dingtalk.group("Everybody", people)
        changes = {"booking": {"enabled": True, "at_once": True}}
        config = config_of(dingtalk, store_url, **changes)
        unpaced = config.dingtalk.model_copy(update={"calls_per_second": 100_000})
        config = config.model_copy(update={"dingtalk": unpaced})
        async with App(config, timing=PATIENT) as one, App(config, timing=PATIENT) as other:  # on one store
            await one.connected()
            await other.connected()
            cards = await shown(dingtalk, people, group)
            pressers = itertools.cycle(people)
            presses = await asyncio.gather(
                *(next(pressers).presses(cards[n % CARDS], "book_1") for n in range(PRESSES)), return_exceptions=True
            )
            assert not [press for press in presses if isinstance(press, BaseException)]
            await until(
                lambda: all(card.params["title"].startswith(("✅ 已约", "⚠", "还没约")) for card in cards), timeout=60
            )
            await dingtalk.settle(timeout=60)
            booked = [card for card in cards if card.params["title"].startswith("✅ 已约")]
            assert len(booked) == len(dingtalk.calendar_events) == dingtalk.calendar_events_made > 0
            assert_nobody_is_in_two_places(people)


async def shown(dingtalk, people, group):
    """Cards about pairs of people, each with a slot to book."""
    pairs = itertools.cycle(itertools.combinations(range(1, PEOPLE), 2))
    for n in range(CARDS):
        who = [people[each] for each in next(pairs)]
        await people[n % PEOPLE].says(f"周二{HOURS[n % len(HOURS)]}有空吗", at=who, to=group, created_at=MONDAY)
    cards = [await group.next_card(timeout=60) for _ in range(CARDS)]
    await dingtalk.settle(timeout=60)
    return cards


def assert_nobody_is_in_two_places(people):
    for person in people:
        items = sorted(person.calendar.items, key=lambda item: item.start)
        assert all(one.end <= other.start for one, other in itertools.pairwise(items)), person.name
