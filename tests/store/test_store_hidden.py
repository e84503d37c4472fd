"""Who is left out of a chat's digest."""

from __future__ import annotations

from bot.model.people import ConversationId, StaffId
from bot.store import hidden

ALICE, BOB = StaffId("alice"), StaffId("bob")
CHAT, OTHER = ConversationId("cid"), ConversationId("other")


async def test_whoever_is_hidden_in_one_chat_is_shown_in_another(store):
    assert await hidden.hide(store, CHAT, ALICE)
    assert await hidden.hide(store, CHAT, BOB)
    assert await hidden.of_chat(store, CHAT) == {ALICE, BOB}
    assert await hidden.of_chat(store, OTHER) == frozenset()


async def test_hiding_and_showing_again_are_safe_to_repeat(store):
    assert [await hidden.hide(store, CHAT, ALICE) for _ in range(2)] == [True, False]
    assert [await hidden.unhide(store, CHAT, ALICE) for _ in range(2)] == [True, False]
    assert await hidden.of_chat(store, CHAT) == frozenset()
