"""A group that is without the bot: its digests stop, and whoever set them up is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.model.card_ids import CardIds
from bot.model.digests import Digest, DigestKey
from bot.model.outcomes import DigestOutcome
from bot.model.people import ConversationId, StaffId
from bot.store import digest_runs, digests
from bot.store.digest_runs import Run

_PREFIX = "removed"


@dataclass(frozen=True, slots=True)
class Removal:
    """The bot is not in the group `place` any more, and `to` had set up a digest there."""

    to: StaffId
    place: ConversationId


def removal_of(run: Run) -> Removal | None:
    """What a run tells to whom; None for a digest."""
    kind, _, rest = run.place.partition(":")
    to, _, place = rest.partition(":")
    return Removal(StaffId(to), ConversationId(place)) if kind == _PREFIX else None


def stop_in(
    connection: Connection, run: Run, stopped: list[Digest], *, owner: str, now: datetime, ids: CardIds
) -> None:
    """Turns the digests of the place of `run` off, and owes word of it to whoever set them up.

    One of the configuration that nobody changed in the chat was set up by nobody there.
    """
    digest_runs.amend_in(connection, run, owner=owner, outcome=DigestOutcome.REMOVED.value)
    for digest in stopped:
        digests.stop_in(connection, digest, now=now)
    owed = [_notice(run, digest, now, ids) for digest in stopped if digest.operator]
    digest_runs.claim_in(connection, owed, owner="", now=now, lease=timedelta())


def _notice(run: Run, digest: Digest, now: datetime, ids: CardIds) -> Run:
    """One for each person, who may have set up both digests of the place."""
    name = f"{_PREFIX}:{digest.operator}:{digest.place}"
    return Run(name, run.day, now, ids.of_digest(DigestKey(name), run.day))
