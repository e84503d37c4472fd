"""How long the bot waits for what, in one value: whoever builds the bot gives it, and a test gives a shorter one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_LATE_PERIODS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Numbers are seconds. A lease is how long work stays with whoever took it up and no longer renews it.

    The connection to the Stream has a timing of its own, see `bot.dingtalk.timing`.
    """

    call_within: float = 8.0
    """The longest that a call of DingTalk may take, with its waits and repeats."""
    look_up_within: float = 15.0
    """The same for looking up a person: two hundred strangers take ten seconds at DingTalk's pace."""
    answer_within: float = 20.0
    """The longest that any answer may take to be worked out."""
    book_within: float = 18.0
    """The same for a booking; less, so that an unknown outcome can still be said."""

    schedules_kept: float = 60.0
    """How long what was read of calendars is answered with, for the same asker; 0: every answer reads."""
    leave_kept: float = 1800.0
    """The same for leave."""

    interim_after: float = 0.8
    """After so long a card says what is being checked, unless more messages than `crowd` are in hand: then it is they
    that take the time, and a card more for each would only make it longer."""
    crowd: int = 16

    message_lease: timedelta = timedelta(seconds=6)
    message_upkeep: float = 1.5
    """How often leases of messages are renewed, and those that ran out are looked for."""
    message_retries: tuple[float, ...] = (2.0, 5.0, 15.0, 60.0)
    """Before an answer that did not go out is tried again; the last one is repeated."""
    turn_look: float = 0.05
    """How often it is looked whether the turn of a message has come that waits for another process."""
    turn_patience: float = 20.0
    """The longest that a process lets a message wait for what the same person said before it in the same chat."""
    follow_up_grace: float = 0.25
    """From its receipt, before a follow-up is answered: its question may be on the way to another replica."""
    follow_up_grace_alone: float = 0.0
    """The same on SQLite, where there is one process, as a rule."""

    ack_within: float = 1.4
    """How long the ack of a press waits for the changed card; DingTalk takes one within two seconds in all."""
    press_lease: timedelta = timedelta(seconds=15)
    press_upkeep: float = 2.5
    """How often presses whose lease ran out are looked for."""

    slot_reading: timedelta = timedelta(seconds=60)
    """The lease of a slot that is to be booked while calendars are read."""
    slot_creating: timedelta = timedelta(minutes=30)
    """The same while its event is made: for so long whoever follows a process that died may come back to it."""
    slot_booked: timedelta = timedelta(minutes=10)
    """For how long a new event counts though calendars may not show it yet; from then on they alone say who is free."""

    digest_lease: timedelta = timedelta(seconds=15)
    digest_upkeep: float = 4.0
    """How often leases of digests are renewed."""
    digest_look: float = 10.0
    """How often it is looked what digests are due, beside the wakes."""

    reminder_lease: timedelta = timedelta(minutes=2)
    reminder_look: float = 10.0
    """How often it is looked what reminders are due."""

    unanswered_within: float = 60.0
    """The longest that a message may be in hand without an answer, before readiness says so; and the longest that
    nothing may move it on, before its lease is let go."""
    loop_patience: float = 10.0
    """The shortest time without a pass after which an endless task is late, however short its period."""

    count_look: float = 10.0
    """How often what was counted is added to the store."""

    stop_within: float = 6.0
    """How long a stop waits for what is in hand."""
    store_within: float = 7.0
    """How long a stop waits for the store, in all; then whatever waits for it fails."""
    ended_within: float = 9.5
    """After so long a process that was told to stop ends, whatever holds it up."""

    def late_after(self, period: float) -> float:
        """Seconds without a pass after which a task of that period is late: several periods."""
        return max(_LATE_PERIODS * period, self.loop_patience)
