"""The gallery: every kind of card, in both languages, light and dark."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from stage_page import PHONE, fits, opened, violations

from bot.playground.running import FOLDER
from bot.playground.situations import read_situation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_card_is_drawn_light_and_dark(playground, browser, language):
    steps = read_situation(FOLDER / "gallery" / f"{language}.yaml").steps
    names = [step.show for step in steps if step.show]
    async with opened(browser, f"{playground.url}gallery?language={language}", size=PHONE) as page:
        await expect(page.locator("figure")).to_have_count(len(names), timeout=100_000)
        assert [await each.get_attribute("data-name") for each in await page.locator("figure").all()] == names
        for theme in ("light", "dark"):
            await expect(page.locator(f'[data-theme="{theme}"]')).to_have_count(len(names))
        await fits(page)
        assert await violations(page) == []
