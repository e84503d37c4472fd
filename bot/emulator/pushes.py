"""What the gateway pushes: one business item, its deliveries, and the ack each of them got."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.wire import CARD_TOPIC, MESSAGE_TOPIC, JsonObject, dump


@dataclass(eq=False, slots=True)
class Delivery:
    """One push of one item over one connection; times in seconds of the loop's clock, `acked` None until acked."""

    push: Push = field(repr=False)
    message_id: str
    connection: str
    sent: float
    lost: bool = False
    acked: float | None = None
    code: int | None = None
    data: Any = None


@dataclass(eq=False, slots=True)
class Push:
    """One item for the bot; `again`: pushed again until it is acked, `connection`: forced onto that one."""

    kind: str
    topic: str
    data: str
    again: bool = False
    forced: bool = False
    connection: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None

    @property
    def is_message(self) -> bool:
        """True for what people said."""
        return self.topic == MESSAGE_TOPIC

    @property
    def is_press(self) -> bool:
        """True for a press on a card."""
        return self.topic == CARD_TOPIC

    @property
    def ack(self) -> Delivery | None:
        """The delivery that was acked first, if any was."""
        acked = [each for each in self.deliveries if each.acked is not None]
        return min(acked, key=lambda each: each.acked or 0.0, default=None)

    async def acked(self, timeout: float = 10) -> Delivery:
        """Wait for the first ack."""
        try:
            await asyncio.wait_for(self.answered.wait(), timeout)
        except TimeoutError:
            raise TimeoutError(f"no ack within {timeout} s after {len(self.deliveries)} deliveries") from None
        assert self.ack is not None
        return self.ack

    def frame(self, *, app_id: str, connection: str, message_id: str, time_ms: int) -> str:
        """The text that goes over the wire."""
        headers = {
            "appId": app_id,
            "connectionId": connection,
            "contentType": "application/json",
            "messageId": message_id,
            "time": str(time_ms),
            "topic": self.topic,
            **self.headers,
        }
        return dump({"specVersion": "1.0", "type": self.kind, "headers": headers, "data": self.data})


@dataclass(frozen=True, slots=True)
class AckText:
    """An ack as it was read; `problem` says what is wrong with it, "" when nothing is."""

    message_id: str
    code: int
    data: Any
    problem: str = ""

    @property
    def accepts(self) -> bool:
        """False when the client asks for another push: a code other than 200, or an event's LATER."""
        later = isinstance(self.data, dict) and self.data.get("status") == "LATER"
        return self.code == 200 and not later


def read_ack(text: str) -> AckText:
    """Read an ack: `headers.messageId` and a code, and JSON inside the data text."""
    try:
        ack = json.loads(text)
    except ValueError:
        return AckText("", 0, None, f"an ack of {len(text)} characters is not JSON")
    headers = ack.get("headers") if isinstance(ack, dict) else None
    if not isinstance(headers, dict) or not isinstance(headers.get("messageId"), str):
        return AckText("", 0, None, "an ack has no headers.messageId")
    return _read_rest(ack, headers["messageId"])


def _read_rest(ack: JsonObject, message_id: str) -> AckText:
    code, data = ack.get("code"), ack.get("data")
    if not isinstance(code, int):
        return AckText(message_id, 0, None, f"the code of the ack of {message_id} is {code!r}, expected a number")
    if data is not None and not isinstance(data, str):
        problem = f"the data of the ack of {message_id} is a {type(data).__name__}, expected a text holding JSON"
        return AckText(message_id, code, None, problem)
    try:
        return AckText(message_id, code, json.loads(data) if data else None)
    except ValueError:
        return AckText(message_id, code, None, f"the data of the ack of {message_id} is not JSON")
