"""The HTTP door: checks token, scope, faults, throttle and quota in that order, answers, and keeps the books."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.emulator.endpoints import ENDPOINTS
from bot.emulator.gateway import Gateway
from bot.emulator.ledger import Call
from bot.emulator.routing import Endpoint, Routes
from bot.emulator.rules import Rule
from bot.emulator.sign_in_page import PATH, sign_in
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, Raw, Refusal, dump
from bot.emulator.world import World

TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105
SECRETS = frozenset(
    {"access_token", "appsecret", "appSecret", "client_secret", "clientSecret", "session", "ticket", "code"}
    | {"refreshToken"}
)
CONSOLE = "https://open-dev.dingtalk.com/appscope/apply"


class Front:
    """Answers every request of the emulator's one port."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._platform = world.platform
        self._gateway = gateway
        self._routes = Routes(ENDPOINTS)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request: the WebSocket, the sign-in page, the quota page, a downloaded file, or a call of the API."""
        path = request.rel_url.raw_path
        if path == "/connect":
            return await self._gateway.accept(request)
        if path == PATH and request.method == "GET":
            return sign_in(self._world, request)
        if path == "/emulator/quota":
            ledger = self._platform.ledger
            return _json(200, {"calls": ledger.monthly_calls, "pushes": ledger.monthly_pushes})
        if path.startswith("/files/") and f"{self._platform.url}{path}" in self._world.chats.files.values():
            return web.Response(body=b"emulated file", content_type="application/octet-stream")
        return await self._call(request, path)

    async def _call(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        ledger, now = self._platform.ledger, self._platform.clock()
        ledger.in_progress += 1
        ledger.stirred = now
        found = self._routes.find(request.method, path)
        params = {name: value for name, value in request.rel_url.query.items() if name not in SECRETS}
        api, ids = (found[0].api, found[1]) if found else ("unknown", {})
        call = Call(api, request.method, path, params, {}, ids, started=now)
        ledger.calls.add(call)
        try:
            if found is None:
                return self._unknown(call)
            return await self._serve(request, found[0], call)
        finally:
            call.ended = ledger.stirred = self._platform.clock()
            ledger.in_progress -= 1

    async def _serve(self, request: web.BaseRequest, endpoint: Endpoint, call: Call) -> web.StreamResponse:
        self._platform.rates.arrive(call.api, call.started)
        asked = _read(request, endpoint, call, await request.read())
        call.body = {name: value for name, value in asked.body.items() if name not in SECRETS}
        rule: Rule | None = None
        refusal = self._check_caller(request, endpoint, call, asked)
        if refusal is None:
            rule = self._platform.faults.take(call.api, asked)
            call.fault = rule.kind if rule is not None else ""
            if rule is not None and rule.kind == "hang":
                await self._hold(request)
                if _has_gone(request):
                    return _hang_up(request)
            refusal = self._check_amount(endpoint, call) if rule is None or rule.refusal is None else rule.refusal
        delay = self._platform.settings.latency + self._platform.faults.take_delay(call.api, asked)
        if delay > 0:
            await asyncio.sleep(delay)
        if rule is not None and rule.kind in ("close_connection", "html", "endless"):
            return await self._instead(request, rule, call)
        status, body, content_type = self._answer(endpoint, asked, refusal, call)
        if rule is not None and rule.kind in ("drop_reply", "truncate", "stall"):
            return await self._spoilt(request, rule, body)
        date = {"Date": format_datetime(self._platform.now().astimezone(UTC), usegmt=True)}  # by its own clock
        return web.Response(status=status, body=body, headers=date, content_type=content_type, charset="utf-8")

    # Checks, in the platform's order.

    def _check_caller(self, request: web.BaseRequest, endpoint: Endpoint, call: Call, asked: Asked) -> Refusal | None:
        if endpoint.door == "open":
            return None
        oapi = endpoint.door == "oapi"
        token = request.rel_url.query.get("access_token") if oapi else request.headers.get(TOKEN_HEADER)
        asked.caller = call.user = self._platform.sign_ins.user(token)
        errcode = self._platform.tokens.errcode(token) if endpoint.caller != "user" else 40014
        if token and asked.caller and endpoint.caller != "app":
            if self._platform.sign_ins.state(token) == "expired":
                return Refusal("accesstoken.expired", "用户的access_token已过期")
            errcode = 0
        call.token_ok = errcode == 0
        if not token:
            self._platform.violate("no token", f"{call.api} was called without a token where its host expects one")
        if errcode:
            return _bad_token_oapi(errcode) if oapi else Refusal("InvalidAuthentication", "不合法的access_token")
        if endpoint.scope in self._platform.faults.denied_scopes:
            return _no_scope_oapi(endpoint.scope) if oapi else _no_scope(endpoint.scope)
        return None

    def _check_amount(self, endpoint: Endpoint, call: Call) -> Refusal | None:
        platform, oapi = self._platform, endpoint.door == "oapi"
        limit = platform.settings.calls_per_second if endpoint.limited else None
        if not platform.rates.admit(call.api, call.started, limit):
            if oapi:
                return OapiRefusal(90018, "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了")
            code = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
            return Refusal(code, "应用调用该接口的QPS超过限制", status=403)
        if endpoint.exempt:
            return None
        if platform.faults.quota_is_gone:
            code = "Forbidden.AccessDenied.ApiCountLimitForOrg"
            return Refusal(code, "组织本月API调用次数超过限制", status=403)
        platform.ledger.monthly_calls += 1
        return None

    # Answers.

    def _answer(self, endpoint: Endpoint, asked: Asked, refusal: Refusal | None, call: Call) -> tuple[int, bytes, str]:
        answer: JsonObject | Raw
        status = 200
        try:
            if refusal is not None or asked.malformed is not None:
                raise refusal or asked.malformed or Refusal("unknownError")
            answer = endpoint.answer(self._world, asked)
        except Refusal as no:
            status, call.code, answer = no.status, no.code, no.body()
        if isinstance(answer, Raw):
            call.status = answer.status
            return answer.status, answer.body, answer.content_type
        call.status = status
        call.answer = answer if self._platform.settings.keep_answers else None
        return status, dump(answer).encode(), "application/json"

    def _unknown(self, call: Call) -> web.Response:
        self._platform.violate("unknown path", f"{call.method} {call.path}")
        if call.path.startswith("/topapi/"):
            call.status, call.code = 200, "404"
            return _json(200, OapiRefusal(404, "请求的URI地址不存在").body())
        call.status, call.code = 404, "InvalidAction.NotFound"
        return _json(404, Refusal(call.code, "Specified api is not found, please check your url and method.").body())

    async def _instead(self, request: web.BaseRequest, rule: Rule, call: Call) -> web.StreamResponse:
        """Answer without having done the work."""
        if rule.kind == "html":
            call.status = rule.status
            return web.Response(status=rule.status, body=rule.body, content_type="text/html")
        if rule.kind == "close_connection":
            return _hang_up(request)
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        call.status, chunk = 200, b'{"x":"' + b"x" * 65536
        try:
            while not _has_gone(request):
                await response.write(chunk)
                await asyncio.sleep(0)
        except ConnectionError:
            pass
        return response

    async def _spoilt(self, request: web.BaseRequest, rule: Rule, body: bytes) -> web.StreamResponse:
        """Answer wrongly after the work was done."""
        if rule.kind == "drop_reply":
            return _hang_up(request)
        if rule.kind == "truncate":
            return web.Response(body=body[: len(body) // 2], content_type="application/json")
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "100000"})
        await response.prepare(request)
        await response.write(body[:20])
        await self._hold(request)
        return _hang_up(request)

    async def _hold(self, request: web.BaseRequest) -> None:
        """Wait until the faults are released, or the client has gone."""
        released = asyncio.ensure_future(self._platform.faults.released.wait())
        while not released.done() and not _has_gone(request):
            await asyncio.wait({released}, timeout=0.05)
        released.cancel()


def _read(request: web.BaseRequest, endpoint: Endpoint, call: Call, raw: bytes) -> Asked:
    asked = Asked(request.method, call.path, dict(request.rel_url.query), request.headers, {}, call.ids)
    if request.method in ("POST", "PUT"):
        asked.body, asked.malformed = _read_body(request.content_type, raw, oapi=endpoint.door == "oapi")
    return asked


def _read_body(content_type: str, raw: bytes, *, oapi: bool) -> tuple[JsonObject, Refusal | None]:
    if oapi and content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(raw.decode())), None
    if content_type != "application/json" or not raw:
        missing = Refusal("Missingbody", "body is mandatory for this action.")
        return {}, OapiRefusal(43004, "无效的HTTP HEADER Content-Type") if oapi else missing
    try:
        body: Any = json.loads(raw)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return {}, OapiRefusal(400002, "无效的参数") if oapi else Refusal("invalidParameter", "the body is not JSON")
    return body, None


def _bad_token_oapi(errcode: int) -> OapiRefusal:
    if errcode == 88:
        wrapped = {"sub_code": "40014", "sub_msg": "不合法的access_token"}
        return OapiRefusal(88, "ding talk error[subcode=40014,submsg=不合法的access_token]", extra=wrapped)
    return OapiRefusal(errcode, "缺少access_token" if errcode == 41001 else "不合法的access_token")


def _no_scope(scope: str) -> Refusal:
    detail = {"accessdenieddetail": {"requiredScopes": [scope]}}
    text = f"应用尚未开通所需的权限：[{scope}]，点击链接申请并开通即可：{CONSOLE}"
    return Refusal("Forbidden.AccessDenied.AccessTokenPermissionDenied", text, status=403, extra=detail)


def _no_scope_oapi(scope: str) -> OapiRefusal:
    text = f"应用尚未开通所需的权限：[{scope}]，点击链接申请并开通即可：{CONSOLE}"
    return OapiRefusal(
        88, f"ding talk error[subcode=60011,submsg={text}]", extra={"sub_code": "60011", "sub_msg": text}
    )


def _has_gone(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


def _hang_up(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _json(status: int, body: JsonObject) -> web.Response:
    return web.Response(status=status, body=dump(body).encode(), content_type="application/json")
