"""Servers and clients for tests on the wire."""

from collections.abc import AsyncIterator

import pytest_asyncio
from wire_servers import Server, http_server

from bot.dingtalk.http import Api


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    """A server that says what the test wants."""
    async with http_server() as running:
        yield running


@pytest_asyncio.fixture
async def api(server: Server) -> AsyncIterator[Api]:
    """A client of `server`."""
    async with server.api() as client:
        yield client
