"""The pages that a browser shows at the end of a sign-in, as HTML."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import jinja2

from bot.cards.templates import template_folder
from bot.model.requests import Language


class SignInOutcome(StrEnum):
    """What became of one redirect."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"  # DingTalk did not take it, or did not answer
    DECLINED = "declined"  # by whoever was to sign in
    FOREIGN = "foreign"  # it does not belong to the sign-in that is waited for
    USED = "used"  # it came again


def sign_in_page(outcome: SignInOutcome, language: Language, *, nick: str = "") -> str:
    """The page for one outcome; `nick` is whoever signed in."""
    words = _environment().get_template(f"messages/{language.value}/sign_in.j2").module
    title = words.sign_in_title(outcome.value, nick).strip()  # type: ignore[attr-defined]
    text = words.sign_in_text(outcome.value).strip()  # type: ignore[attr-defined]
    good = outcome is SignInOutcome.SIGNED_IN
    return (
        _environment()
        .get_template("pages/sign_in.j2")
        .render(language=language.value, title=title, text=text, good=good)
    )


@cache
def _environment() -> jinja2.Environment:
    """Unlike that of cards it escapes for HTML."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder()), undefined=jinja2.StrictUndefined, autoescape=True
    )
