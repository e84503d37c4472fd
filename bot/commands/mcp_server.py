"""`youkong mcp`: the tools for agents over stdio, by the official SDK, which is an extra and imported here alone."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from bot import __version__
from bot.chat.rate_limit import RateLimit
from bot.commands.agent_tools import AgentTools
from bot.commands.asking import Asker, asking
from bot.config import Config
from bot.errors import YoukongError
from bot.model.requests import Intent
from bot.personal.token_file import TokenFile
from bot.wiring import metered

if TYPE_CHECKING:
    from mcp.server import MCPServer

_INSTRUCTIONS = """\
Youkong tells who is free, by the free/busy of DingTalk calendars. It only reads: it books, moves and sends nothing.
Give each tool one question in the user's own words, Chinese or English, people by name and times as they were said:
"张三和李四 明天下午", "Alice and Bob this week, 45 min". Do not turn dates or names into something else first.
- Never say that somebody is free who is in `unknown`: their calendar could not be read, `reason` says why.
- Where `ask_back` is not null nothing was decided: ask the user, with its `words` and `candidates`, and call again.
- `windows_in_words` says which time was looked at; `text` is the answer as people read it. Titles are never known.
- Each call may spend calls of the organisation's month: ask once about several people, not once about each."""

_Text = Annotated[str, Field(max_length=4000, description="The question in the user's own words.")]
_At = Annotated[
    list[str],
    Field(max_length=50, description="staffIds of people who are meant beside those whom the text names."),
]


async def serve(config: Config, asker: str | TokenFile) -> None:
    """Serves until standard input ends. Raises YoukongError where the SDK is not there, and what opening raises."""
    _need_sdk()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever reads standard input cannot be interrupted in order
    async with metered(config) as (core, metering), asking(core, asker) as who, _indexed(who):
        await metering.flush()  # what was spent before
        limit = RateLimit(per_minute=config.limits.questions_per_minute)
        await server_of(AgentTools(core, metering, who, limit)).run_stdio_async()


def _need_sdk() -> None:
    try:
        from mcp.server import MCPServer  # noqa: F401 - of an older SDK there is none
    except ImportError:
        way_out = "pip install 'youkong[mcp]', in a checkout pip install -e '.[mcp]'"
        raise YoukongError(f"found no MCP SDK of version 2, expected the extra youkong[mcp]: {way_out}") from None


@asynccontextmanager
async def _indexed(who: Asker) -> AsyncIterator[None]:
    """Meanwhile everybody's names are read, where nobody has within a day: else each typed name costs a search.

    A user's own app may read no directory.
    """
    reading = None if who.user else asyncio.create_task(who.services.directory.refresh_index(), name="index")
    try:
        yield
    finally:
        if reading:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


def server_of(tools: AgentTools) -> MCPServer[Any]:
    """The tools as the SDK serves them."""
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    server: MCPServer[Any] = MCPServer("youkong", title="有空 Youkong", instructions=_INSTRUCTIONS, version=__version__)
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    async def with_errors(work: Awaitable[dict[str, Any]]) -> dict[str, Any]:
        """What of ours went wrong is for the agent to read; it names no secret and nothing that was written."""
        try:
            return await work
        except YoukongError as error:
            raise ToolError(str(error)) from None

    @server.tool(annotations=reads)
    async def who_is_free(text: _Text, at: _At = []) -> dict[str, Any]:  # noqa: B006 - the SDK shows it as a default
        """Who is free in a time: "张三和李四 明天下午2点到4点", "is Alice free Thursday morning"."""
        return await with_errors(tools.ask(Intent.WHO_IS_FREE, text, at))

    @server.tool(annotations=reads)
    async def find_time(text: _Text, at: _At = []) -> dict[str, Any]:  # noqa: B006
        """Times that suit all who are named and the user: "和张三、李四 本周 45分钟", "Alice and Bob next week"."""
        return await with_errors(tools.ask(Intent.FIND_TIME, text, at))

    @server.tool(annotations=reads)
    async def next_free(text: _Text, at: _At = []) -> dict[str, Any]:  # noqa: B006
        """When somebody, or several together, are next free: "张三", "Alice and Bob"."""
        return await with_errors(tools.ask(Intent.NEXT_FREE, text, at))

    @server.tool(annotations=reads)
    async def read_request(text: _Text, at: _At = []) -> dict[str, Any]:  # noqa: B006
        """How a text is understood: intent, times, people, what is left over. Reads no calendar and costs no call."""
        return await with_errors(tools.read(text, at))

    return server
