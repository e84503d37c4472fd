"""The page's JSON API and what it refuses; no browser and no bot."""

from __future__ import annotations

import asyncio
import json

import pytest


async def test_everybody_is_there_with_their_chats(page_api):
    status, company = await page_api.get("api/stage")
    assert (status, company["bot"], len(company["people"])) == (200, "有空", 14)
    groups = [chat for chat in company["chats"] if not chat["direct"]]
    assert [chat["title"] for chat in groups] == ["产品群", "Design"]
    assert all(len(chat["examples"]) == 8 for chat in company["chats"])
    assert sum(chat["direct"] for chat in company["chats"]) == 13


async def test_examples_mention_members_only(page_api):
    _, company = await page_api.get("api/stage")
    for chat in company["chats"]:
        assert {name for each in chat["examples"] for name in each["at"]} <= set(chat["members"])


async def test_what_is_said_shows_with_its_mentions(page_api):
    status, sent = await page_api.say("free now?", at=["bob", "bob"])
    assert status == 202
    _, shown = await page_api.timeline(who="bob")
    [entry] = shown["entries"]
    assert (entry["key"], entry["from"]["name"], entry["text"]) == (sent["key"], "Alice Chen", "free now?")
    assert (entry["at"], entry["to_bot"]) == (["Bob Smith"], True)


async def test_a_message_without_the_bot_is_not_pushed_to_it(page_api):
    await page_api.say("lunch?", to_bot=False)
    _, shown = await page_api.timeline()
    assert shown["entries"][0]["to_bot"] is False


async def test_a_change_arrives_as_an_event(page_api):
    async with asyncio.timeout(5), page_api.session.get(page_api.url + "api/events", params={"as": "bob"}) as events:
        assert await events.content.readuntil(b"\n\n") == b"retry: 400\n: open\n\n"
        await page_api.say("free now?", at=["bob"])
        line = (await events.content.readuntil(b"\n\n")).decode()
    assert json.loads(line.removeprefix("data: "))["text"] == "free now?"


async def test_events_of_other_peoples_chats_do_not_arrive(page_api):
    async with asyncio.timeout(5), page_api.session.get(page_api.url + "api/events", params={"as": "lina"}) as events:
        await events.content.readuntil(b"\n\n")
        await page_api.say("in Design")
        await page_api.say("在产品群", who="zhangwei", chat="产品群")
        line = (await events.content.readuntil(b"\n\n")).decode()
    assert json.loads(line.removeprefix("data: "))["text"] == "在产品群"


@pytest.mark.parametrize(
    ("change", "status", "names"),
    [
        ({"text": "x" * 2001}, 400, "text"),
        ({"text": " ", "to_bot": False}, 400, "empty"),
        ({"text": 7}, 400, "text"),
        ({"text": "x", "more": 1}, 400, "more"),
        ({"text": "x", "at": ["lina"]}, 400, "lina"),
        ({"text": "x", "as": "nobody"}, 404, "nobody"),
        ({"text": "x", "as": "lina"}, 404, "lina"),
    ],
)
async def test_a_bad_message_is_refused_by_name(page_api, change, status, names):
    body = {"as": "alice", **change}
    found, answer = await page_api.post(f"api/chats/{page_api.path_of('Design')}/messages", body)
    assert found == status
    assert names in answer["error"]


async def test_an_empty_message_in_a_direct_chat_is_refused(page_api):
    assert (await page_api.say(" ", chat="Alice Chen"))[0] == 400


async def test_somebody_elses_direct_chat_stays_closed(page_api):
    assert (await page_api.timeline(who="bob", chat="Alice Chen"))[0] == 404


async def test_unknown_cards_paths_and_chats_are_not_found(page_api):
    assert (await page_api.post("api/cards/none/presses", {"as": "alice", "button": "later:1"}))[0] == 404
    assert (await page_api.get("api/nothing"))[0] == 404
    assert (await page_api.get("static/server.py"))[0] == 404
    assert (await page_api.get("static/..%2Fserver.py"))[0] == 404
    assert (await page_api.timeline(chat="cidNone"))[0] == 404


async def test_only_loopback_hosts_are_served(page_api):
    for host in ("evil.example", "127.0.0.1.evil.example", "", "["):
        status, answer = await page_api.get("api/stage", headers={"Host": host})
        assert (status, "127.0.0.1" in answer["error"]) == (403, True)
    assert (await page_api.get("api/stage", headers={"Host": "localhost:1"}))[0] == 200


async def test_another_sites_page_is_refused(page_api):
    path = f"api/chats/{page_api.path_of('Design')}/messages"
    body = {"as": "alice", "text": "x"}
    assert (await page_api.post(path, body, headers={"Origin": "http://evil.example"}))[0] == 403
    assert (await page_api.post(path, body, headers={"Content-Type": "text/plain"}))[0] == 415
    assert (await page_api.post(path, body, headers={"Origin": page_api.url.rstrip("/")}))[0] == 202


async def test_a_large_body_is_refused(page_api):
    status, answer = await page_api.say("x" * 300_000)
    assert (status, "error" in answer) == (413, True)


async def test_only_own_scripts_may_run(page_api):
    async with page_api.session.get(page_api.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        html = await answer.text()
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http://" not in html
    assert "https://" not in html
