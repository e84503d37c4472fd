"""What nobody wants to read again and again: talk is answered once a minute, the general card never twice in a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.frames.mention import Mention
from bot.model.people import MsgId
from bot.model.questions import Remark
from bot.model.replies import LineCode, PlainLine, Reply, Unclear
from bot.model.requests import ProblemCode

_MINUTE = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Said:
    """What became of somebody's last message: `line` instead of its reply, or nothing (`silent`).

    `general`: it got the general card. `lines` of talk were said so far, the last at `talked_at`.
    """

    msg_id: MsgId
    line: PlainLine | None = None
    silent: bool = False
    general: bool = False
    lines: int = 0
    talked_at: datetime | None = None


class Manners:
    """The last reply to each person in each chat, in the memory of one process: it spares people, it guards nothing."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], _Said] = {}

    def fitting(self, reply: Reply, mention: Mention) -> Reply | None:
        """What is to be said instead of `reply`, None where nothing is; the same for a message that comes again."""
        key = (mention.conversation_id, mention.sender or "")
        said = self._said.get(key)
        if said is None or said.msg_id != mention.msg_id:
            if len(self._said) >= _MOST_REMEMBERED:
                self._said.clear()
            said = self._said[key] = _next(reply, mention, said)
        return None if said.silent else said.line or reply


def _next(reply: Reply, mention: Mention, last: _Said | None) -> _Said:
    lines, talked_at = (last.lines, last.talked_at) if last else (0, None)
    said = _Said(mention.msg_id, general=_is_general(reply), lines=lines, talked_at=talked_at)
    if said.general and last and last.general and isinstance(reply, Unclear):
        return replace(said, line=PlainLine(reply.question, LineCode.STILL_UNCLEAR))
    if not isinstance(reply, PlainLine) or reply.code is not LineCode.TALK:
        return said
    soon = talked_at is not None and mention.created_at - talked_at < _MINUTE
    if soon or reply.question.remark is Remark.TALK:
        return replace(said, silent=True)
    return replace(said, line=replace(reply, turn=lines), lines=lines + 1, talked_at=mention.created_at)


def _is_general(reply: Reply) -> bool:
    """True for the card that only says how to ask."""
    if not isinstance(reply, Unclear) or reply.code is not ProblemCode.NOT_UNDERSTOOD:
        return False
    request = reply.question.request
    return request.who.nobody and not request.windows and not reply.question.outsiders
