"""The page's API as a test calls it, and a company with a hostile name in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.emulator import Conversation, Emulator
from bot.playground import Company, Playground, Team, sample_company

HOSTILE = '<b onclick="x()">伊娃</b>'


@dataclass(slots=True)
class PageApi:
    """The page's API as a test calls it."""

    playground: Playground
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.playground.url

    @property
    def company(self) -> Company:
        """The company of the stage."""
        return self.playground.company

    async def get(self, path: str, **options: Any) -> tuple[int, Any]:
        """Status and JSON of a GET."""
        async with self.session.get(self.url + path, **options) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, body: Any, **options: Any) -> tuple[int, Any]:
        """Status and JSON of a POST."""
        async with self.session.post(self.url + path, json=body, **options) as answer:
            return answer.status, await answer.json()

    async def say(self, text: str, *, who: str = "alice", chat: str = "Design", **more: Any) -> tuple[int, Any]:
        """Say something as the page does."""
        return await self.post(f"api/chats/{self.path_of(chat)}/messages", {"as": who, "text": text, **more})

    async def timeline(self, *, who: str = "alice", chat: str = "Design") -> tuple[int, Any]:
        """What somebody sees in a chat."""
        return await self.get(f"api/chats/{self.path_of(chat)}/timeline", params={"as": who})

    def path_of(self, chat: str) -> str:
        """The chat's id, percent-encoded; a chat that is unknown stays as it is."""
        ids = {each.title: each.conversation_id for each in self.company.chats()}
        return quote(ids.get(chat, chat), safe="")


def new_group(playground: Playground, title: str) -> Conversation:
    """A group that nothing was said in yet, with the product group's people and examples."""
    company = playground.company
    group = playground.emulator.group(title, list(company.groups[0].members))
    company.teams.append(Team("", "", group, ()))
    company.examples[group.conversation_id] = company.examples[company.groups[0].conversation_id]
    return group


def with_a_hostile_colleague(emulator: Emulator, today: date) -> Company:
    """The sample company, and somebody whose name is markup in the product group."""
    company = sample_company(emulator, today)
    eve = emulator.person("eve", name=HOSTILE)
    company.people.append(eve)
    company.groups[0].members.append(eve)
    return company
