"""Shapes that go over the wire: topics, what was asked, and the two ways in which DingTalk refuses."""

import base64
import hashlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

JsonObject = dict[str, Any]

entry_keys = itertools.count(1)
"""Keys for whoever edits calendars and leave by hand; none is given twice."""

MESSAGE_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"

PUBLIC_TEMPLATES = (
    "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema",
    "589420e2-c1e2-46ef-a5ed-b8728e654da9.schema",
    "382e4302-551d-4880-bf29-a30acfab2e71.schema",
    "02fcf2f4-5e02-4a85-b672-46d1f715543e.schema",
)


class Refusal(Exception):
    """An answer of api.dingtalk.com that says no: an HTTP status and `{code, message, requestid}`."""

    def __init__(self, code: str, message: str = "", *, status: int = 400, extra: JsonObject | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or code
        self.extra = extra or {}

    def body(self) -> JsonObject:
        """The JSON that goes out; `requestid` is spelt in lower case, as the platform does."""
        return {"code": self.code, "message": self.message, "requestid": request_id(), **self.extra}


class OapiRefusal(Refusal):
    """An answer of oapi.dingtalk.com that says no: HTTP 200 and `{errcode, errmsg, request_id}`."""

    def __init__(self, errcode: int, errmsg: str, *, extra: JsonObject | None = None) -> None:
        super().__init__(str(errcode), errmsg, status=200, extra=extra)
        self.errcode = errcode

    def body(self) -> JsonObject:
        """The JSON that goes out; numbers are numbers, although the platform's samples print strings."""
        return {"errcode": self.errcode, "errmsg": self.message, "request_id": request_id(), **self.extra}


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer that is not JSON."""

    status: int
    body: bytes
    content_type: str


@dataclass(slots=True)
class Asked:
    """One HTTP request as the endpoints see it: path ids percent-decoded, body parsed, token taken off.

    `caller` is the unionId of the user whose token it came with, "" for the app's.
    """

    method: str
    path: str
    params: dict[str, str]
    headers: Mapping[str, str]
    body: JsonObject
    ids: dict[str, str] = field(default_factory=dict)
    malformed: Refusal | None = None
    caller: str = ""

    def names(self, ids: frozenset[str]) -> bool:
        """True when one of these person ids stands in the path, or in the usual places of the body."""
        named = {*self.ids.values(), self.body.get("userid"), self.body.get("unionid")}
        many = self.body.get("userIds")
        if isinstance(many, list):
            named.update(each for each in many if isinstance(each, str))
        return not ids.isdisjoint(named)

    def text(self, name: str) -> str:
        """A required text of the body, refused with `Missing<name>` when it is absent or not a text."""
        found = self.body.get(name)
        if not isinstance(found, str) or not found:
            raise Refusal(f"Missing{name}", f"{name} is mandatory for this action.")
        return found


def request_id() -> str:
    """A request id in the platform's spelling, such as `30EE8654-1C5D-…`."""
    return str(uuid4()).upper()


def oapi_ok(result: object = None) -> JsonObject:
    """A successful answer of oapi.dingtalk.com, with `result` when there is one."""
    body: JsonObject = {"errcode": 0, "errmsg": "ok", "request_id": request_id()}
    return body if result is None else {**body, "result": result}


def opaque_id(*parts: str, length: int = 16) -> str:
    """A stable, meaningless id of base64 characters (so `+`, `/` and `=` occur) made from `parts`."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return base64.b64encode(digest[:length]).decode()


def dump(value: object) -> str:
    """JSON text as the platform writes it: compact, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
