"""`youkong actions`: who had the bot do what, as the store kept it; no network, no content."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from scenario import MONDAY, on_tuesday, run, settings_of

from bot.model.people import ConversationId, Person, StaffId, UnionId
from bot.store import Store, actions, people
from bot.store.actions import Action, ActionKind, Origin

CHAT = "cidDesign=="
ASK = "周二下午3点到4点有空吗"
ALICE = "alice Alice Chen"
ON = {"booking": {"enabled": True, "at_once": True}}


@pytest.fixture
async def bot(start, group):
    """The bot with booking enabled."""
    return await start(**ON)


@pytest.fixture
def listed(dingtalk, sqlite_url, tmp_path):
    """What the command prints, as the fields of its lines."""
    times = count()

    async def go(*options, **changes):
        path = tmp_path / "config.yaml"
        path.write_text(json.dumps(settings_of(dingtalk, sqlite_url, **changes)))
        found = await run(tmp_path / f"out-{next(times)}", "actions", "-c", str(path), *options)
        assert (found.exit_code, found.stderr) == (0, "")
        return [tuple(line.split("\t")) for line in found.stdout.splitlines()]

    return go


async def booked(dingtalk, alice, people, group):
    """The message that was asked, its card with the slot booked, and the event."""
    said = await alice.says(ASK, at=people, to=group, created_at=MONDAY)
    card = await group.next_card()
    await alice.presses(card, "book_1")
    [event] = dingtalk.calendar_events
    return said, card, event


async def test_a_booking_and_its_cancellation_are_listed_by_person_event_chat_and_message(
    bot, dingtalk, listed, alice, bob, carol, group
):
    assert await listed() == []
    before = datetime.now(UTC).replace(microsecond=0)
    said, card, event = await booked(dingtalk, alice, [bob, carol], group)
    await alice.presses(card, "cancel")
    rows = await listed()
    assert [row[1:] for row in rows] == [
        (ALICE, "booked", event["id"], CHAT, said.msg_id),
        (ALICE, "cancelled", event["id"], CHAT, said.msg_id),
    ]
    times = [datetime.fromisoformat(row[0]) for row in rows]
    assert before <= times[0] <= times[1] <= datetime.now(UTC)
    assert {time.utcoffset() for time in times} == {timedelta(hours=8)}


async def test_presses_that_come_again_are_one_action_and_refused_ones_are_none(
    bot, dingtalk, listed, alice, bob, carol, group
):
    dingtalk.faults.redeliver(0.01, times=2, presses=True)
    said = await alice.says(ASK, at=[bob, carol], to=group, created_at=MONDAY)
    card = await group.next_card()
    dingtalk.faults.fail("createEvent", status=400, code="invalidParameter", times=1)
    await alice.presses(card, "book_1")
    await dingtalk.settle()
    await alice.presses(card, "book_1")
    await card.until(lambda card: card.params["title"].startswith("✅ 已约"))
    await dingtalk.settle()
    [event] = dingtalk.calendar_events
    assert [row[1:] for row in await listed()] == [(ALICE, "booked", event["id"], CHAT, said.msg_id)]


async def test_a_move_is_one_action_on_the_same_event(bot, dingtalk, listed, alice, bob, carol, group):
    said, card, old = await booked(dingtalk, alice, [bob, carol], group)
    await alice.presses(card, "move")
    await alice.presses(card, "book_1")
    assert [row[1:] for row in await listed()] == [
        (ALICE, "booked", old["id"], CHAT, said.msg_id),
        (ALICE, "moved", old["id"], CHAT, said.msg_id),
    ]


async def test_what_is_said_on_an_older_card_names_the_message_that_said_it(bot, dingtalk, listed, alice, bob, group):
    await alice.says("帮我和李博周二找1小时", to=group, created_at=MONDAY)
    card = await group.next_card()
    said = await alice.says("订2", to=group, created_at=MONDAY)
    await card.until(lambda card: card.params["title"].startswith("✅ 已约"))
    [event] = dingtalk.calendar_events
    assert [row[1:] for row in await listed()] == [(ALICE, "booked", event["id"], CHAT, said.msg_id)]


async def test_nothing_of_the_title_is_kept(bot, dingtalk, listed, sqlite_url, alice, bob, group):
    await alice.says("约周二下午3点 讨论评审", at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    assert "评审" in dingtalk.calendar_events[0]["summary"]
    [row] = await listed()
    async with await Store.open(sqlite_url) as store:
        kept = await actions.since(store)
    assert "评审" not in f"{row} {kept}"


async def test_other_things_that_people_have_the_bot_do_are_listed_too(bot, dingtalk, listed, alice, bob, carol, group):
    carol.calendar.busy(on_tuesday(13), on_tuesday(18))
    said = []
    for text in ("团队加上 李博", "用英文", "用中文", "每天9点10分发团队日报", "帮我和他们找周二下午2点到4点的60分钟"):
        at = [bob, carol] if "他们" in text else []
        said.append(await alice.says(text, at=at, to=group, created_at=MONDAY + timedelta(seconds=len(said))))
        card = await group.next_card()
        if "日报" in text:
            await alice.presses(card, "set_up")
    await alice.presses(card, "appeal")
    await carol.direct.next_card()
    await alice.presses(card, "watch")
    await card.until(lambda card: "Alice Chen" in card.params["markdown"])
    await dingtalk.settle()
    rows = await listed()
    assert {row[1] for row in rows} == {ALICE}
    assert sorted((row[2], *row[3:]) for row in rows) == sorted(
        [
            ("team_changed", "-", CHAT, said[0].msg_id),
            ("settings_changed", "-", CHAT, said[1].msg_id),
            ("settings_changed", "-", CHAT, said[2].msg_id),
            ("digest_changed", "-", CHAT, said[3].msg_id),
            ("asked", "-", CHAT, said[4].msg_id),
            ("subscribed", "-", CHAT, said[4].msg_id),
        ]
    )


async def test_a_day_is_one_of_the_configured_zone_and_lines_are_one_each_whatever_a_name_holds(
    listed, dingtalk, sqlite_url
):
    """In Shanghai the first of March begins at 16:00 of the day before in UTC."""
    midnight = datetime(2026, 2, 28, 16, tzinfo=UTC)
    origin = Origin(ConversationId(CHAT))
    async with await Store.open(sqlite_url) as store:
        for n, at in enumerate([midnight, midnight - timedelta(seconds=1)]):
            await actions.put(store, Action(ActionKind.TEAM_CHANGED, str(n), StaffId("eve"), at, origin))
        await people.keep(store, [Person(StaffId("eve"), UnionId("u"), "E\n\x1b[2Jve\t", "")], now=midnight)
    line = ("eve E[2Jve", "team_changed", "-", CHAT, "-")
    assert await listed("--since", "2026-03-01") == [("2026-03-01 00:00:00+08:00", *line)]
    assert len(await listed("--since", "2026-02-28")) == len(await listed("--since", "0001-01-01")) == 2
    assert await listed("--since", "9999-12-31") == []
    assert await listed("--since", "2026-03-01", timezone="Europe/Berlin") == []
    assert (await listed(timezone="UTC"))[-1][0] == "2026-02-28 16:00:00+00:00"
    assert dingtalk.calls == []


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "01.03.2026", ""])
async def test_a_day_that_is_none_is_refused_in_one_line(dingtalk, sqlite_url, tmp_path, day):
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps(settings_of(dingtalk, sqlite_url)))
    found = await run(tmp_path / "out", "actions", "-c", str(path), "--since", day)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == f"youkong: --since: found {day!r}, expected a day such as 2026-03-01\n"
