"""A playground to call and a browser to look at it with; only 127.0.0.1 is reached."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from page_world import PageApi, with_a_hostile_colleague
from playwright.async_api import Browser, async_playwright

from bot.playground import Playground

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
]


@pytest.fixture
async def page_api() -> AsyncIterator[PageApi]:
    """The page's API with a stage of its own behind it."""
    async with Playground(port=0) as opened, aiohttp.ClientSession() as session:
        yield PageApi(opened, session)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playground() -> AsyncIterator[Playground]:
    """The whole playground with the real bot, one for a module of tests."""
    async with Playground(port=0, founder=with_a_hostile_colleague) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The installed browser; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser: install one of {', '.join(BROWSERS)}")
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(browser_path: str) -> AsyncIterator[Browser]:
    """One Chromium for a module of tests."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser_path, args=QUIET_FLAGS)
        yield launched
        await launched.close()
