"""`youkong digest`: one digest printed or sent, and what its card leads to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from scenario import TUESDAY, on_tuesday, run, settings_of, until

from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language
from bot.store import Store, digests, hidden

CHAT = "cidDesign=="
ON = "2040-03-13"
TEAM = ("alice", "bob", "carol", "dora", "eve", "finn")


@pytest.fixture
def team(dingtalk, alice, bob, carol, group):
    """Six people: out all day, a full morning, an afternoon until four, tentative, unknown, free."""
    dora, eve = dingtalk.person("dora", name="孙悦"), dingtalk.person("eve", name="赵磊")
    dingtalk.person("finn", name="陈静").calendar.all_day(TUESDAY.date())
    bob.calendar.busy(on_tuesday(9), on_tuesday(10.5))
    bob.calendar.busy(on_tuesday(10.75), on_tuesday(12))
    carol.calendar.busy(on_tuesday(13), on_tuesday(16))
    eve.calendar.tentative(on_tuesday(8.5), on_tuesday(12.5))
    dingtalk.faults.person_error(dora, "No permission")
    return [alice, bob, carol, dora, eve]


@pytest.fixture
def settings(dingtalk, sqlite_url, team):
    def with_digest(*, booking=False, **changes):
        return settings_of(
            dingtalk,
            sqlite_url,
            teams=[{"name": "设计组", "members": TEAM}],
            chats=[{"id": CHAT, "team": "设计组"}],
            digests=[{"chat": CHAT, **changes}],
            booking={"enabled": booking},
        )

    return with_digest


@pytest.fixture
def digest(settings, tmp_path):
    """Runs the command with these options."""

    times = count()

    async def go(*options, chat=CHAT, holidays=None, booking=False, **changes):
        path = tmp_path / "config.yaml"
        path.write_text(json.dumps({**settings(booking=booking, **changes), "holidays": holidays}))
        return await run(tmp_path / f"out-{next(times)}", "digest", "-c", str(path), "--chat", chat, *options)

    return go


def lines(card):
    return card.params["markdown"].split("\n\n")


def posts(dingtalk):
    return dingtalk.calls_of("createAndDeliver")


async def test_a_dry_run_shows_everybody_as_what_they_are_and_sends_nothing(digest, dingtalk):
    found = await digest("--on", ON, "--dry-run")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.splitlines()[:-1] == [
        "周二 2040/3/13 最适合开会：16–17 点",
        "设计组 · 周二 2040/3/13（北京时间）",
        "⛔ 全天没空 1：陈静",
        "🟡 上午没空 1：李博",
        "🟡 下午没空 1：王芳 到 16:00",
        "🟡 待定 1：赵磊 上午",
        "❔ 查不到 1：孙悦（未开放忙闲）",
        "其余 1 人大多有空",
        "16:00–17:00：4 人有空 · 1 人查不到",
        "查不到不算有空",
    ]
    assert posts(dingtalk) == []


async def test_a_digest_is_posted_once_however_often_it_is_sent(digest, dingtalk, group):
    for _ in range(2):
        found = await digest("--on", ON)
        assert (found.exit_code, found.stderr) == (0, "")
    assert len(group.cards) == 1
    assert [line for line in lines(group.cards[0]) if "陈静" in line] == ["⛔ 全天没空 1：陈静"]


async def test_whoever_opted_out_is_counted_and_never_read(digest, dingtalk, sqlite_url):
    async with await Store.open(sqlite_url) as store:
        await hidden.hide(store, ConversationId(CHAT), StaffId("finn"))
    found = await digest("--on", ON, "--dry-run")
    assert "陈静" not in found.stdout
    assert "其余 1 人大多有空 · 1 人已退出" in found.stdout
    assert "finn" not in [call.body for call in dingtalk.calls_of("user/get")]
    [call] = dingtalk.calls_of("querySchedule")
    assert len(call.body["userIds"]) == 5


async def test_calendars_are_read_in_the_name_of_the_first_member(digest, dingtalk, alice):
    await digest("--on", ON, "--dry-run")
    [call] = dingtalk.calls_of("querySchedule")
    assert alice.union_id in call.path


async def test_a_holiday_is_named_and_nothing_sent(digest, dingtalk):
    day = f"{datetime.now(UTC).year + 1}-10-01"
    found = await digest("--on", day, holidays="CN")
    assert found.exit_code == 0
    assert f"{day}: 国庆节 (National Day) is a holiday" in found.stdout
    assert posts(dingtalk) == []


@pytest.mark.parametrize(
    ("day", "changes", "why"),
    [
        ("2040-03-17", {}, "no digest on Sat 2040-03-17: it is a weekend"),
        (ON, {"days": ["mon"]}, "no digest on Tue 2040-03-13: it goes out on other days of the week"),
    ],
)
async def test_a_day_without_a_digest_says_why(digest, dingtalk, day, changes, why):
    found = await digest("--on", day, **changes)
    assert (found.exit_code, found.stdout.strip()) == (0, why)
    assert posts(dingtalk) == []


async def test_a_chat_without_a_digest_is_one_line(digest):
    found = await digest("--dry-run", chat="cidOther==")
    assert found.exit_code == 2
    assert found.stderr.splitlines() == [
        f"youkong: digests: no digest for 'cidOther==' (known: '{CHAT}'): set one in the chat"
    ]


async def test_by_default_the_next_digest_after_today_is_printed(digest):
    found = await digest("--dry-run", days="daily")
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    near = (tomorrow, tomorrow + timedelta(days=1))  # the chat's midnight is not ours
    assert any(f"{day.month}/{day.day}" in found.stdout for day in near)
    assert "明天最适合开会" in found.stdout


async def test_a_quiet_digest_without_anything_to_say_is_not_sent(digest, dingtalk):
    dingtalk.faults.clear()
    found = await digest("--on", "2040-03-14", quiet=True)
    assert found.exit_code == 0
    assert "(quiet: there is nothing to say, so it is not sent)" in found.stdout
    assert posts(dingtalk) == []


async def test_a_quiet_digest_with_somebody_unknown_is_sent(digest, group):
    await digest("--on", "2040-03-14", quiet=True)
    assert len(group.cards) == 1


async def test_where_nobody_can_be_read_it_says_so_and_sends_nothing(digest, dingtalk):
    dingtalk.faults.fail("querySchedule", status=500)
    found = await digest("--on", ON)
    assert found.exit_code == 1
    assert "nobody's calendar could be read (failed); nothing was sent" in found.stderr
    assert posts(dingtalk) == []
    found = await digest("--on", ON, "--dry-run")
    assert found.stdout.startswith("周二 2040/3/13 没查到（查询失败）")
    assert "大多有空" not in found.stdout


async def test_the_edition_may_be_named(digest):
    weekly = {"edition": "week", "days": ["mon"]}
    found = await digest("--on", "2040-03-12", "--dry-run", "--edition", "week", **weekly)
    assert found.stdout.startswith("本周最适合开会")
    found = await digest("--on", "2040-03-13", "--dry-run", **weekly)
    assert found.stdout.strip() == "no digest on Tue 2040-03-13: it goes out on other days of the week"
    found = await digest("--dry-run", "--edition", "day", **weekly)
    assert found.exit_code == 2
    assert found.stderr.splitlines() == [
        f"youkong: digests: no digest of the edition day for {CHAT!r} (known: {CHAT!r}): set one in the chat"
    ]


async def test_the_last_digest_of_a_week_may_look_at_the_next(digest):
    found = await digest("--on", "2040-03-09", "--dry-run", week_ahead=True)
    assert found.stdout.splitlines()[0] == "下周最适合开会：周一 13–18 点"
    rows = [line for line in found.stdout.splitlines() if "｜" in line][1:]
    assert [row.split()[-1] for row in rows] == ["周一", "周二", "周三", "周四", "周五"]
    assert "❔ 查不到 1：孙悦（未开放忙闲）" in found.stdout


async def test_a_digest_for_one_person_goes_to_their_chat(digest, alice, group):
    found = await digest("--on", ON, chat="alice", user="alice")
    assert found.exit_code == 2  # a digest goes to a chat or to a person


@pytest.fixture
async def posted(digest, settings, start, group, dingtalk):
    """The card of Tuesday in the group, and the bot that answers its buttons."""
    changes = settings(booking=True)
    for section in ("dingtalk", "store", "server", "holidays"):
        changes.pop(section)
    await digest("--on", ON, booking=True)
    card = await group.next_card()
    await start(**changes)  # which may have a digest of its own to post, at this time of the day
    return card


async def test_a_digest_leads_to_the_heat_map_and_back(posted, bob):
    before = dict(posted.params)
    assert [button.text for button in posted.buttons] == [
        "约在 16:00",
        "看热力图",
        "周三 2040/3/14",
        "设置",
    ]
    await bob.presses(posted, "heat_map")
    assert "🟧🟧🟧｜🟧🟧🟧🟧🟧 陈静" in lines(posted)
    assert posted.button("digest").text == "回到日报"
    await bob.presses(posted, "later")
    assert "周三" in posted.params["title"]
    await bob.presses(posted, "digest")
    assert posted.params["markdown"] == before["markdown"]


async def test_the_next_day_is_one_tap_away(posted, bob):
    await bob.presses(posted, "next_day")
    assert posted.params["title"] == "6 人 · 周三 2040/3/14"


async def test_the_best_hour_is_booked_for_whoever_is_free(posted, alice, bob):
    await alice.presses(posted, "book_1")
    await until(lambda: "已约" in posted.params["title"])
    assert len(alice.calendar.between(on_tuesday(16), on_tuesday(17))) == 1


async def test_whoever_opted_out_is_not_on_the_heat_map_either(posted, bob, sqlite_url):
    async with await Store.open(sqlite_url) as store:
        await hidden.hide(store, ConversationId(CHAT), StaffId("finn"))
    await bob.presses(posted, "heat_map")
    await bob.presses(posted, "digest")
    assert "其余 1 人大多有空 · 1 人已退出" in lines(posted)
    await bob.presses(posted, "heat_map")
    assert posted.params["title"] == "5 人 · 周二 2040/3/13"
    assert "陈静" not in posted.params["markdown"]


async def test_what_was_set_in_the_chat_is_printed_rather_than_what_is_configured(digest, team, sqlite_url):
    set_there = Digest(
        ConversationId(CHAT), time(8, 45), "Asia/Shanghai", Language.EN, team="设计组", operator=StaffId("bob")
    )
    async with await Store.open(sqlite_url) as store:
        await digests.put(store, set_there, by=StaffId("bob"), now=datetime.now(UTC))
        printed = await digest("--on", ON, "--dry-run")
        assert printed.stdout.startswith("Best team hour")
        await digests.put(store, replace(set_there, on=False), by=StaffId("bob"), now=datetime.now(UTC))
        assert "turned off" in (await digest("--on", ON, "--dry-run")).stdout
