"""How a digest is set, in words: its days and time, whether it is on, when it goes out next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.cards.escape import name
from bot.cards.times import TimeWords
from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest
from bot.model.replies import DigestShown

_RUN = 3
"""So many days in a row are told by the first and the last."""


def panel_values(reply: DigestShown, times: TimeWords) -> dict[str, Any]:
    """`state` is none, off, paused or on; `kind` of days is workdays, daily or named."""
    card, digest = reply.card, reply.card.digest
    times = replace(times, zone=digest.zone) if digest else times
    return {
        "card": card,
        "digest": digest,
        "state": "draft" if card.draft else _state(digest),
        "weekly": card.kind is EditionKind.WEEK,
        "kind": _kind(digest),
        "days": _days(digest, times) if digest else "",
        "at": times.time_of_day(digest.at) if digest else "",
        "until": times.dated(digest.paused_until) if digest and digest.paused_until else "",
        "next_run": times.at(reply.next_at, near=True) if reply.next_at else "",
        "by": name(reply.set_by) if reply.set_by else "",
        "when": times.near(reply.set_at) if reply.set_at else "",
        "also": brief_values(reply.also, times) if reply.also else "",
        "digest_zone": times.elsewhere(digest.zone) if digest else "",
        "digest_team": name(digest.team) if digest and digest.team else "",
    }


def _kind(digest: Digest | None) -> str:
    """On which days it goes out: workdays, daily, named, or last, the last working day of each week."""
    if digest is None or not isinstance(digest.days, DigestDays):
        return "named"
    return "last" if digest.kind is EditionKind.WEEK else digest.days.value


def brief_values(digest: Digest, times: TimeWords) -> dict[str, Any]:
    """One digest in a line, as `words.panel_brief` wants it."""
    times = replace(times, zone=digest.zone)
    return {
        "weekly": digest.kind is EditionKind.WEEK,
        "kind": _kind(digest),
        "days": _days(digest, times),
        "at": times.time_of_day(digest.at),
    }


def _state(digest: Digest | None) -> str:
    if digest is None:
        return "none"
    if not digest.on:
        return "off"
    return "paused" if digest.paused_until else "on"


def _days(digest: Digest, times: TimeWords) -> str:
    """周一至三、五 · Mon–Wed, Fri; "" where the days are not named one by one."""
    if isinstance(digest.days, DigestDays):
        return ""
    joint, to = ("、", "至") if times.chinese else (", ", "–")
    runs = [[times.weekday_at(number) for number in run] for run in _runs(digest.days)]
    short = [[run[0], run[-1]] if len(run) >= _RUN else run for run in runs]
    named = joint.join((to if len(run) >= _RUN else joint).join(ends) for run, ends in zip(runs, short, strict=True))
    return named[:1] + named[1:].replace("周", "")


def _runs(days: Sequence[int]) -> list[list[int]]:
    """The days that follow each other together."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
