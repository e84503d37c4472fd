"""An API that fails call after call is left alone for a while, and tried by one call at a time."""

from __future__ import annotations

import pytest

from bot.dingtalk.breaker import FAILURES, REST, Breaker, Resting


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert not breaker.admit()
        breaker.ended(good=False, tried=False)


def test_so_many_failures_in_a_row_end_the_calls_and_fewer_do_not(clock):
    breaker = Breaker("querySchedule", clock)
    fail(breaker, FAILURES - 1)
    breaker.ended(good=True, tried=False)
    fail(breaker, FAILURES)
    with pytest.raises(Resting, match="its last 20 calls failed"):
        breaker.admit()
    assert breaker.is_open


def test_after_a_while_one_call_tries_for_all_and_rests_grow_to_a_minute(clock):
    breaker = Breaker("querySchedule", clock)
    fail(breaker, FAILURES)
    for expected in (5, 10, 20, 40, 60, 60):
        clock.now += expected * 0.8
        with pytest.raises(Resting):
            breaker.admit()
        clock.now += expected * 0.2
        assert breaker.admit()
        with pytest.raises(Resting):
            breaker.admit()
        breaker.ended(good=False, tried=True)
    clock.now += REST[1]
    assert breaker.admit()
    breaker.ended(good=True, tried=True)
    assert not breaker.is_open
    assert not breaker.admit()


def test_calls_that_end_late_change_nothing_about_the_rest(clock):
    breaker = Breaker("querySchedule", clock)
    for _ in range(2 * FAILURES):
        breaker.admit()
    for _ in range(2 * FAILURES):
        breaker.ended(good=False, tried=False)
    clock.now += REST[0]
    assert breaker.admit()
