"""A process of its own that works on a store; the tests start several at once.

    store_worker.py URL claim OWNER COUNT      claims m0 … m{COUNT-1} all at once, prints those it got
    store_worker.py URL take_over OWNER        takes over what it can in small bites, prints what it got
    store_worker.py URL open                   opens the store, prints whether Alembic was needed
Each says "ready" and waits for a line on stdin before it touches the database.
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


async def claim(store: Store, owner: str, count: str) -> list[str]:
    async def one(msg_id: MsgId) -> bool:
        return await messages.claim(
            store,
            msg_id,
            out_track_id=OutTrackId(msg_id),
            conversation_id=ConversationId("cid"),
            payload="{}",
            owner=owner,
            now=NOW,
            lease=LEASE,
        )

    ids = [MsgId(f"m{n}") for n in range(int(count))]
    return [msg_id for msg_id, ours in zip(ids, await asyncio.gather(*map(one, ids)), strict=True) if ours]


async def take_over(store: Store, owner: str) -> list[str]:
    taken: list[str] = []
    while bite := await messages.take_over(store, owner=owner, now=NOW + LEASE, lease=LEASE, fresh_since=NOW, limit=7):
        taken += [f"{claimed.msg_id}#{claimed.attempt}" for claimed in bite]
    return taken


async def main(url: str, what: str, *arguments: str) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    async with await Store.open(url) as store:
        match what:
            case "claim":
                result: object = await claim(store, *arguments)
            case "take_over":
                result = await take_over(store, *arguments)
            case _:
                result = "alembic" in sys.modules
    print(json.dumps(result))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
