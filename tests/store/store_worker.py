"""A process of its own that works on a store; the tests start several at once.

    store_worker.py URL OWNER COUNT

It says "ready", waits for a line on stdin, opens the store, claims m0 … m{COUNT-1} all at once, takes over what it can
in small bites, as if the lease of every claim had run out, and prints what came of it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from bot.model.people import ConversationId, MsgId, OutTrackId
from bot.store import Store, messages

NOW = datetime(2026, 3, 16, tzinfo=UTC)
LEASE = timedelta(seconds=10)


async def claim(store: Store, owner: str, count: int) -> list[str]:
    """The ids that became ours."""

    async def one(msg_id: MsgId) -> bool:
        turn = await messages.claim(
            store,
            msg_id,
            out_track_id=OutTrackId(msg_id),
            conversation_id=ConversationId("cid"),
            payload="{}",
            owner=owner,
            now=NOW,
            lease=LEASE,
            said_at=NOW,
        )
        return turn is not None

    ids = [MsgId(f"m{n}") for n in range(count)]
    return [msg_id for msg_id, ours in zip(ids, await asyncio.gather(*map(one, ids)), strict=True) if ours]


async def take_over(store: Store, owner: str) -> list[str]:
    """What was taken over, as "id#attempt"."""
    taken: list[str] = []
    while bite := await messages.take_over(store, owner=owner, now=NOW + LEASE, lease=LEASE, fresh_since=NOW, limit=7):
        taken += [f"{claimed.msg_id}#{claimed.attempt}" for claimed in bite]
    return taken


async def main(url: str, owner: str, count: str) -> None:
    """Does what the module says."""
    print("ready", flush=True)
    sys.stdin.readline()
    async with await Store.open(url) as store:
        claimed = await claim(store, owner, int(count))
        taken = await take_over(store, owner)
    print(json.dumps({"claimed": claimed, "taken": taken, "alembic": "alembic" in sys.modules}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
