"""Whatever people say and press, nobody is read in the name of somebody who did not cause it.

Each seed is a company and a script of messages, presses, reminders and digests. What may be read at each step is said
by `access_rights` alone, from who did what; what was read stands in DingTalk's ledger.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from access_rights import About, Law, Rights, with_more
from digest_replica import Turned, replica
from scenario import MONDAY, SHANGHAI, on_tuesday

from bot.app import App
from bot.emulator import Card, Conversation, Emulator, Person
from bot.store import Store

WORLDS, STEPS = 60, 12
NAMES = (
    "王小明",
    "李晓芳",
    "张建国",
    "赵文静",
    "孙志强",
    "周玉兰",
    "吴海燕",
    "冯思远",
    "陈丽华",
    "褚天宇",
    "卫子涵",
    "蒋欣怡",
)
DUE = datetime(2040, 3, 12, 9, 10, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
DESIGN, OPS = "cidDesign==", "cidOps=="
QUESTIONS = (
    "{}周二下午2点到4点有空吗",
    "{}明天上午谁有空",
    "{}现在有空吗",
    "{}什么时候有空",
    "{}周二到周五找45分钟",
    "看下{}本周的忙闲",
    "{}今天谁请假",
)
ENGLISH = ("who's free Tue 2-4pm {}", "when is {} next free", "find 45 min this week with {}")
WAITS = ("{}周二下午有空时告诉我", "{}周二到周五有空时告诉我")
KINDS = (*("mention", "order", "wait") * 2, "name", "me", "team", "nobody", "all", "digest")
FOLLOW_UPS = ("那周四呢", "换成30分钟", "再晚点", "有空时告诉我", "约1", "再加上我")
LEFT_ALONE = ("undo", "turn_on", "turn_off", "pause", "resume", "at")
"""Buttons that change a team or a digest; what is said does both."""


@dataclass
class Shown:
    """A card that somebody can press, whom it is about, and every button it ever had."""

    card: Card
    about: About
    author: str
    letter: bool = False
    ids: dict[str, None] = field(default_factory=dict)


class Script:
    """One company at work, and the law that holds for it."""

    def __init__(self, dingtalk: Emulator, seed: int, store_url: str) -> None:
        self.rng, self.dingtalk, self.store_url = random.Random(seed), dingtalk, store_url
        self.log: list[str] = [f"seed {seed}"]
        rng, count = self.rng, self.rng.randint(6, 12)
        self.people = [dingtalk.person(f"p{n:02}", name=NAMES[n]) for n in range(count)]
        self.ids = {each.union_id: each.staff_id for each in self.people}
        self.names = {each.staff_id: each.name for each in self.people}
        self.here = list(self.people)
        teams = {name: [each.staff_id for each in self.some(2, 4)] for name in ("design", "ops")}
        members = self.some(3, count)
        listed = rng.random() < 0.4
        self.groups = [
            dingtalk.group("设计", members, id=DESIGN, scene=listed),
            dingtalk.group("运维", self.some(3, count), id=OPS),
        ]
        self.team_named = teams
        named = teams["design"] if rng.random() < 0.7 else []
        configured = {DESIGN: [*dict.fromkeys([*named, *([each.staff_id for each in members] if listed else [])])]}
        for each in self.people:
            configured[each.direct.conversation_id] = []
        self.law = Law({**configured, OPS: []})
        chat = {"id": DESIGN, "team": "design" if named else None, "members": "group" if listed else None}
        aliases = {"design": "设计组", "ops": "运维组"}
        self.settings = {
            "teams": [{"name": name, "aliases": [aliases[name]], "members": ids} for name, ids in teams.items()],
            "chats": [chat],
            "booking": {"enabled": True, "at_once": rng.random() < 0.5},
        }
        self.digests = [{"chat": DESIGN}] if rng.random() < 0.8 else []
        self.cards: dict[str, Shown] = {}
        self.now, self.next_due, self.seen = MONDAY, DUE, 0
        for each in self.people:
            if rng.random() < 0.35:  # what cannot be seen is asked for each time, whoever has asked within the minute
                dingtalk.faults.person_error(each, "No permission")
            for day in range(5):
                if rng.random() < 0.6:
                    start = on_tuesday(rng.randint(9, 15)) + day * DAY
                    each.calendar.busy(start, start + timedelta(hours=rng.randint(1, 5)))

    def some(self, least: int, most: int) -> list[Person]:
        """Some of those who are still there, in any order."""
        return self.rng.sample(self.here, min(self.rng.randint(least, most), len(self.here)))

    def one(self) -> Person:
        return self.rng.choice(self.here)

    # ------------------------------------------------------------ what was read
    def read_since(self) -> Rights:
        """The pairs of every querySchedule since this was asked last."""
        calls = self.dingtalk.schedules_asked()
        new, self.seen = calls[self.seen :], len(calls)
        return {(self.ids[asker], self.ids[each]) for asker, people in new for each in people}

    def holds(self, allowed: Rights) -> None:
        """Nothing was read but what this step, or an answer that comes late, allows."""
        too_much = self.read_since() - allowed - self.law.drawn_late()
        script = "\n".join(self.log)
        assert not too_much, f"{sorted(too_much)} was not for them to read:\n{script}\n{self.law}"

    def find_cards(self, about: About, author: str, *, letter: bool = False) -> None:
        """Keeps cards that came up, and the buttons that cards have now."""
        for place in (*self.groups, *(each.direct for each in self.people)):
            for card in place.cards:
                shown = self.cards.get(card.out_track_id)
                if shown is None:
                    shown = self.cards[card.out_track_id] = Shown(card, about, author, letter)
                shown.ids.update(dict.fromkeys(button.id for button in card.buttons if button.request))

    def forgive_what_is_asked_for_leavers(self) -> None:
        """Whoever has left stays known for a while; that DingTalk knows them no more is nobody's breach."""
        gone = {each.union_id for each in self.people} - {each.union_id for each in self.here}
        for each in [each for each in self.dingtalk.violations if each.rule == "wrong path id"]:
            if any(union_id in each.what for union_id in gone):
                self.dingtalk.violations.remove(each)

    # ------------------------------------------------------------ steps
    async def step(self, app: App, store: Store) -> None:
        """Anything at all."""
        kinds = {
            self.asks: 30,
            self.follows_up: 8,
            self.presses: 40,
            self.changes_team: 10,
            self.hides_or_shows: 12 if self.law.waiting else 7,
            self.sets_digest: 5,
            self.leaves: 3,
            self.is_told: 15 if self.law.waiting else 1,
            self.day_begins: 8,
        }
        [chosen] = self.rng.choices(list(kinds), list(kinds.values()))
        await chosen(app, store)

    async def say(self, who: Person, text: str, to: Conversation, store: Store, at: list[Person] | None = None) -> None:
        """Says it and waits until it has been answered."""
        self.now += timedelta(seconds=2)
        chat = to.conversation_id if to in self.groups else "1:1"
        self.log.append(f"{who.staff_id} in {chat}: {text} @{[each.staff_id for each in at or ()]}")
        said = await who.says(text, at=at or [], to=to if to in self.groups else "direct", created_at=self.now)
        await said.acked()
        done = "SELECT count(*) FROM messages WHERE msg_id = ? AND state = 'answered'"
        for _ in range(3000):
            if await store.run(lambda connection: connection.exec_driver_sql(done, (said.msg_id,)).scalar()):
                return
        raise AssertionError("never answered:\n" + "\n".join(self.log))

    def place(self, who: Person) -> Conversation:
        return self.rng.choice([*self.groups, *self.groups, who.direct])

    async def asks(self, app: App, store: Store) -> None:
        """Somebody asks about people, a team, everybody or themselves; or wants a meeting, or the digest."""
        rng, who = self.rng, self.one()
        to = self.place(who)
        place = to.conversation_id
        kind = rng.choice(KINDS)
        some = self.some(1, 3)
        ids, text, at = frozenset(each.staff_id for each in some), rng.choice(QUESTIONS), []
        about = About(place, ids)
        if kind == "mention":
            text, at = rng.choice([*QUESTIONS, *ENGLISH]).format(""), some
        elif kind == "name":
            text = text.format("和".join(each.name for each in some))
        elif kind == "me":
            text = text.format("我和" + some[0].name)
            about = About(place, frozenset({some[0].staff_id, who.staff_id}))
        elif kind == "team":
            text, about = text.format("设计组的人"), About(place, frozenset(self.team_named["design"]))
        elif kind in ("nobody", "all"):
            text, about = text.format("" if kind == "nobody" else "大家"), About(place, team=True)
        elif kind == "wait":
            text = rng.choice(WAITS).format("和".join(each.name for each in some))
        elif kind == "digest":
            text, about = "今天的日报", About(place, self.own_team(who) if to is who.direct else frozenset(), team=True)
        else:
            said = {"names": "、".join(each.name for each in some), "all": "大家", "nobody": ""}
            meant = rng.choice(["names", *said])
            text = f"约{said[meant]}周{rng.choice('三四五')}{rng.choice(['下午2点', '上午10点'])}讨论预算"
            no_team = not self.law.team(place)  # which is what the card says; it may be pressed once there is one
            about = {"names": about, "all": About(place, team=True), "nobody": About(place, team=no_team)}[meant]
        about = with_more(about, who.staff_id)
        await self.say(who, text, to, store, at)
        self.holds(self.law.reads(who.staff_id, about))
        if kind == "wait":
            self.law.waiting.append((who.staff_id, about))
        self.find_cards(about, who.staff_id)

    def own_team(self, who: Person) -> frozenset[str]:
        """One's own digest is about the first configured team that has one."""
        found = [ids for ids in self.team_named.values() if who.staff_id in ids]
        return frozenset(found[0] if found else [])

    async def follows_up(self, app: App, store: Store) -> None:
        """Somebody changes what they asked before, or orders something about it."""
        mine = [shown for shown in self.cards.values() if shown.author and not shown.letter]
        if not mine:
            return
        last = self.rng.choice(mine)
        who = next(each for each in self.people if each.staff_id == last.author)
        to = next((each for each in self.groups if each.conversation_id == last.about.place), who.direct)
        if who not in self.here:
            return
        before = [each.about for each in mine if each.author == who.staff_id and each.about.place == last.about.place]
        about = About(
            last.about.place,
            frozenset().union(*(each.people for each in before)) | {who.staff_id},
            any(each.team for each in before),
        )
        text = self.rng.choice(FOLLOW_UPS)
        await self.say(who, text, to, store)
        self.holds(self.law.reads(who.staff_id, about))
        if text == "有空时告诉我":
            self.law.waiting.append((who.staff_id, self.as_it_stands(about)))
        self.find_cards(about, who.staff_id)

    def as_it_stands(self, about: About) -> About:
        """Whoever the team is later, it is these people who are waited for."""
        return About(about.place, self.law.people_of(about))

    async def presses(self, app: App, store: Store) -> None:
        """Anybody presses anything that a card has, or once had."""
        rng = self.rng
        cards = [shown for shown in self.cards.values() if any(self.may_be_pressed(each) for each in shown.ids)]
        if not cards:
            return
        drafts = [shown for shown in cards if any(each.startswith("confirm") for each in shown.ids)]
        shown = rng.choice(drafts if drafts and rng.random() < 0.4 else cards[-4:] if rng.random() < 0.5 else cards)
        card = shown.card
        direct = next((each for each in self.people if each.direct is card.conversation), None)
        who = direct or self.one()
        if rng.random() < 0.3 and not direct:
            who = next((each for each in self.here if each.staff_id == shown.author), who)
        if who not in self.here:
            return
        now = [button.id for button in card.buttons if button.request and self.may_be_pressed(button.id)]
        once = [each for each in shown.ids if self.may_be_pressed(each)]
        button = rng.choice(once if rng.random() < 0.3 or not now else now)
        if rng.random() < 0.3:
            button = next((each for each in now if each.startswith("watch")), button)
        await self.press(who, shown, button, outdated=button not in now)
        if not direct and rng.random() < 0.4:  # somebody else had the same card before their eyes
            await self.press(self.one(), shown, button, outdated=True)

    async def press(self, who: Person, shown: Shown, button: str, *, outdated: bool) -> None:
        """One press; what an outdated button led to is not done, what the card says by then is shown."""
        verb, about = button.partition(":")[0], shown.about
        self.log.append(f"{who.staff_id} presses {button} of {shown.card.params['title']!r} about {about}")
        if verb == "team" and not outdated:
            about.team = True
        asked = self.as_it_stands(about)
        await who.presses(shown.card, button, forged=True)
        self.holds(self.law.reads(who.staff_id, about) if not shown.letter else set())
        if verb == "watch":
            self.law.waiting.append((who.staff_id, asked))
        if verb == "appeal":
            self.law.redrawn += [(each, about) for each in {shown.author, who.staff_id}]
        elif verb.startswith(("book", "confirm")):
            shown.about = with_more(about, who.staff_id)
        self.find_cards(about, who.staff_id, letter=verb == "appeal")

    def may_be_pressed(self, button: str) -> bool:
        return not button.startswith(LEFT_ALONE)

    async def changes_team(self, app: App, store: Store) -> None:
        """Somebody puts people into the team of a group, or takes them out."""
        who, to, some = self.one(), self.rng.choice(self.groups), self.some(1, 2)
        place, ids = to.conversation_id, [each.staff_id for each in some]
        if self.rng.random() < 0.75:
            await self.say(who, "团队加上", to, store, some)
            self.law.adds(who.staff_id, ids, place)
        else:
            await self.say(who, "团队去掉", to, store, some)
            self.law.removes(ids, place)
        self.holds(set())
        self.find_cards(About(place, frozenset({*ids, who.staff_id}), team=True), who.staff_id)

    async def hides_or_shows(self, app: App, store: Store) -> None:
        """Somebody does not want to be shown, here or anywhere, or does again."""
        who, to = self.one(), None
        if self.law.waiting and self.rng.random() < 0.5:
            _, about = self.rng.choice(self.law.waiting)
            who = next((each for each in self.here if each.staff_id in about.people), who)
            to = next((each for each in self.groups if each.conversation_id == about.place), None)
        to = to or self.place(who)
        place = None if to is who.direct else to.conversation_id
        if self.rng.random() < 0.8:
            await self.say(who, "别在群里显示我" if place else "别显示我", to, store)
            self.law.hides(who.staff_id, place)
        else:
            await self.say(who, "显示我", to, store)
            self.law.shows(who.staff_id, place)
        self.holds(set())

    async def sets_digest(self, app: App, store: Store) -> None:
        """Somebody has the digest of a group sent every day; whoever did so first answers for it."""
        who, to = self.one(), self.rng.choice(self.groups)
        place = to.conversation_id
        await self.say(who, "每天9点10分发团队日报", to, store)
        draft = to.cards[-1]
        if any(button.verb == "set_up" for button in draft.buttons):
            await who.presses(draft, "set_up")
            await self.dingtalk.settle()
        self.holds(set())
        self.law.operators.setdefault(place, who.staff_id)
        self.find_cards(About(place, team=True), who.staff_id)

    async def leaves(self, app: App, store: Store) -> None:
        """Somebody leaves the organisation."""
        if len(self.here) > 4:
            gone = self.one()
            self.log.append(f"{gone.staff_id} leaves")
            self.here.remove(gone)
            self.dingtalk.remove(gone)

    async def is_told(self, app: App, store: Store) -> None:
        """Meetings are called off, and whoever waits for that is told."""
        self.log.append(f"reminders: {self.law.waiting}")
        for each in self.people:
            if self.rng.random() < 0.5:
                each.calendar.clear()
        await app.look_at_reminders(on_tuesday(9) + timedelta(minutes=self.rng.randint(0, 500)))
        self.holds(self.law.told())
        waiting = self.law.waiting
        for who in {who for who, _ in waiting}:
            direct = next(each.direct for each in self.people if each.staff_id == who)
            people = frozenset().union(*(about.people for each, about in waiting if each == who))
            for card in direct.cards:
                if card.out_track_id not in self.cards:
                    self.cards[card.out_track_id] = Shown(card, About(direct.conversation_id, people), who)
        self.find_cards(About(DESIGN), "")

    async def day_begins(self, app: App, store: Store) -> None:
        """The digests of a day go out, from another process on the same store."""
        self.log.append(f"digests of {self.next_due:%d}")
        clock = Turned(self.next_due)
        async with replica(self.dingtalk, self.store_url, clock, digests=self.digests, **self.settings) as there:
            await there.look(self.next_due)
        self.next_due += DAY
        due = {*self.law.operators, *(each["chat"] for each in self.digests)}
        self.holds({right for place in due for right in self.law.scheduled(place)})
        sent = []
        for to in self.groups:
            for card in to.cards:
                if card.out_track_id not in self.cards:
                    self.cards[card.out_track_id] = Shown(card, About(to.conversation_id, team=True), "")
                    sent.append(self.cards[card.out_track_id])
        self.find_cards(About(DESIGN), "")
        for shown in sent:
            buttons = [each for each in shown.ids if self.may_be_pressed(each)]
            await self.press(self.one(), shown, self.rng.choice(buttons), outdated=False)


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_nobody_is_read_in_the_name_of_somebody_who_did_not_cause_it(start, dingtalk, sqlite_url, seed):
    script = Script(dingtalk, seed, sqlite_url)
    app = await start(**script.settings)
    await app.refresh_index()
    async with await Store.open(sqlite_url) as store:
        await script.changes_team(app, store)
        await script.asks(app, store)
        for _ in range(STEPS):
            await script.step(app, store)
    script.forgive_what_is_asked_for_leavers()
