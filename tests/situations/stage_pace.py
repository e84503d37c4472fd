"""How long a stage's bot and its DingTalk wait where a machine may be busy: what comes is the same."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.stage import TIMING

_LONG = 60.0
ACK_WINDOW = 2 * _LONG
UNHURRIED = replace(
    TIMING,
    call_within=_LONG,
    look_up_within=_LONG,
    answer_within=_LONG,
    book_within=_LONG,
    interim_after=_LONG,
    ack_within=_LONG,
    turn_patience=_LONG,
)
