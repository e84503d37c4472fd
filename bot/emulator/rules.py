"""Faults of single answers: refused, garbled, late, or never given, for the next n calls or until cleared."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal, get_args

from bot.emulator.people import Account
from bot.emulator.wire import Asked, JsonObject, OapiRefusal, Refusal

Kind = Literal[
    "fail", "html", "truncate", "hang", "endless", "drop_reply", "close_connection", "stall", "slow", "inner"
]
EVERY_API = "*"
_SLOW, _INNER = frozenset({"slow"}), frozenset({"inner"})
_DECIDING = frozenset(get_args(Kind)) - _SLOW - _INNER
BAN: JsonObject = {
    "status": 1111,
    "wait": 5,
    "source": "x5",
    "punish": "deny",
    "uuid": "8d6f0000000000000000000000000000",
}


@dataclass(eq=False, slots=True)
class Rule:
    """One fault of one API; `times` None means until cleared, `who` None means everybody."""

    kind: Kind
    api: str
    times: int | None = None
    who: frozenset[str] | None = None
    refusal: Refusal | None = None
    body: bytes = b""
    status: int = 200
    seconds: float = 0.0
    text: str = ""

    def fits(self, asked: Asked) -> bool:
        """True when the call names the person of the rule."""
        return self.who is None or asked.names(self.who)


class AnswerFaults:
    """Faults of HTTP answers; `api` is a name of the ledger such as "querySchedule", or "*" for all of them."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._released = asyncio.Event()

    def fail(
        self,
        api: str,
        *,
        status: int = 500,
        code: str = "system.busy",
        message: str = "",
        errcode: int | None = None,
        times: int | None = None,
        person: Account | None = None,
        extra: JsonObject | None = None,
    ) -> None:
        """Refuse: an HTTP status and code, or (`errcode`) HTTP 200 with that errcode as oapi does."""
        refusal = Refusal(code, message, status=status, extra=extra)
        if errcode is not None:
            refusal = OapiRefusal(errcode, message or "error", extra=extra)
        self.add(Rule("fail", api, times, _ids(person), refusal))

    def html(self, api: str, *, status: int = 200, times: int | None = None) -> None:
        """Answer with an HTML page instead of JSON."""
        page = b"<!doctype html><html><body><h1>Sorry, your request has been blocked</h1></body></html>"
        self.add(Rule("html", api, times, body=page, status=status))

    def truncate(self, api: str, *, times: int | None = None) -> None:
        """Do the work, then send only half of the JSON, complete as far as HTTP can tell."""
        self.add(Rule("truncate", api, times))

    def slow(self, api: str, seconds: float, *, times: int | None = None, person: Account | None = None) -> None:
        """Answer late."""
        self.add(Rule("slow", api, times, _ids(person), seconds=seconds))

    def hang(self, api: str, *, times: int | None = None, person: Account | None = None) -> None:
        """Do nothing until `release()` or `clear()`, then go on as if nothing had been."""
        self.add(Rule("hang", api, times, _ids(person)))

    def endless(self, api: str, *, times: int | None = None) -> None:
        """Send a body that never ends."""
        self.add(Rule("endless", api, times))

    def drop_reply(self, api: str, *, times: int | None = None) -> None:
        """Do the work, then close the connection without an answer."""
        self.add(Rule("drop_reply", api, times))

    def close_connection(self, api: str, *, times: int | None = None) -> None:
        """Close the connection without doing the work."""
        self.add(Rule("close_connection", api, times))

    def stall(self, api: str, *, times: int | None = None) -> None:
        """Do the work, send the status line and some bytes, then nothing until `release()`."""
        self.add(Rule("stall", api, times))

    def ip_ban(self, *, html: bool = False, times: int | None = None) -> None:
        """Answer every call as the firewall does for a banned address: not the shape of any API."""
        if html:
            self.html(EVERY_API, status=403, times=times)
        else:
            self.add(Rule("fail", EVERY_API, times, refusal=_Banned()))

    def release(self) -> None:
        """Let go every call that hangs or stalls now; the faults themselves stay."""
        self._released.set()
        self._released = asyncio.Event()

    def take(self, api: str, asked: Asked) -> Rule | None:
        """The fault that decides this call's answer, counted as used."""
        return self._take(api, asked, _DECIDING)

    def take_delay(self, api: str, asked: Asked) -> float:
        """Seconds by which this call's answer is late."""
        rule = self._take(api, asked, _SLOW)
        return rule.seconds if rule else 0.0

    def take_inner(self, api: str, asked: Asked) -> str:
        """The errorMsg with which the delivery of this card fails inside a successful answer, or ""."""
        rule = self._take(api, asked, _INNER)
        return rule.text if rule else ""

    @property
    def released(self) -> asyncio.Event:
        """The event that the next `release()` or `clear()` sets."""
        return self._released

    def forget_rules(self) -> None:
        """End the faults of answers."""
        self._rules.clear()
        self.release()

    def add(self, rule: Rule) -> None:
        """Enter a fault; of several that fit a call the oldest decides."""
        self._rules.setdefault(rule.api, []).append(rule)

    def _take(self, api: str, asked: Asked, kinds: frozenset[str]) -> Rule | None:
        for rules in (self._rules.get(api), self._rules.get(EVERY_API)) if self._rules else ():
            rule = next((each for each in rules or () if each.kind in kinds and each.fits(asked)), None)
            if rules is None or rule is None:
                continue
            if rule.times is not None:
                rule.times -= 1
                if rule.times <= 0:
                    rules.remove(rule)
            return rule
        return None


class _Banned(Refusal):
    """The firewall's answer, in a shape of its own."""

    def __init__(self) -> None:
        super().__init__("1111", status=403)

    def body(self) -> JsonObject:
        return dict(BAN)


def _ids(person: Account | None) -> frozenset[str] | None:
    return person.ids if person else None
