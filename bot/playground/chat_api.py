"""The API of the chats: what is in them, what is said and pressed, and changes as server-sent events."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from bot.emulator import Person
from bot.playground.asking import Body, Id, body_of, chat_of, member_of, person_of
from bot.playground.feed import Change, Feed, sees, shown
from bot.playground.guard import HEADERS, Refused
from bot.playground.running import Running

BEAT_SECONDS = 15.0
_RETRY_MS = 400


class _NewMessage(Body):
    sender: Id = Field(alias="as")
    text: Annotated[str, StringConstraints(max_length=2000)]
    at: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    to_bot: bool = True


class _NewPress(Body):
    presser: Id = Field(alias="as")
    button: Id


class ChatApi:
    """Reads and changes the chats of whatever stage there is."""

    def __init__(self, running: Running) -> None:
        self._running = running

    def routes(self) -> list[web.RouteDef]:
        """Its paths."""
        return [
            web.get("/api/chats/{chat}/timeline", self._timeline),
            web.post("/api/chats/{chat}/messages", self._say),
            web.post("/api/cards/{card}/presses", self._press),
            web.get("/api/events", self._events),
        ]

    async def _timeline(self, request: web.Request) -> web.Response:
        stage = self._running.stage
        viewer = person_of(stage, request.query.get("as", ""))
        chat = chat_of(stage, request.match_info["chat"], viewer)
        entries = [entry for entry in stage.feed.entries(chat) if sees(entry, viewer)]
        return web.json_response({"entries": [shown(entry, viewer) for entry in entries]})

    async def _say(self, request: web.Request) -> web.Response:
        body = await body_of(request, _NewMessage)
        stage = self._running.stage
        sender = person_of(stage, body.sender)
        chat = chat_of(stage, request.match_info["chat"], sender)
        if not body.text.strip() and (chat.is_direct or not body.to_bot):
            raise Refused(400, "found an empty message, expected a text")
        mentioned = [member_of(chat, each) for each in dict.fromkeys(body.at)]
        said = await sender.says(body.text, at=mentioned, to=chat, to_bot=body.to_bot)
        return web.json_response({"key": f"said-{said.msg_id}"}, status=202)

    async def _press(self, request: web.Request) -> web.Response:
        body = await body_of(request, _NewPress)
        stage = self._running.stage
        presser = person_of(stage, body.presser)
        card = stage.emulator.card(request.match_info["card"])
        if card is None or card.conversation is None or not card.conversation.has_member(presser):
            raise Refused(404, f"found no such card in the chats of {presser.staff_id!r}")
        try:
            press = await presser.presses(card, body.button)
        except (LookupError, ValueError):
            raise Refused(409, f"the card shows {presser.staff_id!r} no button {body.button!r} now") from None
        return web.json_response({"answered": not press.timed_out, "seconds": round(press.seconds, 3)})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        stage = self._running.stage
        viewer = person_of(stage, request.query.get("as", ""))
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8"})
        with stage.feed.listen() as queue, suppress(ConnectionResetError):
            await stream.prepare(request)
            await stream.write(f"retry: {_RETRY_MS}\n: open\n\n".encode())
            await _pump(stream, queue, viewer, stage.feed)
        return stream


async def _pump(stream: web.StreamResponse, queue: asyncio.Queue[Change], viewer: Person, feed: Feed) -> None:
    """Writes changes until the feed ends; the beat in between finds connections that are gone."""
    while not feed.closed or not queue.empty():
        try:
            change = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
        except TimeoutError:
            await stream.write(b": beat\n\n")
            continue
        if change is None:
            return
        if isinstance(change, str):
            await stream.write(f"event: stage\ndata: {change}\n\n".encode())
        elif sees(change, viewer):
            text = json.dumps(shown(change, viewer), ensure_ascii=False)
            await stream.write(f"data: {text}\n\n".encode())
