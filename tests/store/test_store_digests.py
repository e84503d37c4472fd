"""Digests and their days, on SQLite and on PostgreSQL: one a day for each place, whoever dies or comes second."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.model.digests import Digest, DigestDays, DigestKey
from bot.model.people import ConversationId, OutTrackId, StaffId
from bot.model.requests import Language
from bot.store import digest_runs, digests
from bot.store.digest_runs import Run

DUE = datetime(2026, 3, 16, 1, 10, tzinfo=UTC)
LEASE = timedelta(seconds=15)
LATER = DUE + timedelta(minutes=1)
MONDAY = date(2026, 3, 16)


def run(number=1, day=MONDAY):
    return Run(ConversationId(f"cid{number}"), day, DUE, OutTrackId(f"yk-{number}-{day}"))


async def claim(store, *runs, owner="first", now=DUE):
    return await digest_runs.claim(store, runs, owner=owner, now=now, lease=LEASE)


async def take_over(store, *, owner="second", now=LATER, fresh_since=DUE, **more):
    return await digest_runs.take_over(store, owner=owner, now=now, lease=LEASE, fresh_since=fresh_since, **more)


async def test_a_place_has_one_digest_a_day(store):
    assert [each.place for each in await claim(store, run(1), run(2))] == ["cid1", "cid2"]
    assert [each.place for each in await claim(store, run(3), run(1), owner="second")] == ["cid3"]
    assert len(await claim(store, run(1, MONDAY + timedelta(days=1)))) == 1


async def test_a_thousand_are_claimed_at_once(store):
    runs = [run(number) for number in range(1000)]
    assert [each.place for each in await claim(store, *runs)] == [each.place for each in runs]
    assert await claim(store, *runs, owner="second") == []


async def test_what_is_skipped_is_recorded_once_and_never_sent(store):
    assert await digest_runs.skip(store, [run()], owner="first") == [run()]
    assert await digest_runs.skip(store, [run()], owner="second") == []
    assert await claim(store, run()) == []
    assert await take_over(store) == []
    assert await digest_runs.outcomes(store) == {("cid1", MONDAY): "skipped"}


async def test_a_lease_that_ran_out_is_taken_over_and_its_holder_fenced_off(store):
    [mine] = await claim(store, run())
    assert await take_over(store, now=DUE + LEASE / 2) == []
    [taken] = await take_over(store)
    assert taken == replace(mine, attempt=2)
    assert not await digest_runs.hold(store, mine, owner="first", now=LATER, lease=LEASE)
    assert not await digest_runs.sent(store, mine, owner="first", outcome="card", now=LATER)
    assert await digest_runs.hold(store, taken, owner="second", now=LATER, lease=LEASE)
    assert await digest_runs.sent(store, taken, owner="second", outcome="card", now=LATER)
    assert await take_over(store, now=LATER + timedelta(hours=1)) == []


async def test_a_renewed_lease_keeps_and_a_released_one_is_free_at_once(store):
    await claim(store, run(1), run(2))
    assert await digest_runs.renew(store, owner="first", now=DUE + LEASE, lease=LEASE) == 2
    assert await take_over(store, now=DUE + LEASE + timedelta(seconds=1)) == []
    assert await digest_runs.release(store, owner="first") == 2
    assert len(await take_over(store, now=DUE + LEASE + timedelta(seconds=1), limit=1)) == 1


async def test_one_that_could_not_be_sent_waits_and_is_renewed_by_nobody(store):
    [mine] = await claim(store, run())
    assert await digest_runs.postpone(store, mine, owner="first", until=DUE + timedelta(minutes=2))
    assert await digest_runs.renew(store, owner="first", now=LATER, lease=LEASE) == 0
    assert not await digest_runs.hold(store, mine, owner="first", now=LATER, lease=LEASE)
    assert len(await take_over(store, now=DUE + timedelta(minutes=2))) == 1


async def test_the_newest_day_of_each_place_is_known(store):
    await claim(store, run(1), run(2), replace(run(1, MONDAY + timedelta(days=1)), due_at=LATER))
    assert await digest_runs.newest(store) == {"cid1": LATER, "cid2": DUE}


async def test_one_without_data_is_tried_again_at_its_time_by_anybody(store):
    [mine] = await claim(store, run())
    again = DUE + timedelta(minutes=10)
    assert await digest_runs.retry(store, mine, owner="first", at=again)
    assert await digest_runs.release(store, owner="first") == 0
    assert await take_over(store, now=again - timedelta(seconds=1)) == []
    [taken] = await take_over(store, now=again)
    assert (taken.failed, taken.attempt) == (True, 2)
    assert await take_over(store, now=again, owner="third") == []


@pytest.mark.parametrize(("failed", "outcome"), [(False, "stale"), (True, "failed")])
async def test_what_was_begun_and_is_too_late_is_closed(store, failed, outcome):
    [mine] = await claim(store, run())
    if failed:
        await digest_runs.retry(store, mine, owner="first", at=LATER)
    assert await take_over(store, now=LATER, fresh_since=DUE + timedelta(seconds=1)) == []
    assert await digest_runs.outcomes(store) == {("cid1", MONDAY): outcome}
    assert await take_over(store, now=LATER) == []


async def test_a_digest_that_was_set_comes_back_as_it_was(store):
    digest = Digest(
        ConversationId("cid1"), time(9, 10), "Asia/Tokyo", Language.EN, days=(0, 2), paused_until=MONDAY, quiet=True
    )
    assert await digests.stamp(store) == (0, None)
    await digests.put(store, digest, by=StaffId("alice"), now=DUE)
    found = await digests.get(store, digest.key)
    assert (found.digest, found.by, found.updated_at) == (digest, "alice", DUE)
    changed = replace(digest, days=DigestDays.DAILY, on=False)
    await digests.put(store, changed, by=StaffId("bob"), now=LATER)
    assert [each.digest for each in await digests.all_set(store)] == [changed]
    assert await digests.stamp(store) == (1, LATER)
    assert await digests.get(store, DigestKey("other")) is None
