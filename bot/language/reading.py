"""Tokens -> atoms: tries the rules at each place, the most telling first."""

from __future__ import annotations

from bot.language import clocks, date_lists, dates, lengths, offsets, weekdays
from bot.language.atoms import Atom, Found, Rule, Tokens, close, is_at, text_at
from bot.language.bare_numbers import number
from bot.language.specs import Clock, Days, Month, Now, Part, Relative, Week
from bot.language.tokens import Kind

_RULES: tuple[Rule, ...] = (
    date_lists.numbered, weekdays.from_day, weekdays.weekday_from_now, offsets.offset, offsets.ahead, clocks.lacking,
    clocks.digital, weekdays.day, dates.date, clocks.clock, clocks.part,
)  # fmt: skip
_SILENT = frozenset(
    (
        Kind.WORD,
        Kind.BE,
        Kind.WHO,
        Kind.ME,
        Kind.EVERYONE,
        Kind.WITH,
        Kind.AVAILABLE,
        Kind.AWAY,
        Kind.FIND,
        Kind.BOOK,
        Kind.MEET,
        Kind.SHOW,
        Kind.CALENDAR,
        Kind.WHEN,
        Kind.DIGEST,
        Kind.STOP,
        Kind.START,
        Kind.TEAM,
        Kind.ADD,
        Kind.REMOVE,
        Kind.LANGUAGE,
        Kind.SET_ZONE,
        Kind.USE,
        Kind.HELP,
        Kind.BOTH,
        Kind.NAME,
        Kind.TEAM_NAME,
        Kind.AT_SIGN,
        Kind.BREAK,
        Kind.COMMA,
        Kind.LIST,
        Kind.TO,
        Kind.ZONE,
        Kind.PLACE,
        Kind.OF,
        Kind.AT,
        Kind.ON,
        Kind.NOT,
        Kind.BY,
        Kind.UNTIL,
    )
)
"""Kinds that begin no value of time, so that no rule need be tried."""


def read(tokens: Tokens) -> list[Atom]:
    """All atoms of a sentence, in order; tokens that speak of no time come through as they are."""
    atoms: list[Atom] = []
    at = 0
    while at < len(tokens):
        found = _numbered_place(tokens, at) or _value(tokens, at, atoms)
        value, stop = found if found else (None, at + 1)
        atoms.append(Atom(value, tokens[at].kind if value is None else Kind.NOW, at, stop, tokens[at]))
        at = stop
    return atoms


def _numbered_place(tokens: Tokens, at: int) -> Found:
    """Room 3-402 and floor 12: the numbers behind such a word are no times."""
    if not is_at(tokens, at, Kind.PLACE):
        return None
    stop = at + 1
    while stop < at + 8 and (
        is_at(tokens, stop, Kind.NUMBER) or (is_at(tokens, stop, Kind.TO, Kind.SIGN) and close(tokens, stop))
    ):
        stop += 1
    return None, stop


def _value(tokens: Tokens, at: int, atoms: list[Atom]) -> Found:
    if tokens[at].kind in _SILENT:
        return None
    if is_at(tokens, at, Kind.NOW):
        return Now(), at + 1
    if found := _owned(tokens, at):
        return found
    if _is_person(tokens, at):
        return None
    for rule in _RULES:
        found = rule(tokens, at)
        if found:
            return _plain(found)
    if is_at(tokens, at, Kind.LATER) and tokens[at].text in ("from now", "from right now"):
        return Now(), at + 1
    return (
        _half_day(tokens, at, atoms)
        or _meal(tokens, at, atoms)
        or number(tokens, at, atoms)
        or lengths.length(tokens, at)
    )


def _plain(found: Found) -> Found:
    """Noon and midnight are clock times."""
    if found and isinstance(found[0], Part) and found[0].name in ("noon_point", "midnight"):
        return Clock(12 if found[0].name == "noon_point" else 24, sure=True), found[1]
    return found


def _is_person(tokens: Tokens, at: int) -> bool:
    """April and May are people where other words of a list of people stand beside them."""
    if not is_at(tokens, at, Kind.MONTH) or is_at(tokens, at + 1, Kind.NUMBER, Kind.ORDINAL):
        return False
    return is_at(tokens, at - 1, Kind.WITH, Kind.ADD, Kind.REMOVE) or (
        is_at(tokens, at - 1, Kind.BE) and is_at(tokens, at + 1, Kind.AVAILABLE, Kind.LIST)
    )


def _owned(tokens: Tokens, at: int) -> Found:
    """The week of "Bob's week", the day of "the team's day"."""
    whole: dict[str, Days] = {"week": Week(0), "day": Relative(0), "month": Month()}
    owner = is_at(tokens, at - 1, Kind.EVERYONE, Kind.TEAM_NAME, Kind.AT_SIGN) or text_at(tokens, at - 1) in (
        "my",
        "team",
    )
    owner = owner or (is_at(tokens, at - 1, Kind.WORD, Kind.MONTH) and tokens[at - 1].value == 1)
    return (whole[text_at(tokens, at)], at + 1) if owner and text_at(tokens, at) in whole else None


def _half_day(tokens: Tokens, at: int, atoms: list[Atom]) -> Found:
    """Tuesday AM, 周五晚: a half of the day that is said in one short word behind the day."""
    short = {"晚": "evening", "早": "early", "夜": "evening"}.get(text_at(tokens, at))
    dated = bool(atoms) and isinstance(atoms[-1].value, Days)
    if short and ((dated and close(tokens, at)) or clocks.clock(tokens, at + 1)):
        return Part(short), at + 1
    if not dated:
        return None
    if is_at(tokens, at, Kind.MERIDIEM) and not is_at(tokens, at + 1, Kind.ME):
        return Part("afternoon" if tokens[at].tag == "pm" else "morning"), at + 1
    return None


def _meal(tokens: Tokens, at: int, atoms: list[Atom]) -> Found:
    """Lunch is a part of the day behind a day or a word like "after"; elsewhere it is something to eat."""
    if not is_at(tokens, at, Kind.MEAL):
        return None
    day = bool(atoms) and isinstance(atoms[-1].value, Days)
    behind = is_at(tokens, at - 1, Kind.AT, Kind.BEFORE, Kind.AFTER, Kind.NOT, Kind.BY, Kind.UNTIL) or (
        is_at(tokens, at - 1, Kind.FILL) and text_at(tokens, at - 1) in ("over", "during")
    )
    ahead = is_at(tokens, at + 1, Kind.BEFORE, Kind.AFTER, Kind.INSIDE)
    eaten = is_at(tokens, at + 1, Kind.WITH)
    if eaten or not (day or behind or ahead):
        return None
    return Part("breakfast" if tokens[at].tag == "breakfast" else "lunch"), at + 1
