"""The API of the stage: who is there, clock, faults, traces, situations, tours and the gallery."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field, StringConstraints

from bot.cards.zones import KNOWN_ZONES, city_name
from bot.emulator import Conversation, Person
from bot.errors import ConfigError, YoukongError
from bot.model.requests import Language
from bot.playground.asking import Body, Id, body_of
from bot.playground.company import Example, Team
from bot.playground.feed import JsonObject
from bot.playground.gallery import Gallery
from bot.playground.guard import Refused
from bot.playground.moments import moment_of
from bot.playground.running import LANGUAGES, Running, tour, tours
from bot.playground.saving import situation_of
from bot.playground.situations import Situation, as_yaml, read_situation
from bot.playground.steps import StepError
from bot.playground.switches import MOMENTS, SWITCHES
from bot.playground.trace import trace

_Text = Annotated[str, StringConstraints(max_length=200_000)]


class _Clock(Body):
    set: Id | None = None
    ahead: Annotated[int, Field(ge=1, le=60 * 24 * 14)] | None = None
    digest: bool = False
    speed: int | None = None


class _Fault(Body):
    name: Id
    on: bool = True


class _Load(Body):
    yaml: _Text


class _Tour(Body):
    name: Id
    language: Annotated[str, Field(pattern="^(zh|en)$")]


class StageApi:
    """Reads and changes whatever stage there is."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._gallery = Gallery(running)

    def routes(self) -> list[web.RouteDef]:
        """Its paths."""
        return [
            web.get("/api/stage", self._stage),
            web.post("/api/clock", self._set_clock),
            web.post("/api/faults", self._switch),
            web.get("/api/trace", self._trace),
            web.get("/api/situation", self._save),
            web.post("/api/situation", self._load),
            web.post("/api/tours", self._begin_tour),
            web.post("/api/tours/next", self._next_step),
            web.get("/api/gallery", self._cards),
        ]

    async def close(self) -> None:
        """Stop what the gallery plays."""
        await self._gallery.close()

    async def _stage(self, _request: web.Request) -> web.Response:
        stage, company = self._running.stage, self._running.stage.company
        return web.json_response(
            {
                "generation": self._running.generation,
                "bot": stage.emulator.settings.bot_name,
                "zone": stage.situation.zone,
                "zones": {
                    zone: {"zh": city_name(zone, Language.ZH), "en": city_name(zone, Language.EN)}
                    for zone in KNOWN_ZONES
                },
                "me": stage.situation.me,
                "language": stage.situation.language,
                "people": [_person(each) for each in company.people],
                "chats": [self._chat(each) for each in company.chats()],
                "clock": self._clock(),
                "faults": [{"name": name, "on": name in stage.switches.on} for name in SWITCHES],
                "moments": list(MOMENTS),
                "tours": [
                    {"name": name, "title": {each: _title(found[each], each) for each in LANGUAGES}}
                    for name, found in tours()
                ],
                "steps": self._steps(),
            }
        )

    def _chat(self, chat: Conversation) -> JsonObject:
        company = self._running.stage.company
        examples = company.direct_examples if chat.is_direct else company.examples.get(chat.conversation_id)
        team: Team | None = next((each for each in company.teams if each.group is chat), None)
        return {
            "id": chat.conversation_id,
            "title": chat.title,
            "direct": chat.is_direct,
            "english": team is not None and team.english,
            "members": [each.staff_id for each in chat.members],
            "examples": [_example(each) for each in examples or ()],
        }

    def _clock(self) -> JsonObject:
        stage = self._running.stage
        due = stage.app.next_digest()
        return {
            "now": stage.clock().isoformat(timespec="milliseconds"),
            "speed": stage.clock.speed,
            "digest": due.isoformat() if due else None,
        }

    def _steps(self) -> JsonObject | None:
        """How far the situation's steps were played; None where it has none."""
        player = self._running.player
        if player is None:
            return None
        title = self._running.stage.situation.title
        note = player.steps[player.at - 1].note if player.at else None
        return {
            "at": player.at,
            "of": len(player.steps),
            "title": title.model_dump() if title else None,
            "note": note.model_dump() if note else None,
        }

    async def _set_clock(self, request: web.Request) -> web.Response:
        body, stage = await body_of(request, _Clock), self._running.stage
        restarted = False
        try:
            if body.speed is not None:
                stage.clock.run(body.speed)
                stage.feed.tell("clock")
            if body.ahead is not None:
                restarted = await self._running.set_clock(stage.clock() + timedelta(minutes=body.ahead))
            if body.set is not None:
                restarted = await self._running.set_clock(moment_of(body.set, stage.situation.zone))
            if body.digest:
                due = stage.app.next_digest()
                if due is None:
                    raise ValueError("found no digest, expected one to be set in a group")
                restarted = await self._running.set_clock(due)
        except ValueError as error:
            raise Refused(409, str(error)) from None
        return web.json_response({"restarted": restarted, **self._clock()})

    async def _switch(self, request: web.Request) -> web.Response:
        body, stage = await body_of(request, _Fault), self._running.stage
        try:
            if body.name in MOMENTS:
                await stage.switches.happen(body.name)
            else:
                stage.switches.set(body.name, on=body.on)
        except ValueError as error:
            raise Refused(404, str(error)) from None
        stage.feed.tell("faults")
        return web.json_response({"on": list(stage.switches.on)})

    async def _trace(self, request: web.Request) -> web.Response:
        stage = self._running.stage
        cause = stage.recorder.cause_of(request.query.get("key", ""))
        if cause is None:
            raise Refused(404, "found no message or press behind this, expected an entry of a chat")
        return web.json_response(await trace(stage.recorder, stage.app.services, cause))

    async def _save(self, _request: web.Request) -> web.Response:
        text = as_yaml(situation_of(self._running.stage))
        return web.Response(text=text, content_type="application/yaml")

    async def _load(self, request: web.Request) -> web.Response:
        body = await body_of(request, _Load)
        try:
            situation = read_situation(body.yaml)
        except ConfigError as error:
            raise Refused(400, str(error)) from None
        await self._begin(situation)
        return web.json_response({"generation": self._running.generation})

    async def _begin_tour(self, request: web.Request) -> web.Response:
        body = await body_of(request, _Tour)
        try:
            situation = tour(body.name, body.language)
        except ConfigError as error:
            raise Refused(404, str(error)) from None
        await self._begin(situation)
        return web.json_response({"generation": self._running.generation})

    async def _begin(self, situation: Situation) -> None:
        try:
            await self._running.load(situation)
        except (YoukongError, ValueError) as error:
            raise Refused(409, str(error)) from None

    async def _next_step(self, _request: web.Request) -> web.Response:
        player = self._running.player
        if player is None or player.over:
            raise Refused(409, "found no step left, expected a tour or a situation with steps")
        try:
            step = await player.scene()
        except StepError as error:
            raise Refused(409, str(error)) from None
        self._running.stage.feed.tell("calendars")
        return web.json_response(
            {
                **(self._steps() or {}),
                "verb": step.verb,
                "me": player.actor.staff_id if player.actor else None,
                "chat": player.chat.conversation_id if player.chat else None,
            }
        )

    async def _cards(self, request: web.Request) -> web.Response:
        language = request.query.get("language", "zh")
        if language not in LANGUAGES:
            raise Refused(400, f"found the language {language[:10]!r}, expected zh or en")
        return web.json_response({"cards": await self._gallery.cards(language)})


def _title(situation: Situation, language: str) -> Any:
    return getattr(situation.title, language) if situation.title else ""


def _person(person: Person) -> JsonObject:
    return {"id": person.staff_id, "name": person.name, "title": person.title, "outsider": person.outsider}


def _example(example: Example) -> JsonObject:
    return {"text": example.text, "at": list(example.at)}
