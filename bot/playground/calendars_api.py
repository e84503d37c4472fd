"""The API of the calendars beside the chat: drawn for a day, and changed by hand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from aiohttp import web
from pydantic import AwareDatetime, StringConstraints, ValidationError, model_validator

from bot.config_hours import OwnWorkingTime, Weekday, Zone
from bot.emulator import Person
from bot.playground import calendars
from bot.playground.asking import Body, body_of, chat_of, person_of
from bot.playground.board import board
from bot.playground.guard import Refused
from bot.playground.moments import Entry
from bot.playground.running import Running
from bot.playground.situations import Answer

_Clock = Annotated[str, StringConstraints(max_length=5)]


class _Entry(Body):
    """A meeting or leave: of hours, or of the whole of a `day`."""

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    day: date | None = None
    kind: Literal["busy", "tentative", "leave"] = "busy"
    key: int | None = None

    @model_validator(mode="after")
    def _has_a_time(self) -> _Entry:
        if (self.day is None) is (self.start is None or self.end is None):
            raise ValueError("expected a day, or a start and an end")
        return self

    @property
    def entry(self) -> Entry:
        """The same as a calendar has it."""
        tentative = self.kind == "tentative"
        return Entry(self.start, self.end, self.day, days=int(self.day is not None), tentative=tentative)


class _Reply(Body):
    """What somebody answers to a meeting that they are invited to."""

    key: int
    answer: Answer


class _OwnTime(Body):
    """When and where somebody works; without `days` and hours as everybody does."""

    days: tuple[Weekday, ...] | None = None
    start: _Clock | None = None
    end: _Clock | None = None
    zone: Zone | None = None


class _Edit(Body):
    put: _Entry | None = None
    remove: int | None = None
    reply: _Reply | None = None
    end_leave: date | None = None
    shares: bool | None = None
    own_time: _OwnTime | None = None
    as_configured: bool = False


class CalendarsApi:
    """Reads and changes the calendars of whatever stage there is."""

    def __init__(self, running: Running) -> None:
        self._running = running

    def routes(self) -> list[web.RouteDef]:
        """Its paths."""
        return [
            web.get("/api/calendars", self._calendars),
            web.post("/api/calendars/{person}", self._edit),
        ]

    async def _calendars(self, request: web.Request) -> web.Response:
        stage = self._running.stage
        viewer = person_of(stage, request.query.get("as", ""))
        chat = chat_of(stage, request.query.get("chat", ""), viewer)
        try:
            day = date.fromisoformat(request.query["day"]) if request.query.get("day") else None
        except ValueError:
            raise Refused(400, f"found the day {request.query['day'][:20]!r}, expected YYYY-MM-DD") from None
        return web.json_response(await board(stage, chat, day=day, zone=stage.situation.zone))

    async def _edit(self, request: web.Request) -> web.Response:
        stage = self._running.stage
        person = person_of(stage, request.match_info["person"])
        body = await body_of(request, _Edit)
        try:
            await self._carry_out(person, body)
        except ValidationError as error:
            raise Refused(409, error.errors()[0]["msg"].removeprefix("Value error, ")) from None
        except (LookupError, ValueError) as error:
            raise Refused(409, str(error)) from None
        stage.feed.tell("calendars")
        return web.json_response({"done": True})

    async def _carry_out(self, person: Person, body: _Edit) -> None:
        stage, put = self._running.stage, body.put
        if put is not None:
            calendars.put(stage, person, put.entry, leave=put.kind == "leave", key=put.key)
        if body.remove is not None:
            calendars.remove(stage, person, body.remove)
        if body.reply is not None:
            calendars.reply(person, body.reply.answer, key=body.reply.key)
        if body.end_leave is not None:
            calendars.end_leave_on(person, body.end_leave)
        if body.shares is not None:
            stage.switches.share(person, shares=body.shares)
        if body.own_time is not None:
            own = body.own_time
            hours = OwnWorkingTime.model_validate({"days": own.days, "start": own.start, "end": own.end})
            await stage.set_own_time(person, working_time=hours, zone=own.zone)
        if body.as_configured:
            await stage.end_own_time(person)
