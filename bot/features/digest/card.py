"""Which card a digest is: the same for whoever sends it, by the clock, by hand or once more."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from bot.model.people import ConversationId, OutTrackId


def card_of(place: ConversationId, day: date, *, secret: str) -> OutTrackId:
    """The card of that chat's digest of `day`, not to be guessed without the app's secret."""
    text = f"digest:{place}:{day.isoformat()}"
    return OutTrackId("yk-" + hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:40])
