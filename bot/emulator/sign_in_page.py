"""The sign-in page, `/oauth2/auth`: who is it, and back to the app with a code."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.emulator.people import Account
from bot.emulator.world import World

PATH = "/oauth2/auth"
_ASKED = ("redirect_uri", "response_type", "client_id", "scope", "state", "prompt")
_WORDS = {
    "zh": ("登录到应用", "以谁的身份登录？", "拒绝", "这个登录地址不对："),
    "en": ("Sign in to the app", "Who are you?", "Decline", "This sign-in address is wrong: "),
}
_STYLE = "body{font:16px sans-serif;max-width:24em;margin:3em auto;padding:0 1em}a{display:block;padding:.6em 0}"


def sign_in(world: World, request: web.BaseRequest) -> web.Response:
    """The page, or (`as` names a colleague, "" nobody) the redirect that it leads to."""
    query = request.rel_url.query
    title, who, decline, wrong = _WORDS["zh" if request.headers.get("Accept-Language", "").startswith("zh") else "en"]
    fault = _fault(world, query)
    if fault:
        world.platform.violate("bad sign-in", fault)
        return _page(title, f"<p>{wrong}{escape(fault)}</p>", status=400)
    if "as" not in query:
        people = [_link(query, each.staff_id, each.name) for each in world.company.colleagues()]
        return _page(title, f"<p>{who}</p>{''.join(people)}{_link(query, '', decline)}")
    return _back(query, world.company.staff(query["as"]), world)


def _back(query: Mapping[str, str], person: Account | None, world: World) -> web.Response:
    """How a refusal comes back is not documented; RFC 6749 §4.1.2.1 says error=access_denied."""
    said = {"authCode": world.platform.sign_ins.code(person.union_id)} if person else {"error": "access_denied"}
    target = query["redirect_uri"]
    joint = "&" if urlsplit(target).query else "?"
    return web.Response(status=302, headers={"Location": target + joint + urlencode({**said, "state": query["state"]})})


def _fault(world: World, query: Mapping[str, str]) -> str:
    """What is wrong with an address that the app made, "" where nothing is."""
    missing = [name for name in _ASKED if not query.get(name)]
    if missing:
        return f"{', '.join(missing)} missing"
    settings = world.platform.settings
    if query["client_id"] != settings.client_id:
        return "client_id is unknown"
    if query["response_type"] != "code" or "openid" not in query["scope"].split():
        return "response_type is not code, or scope lacks openid"
    registered, given = settings.redirect_uris, query["redirect_uri"]
    if registered is not None and given not in registered:
        return "redirect_uri is not one of the app's"
    return "" if urlsplit(given).scheme in ("http", "https") and urlsplit(given).netloc else "redirect_uri is no URL"


def _link(query: Mapping[str, str], who: str, name: str) -> str:
    target = f"{PATH}?{urlencode({**{each: query[each] for each in _ASKED}, 'as': who})}"
    return f'<a href="{escape(target)}" data-as="{escape(who)}">{escape(name)}</a>'


def _page(title: str, body: str, *, status: int = 200) -> web.Response:
    head = f"<meta charset=utf-8><title>{title}</title><link rel=icon href=data:,><style>{_STYLE}</style>"
    text = f"<!doctype html>{head}<h1>{title}</h1>{body}"
    return web.Response(status=status, text=text, content_type="text/html")
