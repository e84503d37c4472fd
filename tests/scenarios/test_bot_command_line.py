"""The commands as contract.md lists them."""

from __future__ import annotations

import json

import pytest
from scenario import Process, run, settings_of

from bot import __version__

COMMANDS = (
    "run", "playground", "check", "parse", "ask", "digest", "actions", "init", "people", "chats", "login", "mcp",
)  # fmt: skip
SCOPES = {
    "qyapi_get_member": "contacts",
    "Calendar.EventSchedule.Read": "querySchedule",
    "Card.Instance.Write": "card",
}
NOW = "2040-03-12T10:00:00+08:00"


@pytest.fixture
def configured(dingtalk, alice, tmp_path, sqlite_url):
    """Writes a configuration with a team; gives its path."""

    def write(**changes):
        path = tmp_path / "config.yaml"
        teams = [{"name": "design", "members": ["alice"]}]
        path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, teams=teams, **changes)))
        return str(path)

    return write


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_has_help(tmp_path, command):
    found = await run(tmp_path / "out", command, "--help")
    assert (await found.ended(), found.stderr) == (0, "")
    assert "Usage: youkong" in found.stdout
    assert f"youkong {command}" in found.stdout.partition("Example")[2]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
async def test_commands_are_completed_by_the_shell(tmp_path, shell):
    found = await run(tmp_path / "script", environ={"_YOUKONG_COMPLETE": f"{shell}_source"})
    assert "_YOUKONG_COMPLETE" in found.stdout
    typed = (
        {"COMP_WORDS": "youkong che", "COMP_CWORD": "1"}
        if shell != "fish"
        else {"COMP_WORDS": "youkong che", "COMP_CWORD": "che"}
    )
    found = await run(tmp_path / "typed", environ={"_YOUKONG_COMPLETE": f"{shell}_complete", **typed})
    assert "check" in found.stdout


async def test_the_program_tells_its_commands_and_version(tmp_path):
    found = await run(tmp_path / "help", "--help")
    assert found.exit_code == 0
    assert [command for command in COMMANDS if f"\n  {command} " not in found.stdout] == []
    found = await run(tmp_path / "version", "--version")
    assert (found.exit_code, found.stdout.strip()) == (0, f"youkong, version {__version__}")


@pytest.mark.parametrize(
    "arguments",
    [("fly",), ("run",), ("parse",), ("--nope",), ("ask", "-c", "x"), ("parse", "--timezone", "Mars/X", "now"),
     ("parse", "--now", "soon", "now"), ("parse", "--batch", "/no/such/file"), ("playground", "--port", "70000"),
     ("playground", "--load", "/no/such/file"), ("playground", "--now", "soon"), ("playground", "-c", "/no/such/file"),
     ("digest", "-c", "x", "--chat", "c", "--on", "soon"), ("actions",), ("actions", "-c", "/no/such/file")],
)  # fmt: skip
async def test_a_wrong_command_line_is_refused_without_a_traceback(tmp_path, arguments):
    found = await run(tmp_path / "out", *arguments)
    assert found.exit_code == 2
    assert "Traceback" not in found.stderr
    assert found.stderr.strip()
    assert found.stdout == ""


async def test_parse_prints_how_a_text_is_understood(tmp_path):
    found = await run(tmp_path / "out", "parse", "--now", NOW, "周二下午2点到4点谁有空")
    assert found.exit_code == 0
    assert "who_is_free" in found.stdout
    assert "2040-03-13T14:00:00+08:00" in found.stdout


async def test_parse_prints_json(tmp_path):
    found = await run(tmp_path / "out", "parse", "--json", "--now", NOW, "--timezone", "Asia/Tokyo", "Tue 2-4pm free?")
    answer = json.loads(found.stdout)
    assert answer["windows"] == [{"start": "2040-03-13T14:00:00+09:00", "end": "2040-03-13T16:00:00+09:00"}]
    assert set(answer) == {
        "intent", "language", "windows", "duration_minutes", "people", "optional", "quorum", "zone", "series", "title",
        "reminder_minutes", "place", "leftover", "acts", "alternatives", "problem",
    }  # fmt: skip


async def test_parse_prints_every_account_for_people_too(tmp_path):
    text = "约李娜周二下午3点 讨论评审，提前5分钟提醒"
    found = await run(tmp_path / "out", "parse", "--now", NOW, text)
    assert "title     评审" in found.stdout
    assert "reminder  5 min" in found.stdout
    assert "acts      yes" in found.stdout
    found = await run(tmp_path / "out2", "parse", "--now", NOW, "is 李娜 free Tue 2-4pm quickly zork blip")
    assert "left over 'quickly zork blip'" in found.stdout


async def test_parse_reads_with_the_teams_and_the_people_that_a_configuration_knows(
    start, configured, dingtalk, alice, bob, group, tmp_path
):
    app = await start()
    await app.refresh_index()
    before = len(dingtalk.calls)
    path = configured()
    found = await run(tmp_path / "out", "parse", "-c", path, "--json", "--now", NOW, "is libo free Tue 2-4pm")
    assert json.loads(found.stdout)["people"]["names"] == ["libo"]
    found = await run(tmp_path / "out2", "parse", "-c", path, "--json", "--now", NOW, "is Zorro free Tue 2-4pm")
    assert json.loads(found.stdout)["people"]["unread"] == ["Zorro"]
    found = await run(tmp_path / "out3", "parse", "-c", path, "--json", "--now", NOW, "design 周二谁有空")
    assert json.loads(found.stdout)["people"]["teams"] == ["design"]
    assert len(dingtalk.calls) == before


async def test_a_batch_knows_the_pinyin_of_its_names(tmp_path):
    line = json.dumps({"id": "a", "text": "zhangwei tomorrow 10am", "ref": NOW, "names": ["张伟"]}, ensure_ascii=False)
    found = await run(tmp_path / "out", "parse", "--batch", "-", stdin=line + "\n")
    assert json.loads(found.stdout)["people"]["names"] == ["zhangwei"]


@pytest.mark.parametrize("source", ["-", "file"])
async def test_a_batch_answers_line_for_line_whatever_the_lines_hold(tmp_path, source):
    lines = [
        json.dumps({"id": "a", "text": "周二下午2点到4点谁有空", "ref": NOW, "at": ["staff-1"]}, ensure_ascii=False),
        "not JSON",
        "[]",
        "{}",
        '{"id": 7}',
        '{"id": "b", "text": null, "ref": "soon"}',
        '{"id": "c", "text": "Tue 2-4pm", "ref": "2040-03-12T10:00:00"}',
        '{"id": "d", "text": "Tue 2-4pm", "ref": "9999-12-31T23:59:59+08:00", "timezone": "Mars/X"}',
        '{"id": "e", "text": "\\ud83d", "ref": "' + NOW + '", "at": 5}',
        '{"id": "z", "text": "Tue 2-4pm", "ref": "' + NOW + '"}',
    ]
    text = "\n".join(lines) + "\n"
    (tmp_path / "lines").write_text(text)
    found = await run(
        tmp_path / "out", "parse", "--batch", "-" if source == "-" else str(tmp_path / "lines"), stdin=text
    )
    assert (found.exit_code, found.stderr) == (0, "")
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert len(answers) == len(lines)
    assert [answer["id"] for answer in answers][0::9] == ["a", "z"]
    assert answers[0]["people"]["mentioned"] == ["staff-1"]
    assert all(answer["intent"] for answer in answers)


async def test_ask_answers_on_the_terminal_and_sends_nothing(dingtalk, configured, alice, bob, group, tmp_path):
    dingtalk.faults.person_error(bob, "No permission")
    arguments = ("--as", "alice", "--at", "bob", "--at", "alice", "明天下午2点到4点谁有空")
    found = await run(tmp_path / "out", "ask", "-c", configured(), *arguments)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.splitlines()[0] == "1 人有空，1 人查不到"
    assert "❔ 查不到 1：李博（未开放忙闲）" in found.stdout
    assert {call.api for call in dingtalk.calls} <= {"accessToken", "user/get", "querySchedule"}


async def test_ask_says_who_is_unknown_where_nobody_has_the_staff_id_of_the_asker(dingtalk, configured, bob, tmp_path):
    found = await run(tmp_path / "out", "ask", "-c", configured(), "--as", "nobody", "--at", "bob", "明天下午谁有空")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "nobody has the staffId 'nobody' of --as" in found.stderr


async def test_ask_prints_json_as_the_contract_says(dingtalk, configured, alice, bob, carol, group, tmp_path):
    dingtalk.faults.person_error(bob, "No permission")
    arguments = ("--as", "alice", "--at", "bob", "--at", "carol", "--json", "tomorrow 2-4pm")
    found = await run(tmp_path / "out", "ask", "-c", configured(), *arguments)
    answer = json.loads(found.stdout)
    assert set(answer) == {
        "intent", "windows", "problem", "leftover", "ask_back", "people", "slots", "rooms", "meetings", "occurrences",
        "text",
    }  # fmt: skip
    assert answer["intent"] == "who_is_free"
    first, second = answer["people"]
    assert set(first) == {
        "staff_id", "name", "department", "state", "until", "free", "leave", "reason", "busy"
    }  # fmt: skip
    assert (answer["problem"], answer["leftover"], answer["ask_back"]) == (None, [], None)
    assert (first["staff_id"], first["state"], first["reason"]) == ("bob", "unknown", "No permission")
    assert (second["staff_id"], second["reason"], second["busy"]) == ("carol", None, [])
    assert answer["slots"] == []
    assert "❔ Unknown 1: 李博" in answer["text"]


async def test_ask_prints_the_times_of_a_series_and_makes_none(dingtalk, configured, alice, bob, carol, tmp_path):
    config = configured(booking={"enabled": True})
    arguments = ("--as", "alice", "--at", "bob", "--json")
    found = await run(tmp_path / "order", "ask", "-c", config, *arguments, "book every Wednesday at 3pm")
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["intent"]) == (0, "book")
    assert len(answer["occurrences"]) == 8
    first = answer["occurrences"][0]
    assert set(first) == {"start", "end", "free", "busy", "holiday"}
    assert (first["free"], first["busy"], first["holiday"]) == (2, [], None)
    assert first["start"][11:] == "15:00:00+08:00"
    found = await run(tmp_path / "question", "ask", "-c", config, *arguments, "is everyone free every Wednesday at 3pm")
    assert len(json.loads(found.stdout)["occurrences"]) == 4
    assert dingtalk.calls_of("createEvent") == []


async def test_ask_says_1_where_it_could_not_answer(dingtalk, configured, tmp_path):
    found = await run(tmp_path / "out", "ask", "-c", configured(), "--as", "alice", "天气怎么样")
    assert (found.exit_code, found.stderr) == (1, "")
    assert "没看懂" in found.stdout


async def test_ask_asks_back_who_is_meant(dingtalk, configured, alice, bob, start, group, tmp_path):
    app = await start()
    await app.refresh_index()
    arguments = ("--as", "alice", "--json", "周二下午2点到4点李波和王芳有空吗")
    found = await run(tmp_path / "out", "ask", "-c", configured(), *arguments)
    answer = json.loads(found.stdout)
    assert found.exit_code == 1
    assert answer["ask_back"] == {
        "reason": "unread",
        "words": ["李波"],
        "candidates": [{"staff_id": "bob", "name": "李博", "department": None}],
    }
    assert [person["state"] for person in answer["people"]] == ["free", "unknown"]


@pytest.mark.parametrize(
    ("text", "reason"), [("谁有空 5点3", "leftover"), ("谁有空", "no_time"), ("天空为什么是蓝的", "not_understood")]
)
async def test_ask_names_what_it_asks_back(dingtalk, configured, alice, tmp_path, text, reason):
    found = await run(tmp_path / "out", "ask", "-c", configured(), "--as", "alice", "--json", text)
    answer = json.loads(found.stdout)
    assert (found.exit_code, answer["ask_back"]["reason"]) == (1, reason)


@pytest.mark.parametrize(
    ("text", "exit_code", "line"), [("谢谢", 0, "不客气 👋"), ("周五下午3点订盒饭", 1, "这个我不会订，会议可以约")]
)
async def test_ask_prints_a_plain_line(dingtalk, configured, alice, tmp_path, text, exit_code, line):
    found = await run(tmp_path / "out", "ask", "-c", configured(), "--as", "alice", text)
    assert (found.exit_code, found.stdout.strip()) == (exit_code, line)


async def test_check_finds_all_good(dingtalk, configured, tmp_path):
    found = await run(tmp_path / "out", "check", "-c", configured())
    lines = found.stdout.splitlines()
    assert (found.exit_code, found.stderr) == (0, "")
    assert [line.split(":")[0].split(maxsplit=1) for line in lines[:-1]] == [
        ["ok", name]
        for name in (
            "token",
            "contacts",
            "querySchedule",
            "card",
            "Stream",
            "clock",
            "members",
            "store",
            "budget",
            "holiday table",
        )
    ]
    assert lines[-1] == "10 ok, 0 failed"


@pytest.mark.parametrize(("scope", "name"), SCOPES.items())
async def test_check_names_the_missing_permission_point(dingtalk, configured, tmp_path, scope, name):
    dingtalk.faults.deny_scope(scope)
    found = await run(tmp_path / "out", "check", "-c", configured())
    assert found.exit_code == 1
    [line] = [line for line in found.stdout.splitlines() if line.startswith(f"FAIL {name}:")]
    assert f"fix: grant {scope} (权限管理), then publish a new version: " in line
    assert line.endswith(f"/appscope/apply?content={dingtalk.client_id}%23{scope}")


@pytest.mark.parametrize("granted", [True, False])
async def test_check_tries_booking_where_it_is_enabled_and_makes_no_event(dingtalk, configured, tmp_path, granted):
    if not granted:
        dingtalk.faults.deny_scope("Calendar.Event.Write")
    found = await run(tmp_path / "out", "check", "-c", configured(booking={"enabled": True}))
    [line] = [line for line in found.stdout.splitlines() if "booking:" in line]
    assert ("nothing was created" if granted else "grant Calendar.Event.Write") in line
    assert dingtalk.calendar_events_made == 0


@pytest.mark.parametrize("granted", [True, False])
async def test_check_tries_replies_where_they_are_on(dingtalk, configured, tmp_path, granted):
    if not granted:
        dingtalk.faults.deny_scope("Calendar.Event.Read")
    found = await run(tmp_path / "out", "check", "-c", configured(booking={"enabled": True, "replies": True}))
    [line] = [line for line in found.stdout.splitlines() if "replies:" in line]
    assert ("allowed" if granted else "grant Calendar.Event.Read") in line


async def test_check_without_a_team_still_finds_a_missing_permission_point(dingtalk, tmp_path, sqlite_url):
    dingtalk.faults.deny_scope("Calendar.EventSchedule.Read")
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
    found = await run(tmp_path / "out", "check", "-c", str(path))
    dingtalk.violations.clear()  # it asks in the name of nobody on purpose
    assert found.exit_code == 1
    assert "grant Calendar.EventSchedule.Read" in found.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client_secret": "wrong"}, "compare dingtalk.client_id and the secret"),
        ({"client_id": "dingxxxx"}, "dingtalk.client_id is still that of the example"),
        ({"client_secret": "xxxx"}, "dingtalk.client_secret is still that of the example"),
        ({"api_url": "http://127.0.0.1:9"}, "let this machine resolve and reach http://127.0.0.1:9"),
    ],
)
async def test_check_without_a_token_has_one_cause_and_skips_what_needs_one(
    dingtalk, sqlite_url, tmp_path, changes, said
):
    settings = settings_of(dingtalk, sqlite_url)
    settings["dingtalk"] |= changes
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings))
    found = await run(tmp_path / "out", "check", "-c", str(path))
    lines = found.stdout.splitlines()
    [line] = [line for line in lines if line.startswith("FAIL")]
    assert line.startswith("FAIL token: ")
    assert said in line
    skipped = [line for line in lines if line.startswith("skip")]
    assert [line.partition(": ")[2] for line in skipped] == ["needs a token"] * 6
    assert (found.exit_code, lines[-1]) == (1, "3 ok, 1 failed, 6 skipped")


async def test_check_names_everybody_and_everything_that_is_not_there(dingtalk, alice, group, sqlite_url, tmp_path):
    dingtalk.department(7, "设计部")
    changes = {
        "teams": [{"name": "design", "members": ["alice", "alcie"], "departments": [7, 77]}],
        "people": [{"id": "bbo", "timezone": "Asia/Tokyo"}],
        "chats": [{"id": "cidNowhere==", "team": "design"}],
        "digests": [{"user": "carlo", "team": "design"}, {"chat": "cidNo==", "team": "design"}],
    }
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **changes)))
    found = await run(tmp_path / "out", "check", "-c", str(path))
    failed = [line.split(":")[0] for line in found.stdout.splitlines() if line.startswith("FAIL")]
    assert failed == [
        "FAIL member alcie",
        "FAIL member bbo",
        "FAIL member carlo",
        "FAIL department 77",
        "FAIL chat cidNowhere==",
        "FAIL chat cidNo==",
    ]
    assert found.exit_code == 1


async def test_check_knows_a_chat_that_the_bot_has_met(start, alice, group, configured, tmp_path):
    await start()
    await alice.says("现在谁有空", to=group)
    await group.next_card()
    found = await run(tmp_path / "out", "check", "-c", configured(chats=[{"id": "cidDesign==", "team": "design"}]))
    assert "ok   chats: 1 known" in found.stdout


async def test_check_says_where_the_store_lies(dingtalk, configured, tmp_path):
    found = await run(tmp_path / "out", "check", "-c", configured(store={"url": f"sqlite:///{tmp_path}/a.db"}))
    assert f"ok   store: {tmp_path}/a.db, readable and writable" in found.stdout


async def test_check_reports_what_cannot_be_reached_line_by_line(dingtalk, configured, tmp_path):
    path = configured(store={"url": "sqlite:////proc/nowhere/x.db"})
    found = await run(tmp_path / "out", "check", "-c", path)
    assert found.exit_code == 1
    assert "FAIL store:" in found.stdout
    assert "Traceback" not in found.stderr
    assert "ok   Stream" in found.stdout


async def test_a_taken_port_is_one_line(dingtalk, configured, tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = Process(tmp_path / "out", "run", "-c", configured(server={"port": port}))
        assert await process.ended() == 2
    [line] = [line for line in process.stderr.splitlines() if not line.startswith("timestamp=")]
    assert f"server.port: cannot listen on 127.0.0.1:{port}" in line


@pytest.mark.parametrize("granted", [True, False])
async def test_check_reads_the_groups_whose_members_are_wanted(dingtalk, alice, configured, tmp_path, granted):
    dingtalk.group("Scene", [alice], scene=True, id="cidScene==")
    if not granted:
        dingtalk.faults.deny_scope("qyapi_chat_manage")
    chats = [{"id": "cidScene==", "members": "group"}]
    found = await run(tmp_path / "out", "check", "-c", configured(chats=chats))
    [line] = [line for line in found.stdout.splitlines() if "group members:" in line]
    assert ("1 members of 1 group read" if granted else "grant qyapi_chat_manage") in line
