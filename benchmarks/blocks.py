"""How long the event loop stands still: the longest callback of each kind of question, in processor time.

`python -m benchmarks.blocks` runs the emulator and the bot as two processes, about a minute for each size of the
organisation, and exits with 1 where a callback takes more than 10 ms. An idle loop in the same run is the first row.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.report import percentile
from bot.emulator import Conversation, Emulator
from bot.emulator import Person as Colleague
from bot.model.people import Person, StaffId, UnionId
from bot.store import Store
from bot.store import people as people_table

ROOT = Path(__file__).parents[1]
ZONE = ZoneInfo("Asia/Shanghai")
AT_MOST_SECONDS = 300
MOST_MS = 10.0
TEAM = 200
DAYS = 32
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力斌波宁贵福生龙元全国胜学祥才发武新利清飞"


@dataclass(frozen=True, slots=True)
class Phase:
    """One kind of question and how many people it mentions."""

    name: str
    texts: tuple[str, ...]
    people: int = 0


PHASES = (
    Phase("idle", ()),
    Phase("20 people, a day", ("明天谁有空", "后天谁有空"), 20),
    Phase("200 people, a day", ("明天谁有空", "后天下午谁有空"), TEAM),
    Phase("200 people, two weeks", ("接下来14天谁有空",), TEAM),
    Phase("200 people, 30 days", ("接下来30天谁有空",), TEAM),
    Phase("200 people, a common time in 30 days", ("接下来30天找一个小时开会",), TEAM),
    Phase("200 people, the week's map", ("下周谁有空", "看看大家下周的日程"), TEAM),
    Phase("a name, whole", ("NAME1明天有空吗", "NAME2和NAME3明天下午有空吗")),
    Phase("a name, a part of it", ("GIVEN1明天有空吗", "小WANG明天有空吗", "WANG总明天有空吗")),
    Phase("a name, by its sound", ("is wangwei free tomorrow", "is liuyang free tomorrow 3pm")),
    Phase("a name that nobody has", ("慕容铁柱明天有空吗", "is Zebediah Quux free tomorrow")),
)


def organisation(size: int) -> list[Person]:
    """So many people with Chinese names, some with an English one."""
    chance = random.Random(5)
    english = ("Amy", "Ben", "Cora", "Dan", "Eve", "Finn")
    people = []
    for number in range(size):
        name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
        name += f" {chance.choice(english)}" if number % 10 == 0 else ""
        people.append(Person(StaffId(f"p{number:06}"), UnionId(f"union{number:06}"), name))
    return people


async def remember(people: Sequence[Person], url: str) -> None:
    """The index of the organisation, as it is on any day but the first."""
    now = datetime.now(UTC)
    async with await Store.open(url) as store:
        await people_table.begin_index(store, now=now, older_than=now, given_up=now)
        for start in range(0, len(people), 500):
            await people_table.index(store, people[start : start + 500], begun=now)
        await people_table.end_index(store, begun=now)


def fill(person: Colleague, number: int) -> None:
    """Six meetings on each day, at minutes of one's own."""
    today = datetime.now(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(DAYS):
        for hour in (9, 10, 11, 14, 15, 17):
            start = today + timedelta(days=day, hours=hour, minutes=(number * 7 + day) % 8 * 5)
            person.calendar.busy(start, start + timedelta(minutes=25))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured of one phase: processor milliseconds of its callbacks, and the names of the longest."""

    name: str
    callbacks: tuple[float, ...]
    longest: str

    def __str__(self) -> str:
        most, high = max(self.callbacks, default=0.0), percentile(self.callbacks, 0.999) if self.callbacks else 0.0
        return f"{self.name:40}{len(self.callbacks):>9,}{high:>9.2f}{most:>9.2f}  {self.longest}"


async def measure(size: int) -> list[Seen]:
    """Every phase in an organisation of so many people."""
    everybody = organisation(size)
    async with Emulator(calls_per_second=None, redeliver_unacked=None) as dingtalk:
        asker = dingtalk.person("asker", name="Asker")
        known = everybody[:TEAM] if size >= TEAM else everybody
        team = [dingtalk.person(each.staff_id, name=each.name, union_id=each.union_id) for each in known]
        for number, person in enumerate(team):
            fill(person, number)
        group = dingtalk.group("talk", [asker])
        with tempfile.TemporaryDirectory(prefix="youkong-blocks-") as name:
            folder = Path(name)
            url = f"sqlite:///{folder}/youkong.db"
            await remember(everybody, url)
            (folder / "config.yaml").write_text(json.dumps(_settings(dingtalk, url)))  # JSON is YAML
            watched = folder / "callbacks.json"
            command = ("-m", "benchmarks.callbacks", str(watched), "run", "-c", str(folder / "config.yaml"))
            with (folder / "log").open("wb") as out:
                bot = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, stdout=out, stderr=out)
            try:
                await dingtalk.connected(timeout=30)
                await asyncio.sleep(8 + size / 5000)  # until the names are made
                bounds = [await _phase(phase, asker, team, group, everybody) for phase in PHASES]
            except TimeoutError:
                print((folder / "log").read_text()[-3000:], file=sys.stderr)
                raise
            finally:
                if bot.returncode is None:
                    bot.terminate()
                await bot.wait()
            found = json.loads(watched.read_text())
    return [_seen(phase.name, found, start, end) for phase, (start, end) in zip(PHASES, bounds, strict=True)]


async def _phase(
    phase: Phase, asker: Colleague, team: list[Colleague], group: Conversation, everybody: Sequence[Person]
) -> tuple[float, float]:
    """When it began and ended."""
    began = time()
    if not phase.texts:
        await asyncio.sleep(3)
    for text in phase.texts:
        said = text.replace("WANG", everybody[0].name[0])
        for number in (1, 2, 3):
            name = everybody[number].name
            said = said.replace(f"NAME{number}", name).replace(f"GIVEN{number}", name[1:])
        await asker.says(said, at=team[: phase.people], to=group)
        await group.next_card(timeout=60)
        await asyncio.sleep(0.5)
    return began, time()


def _seen(name: str, found: dict[str, Any], start: float, end: float) -> Seen:
    taken = tuple(
        seconds * 1e3 for ended, seconds in zip(found["ended"], found["seconds"], strict=True) if start <= ended <= end
    )
    long = sorted((took, what) for at, took, what in found["long"] if start <= at <= end)[-2:]
    return Seen(name, taken, ", ".join(f"{what} {took * 1e3:.1f}" for took, what in reversed(long)))


def _settings(dingtalk: Emulator, url: str) -> dict[str, Any]:
    return {
        "dingtalk": {
            "client_id": dingtalk.client_id,
            "client_secret": dingtalk.client_secret,
            "api_url": dingtalk.url,
            "oapi_url": dingtalk.url,
            "calls_per_second": 1000,
            "monthly_calls": 1_000_000,
        },
        "limits": {"questions_per_minute": 1000, "share_of_month": 1.0},
        "holidays": None,
        "store": {"url": url},
        "server": {"port": None},
    }


async def _bounded(size: int) -> list[Seen]:
    async with asyncio.timeout(AT_MOST_SECONDS):
        return await measure(size)


def main() -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.blocks", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[10_000, 50_000], help="of the organisation")
    worst = 0.0
    for size in parser.parse_args().people:
        rows = asyncio.run(_bounded(size))
        print(f"\n{size:,} people in the organisation\n{'':40}{'callbacks':>9}{'p99.9':>9}{'most, ms':>9}  longest")
        print(*rows, sep="\n")
        worst = max(worst, *(max(row.callbacks, default=0.0) for row in rows))
    return 0 if worst <= MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
