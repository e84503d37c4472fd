"""The gallery: every kind of card, in both languages, light and dark."""

from __future__ import annotations

from typing import get_args

import aiohttp
import pytest
from playwright.async_api import expect
from stage_page import PHONE, fits, opened, violations

from bot.model.replies import NotChecked, Outsider, PlainLine, Reply
from bot.playground.gallery import gallery

UNRECORDED = {PlainLine, Outsider, NotChecked}
"""What is a text over the message's session, or refused before it is read."""
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_card_is_drawn_light_and_dark(playground, browser, language):
    names = [step.show for each in gallery(language) for step in each.steps if step.show]
    async with opened(browser, f"{playground.url}gallery?language={language}", size=PHONE) as page:
        await expect(page.locator("figure")).to_have_count(len(names), timeout=100_000)
        assert [await each.get_attribute("data-name") for each in await page.locator("figure").all()] == names
        for theme in ("light", "dark"):
            await expect(page.locator(f'[data-theme="{theme}"]')).to_have_count(len(names))
        await fits(page)
        assert await violations(page) == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_kind_of_reply_is_among_them(playground, language):
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{playground.url}api/gallery?language={language}") as got,
    ):
        shown = (await got.json())["cards"]
    assert {each.__name__ for each in set(get_args(Reply)) - UNRECORDED} - {each["reply"] for each in shown} == set()
    assert len({each["name"] for each in shown}) == len(shown)
