"""A hundred thousand replies of querySchedule in which something is wrong: nobody who is busy comes out free."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.dingtalk.calendar import query_schedule
from bot.dingtalk.replies import read_reply
from bot.errors import RemoteError
from bot.model.freebusy import FreeBusy
from bot.model.time import Interval
from bot.schedules import free_busy_of

REPLIES, SEED = 100_000, 20_261_130
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 17, 14, tzinfo=SHANGHAI)
WINDOW = Interval(START, START + timedelta(hours=2))
PEOPLE = ("busy", "tentative", "away", "denied", "free")
TAKEN = PEOPLE[:4]
"""Those who must not come out free, whatever is wrong with the reply."""


def timed(status, start, end):
    return {
        "status": status,
        "start": {"dateTime": f"2026-03-17T{start}:00+08:00", "timeZone": "Asia/Shanghai"},
        "end": {"dateTime": f"2026-03-17T{end}:00+08:00", "timeZone": "Asia/Shanghai"},
    }


AWAY = {"status": "BUSY", "start": {"date": "2026-03-17", "timeZone": "UTC"}, "end": {"date": "2026-03-18"}}
GOOD = {
    "scheduleInformation": [
        {"userId": "busy", "scheduleItems": [timed("BUSY", "14:00", "15:00"), timed("BUSY", "15:00", "16:00")]},
        {"userId": "tentative", "scheduleItems": [timed("TENTATIVE", "13:30", "16:30")]},
        {"userId": "away", "scheduleItems": [AWAY]},
        {"userId": "denied", "error": "No permission", "scheduleItems": []},
        {"userId": "free", "scheduleItems": []},
    ]
}
ODD = (
    None,
    0,
    -1,
    1.5,
    True,
    "",
    "soon",
    "null",
    [],
    [[]],
    {},
    {"dateTime": 5},
    "2026-13-45T99:99:99",
    "\ud83d",
    "9" * 400,
)


class Replies:
    """Stands where the calls to DingTalk are made: gives the bytes of one reply, read as every reply is."""

    def __init__(self, content):
        self.utc_times = False
        self._content = content

    async def call(self, api, *_, **__):
        return read_reply(api, 200, self._content)


def spoilt(rng):
    """The good reply with one to three things wrong that hide nothing: what goes is a part, never a whole item."""
    reply = copy.deepcopy(GOOD)
    for _ in range(rng.randint(1, 3)):
        if not list(places(reply)):
            break
        rng.choice((spoil_value, spoil_value, drop_key, drop_entry, repeat_entry, shuffle, misname))(reply, rng)
    content = json.dumps(reply).encode()
    return content[: rng.randrange(len(content))] if rng.random() < 0.1 else content


def places(node, path=()):
    """Every key of every section, as (section, key); statuses are left out: FREE is no fault, and any other is busy."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("status", "error"):
                yield node, key
            yield from places(value)
    elif isinstance(node, list):
        for value in node:
            yield from places(value)


def spoil_value(reply, rng):
    """A value of another kind. An empty list in the place of items would be a good reply of somebody else."""
    section, key = rng.choice(list(places(reply)))
    section[key] = rng.choice([odd for odd in ODD if not (key == "scheduleItems" and odd == [])])


def drop_key(reply, rng):
    section, key = rng.choice(list(places(reply)))
    section.pop(key, None)


def entries(reply):
    found = reply.get("scheduleInformation")
    return found if isinstance(found, list) else []


def drop_entry(reply, rng):
    if entries(reply):
        entries(reply).pop(rng.randrange(len(entries(reply))))


def repeat_entry(reply, rng):
    if entries(reply):
        entries(reply).append(copy.deepcopy(rng.choice(entries(reply))))


def shuffle(reply, rng):
    rng.shuffle(entries(reply))


def misname(reply, rng):
    """An entry of somebody who was not asked about."""
    named = [entry for entry in entries(reply) if isinstance(entry, dict)]
    if named:
        rng.choice(named)["userId"] = "somebody-else"


async def judged(content):
    """Who is free, who is busy and who is unknown by this reply."""
    try:
        found = await query_schedule(Replies(content), asker="asker", people=PEOPLE, start=WINDOW.start, end=WINDOW.end)
    except RemoteError:
        return dict.fromkeys(PEOPLE, "unknown")
    known = {
        person: free_busy_of([entry for entry in found if entry.user_id == person], WINDOW, SHANGHAI)
        for person in PEOPLE
    }
    return {
        person: ("busy" if read.busy else "free") if isinstance(read, FreeBusy) else "unknown"
        for person, read in known.items()
    }


async def test_the_good_reply_is_read_as_it_is_meant():
    assert await judged(json.dumps(GOOD).encode()) == {
        "busy": "busy", "tentative": "busy", "away": "busy", "denied": "unknown", "free": "free",
    }  # fmt: skip


@pytest.mark.timeout(600)
async def test_of_a_hundred_thousand_faulted_replies_none_makes_somebody_free_who_is_not():
    rng, seen = random.Random(SEED), Counter()
    for number in range(REPLIES):
        content = spoilt(rng)
        states = await judged(content)
        assert not [person for person in TAKEN if states[person] == "free"], (number, content)
        seen.update(states.values())
    assert min(seen["free"], seen["busy"], seen["unknown"]) > REPLIES / 10
