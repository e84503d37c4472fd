"""Who is asked about and what is true of them: calendars that are laid down once and known to the ledger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from bot.emulator import Conversation, Emulator, Person

ZONE = ZoneInfo("Asia/Shanghai")
_HALF_HOUR = timedelta(minutes=30)
_FIRST, _LAST = 9, 18
_PEOPLE = 24


@dataclass(frozen=True, slots=True)
class Window:
    """Half an hour of a day to come, as it is asked for and as a card shows it."""

    start: datetime

    @property
    def asked(self) -> str:
        """In a question."""
        end = self.start + _HALF_HOUR
        return f"{self.start.month}月{self.start.day}日{self.start:%H:%M}到{end:%H:%M}谁有空"

    @property
    def shown(self) -> str:
        """On a card."""
        return f"{self.start.month}/{self.start.day} {self.start:%H:%M}–{self.start + _HALF_HOUR:%H:%M}"


class Company:
    """Colleagues with calendars, and the groups in which they are asked about.

    A third of everybody's half hours is busy and some are tentative. Of three people nothing may ever be told: their
    calendars are refused, left out of the answer, or hold what makes no sense.
    """

    def __init__(self, emulator: Emulator, rng: random.Random, *, groups: int, now: datetime) -> None:
        self._rng = rng
        self._taken: set[tuple[str, datetime]] = set()
        days = [now.astimezone(ZONE).date() + timedelta(days=n) for n in range(1, 29)]
        days = [day for day in days if day.weekday() < 5]
        hours = [(hour, minute) for hour, minute in product(range(_FIRST, _LAST), (0, 30)) if hour != 12]
        self._starts = [datetime(d.year, d.month, d.day, h, m, tzinfo=ZONE) for d in days for h, m in hours]
        self.people = [self._colleague(emulator, n) for n in range(_PEOPLE)]
        self.unknowable = self.people[:3]
        emulator.faults.person_error(self.unknowable[0])
        emulator.faults.omit_person(self.unknowable[1])
        self.unknowable[2].calendar.raw({"status": "BUSY", "start": {"dateTime": "soon"}, "end": {}})
        self.groups = [emulator.group(f"Group {n}", self.people, id=f"cidSoak{n:03}==") for n in range(groups)]

    def windows(self) -> Iterator[Window]:
        """Every half hour once, in an order of its own for each caller."""
        starts = list(self._starts)
        self._rng.shuffle(starts)
        return map(Window, starts)

    def is_free(self, name: str, window: Window) -> bool:
        """What is true. Of those of whom nothing may be told it is never true."""
        unknowable = {person.name for person in self.unknowable}
        return name not in unknowable and (name, window.start) not in self._taken

    def three(self) -> list[Person]:
        """Some people to be asked about."""
        return self._rng.sample(self.people, 3)

    def _colleague(self, emulator: Emulator, number: int) -> Person:
        person = emulator.person(f"soak-{number}", name=f"同事{number:02}")
        for start in self._starts:
            chance = self._rng.random()
            if chance < 0.4:
                enter = person.calendar.busy if chance < 0.33 else person.calendar.tentative
                enter(start, start + _HALF_HOUR)
                self._taken.add((person.name, start))
        return person


def timeline(group: Conversation) -> list[str]:
    """Everything that the bot has put into a group, as text, oldest first; cards as they are now."""
    shown = [f"{card.params.get('title', '')}\n{card.params.get('markdown', '')}" for card in group.cards]
    return shown + [message.text for message in group.messages]
