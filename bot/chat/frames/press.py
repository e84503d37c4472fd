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
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed which button of which card."""

    out_track_id: OutTrackId
    who: StaffId
    pressed: Pressed


def read_press(data: str) -> Press | None:
    """The press in a frame's `data` (topic /v1.0/card/instances/callback), whose `content` is JSON in a text."""
    try:
        push = json.loads(data)
        nested = [json.loads(push[key]) for key in ("content", "value") if isinstance(push.get(key), str)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    out_track_id, who = push.get("outTrackId"), push.get("userId")
    pressed = find_pressed({"content": nested, "push": push})
    if not isinstance(out_track_id, str) or not isinstance(who, str) or not who or pressed is None:
        return None
    if not out_track_id.isprintable() or not who.isprintable():
        return None  # half a character or a NUL, which no database takes
    return Press(OutTrackId(out_track_id), StaffId(who), pressed)


def changed(params: Mapping[str, str]) -> dict[str, Any]:
    """An ack that changes the named variables and leaves the others."""
    return {"cardUpdateOptions": _BY_KEY, "cardData": {"cardParamMap": dict(params)}}


def said_privately(params: Mapping[str, str]) -> dict[str, Any]:
    """An ack that changes variables for whoever pressed, and the card for nobody."""
    return {"cardUpdateOptions": _BY_KEY, "userPrivateData": {"cardParamMap": dict(params)}}
