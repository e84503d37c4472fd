"""What is in hand, and whether anything has moved it on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.chat.answering.claims import Claim
from bot.chat.answering.in_hand import InHand
from bot.chat.frames.mention import Mention
from bot.model.people import ConversationId, MsgId, OutTrackId

MONDAY = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)


def claim_of(name: str) -> Claim:
    said = Mention(
        msg_id=MsgId(name),
        conversation_id=ConversationId("cid"),
        in_group=False,
        sender=None,
        sender_name="Alice",
        text="",
        created_at=MONDAY,
    )
    return Claim(said, OutTrackId(name), MONDAY, MONDAY)


A, B = claim_of("a"), claim_of("b")


class Turned:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture
def depths() -> list[int]:
    return []


@pytest.fixture
async def hand(depths: list[int], clock: Turned) -> InHand:
    """With A and B in it."""
    hand = InHand(depths.append, clock=clock)
    for claim in (A, B):
        hand.take(claim)
    return hand


def moving(hand: InHand) -> str:
    """Those that something has moved within a minute."""
    return "".join(name for name in "abc" if hand.is_moving(MsgId(name), 1, within=60))


async def test_the_depth_is_told_and_the_end_awaited(hand, depths, clock):
    clock.now += 5
    assert hand.oldest() == 5
    assert hand.drop(MsgId("a"), 1) is A
    assert hand.drop(MsgId("a"), 1) is None
    assert A not in hand
    waiting = asyncio.ensure_future(hand.none_left())
    await asyncio.sleep(0)
    assert not waiting.done()
    assert hand.drop(MsgId("b"), 1) is B
    await waiting
    assert (depths, hand.oldest()) == ([1, 2, 1, 0], 0)


async def test_what_waits_for_its_next_try_is_moving_and_what_nobody_touches_is_not(hand, clock):
    hand.rest(A, seconds=60)
    clock.now += 60
    assert moving(hand) == "ab"
    clock.now += 1
    assert moving(hand) == "a"
    clock.now += 60
    assert moving(hand) == ""


async def test_what_stands_in_the_queue_moves_with_it_and_what_a_worker_has_does_not(hand, clock):
    hand.queue(A)
    hand.serve(B)
    clock.now += 61
    assert moving(hand) == ""
    another = claim_of("c")
    hand.take(another)
    hand.serve(another)
    assert moving(hand) == "ac"


async def test_what_is_not_in_hand_is_not_put_there_by_a_move(hand):
    hand.queue(claim_of("c"))
    assert len(hand) == 2
