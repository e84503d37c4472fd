"""The peer: a careful bot on DingTalk's own SDKs, as fast as they let it be: `-m benchmarks.sdk_bot URL THREADS`.

Stream from dingtalk-stream, querySchedule and createAndDeliver from alibabacloud_dingtalk. Acks first, answers in
threads (the synchronous client, whose connections are kept; the asynchronous one opens a session for every call),
answers each msgId once, and asks for nobody's unionId twice. It gives the same answers: request, verdicts and card are
made by the same pure modules as in the bot it stands beside, so that what is compared is everything around them. It
still does less: no durable claim, no pace, no budget, no counters, no state for its buttons.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import requests
from alibabacloud_dingtalk.calendar_1_0 import models as calendar_models
from alibabacloud_dingtalk.calendar_1_0.client import Client as CalendarClient
from alibabacloud_dingtalk.card_1_0 import models as card_models
from alibabacloud_dingtalk.card_1_0.client import Client as CardClient
from alibabacloud_tea_openapi.models import Config as SdkConfig
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
from benchmarks.pure import CALENDAR, ZONE, question_of, reply_to
from bot.cards import Renderer, card_params
from bot.model.freebusy import Busy, BusyStatus, FreeBusy, Unknown
from bot.model.people import Person, StaffId, UnionId, UnknownReason
from bot.model.questions import Question
from bot.model.time import Interval, span

TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
REMEMBERED = 10_000


class Answers:
    """Everything that blocks: looking people up, asking for calendars, sending the card."""

    def __init__(self, url: str, stream: DingTalkStreamClient, threads: int) -> None:
        config = SdkConfig(protocol="http", endpoint=url.removeprefix("http://"))
        self._calendar, self._cards = CalendarClient(config), CardClient(config)
        self._runtime = RuntimeOptions(connect_timeout=3000, read_timeout=8000, max_idle_conns=threads)
        self._url = url
        self._stream = stream
        self._session = requests.Session()
        self._people: dict[str, Person] = {}
        self._renderer = Renderer()
        self._renderer.load()
        self._lock = threading.Lock()

    def answer(self, message: ChatbotMessage) -> None:
        """One mention, to its card. What goes wrong is logged."""
        try:
            self._answer(message)
        except Exception:
            logging.exception("not answered")

    def _answer(self, message: ChatbotMessage) -> None:
        question = _question(message)
        days = CALENDAR.days(span(question.request.windows))
        window = Interval(CALENDAR.day(days[0]).start, CALENDAR.day(days[-1]).end)
        asker = self._person(message.sender_staff_id)
        people = [self._person(user.staff_id) for user in message.at_users if user.staff_id]
        entries = self._schedules(asker.union_id, [person.union_id for person in people], window)
        known = [(person, _free_busy(entries.get(person.union_id), window)) for person in people]
        reply = reply_to(question, known)
        self._send(message, card_params(self._renderer.card(reply, key="1-sdk", clock_zone=ZONE, now=question.now)))
        logging.info("answered %s", message.message_id)

    def _token(self) -> str:
        with self._lock:  # one thread asks, the others get what it was given
            return self._stream.get_access_token() or ""

    def _person(self, staff_id: str) -> Person:
        """Name and unionId; asked for once."""
        if staff_id not in self._people:
            url = f"{self._url}/topapi/v2/user/get"
            reply = self._session.post(
                url, params={"access_token": self._token()}, json={"userid": staff_id}, timeout=8
            )
            result = reply.json()["result"]
            self._people[staff_id] = Person(StaffId(staff_id), UnionId(result["unionid"]), result["name"])
        return self._people[staff_id]

    def _schedules(self, asker: str, union_ids: list[str], window: Interval) -> dict[str, Any]:
        start, end = (moment.astimezone(ZoneInfo(ZONE)).isoformat() for moment in (window.start, window.end))
        request = calendar_models.GetScheduleRequest(user_ids=union_ids, start_time=start, end_time=end)
        headers = calendar_models.GetScheduleHeaders(x_acs_dingtalk_access_token=self._token())
        response = self._calendar.get_schedule_with_options(asker, request, headers, self._runtime)
        return {entry.user_id: entry for entry in response.body.schedule_information}

    def _send(self, message: ChatbotMessage, values: dict[str, str]) -> None:
        title = values["title"]
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


def _question(message: ChatbotMessage) -> Question:
    return question_of(
        message.text.content,
        now=datetime.fromtimestamp(message.create_at / 1000, UTC),
        mentioned=[user.staff_id for user in message.at_users if user.staff_id],
        asker=message.sender_staff_id,
        nick=message.sender_nick,
        chat=message.conversation_id,
    )


def _free_busy(entry: Any, window: Interval) -> FreeBusy | Unknown:
    """One entry of the SDK as the judge knows it."""
    if entry is None or entry.error:
        return Unknown(UnknownReason.NOT_SHARED)
    busy = [
        Busy(
            Interval(datetime.fromisoformat(item.start.date_time), datetime.fromisoformat(item.end.date_time)),
            BusyStatus(item.status),
        )
        for item in entry.schedule_items
    ]
    return FreeBusy(window, tuple(sorted(busy, key=lambda item: item.interval.start)))


def main() -> None:
    """Serves until it is terminated."""
    url, threads = sys.argv[1], int(sys.argv[2])
    gc.freeze()  # as the bot beside it does: a tenth of the processor time of an answer
    gc.set_threshold(50_000, 20, 100)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("alibabacloud-tea", "dingtalk_stream.client", "urllib3", "websockets"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    stream = DingTalkStreamClient(Credential(ROBOT, SECRET), logger=logging.getLogger("dingtalk_stream.client"))
    handler = Mentions(Answers(url, stream, threads), threads)
    stream.register_callback_handler(ChatbotMessage.TOPIC, handler)
    asyncio.run(stream.start())


if __name__ == "__main__":
    main()
