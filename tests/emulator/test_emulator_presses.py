"""Presses that are not what they seem: forged frames, copied ids, and somebody of another organization."""

import json

import pytest

UPDATE = {
    "response": {
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        "cardData": {"cardParamMap": {"title": "pressed"}},
        "userPrivateData": {"cardParamMap": {"tips": "psst"}},
    }
}


def data(press):
    return json.loads(press.push.data)


@pytest.fixture
async def card(client, group):
    await client.connect()
    await client.send_card(group)
    return await group.next_card()


@pytest.mark.parametrize(
    ("forged", "field", "value"),
    [
        ({"corp_id": "dingcorpother"}, "corpId", "dingcorpother"),
        ({"type": "dynamicDataCallback"}, "type", "dynamicDataCallback"),
        ({"user_id_type": 3}, "userIdType", 3),
        ({"user_id": "bob"}, "userId", "bob"),
        ({"out_track_id": "card-of-others"}, "outTrackId", "card-of-others"),
        ({"space_id": "cid-of-others"}, "spaceId", "cid-of-others"),
    ],
)
async def test_a_forged_field_is_the_only_one_that_differs(alice, card, forged, field, value):
    honest, press = data(await alice.presses(card, "later")), data(await alice.presses(card, "later", **forged))
    assert press == {**honest, field: value}
    assert honest[field] != value


@pytest.mark.parametrize("field", ["type", "outTrackId", "corpId", "userId", "userIdType", "content"])
async def test_a_field_can_be_missing(alice, card, field):
    honest, press = data(await alice.presses(card, "later")), data(await alice.presses(card, "later", missing=[field]))
    assert set(honest) - set(press) == {field}


async def test_a_field_that_no_press_has_cannot_be_missing(alice, card):
    with pytest.raises(ValueError, match="userid"):
        await alice.presses(card, "later", missing=["userid"])


async def test_a_press_with_user_id_type_two_names_the_union_id(client, alice, group, card):
    assert data(await alice.presses(card, "later", user_id_type=2))["userId"] == alice.union_id
    await client.send_card(group, "card-2", userIdType=2)
    press = data(await alice.presses(await group.next_card(), "later"))
    assert (press["userIdType"], press["userId"]) == (2, alice.union_id)


async def test_somebody_of_another_organization_presses_with_a_colleagues_user_id(client, dingtalk, alice, group):
    mallory = dingtalk.outsider("alice", name="Mallory")
    assert mallory.union_id != alice.union_id
    assert mallory.direct is not alice.direct
    group.members.append(mallory)
    await client.connect(reply=lambda frame: UPDATE)
    await client.send_card(group)
    card = await group.next_card()
    press = data(await mallory.presses(card, "later"))
    assert (press["userId"], press["corpId"]) == ("alice", "dingcorpother")
    assert card.seen_by(mallory)["tips"] == "psst"
    assert "tips" not in card.seen_by(alice)


async def test_outsiders_of_one_organization_have_ids_of_their_own(client, dingtalk, alice):
    dingtalk.outsider("alice")
    dingtalk.outsider("alice", corp_id="dingcorpthird")
    with pytest.raises(ValueError, match="taken"):
        dingtalk.outsider("alice")
    assert [person.corp_id for person in dingtalk.people] == ["dingcorptest", "dingcorpother", "dingcorpthird"]
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["result"]["unionid"] == alice.union_id
    dingtalk.remove(dingtalk.people[1])
    assert (await client.oapi("v2/user/get", {"userid": "alice"}))["errcode"] == 0


async def test_a_card_for_some_is_not_pressed_by_their_namesake_elsewhere(client, dingtalk, alice, group):
    model = {"robotCode": dingtalk.robot_code, "recipients": ["alice"]}
    await client.send_card(group, imGroupOpenDeliverModel=model)
    with pytest.raises(ValueError, match="does not see"):
        await dingtalk.outsider("alice").presses(await group.next_card(), "later")


async def test_the_answer_to_a_copied_card_id_goes_to_the_card_that_it_names(client, alice, group):
    await client.connect(reply=lambda frame: UPDATE)
    await client.send_card(group, "card-1")
    await client.send_card(group, "card-2")
    mine, others = await group.next_card(), await group.next_card()
    await alice.presses(mine, "later", out_track_id=others.out_track_id)
    assert (mine.params["title"], others.params["title"]) == ("T", "pressed")
    await alice.presses(mine, "book:7", forged=True, out_track_id="nowhere")
    assert mine.params["title"] == "T"
