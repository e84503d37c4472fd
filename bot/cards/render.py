"""Reply -> Card: Jinja2 templates arrange the lines and hold the words, this module gives them their values."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import jinja2

from bot.cards.escape import name
from bot.cards.groups import groups_of
from bot.cards.times import TimeWords
from bot.model.people import UnknownReason
from bot.model.replies import Button, Card, Help, NotChecked, NotYet, Outsider, Reply, Unclear, WhoIsFree
from bot.model.requests import Language

MOST_BYTES = 2900
_NAMES_A_LINE = (8, 6, 4, 2, 0)
_PASSING = {
    UnknownReason.NOT_SHARED,
    UnknownReason.TIMEOUT,
    UnknownReason.THROTTLED,
    UnknownReason.NO_ANSWER,
    UnknownReason.UNREADABLE,
    UnknownReason.FAILED,
}
"""What may be gone at a second try."""
_PACKAGE = Path(__file__).parent.parent


class Renderer:
    """Templates, loaded once. Templates come from the package only; what people wrote is only ever a value."""

    def __init__(self) -> None:
        self._environment = _environment()

    def load(self) -> None:
        """Compiles every template, which takes longer than a hundred cards; else the first cards do. Any thread."""
        for template in self._environment.list_templates(extensions=["j2"]):
            self._environment.get_template(template)

    def card(self, reply: Reply, *, key: str, clock_zone: str, now: datetime) -> Card:
        """`reply` in words. Buttons get the id `verb:key`; `clock_zone` and `now` date the footer."""
        match reply:
            case WhoIsFree():
                return self._who_is_free(reply, key)
            case Outsider(language):
                return self._render("outsider", language, {})
            case NotChecked() | Unclear() | NotYet() | Help():
                return self._plain(reply, key, clock_zone, now)
            case _:
                assert_never(reply)

    def working(self, language: Language) -> str:
        """What a card says while it is being brought up to date."""
        words: Any = self._environment.get_template(f"messages/{language.value}.j2").module
        return str(words.working())

    def _who_is_free(self, reply: WhoIsFree, key: str) -> Card:
        """Names are left out, line by line, until every value fits."""
        times = _times(reply.question.language, reply.zone, reply.question.now)
        chat_times = _times(reply.question.language, reply.question.zone, reply.question.now)
        for most_names in (len(reply.verdicts) if len(reply.verdicts) <= 8 else 8, *_NAMES_A_LINE):
            groups = groups_of(reply, times, most_names=most_names)
            values = {
                "reply": reply,
                "groups": groups,
                "times": times,
                "chat_times": chat_times,
                "key": key,
                "retry": sum(
                    verdict.unknown is not None and verdict.unknown.reason in _PASSING for verdict in reply.verdicts
                ),
            }
            card = self._render("who_is_free", reply.question.language, values)
            if all(len(value.encode()) <= MOST_BYTES for value in card_params(card).values()):
                break
        return card

    def _plain(self, reply: NotChecked | Unclear | NotYet | Help, key: str, zone: str, now: datetime) -> Card:
        template = {NotChecked: "not_checked", Unclear: "unclear", NotYet: "not_yet", Help: "help"}[type(reply)]
        times = _times(reply.question.language, zone, now)
        return self._render(template, reply.question.language, {"reply": reply, "times": times, "key": key})

    def _render(self, template: str, language: Language, values: dict[str, Any]) -> Card:
        found = self._environment.get_template(f"cards/{template}.j2")
        words = self._environment.get_template(f"messages/{language.value}.j2").module
        shared = {"words": words, "buttons": self._environment.get_template("cards/buttons.j2").module}
        context = found.new_context(values | shared)
        parts = {part: "".join(block(context)).strip() for part, block in found.blocks.items()}
        buttons = [Button(**button) for button in json.loads(parts.get("buttons") or "[]")]
        return Card(parts["title"], _paragraphs(parts["markdown"]), parts.get("tips", ""), tuple(buttons))


@cache
def _environment() -> jinja2.Environment:
    """One for a process, as it holds nothing but compiled templates."""
    folder = _PACKAGE / "templates"  # in a wheel; in a checkout they stand at the top
    # No sandbox: it guards against hostile templates, ours ship with the code, and it tripled the cost of a card.
    environment = jinja2.Environment(  # noqa: S701 - cards are Markdown and JSON, not HTML
        loader=jinja2.FileSystemLoader(folder if folder.is_dir() else _PACKAGE.parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["name"] = name
    return environment


def card_params(card: Card) -> dict[str, str]:
    """The variables of the public template; every value is a text (a number would be refused)."""
    buttons = [
        {"text": button.text, "color": "blue" if n == 0 else "gray", "id": button.id, "request": True,
         "params": {"id": button.id, "action": button.id}}
        for n, button in enumerate(card.buttons)
    ]  # fmt: skip
    layout = json.dumps({"msgButtons": buttons}, ensure_ascii=False, separators=(",", ":"))
    return {"title": card.title, "markdown": card.markdown, "tips": card.tips, "sys_full_json_obj": layout}


def _paragraphs(text: str) -> str:
    """One idea a line: card markdown breaks a line only at an empty one."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _times(language: Language, zone: str, now: datetime) -> TimeWords:
    words = TimeWords(language, zone, now.date())
    return TimeWords(language, zone, words.local(now).date())
