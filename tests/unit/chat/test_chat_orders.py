"""Orders about the last answer become what its card is to do, or say why there is nothing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.meaning.orders import ordered
from bot.model.meetings import Booking, RefusalReason, Slot
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.questions import Question, TaskKind, View
from bot.model.requests import Change, ChangeKind, Intent, Language, Request
from bot.model.time import Interval

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALICE, BOB = StaffId("alice"), StaffId("bob")
SLOTS = tuple(Slot(Interval(NOW + n * HOUR, NOW + (n + 1) * HOUR)) for n in (1, 3))
BOOKING = Booking("event", SLOTS[0].interval, ALICE, "Alice", (ALICE,), NOW)
CANCEL = Change(ChangeKind.CANCEL)


def asked(text_card="new", asker=ALICE, view=None):
    return Question(
        request=Request(Intent.FIND_TIME, Language.ZH),
        asker=asker,
        author=ALICE,
        author_name="Alice",
        conversation_id=ConversationId("cid"),
        in_group=True,
        zone="Asia/Shanghai",
        now=NOW,
        language=Language.EN,
        card=OutTrackId(text_card),
        view=view or View(),
    )


def take(number):
    return Change(ChangeKind.TAKE, option=number)


def test_a_slot_is_taken_by_its_number_in_the_name_of_who_says_so():
    last = replace(asked("old", view=View(offered=SLOTS)), now=NOW - HOUR, language=Language.ZH)
    meant = ordered(asked(asker=BOB), last, take(2), enabled=True)
    assert (meant.task.kind, meant.task.slot) == (TaskKind.BOOK, SLOTS[1])
    assert (meant.asker, meant.card, meant.now, meant.language) == (BOB, "new", NOW, Language.EN)
    assert meant.view.offered == SLOTS


def test_what_was_booked_is_cancelled_by_its_organizer():
    meant = ordered(asked(), asked("old", view=View(booking=BOOKING)), CANCEL, enabled=True)
    assert meant.task.kind is TaskKind.CANCEL
    assert meant.view.booking == BOOKING


@pytest.mark.parametrize(
    ("last", "change", "reason"),
    [
        (None, take(1), RefusalReason.NO_SUCH_SLOT),
        (View(offered=SLOTS), take(3), RefusalReason.NO_SUCH_SLOT),
        (View(booking=BOOKING), take(1), RefusalReason.NO_SUCH_SLOT),
        (None, CANCEL, RefusalReason.NOTHING_BOOKED),
        (View(offered=SLOTS), CANCEL, RefusalReason.NOTHING_BOOKED),
        (View(booking=replace(BOOKING, organizer=BOB)), CANCEL, RefusalReason.NOT_YOURS),
    ],
)
def test_where_there_is_nothing_to_do_the_reason_is_kept(last, change, reason):
    meant = ordered(asked(), None if last is None else asked("old", view=last), change, enabled=True)
    assert meant.task is None
    assert meant.view.refused.reason is reason


@pytest.mark.parametrize("change", [take(1), CANCEL])
def test_where_booking_is_off_that_is_said(change):
    meant = ordered(asked(), asked("old", view=View(offered=SLOTS, booking=BOOKING)), change, enabled=False)
    assert (meant.task, meant.view.refused.reason) == (None, RefusalReason.OFF)
