"""What the load is about: one team of twenty, many askers, and what DingTalk says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

ROBOT = "dingbenchmark0001"
SECRET = "benchmark-secret"
TEAM = tuple(f"staff-{n:02d}" for n in range(20))
ASKERS = tuple(f"asker-{n:03d}" for n in range(100))
CONVERSATIONS = 2_000
_DAYS = 120
_NAMES = (
    "Ada", "Ben", "Cora", "Dan", "Eve", "Finn", "Gina", "Hugo", "Ida", "Jack",
    "Kate", "Leo", "Mia", "Noah", "Olga", "Paul", "Quinn", "Rosa", "Sam", "Tess",
)  # fmt: skip
_MARKS = {"free": ("✅", "⬜"), "partly": "🟡 Partly", "tentative": "🟡 Tentative", "busy": "⛔", "unknown": "❔"}

EXPECTED = {"free": 10, "partly": 2, "tentative": 2, "busy": 5, "unknown": 1}
"""How many of the team are what from 2 to 4 pm, whoever asks about whichever day."""


def day(number: int) -> str:
    """The day that mention `number` asks about, an ISO date on a weekday: no asker asks twice about one day."""
    weeks, rest = divmod(number // len(ASKERS) % _DAYS, 5)
    monday = date.today() + timedelta(days=7 - date.today().weekday())  # noqa: DTZ011 - any week ahead will do
    return (monday + timedelta(weeks=weeks, days=rest)).isoformat()


def conversation_id(number: int) -> str:
    """The chat of mention `number`; more of them than mentions can be open at once, so it names the mention."""
    return f"cidBenchmark{number % CONVERSATIONS:04d}=="


def mention(number: int, *, now_ms: int) -> dict[str, Any]:
    """The `data` of a push: somebody mentions the bot and the team, and asks who is free."""
    return {
        "conversationId": conversation_id(number),
        "conversationType": "2",
        "conversationTitle": "Release planning",
        "chatbotCorpId": "dingcorp",
        "chatbotUserId": "$:LWCP_v1:$bot",
        "robotCode": ROBOT,
        "msgId": f"msgBenchmark{number:08d}==",
        "createAt": now_ms,
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=0123456789abcdef0123456789abcdef",
        "sessionWebhookExpiredTime": now_ms + 5_400_000,
        "senderPlatform": "Mac",
        "senderId": f"$:LWCP_v1:${ASKERS[number % len(ASKERS)]}",
        "senderNick": f"Asker {number % len(ASKERS)}",
        "senderStaffId": ASKERS[number % len(ASKERS)],
        "senderCorpId": "dingcorp",
        "isAdmin": False,
        "isInAtList": True,
        "atUsers": _AT_USERS,
        "msgtype": "text",
        "text": {"content": f"  who is free {day(number)} 2-4pm"},
    }


def user(staff_id: str) -> dict[str, Any]:
    """The reply of `topapi/v2/user/get`."""
    name = _NAMES[int(staff_id[-2:]) % len(_NAMES)]
    result = {"userid": staff_id, "unionid": f"union{staff_id}iEiE", "name": name, "active": True, "dept_id_list": [1]}
    return {"errcode": 0, "errmsg": "ok", "request_id": "benchmark", "result": result}


def schedule(asked: Mapping[str, Any]) -> bytes:
    """The reply of `querySchedule`: six items a person, on the day that is asked about."""
    return _SCHEDULE.replace(b"DAY", str(asked["startTime"])[:10].encode())


def counted(card: Mapping[str, Any]) -> dict[str, int]:
    """How many people a card counts in each state, to be compared with EXPECTED."""
    lines = card["cardData"]["cardParamMap"]["markdown"].splitlines()
    found = {}
    for state, mark in _MARKS.items():
        line = next((line for line in lines if line.startswith(mark)), "")
        number = re.search(r"\d+", line)
        found[state] = int(number[0]) if number else 0
    return found


def _items(person: int) -> list[dict[str, Any]]:
    """Six meetings a day, as in real calendars, at minutes of everybody's own.

    Person 0–9 is free from 2 to 4 pm, 10–14 busy, 15–16 free for an hour of it, 17–18 tentatively busy.
    """
    asked: list[dict[str, Any]] = []
    if 10 <= person < 15:
        asked = [_item("BUSY", "13:30", "15:00"), _item("BUSY", "15:00", "16:30")]
    elif 15 <= person < 17:
        asked = [_item("BUSY", "14:00", "15:00")]
    elif person >= 17:
        asked = [_item("TENTATIVE", "14:00", "16:00")]
    minute = person % 3 * 15
    before = [
        _item("BUSY", f"{hour}:{minute:02}", f"{hour}:{minute + 20:02}") for hour in ("08", "09", "10", "11", "12")
    ]
    return [*before[: 5 - len(asked)], *asked, _item("BUSY", f"17:{minute:02}", f"18:{minute:02}")]


def _item(status: str, start: str, end: str) -> dict[str, Any]:
    return {"status": status, "start": _time(start), "end": _time(end)}


def _time(clock: str) -> dict[str, str]:
    return {"dateTime": f"DAYT{clock}:00+08:00", "timeZone": "Asia/Shanghai"}


def _entry(number: int, staff_id: str) -> dict[str, Any]:
    union_id = f"union{staff_id}iEiE"
    if number == len(TEAM) - 1:
        return {"userId": union_id, "error": "No permission", "scheduleItems": []}
    return {"userId": union_id, "scheduleItems": _items(number)}


_SCHEDULE = json.dumps({"scheduleInformation": [_entry(*each) for each in enumerate(TEAM)]}).encode()
_AT_USERS = [
    {"dingtalkId": "$:LWCP_v1:$bot"},
    *({"dingtalkId": f"$:LWCP_v1:${staff_id}", "staffId": staff_id} for staff_id in TEAM),
]
