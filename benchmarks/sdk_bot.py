"""The peer: a careful bot on DingTalk's own SDKs, as fast as they let it be: `-m benchmarks.sdk_bot URL THREADS`.

Stream from dingtalk-stream, querySchedule and createAndDeliver from alibabacloud_dingtalk. Acks first, answers in
threads (the synchronous client, whose connections are kept; the asynchronous one opens a session for every call),
answers each msgId once, and asks for nobody's unionId twice. It does less than the bot it stands beside: no durable
claim, no language, no working time, no pace, no counters.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import requests
from alibabacloud_dingtalk.calendar_1_0 import models as calendar_models
from alibabacloud_dingtalk.calendar_1_0.client import Client as CalendarClient
from alibabacloud_dingtalk.card_1_0 import models as card_models
from alibabacloud_dingtalk.card_1_0.client import Client as CardClient
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions
from dingtalk_stream import (
    AckMessage,
    CallbackHandler,
    CallbackMessage,
    ChatbotMessage,
    Credential,
    DingTalkStreamClient,
)

from benchmarks.company import ROBOT, SECRET

TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
REMEMBERED = 10_000
_WHEN = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,2})-(\d{1,2})pm")
_WORDS = {
    "free": "✅ Free",
    "partly": "🟡 Partly",
    "tentative": "🟡 Tentative",
    "busy": "⛔ Busy",
    "unknown": "❔ Unknown",
}
_BUTTONS = (
    '{"msgButtons":[{"text":"Refresh","color":"blue","id":"refresh","request":true,"params":{"action":"refresh"}}]}'
)


class Answers:
    """Everything that blocks: looking people up, asking for calendars, sending the card."""

    def __init__(self, url: str, stream: DingTalkStreamClient, threads: int) -> None:
        config = Config(protocol="http", endpoint=url.removeprefix("http://"))
        self._calendar, self._cards = CalendarClient(config), CardClient(config)
        self._runtime = RuntimeOptions(connect_timeout=3000, read_timeout=8000, max_idle_conns=threads)
        self._url = url
        self._stream = stream
        self._session = requests.Session()
        self._people: dict[str, tuple[str, str]] = {}
        self._lock = threading.Lock()

    def answer(self, message: ChatbotMessage) -> None:
        """One mention, to its card. What goes wrong is logged."""
        try:
            self._answer(message)
        except Exception:
            logging.exception("not answered")

    def _answer(self, message: ChatbotMessage) -> None:
        found = _WHEN.search(message.text.content)
        if found is None:
            return
        start, end = (datetime.fromisoformat(f"{found[1]}T{int(found[n]) + 12:02}:00:00+08:00") for n in (2, 3))
        _, asker = self._person(message.sender_staff_id)
        people = [self._person(user.staff_id) for user in message.at_users if user.staff_id]
        known = self._schedules(asker, [union_id for _, union_id in people], day=found[1])
        groups: dict[str, list[str]] = {state: [] for state in _WORDS}
        for name, union_id in people:
            state, note = _judge(known.get(union_id), start, end)
            groups[state].append(name + note)
        self._send(message, groups, f"{start:%a %d %b}, {found[2]}–{found[3]} pm (Beijing)")
        logging.info("answered %s", message.message_id)

    def _token(self) -> str:
        with self._lock:  # one thread asks, the others get what it was given
            return self._stream.get_access_token() or ""

    def _person(self, staff_id: str) -> tuple[str, str]:
        """Name and unionId; asked for once."""
        if staff_id not in self._people:
            url = f"{self._url}/topapi/v2/user/get"
            reply = self._session.post(
                url, params={"access_token": self._token()}, json={"userid": staff_id}, timeout=8
            )
            result = reply.json()["result"]
            self._people[staff_id] = result["name"], result["unionid"]
        return self._people[staff_id]

    def _schedules(self, asker: str, union_ids: list[str], *, day: str) -> dict[str, Any]:
        request = calendar_models.GetScheduleRequest(
            user_ids=union_ids, start_time=f"{day}T00:00:00+08:00", end_time=f"{day}T23:59:59+08:00"
        )
        headers = calendar_models.GetScheduleHeaders(x_acs_dingtalk_access_token=self._token())
        response = self._calendar.get_schedule_with_options(asker, request, headers, self._runtime)
        return {entry.user_id: entry for entry in response.body.schedule_information}

    def _send(self, message: ChatbotMessage, groups: dict[str, list[str]], when: str) -> None:
        people = sum(map(len, groups.values()))
        title = f"{len(groups['free'])} of {people} are free"
        lines = [_line(state, names) for state, names in groups.items() if names]
        values = {
            "title": title,
            "markdown": "\n\n".join([when, *lines]),
            "tips": f"Checked {time.strftime('%H:%M')} · busy/free only",
            "sys_full_json_obj": _BUTTONS,
        }
        request = card_models.CreateAndDeliverRequest(
            card_template_id=TEMPLATE,
            out_track_id=f"sdk-{message.message_id}",
            card_data=card_models.CreateAndDeliverRequestCardData(card_param_map=values),
            callback_type="STREAM",
            user_id_type=1,
            open_space_id=f"dtv1.card//IM_GROUP.{message.conversation_id}",
            im_group_open_space_model=card_models.CreateAndDeliverRequestImGroupOpenSpaceModel(
                support_forward=True, last_message_i18n={"ZH_CN": title, "EN_US": title}
            ),
            im_group_open_deliver_model=card_models.CreateAndDeliverRequestImGroupOpenDeliverModel(robot_code=ROBOT),
        )
        headers = card_models.CreateAndDeliverHeaders(x_acs_dingtalk_access_token=self._token())
        self._cards.create_and_deliver_with_options(request, headers, self._runtime)


class Mentions(CallbackHandler):  # type: ignore[misc] # the SDK has no types
    """Acks at once and hands the work to a thread."""

    def __init__(self, answers: Answers, threads: int) -> None:
        super().__init__()
        self._answers = answers
        self._threads = ThreadPoolExecutor(threads)
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def process(self, message: CallbackMessage) -> tuple[int, str]:
        """The SDK sends what this returns as the ack."""
        mention = ChatbotMessage.from_dict(message.data)
        if mention.message_id not in self._seen:
            self._seen[mention.message_id] = None
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            self._threads.submit(self._answers.answer, mention)
        return AckMessage.STATUS_OK, "OK"


def _judge(entry: Any, start: datetime, end: datetime) -> tuple[str, str]:
    """A person's state from `start` to `end`, and what stands behind the name."""
    if entry is None or entry.error:
        return "unknown", " (calendar not shared)"
    spans = sorted(
        (datetime.fromisoformat(item.start.date_time), datetime.fromisoformat(item.end.date_time), item.status)
        for item in entry.schedule_items
    )
    inside = [span for span in spans if span[0] < end and span[1] > start]
    if not inside:
        return "free", ""
    if all(status == "TENTATIVE" for _, _, status in inside):
        return "tentative", f" {inside[0][0]:%H:%M}–{inside[-1][1]:%H:%M}"
    free_from = start
    for first, last, _ in inside:
        if first > free_from:
            return "partly", f" until {first:%H:%M}"
        free_from = max(free_from, last)
    return ("busy", f" until {free_from:%H:%M}") if free_from >= end else ("partly", f" from {free_from:%H:%M}")


def _line(state: str, names: list[str]) -> str:
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"{_WORDS[state]} {len(names)}: {', '.join(names[:8])}{more}"


def main() -> None:
    """Serves until it is terminated."""
    url, threads = sys.argv[1], int(sys.argv[2])
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("alibabacloud-tea", "dingtalk_stream.client", "urllib3", "websockets"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    stream = DingTalkStreamClient(Credential(ROBOT, SECRET), logger=logging.getLogger("dingtalk_stream.client"))
    handler = Mentions(Answers(url, stream, threads), threads)
    stream.register_callback_handler(ChatbotMessage.TOPIC, handler)
    asyncio.run(stream.start())


if __name__ == "__main__":
    main()
