"""Meetings that are moved: what stands before the goal says which meeting it is, only the goal is when it shall be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.language.chunks.chunk import Chunk
from bot.language.senses import Sense
from bot.language.tags import Tag
from bot.language.tokens import Kind
from bot.language.values import Phrase, Sign


def is_goal(chunk: Chunk) -> bool:
    """True for 改到 and "move it to", which say in one word that something is moved."""
    return chunk.kind is Kind.CHANGE and chunk.token.tag is Tag.MOVE


def is_goal_of_move(chunk: Chunk) -> bool:
    """True for the "to" of "move tomorrow's 3pm to 4pm", which is no range; 3-4pm is one."""
    return chunk.kind is Kind.TO and Sense.TO in chunk.token.senses


def aimed(chunks: Sequence[Chunk], phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases of the goal, where something is moved from one time to another; else all of them.

    A goal that is but an hour lies on the day of what is moved: move tomorrow's 3pm to 4pm.
    """
    goal = _goal(chunks)
    if goal is None:
        return list(phrases)
    source = [phrase for phrase in phrases if phrase.end <= goal and not phrase.sign]
    target = [phrase for phrase in phrases if phrase.end > goal and phrase.sign is Sign.NONE]
    if not source or not target:
        return list(phrases)
    day = next((phrase.day for phrase in reversed(source) if phrase.day is not None), None)
    alone = len(target) == 1 and target[0].day is None
    return [replace(target[0], day=day)] if alone and day is not None else target


def _goal(chunks: Sequence[Chunk]) -> int | None:
    """The place of the word that leads to the goal, or None where nothing is moved."""
    moving = False
    for place, chunk in enumerate(chunks):
        if is_goal(chunk) or (moving and is_goal_of_move(chunk)):
            return place
        moving = moving or (chunk.value is None and chunk.kind is Kind.MOVE)
    return None
