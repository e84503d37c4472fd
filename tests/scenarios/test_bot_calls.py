"""What an answer costs, in whose name calendars are read, and when the ack leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from scenario import ASK, MONDAY, crowd, until, verdict_lines

from bot.model.billing import month_of
from bot.store import Store, calls

QUERY, DELIVER = "querySchedule", "createAndDeliver"
IDS = ["plain", "a+b/c==", "$:LWCP_v1:$x/y", "dot.dot"]


@pytest.fixture
def team(dingtalk):
    return crowd(dingtalk, 20)


async def ask(person, *at, to, text=ASK, created_at=MONDAY):
    await person.says(text, at=at, to=to, created_at=created_at)
    return await to.next_card()


async def test_45_people_are_read_in_three_calls_made_together(start, dingtalk, alice, group):
    people = crowd(dingtalk, 45)
    await start(teams=[{"name": "all", "departments": [45]}])
    dingtalk.faults.hang(QUERY)
    await alice.says(f"all {ASK}", to=group, created_at=MONDAY)
    await until(lambda: len(dingtalk.calls_of(QUERY)) == 3)
    assert sorted(len(call.body["userIds"]) for call in dingtalk.calls_of(QUERY)) == [5, 20, 20]
    assert {each for call in dingtalk.calls_of(QUERY) for each in call.body["userIds"]} == {p.union_id for p in people}
    dingtalk.faults.clear()
    assert (await group.next_card()).params["title"] == "45 人都有空"
    await dingtalk.settle()
    assert len(dingtalk.calls_of(QUERY)) == 3


async def test_a_warm_question_about_20_people_costs_two_calls(bot, dingtalk, alice, team, group):
    await ask(alice, *team, to=group)
    before = len(dingtalk.calls)
    card = await ask(alice, *team, to=group, text="周四下午2点到4点谁有空")
    await dingtalk.settle()
    assert verdict_lines(card)[0].startswith("✅ 有空 20")
    assert [call.api for call in dingtalk.calls[before:]] == [QUERY, DELIVER]


async def test_nothing_is_asked_twice_within_a_minute(bot, dingtalk, alice, bob, carol, group):
    await ask(alice, bob, carol, to=group)
    for text in (ASK, "周二上午谁有空", "周二有空吗"):
        await ask(alice, carol, bob, to=group, text=text)
    assert len(dingtalk.calls_of(QUERY)) == 1


async def test_one_more_person_is_asked_alone(bot, dingtalk, alice, bob, carol, group):
    await ask(alice, bob, to=group)
    await ask(alice, bob, carol, to=group)
    assert [call.body["userIds"] for call in dingtalk.calls_of(QUERY)] == [[bob.union_id], [carol.union_id]]


async def test_equal_questions_at_the_same_moment_are_asked_once(bot, dingtalk, alice, bob, group):
    await ask(alice, bob, to=group)
    dingtalk.faults.slow(QUERY, 0.2)
    for _ in range(5):
        await alice.says("周四下午2点到4点谁有空", at=[bob], to=group, created_at=MONDAY)
    for _ in range(5):
        await group.next_card()
    assert len(dingtalk.calls_of(QUERY)) == 2


async def test_another_asker_is_asked_for_anew_and_may_see_less(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(bob, asker=carol)
    first, second = await ask(alice, bob, to=group), await ask(carol, bob, to=group)
    assert verdict_lines(first) == ["✅ 有空 1：李博"]
    assert verdict_lines(second) == ["❔ 查不到 1：李博（未开放忙闲）"]
    assert [call.ids["union_id"] for call in dingtalk.calls_of(QUERY)] == [alice.union_id, carol.union_id]


async def test_a_refresh_asks_only_for_those_who_stayed_unknown(bot, dingtalk, alice, bob, carol, group):
    dingtalk.faults.person_error(bob)
    card = await ask(alice, bob, carol, to=group)
    dingtalk.faults.clear()
    await alice.presses(card, "refresh")
    assert verdict_lines(card) == ["✅ 有空 2：李博、王芳"]
    assert [call.body["userIds"] for call in dingtalk.calls_of(QUERY)] == [
        [bob.union_id, carol.union_id],
        [bob.union_id],
    ]


async def test_people_are_looked_up_once_even_across_restarts(start, dingtalk, alice, bob, group):
    app = await start()
    await ask(alice, bob, to=group)
    await app.stop()
    await start()
    await ask(alice, bob, to=group)
    assert len(dingtalk.calls_of("user/get")) == 2


async def test_many_cold_questions_fetch_one_token(bot, dingtalk, alice, bob, group):
    for n in range(20):
        await alice.says(ASK, at=[bob], to=group, created_at=MONDAY + timedelta(seconds=n))
    for _ in range(20):
        await group.next_card()
    assert len(dingtalk.calls_of("accessToken")) == 1
    assert dingtalk.peak_rate(DELIVER) <= 20


@pytest.mark.parametrize("union_id", IDS)
async def test_the_path_names_the_asker_whatever_their_id_holds(bot, dingtalk, bob, group, union_id):
    asker = dingtalk.person("odd", name="Odd", union_id=union_id)
    card = await ask(asker, bob, to=group)
    if union_id == "dot.dot":  # no id of DingTalk looks like that, so nothing is sent
        assert verdict_lines(card)[0].startswith("❔")
        assert dingtalk.calls_of(QUERY) == []
    else:
        assert [call.ids["union_id"] for call in dingtalk.calls_of(QUERY)] == [union_id]
        assert verdict_lines(card) == ["✅ 有空 1：李博"]


async def test_a_press_reads_in_the_name_of_who_pressed(bot, dingtalk, alice, bob, carol, group):
    card = await ask(alice, bob, to=group)
    dingtalk.faults.person_error(bob, asker=carol)
    await carol.presses(card, "later")
    assert dingtalk.calls_of(QUERY)[-1].ids["union_id"] == carol.union_id
    assert verdict_lines(card) == ["❔ 查不到 1：李博（未开放忙闲）"]


async def test_the_ack_leaves_before_any_call_is_made(bot, dingtalk, alice, bob, group):
    await until(lambda: dingtalk.calls_of("accessToken"))
    await dingtalk.settle()
    before = len(dingtalk.calls)
    said = await alice.says(ASK, at=[bob], to=group, created_at=MONDAY)
    await group.next_card()
    acked = (await said.acked()).acked
    assert all(call.started >= acked for call in dingtalk.calls[before:])


async def test_acks_leave_while_every_call_hangs(bot, dingtalk, alice, bob, group):
    dingtalk.faults.hang("*")
    said = [await alice.says(ASK, at=[bob], to=group, created_at=MONDAY) for _ in range(20)]
    assert {(await each.acked(5)).code for each in said} == {200}
    dingtalk.faults.clear()
    await group.next_card()


async def test_a_token_that_expired_early_loses_no_answer(bot, dingtalk, alice, bob, group):
    await ask(alice, bob, to=group)
    dingtalk.faults.expire_tokens()
    await ask(alice, bob, to=group, text="周四下午2点到4点谁有空")
    assert len(dingtalk.calls_of("accessToken")) == 2


async def test_spent_calls_are_counted_without_the_exempt_ones(start, dingtalk, alice, bob, group, sqlite_url):
    app = await start()
    await ask(alice, bob, to=group)
    await dingtalk.settle()
    await app.stop()
    async with await Store.open(sqlite_url) as store:
        assert await calls.spent(store, month_of(datetime.now(UTC))) == dingtalk.monthly_calls == 2


async def test_a_list_of_strangers_does_not_spend_the_month(bot, dingtalk, alice, group):
    names = ", ".join(
        f"{first}{last}" for first in ("Ann", "Ben", "Cid", "Dan", "Eve") for last in ("a", "b", "c", "d")
    )
    card = await ask(alice, to=group, text=f"are {names} free Tue 2-4pm")
    assert "✅" not in card.text
    assert len(dingtalk.calls_of("users/search")) <= 10
