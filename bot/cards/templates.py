"""The Jinja2 templates of the package, their bytecode, and the words of a language."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from bot.cards.escape import chat_id, name
from bot.cards.lines import fit, fitting, listed
from bot.model.requests import Language

_PACKAGE = Path(__file__).parent.parent


class _Bytecode(FileSystemBytecodeCache):
    """What templates were compiled to, kept where Python keeps its own; where nobody may write there it is not kept.

    Jinja2 compares the text of a template with that of its bytecode, so a changed one is compiled anew.
    """

    def __init__(self) -> None:
        super().__init__(str(Path(__file__).parent / "__pycache__"), f"%s.{sys.implementation.cache_tag}.j2c")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def template_folder() -> Path:
    """Where templates lie: in a wheel inside the package, in a checkout at the top."""
    folder = _PACKAGE / "templates"
    return folder if folder.is_dir() else _PACKAGE.parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """One for a process, as it holds nothing but compiled templates."""
    # No sandbox: it guards against hostile templates, ours ship with the code, and it tripled the cost of a card.
    found = jinja2.Environment(  # noqa: S701 - cards are Markdown and JSON, not HTML
        loader=jinja2.FileSystemLoader(template_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_Bytecode(),
    )
    found.filters["name"] = name
    found.filters["chat_id"] = chat_id
    found.filters["fit"] = fit
    found.filters["fitting"] = fitting
    found.globals["listed"] = listed
    return found


@cache
def vocabulary(language: Language) -> SimpleNamespace:
    """The macros of one language: those of every file in its folder."""
    folder = f"messages/{language.value}/"
    files = [template for template in environment().list_templates(extensions=["j2"]) if template.startswith(folder)]
    modules = [environment().get_template(file).module for file in files]
    return SimpleNamespace(
        **{word: text for module in modules for word, text in vars(module).items() if word[0] != "_"}
    )


def load_all() -> None:
    """Has every template of cards and every word of both languages ready. Any thread."""
    for template in environment().list_templates(extensions=["j2"]):
        if not template.startswith("pages/"):  # of a command that serves nobody
            environment().get_template(template)
    for language in Language:
        vocabulary(language)
