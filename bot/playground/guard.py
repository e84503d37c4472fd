"""What keeps the page to itself: loopback hosts only, own scripts only, JSON errors, nothing from other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Refused(Exception):
    """What a caller of the API did wrong; becomes `{"error": text}` with this HTTP status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def problem(status: int, text: str) -> web.Response:
    """An error as JSON: `{"error": text}`."""
    return web.json_response({"error": text}, status=status, headers=HEADERS)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses foreign hosts and foreign pages (a name that resolves to 127.0.0.1 is not enough), dresses answers."""
    if not _is_loopback(f"//{request.headers.get('Host', '')}"):
        return problem(403, "only 127.0.0.1 and localhost are served")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("Host"):
        return problem(403, "another site's page may not call this one")
    if request.method == "POST" and request.content_type != "application/json":
        return problem(415, f"found the content type {request.content_type!r}, expected application/json")
    try:
        response = await handler(request)
    except Refused as refused:
        return problem(refused.status, str(refused))
    except web.HTTPException as error:
        return problem(error.status, f"{error.reason.lower()}: {request.method} {request.path[:80]}")
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def _is_loopback(url: str) -> bool:
    try:
        return urlsplit(url).hostname in LOOPBACK
    except ValueError:
        return False
