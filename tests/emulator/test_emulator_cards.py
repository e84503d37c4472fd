"""Cards: delivered once, texts only, merged by key, refused in DingTalk's words."""

import json

import pytest

PUT = "/v1.0/card/instances"
BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


async def test_a_card_appears_in_the_group(client, dingtalk, group):
    status, answer = await client.send_card(group)
    [row] = answer["result"]["deliverResults"]
    assert (status, answer["success"], row["success"], row["spaceId"]) == (200, True, True, group.conversation_id)
    card = await group.next_card()
    assert (card.out_track_id, card.space, card.text) == ("card-1", "IM_GROUP", "T\nM")
    assert [(each.id, each.request) for each in card.buttons] == [("later:1", True), ("", False)]
    assert row["carrierId"] == card.carrier_id
    assert dingtalk.card("card-1") is card


async def test_a_card_for_one_person_appears_in_their_direct_chat(client, alice):
    assert (await client.send_card(alice))[1]["result"]["deliverResults"][0]["success"]
    card = await alice.direct.next_card()
    assert (card.space, card.conversation) == ("IM_ROBOT", alice.direct)


async def test_one_out_track_id_is_one_card_for_ever(client, group):
    await client.send_card(group)
    again = await client.send_card(group, cardData={"cardParamMap": {"title": "other"}})
    assert again[1]["result"]["deliverResults"][0]["success"]
    [card] = group.cards
    assert (card.params["title"], card.delivered_times) == ("T", 2)


async def test_reuse_of_an_out_track_id_can_be_refused(client, dingtalk, group):
    dingtalk.faults.refuse_reused_cards()
    await client.send_card(group)
    status, answer = await client.send_card(group)
    assert (status, answer["code"]) == (400, "param.cardAlreadyExist")


async def test_reuse_in_another_group_is_recorded(client, dingtalk, alice, group):
    other = dingtalk.group("Other", [alice])
    await client.send_card(group)
    await client.send_card(other)
    assert other.cards == []
    assert dingtalk.violations[0].rule == "outTrackId reused"


@pytest.mark.parametrize("value", [1, True, None, {"a": 1}, ["a"]])
async def test_values_are_texts_only(client, group, value):
    status, answer = await client.send_card(group, cardData={"cardParamMap": {"title": value}})
    assert (status, answer["code"]) == (400, "MissingStringValue")
    assert group.cards == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outTrackId": ""}, "param.outTrackIdEmpty"),
        ({"cardTemplateId": None}, "param.cardTemplateIdEmpty"),
        ({"cardTemplateId": "11111111-0000-4000-8000-000000000000.schema"}, "param.templateNotExist"),
        ({"cardData": None}, "param.cardPublicDataEmpty"),
        ({"cardData": {"cardParamMap": {"k" * 101: "v"}}}, "param.invalid"),
        ({"openSpaceId": None}, "param.openSpaceIdEmpty"),
        ({"openSpaceId": "IM_GROUP.cid=="}, "param.openSpaceIdInvalid"),
        ({"openSpaceId": "dtv1.card//IM_MOON.cid=="}, "param.openSpaceIdInvalid"),
        ({"imGroupOpenDeliverModel": None}, "param.spaceDeliverModelEmpty"),
        ({"imGroupOpenDeliverModel": {"robotCode": "another"}}, "param.openDeliverModelError"),
        ({"imGroupOpenSpaceModel": {"supportForward": "true"}}, "param.openSpaceModelInvalid"),
        ({"callbackType": "stream"}, "param.invalid"),
        ({"privateData": {"nobody": {"cardParamMap": {}}}}, "param.userIdNotExist"),
    ],
)
async def test_what_is_wrong_with_a_card_is_said_by_code(client, group, changes, code):
    status, answer = await client.send_card(group, **changes)
    assert (status, answer["code"]) == (400, code)
    assert group.cards == []


async def test_a_space_model_in_place_of_the_robots_deliver_model_is_refused(client, alice):
    status, answer = await client.send_card(alice, imRobotOpenDeliverModel=None)
    assert (status, answer["code"]) == (400, "param.spaceDeliverModelEmpty")


async def test_im_robot_wants_a_person_not_a_conversation(client, alice, group):
    for key in (alice.direct.conversation_id, group.conversation_id):
        status, answer = await client.send_card(alice, openSpaceId=f"dtv1.card//IM_ROBOT.{key}")
        assert (status, answer["code"]) == (400, "param.openSpaceIdInvalid")


async def test_a_missing_space_model_fails_inside_a_success(client, group):
    status, answer = await client.send_card(group, imGroupOpenSpaceModel=None)
    [row] = answer["result"]["deliverResults"]
    assert (status, answer["success"], row["success"]) == (200, True, False)
    assert row["errorMsg"] == "spaces of card is empty"
    assert group.cards == []


async def test_a_group_without_the_bot_fails_inside_a_success(client, dingtalk, alice):
    lonely = dingtalk.group("No bot", [alice], has_bot=False)
    for key in (lonely.conversation_id, "cidUnknown=="):
        answer = (await client.send_card(lonely, key, openSpaceId=f"dtv1.card//im_group.{key}"))[1]
        assert (answer["success"], answer["result"]["deliverResults"][0]["success"]) == (True, False)


async def test_a_refused_card_is_delivered_by_the_next_call(client, dingtalk, group):
    dingtalk.faults.refuse_card("spaceId is illegal", times=1)
    assert (await client.send_card(group))[1]["result"]["deliverResults"][0]["errorMsg"] == "spaceId is illegal"
    assert group.cards == []
    assert (await client.send_card(group))[1]["result"]["deliverResults"][0]["success"]
    assert len(group.cards) == 1


async def test_an_update_replaces_all_variables_unless_it_says_by_key(client, group):
    await client.send_card(group)
    card = await group.next_card()
    change = {"outTrackId": "card-1", "cardData": {"cardParamMap": {"tips": "new"}}}
    assert (await client.api("PUT", PUT, {**change, "cardUpdateOptions": BY_KEY}))[1] == {
        "success": True,
        "result": True,
    }
    assert (card.params["title"], card.params["tips"]) == ("T", "new")
    await client.api("PUT", PUT, change)
    assert card.params == {"tips": "new"}
    assert [each.by for each in card.updates] == ["create", "put", "put"]


async def test_private_values_are_seen_by_their_person(client, alice, bob, group):
    await client.send_card(group, privateData={"alice": {"cardParamMap": {"title": "for Alice"}}})
    card = await group.next_card()
    assert card.text_for(alice).startswith("for Alice")
    assert card.text_for(bob).startswith("T")
    private = {alice.union_id: {"cardParamMap": {"tips": "psst"}}}
    body = {"outTrackId": "card-1", "privateData": private, "userIdType": 2, "cardUpdateOptions": BY_KEY}
    await client.api("PUT", PUT, body)
    assert card.text_for(alice) == "for Alice\nM\npsst"


async def test_updates_of_nothing_and_of_unknown_cards_are_refused(client, group):
    await client.send_card(group)
    assert (await client.api("PUT", PUT, {"outTrackId": "card-1"}))[1]["code"] == (
        "param.cardDataAndPrivateDataBothEmpty"
    )
    body = {"outTrackId": "no", "cardData": {"cardParamMap": {}}}
    assert (await client.api("PUT", PUT, body))[1]["code"] == "param.cardNotExist"
    body = {"outTrackId": "card-1", "cardData": {"cardParamMap": {"n": 1}}}
    assert (await client.api("PUT", PUT, body))[1]["code"] == "MissingStringValue"


async def test_creating_and_delivering_can_be_two_calls(client, group):
    body = client.card(group)
    place = {name: body.pop(name) for name in ("openSpaceId", "imGroupOpenDeliverModel")}
    assert (await client.api("POST", PUT, body))[1] == {"success": True, "result": "card-1"}
    assert group.cards == []
    answer = (await client.api("POST", f"{PUT}/deliver", {"outTrackId": "card-1", **place}))[1]
    assert answer["result"][0]["success"]
    assert (await group.next_card()).out_track_id == "card-1"


async def test_a_known_template_is_one_that_was_made_known(client, dingtalk, group):
    own = dingtalk.template("22222222-0000-4000-8000-000000000000.schema")
    assert (await client.send_card(group, cardTemplateId=own))[0] == 200


async def test_value_sizes_are_recorded_and_blank_cards_too(client, dingtalk, group):
    await client.send_card(group, cardData={"cardParamMap": {"markdown": "汉" * 3001}})
    assert (await group.next_card()).value_sizes["markdown"] == 9003
    assert dingtalk.violations[0].rule == "blank card"


async def test_a_broken_button_list_is_recorded(client, dingtalk, group):
    await client.send_card(group, cardData={"cardParamMap": {"sys_full_json_obj": "[1"}})
    assert (await group.next_card()).buttons == []
    assert dingtalk.violations[0].rule == "bad sys_full_json_obj"


async def test_a_card_with_recipients_is_not_pressed_by_others(client, alice, bob, group):
    model = {"robotCode": client.dingtalk.robot_code, "recipients": ["alice"], "atUserIds": {"alice": "Alice"}}
    await client.send_card(group, imGroupOpenDeliverModel=model)
    card = await group.next_card()
    assert (card.recipients, card.at_users) == (("alice",), {"alice": "Alice"})
    with pytest.raises(ValueError, match="does not see"):
        await bob.presses(card, "later")


async def test_waiting_for_a_card_that_does_not_come_says_what_is_there(client, alice, group):
    await alice.says("hello", to=group)
    with pytest.raises(TimeoutError, match="Said"):
        await group.next_card(timeout=0.01)


async def test_waiting_until_a_card_fits(client, group):
    await client.send_card(group)
    card = await group.next_card()
    body = {"outTrackId": "card-1", "cardData": {"cardParamMap": {"title": "done"}}, "cardUpdateOptions": BY_KEY}
    await client.api("PUT", PUT, body)
    assert await card.until(lambda each: "done" in each.text) is card
    with pytest.raises(TimeoutError, match="done"):
        await card.until(lambda each: "never" in each.text, timeout=0.01)


async def test_what_people_see_is_told_as_events(client, dingtalk, alice, group):
    seen = []
    end = dingtalk.on_event(lambda event: seen.append((event.kind, event.conversation)))
    await alice.says("hello", to=group)
    await client.send_card(group)
    body = {"outTrackId": "card-1", "cardData": {"cardParamMap": {"title": "new"}}, "cardUpdateOptions": BY_KEY}
    await client.api("PUT", PUT, body)
    end()
    await client.send_card(group, "card-2")
    assert seen == [("said", group), ("card", group), ("card_updated", group)]
    assert json.loads(group.cards[0].params["sys_full_json_obj"])
