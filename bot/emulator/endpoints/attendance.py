"""attendance/getleavestatus on oapi.dingtalk.com: who is on leave when, in pages."""

from bot.emulator.routing import Endpoint
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, oapi_ok
from bot.emulator.world import World

MAX_PEOPLE = 100
MAX_PAGE = 20
LONGEST = 180 * 24 * 3_600_000


def _leave_status(world: World, asked: Asked) -> JsonObject:
    listed = asked.body.get("userid_list")
    people = listed.split(",") if isinstance(listed, str) and listed else []
    start, end, offset, size = (_number(asked, name) for name in ("start_time", "end_time", "offset", "size"))
    if not 0 < len(people) <= MAX_PEOPLE or not 0 < end - start <= LONGEST or offset < 0 or not 0 < size <= MAX_PAGE:
        world.platform.violate("bad leave query", f"{len(people)} people over {end - start} ms, {size} rows a page")
        raise OapiRefusal(400002, "无效的参数")
    found = [row for staff_id in people for row in _rows(world, staff_id, start, end)]
    faults = world.platform.faults
    first = 0 if faults.leave_pages_repeat else offset
    page = found[first : first + size]
    more = faults.leave_is_endless or faults.leave_pages_repeat or len(found) > first + size
    return oapi_ok({"has_more": more, "leave_status": page})


def _rows(world: World, staff_id: str, start: int, end: int) -> list[JsonObject]:
    person = world.company.staff(staff_id)
    return person.leave.between(start, end, user_id=staff_id) if person else []


def _number(asked: Asked, name: str) -> int:
    found = asked.body.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise OapiRefusal(400002, f"无效的参数:{name}")
    return found


ENDPOINTS = (
    Endpoint(
        "attendance/getleavestatus",
        "POST",
        "/topapi/attendance/getleavestatus",
        _leave_status,
        door="oapi",
        scope="qyapi_get_attendance_data",
    ),
)
