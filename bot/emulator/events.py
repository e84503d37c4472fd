"""Events in calendars as the organization keeps them, and what client tokens and the daily limit remember."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.emulator.ledger import forget_oldest
from bot.emulator.people import Account
from bot.emulator.wire import JsonObject, Refusal

TOKEN_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """What a client token made, when, and from which moment of the loop's clock on a repeat is answered with it."""

    event: JsonObject
    at: datetime
    ready: float


class Events:
    """Every event that was made and is not deleted, oldest first."""

    def __init__(self, per_day: int, limit: int | None = None) -> None:
        self.known: dict[str, JsonObject] = {}
        self.made = 0
        self._per_day = per_day
        self._limit = limit
        self._of_day: Counter[str] = Counter()
        self._client_tokens: dict[str, Made] = {}

    def add(self, event: JsonObject) -> None:
        """Enter a new event."""
        self.known[event["id"]] = event
        self.made += 1
        forget_oldest(self.known, self._limit)

    def count(self, organizer: Account, now: datetime) -> None:
        """One more event of this person today; refused above the limit."""
        key = f"{organizer.union_id} {now:%Y-%m-%d}"
        if self._of_day[key] >= self._per_day:
            raise Refusal("flowLimit", f"a person can make {self._per_day} events a day")
        self._of_day[key] += 1

    def remember(self, token: str, made: Made) -> None:
        """Remember what a client token made; "" is no token."""
        if token:
            self._client_tokens[token] = made
            forget_oldest(self._client_tokens, self._limit)

    def made_before(self, token: str, now: datetime, clock: float) -> JsonObject | None:
        """The event that this client token made within a day; refused while that is still being made."""
        made = self._client_tokens.get(token)
        if made is None or made.at < now - TOKEN_LIFE:
            return None
        if clock < made.ready:
            raise Refusal("idempotencyProcessing", "the request with this client token is being processed")
        return made.event
