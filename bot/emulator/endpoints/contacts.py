"""People and departments on oapi.dingtalk.com, and name search and group members on api.dingtalk.com."""

from collections.abc import Callable

from bot.emulator.people import Account, Department
from bot.emulator.routing import Answer, Endpoint
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, Refusal, oapi_ok
from bot.emulator.world import World


def _user_get(world: World, asked: Asked) -> JsonObject:
    person = world.company.staff(_oapi_text(asked, "userid"))
    if person is None:
        raise OapiRefusal(60121, "找不到该用户")
    return oapi_ok(person.profile())


def _by_unionid(world: World, asked: Asked) -> JsonObject:
    person = world.company.by_union_id.get(_oapi_text(asked, "unionid"))
    if person is None:
        raise OapiRefusal(60121, "找不到该用户")
    return oapi_ok({"contact_type": 1 if person.outsider else 0, "userid": person.staff_id})


def _list_ids(world: World, asked: Asked) -> JsonObject:
    return oapi_ok(
        {"userid_list": [each.staff_id for each in world.company.members(_department(world, asked).dept_id)]}
    )


def _list_simple(world: World, asked: Asked) -> JsonObject:
    return _page(world, asked, lambda person: {"userid": person.staff_id, "name": person.name})


def _list_full(world: World, asked: Asked) -> JsonObject:
    return _page(world, asked, Account.profile)


def _page(world: World, asked: Asked, row: Callable[[Account], JsonObject]) -> JsonObject:
    department = _department(world, asked)
    cursor, size = _oapi_number(asked, "cursor"), _oapi_number(asked, "size")
    if cursor < 0 or not 0 < size <= 100:
        raise OapiRefusal(40035, "不合法的参数")
    members = world.company.members(department.dept_id)
    more = len(members) > cursor + size
    result: JsonObject = {"has_more": more, "list": [row(each) for each in members[cursor : cursor + size]]}
    return oapi_ok({**result, "next_cursor": cursor + size} if more else result)


def _departments(world: World, asked: Asked) -> JsonObject:
    return oapi_ok([each.row() for each in _children(world, asked)])


def _department_ids(world: World, asked: Asked) -> JsonObject:
    return oapi_ok({"dept_id_list": [each.dept_id for each in _children(world, asked)]})


def _children(world: World, asked: Asked) -> list[Department]:
    parent = _department(world, asked, default=1)
    return [each for each in world.company.departments.values() if each.parent_id == parent.dept_id]


def _department(world: World, asked: Asked, *, default: int | None = None) -> Department:
    found = world.company.departments.get(_oapi_number(asked, "dept_id", default=default))
    if found is None:
        raise OapiRefusal(60003, "部门不存在")
    return found


def _oapi_text(asked: Asked, name: str) -> str:
    found = asked.body.get(name)
    if not isinstance(found, str) or not found:
        raise OapiRefusal(400002, f"无效的参数:{name}")
    return found


def _oapi_number(asked: Asked, name: str, *, default: int | None = None) -> int:
    found = asked.body.get(name, default)
    try:
        return int(found)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise OapiRefusal(400002, f"无效的参数:{name}") from None


def _search(world: World, asked: Asked) -> JsonObject:
    word, page, size = asked.text("queryWord"), asked.body.get("offset"), asked.body.get("size")
    if not isinstance(page, int) or not isinstance(size, int) or page < 0 or not 0 < size <= 100:
        raise Refusal("invalidParameter", "offset or size is invalid")
    exact = asked.body.get("fullMatchField") == 1
    found = [each.staff_id for each in world.company.colleagues() if each.matches(word, exact=exact)]
    shown = found[page * size : (page + 1) * size]
    return {"hasMore": len(found) > (page + 1) * size, "totalCount": len(found), "list": shown}


def _scene_members(world: World, asked: Asked) -> JsonObject:
    conversation = world.chats.conversations.get(asked.text("openConversationId"))
    if conversation is None:
        raise Refusal("cidEncryptError", "openConversationId is invalid")
    if not conversation.scene:
        raise Refusal("groupPermissionDenied", "the app has no permission for this group")
    colleagues = [each for each in conversation.members if not each.outsider]
    return {
        "success": True,
        "memberUserIds": [each.staff_id for each in colleagues],
        "hasMore": False,
        "unionIdList": [each.union_id for each in conversation.members if each.outsider],
        "staffIdNickMap": {each.staff_id: each.nick or each.name for each in colleagues},
        "unionIdNickMap": {each.union_id: each.nick or each.name for each in conversation.members if each.outsider},
    }


def _oapi(api: str, path: str, answer: Answer, scope: str) -> Endpoint:
    return Endpoint(api, "POST", f"/topapi/{path}", answer, door="oapi", scope=scope, exempt=True)


ENDPOINTS = (
    _oapi("user/get", "v2/user/get", _user_get, "qyapi_get_member"),
    _oapi("user/getbyunionid", "user/getbyunionid", _by_unionid, "qyapi_get_member"),
    _oapi("user/list", "v2/user/list", _list_full, "qyapi_get_department_member"),
    _oapi("user/listsimple", "user/listsimple", _list_simple, "qyapi_get_department_member"),
    _oapi("user/listid", "user/listid", _list_ids, "qyapi_get_department_member"),
    _oapi("department/listsub", "v2/department/listsub", _departments, "qyapi_get_department_list"),
    _oapi("department/listsubid", "v2/department/listsubid", _department_ids, "qyapi_get_department_list"),
    Endpoint("users/search", "POST", "/v1.0/contact/users/search", _search, scope="qyapi_addresslist_search"),
    Endpoint(
        "sceneGroups/members",
        "POST",
        "/v1.0/im/sceneGroups/members/batchQuery",
        _scene_members,
        scope="qyapi_chat_manage",
    ),
)
