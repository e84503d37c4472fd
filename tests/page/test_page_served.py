"""The playground as a process: it says where it is, and ends cleanly when asked to."""

from __future__ import annotations

import asyncio
import re
import signal
import sys

import aiohttp
import pytest

PROGRAM = "import asyncio; from bot.playground import serve; asyncio.run(serve(0, open_browser=False))"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_prints_its_url_and_ends_cleanly(number):
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            url = await _url(process.stdout)
            async with session.get(url + "api/events", params={"as": "alice"}) as listening:
                assert listening.status == 200
                process.send_signal(number)
                assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _url(output: asyncio.StreamReader) -> str:
    async for line in output:
        if found := re.search(r"playground: (http://127\.0\.0\.1:\d+/)", line.decode()):
            return found[1]
    raise AssertionError("the playground ended without saying where it is")
