"""Interactive cards: create and deliver in one call, update by key. The outTrackId makes both safe to repeat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dingtalk.http import Api
from bot.dingtalk.replies import gist
from bot.errors import MalformedReply, Rejected

CREATE = "createAndDeliver"
UPDATE = "updateCard"


@dataclass(frozen=True, slots=True)
class GroupSpace:
    """A group chat; its conversationId is the openConversationId. `recipients`: only these staffIds see the card."""

    conversation_id: str
    recipients: tuple[str, ...] = ()
    at: Mapping[str, str] | None = None
    """staffId -> shown name of people who are notified."""


@dataclass(frozen=True, slots=True)
class DirectSpace:
    """The 1:1 chat of the robot with one person. It is named by the person, never by a conversationId."""

    staff_id: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A card that is in the chat. `carrier_id` recalls or quotes it; `existed`: an earlier call had delivered it."""

    out_track_id: str
    carrier_id: str
    existed: bool


async def create_and_deliver(
    api: Api,
    *,
    template_id: str,
    out_track_id: str,
    params: Mapping[str, str],
    space: GroupSpace | DirectSpace,
    robot_code: str,
    summary: str,
    private: Mapping[str, Mapping[str, str]] | None = None,
    deadline: float | None = None,
) -> Delivered:
    """Send a card whose buttons come back over the Stream. `Rejected` where any space says that it was not delivered.

    `summary` is the line in the chat list and the notification; `private` gives staffId -> variables that only this
    person sees. A card that exists already under `out_track_id` counts as delivered.
    """
    body: dict[str, Any] = {
        "cardTemplateId": template_id,
        "outTrackId": out_track_id,
        "cardData": {"cardParamMap": dict(params)},
        "callbackType": "STREAM",
        "userIdType": 1,
        **_space(space, robot_code=robot_code, summary=summary),
    }
    if private:
        body["privateData"] = _private_data(private)
    path = "/v1.0/card/instances/createAndDeliver"
    try:
        reply = await api.call(CREATE, "POST", path, body=body, repeatable=True, deadline=deadline)
    except Rejected as refusal:
        if "cardAlreadyExist" not in refusal.code:
            raise
        return Delivered(out_track_id, "", existed=True)
    return Delivered(out_track_id, _carrier(reply), existed=False)


async def update_card(
    api: Api,
    *,
    out_track_id: str,
    params: Mapping[str, str],
    private: Mapping[str, Mapping[str, str]] | None = None,
    deadline: float | None = None,
) -> None:
    """Change the named variables of a card and leave the others; `NotFound` where there is no such card."""
    body: dict[str, Any] = {
        "outTrackId": out_track_id,
        "cardData": {"cardParamMap": dict(params)},
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        "userIdType": 1,
    }
    if private:
        body["privateData"] = _private_data(private)
    reply = await api.call(UPDATE, "PUT", "/v1.0/card/instances", body=body, repeatable=True, deadline=deadline)
    if _says_no(reply.get("success")) or _says_no(reply.get("result")):
        raise Rejected("the card was not updated", api=UPDATE)


def _space(space: GroupSpace | DirectSpace, *, robot_code: str, summary: str) -> dict[str, Any]:
    """Where the card goes. A space model must be there for each space, or DingTalk delivers nothing with a 200."""
    model = {
        "supportForward": True,
        "lastMessageI18n": {"ZH_CN": summary, "EN_US": summary},
        "notification": {"alertContent": summary, "notificationOff": False},
    }
    match space:
        case GroupSpace(conversation_id, recipients, at):
            return {
                "openSpaceId": f"dtv1.card//IM_GROUP.{conversation_id}",
                "imGroupOpenSpaceModel": model,
                "imGroupOpenDeliverModel": _group_delivery(robot_code, recipients, at=at or {}),
            }
        case DirectSpace(staff_id):
            return {
                "openSpaceId": f"dtv1.card//IM_ROBOT.{staff_id}",
                "imRobotOpenSpaceModel": model,
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": robot_code},
            }


def _group_delivery(robot_code: str, recipients: Sequence[str], *, at: Mapping[str, str]) -> dict[str, Any]:
    delivery: dict[str, Any] = {"robotCode": robot_code}
    if recipients:
        delivery["recipients"] = list(recipients)
    if at:
        delivery["atUserIds"] = dict(at)
    return delivery


def _private_data(private: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {staff_id: {"cardParamMap": dict(params)} for staff_id, params in private.items()}


def _carrier(reply: dict[str, Any]) -> str:
    """The carrierId of the first space, after every row was seen to be delivered: a 200 alone says nothing."""
    result = reply.get("result")
    rows = result.get("deliverResults") if isinstance(result, dict) else None
    if _says_no(reply.get("success")):
        raise Rejected(f"the card was not delivered ({gist(reply.get('errorMsg') or 'no reason given')!r})", api=CREATE)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise MalformedReply("the reply does not say whether the card was delivered", api=CREATE)
    for row in rows:
        if row.get("success") not in (True, "true"):
            raise Rejected(
                f"the card was not delivered ({gist(row.get('errorMsg') or 'no reason given')!r})", api=CREATE
            )
    return str(rows[0].get("carrierId") or "")


def _says_no(value: Any) -> bool:
    return value is False or value == "false"
