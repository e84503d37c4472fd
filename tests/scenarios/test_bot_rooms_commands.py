"""Rooms on the command line: the fields of `ask --json`, and the line of `check`."""

from __future__ import annotations

import json

import pytest
from scenario import on_tuesday, run, settings_of

ON = {"rooms": {"enabled": True}}
SCOPES = ("VideoConference.Conference.Read", "Calendar.Event.Read")
DAY = f"{on_tuesday(0).year}年3月13日"


@pytest.fixture
def lake(dingtalk):
    return dingtalk.room("lake", "西湖厅", capacity=8, place="3 楼")


@pytest.fixture
def written(dingtalk, sqlite_url, tmp_path):
    def write(name, **changes):
        path = tmp_path / f"{name}.yaml"
        team = {"name": "t", "members": ["alice", "bob"]}
        path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, teams=[team], **changes)))
        return str(path)

    return write


async def test_ask_prints_each_room_that_was_looked_at(dingtalk, alice, bob, lake, written, tmp_path):
    lake.calendar.busy(on_tuesday(14), on_tuesday(16.5))
    hidden = dingtalk.room("hall", "钱塘厅", capacity=20)
    dingtalk.room("plain", "A201")
    dingtalk.faults.room_error(hidden)
    text = f"{DAY}下午3点有哪些会议室空着"
    found = await run(tmp_path / "a", "ask", "-c", written("on", **ON), "--as", "alice", "--json", text)
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["intent"], answer["ask_back"], answer["slots"]) == (0, "rooms", None, [])
    by_id = {each["id"]: each for each in answer["rooms"]}
    assert by_id["lake"] == {
        "id": "lake",
        "name": "西湖厅",
        "capacity": 8,
        "place": "3 楼",
        "state": "busy",
        "until": "2040-03-13T16:30:00+08:00",
        "free": [],
        "reason": None,
    }
    assert (by_id["plain"]["state"], by_id["plain"]["capacity"], by_id["plain"]["place"]) == ("free", None, None)
    assert by_id["plain"]["free"] == [{"start": "2040-03-13T15:00:00+08:00", "end": "2040-03-13T16:00:00+08:00"}]
    assert (by_id["hall"]["state"], by_id["hall"]["reason"]) == ("unknown", "No permission")


async def test_ask_prints_the_room_of_each_slot(dingtalk, alice, bob, lake, written, tmp_path):
    text = f"{DAY}下午3点到4点和他找1小时"
    for name, changes, room in (
        ("on", ON, {"id": "lake", "name": "西湖厅", "capacity": 8}),
        ("off", {}, None),
    ):
        command = ("ask", "-c", written(name, **changes), "--as", "alice", "--at", "bob", "--json", text)
        answer = json.loads((await run(tmp_path / name, *command)).stdout)
        assert [slot["room"] for slot in answer["slots"]] == [room]
        assert answer["rooms"] == []
    assert len(dingtalk.calls_of("meetingRoomLists")) == 1


async def test_rooms_that_are_off_are_no_answer(dingtalk, alice, lake, written, tmp_path):
    text = f"{DAY}下午3点有哪些会议室空着"
    found = await run(tmp_path / "off", "ask", "-c", written("off"), "--as", "alice", "--json", text)
    assert (found.exit_code, json.loads(found.stdout)["rooms"]) == (1, [])


async def test_check_tries_both_permissions_where_rooms_are_on(dingtalk, alice, bob, lake, written, tmp_path):
    path = written("on", **ON)
    found = await run(tmp_path / "good", "check", "-c", path)
    assert "ok   rooms: 1 seen, 1 of known size" in found.stdout
    for scope in SCOPES:
        dingtalk.faults.deny_scope(scope)
        found = await run(tmp_path / scope, "check", "-c", path)
        [line] = [line for line in found.stdout.splitlines() if line.startswith("FAIL rooms")]
        assert f"grant {scope}" in line
        dingtalk.faults.clear()
    found = await run(tmp_path / "off", "check", "-c", written("off"))
    assert "rooms" not in found.stdout


async def test_check_says_where_the_app_sees_no_room(dingtalk, alice, written, tmp_path):
    found = await run(tmp_path / "none", "check", "-c", written("on", **ON))
    assert "ok   rooms: allowed, but no room is seen" in found.stdout
