"""Who may read whom, as product.md says it: plain sets that know nothing of the bot.

People are staffIds and places are conversation ids. A right is a pair: who reads, and who is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

Rights = set[tuple[str, str]]


@dataclass
class About:
    """Whom a card is about: people by themselves, and the team of its place as it stands (`team`)."""

    place: str
    people: frozenset[str] = frozenset()
    team: bool = False


@dataclass
class Law:
    """What was set up and said so far, and what follows from it."""

    configured: dict[str, list[str]]
    """Those whom the configuration puts into a place's team, in its order: its named team, then the group's members."""
    added: dict[str, dict[str, str]] = field(default_factory=dict)
    removed: dict[str, set[str]] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)
    everywhere: set[str] = field(default_factory=set)
    operators: dict[str, str] = field(default_factory=dict)
    """Who set the digest of a place up, where that was said in the chat."""
    waiting: list[tuple[str, About]] = field(default_factory=list)
    """Who is to be told of whom."""
    redrawn: list[tuple[str, About]] = field(default_factory=list)
    """Whoever asked somebody from a card sees what came of it there, whenever that is."""

    # ------------------------------------------------------------ what is said
    def adds(self, who: str, whom: Iterable[str], place: str) -> None:
        """Somebody puts people into the team of a chat."""
        gone, added = self.removed.setdefault(place, set()), self.added.setdefault(place, {})
        for each in whom:
            if each in self.configured[place]:
                gone.discard(each)
            else:
                added.setdefault(each, who)

    def removes(self, whom: Iterable[str], place: str) -> None:
        """Somebody takes people out of it."""
        for each in whom:
            self.added.setdefault(place, {}).pop(each, None)
            if each in self.configured[place]:
                self.removed.setdefault(place, set()).add(each)

    def hides(self, who: str, place: str | None) -> None:
        """Somebody is not to be shown in a chat, or (None) anywhere."""
        (self.everywhere if place is None else self.hidden.setdefault(place, set())).add(who)

    def shows(self, who: str, place: str | None) -> None:
        """Somebody takes that back."""
        (self.everywhere if place is None else self.hidden.setdefault(place, set())).discard(who)

    # ------------------------------------------------------------ what follows
    def team(self, place: str) -> frozenset[str]:
        """The chat's team."""
        configured = set(self.configured[place]) - self.removed.get(place, set())
        return frozenset(configured | set(self.added.get(place, {})))

    def people_of(self, about: About) -> frozenset[str]:
        """Everybody of a card."""
        return about.people | (self.team(about.place) if about.team else frozenset())

    def reads(self, who: str, about: About) -> Rights:
        """Somebody causes a reading of those it is about, if they want to be shown there, and of themselves."""
        gone = self.everywhere | self.hidden.get(about.place, set())
        return {(who, each) for each in self.people_of(about) - gone} | {(who, who)}

    def told(self) -> Rights:
        """Everybody who waits reads whom they wait for."""
        return {right for who, about in self.waiting for right in self.reads(who, about)}

    def drawn_late(self) -> Rights:
        """What may come of an answer to a private question."""
        return {right for who, about in self.redrawn for right in self.reads(who, about)}

    def scheduled(self, place: str) -> Rights:
        """The digest of a place goes out: each is read by whoever put them into the team."""
        added = self.added.get(place, {})
        here = [each for each in self.configured[place] if each not in self.removed.get(place, set())]
        everybody = [*here, *added]
        operator = self.operators.get(place) or (everybody[0] if everybody else "")
        found = self.reads(operator, About(place, frozenset(here)))
        for each, adder in added.items():
            found |= self.reads(adder, About(place, frozenset({each})))
        return {(who, whom) for who, whom in found if who != whom or whom in everybody}


def with_more(about: About, *people: str) -> About:
    """The same card with somebody more on it."""
    return replace(about, people=about.people | set(people))
