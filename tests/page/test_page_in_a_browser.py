"""A person at the page, in a real browser, with the real bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from page_world import HOSTILE, new_group
from playwright.async_api import Locator, Page, expect

from bot.emulator import Conversation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of; it must be empty at the end of a test."""
    return []


@pytest.fixture
def group(playground, request) -> Conversation:
    """A group of this test's own."""
    return new_group(playground, request.node.name)


@pytest_asyncio.fixture(loop_scope="module")
async def page(playground, browser, group, complaints) -> AsyncIterator[Page]:
    """张伟's page, as wide as a phone, with the test's group open."""
    async with await browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}) as context:
        opened = await context.new_page()
        opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("dialog", lambda dialog: complaints.append(dialog.message))
        await open_group(opened, playground.url, group)
        yield opened
    assert complaints == []


async def open_group(page: Page, url: str, group: Conversation, *, me: str = "zhangwei") -> None:
    """Load the page, choose who one is, open the group."""
    await page.goto(url)
    await page.select_option("#me", me)
    await page.get_by_role("button", name=group.title).click()
    await expect(page.locator(".empty")).to_be_visible()


async def ask(page: Page, text: str, *names: str) -> Locator:
    """Mention, type and send with the keyboard; the card that comes."""
    cards = page.locator(".card")
    before = await cards.count()
    for name in names:
        if not await page.locator("#members-menu").is_visible():
            await page.click("#add")
        await page.locator("#members-menu").get_by_text(name, exact=True).click()
    await page.keyboard.press("Escape")
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(cards).to_have_count(before + 1)
    return cards.nth(before)


async def test_a_question_in_a_group_is_answered_for_everybody_mentioned(page, playground):
    card = await ask(page, "下周二下午2点到4点谁有空", "李娜", "陈静")
    for name in ("李娜", "陈静"):
        await expect(card).to_contain_text(name)
    await expect(card).to_contain_text("14:00–16:00")
    await expect(card.locator(".tips")).to_contain_text("张伟")
    await expect(page.locator("#working")).to_be_hidden()
    await expect(page.locator("article.said .at")).to_have_text(["@有空", "@李娜", "@陈静"])
    await playground.emulator.settle()


async def test_a_press_changes_the_card_in_place(page, playground):
    card = await ask(page, "下周二下午2点到4点谁有空", "李娜")
    await card.locator('[data-button^="later:"]').click()
    await expect(card).to_contain_text("16:00–18:00")
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page.locator("#problem")).to_be_hidden()
    await playground.emulator.settle()


async def test_a_direct_chat_answers_typed_names_in_english(page):
    await page.select_option("#me", "carol")
    await page.get_by_role("button", name="和有空单聊").click()
    await expect(page.locator(".empty")).to_be_visible()
    card = await ask(page, "is Bob Smith free next Tue 2-4pm")
    await expect(card).to_contain_text("Bob Smith")
    await expect(card).to_contain_text("2–4 pm")
    await expect(page.locator("#mentions")).to_be_hidden()


async def test_an_example_is_one_tap_away(page):
    await page.locator(".empty button").first.click()
    await expect(page.locator(".card")).to_contain_text("陈静")


async def test_a_hostile_name_stays_text(page):
    card = await ask(page, "下周二下午2点到4点谁有空", HOSTILE)
    await expect(card).to_contain_text("伊娃")
    await expect(page.locator("article.said .bubble")).to_contain_text(f"@{HOSTILE}")
    await page.fill("#text", "<img src=x onerror=alert(1)>")
    await page.press("#text", "Enter")
    await expect(page.locator("article.said .bubble").last).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(page.locator("main img, main [onclick], .markdown b")).to_have_count(0)


async def test_others_see_the_card_and_its_changes(page, playground, group):
    other = await page.context.new_page()
    await open_group(other, playground.url, group, me="lina")
    card = await ask(page, "下周二下午2点到4点谁有空", "李娜")
    await expect(other.locator(".card")).to_contain_text("14:00–16:00")
    await card.locator('[data-button^="later:"]').click()
    await expect(other.locator(".card")).to_contain_text("16:00–18:00")


async def test_a_refused_message_says_why(page, playground, group, complaints):
    await expect(page.locator(".track .work").nth(3)).to_be_attached()
    group.members.remove(playground.company.person("zhangwei"))
    await page.fill("#text", "现在谁有空")
    async with page.expect_console_message(lambda said: "404" in said.text):
        await page.press("#text", "Enter")
    await expect(page.locator("#problem")).to_contain_text("zhangwei")
    await expect(page.locator("#text")).to_have_value("现在谁有空")
    assert [each for each in complaints if "404" not in each] == []
    complaints.clear()
