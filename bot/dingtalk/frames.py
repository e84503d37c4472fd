"""Frames of the Stream: what DingTalk pushes, and the acks that go back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dingtalk_stream import AckMessage, CallbackHandler, CallbackMessage, ChatbotMessage, SystemMessage
from dingtalk_stream.frames import Headers
from pydantic_core import from_json, to_json

MESSAGE_TOPIC: str = ChatbotMessage.TOPIC
CARD_TOPIC: str = CallbackHandler.TOPIC_CARD_CALLBACK
DISCONNECT: str = SystemMessage.TOPIC_DISCONNECT
SYSTEM: str = SystemMessage.TYPE
CALLBACK: str = CallbackMessage.TYPE

OK: int = AckMessage.STATUS_OK
BAD_REQUEST: int = AckMessage.STATUS_BAD_REQUEST
NO_SUCH_TOPIC: int = AckMessage.STATUS_NOT_IMPLEMENT


@dataclass(frozen=True, slots=True)
class Frame:
    """One push. `data` is JSON in a text, read by who handles the topic; `message_id` is new for each push."""

    kind: str
    topic: str
    message_id: str
    headers: Mapping[str, str] = field(repr=False)
    data: str = field(repr=False)


def read_frame(raw: bytes) -> Frame | None:
    """A frame out of the bytes of a WebSocket message; None where it is no frame."""
    try:
        frame = from_json(raw)
    except ValueError:
        return None
    headers = frame.get("headers") if isinstance(frame, dict) else None
    if not isinstance(headers, dict):
        return None
    texts = {name: str(value) for name, value in headers.items() if isinstance(value, (str, int))}
    kind, data = frame.get("type"), frame.get("data")
    if not isinstance(kind, str) or not isinstance(data, str | None):
        return None
    return Frame(kind, texts.get("topic", ""), texts.get("messageId", ""), texts, data or "")


def handled_ack(frame: Frame, response: Any) -> str:
    """The ack of a callback; `response` is what the handler gave back, any JSON value."""
    return _ack(frame, OK, to_json({"response": response}).decode())


def echo_ack(frame: Frame) -> str:
    """The ack of a SYSTEM frame: its own data, since a ping wants its `opaque` back."""
    return _ack(frame, OK, frame.data)


def refusal_ack(frame: Frame, code: int) -> str:
    """The ack of a frame that nobody handles."""
    return _ack(frame, code, '{"response":null}')


def _ack(frame: Frame, code: int, text: str) -> str:
    """An ack as the SDK writes it: `data` is JSON in a text, the headers hold the messageId of the push."""
    headers = {"messageId": frame.message_id, "contentType": Headers.CONTENT_TYPE_APPLICATION_JSON}
    message = "OK" if code == OK else "not handled"
    return to_json({"code": code, "headers": headers, "message": message, "data": text}).decode()
