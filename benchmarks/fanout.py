"""A thousand chats at ten past nine: what the digests cost, how long they take, and what a person's question waits.

`python -m benchmarks.fanout` runs the emulator and the bot as two processes, about two and a half minutes in all, and
exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import psutil
from sqlalchemy import Connection

from bot.emulator import Call, Emulator
from bot.emulator import Person as Colleague
from bot.model.digests import Digest, DigestDays
from bot.model.people import ConversationId, Person, StaffId, UnionId
from bot.model.requests import Language
from bot.store import Store, digests, rosters
from bot.store import people as people_table

RATE = 20
LATENCY = 0.1
QUESTIONS = 24
ZONE = ZoneInfo("Asia/Shanghai")
AT_MOST_SECONDS = 420
_ROOT = Path(__file__).parents[1]
QUERY, CARD = "querySchedule", "createAndDeliver"


@dataclass(frozen=True, slots=True)
class Size:
    """So many operators, each with so many chats and people."""

    operators: int
    chats: int
    people: int


FULL, SMALL = Size(operators=50, chats=20, people=400), Size(operators=10, chats=20, people=400)


@dataclass(slots=True)
class Company:
    """Who is in which chat: by operator, whose calendar rights they are read with, and who stands in front."""

    dingtalk: Emulator
    teams: dict[str, list[Colleague]] = field(default_factory=dict)
    operators: list[list[Colleague]] = field(default_factory=list)
    askers: list[Colleague] = field(default_factory=list)


def found(dingtalk: Emulator, size: Size) -> Company:
    """A company whose chats have from 6 to 40 members; some of them are in two chats of one operator."""
    chance, company = random.Random(9), Company(dingtalk)
    for operator in range(size.operators):
        people = [dingtalk.person(f"p{operator:02}{n:03}") for n in range(size.people)]
        company.operators.append(people)
        cuts = sorted(chance.sample(range(1, size.people - 1), size.chats - 1))
        for number, (start, end) in enumerate(zip([1, *cuts], [*cuts, size.people], strict=True)):
            others = chance.sample(people, 5)
            name = f"cid{operator:02}x{number:02}"
            company.teams[name] = list(dict.fromkeys([people[0], *people[start:end], *others]))
            dingtalk.group(name, [people[0]], id=name)
    company.askers = [dingtalk.person(f"asker{n:03}") for n in range(2 * QUESTIONS)]
    dingtalk.group("talk", company.askers, id="cidTalk")
    return company


async def remember(company: Company, url: str, due: datetime) -> None:
    """Everybody is known from the start, as on any day but the first; teams and digests were set in their chats."""
    everybody = [each for people in (*company.operators, company.askers) for each in people]
    known = [Person(StaffId(each.staff_id), UnionId(each.union_id), each.name) for each in everybody]
    now = datetime.now(UTC)
    async with await Store.open(url) as store:
        await people_table.begin_index(store, now=now, older_than=now, given_up=now)
        await people_table.index(store, known, begun=now)
        await people_table.end_index(store, begun=now)
        await store.run(lambda connection: _set_up(connection, company, due, now))


def _set_up(connection: Connection, company: Company, due: datetime, now: datetime) -> None:
    for name, members in company.teams.items():
        place, operator = ConversationId(name), StaffId(members[0].staff_id)
        digest = Digest(
            place, due.time(), ZONE.key, Language.ZH, operator=operator, days=DigestDays.DAILY, set_in_chat=True
        )
        digests.put_in(connection, digest, by=operator, now=now)
        ids = [StaffId(each.staff_id) for each in members]
        rosters.change_in(connection, place, ids, present=True, given=(), by=operator, at=now)


def settings(company: Company, url: str) -> dict[str, Any]:
    """The configuration of the bot."""
    dingtalk = company.dingtalk
    return {
        "dingtalk": {
            "client_id": dingtalk.client_id,
            "client_secret": dingtalk.client_secret,
            "api_url": dingtalk.url,
            "oapi_url": dingtalk.url,
            "calls_per_second": RATE,
            "monthly_calls": 1_000_000,
        },
        "holidays": None,
        "store": {"url": url},
        "server": {"port": None},
    }


@dataclass(slots=True)
class Seen:
    """What was measured; seconds and megabytes."""

    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    cpu: float = 0.0


async def ask(asker: Colleague, company: Company) -> float:
    """Seconds from a person's question in a chat to its card."""
    talk = company.dingtalk.conversations["cidTalk"]
    began = perf_counter()
    await asker.says("明天下午谁有空", at=[company.askers[0]], to=talk)
    await talk.next_card(timeout=30)
    return perf_counter() - began


async def measure(size: Size) -> tuple[Company, Seen]:
    """One fan-out with questions before it and while it lasts."""
    loop = asyncio.get_running_loop()
    async with Emulator(calls_per_second=None, latency=LATENCY, redeliver_unacked=None) as dingtalk:
        company, seen = found(dingtalk, size), Seen()
        with tempfile.TemporaryDirectory(prefix="youkong-fanout-") as folder:
            url = f"sqlite:///{folder}/youkong.db"
            due = datetime.now(ZONE).replace(second=0, microsecond=0) + timedelta(minutes=1)
            due += timedelta(minutes=1) if (due - datetime.now(ZONE)).total_seconds() < 30 else timedelta()
            await remember(company, url, due)
            (Path(folder) / "config.yaml").write_text(json.dumps(settings(company, url)))  # JSON is YAML
            command = (sys.executable, "-m", "bot", "run", "-c", f"{folder}/config.yaml")
            with (Path(folder) / "log").open("wb") as out:
                bot = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, stdout=out, stderr=out)
            watched = psutil.Process(bot.pid)
            watching = loop.create_task(_watch(watched, seen))
            try:
                await dingtalk.connected(timeout=30)
                await asyncio.sleep(4)
                for asker in company.askers[:QUESTIONS]:
                    seen.idle.append(await ask(asker, company))
                await _until(lambda: len(dingtalk.calls_of(CARD)) > QUESTIONS + 20)
                before = watched.cpu_times()
                for asker in company.askers[QUESTIONS:]:
                    seen.busy.append(await ask(asker, company))
                    await asyncio.sleep(len(company.teams) / RATE / QUESTIONS / 2)
                await _until(lambda: len(dingtalk.calls_of(CARD)) >= 2 * QUESTIONS + len(company.teams))
                await asyncio.sleep(3)  # for cards that come twice
                after = watched.cpu_times()
                seen.cpu = after.user + after.system - before.user - before.system
            except TimeoutError:
                print((Path(folder) / "log").read_text()[-2000:], file=sys.stderr)
                raise
            finally:
                watching.cancel()
                if bot.returncode is None:
                    bot.terminate()
                await bot.wait()
        return company, seen


async def _watch(process: psutil.Process, seen: Seen) -> None:
    while True:
        seen.megabytes.append(process.memory_info().rss / 1e6)
        await asyncio.sleep(0.25)


async def _until(fits: Callable[[], bool]) -> None:
    while not fits():  # noqa: ASYNC110 - a ledger has no event
        await asyncio.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its goal: the most that it may be, or exactly what it is to be."""

    name: str
    value: float
    goal: float | None = None
    exact: bool = False
    digits: int = 0

    @property
    def good(self) -> bool:
        """True where there is no goal, or it is met."""
        if self.goal is None:
            return True
        return self.value == self.goal if self.exact else self.value <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{'=' if self.exact else '<='} {self.goal:,.{self.digits}f}"
        verdict = "" if self.goal is None else "pass" if self.good else "FAIL"
        return f"{self.name:58}{self.value:>10,.{self.digits}f}  {goal:>12}  {verdict}".rstrip()


def rows_of(company: Company, seen: Seen) -> list[Row]:
    """The figures of one fan-out."""
    dingtalk, groups = company.dingtalk, company.teams
    digest_cards = [call for call in dingtalk.calls_of(CARD) if "IM_GROUP.cidTalk" not in call.body["openSpaceId"]]
    askers = {each.union_id for each in company.askers}
    queries = [call for call in dingtalk.calls_of(QUERY) if call.ids["union_id"] not in askers]
    minimum = sum(ceil(len(people) / 20) for people in company.operators)
    began, ended = min(call.started for call in queries), max(call.ended or 0.0 for call in digest_cards)
    asked = sum(began <= call.started <= ended for call in dingtalk.calls_of(QUERY))
    ideal = max(asked, sum(began <= call.started <= ended for call in dingtalk.calls_of(CARD))) / RATE
    spaces = Counter(call.body["openSpaceId"] for call in digest_cards)
    return [
        Row("digest cards", len(digest_cards), len(groups), exact=True),
        Row("chats with exactly one", sum(count == 1 for count in spaces.values()), len(groups), exact=True),
        Row("querySchedule calls of digests", len(queries), int(minimum * 1.01)),
        Row("most querySchedule calls in any second", _worst_second(dingtalk.calls_of(QUERY)), RATE),
        Row("most createAndDeliver calls in any second", _worst_second(dingtalk.calls_of(CARD)), RATE),
        Row("seconds from the first call to the last card", ended - began, ideal * 1.06, digits=2),
        Row(
            "seconds to the first card",
            min(c.ended or 0.0 for c in digest_cards) - began,
            3 / RATE + 2 * LATENCY,
            digits=2,
        ),
        Row("a question while idle, median, ms", median(seen.idle) * 1e3),
        Row("a question during it, median, ms", median(seen.busy) * 1e3, median(seen.idle) * 1e3 * 1.2),
        Row("a question during it, the slowest, ms", max(seen.busy) * 1e3),
        Row("most memory, MB", max(seen.megabytes), 200),
        Row("processor time of a card, ms", seen.cpu / len(groups) * 1e3, digits=1),
        Row("breaches of the protocol", len(dingtalk.violations), 0),
    ]


def _worst_second(calls: Sequence[Call]) -> int:
    times = sorted(call.started for call in calls)
    worst = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1.0:
            first += 1
        worst = max(worst, last - first + 1)
    return worst


def others(company: Company) -> list[str]:
    """What clients without a plan would have spent on the same digests, at the same pace."""
    sizes = [len(members) for members in company.teams.values()]
    minimum = sum(ceil(len(people) / 20) for people in company.operators)
    clients = {
        "youkong: full batches for each operator": minimum,
        "one that asks for each chat by itself": sum(ceil(size / 20) for size in sizes),
        "one that asks for each person by themselves": sum(sizes),
    }
    return [
        f"{name:45}{calls:>8,} calls {calls / minimum:>6.2f} x {max(calls, len(sizes)) / RATE:>8.0f} s at the least"
        for name, calls in clients.items()
    ]


async def _bounded(work: Awaitable[tuple[Company, Seen]]) -> tuple[Company, Seen]:
    async with asyncio.timeout(AT_MOST_SECONDS):
        return await work


def main() -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fanout", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 chats instead of 1,000")
    size = SMALL if parser.parse_args().quick else FULL
    company, seen = asyncio.run(_bounded(measure(size)))
    people = sum(map(len, company.operators))
    print(f"{len(company.teams):,} chats, {people:,} people, {size.operators} operators; {RATE} calls a second of each")
    print(f"API, {LATENCY * 1e3:.0f} ms for each call; the emulator's own counts\n")
    rows = rows_of(company, seen)
    print(*rows, sep="\n")
    print("\nquerySchedule calls, computed:\n", *others(company), sep="\n")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
