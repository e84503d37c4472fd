"""How the times that the bot waits fit into one another and into what DingTalk allows."""

from __future__ import annotations

from datetime import timedelta

from bot.dingtalk.timing import Timing as StreamTiming
from bot.timing import Timing

DEFAULT, STREAM = Timing(), StreamTiming()


def test_an_ack_leaves_within_dingtalks_two_seconds() -> None:
    assert DEFAULT.ack_within < 2


def test_an_unknown_outcome_of_a_booking_can_still_be_said() -> None:
    assert DEFAULT.call_within < DEFAULT.book_within < DEFAULT.answer_within


def test_two_hundred_people_can_be_looked_up_at_twenty_a_second_within_one_answer() -> None:
    assert 200 / 20 < DEFAULT.look_up_within < DEFAULT.answer_within


def test_a_lease_outlives_two_renewals_that_failed() -> None:
    assert timedelta(seconds=3 * DEFAULT.message_upkeep) < DEFAULT.message_lease
    assert timedelta(seconds=3 * DEFAULT.digest_upkeep) < DEFAULT.digest_lease


def test_a_message_that_is_waited_for_and_answered_as_slowly_as_may_be_is_not_let_go() -> None:
    assert DEFAULT.turn_patience + DEFAULT.answer_within + 2 * DEFAULT.call_within < DEFAULT.unanswered_within


def test_an_endless_task_is_late_after_several_of_its_periods() -> None:
    assert DEFAULT.late_after(DEFAULT.turn_look) == DEFAULT.loop_patience
    assert DEFAULT.late_after(60) == 5 * 60


def test_a_follow_up_is_begun_before_anything_is_said_of_what_is_checked() -> None:
    assert DEFAULT.follow_up_grace_alone <= DEFAULT.follow_up_grace < DEFAULT.interim_after


def test_a_message_waits_for_as_long_as_an_answer_before_it_may_take() -> None:
    assert DEFAULT.turn_look < DEFAULT.follow_up_grace < DEFAULT.answer_within <= DEFAULT.turn_patience


def test_a_stop_takes_ten_seconds_at_most() -> None:
    """No handler outlives the first drain, as an ack waits for less."""
    assert DEFAULT.ack_within < STREAM.drain
    assert STREAM.drain + STREAM.socket.close + DEFAULT.stop_within <= 10
