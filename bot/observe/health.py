"""/healthz (the process runs), /readyz (it can answer), /metrics (Prometheus)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

# Not `aiohttp.web`, whose routes, files and command line take more memory than templates and metrics together.
from aiohttp.web_request import BaseRequest
from aiohttp.web_response import Response, json_response
from aiohttp.web_server import Server

from bot.errors import ConfigError
from bot.observe.metrics import Metrics

Checks = Callable[[], Awaitable[Mapping[str, bool]]]

_METRICS = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
_LAST_ANSWERS = 2.0
"""Seconds that a stop leaves to answers under way."""


class HealthServer:
    """The operator's pages on `host`:`port`; port 0 takes any free one. `checks` names what readiness needs."""

    def __init__(self, *, host: str, port: int, checks: Checks, metrics: Metrics) -> None:
        self._host = host
        self._port = port
        self._checks = checks
        self._metrics = metrics
        self._pages = Server(self._answer, access_log=None)
        self._listening: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where the pages are, once started."""
        sockets = self._listening.sockets if self._listening else ()
        host, port = sockets[0].getsockname()[:2] if sockets else (self._host, self._port)
        return f"http://{host}:{port}"

    async def start(self) -> None:
        """Begins to listen. Raises ConfigError where the address is taken."""
        try:
            self._listening = await asyncio.get_running_loop().create_server(self._pages, self._host, self._port)
        except OSError as error:
            text = f"cannot listen on {self._host}:{self._port} ({(error.strerror or 'unknown').lower()}), "
            raise ConfigError(text + "expected a free port, or null for none", key="server.port") from None

    async def stop(self) -> None:
        """Answers what is being asked, then stops listening."""
        if self._listening:
            self._listening.close()
            self._pages.pre_shutdown()
            await self._pages.shutdown(_LAST_ANSWERS)

    async def _answer(self, request: BaseRequest) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response(status=405, headers={"Allow": "GET, HEAD"})
        match request.path:
            case "/healthz":
                return json_response({"ok": True})
            case "/readyz":
                checks = dict(await self._checks())
                return json_response(checks, status=200 if all(checks.values()) else 503)
            case "/metrics":
                return Response(body=self._metrics.page(), headers=_METRICS)
        return Response(status=404)
