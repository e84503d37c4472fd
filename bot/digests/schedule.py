"""All digests there are, from the configuration and from chats, and which of them are due. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.availability.due import due_on, kind_on, next_due
from bot.availability.working_time import WorkingCalendar
from bot.model.card_ids import CardIds
from bot.model.digest_orders import EditionKind
from bot.model.digests import Digest, DigestKey, digest_key
from bot.model.people import ConversationId
from bot.store.digest_runs import Run
from bot.store.digests import SetDigest

_DAY = timedelta(days=1)
_LOOKED_BACK = timedelta(days=7)
"""How far back digests that nobody sent are recorded as skipped."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A digest, and the instant after which it counts: what was due before it was set is not made up for.

    What was looked at does not count again either.
    """

    digest: Digest
    since: datetime


class DigestSchedule:
    """The digests of one bot, by place and kind. A chat's own setting goes before the configuration's."""

    def __init__(
        self,
        configured: Iterable[Digest],
        *,
        calendar: Callable[[str], WorkingCalendar],
        card_ids: CardIds,
    ) -> None:
        self._configured = tuple(configured)
        self._calendar = calendar
        self.card_ids = card_ids
        self._ahead: dict[DigestKey, DigestKey] = {}
        """Under which key the week's edition goes out of a digest that is about days."""
        self._entries: dict[DigestKey, _Entry] = {}

    def learn(self, set_in_chats: Iterable[SetDigest], *, newest: Mapping[str, datetime], now: datetime) -> None:
        """Takes in what the store holds: the digests that were set, and when the last one of each was due.

        Of a configured digest that never was due only those of the present day count: nobody knows since when it is.
        """
        back = now - _LOOKED_BACK
        found = {
            digest.key: _Entry(digest, max(newest.get(digest.key, _midnight(digest, now)), back))
            for digest in self._configured
        }
        for each in set_in_chats:
            found[each.digest.key] = _Entry(each.digest, max(each.updated_at, back))
        known = self._entries
        self._entries = {
            key: known[key] if key in known and known[key].digest == entry.digest else entry
            for key, entry in found.items()
        }
        digests = [entry.digest for entry in self._entries.values()]
        self._ahead = {digest_key(each.place, EditionKind.WEEK): each.key for each in digests if each.week_ahead}

    def digest(self, run: Run) -> Digest | None:
        """The digest that `run` sends, None where there is none any more."""
        key = DigestKey(run.place)
        entry = self._entries.get(key) or self._entries.get(self._ahead.get(key, key))
        return entry.digest if entry else None

    def of_place(self, place: ConversationId) -> list[Digest]:
        """The digests of that place, of either kind."""
        keys = [digest_key(place, kind) for kind in EditionKind]
        return [self._entries[key].digest for key in keys if key in self._entries]

    def due(self, now: datetime) -> list[Run]:
        """Everything that became due until `now` and was not looked at, those due first in front."""
        runs = [run for entry in self._entries.values() for run in self._due_of(entry, now)]
        return sorted(runs, key=lambda run: (run.due_at, run.place))

    def looked(self, now: datetime) -> None:
        """All that was due until then is in the store."""
        self._entries = {key: _Entry(entry.digest, max(entry.since, now)) for key, entry in self._entries.items()}

    def wakes(self, now: datetime) -> dict[tuple[str, time], datetime]:
        """The next time at which something is due after `now`, for each zone and time of day."""
        found: dict[tuple[str, time], datetime] = {}
        for entry in self._entries.values():
            digest = entry.digest
            due = next_due(digest, self._calendar(digest.zone), after=now)
            key = (digest.zone, digest.at)
            if due is not None and due < found.get(key, due + _DAY):
                found[key] = due
        return found

    def _due_of(self, entry: _Entry, now: datetime) -> Iterable[Run]:
        digest, zone, since = entry.digest, ZoneInfo(entry.digest.zone), entry.since
        calendar = self._calendar(digest.zone)
        day = since.astimezone(zone).date() - _DAY  # a skipped time may lie on the day after its own
        while day <= now.astimezone(zone).date():
            due = due_on(digest, day, calendar)
            if due is not None and since < due <= now:
                key = digest_key(digest.place, kind_on(digest, day, calendar))
                yield Run(key, day, due, self.card_ids.of_digest(key, day))
            day += _DAY


def _midnight(digest: Digest, now: datetime) -> datetime:
    return datetime.combine(now.astimezone(ZoneInfo(digest.zone)).date(), time(), tzinfo=ZoneInfo(digest.zone))
