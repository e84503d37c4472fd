"""The pages with a picture of every card, docs/cards.md and docs/zh/cards.md (`make card-pages`; needs a Chromium)."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.playground import Playground

DOCS = Path(__file__).parent.parent / "docs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Edition:
    """A page in one language: where it stands, and its words."""

    language: str
    page: Path
    images: str
    title: str
    lead: str


EDITIONS = (
    Edition(
        "en",
        DOCS / "cards.md",
        "images/cards/en",
        "Every card",
        "As the gallery of the playground shows them: `make playground`, then `/gallery`. ([中文](zh/cards.md))",
    ),
    Edition(
        "zh",
        DOCS / "zh" / "cards.md",
        "../images/cards/zh",
        "所有卡片",
        "与 playground 的画廊相同：`make playground`，然后打开 `/gallery`。（[English](../cards.md)）",
    ),
)


async def draw(browser: Browser, url: str, edition: Edition) -> None:
    """The pictures of one language, and the page that shows them."""
    folder = DOCS / "images" / "cards" / edition.language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    page = await browser.new_page(viewport={"width": 440, "height": 844}, device_scale_factor=1)
    await page.goto(f"{url}gallery?language={edition.language}")
    await page.wait_for_selector(f'#cards[data-language="{edition.language}"]', timeout=300_000)
    lines = [f"# {edition.title}", "", edition.lead]
    figures = page.locator("figure")
    for number in range(await figures.count()):
        figure = figures.nth(number)
        name = await figure.get_attribute("data-name") or ""
        file = f"{number + 1:02}.png"
        await figure.locator('[data-theme="light"]').screenshot(path=folder / file)
        lines += ["", f"## {name}", "", f"![{name}]({edition.images}/{file})"]
    edition.page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    await page.close()


async def main() -> None:
    """Both languages."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"found no browser, expected one of {', '.join(BROWSERS)}: apt-get install chromium")
    async with Playground(port=0) as playground, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for edition in EDITIONS:
            await draw(browser, playground.url, edition)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
