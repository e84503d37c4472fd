"""The page's server on 127.0.0.1: the page itself with its files, and the two halves of its JSON API."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.playground.calendars_api import CalendarsApi
from bot.playground.chat_api import ChatApi
from bot.playground.guard import guard
from bot.playground.running import Running
from bot.playground.stage_api import StageApi

MOST_BYTES = 256 * 1024
_STATIC = Path(__file__).parent / "static"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class PageServer:
    """Serves whatever stage is running; `start` binds, `url` is known afterwards."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._stage_api = StageApi(running)
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
        await self._stage_api.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _routes(self) -> web.Application:
        app = web.Application(middlewares=[guard], client_max_size=MOST_BYTES)
        pages = [web.get("/", _index), web.get("/gallery", _gallery), web.get("/static/{name}", _file)]
        apis = (ChatApi(self._running), CalendarsApi(self._running), self._stage_api)
        app.add_routes([*pages, *(route for api in apis for route in api.routes())])
        return app


async def _index(_request: web.Request) -> web.StreamResponse:
    return _page_file("index.html")


async def _gallery(_request: web.Request) -> web.StreamResponse:
    return _page_file("gallery.html")


async def _file(request: web.Request) -> web.StreamResponse:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.StreamResponse:
    """A file of the page; names are looked up in the folder, so that none can lead out of it."""
    found = next((each for each in _STATIC.iterdir() if each.name == name and each.suffix in _TYPES), None)
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.read_bytes(), content_type=_TYPES[found.suffix], charset="utf-8")
