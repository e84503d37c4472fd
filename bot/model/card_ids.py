"""Ids of cards (`outTrackId`): each made of what its card is about, so that whoever sends it again sends the same."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.model.digests import DigestKey
from bot.model.people import MsgId, OutTrackId, StaffId
from bot.model.time import Interval


@dataclass(frozen=True, slots=True)
class CardIds:
    """The ids of one app's cards. They cannot be guessed without its `secret`."""

    secret: str

    def __repr__(self) -> str:
        return "<CardIds>"

    def of_message(self, msg_id: MsgId) -> OutTrackId:
        """The answer to a message, whoever answers it."""
        return self._made(msg_id)

    def of_digest(self, key: DigestKey, day: date) -> OutTrackId:
        """A place's digest of a day and kind, sent by the clock, by hand or once more."""
        return self._made(f"digest:{key}:{day.isoformat()}")

    def of_notice(self, place: str, month: date) -> OutTrackId:
        """What somebody is told once a month."""
        return self._made(f"digest:{place}:{month.isoformat()}")

    def of_private_question(self, person: StaffId, meeting: Interval, day: date) -> OutTrackId:
        """The one question to a person about a time, on a day, from whichever card it is asked."""
        times = f"{meeting.start.astimezone(UTC).isoformat()}:{meeting.end.astimezone(UTC).isoformat()}"
        return self._made(f"ask:{person}:{times}:{day.isoformat()}")

    def of_subscription(self, card: OutTrackId, person: StaffId, asked_at: datetime) -> OutTrackId:
        """What tells a person that it has come true what they asked for on a card."""
        return self._made(f"subscription:{card}:{person}:{asked_at.isoformat()}")

    def of_declined(self, event_id: str, start: datetime, declined: Iterable[StaffId]) -> OutTrackId:
        """What tells the organizer that these have declined a meeting at that time."""
        who = ",".join(sorted(declined))
        return self._made(f"declined:{event_id}:{start.astimezone(UTC).isoformat()}:{who}")

    def _made(self, text: str) -> OutTrackId:
        return OutTrackId("yk-" + hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:40])
