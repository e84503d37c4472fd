"""Telling whoever is responsible for a digest that the month's calls are spent: a run like a digest's, once a month."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.card_ids import CardIds
from bot.model.people import ConversationId, StaffId
from bot.model.requests import Language
from bot.store.digest_runs import Run

_BILLED_IN = ZoneInfo("Asia/Shanghai")  # DingTalk counts calendar months there
_PREFIX = "warning"


def warning(to: StaffId, language: Language, now: datetime, *, ids: CardIds) -> Run:
    """This month's warning to a person. It is of use until the month is over."""
    month = now.astimezone(_BILLED_IN).date().replace(day=1)
    following = (month + timedelta(days=32)).replace(day=1)
    place = ConversationId(f"{_PREFIX}:{language.value}:{to}")
    return Run(place, month, datetime.combine(following, time(), tzinfo=_BILLED_IN), ids.of_notice(place, month))


def warned_of(run: Run) -> tuple[StaffId, Language] | None:
    """Whom a run warns and in which language; None for a digest."""
    kind, _, rest = run.place.partition(":")
    language, _, to = rest.partition(":")
    return (StaffId(to), Language(language)) if kind == _PREFIX else None
