"""The error boundary of tasks that never end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.features.boundary import where

log = structlog.get_logger(__name__)


async def forever(step: Callable[[], Awaitable[None]], *, pause: float = 0.0) -> None:
    """Step after step, so many seconds apart, until it is cancelled; no exception ends it."""
    while True:
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - the boundary of an endless task
            tell("step_failed", error)
        await asyncio.sleep(pause)


def tell(event: str, error: Exception) -> None:
    """Logs `error` without its text, and does without where it is the log that fails."""
    with suppress(Exception):
        log.error(event, error=type(error).__name__, where=where(error))
