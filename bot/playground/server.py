"""The page's server on 127.0.0.1: the page itself, a small JSON API, and changes as server-sent events."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.emulator import Account, Conversation, Emulator, Person
from bot.playground.company import Company, Example
from bot.playground.feed import Entry, Feed, JsonObject, sees, shown
from bot.playground.guard import HEADERS, Refused, guard

MOST_BYTES = 16 * 1024
BEAT_SECONDS = 15.0
_STATIC = Path(__file__).parent / "static"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Body = TypeVar("_Body", bound=BaseModel)


class _NewMessage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sender: _Id = Field(alias="as")
    text: Annotated[str, StringConstraints(max_length=2000)]
    at: Annotated[tuple[_Id, ...], Field(max_length=100)] = ()
    to_bot: bool = True


class _NewPress(BaseModel):
    model_config = ConfigDict(extra="forbid")
    presser: _Id = Field(alias="as")
    button: _Id


class PageServer:
    """Serves one company's chats; `start` binds, `url` is known afterwards."""

    def __init__(self, emulator: Emulator, company: Company, feed: Feed) -> None:
        self._emulator = emulator
        self._company = company
        self._feed = feed
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, port: int) -> None:
        """Listen on 127.0.0.1; 0 takes any free port. Raises OSError where the port is taken."""
        self._runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}/"

    async def stop(self) -> None:
        """End every listener and close the port."""
        self._feed.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _routes(self) -> web.Application:
        app = web.Application(middlewares=[guard], client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.get("/", _index),
                web.get("/static/{name}", _file),
                web.get("/api/company", self._who),
                web.get("/api/chats/{chat}/timeline", self._timeline),
                web.post("/api/chats/{chat}/messages", self._say),
                web.post("/api/cards/{card}/presses", self._press),
                web.get("/api/events", self._events),
            ]
        )
        return app

    async def _who(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "bot": self._emulator.settings.bot_name,
                "people": [_person(each) for each in self._company.people],
                "chats": [self._chat(each) for each in self._company.chats()],
            }
        )

    def _chat(self, chat: Conversation) -> JsonObject:
        examples = self._company.direct_examples if chat.is_direct else self._company.examples.get(chat.conversation_id)
        return {
            "id": chat.conversation_id,
            "title": chat.title,
            "direct": chat.is_direct,
            "members": [each.staff_id for each in chat.members],
            "examples": [_example(each) for each in examples or ()],
        }

    async def _timeline(self, request: web.Request) -> web.Response:
        viewer = self._person(request.query.get("as", ""))
        chat = self._chat_of(request, viewer)
        entries = [entry for entry in self._feed.entries(chat) if sees(entry, viewer)]
        return web.json_response({"entries": [shown(entry, viewer) for entry in entries]})

    async def _say(self, request: web.Request) -> web.Response:
        body = await _body(request, _NewMessage)
        sender = self._person(body.sender)
        chat = self._chat_of(request, sender)
        if not body.text.strip() and (chat.is_direct or not body.to_bot):
            raise Refused(400, "found an empty message, expected a text")
        mentioned = [_member(chat, each) for each in dict.fromkeys(body.at)]
        said = await sender.says(body.text, at=mentioned, to=chat, to_bot=body.to_bot)
        return web.json_response({"key": f"said-{said.msg_id}"}, status=202)

    async def _press(self, request: web.Request) -> web.Response:
        body = await _body(request, _NewPress)
        presser = self._person(body.presser)
        card = self._emulator.card(request.match_info["card"])
        if card is None or card.conversation is None or not card.conversation.has_member(presser):
            raise Refused(404, f"found no such card in the chats of {presser.staff_id!r}")
        try:
            press = await presser.presses(card, body.button)
        except (LookupError, ValueError):
            raise Refused(409, f"the card shows {presser.staff_id!r} no button {body.button!r} now") from None
        return web.json_response({"answered": not press.timed_out, "seconds": round(press.seconds, 3)})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        viewer = self._person(request.query.get("as", ""))
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8"})
        with self._feed.listen() as queue, suppress(ConnectionResetError):
            await stream.prepare(request)
            await stream.write(b": open\n\n")
            await _pump(stream, queue, viewer)
        return stream

    def _person(self, staff_id: str) -> Person:
        person = self._company.person(staff_id)
        if person is None:
            raise Refused(404, f"found nobody called {staff_id!r}, expected an id of /api/company")
        return person

    def _chat_of(self, request: web.Request, member: Person) -> Conversation:
        key = request.match_info["chat"]
        chat = next((each for each in self._company.chats() if each.conversation_id == key), None)
        if chat is None or not chat.has_member(member):
            raise Refused(404, f"found no chat {key!r} of {member.staff_id!r}, expected an id of /api/company")
        return chat


async def _pump(stream: web.StreamResponse, queue: asyncio.Queue[Entry | None], viewer: Person) -> None:
    """Writes changes until the feed ends; the beat in between finds connections that are gone."""
    while True:
        try:
            entry = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
        except TimeoutError:
            await stream.write(b": beat\n\n")
            continue
        if entry is None:
            return
        if sees(entry, viewer):
            text = json.dumps(shown(entry, viewer), ensure_ascii=False)
            await stream.write(f"data: {text}\n\n".encode())


def _member(chat: Conversation, staff_id: str) -> Account:
    found = next((each for each in chat.members if each.staff_id == staff_id), None)
    if found is None:
        raise Refused(400, f"found the mention of {staff_id!r}, expected a member of this chat")
    return found


async def _body(request: web.Request, model: type[_Body]) -> _Body:
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(each) for each in first["loc"]) or "body"
        raise Refused(400, f"{where}: {first['msg'].lower()}") from None


async def _index(_request: web.Request) -> web.StreamResponse:
    return _page_file("index.html")


async def _file(request: web.Request) -> web.StreamResponse:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.StreamResponse:
    """A file of the page; names are looked up in the folder, so that none can lead out of it."""
    found = next((each for each in _STATIC.iterdir() if each.name == name and each.suffix in _TYPES), None)
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.read_bytes(), content_type=_TYPES[found.suffix], charset="utf-8")


def _person(person: Person) -> JsonObject:
    return {"id": person.staff_id, "name": person.name, "title": person.title, "outsider": person.outsider}


def _example(example: Example) -> JsonObject:
    return {"text": example.text, "at": list(example.at)}
