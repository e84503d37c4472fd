"""Waits before the next connection: they grow, and many bots do not come back in step."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from bot.dingtalk.backoff import Backoff


def test_waits_double_up_to_the_longest_and_begin_anew_after_a_good_connection():
    backoff = Backoff(first=0.2, start=1.0, cap=30.0)
    longest = [0.2, 1, 2, 4, 8, 16, 30, 30]
    waits = [backoff.next() for _ in longest]
    assert all(most / 2 <= wait <= most for wait, most in zip(waits, longest, strict=True))
    backoff.reset()
    assert backoff.next() <= 0.2


def test_twenty_bots_that_lost_their_gateway_together_spread_over_the_seconds():
    tries: Counter[int] = Counter()
    for _ in range(20):
        backoff = Backoff()
        moments = accumulate(backoff.next() for _ in range(20))
        tries.update(int(moment) for moment in moments if 30 <= moment < 300)
    assert max(tries.values()) <= 10  # in step it would be twenty
    assert len(tries) > 100
