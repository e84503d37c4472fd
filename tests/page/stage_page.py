"""The stage's page as a test uses it: opened at some size, watched for complaints and foreign requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

expect.set_options(timeout=30_000)  # a step waits for the bot, on a machine that may be busy
DESKTOP = {"width": 1400, "height": 860}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
LANDSCAPE = {"width": 844, "height": 390}
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@asynccontextmanager
async def opened(
    browser: Browser, url: str, *, size: dict[str, int], locale: str = "zh-CN", **context: Any
) -> AsyncIterator[Page]:
    """A page of its own; at its end nothing was complained of, and no other host was asked for anything."""
    complaints: list[str] = []
    hosts: set[str | None] = set()
    async with await browser.new_context(locale=locale, viewport=size, **context) as made:
        page = await made.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        await page.goto(url)
        yield page
        assert complaints == []
        assert hosts <= {"127.0.0.1", None}


async def ready(page: Page) -> None:
    """The stage's calendars are drawn."""
    await expect(page.locator(".track .work").nth(3)).to_be_attached()


async def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wide = await page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    assert wide <= 0


async def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA: the rule and the first element."""
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="no axe-core: install youkong[test]")
    found = await axe.Axe().run(page, options={"runOnly": _LEVELS, "resultTypes": ["violations"]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found.response["violations"]]
