"""A press as DingTalk pushes it, and the ack that answers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.delivery.button_ids import Pressed, find_pressed
from bot.model.people import OutTrackId, StaffId

NO_CHANGE: Mapping[str, Any] = {}
"""The ack of a press that means nothing."""
_TYPE = "actionCallback"
_STAFF_IDS = "1"
"""userIdType: `userId` is a staffId, as cards are created here; 2 would be a unionId."""
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed which button of which card. `corp_id` is the organisation of who pressed, "" where none is named."""

    out_track_id: OutTrackId
    who: StaffId
    pressed: Pressed
    corp_id: str = ""


def read_press(data: str) -> Press | None:
    """The press in a frame's `data` (topic /v1.0/card/instances/callback), whose `content` is JSON in a text.

    None for what is no press by a staffId.
    """
    try:
        push = json.loads(data)
        nested = [json.loads(push[key]) for key in ("content", "value") if isinstance(push.get(key), str)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    out_track_id, who, corp_id = push.get("outTrackId"), push.get("userId"), push.get("corpId")
    if push.get("type", _TYPE) != _TYPE or str(push.get("userIdType", _STAFF_IDS)) != _STAFF_IDS:
        return None
    pressed = find_pressed({"content": nested, "push": push})
    if not isinstance(out_track_id, str) or not isinstance(who, str) or not who or pressed is None:
        return None
    if not out_track_id.isprintable() or not who.isprintable():
        return None  # half a character or a NUL, which no database takes
    return Press(OutTrackId(out_track_id), StaffId(who), pressed, corp_id if isinstance(corp_id, str) else "")


def changed(params: Mapping[str, str]) -> dict[str, Any]:
    """An ack that changes the named variables and leaves the others."""
    return {"cardUpdateOptions": _BY_KEY, "cardData": {"cardParamMap": dict(params)}}


def said_privately(params: Mapping[str, str]) -> dict[str, Any]:
    """An ack that changes variables for whoever pressed, and the card for nobody."""
    return {"cardUpdateOptions": _BY_KEY, "userPrivateData": {"cardParamMap": dict(params)}}
