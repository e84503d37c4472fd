"""A quarter of 2026 by a virtual clock: two replicas that are killed and stopped at random, and every digest once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest_replica import Turned, replica
from scenario import settings_of

from bot.availability.holidays import read_table
from bot.emulator import Emulator
from bot.store import Store, digest_runs

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
END = datetime(2026, 3, 31, 15, tzinfo=UTC)  # before the first digest of April is due, in Tokyo
DAYS = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]

# The State Council's notice for 2026, by hand: New Year 1 to 3 January, Spring Festival 15 to 23 February.
HOLIDAYS = {date(2026, 1, day) for day in (1, 2, 3)} | {date(2026, 2, day) for day in range(15, 24)}
MAKE_UP = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28)}


def is_worked(day):
    return day in MAKE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


@dataclass(frozen=True)
class Chat:
    id: str
    zone: str
    at: str
    days: object
    name: str

    def is_its_day(self, day):
        if self.days == "daily":
            return True
        if self.days == "workdays":
            return is_worked(day)
        return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()] in self.days and day not in HOLIDAYS

    def due(self, day):
        hour, minute = map(int, self.at.split(":"))
        if self.zone == "America/New_York" and (day, hour) == (date(2026, 3, 8), 2):
            hour += 1  # the clock goes from 2 to 3 that night
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


CHATS = (
    Chat("cidA", "Asia/Shanghai", "9:10", "workdays", "Shanghai 09:10 workdays"),
    Chat("cidB", "Asia/Shanghai", "18:00", "daily", "Shanghai 18:00 daily"),
    Chat("cidC", "Asia/Tokyo", "9:10", "workdays", "Tokyo 09:10 workdays"),
    Chat("cidD", "Asia/Tokyo", "0:05", ["mon", "wed", "sat"], "Tokyo 00:05 Mon Wed Sat"),
    Chat("cidE", "America/New_York", "9:10", "workdays", "New York 09:10 workdays"),
    Chat("cidF", "America/New_York", "2:30", "daily", "New York 02:30 daily"),
)


class Killed(BaseException):
    """kill -9."""


@dataclass
class Recorder:
    """What the chats have seen; now and then the process dies just before a card, or just after it."""

    chance: random.Random
    cards: dict[str, tuple[str, date]] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    kills: int = 0

    async def post(self, to, reply, *, again):
        killed = self.chance.random()
        await asyncio.sleep(0)
        self._die(killed < 0.06)
        edition, card = reply.card.edition, to.card
        self.cards.setdefault(card, (edition.digest.place, edition.day))
        if edition.late:
            self.late.add(card)
        self._die(killed > 0.94)

    def _die(self, dies):
        if dies:
            self.kills += 1
            raise Killed

    async def say(self, to, reply):
        raise AssertionError("a digest went out as a text")


def wanted():
    """Every digest of the quarter, by hand: place and day, and when it is due."""
    return {(chat.id, day): chat.due(day) for chat in CHATS for day in DAYS if chat.is_its_day(day)}


def outages(chance):
    """Times at which no process runs: most of them short, some for hours, one for days."""
    begin = datetime(2026, 1, 2, tzinfo=UTC)
    found = []
    for number in range(40):
        start = begin + timedelta(days=2 * number, minutes=chance.randrange(2 * 24 * 60 - 600))
        found.append((start, start + timedelta(minutes=chance.choice([3, 20, 80, 89, 100, 400]))))
    found.append((datetime(2026, 3, 24, 5, tzinfo=UTC), datetime(2026, 3, 27, 5, tzinfo=UTC)))
    return found


def is_down(moment, off):
    return any(start <= moment < end for start, end in off)


def looks(off, chance):
    """When somebody looks: at every due time, some minutes after it, when a process starts, and now and then."""
    moments = {due + delay * MINUTE for due in wanted().values() for delay in (0, 1, 2, 3, 4)}
    moments |= {end for _, end in off} | {end + delay * MINUTE for _, end in off for delay in (1, 2, 3, 4)}
    begin = datetime(2025, 12, 31, 16, tzinfo=UTC)
    moments |= {begin + timedelta(minutes=chance.randrange(91 * 24 * 60)) for _ in range(300)}
    return sorted(moment for moment in moments if moment < END and not is_down(moment, off))


def expected(due, off):
    """What becomes of a digest: a process that is there sends it at once, one that comes back late does or skips it."""
    seen = next((end for start, end in off if start <= due < end), due)
    if seen == due:
        return "sent"
    if seen - due > 90 * MINUTE:
        return "skipped"
    return "late or sent" if seen - due <= 80 * MINUTE else "late or skipped"  # where it is killed at the very end


async def test_a_quarter_of_digests_has_none_wrong_none_missing_and_none_twice(sqlite_url, capsys):
    chance = random.Random(2026)
    recorder, off, clock = Recorder(chance), outages(chance), Turned(datetime(2025, 12, 31, 16, tzinfo=UTC))
    async with Emulator(calls_per_second=None, redeliver_unacked=None) as dingtalk, AsyncExitStack() as running:
        people = [dingtalk.person("alice"), dingtalk.person("bob")]
        for chat in CHATS:
            dingtalk.group(chat.name, people, id=chat.id)
        settings = {
            "dingtalk": {**settings_of(dingtalk, sqlite_url)["dingtalk"], "calls_per_second": 100_000},
            "teams": [{"name": "all", "members": ["alice", "bob"]}],
            "digests": [
                {"chat": chat.id, "team": "all", "timezone": chat.zone, "at": chat.at, "days": chat.days}
                for chat in CHATS
            ],
        }
        table, started = read_table("CN", [2026]), 0

        async def start():
            nonlocal started
            started += 1
            return await running.enter_async_context(
                replica(dingtalk, sqlite_url, clock, sender=recorder, holidays=table, **settings)
            )

        async def look(number, moment):
            try:
                await replicas[number].look(moment)
            except BaseExceptionGroup as killed:
                if killed.subgroup(Killed) is None:
                    raise
                replicas[number] = await start()

        replicas = [await start(), await start()]
        before = clock.now
        for moment in looks(off, chance):
            if any(before < end <= moment for _, end in off) or chance.random() < 0.01:
                replicas = [await start(), await start()]
            for number in chance.choice([(0,), (1,), (0, 1), (1, 0)]):
                await look(number, moment)
            if chance.random() < 0.2:
                await asyncio.gather(look(0, moment), look(1, moment))
            before = moment
    async with await Store.open(sqlite_url) as store:
        kept = await digest_runs.outcomes(store)
    recorded = {(place, day): outcome for (place, day), outcome in kept.items() if day >= FIRST}  # New York begins late
    seen = Counter(recorder.cards.values())
    with capsys.disabled():
        print(f"\n{drawn(recorded, off)}\n{len(seen)} digests, {recorder.kills} kills, {started} starts")
    assert recorder.kills > 30
    wrong = sorted(set(seen) - set(wanted()))
    double = [which for which, count in seen.items() if count > 1]
    should_be_there = {which for which, due in wanted().items() if "sent" in expected(due, off)}
    missing = sorted(should_be_there - set(seen))
    assert (wrong, missing, double) == ([], [], [])
    for which, due in wanted().items():
        assert recorded[which] in expected(due, off), which
    assert set(recorded) == set(wanted())


def drawn(recorded, off):
    """The table of days: what kind each is, and what became of each chat's digest."""
    marks = {"sent": "sent", "late": "LATE", "skipped": "skip", None: "."}
    lines = [f"{'':28}" + "".join(f"{chat.id[3:]:>6}" for chat in CHATS)]
    lines += [f"{chat.id[3:]:>6} = {chat.name}" for chat in CHATS]
    for day in DAYS:
        kind = (
            "holiday" if day in HOLIDAYS else "make-up day" if day in MAKE_UP else "" if is_worked(day) else "day off"
        )
        became = [marks.get(recorded.get((chat.id, day)), "?") for chat in CHATS]
        lines.append(f"{day:%Y-%m-%d %a}  {kind:12}" + "".join(f"{mark:>6}" for mark in became))
    return "\n".join(lines)
