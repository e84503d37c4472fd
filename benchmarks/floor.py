"""The floor: what no bot can leave out of a mention, and nothing else: `python -m benchmarks.floor URL`.

It acks, asks for the calendars and sends a card of fixed words, over sockets that stay open, without reading what it is
told. Its own time is what the loop, the sockets and the gateway cost.
"""

from __future__ import annotations

import asyncio
import json
import sys

import websockets

from benchmarks.company import TEAM

_CARD = {
    "outTrackId": "floor",
    "cardData": {"cardParamMap": {"title": "t", "markdown": "m" * 600, "tips": "t", "sys_full_json_obj": "{}"}},
}


class Calls:
    """Posts over connections that are kept, as many as are open at once."""

    def __init__(self, url: str) -> None:
        self._host, _, port = url.removeprefix("http://").partition(":")
        self._port = int(port)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, body: bytes) -> bytes:
        """The body of the answer."""
        reader, writer = (
            self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port, limit=2**20)
        )
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        answered = await reader.readuntil(b"\r\n\r\n")
        length = int(answered.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        found = await reader.readexactly(length)
        self._idle.append((reader, writer))
        return found


async def answer(calls: Calls, frame: dict[str, object], asked: bytes) -> None:
    """One mention, to its card."""
    chat = json.loads(str(frame["data"]))["conversationId"]
    await calls.post("/v1.0/calendar/users/asker/querySchedule", asked)
    card = json.dumps({**_CARD, "openSpaceId": f"dtv1.card//IM_GROUP.{chat}"}).encode()
    await calls.post("/v1.0/card/instances/createAndDeliver", card)


async def serve(url: str) -> None:
    """Until it is terminated."""
    calls = Calls(url)
    opened = json.loads(await calls.post("/v1.0/gateway/connections/open", b"{}"))
    people = [f"union{each}iEiE" for each in TEAM]
    asked = json.dumps({"userIds": people, "startTime": "2026-03-10T00:00:00+08:00", "endTime": ""}).encode()
    under_way: set[asyncio.Task[None]] = set()
    async with websockets.connect(f"{opened['endpoint']}?ticket={opened['ticket']}", compression=None) as stream:
        async for text in stream:
            frame = json.loads(text)
            headers = {"messageId": frame["headers"]["messageId"], "contentType": "application/json"}
            await stream.send(json.dumps({"code": 200, "message": "OK", "headers": headers, "data": "{}"}))
            task = asyncio.create_task(answer(calls, frame, asked))
            under_way.add(task)
            task.add_done_callback(under_way.discard)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
