"""Tokens of users who signed in, and who such a user is."""

from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, Refusal, opaque_id
from bot.emulator.world import World


def _user_access_token(world: World, asked: Asked) -> JsonObject:
    """Codes for what is refused are not documented, but for the pair."""
    settings, sign_ins = world.platform.settings, world.platform.sign_ins
    if (asked.text("clientId"), asked.text("clientSecret")) != (settings.client_id, settings.client_secret):
        raise Refusal("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    kind = asked.text("grantType")
    if kind == "authorization_code":
        grant, what = sign_ins.redeem(asked.text("code")), "code"
    elif kind == "refresh_token":
        grant, what = sign_ins.renew(asked.text("refreshToken")), "refreshToken"
    else:
        raise Refusal("unsupported.grant.type", "the grantType is neither authorization_code nor refresh_token")
    if grant is None:
        raise Refusal(f"invalid.{what}", f"不合法的{what}")
    return {
        "accessToken": grant.access,
        "refreshToken": grant.refresh,
        "expireIn": int(sign_ins.life),
        "corpId": settings.corp_id,
    }


def _me(world: World, asked: Asked) -> JsonObject:
    person = world.company.by_union_id.get(asked.caller)
    if person is None:
        raise Refusal("notExistUser", "用户不存在", status=404)
    return {
        "nick": person.nick or person.name,
        "unionId": person.union_id,
        "openId": opaque_id("open", world.platform.settings.client_id, person.union_id),
        "avatarUrl": "",
    }


ENDPOINTS = (
    Endpoint("userAccessToken", "POST", "/v1.0/oauth2/userAccessToken", _user_access_token, door="open", exempt=True),
    Endpoint("users/me", "GET", "/v1.0/contact/users/me", _me, caller="user", scope="Contact.User.Read", exempt=True),
)
