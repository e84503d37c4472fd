"""Orders about the last answer become what its card is to do, or say why there is nothing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.meaning.orders import ordered
from bot.model.card_state import BookedCard, SlotsCard
from bot.model.deeds import Book, Cancel
from bot.model.meetings import Booking, RefusalReason, Slot
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.questions import Asked, Question
from bot.model.requests import Change, ChangeKind, Intent, Language, Request
from bot.model.time import Interval

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALICE, BOB = StaffId("alice"), StaffId("bob")
SLOTS = tuple(Slot(Interval(NOW + n * HOUR, NOW + (n + 1) * HOUR)) for n in (1, 3))
BOOKING = Booking("event", SLOTS[0].interval, ALICE, "Alice", (ALICE,), NOW)
CANCEL = Change(ChangeKind.CANCEL)


def question(text_card="new", asker=ALICE):
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
    )


def take(number):
    return Change(ChangeKind.TAKE, option=number)


def last(card):
    """What was asked an hour before, as its card stands."""
    return Asked(replace(question("old"), now=NOW - HOUR, language=Language.ZH), card)


def test_a_slot_is_taken_by_its_number_in_the_name_of_who_says_so():
    meant = ordered(question(asker=BOB), last(SlotsCard(SLOTS)), take(2), enabled=True)
    assert meant.deed == Book(SLOTS[1])
    asked = meant.question
    assert (asked.asker, asked.card, asked.now, asked.language) == (BOB, "new", NOW, Language.EN)
    assert meant.card == SlotsCard(SLOTS)


def test_what_was_booked_is_cancelled_by_its_organizer():
    meant = ordered(question(), last(BookedCard(BOOKING)), CANCEL, enabled=True)
    assert meant.deed == Cancel(BOOKING)
    assert meant.card == BookedCard(BOOKING)


@pytest.mark.parametrize(
    ("card", "change", "reason"),
    [
        (None, take(1), RefusalReason.NO_SUCH_SLOT),
        (SlotsCard(SLOTS), take(3), RefusalReason.NO_SUCH_SLOT),
        (BookedCard(BOOKING), take(1), RefusalReason.NO_SUCH_SLOT),
        (None, CANCEL, RefusalReason.NOTHING_BOOKED),
        (SlotsCard(SLOTS), CANCEL, RefusalReason.NOTHING_BOOKED),
        (BookedCard(replace(BOOKING, organizer=BOB)), CANCEL, RefusalReason.NOT_YOURS),
    ],
)
def test_where_there_is_nothing_to_do_the_reason_is_kept(card, change, reason):
    meant = ordered(question(), None if card is None else last(card), change, enabled=True)
    assert meant.deed is None
    assert meant.card.refusal.reason is reason


@pytest.mark.parametrize("change", [take(1), CANCEL])
def test_where_booking_is_off_that_is_said(change):
    meant = ordered(question(), last(SlotsCard(SLOTS)), change, enabled=False)
    assert (meant.deed, meant.card.refusal.reason) == (None, RefusalReason.OFF)
