"""Logs as events with fields: ids, counts and durations; never a secret and never what somebody wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import structlog

_NOISY = ("httpx", "httpcore", "aiohttp", "websockets", "dingtalk_stream", "apscheduler", "asyncio", "alembic")


def set_up(*, level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Writes events to stderr as `text` or `json`. `secrets` are struck out wherever they might still appear."""
    number = logging.getLevelNamesMapping()[level.upper()]
    hidden = tuple(secret for secret in secrets if secret)
    shown: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _plain_renderer()
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level if form == "json" else structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            lambda _, __, event: _without(event, hidden),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s", force=True)
    for name in _NOISY:
        # Their lines hold URLs with tokens and tickets; what matters of them is logged by us.
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _plain_renderer() -> Any:
    return structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)


def _without(event: MutableMapping[str, Any], hidden: tuple[str, ...]) -> Mapping[str, Any]:
    if not hidden:
        return event
    return {key: _struck(value, hidden) if isinstance(value, str) else value for key, value in event.items()}


def _struck(text: str, hidden: tuple[str, ...]) -> str:
    for secret in hidden:
        text = text.replace(secret, "***")
    return text
