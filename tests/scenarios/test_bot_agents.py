"""`youkong mcp`: the tools for agents, spoken to by the official SDK's own client over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from contextlib import asynccontextmanager

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from scenario import on_tuesday
from signing_in import Home

from bot.emulator import Emulator

TOOLS = {"who_is_free", "find_time", "next_free", "read_request"}
KEYS = {
    "intent", "windows", "problem", "leftover", "ask_back", "people", "slots", "rooms", "meetings", "occurrences",
    "text",
}  # fmt: skip


@pytest.fixture
def home(tmp_path, dingtalk, alice, bob, carol):
    return Home(tmp_path / "home", dingtalk)


class Agent:
    """An agent with the tools, and what its server says beside the protocol."""

    def __init__(self, session: ClientSession, errors) -> None:
        self.session = session
        self._errors = errors

    async def uses(self, tool, text, **more):
        """The answer of a tool."""
        result = await self.session.call_tool(tool, {"text": text, **more})
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content

    async def fails(self, tool, text, **more):
        """What is told instead of an answer."""
        result = await self.session.call_tool(tool, {"text": text, **more})
        assert result.is_error
        return result.content[0].text

    def logged(self):
        """Its standard error."""
        return self._errors.read_text()


@asynccontextmanager
async def agent(home, *who):
    """`youkong mcp` in a process of its own, with a client of the SDK at its pipes."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("YOUKONG_")}
    arguments = ["-m", "bot", "mcp", "-c", str(home.config), *(who or ("--as", "alice"))]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environ)
    path = home.folder / "stderr"
    with path.open("w") as errors:
        async with stdio_client(server, errlog=errors) as streams, ClientSession(*streams) as session:
            await session.initialize()
            yield Agent(session, path)


def spent(home):
    with sqlite3.connect(home.folder / "youkong.db") as connection:
        return dict(connection.execute("SELECT api, SUM(n) FROM calls GROUP BY api").fetchall())


async def test_the_tools_are_listed_and_only_read(home):
    async with agent(home) as one:
        tools = (await one.session.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        for tool in tools:
            assert tool.description
            assert tool.annotations.read_only_hint
            assert tool.input_schema["required"] == ["text"]


async def test_unknown_people_stand_apart_with_their_reason_and_windows_in_words(home, dingtalk, bob, carol):
    dingtalk.faults.person_error(carol)
    bob.calendar.busy(on_tuesday(15), on_tuesday(16))
    async with agent(home) as one:
        for text, words in (
            ("李博和王芳 2040年3月13日下午2点到4点", "周二 2040/3/13 14:00–16:00（北京时间）"),
            ("who's free 2040-03-13 2-4pm", "Tue 13 Mar 2040, 2–4 pm (Beijing)"),
        ):
            answer = await one.uses("who_is_free", text, at=["bob", "carol"])
            assert set(answer) >= KEYS
            assert {each["name"]: each["state"] for each in answer["people"]} == {"李博": "busy", "王芳": "unknown"}
            assert answer["unknown"] == [{"staff_id": "carol", "name": "王芳", "reason": "No permission"}]
            assert answer["windows_in_words"] == [words]
            assert answer["answered"] is True


async def test_an_answer_is_that_of_ask_on_the_terminal(home):
    text = "李博 2040年3月13日下午2点到4点有空吗"
    async with agent(home) as one:
        answer = await one.uses("who_is_free", text)
    found = await home.run("ask", "--as", "alice", "--json", text)
    plain = json.loads(found.stdout)
    del plain["text"], answer["text"]  # they name the minute
    assert {key: answer[key] for key in plain} == plain


async def test_a_common_time_is_looked_for_whatever_form_the_text_has(home, bob):
    bob.calendar.busy(on_tuesday(9), on_tuesday(17))
    async with agent(home) as one:
        for text, end in (("和李博 2040年3月13日 45分钟", "17:45"), ("李博 and me on 2040-03-13", "18:00")):
            answer = await one.uses("find_time", text)
            assert answer["intent"] == "find_time"
            assert {each["name"] for each in answer["people"]} == {"Alice Chen", "李博"}
            first = answer["slots"][0]
            assert (first["start"], first["end"]) == (
                "2040-03-13T17:00:00+08:00", f"2040-03-13T{end}:00+08:00",
            )  # fmt: skip


async def test_the_next_free_time_is_told_with_nothing_but_a_name(home):
    async with agent(home) as one:
        answer = await one.uses("next_free", "李博")
        assert answer["intent"] == "next_free"
        assert len(answer["slots"]) == 2
        assert answer["slots"][0]["end"] <= answer["slots"][1]["start"]


async def test_reading_a_text_costs_nothing(home, dingtalk):
    async with agent(home) as one:
        row = await one.uses("read_request", "is 李博 free 2040-03-13 2-4pm")
        assert row["intent"] == "who_is_free"
        assert row["people"]["names"] == ["李博"]
        assert row["windows"] == [{"start": "2040-03-13T14:00:00+08:00", "end": "2040-03-13T16:00:00+08:00"}]
    assert dingtalk.calls_of("querySchedule") == dingtalk.calls_of("users/search") == []
    assert spent(home) == {}


# ---------------------------------------------------------------- asked back, never guessed
async def test_who_is_nobody_or_several_is_asked_back_with_candidates(home, dingtalk):
    dingtalk.person("wei-1", name="张伟", title="设计")
    dingtalk.person("wei-2", name="张伟", title="市场")
    async with agent(home) as one:
        several = await one.uses("who_is_free", "张伟 2040年3月13日下午2点到4点")
        nobody = await one.uses("who_is_free", "欧阳锋 2040年3月13日下午2点到4点")
    assert several["answered"] is nobody["answered"] is False
    assert several["ask_back"]["reason"] == "namesakes"
    assert {each["staff_id"] for each in several["ask_back"]["candidates"]} == {"wei-1", "wei-2"}
    assert nobody["ask_back"]["reason"] == "unread"
    assert nobody["ask_back"]["words"] == ["欧阳锋"]
    assert "✅" not in several["text"] + nobody["text"]


async def test_a_candidate_is_meant_by_staff_id(home, dingtalk):
    dingtalk.person("wei-1", name="张伟")
    dingtalk.person("wei-2", name="张伟")
    async with agent(home) as one:
        answer = await one.uses("who_is_free", "2040年3月13日下午2点到4点谁有空", at=["wei-2"])
    assert [(each["staff_id"], each["state"]) for each in answer["people"]] == [("wei-2", "free")]


async def test_no_time_and_a_doubtful_number_are_asked_back(home):
    async with agent(home) as one:
        timeless = await one.uses("who_is_free", "李博")
        doubtful = await one.uses("who_is_free", "李博 free 2040-03-13 2-4pm 5")
        empty = await one.uses("find_time", "")
    assert timeless["ask_back"]["reason"] == "no_time"
    assert doubtful["ask_back"]["reason"] == "leftover"
    assert empty["ask_back"] is not None
    assert not any(each["answered"] for each in (timeless, doubtful, empty))


async def test_an_order_is_never_carried_out(tmp_path, dingtalk, alice, bob):
    home = Home(tmp_path / "home", dingtalk, booking={"enabled": True, "at_once": True})
    orders = ("约李博 2040年3月13日下午3点", "book 2040-03-13 3pm with 李博", "取消", "团队加上李博", "用英文",
              "每天9点10分发团队日报", "别在群里显示我", "我的工作时间10点到19点", "谢谢")  # fmt: skip
    async with agent(home) as one:
        for text in orders:
            for tool in ("who_is_free", "find_time", "next_free"):
                answer = await one.uses(tool, text)
                assert (answer["answered"], answer["ask_back"]["reason"]) == (False, "not_a_question"), text
    assert {call.api for call in dingtalk.calls} <= {"accessToken", "user/get", "user/list", "department/listsub"}
    with sqlite3.connect(home.folder / "youkong.db") as connection:
        for table in ("bookings", "rosters", "chat_settings", "digests", "hidden", "own_hours", "watches", "actions"):
            assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,), table


# ---------------------------------------------------------------- metered, paced, and with faults
async def test_calls_are_counted_and_a_share_that_is_used_up_is_told(tmp_path, dingtalk, alice, bob):
    limits = {"questions_per_minute": 100, "share_of_month": 0.0004}  # two calls of 5,000
    home = Home(tmp_path / "home", dingtalk, limits=limits)
    async with agent(home) as one:
        for day in (13, 14):
            await one.uses("who_is_free", f"am I free 2040-03-{day} 2-4pm")
        said = await one.fails("who_is_free", "am I free 2040-03-15 2-4pm")
        assert "share of the month" in said
        assert spent(home) == {"querySchedule": 2}
    async with agent(home) as one:  # another process knows it, too
        assert "share of the month" in await one.fails("who_is_free", "am I free 2040-03-15 2-4pm")
    assert len(dingtalk.calls_of("querySchedule")) == 2


async def test_more_questions_than_a_minute_allows_are_turned_away(tmp_path, dingtalk, alice):
    home = Home(tmp_path / "home", dingtalk, limits={"questions_per_minute": 3})
    async with agent(home) as one:
        for _ in range(3):
            await one.uses("read_request", "am I free 2040-03-13 2-4pm")
        assert "more than 3 questions in a minute" in await one.fails("read_request", "am I free")


async def test_many_questions_at_once_are_all_answered_below_dingtalks_limit(tmp_path, alice):
    async with Emulator(calls_per_second=5, redeliver_unacked=None) as dingtalk:
        dingtalk.person("alice", name="Alice Chen")
        home = Home(tmp_path / "home", dingtalk)
        settings = json.loads(home.config.read_text())
        settings["dingtalk"]["calls_per_second"] = 5
        home.config.write_text(json.dumps(settings))
        async with agent(home) as one:
            asked = (one.uses("who_is_free", f"am I free 2040-03-{10 + n} 2-4pm") for n in range(10))
            answers = await asyncio.gather(*asked)
        assert {each["people"][0]["state"] for each in answers} <= {"free", "outside_hours"}
        good = [call for call in dingtalk.calls_of("querySchedule") if call.status == 200]
        assert len(good) == len(answers)  # a busy machine may bunch them up: what was turned away was asked again


FAULTS = {
    "scope missing": (lambda f: f.deny_scope("Calendar.EventSchedule.Read"), "Calendar.EventSchedule.Read"),
    "500": (lambda f: f.fail("querySchedule", status=500), "failed"),
    "calls spent": (lambda f: f.quota_gone(), "quota"),
    "nonsense": (lambda f: f.html("querySchedule"), "unreadable"),
}


async def test_what_cannot_be_read_is_unknown_with_the_reason(home, dingtalk):
    async with agent(home) as one:
        for day, (inject, reason) in enumerate(FAULTS.values(), start=12):
            inject(dingtalk.faults)
            for text in (f"我2040年3月{day}日下午2点到4点有空吗", f"am I free 2040-03-{day} 2-4pm"):
                answer = await one.uses("who_is_free", text)
                assert [each["reason"] for each in answer["unknown"]] == [reason]
                assert [each["state"] for each in answer["people"]] == ["unknown"]
            dingtalk.faults.clear()


# ---------------------------------------------------------------- whoever signed in
async def test_whoever_signed_in_has_the_tools_by_their_own_token(tmp_path):
    async with Emulator(app="personal", redeliver_unacked=None) as dingtalk:
        alice = dingtalk.person("alice", name="Alice Chen")
        home = Home(tmp_path / "home", dingtalk)
        await home.signed_in()
        async with agent(home, "--personal") as one:
            for text in ("我2040年3月13日下午2点到4点有空吗", "am I free 2040-03-12 2-4pm"):
                assert (await one.uses("who_is_free", text))["people"][0]["state"] == "free"
            dingtalk.faults.expire_user_tokens()
            assert (await one.uses("next_free", "when am I next free"))["answered"] is True
            dingtalk.faults.end_sign_ins()
            for _ in range(2):
                assert "run youkong login" in await one.fails("who_is_free", "am I free 2040-03-14 2-4pm")
            assert [call.status for call in dingtalk.calls_of("userAccessToken")] == [200, 200, 400]
            await home.signed_in()
            assert (await one.uses("who_is_free", "am I free 2040-03-15 2-4pm"))["answered"] is True
        assert {call.user for call in dingtalk.calls_of("querySchedule")} == {alice.union_id}
        assert dingtalk.calls_of("accessToken") == []
        assert dingtalk.violations == []


async def test_somebody_else_who_signs_in_meanwhile_is_not_read_for(tmp_path):
    async with Emulator(app="personal", redeliver_unacked=None) as dingtalk:
        alice = dingtalk.person("alice", name="Alice Chen")
        dingtalk.person("bob", name="李博")
        home = Home(tmp_path / "home", dingtalk)
        await home.signed_in("alice")
        async with agent(home, "--personal") as one:
            await one.uses("who_is_free", "am I free 2040-03-13 2-4pm")
            await home.signed_in("bob")
            dingtalk.faults.expire_user_tokens()
            said = await one.fails("who_is_free", "am I free 2040-03-14 2-4pm")
        assert "somebody else has signed in" in said
        assert {call.user for call in dingtalk.calls_of("querySchedule")} == {alice.union_id}
        assert dingtalk.violations == []


# ---------------------------------------------------------------- the process
async def test_standard_output_carries_the_protocol_alone_and_ends_with_standard_input(home, tmp_path):
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}}  # fmt: skip
    ask = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
        "name": "who_is_free", "arguments": {"text": "李博 2040-03-13 2-4pm"}}}  # fmt: skip
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    command = [sys.executable, "-m", "bot", "-v", "mcp", "-c", str(home.config), "--as", "alice"]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines = []
    for message, answered in ((hello, True), (ready, False), ("nonsense", False), (ask, True)):
        process.stdin.write(json.dumps(message).encode() + b"\n" if message != "nonsense" else b"not JSON\n")
        await process.stdin.drain()
        if answered:
            lines.append(json.loads(await process.stdout.readline()))
            while lines[-1].get("id") != message["id"]:
                lines.append(json.loads(await process.stdout.readline()))
    process.stdin.close()
    rest, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert all(each["jsonrpc"] == "2.0" for each in lines + [json.loads(line) for line in rest.splitlines()])
    assert b"Traceback" not in errors


async def test_what_is_wrong_at_the_start_is_told_in_a_line(home, dingtalk, tmp_path):
    for arguments, code, words in (
        ((), 2, "one of --as STAFF_ID and --personal"),
        (("--as", "nobody"), 1, "nobody has the staffId 'nobody'"),
        (("--personal",), 3, "run youkong login"),
    ):
        found = await home.run("mcp", *arguments)
        assert (found.exit_code, found.stdout) == (code, "")
        assert words in found.stderr
        assert "Traceback" not in found.stderr


async def test_without_the_extra_the_way_to_it_is_told(home, tmp_path):
    """An interpreter in which the SDK cannot be found."""
    hidden = "import sys; sys.modules['mcp'] = None"
    program = f"{hidden}; from bot.cli import main; main(['mcp', '-c', {str(home.config)!r}, '--as', 'alice'])"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, errors = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert errors.decode().startswith(
        "youkong: found no MCP SDK of version 2, expected the extra youkong[mcp]: pip install"
    )
    assert "Traceback" not in errors.decode()
