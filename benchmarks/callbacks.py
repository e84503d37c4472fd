"""Any command of the bot with a watch on its event loop: `python -m benchmarks.callbacks FILE run -c config.yaml`.

When the program ends, FILE has one line of JSON: the processor seconds of every callback with the moment of its end,
and the names of those that took long. Processor time of the loop's own thread, so that a busy machine adds nothing.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import sys
from array import array
from pathlib import Path
from time import thread_time, time

_LONG = 0.003
_MOST = 5_000_000


def watch(file: Path) -> None:
    """From now on, until the program ends."""
    ended, seconds = array("d"), array("f")
    long: list[tuple[float, float, str]] = []
    plain = asyncio.Handle._run

    def run(handle: asyncio.Handle) -> None:
        callback = handle._callback
        began = thread_time()
        plain(handle)
        took = thread_time() - began
        if len(ended) < _MOST:
            ended.append(time())
            seconds.append(took)
        if took > _LONG:
            long.append((time(), took, _name(callback)))

    def write() -> None:
        file.write_text(json.dumps({"ended": list(ended), "seconds": list(seconds), "long": long}))

    asyncio.Handle._run = run  # type: ignore[method-assign]
    atexit.register(write)


def _name(callback: object) -> str:
    """The coroutine of a task's step, else the callback."""
    task = getattr(callback, "__self__", None)
    if isinstance(task, asyncio.Task):
        return f"{task.get_name()}: {getattr(task.get_coro(), '__qualname__', '')}"
    return str(getattr(callback, "__qualname__", callback))


def main() -> None:
    """The command."""
    from bot.cli import main as bot

    watch(Path(sys.argv[1]))
    sys.argv = ["youkong", *sys.argv[2:]]
    bot(sys.argv[1:], prog_name="youkong")


if __name__ == "__main__":
    main()
