"""Tokens of three kinds, and connections/open, which hands out the ticket of a WebSocket."""

from uuid import uuid4

from bot.emulator.platform import Ticket
from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, Raw, Refusal
from bot.emulator.world import World


def _access_token(world: World, asked: Asked) -> JsonObject:
    platform = world.platform
    pair = asked.text("appKey"), asked.text("appSecret")
    if pair != (platform.settings.client_id, platform.settings.client_secret) or platform.settings.app != "internal":
        raise Refusal("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    return {
        "accessToken": platform.tokens.issue("accessToken"),
        "expireIn": int(platform.settings.token_life),
    }


def _corp_token(world: World, asked: Asked) -> JsonObject:
    platform = world.platform
    pair = asked.text("client_id"), asked.text("client_secret")
    if asked.text("grant_type") != "client_credentials":
        raise Refusal("unsupported.grant.type", "the grant_type is not client_credentials")
    if pair != (platform.settings.client_id, platform.settings.client_secret):
        raise Refusal("invalid.client", "invalid client id or secret")
    if asked.ids["corp_id"] != platform.settings.corp_id or platform.settings.app == "personal":
        raise Refusal("unauthorized.client", "the app does not run in this organization")
    return {
        "access_token": platform.tokens.issue("corpToken"),
        "expires_in": int(platform.settings.token_life),
    }


def _gettoken(world: World, asked: Asked) -> JsonObject:
    platform = world.platform
    pair = asked.params.get("appkey"), asked.params.get("appsecret")
    if pair != (platform.settings.client_id, platform.settings.client_secret) or platform.settings.app != "internal":
        raise OapiRefusal(40001, "获取access_token时Secret错误,或者access_token无效")
    token, life = platform.tokens.issue("gettoken"), int(platform.settings.token_life)
    return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": life}


def _open(world: World, asked: Asked) -> JsonObject | Raw:
    platform = world.platform
    if (asked.body.get("clientId"), asked.body.get("clientSecret")) != (
        platform.settings.client_id,
        platform.settings.client_secret,
    ):
        raise Refusal("authFailed", "鉴权失败", status=401)
    topics = _subscriptions(asked.body.get("subscriptions"))
    ticket, endpoint = str(uuid4()), platform.faults.gateway.endpoint
    _issue(world, ticket, topics, str(asked.body.get("ua", "")))
    endpoint = endpoint or platform.url.replace("http", "ws", 1) + "/connect"
    if "application/json" not in asked.headers.get("Accept", ""):
        platform.violate("missing Accept", "connections/open was called without Accept: application/json, XML is sent")
        xml = f"<ConnectionResponse><endpoint>{endpoint}</endpoint><ticket>{ticket}</ticket></ConnectionResponse>"
        return Raw(200, xml.encode(), "application/xml")
    return {"endpoint": endpoint, "ticket": ticket}


def _issue(world: World, ticket: str, topics: frozenset[tuple[str, str]], agent: str) -> None:
    platform = world.platform
    now, life = platform.clock(), platform.settings.ticket_life
    if platform.faults.gateway.expired_tickets > 0:
        platform.faults.gateway.expired_tickets -= 1
        life = 0.0
    for key in [key for key, each in platform.tickets.items() if each.expires <= now]:
        del platform.tickets[key]
    platform.tickets[ticket] = Ticket(now + life, topics, agent)


def _subscriptions(rows: object) -> frozenset[tuple[str, str]]:
    if not isinstance(rows, list) or not rows:
        raise Refusal("systemError", "系统错误")
    wanted = [(row.get("type"), row.get("topic")) for row in rows if isinstance(row, dict)]
    topics = frozenset((kind, topic) for kind, topic in wanted if isinstance(kind, str) and isinstance(topic, str))
    if len(wanted) < len(rows) or not topics:
        raise Refusal("systemError", "系统错误")
    return topics


ENDPOINTS = (
    Endpoint("accessToken", "POST", "/v1.0/oauth2/accessToken", _access_token, door="open", exempt=True),
    Endpoint("corpToken", "POST", "/v1.0/oauth2/{corp_id}/token", _corp_token, door="open", exempt=True),
    Endpoint("gettoken", "GET", "/gettoken", _gettoken, door="open", exempt=True),
    Endpoint(
        "connections/open", "POST", "/v1.0/gateway/connections/open", _open, door="open", exempt=True, limited=False
    ),
)
