"""A group that is without the bot: its digests stop, and whoever set them up is told once."""

from __future__ import annotations

from collections.abc import Sequence
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
    connection: Connection,
    run: Run,
    stopped: Sequence[Digest],
    *,
    administrators: Sequence[str],
    owner: str,
    now: datetime,
    ids: CardIds,
) -> None:
    """Turns the digests of the place of `run` off, and owes word of it to whoever set them up.

    Those of the configuration were set up by nobody in the chat: the `administrators` are told, by their staffIds.
    """
    digest_runs.amend_in(connection, run, owner=owner, outcome=DigestOutcome.REMOVED.value)
    for digest in stopped:
        digests.stop_in(connection, digest, now=now)
    told = [(to, digest) for digest in stopped for to in ([digest.operator] if digest.operator else administrators)]
    owed = [_notice(StaffId(to), run, digest, now=now, ids=ids) for to, digest in told]
    digest_runs.claim_in(connection, owed, owner="", now=now, lease=timedelta())


def _notice(to: StaffId, run: Run, digest: Digest, *, now: datetime, ids: CardIds) -> Run:
    """One for each person, who may have set up both digests of the place."""
    name = f"{_PREFIX}:{to}:{digest.place}"
    return Run(name, run.day, now, ids.of_digest(DigestKey(name), run.day))
