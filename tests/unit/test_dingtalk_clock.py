"""Which clock is gone by: the host's, unless DingTalk's differs by a minute or more."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from bot.dingtalk.clock import Clock

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC).timestamp()


class Times:
    """A host's two clocks, and DingTalk's."""

    def __init__(self, *, ahead: float = 0.0) -> None:
        self.passed, self.ahead = 0.0, ahead
        self.asleep = 0.0
        self.clock = Clock(wall=lambda: self.true + self.ahead, monotonic=lambda: self.passed - self.asleep)

    @property
    def true(self) -> float:
        return NOON + self.passed

    def replies(self, count: int = 1, *, off: float = 0.0, seconds: float = 0.0) -> None:
        for _ in range(count):
            self.passed += 2
            said = datetime.fromtimestamp(int(self.true + off), UTC)
            self.clock.heard(format_datetime(said, usegmt=True), seconds=seconds)

    @property
    def error(self) -> float:
        return self.clock().timestamp() - self.true


@pytest.mark.parametrize("ahead", [-1860.0, 1860.0])
def test_a_host_that_is_half_an_hour_off_is_measured_and_not_gone_by(ahead):
    times = Times(ahead=ahead)
    assert times.error == pytest.approx(ahead)
    times.replies()
    assert times.clock.skew == pytest.approx(ahead, abs=1)
    assert times.error == pytest.approx(0, abs=1)


def test_a_host_that_is_less_than_a_minute_off_is_gone_by():
    times = Times(ahead=50)
    times.replies(5)
    assert times.clock.skew == pytest.approx(50, abs=1)
    assert times.error == pytest.approx(50)


def test_a_step_of_the_host_shows_before_the_next_reply():
    times = Times()
    times.replies(20)
    times.ahead = 3600
    assert times.error == pytest.approx(0, abs=1)
    assert times.clock.skew == pytest.approx(3600, abs=1)
    times.ahead = 0
    assert times.error == 0


def test_one_reply_that_is_wrong_or_slow_changes_nothing():
    times = Times()
    times.replies(20)
    times.replies(off=5000)
    times.replies(off=-900, seconds=600)
    assert times.error == 0
    assert times.clock.skew == pytest.approx(0, abs=1)


def test_a_host_that_slept_is_believed_after_two_replies():
    times = Times()
    times.replies(20)
    times.passed, times.asleep = times.passed + 7200, 7200
    times.replies(2)
    assert times.error == 0
    assert times.clock.skew == pytest.approx(0, abs=1)


def test_a_date_that_stands_still_is_no_clock():
    times = Times()
    for _ in range(20):
        times.clock.heard("Mon, 16 Mar 2026 09:00:00 GMT", seconds=0)
        times.passed += 10
    assert times.clock.skew is None
    assert times.error == 0


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 16 Mar 99999999 12:00:00 GMT", "0"])
def test_what_is_no_date_is_nothing(date):
    times = Times(ahead=1860)
    times.clock.heard(date, seconds=0)
    assert times.clock.skew is None
    assert times.error == pytest.approx(1860)
