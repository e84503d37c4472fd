"""What a check finds: one line for each thing that the bot needs, with the way out of what fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.config import Config
from bot.errors import PermissionDenied, YoukongError

_CONSOLES = {"mainland": "https://open-dev.dingtalk.com", "international": "https://open-dev.dingtalk.io"}


class Outcome(StrEnum):
    """What became of one try."""

    OK = "ok"
    FAILED = "FAIL"
    SKIPPED = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    name: str
    outcome: Outcome
    text: str

    def __str__(self) -> str:
        return f"{self.outcome:<4} {self.name}: {self.text}"


def summary(found: list[Finding]) -> str:
    """The last line: "9 ok, 0 failed", and how many were skipped if any were."""
    count = {outcome: sum(each.outcome is outcome for each in found) for outcome in Outcome}
    skipped = f", {count[Outcome.SKIPPED]} skipped" if count[Outcome.SKIPPED] else ""
    return f"{count[Outcome.OK]} ok, {count[Outcome.FAILED]} failed{skipped}"


def good(name: str, text: str) -> Finding:
    """Something that is as it should be."""
    return Finding(name, Outcome.OK, text)


def failed(name: str, text: str, *, fix: str) -> Finding:
    """Something that is not, and what to do about it."""
    return Finding(name, Outcome.FAILED, f"{text}; fix: {fix}")


def skipped(name: str, why: str) -> Finding:
    """Something that could not be tried."""
    return Finding(name, Outcome.SKIPPED, why)


async def attempt(name: str, work: Callable[[], Awaitable[str]], config: Config, *, fix: str) -> Finding:
    """What came of a try; `fix` is the way out, or the permission point that is wanted where DingTalk names none."""
    try:
        return good(name, await work())
    except PermissionDenied as error:
        scopes = error.scopes or ((fix,) if _is_scope(fix) else ())
        return failed(name, str(error), fix=grant(scopes, config) if scopes else fix)
    except YoukongError as error:
        return failed(name, str(error), fix=grant((fix,), config) if _is_scope(fix) else fix)


def grant(scopes: tuple[str, ...], config: Config) -> str:
    """How permission points are granted, with the link to the form of each."""
    links = " ".join(form_of(scope, config) for scope in scopes)
    return f"grant {', '.join(scopes)} (权限管理), then publish a new version: {links}"


def form_of(scope: str, config: Config) -> str:
    """The address of the form by which a permission point is applied for."""
    settings = config.dingtalk
    return f"{_CONSOLES[settings.edition]}/appscope/apply?content={settings.client_id}%23{scope}"


def _is_scope(text: str) -> bool:
    return " " not in text
