"""/healthz (the process runs), /readyz (it can answer), /metrics (Prometheus)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.errors import ConfigError
from bot.observe.metrics import Metrics

Checks = Callable[[], Awaitable[Mapping[str, bool]]]


class HealthServer:
    """The operator's pages on `host`:`port`; port 0 takes any free one. `checks` names what readiness needs."""

    def __init__(self, *, host: str, port: int, checks: Checks, metrics: Metrics) -> None:
        self._host = host
        self._port = port
        self._checks = checks
        self._metrics = metrics
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the pages are, once started."""
        addresses = self._runner.addresses if self._runner else []
        host, port = addresses[0][:2] if addresses else (self._host, self._port)
        return f"http://{host}:{port}"

    async def start(self) -> None:
        """Begins to listen. Raises ConfigError where the address is taken."""
        app = web.Application()
        app.add_routes(
            [web.get("/healthz", self._healthz), web.get("/readyz", self._readyz), web.get("/metrics", self._page)]
        )
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self.stop()
            text = f"cannot listen on {self._host}:{self._port} ({(error.strerror or 'unknown').lower()}), "
            raise ConfigError(text + "expected a free port, or null for none", key="server.port") from None

    async def stop(self) -> None:
        """Answers what is being asked, then stops listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _readyz(self, _: web.Request) -> web.Response:
        checks = dict(await self._checks())
        return web.json_response(checks, status=200 if all(checks.values()) else 503)

    async def _page(self, _: web.Request) -> web.Response:
        headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        return web.Response(body=self._metrics.page(), headers=headers)
