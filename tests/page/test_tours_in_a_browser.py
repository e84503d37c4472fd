"""Every tour, in both languages, on a desktop and on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect
from stage_page import DESKTOP, PHONE, fits, opened, ready, violations

from bot.playground.running import tour, tours

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
DEVICES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_tour_plays_to_its_end(playground, browser, language, device):
    locale = {"zh": "zh-CN", "en": "en-US"}[language]
    for name, _ in tours():
        address = f"{playground.url}?tour={name}&language={language}"
        scheme = "dark" if device == "phone" else "light"
        async with opened(browser, address, size=DEVICES[device], locale=locale, color_scheme=scheme) as page:
            await play(page, len(tour(name, language).steps))
            await expect(page.locator("#problem")).to_be_hidden()
            await expect(page.locator(".card").last).to_be_in_viewport(ratio=0.3)
            await fits(page)
            if name == "ask":
                await ready(page)
                assert await violations(page) == []


async def play(page: Page, steps: int) -> None:
    """Presses Next until the tour is over."""
    count = page.locator("#tour-count")
    await expect(count).to_have_text(f"1/{steps}")
    for _ in range(steps):
        before = await count.inner_text()
        if before == f"{steps}/{steps}":
            break
        await page.click("#tour-next")
        await expect(count).not_to_have_text(before)
    await expect(page.locator("#tour-next")).to_be_hidden()
    assert await page.locator("#tour-note").inner_text()
