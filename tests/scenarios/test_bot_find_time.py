"""A common time, on the wire: slots with their reasons, or what comes nearest and what opens some."""

from __future__ import annotations

from scenario import MONDAY, on_tuesday

QUERY, DELIVER = "querySchedule", "createAndDeliver"
ASK, ASK_EN = "周二找一小时", "find 1h on Tuesday"


def lines(card):
    return card.params["markdown"].split("\n\n")


def buttons(card):
    return [button.text for button in card.buttons]


def slots(card):
    """The day and hours of each slot."""
    return [line[2:].strip(" ️⃣⭐") for line in lines(card) if "️⃣" in line]


async def ask(who, text, *at, to, now=MONDAY):
    await who.says(text, at=list(at), to="direct" if to is who.direct else to, created_at=now)
    return await to.next_card()


async def test_slots_are_ranked_each_with_its_reason(bot, alice, bob, carol, group):
    bob.calendar.busy(on_tuesday(9), on_tuesday(10))
    carol.calendar.busy(on_tuesday(10), on_tuesday(13.5))
    carol.calendar.tentative(on_tuesday(16), on_tuesday(18))
    card = await ask(alice, ASK, bob, carol, to=group)
    assert card.params["title"] == "3 人共同空档 · 60 分钟"
    assert lines(card) == [
        "周二 3/13 全天（北京时间）",
        "1️⃣ 周二 3/13 13:30–14:30 ⭐",
        "全员有空，王芳 前一场刚结束",
        "2️⃣ 周二 3/13 14:30–15:30",
        "全员有空，前后各留 30 分钟",
        "3️⃣ 周二 3/13 16:30–17:30",
        "2 人有空，王芳 待定，前后各留 30 分钟",
    ]
