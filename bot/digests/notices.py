"""Telling whoever is responsible that the month's calls or pushes run out: a run like a digest's, once a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.billing import Resource, day_of, month_after
from bot.model.card_ids import CardIds
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language
from bot.store.digest_runs import Run

_DIGESTS = "warning"


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told in which language; `about` None: that digests stopped, as they are told whose digests those are."""

    to: StaffId
    language: Language
    about: Resource | None = None


def notice_run(notice: Notice, now: datetime, *, ids: CardIds) -> Run:
    """This month's run of a notice. It is of use until the month is over."""
    month = day_of(now).replace(day=1)
    kind = notice.about.value if notice.about else _DIGESTS
    place = ConversationId(f"{kind}:{notice.language.value}:{notice.to}")
    return Run(place, month, month_after(now), ids.of_notice(place, month))


def notice_of(run: Run) -> Notice | None:
    """What a run tells to whom; None for a digest."""
    kind, _, rest = run.place.partition(":")
    language, _, to = rest.partition(":")
    if kind == _DIGESTS:
        return Notice(StaffId(to), Language(language))
    return Notice(StaffId(to), Language(language), Resource(kind)) if kind in set(Resource) else None
