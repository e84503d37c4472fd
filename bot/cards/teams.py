"""Teams and the settings of a chat: names on as many lines as they need, and as many names as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.cards.escape import name
from bot.cards.groups import Group
from bot.cards.maps import unknown_group
from bot.cards.times import TimeWords
from bot.cards.zones import zone_name
from bot.model.freebusy import State, Unknown, Verdict
from bot.model.people import Missing, Person, UnknownReason
from bot.model.replies import SettingsShown, TeamShown

_MOST_BYTES = 1_000
"""For the names of members; those of a change get half of it."""
_MOST_UNKNOWN = 4


def team_values(reply: TeamShown, times: TimeWords) -> dict[str, Any]:
    """Who is in the team, what was changed and by whom, and who cannot be looked up."""
    change, edit = reply.change, reply.card.edit
    here = [each for each in reply.members if isinstance(each, Person)]
    names = _some(here)
    scopes = [each.detail for each in reply.unknown if each.reason is UnknownReason.NO_SCOPE and each.detail]
    return {
        "team": [name(each) for each in reply.names],
        "edited": edit is not None and not edit.undone,
        "undone": edit is not None and edit.undone,
        "taken_back": len(edit.people) if edit else 0,
        "adding": edit.adding if edit else True,
        "added": _begun(change.added) if change else [],
        "removed": _begun(change.removed) if change else [],
        "changed": len(change.added) + len(change.removed) if change else 0,
        "by": name(change.by) if change else "",
        "when": times.at(change.at, near=True) if change else "",
        "already": _begun(reply.already),
        "unknown": _unknown(reply.unknown),
        "scopes": scopes[0].split(",") if scopes else [],
        "members": names,
        "left_out": len(here) - len(names),
        "gone": _unknown([each for each in reply.members if isinstance(each, Missing)]),
    }


def settings_values(reply: SettingsShown, times: TimeWords) -> dict[str, Any]:
    """What holds in the chat, and who set it."""
    edit = reply.card.edit
    return {
        "edit": edit,
        "set_zone": zone_name(reply.zone, times.language),
        "by": {each: (name(said.name), times.near(said.at)) for each, said in reply.by.items()},
        "unknown": name(reply.unknown) if reply.unknown else "",
    }


def _begun(people: Sequence[Person | Missing]) -> list[str]:
    """Their names, with dots behind them where not all of them fit."""
    names = _some(people, most_bytes=_MOST_BYTES // 2)
    return names if len(names) == len(people) else [*names, "…"]


def _some(people: Iterable[Person | Missing], *, most_bytes: int = _MOST_BYTES) -> list[str]:
    """Their names, as far as they fit into a card."""
    names: list[str] = []
    size = 0
    for each in people:
        called = name(each.label)
        size += len(called.encode()) + 3
        if size > most_bytes:
            break
        names.append(called)
    return names


def _unknown(people: Sequence[Missing]) -> Group | None:
    verdicts = [Verdict(each, State.UNKNOWN, unknown=Unknown(each.reason, each.detail)) for each in people]
    return unknown_group(verdicts, most_names=_MOST_UNKNOWN)
