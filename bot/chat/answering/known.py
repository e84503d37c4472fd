"""How much an answer knows of the people it is about, in numbers for metrics and logs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.card_state import offered_on
from bot.model.freebusy import State, Verdict
from bot.model.replies import CommonTime, NextFree, NotChecked, Overview, Reply, WhoIsFree


def counts_of(reply: Reply) -> dict[str, int]:
    """How many people it is about, how many of them are in which state, and how many slots there are."""
    match reply:
        case NextFree(known=known, unknown=unknown):
            return {"people": len(known) + len(unknown), State.UNKNOWN.value: len(unknown)}
        case Overview(people=people, unknown=unknown):
            return {"people": people, State.UNKNOWN.value: len(unknown)}
        case WhoIsFree(verdicts=verdicts) | CommonTime(verdicts=verdicts):
            states = [verdict.state.value for verdict in verdicts]
            slots = {"slots": len(offered_on(reply.card))} if isinstance(reply, CommonTime) else {}
            return {"people": len(states)} | slots | {state: states.count(state) for state in sorted(set(states))}
    return {}


def nobody_known(reply: Reply) -> str:
    """Why nothing is known of anybody it is about, by the reasons alone; "" where something is."""
    if isinstance(reply, NotChecked):
        return reply.reason.value
    counts = counts_of(reply)
    if not counts.get("people") or counts.get(State.UNKNOWN.value) != counts["people"]:
        return ""
    return ",".join(sorted({each.unknown.reason.value for each in _verdicts(reply) if each.unknown}))


def _verdicts(reply: Reply) -> Sequence[Verdict]:
    match reply:
        case WhoIsFree(verdicts=verdicts) | CommonTime(verdicts=verdicts):
            return verdicts
        case NextFree(unknown=unknown) | Overview(unknown=unknown):
            return unknown
    return ()
