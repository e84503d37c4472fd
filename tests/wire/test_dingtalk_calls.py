"""Calendar, contacts, cards and messages: what goes out, and what is made of what comes back."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from wire_servers import Answer, Server

from bot.dingtalk import calendar, cards, contacts, robot
from bot.dingtalk.calendar import ScheduleItem, WireTime
from bot.dingtalk.http import Api, Credentials, Endpoints
from bot.emulator import Conversation, Emulator, Person
from bot.emulator.wire import PUBLIC_TEMPLATES
from bot.errors import (
    MalformedReply,
    NotFound,
    NotInGroup,
    PermissionDenied,
    QuotaExhausted,
    Rejected,
    RemoteError,
    Throttled,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO = datetime(2026, 3, 10, 14, tzinfo=SHANGHAI)
FOUR = datetime(2026, 3, 10, 16, tzinfo=SHANGHAI)
TEMPLATE = PUBLIC_TEMPLATES[0]


class Office:
    """An emulated DingTalk with a client, three people and a group."""

    def __init__(self, dingtalk: Emulator, api: Api) -> None:
        self.dingtalk = dingtalk
        self.api = api
        self.alice = dingtalk.person("alice", name="Alice", title="designer")
        self.bob = dingtalk.person("bob", name="Bob")
        self.carol = dingtalk.person("carol", name="Carol")
        self.group: Conversation = dingtalk.group("Team", [self.alice, self.bob, self.carol])

    async def free_busy(self, *people: Person) -> dict[str, calendar.ScheduleInformation]:
        """What alice sees of these people on Tuesday from two to four."""
        ids = [person.union_id for person in people]
        found = await calendar.query_schedule(self.api, asker=self.alice.union_id, people=ids, start=TWO, end=FOUR)
        return {each.user_id: each for each in found}

    async def send_card(self, track: str = "track-1", **options: Any) -> cards.Delivered:
        """A card into the group."""
        space = options.pop("space", None) or cards.GroupSpace(self.group.conversation_id)
        wanted: dict[str, Any] = {
            "template_id": TEMPLATE,
            "params": {"title": "谁有空", "markdown": "**a**"},
            **options,
        }
        code = self.dingtalk.robot_code
        return await cards.create_and_deliver(
            self.api, out_track_id=track, space=space, robot_code=code, summary="s", **wanted
        )


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with Emulator(calls_per_second=None) as dingtalk:
        who = Credentials(dingtalk.client_id, dingtalk.client_secret)
        async with Api(who, Endpoints(dingtalk.url, dingtalk.url), calls_per_second=1000) as api:
            yield Office(dingtalk, api)


def schedule(*entries: Any) -> Answer:
    return Answer({"scheduleInformation": list(entries)})


async def query(api: Api, asker: str = "asker", people: tuple[str, ...] = ("a",), **times: datetime) -> Any:
    window = {"start": TWO, "end": FOUR, **times}
    return await calendar.query_schedule(api, asker=asker, people=people, **window)


# querySchedule


async def test_a_schedule_is_asked_for_as_documented(server: Server, api: Api) -> None:
    server.answers = [schedule()]
    assert await query(api, asker="ab+c/d=", people=("u1", "u2")) == ()
    (call,) = server.calls
    assert call.path in {f"/v1.0/calendar/users/ab%2Bc%2Fd{equals}/querySchedule" for equals in ("%3D", "=")}
    assert call.body == {
        "userIds": ["u1", "u2"],
        "startTime": "2026-03-10T14:00:00+08:00",
        "endTime": "2026-03-10T16:00:00+08:00",
    }


@pytest.mark.parametrize(
    "asker",
    ["", "../../v1.0/robot/x?y=1", "a b", "a\nb", "a%2Fb", "a?b", "a#b", "张三", "a\x00", "x" * 200, "..", "a\\b"],
)
async def test_an_id_that_is_none_is_refused_before_the_wire(server: Server, api: Api, asker: str) -> None:
    with pytest.raises(Rejected):
        await query(api, asker=asker)
    assert not server.calls


async def test_odd_instants_go_out_in_whole_seconds_with_an_offset_of_whole_minutes(server: Server, api: Api) -> None:
    server.answers = [schedule()]
    old_zone = timezone(timedelta(hours=8, minutes=5, seconds=43))
    start = datetime(2026, 3, 10, 14, 0, 0, 999_999, tzinfo=UTC)
    await query(api, start=start, end=start + timedelta(hours=1))
    await query(api, start=start.astimezone(old_zone), end=start)
    first, second = server.calls
    assert (first.body["startTime"], first.body["endTime"]) == (
        "2026-03-10T14:00:00+00:00",
        "2026-03-10T15:00:01+00:00",
    )
    assert second.body["startTime"] == "2026-03-10T14:00:00+00:00"


async def test_a_naive_time_and_too_many_people_are_mistakes_of_the_caller(server: Server, api: Api) -> None:
    with pytest.raises(ValueError, match="naive"):
        await query(api, start=datetime(2026, 3, 10, 14))  # noqa: DTZ001
    for people in ((), tuple(f"u{n}" for n in range(21))):
        with pytest.raises(ValueError, match="1 to 20"):
            await query(api, people=people)
    assert not server.calls


async def test_times_that_dingtalk_cannot_read_go_out_as_utc_from_then_on(office: Office) -> None:
    office.dingtalk.faults.strict_time("utc_ms")
    await office.free_busy(office.bob)
    await office.free_busy(office.bob)
    starts = [call.body["startTime"] for call in office.dingtalk.calls_of("querySchedule")]
    assert starts == ["2026-03-10T14:00:00+08:00", "2026-03-10T06:00:00.000Z", "2026-03-10T06:00:00.000Z"]


async def test_items_come_back_as_dingtalk_said_them(server: Server, api: Api) -> None:
    timed = {
        "status": "BUSY",
        "start": {"dateTime": "2026-03-10T14:00:00+08:00", "timeZone": "Asia/Shanghai"},
        "end": {"dateTime": 5, "timeZone": None},
    }
    all_day = {"status": "TENTATIVE", "start": {"date": "2026-03-10", "timeZone": "UTC"}, "end": None}
    server.answers = [schedule({"userId": "a", "scheduleItems": [timed, all_day, "nonsense", {}]})]
    ((person,),) = (await query(api),)
    assert person.items == (
        ScheduleItem("BUSY", WireTime(None, "2026-03-10T14:00:00+08:00", "Asia/Shanghai"), WireTime()),
        ScheduleItem("TENTATIVE", WireTime("2026-03-10", None, "UTC"), WireTime()),
        ScheduleItem(None, WireTime(), WireTime()),
        ScheduleItem(None, WireTime(), WireTime()),
    )


async def test_entries_of_a_wrong_shape_are_kept_as_errors_and_items_that_are_no_list_are_none(
    server: Server, api: Api
) -> None:
    entries = ["text", None, {"scheduleItems": []}, {"userId": 7, "scheduleItems": []}]
    entries += [{"userId": "a"}, {"userId": "b", "scheduleItems": None}, {"userId": "c", "scheduleItems": {}}]
    entries += [
        {"userId": "d", "scheduleItems": [], "error": {"code": 1}},
        {"userId": "e", "scheduleItems": [], "error": ""},
    ]
    server.answers = [schedule(*entries)]
    found = await query(api)
    assert [each.user_id for each in found] == ["", "", "", "", "a", "b", "c", "d", "e"]
    assert all(each.error for each in found[:4])
    assert [each.items for each in found[4:7]] == [None] * 3
    assert (found[7].error, found[8].error, found[8].items) == (calendar.UNREADABLE, None, ())


@pytest.mark.parametrize("body", [{}, {"scheduleInformation": None}, {"scheduleInformation": {}}])
async def test_a_reply_without_the_list_is_malformed(server: Server, api: Api, body: Any) -> None:
    server.answers = [Answer(body)]
    with pytest.raises(MalformedReply):
        await query(api)


async def test_errors_of_one_person_and_missing_people_stay_what_they_are(office: Office) -> None:
    office.dingtalk.faults.person_error(office.bob)
    office.dingtalk.faults.omit_person(office.carol)
    found = await office.free_busy(office.alice, office.bob, office.carol)
    assert found[office.alice.union_id].error is None
    assert found[office.bob.union_id].error == "No permission"
    assert office.carol.union_id not in found


async def test_forty_five_people_are_three_calls_in_flight_together(server: Server, api: Api) -> None:
    together, arrived = asyncio.Event(), 0

    async def wait_for_three(call: Any) -> Answer:
        nonlocal arrived
        arrived += 1
        if arrived == 3:
            together.set()
        await together.wait()
        return schedule()

    server.answers = [wait_for_three]
    groups = [tuple(f"u{n}" for n in range(size)) for size in (20, 20, 5)]
    await asyncio.gather(*(query(api, people=group) for group in groups))
    assert arrived == 3


async def test_a_missing_scope_is_named(office: Office) -> None:
    office.dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
    with pytest.raises(PermissionDenied) as caught:
        await office.free_busy(office.bob)
    assert caught.value.scopes == ("Calendar.EventSchedule.Read",)
    office.dingtalk.faults.deny_scope("qyapi_get_member")
    with pytest.raises(PermissionDenied) as caught:
        await contacts.get_user(office.api, "bob")
    assert caught.value.scopes == ("qyapi_get_member",)


# contacts


async def test_a_person_is_read_with_name_and_both_ids(office: Office) -> None:
    user = await contacts.get_user(office.api, "alice")
    assert (user.staff_id, user.union_id, user.name, user.title) == (
        "alice",
        office.alice.union_id,
        "Alice",
        "designer",
    )


async def test_a_person_who_left_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        await contacts.get_user(office.api, "nobody")


async def test_the_documentations_own_spelling_of_a_person_is_read(server: Server, api: Api) -> None:
    result = {
        "userid": "a",
        "unionid": "",
        "union_id": "U",
        "name": None,
        "active": "false",
        "dept_id_list": ["1", 2, {}],
    }
    server.answers = [Answer({"errcode": "0", "result": result})]
    user = await contacts.get_user(api, "a")
    assert (user.union_id, user.name, user.active, user.departments) == ("U", "", False, (1, 2))


async def test_a_department_is_read_to_its_last_page(office: Office) -> None:
    office.dingtalk.department(7, "Design")
    for n in range(230):
        office.dingtalk.person(f"p{n}", department=7)
    users = await contacts.list_users(office.api, 7)
    assert {user.staff_id for user in users} == {f"p{n}" for n in range(230)}
    assert [department.dept_id for department in await contacts.list_departments(office.api)] == [7]


async def test_a_cursor_that_does_not_move_ends_the_reading(server: Server, api: Api) -> None:
    server.answers = [Answer({"errcode": 0, "result": {"has_more": True, "next_cursor": 0, "list": []}})]
    assert await contacts.list_users(api, 1) == ()
    assert len(server.calls) == 1


@pytest.mark.parametrize("result", [None, [], "x", {"name": "a"}, {"userid": 5}])
async def test_a_person_without_an_id_is_malformed(server: Server, api: Api, result: Any) -> None:
    server.answers = [Answer({"errcode": 0, "result": result})]
    with pytest.raises(MalformedReply):
        await contacts.get_user(api, "a")


async def test_a_search_gives_staff_ids(office: Office) -> None:
    assert await contacts.search_users(office.api, "Alice", exact=True) == ("alice",)


# cards


async def test_a_card_reaches_the_group_and_is_updated_by_key(office: Office) -> None:
    delivered = await office.send_card()
    assert delivered.carrier_id
    assert not delivered.existed
    await cards.update_card(office.api, out_track_id="track-1", params={"markdown": "new"})
    card = office.dingtalk.card("track-1")
    assert card is not None
    assert (card.params["title"], card.params["markdown"]) == ("谁有空", "new")
    assert not office.dingtalk.violations


async def test_a_card_reaches_a_person(office: Office) -> None:
    assert not (await office.send_card(space=cards.DirectSpace("bob"))).existed
    call = office.dingtalk.calls_of("createAndDeliver")[0]
    assert call.body["openSpaceId"] == "dtv1.card//IM_ROBOT.bob"


async def test_a_card_that_exists_counts_as_delivered(office: Office) -> None:
    office.dingtalk.faults.refuse_reused_cards()
    await office.send_card()
    assert (await office.send_card()).existed


async def test_a_card_that_dingtalk_did_not_deliver_is_rejected_although_it_says_success(office: Office) -> None:
    office.dingtalk.faults.refuse_card("spaceId is illegal")
    with pytest.raises(Rejected, match="spaceId is illegal"):
        await office.send_card()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"success": False}, Rejected),
        ({"success": True, "result": {}}, MalformedReply),
        ({"success": True, "result": {"deliverResults": []}}, MalformedReply),
        ({"success": True, "result": {"deliverResults": ["x"]}}, MalformedReply),
        ({"success": True, "result": {"deliverResults": [{"success": True}, {"success": False}]}}, Rejected),
        ({"success": True, "result": {"deliverResults": [{"spaceId": "x"}]}}, Rejected),
    ],
)
async def test_a_reply_that_does_not_say_delivered_is_no_delivery(
    server: Server, api: Api, body: Any, kind: type[Exception]
) -> None:
    server.answers = [Answer(body)]
    space = cards.GroupSpace("cid")
    with pytest.raises(kind):
        await cards.create_and_deliver(
            api, template_id="t", out_track_id="o", params={}, space=space, robot_code="r", summary="s"
        )


async def test_a_card_whose_reply_is_lost_is_sent_again_and_is_one_card(office: Office) -> None:
    office.dingtalk.faults.fail("createAndDeliver", status=500, code="system.busy", times=2)
    await office.send_card()
    tracks = [call.body["outTrackId"] for call in office.dingtalk.calls_of("createAndDeliver")]
    assert tracks == ["track-1"] * 3


async def test_a_template_that_is_gone_is_not_found(office: Office) -> None:
    office.dingtalk.faults.card_error("param.templateNotExist")
    with pytest.raises(NotFound):
        await office.send_card()


async def test_a_card_that_is_not_there_cannot_be_updated(office: Office) -> None:
    with pytest.raises(NotFound):
        await cards.update_card(office.api, out_track_id="none", params={"a": "b"})


async def test_private_variables_recipients_and_mentions_go_where_dingtalk_reads_them(server: Server, api: Api) -> None:
    server.answers = [Answer({"success": True, "result": {"deliverResults": [{"success": True, "carrierId": "c"}]}})]
    space = cards.GroupSpace("cid", recipients=("a",), at={"a": "A"})
    await cards.create_and_deliver(
        api,
        template_id="t",
        out_track_id="o",
        params={"x": "<b>"},
        space=space,
        robot_code="r",
        summary="s",
        private={"a": {"y": "1"}},
    )
    body = server.calls[0].body
    assert body["callbackType"] == "STREAM"
    assert body["privateData"] == {"a": {"cardParamMap": {"y": "1"}}}
    assert body["imGroupOpenDeliverModel"] == {"robotCode": "r", "recipients": ["a"], "atUserIds": {"a": "A"}}


# messages


async def test_a_session_webhook_is_answered_with_mentions(server: Server, api: Api) -> None:
    server.answers = [Answer({"errcode": 0, "errmsg": "ok"})]
    webhook = f"{server.url}/robot/sendBySession?session=abc"
    await robot.send_session(api, webhook, title="t", text="hi @bob", at=["alice", "bob"])
    (call,) = server.calls
    assert (call.query, call.token, server.token_calls) == ({"session": "abc"}, None, [])
    assert call.body["markdown"] == {"title": "t", "text": "hi @bob\n\n@alice"}
    assert call.body["at"]["atUserIds"] == ["alice", "bob"]


async def test_a_session_that_is_over_is_not_found(server: Server, api: Api) -> None:
    server.answers = [Answer({"errcode": 300001, "errmsg": "session 不存在"})]
    with pytest.raises(NotFound):
        await robot.send_session(api, f"{server.url}/robot/sendBySession?session=abc", title="t", text="x")


async def test_a_webhook_that_leads_elsewhere_gets_no_request(server: Server) -> None:
    async with Api(Credentials("a", "b"), Endpoints.mainland()) as api:
        for webhook in (
            f"{server.url}/robot/sendBySession?session=a",
            "https://oapi.dingtalk.com.evil.com/?session=s3cret",
        ):
            with pytest.raises(Rejected) as caught:
                await robot.send_session(api, webhook, title="t", text="x")
            assert "s3cret" not in str(caught.value)
    assert not server.calls


async def test_a_redirect_of_a_webhook_is_not_followed(server: Server, api: Api) -> None:
    server.answers = [Answer({"errcode": 0}, status=302, headers={"Location": f"{server.url}/elsewhere"})]
    with pytest.raises(Rejected):
        await robot.send_session(api, f"{server.url}/robot/sendBySession?session=abc", title="t", text="x")
    assert len(server.calls) == 1


async def test_messages_over_the_size_that_dingtalk_takes_are_not_sent(server: Server, api: Api) -> None:
    long = "空" * 6_700
    with pytest.raises(Rejected, match="at most 20000"):
        await robot.send_session(api, f"{server.url}/robot", title="t", text=long)
    with pytest.raises(Rejected, match="at most 15000"):
        await robot.send_group(api, robot_code="r", conversation_id="c", title="t", text="空" * 5_000)
    assert not server.calls


async def test_text_that_is_no_text_is_not_sent(server: Server, api: Api) -> None:
    with pytest.raises(Rejected):
        await robot.send_group(api, robot_code="r", conversation_id="c", title="t", text="\ud800")
    assert not server.calls


async def test_a_group_gets_a_message_whose_param_is_json_in_a_text(office: Office) -> None:
    code = office.dingtalk.robot_code
    conversation = office.group.conversation_id
    assert await robot.send_group(office.api, robot_code=code, conversation_id=conversation, title="标题", text="正文")
    (call,) = office.dingtalk.calls_of("groupMessages/send")
    assert json.loads(call.body["msgParam"]) == {"title": "标题", "text": "正文"}


@pytest.mark.parametrize(
    ("code", "there"),
    [
        ("resource.not.found", False),
        ("group.disbanded", False),
        ("invalid.openConversationId", False),
        ("conversation.org.notMatch", False),
        ("bot.stopped", True),
        ("bot.forbidden.sendMessage", True),
        ("invalidParameter.robotCode.notExsit", True),
    ],
)
async def test_a_group_without_the_robot_is_told_from_other_refusals(
    server: Server, api: Api, code: str, there: bool
) -> None:
    server.answers = [Answer({"code": code, "message": "robot 不存在", "requestid": "r"}, status=400)]
    with pytest.raises(RemoteError) as refused:
        await robot.send_group(api, robot_code="r", conversation_id="c", title="t", text="x")
    assert isinstance(refused.value, NotInGroup) is not there
    assert refused.value.code == code


async def test_people_who_are_held_back_or_invalid_are_told(server: Server, api: Api) -> None:
    held = {"processQueryKey": "k", "flowControlledStaffIdList": ["a"], "invalidStaffIdList": None}
    server.answers = [Answer(held), Answer(held), Answer({"invalidStaffIdList": ["a"]})]
    message = await robot.send_direct(api, robot_code="r", staff_ids=["a", "b"], title="t", text="x")
    assert (message.flow_controlled, message.invalid) == (("a",), ())
    with pytest.raises(Throttled):
        await robot.send_direct(api, robot_code="r", staff_ids=["a"], title="t", text="x")
    with pytest.raises(NotFound):
        await robot.send_direct(api, robot_code="r", staff_ids=["a"], title="t", text="x")


async def test_the_month_spent_and_a_blocked_address_are_told_apart(office: Office) -> None:
    office.dingtalk.faults.quota_gone()
    with pytest.raises(QuotaExhausted):
        await office.free_busy(office.bob)
    assert (await contacts.get_user(office.api, "bob")).name == "Bob"
