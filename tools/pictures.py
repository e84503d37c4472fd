"""The pictures of README and docs, made anew: cards of the gallery, and the stage (`make pictures`)."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.playground import Playground

IMAGES = Path(__file__).parent.parent / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CARDS = {
    "zh": {"card-zh": "谁有空", "find-zh": "找共同空档", "digest-zh": "日报"},
    "en": {"card-en": "Who is free", "find-en": "A common time", "digest-en": "Digest"},
}
STAGES = {"stage-zh": ("zh-CN", "light"), "stage-en": ("en-GB", "dark")}


async def cards(browser: Browser, url: str, language: str) -> None:
    """Cards by their name in the gallery, as wide as on a phone."""
    page = await browser.new_page(viewport={"width": 440, "height": 844}, device_scale_factor=2)
    await page.goto(f"{url}gallery?language={language}")
    await page.wait_for_selector(f'#cards[data-language="{language}"]', timeout=120_000)
    for file, name in CARDS[language].items():
        card = page.locator(f'figure[data-name="{name}"] [data-theme="light"]')
        await card.screenshot(path=IMAGES / f"{file}.png")
    await page.close()


async def stage(browser: Browser, url: str, file: str, locale: str, scheme: str) -> None:
    """The whole page after its first example."""
    size = {"width": 1400, "height": 760}
    context = await browser.new_context(locale=locale, color_scheme=scheme, viewport=size, device_scale_factor=1)
    page = await context.new_page()
    await page.goto(url)
    await page.locator(".empty button").first.click()
    await page.locator(".card").wait_for()
    await page.locator(".track .window").first.wait_for()
    await page.screenshot(path=IMAGES / f"{file}.png")
    await context.close()


async def main() -> None:
    """All of them."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"found no browser, expected one of {', '.join(BROWSERS)}: apt-get install chromium")
    async with Playground(port=0) as playground, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for language in CARDS:
            await cards(browser, playground.url, language)
        for file, (locale, scheme) in STAGES.items():
            await stage(browser, playground.url, file, locale, scheme)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
