"""A hundred things that colleagues type, one after the other: each gets an answer of its own, or one line, or none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from scenario import MONDAY, on_tuesday, page

TEXTS = [
    line for line in Path(__file__).with_name("hundred.txt").read_text(encoding="utf8").splitlines() if line[:1] != "#"
]
PEOPLE = {"zw": "张伟", "ln": "李娜", "wf": "王芳", "zl": "赵磊", "cj": "陈静"}
GENERAL = ("没看懂", "I didn't get that")
_SILENT = "-"


async def answers(start, dingtalk, alice) -> list[tuple[str, str]]:
    """Each text with the first line of its answer, from a company of six in one group."""
    people = [dingtalk.person(staff_id, name=name) for staff_id, name in PEOPLE.items()]
    people[0].calendar.busy(MONDAY - timedelta(minutes=30), MONDAY + timedelta(minutes=90))
    people[1].calendar.busy(on_tuesday(14), on_tuesday(16))
    group = dingtalk.group("Team", [alice, *people], id="cidTeam==")
    app = await start(
        booking={"enabled": True},
        limits={"questions_per_minute": 1000, "share_of_month": 1.0},
        teams=[{"name": "all", "members": ["alice", *PEOPLE]}],
        chats=[{"id": group.conversation_id, "team": "all"}],
    )
    await app.refresh_index()
    told = []
    for minutes, text in enumerate(TEXTS):
        before = (len(group.cards), len(group.messages))
        await alice.says(text, to=group, created_at=MONDAY + timedelta(minutes=2 * minutes))
        await _all_answered(app.health_url, minutes + 1)
        cards, messages = group.cards[before[0] :], group.messages[before[1] :]
        first = cards[-1].params["title"] if cards else messages[-1].text if messages else _changed(group, before[0])
        told.append((text, first))
    return told


async def _all_answered(url: str, count: int) -> None:
    """Returns once the bot is done with so many messages, whatever became of them."""
    async with asyncio.timeout(60):
        while True:
            _, text = await page(f"{url}/metrics")
            done = [line for line in text.splitlines() if line.startswith("youkong_answers_total{")]
            if sum(float(line.rpartition(" ")[2]) for line in done) >= count:
                return
            await asyncio.sleep(0.02)


def _changed(group, cards: int) -> str:
    """The card that a follow-up has moved on."""
    return group.cards[cards - 1].params["title"] if cards else _SILENT


async def test_nobody_gets_the_general_card_twice_running(start, dingtalk, alice):
    told = await answers(start, dingtalk, alice)
    for text, first in told:
        print(f"| {text} | {first} |")
    assert len(told) == 100
    general = [first.startswith(GENERAL) for _, first in told]
    assert not any(one and following for one, following in pairwise(general))
    assert sum(general) <= 5
