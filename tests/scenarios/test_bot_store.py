"""The bot's store under it: deleted, old, readable by others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scenario import ASK, MONDAY, Process, Talk, settings_of, until, verdict_lines

from bot.store import Store, calls, messages


def folder_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent


async def test_a_store_that_is_deleted_loses_no_answer_no_card_and_doubles_nothing(
    launch, dingtalk, alice, bob, group, sqlite_url
):
    process = await launch()
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    card = await group.next_card(timeout=60)
    for part in folder_of(sqlite_url).iterdir():
        part.unlink()
    talk = Talk(alice, group)
    assert verdict_lines(await talk.asks("周三下午2点谁有空", bob))
    await alice.presses(card, "later")
    await until(lambda: "16:00" in card.text)
    assert (await process.terminate(), "Traceback" in process.stderr) == (0, False)
    again = await launch()
    await alice.presses(card, "earlier")
    await until(lambda: "14:00" in card.text)
    await dingtalk.push(type="CALLBACK", topic=said.push.topic, data=said.push.data)
    await dingtalk.settle()
    assert len(group.cards) == 2
    assert await again.terminate() == 0


async def test_its_files_are_for_the_bot_alone(launch, alice, bob, group, sqlite_url):
    process = await launch()
    await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    assert {part.stat().st_mode & 0o777 for part in folder_of(sqlite_url).iterdir()} == {0o600}
    assert await process.terminate() == 0


async def test_what_somebody_wrote_stands_in_no_file_once_it_is_answered(launch, alice, bob, group, sqlite_url):
    process = await launch()
    await alice.says(f"{ASK} canary-of-a-text", at=[bob], to=group, created_at=MONDAY)
    await group.next_card(timeout=60)
    assert await process.terminate() == 0
    assert b"canary-of-a-text" not in b"".join(part.read_bytes() for part in folder_of(sqlite_url).iterdir())


async def test_what_is_old_is_forgotten_at_the_start(start, sqlite_url):
    long_ago = datetime.now(UTC) - timedelta(days=31)
    async with await Store.open(sqlite_url) as store:
        row = {
            "msg_id": "old",
            "out_track_id": "old",
            "conversation_id": "cid",
            "payload": "",
            "owner": "",
            "attempt": 1,
            "sender": "",
        }
        times = {"received_at": long_ago, "answered_at": long_ago, "lease_until": long_ago, "state": "answered"}
        known = {name: value for name, value in (row | times).items() if name in messages.messages.c}
        await store.run(lambda connection: connection.execute(messages.messages.insert().values(**known)))
        await calls.add(store, "2026-01", {"a": 1})
    await start()

    async def left() -> int:
        async with await Store.open(sqlite_url) as store:
            return len(await store.run(lambda connection: connection.execute(messages.messages.select()).all()))

    while await left():
        pass


async def test_a_secret_with_a_newline_is_the_secret(dingtalk, tmp_path, sqlite_url):
    settings = settings_of(dingtalk, sqlite_url)
    secret = settings["dingtalk"].pop("client_secret")
    settings["dingtalk"]["client_secret_file"] = str(tmp_path / "secret")
    (tmp_path / "secret").write_bytes(b" " + secret.encode() + b"\r\n")
    (tmp_path / "config.yaml").write_text(json.dumps(settings))
    process = Process(tmp_path / "run", "run", "-c", str(tmp_path / "config.yaml"))
    try:
        await dingtalk.connected(timeout=30)
        assert await process.terminate() == 0
    finally:
        await process.kill()
