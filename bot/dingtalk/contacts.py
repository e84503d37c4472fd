"""Contacts: people by staffId, the people and sub-departments of a department, and the search by name."""

from dataclasses import dataclass
from typing import Any

from bot.dingtalk.http import Api
from bot.errors import MalformedReply

ROOT_DEPARTMENT = 1
PAGE = 100
SEARCH_SIZE = 20
_MAX_PAGES = 1000


@dataclass(frozen=True, slots=True)
class User:
    """A person of the organisation. `union_id` is empty where DingTalk gave none; `active`: has ever logged in."""

    staff_id: str
    union_id: str
    name: str
    active: bool
    title: str = ""
    departments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `parent_id` is None for the root."""

    dept_id: int
    name: str
    parent_id: int | None


async def get_user(api: Api, staff_id: str, *, deadline: float | None = None) -> User:
    """One person; `NotFound` where nobody has this staffId, `PermissionDenied` outside the app's contact range."""
    body = {"userid": staff_id}
    reply = await api.legacy("user/get", "/topapi/v2/user/get", body=body, repeatable=True, deadline=deadline)
    return _user("user/get", reply.get("result"))


async def list_users(api: Api, dept_id: int) -> tuple[User, ...]:
    """The direct members of a department, all pages; sub-departments are apart."""
    users: list[User] = []
    cursor = 0
    for _ in range(_MAX_PAGES):
        body = {"dept_id": dept_id, "cursor": cursor, "size": PAGE}
        reply = await api.legacy("user/list", "/topapi/v2/user/list", body=body, repeatable=True)
        page = _dict("user/list", reply.get("result"))
        users += [_user("user/list", user) for user in _list("user/list", page.get("list"))]
        further = _number(page.get("next_cursor"))
        if not _true(page.get("has_more")) or further is None or further == cursor:
            break
        cursor = further
    return tuple(users)


async def list_departments(api: Api, dept_id: int = ROOT_DEPARTMENT) -> tuple[Department, ...]:
    """The departments directly below one."""
    path = "/topapi/v2/department/listsub"
    reply = await api.legacy("department/listsub", path, body={"dept_id": dept_id}, repeatable=True)
    return tuple(_department(entry) for entry in _list("department/listsub", reply.get("result")))


async def search_users(api: Api, word: str, *, exact: bool) -> tuple[str, ...]:
    """StaffIds whose name, pinyin or English name matches, 20 at most; counts against the month's calls.

    `exact` asks for the very name. Of what is found only the first page is read: more than that is no answer to "who".
    """
    body: dict[str, Any] = {"queryWord": word, "offset": 0, "size": SEARCH_SIZE}
    if exact:
        body["fullMatchField"] = 1
    reply = await api.call("users/search", "POST", "/v1.0/contact/users/search", body=body, repeatable=True)
    return tuple(found for found in _list("users/search", reply.get("list")) if isinstance(found, str))


def _user(api: str, value: Any) -> User:
    entry = _dict(api, value)
    staff_id = entry.get("userid")
    if not isinstance(staff_id, str) or not staff_id:
        raise MalformedReply("a person in the reply has no userid", api=api)
    departments = entry.get("dept_id_list")
    return User(
        staff_id=staff_id,
        union_id=_text(entry.get("unionid")) or _text(entry.get("union_id")),
        name=_text(entry.get("name")),
        active=_true(entry.get("active", True)),
        title=_text(entry.get("title")),
        departments=_numbers(departments if isinstance(departments, list) else []),
    )


def _department(value: Any) -> Department:
    entry = _dict("department/listsub", value)
    dept_id = _number(entry.get("dept_id"))
    if dept_id is None:
        raise MalformedReply("a department in the reply has no dept_id", api="department/listsub")
    return Department(dept_id, _text(entry.get("name")), _number(entry.get("parent_id")))


def _dict(api: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedReply(f"expected an object in the reply, got {type(value).__name__}", api=api)
    return value


def _list(api: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedReply(f"expected a list in the reply, got {type(value).__name__}", api=api)
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _true(value: Any) -> bool:
    """The documentation prints booleans as text here and there."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _number(value: Any) -> int | None:
    if isinstance(value, int):
        return int(value)
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _numbers(values: list[Any]) -> tuple[int, ...]:
    return tuple(number for number in map(_number, values) if number is not None)
