"""Logs as events with fields: ids, counts and durations; never a secret and never what somebody wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any

import structlog

from bot.observe.log_writer import LogWriter, Sink, sink_of

_NOISY = ("httpx", "httpcore", "aiohttp", "websockets", "dingtalk_stream", "apscheduler", "asyncio", "alembic")


def set_up(*, level: str, form: str, secrets: Iterable[str] = (), sink: Sink | None = None) -> LogWriter:
    """Logs events to `sink`, by default stderr, as `text` or `json`; to be stopped at the end.

    `secrets` are struck out wherever they might still appear.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    processors = _processors(form, tuple(secret for secret in secrets if secret))
    writer = LogWriter(
        sink or sink_of(sys.stderr),
        notice=lambda count: _line(processors, "warning", event="log_lines_dropped", count=count),
    )
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: _Lines(writer.put),
        cache_logger_on_first_use=False,
    )
    _set_up_libraries(writer)
    return writer


def _set_up_libraries(writer: LogWriter) -> None:
    logging.basicConfig(level=logging.WARNING, handlers=[_Names(writer.put)], force=True)
    logging.captureWarnings(capture=True)  # or they are written to stderr by whoever warns
    for name in _NOISY:
        # Their lines hold URLs with tokens and tickets; what matters of them is logged by us.
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Lines:
    """What structlog writes to: each method takes a line."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self.debug = self.info = self.warning = self.error = self.critical = self.exception = put


class _Names(logging.Handler):
    """Other people's logs by level and name alone; their texts may hold anything. A warning of Python says where."""

    def __init__(self, put: Callable[[str], None]) -> None:
        super().__init__()
        self._put = put

    def emit(self, record: logging.LogRecord) -> None:
        where = ""
        if record.name == "py.warnings":
            with suppress(Exception):  # of a message that does not fit its values
                where = record.getMessage().partition("\n")[0]
        self._put(f"{record.levelname} {record.name} {where}".rstrip())


def _processors(form: str, hidden: tuple[str, ...]) -> list[Any]:
    return [
        structlog.stdlib.add_log_level if form == "json" else structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _, __, event: _without(event, hidden),
        _safely(structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _plain_renderer()),
    ]


def _line(processors: Sequence[Any], method: str, **event: object) -> str:
    made: Any = event
    for process in processors:
        made = process(None, method, made)
    return str(made)


def _safely(render: Any) -> Any:
    """`render`, but for an event that cannot be rendered: then each of its values by itself, as far as it goes."""

    def rendered(logger: object, method: str, event: MutableMapping[str, Any]) -> str:
        try:
            return str(render(logger, method, dict(event)))  # a renderer may take values out
        except Exception:  # noqa: BLE001 - the boundary: whoever logs is not to blame for what a value does
            return str(render(logger, method, {str(key): _shown(value) for key, value in event.items()}))

    return rendered


def _shown(value: object) -> str:
    if type(value) is str:
        return value
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - the boundary
        return f"<{type(value).__name__}>"


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
