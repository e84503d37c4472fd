"""Card markdown to HTML: `<br>` breaks a line, every other tag is shown as text, images are not fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def _break(state: StateInline, silent: bool) -> bool:
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "html_block", "html_inline"])
    reader.inline.ruler.before("autolink", "card_break", _break)
    reader.add_render_rule("link_open", _link_open)
    return reader


_READER = _reader()


def to_html(markdown: str) -> str:
    """HTML that is safe to insert, whatever the text.

    >>> to_html("a<br>b <i>c</i>")
    '<p>a<br />\\nb &lt;i&gt;c&lt;/i&gt;</p>\\n'
    """
    return str(_READER.render(markdown))
