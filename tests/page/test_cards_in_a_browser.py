"""Every card there is on the narrowest phone, in a real browser: nothing is wider than it, and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from drawn import ASKED
from every_card import every_reply

from bot.cards import Renderer
from bot.model.rendered import Card
from bot.model.replies import PlainLine
from bot.model.requests import Language
from bot.playground.markdown import to_html

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
STYLE = (Path(__file__).parents[2] / "bot/playground/static/style.css").read_text(encoding="utf8")
PHONE = {"width": 360, "height": 800}
TOO_WIDE = """() => [...document.querySelectorAll(".card, .card *")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
        || each.getBoundingClientRect().right > innerWidth)
    .map(each => each.textContent)"""
ROWS = """chosen => [...document.querySelectorAll(chosen)].map(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const row = parseFloat(getComputedStyle(each).lineHeight);
    return [each.textContent, Math.round(range.getBoundingClientRect().height / row)];
})"""
"""How many rows each of the chosen elements takes."""


def cards(language: Language) -> Iterator[Card]:
    for in_group in (True, False):
        for reply in every_reply(language, in_group=in_group):
            if not isinstance(reply, PlainLine):
                yield Renderer().card(reply, key="k", clock_zone="Asia/Shanghai", now=ASKED)


def html(card: Card) -> str:
    """A card as the playground's page draws it."""
    buttons = "".join(f"<button>{escape(button.text)}</button>" for button in card.buttons)
    tips = f'<p class="tips">{escape(card.tips)}</p>' if card.tips else ""
    row = f'<div class="buttons">{buttons}</div>' if buttons else ""
    text = f'<h3>{escape(card.title)}</h3><div class="markdown">{to_html(card.markdown)}</div>'
    return f'<article><section class="card">{text}{tips}{row}</section></article>'


@pytest.mark.parametrize("language", list(Language))
async def test_nothing_is_wider_than_a_phone_and_no_label_is_cut(browser, language):
    drawn = "".join(dict.fromkeys(map(html, cards(language))))
    async with await browser.new_context(viewport=PHONE) as context:
        page = await context.new_page()
        style = f"{STYLE} html, body {{ display: block; height: auto; padding: 12px }}"
        await page.set_content(f'<!doctype html><meta charset="utf8"><style>{style}</style>{drawn}')
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert await page.evaluate(TOO_WIDE) == []
        for chosen, rows in ((".card h3", 2), (".markdown p", 2), (".buttons button", 2)):
            assert [text for text, taken in await page.evaluate(ROWS, chosen) if taken > rows] == [], chosen
