"""Tokens -> atoms: tries the rules at each place, the most telling first, and decides which bare numbers are hours."""

from __future__ import annotations

from bot.language import clocks, date_lists, dates, lengths, offsets, weekdays
from bot.language.atoms import Atom, Found, Rule, Tokens, Value, close, is_at, kind_at, skip, text_at
from bot.language.specs import Clock, Date, Days, In, Month, Now, Part, Relative, Week
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
_HOUR_BEHIND = (Kind.AT, Kind.FROM, Kind.BETWEEN, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.BY)
_NOT_BEHIND_HOUR = (
    Kind.WORD,
    Kind.UNIT,
    Kind.COUNTER,
    Kind.FIND,
    Kind.NAME,
    Kind.CALENDAR,
    Kind.HAN,
    Kind.MONTH_SIGN,
    Kind.PORTION,
    Kind.SOME,
    Kind.ARTICLE,
    Kind.ZONE_SIGN,
    Kind.DAY_SIGN,
    Kind.PLACE,
)
_AFTER_RANGE = (
    Kind.BREAK,
    Kind.WHO,
    Kind.AVAILABLE,
    Kind.BE,
    Kind.COMMA,
    Kind.WITH,
    Kind.FOR,
    Kind.LIST,
    Kind.ON,
    Kind.AWAY,
    Kind.ZONE,
)


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
        or _number(tokens, at, atoms)
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


# ---------------------------------------------------------------- bare numbers
def _number(tokens: Tokens, at: int, atoms: list[Atom]) -> Found:
    if not is_at(tokens, at, Kind.NUMBER) or tokens[at].value > 31 or _is_decimal(tokens, at):
        return None
    if tokens[at].value == 12 and is_at(tokens, at + 1, Kind.PART) and tokens[at + 1].tag in ("noon_point", "midnight"):
        return Clock(12 if tokens[at + 1].tag == "noon_point" else 24, sure=True), at + 2
    before = _last_value(atoms)
    if isinstance(before, Date) and _is_day_of_list(tokens, at, atoms):
        return Date(tokens[at].value), at + 1
    if (
        is_at(tokens, at + 1, Kind.COMMA, Kind.LIST)
        and is_at(tokens, at + 2, Kind.NUMBER)
        and is_at(tokens, at + 3, Kind.DAY_SIGN)
    ):
        return Date(tokens[at].value), at + 1
    if not _is_hour(tokens, at, atoms):
        return None
    return clocks.bare(tokens, at)


def _is_decimal(tokens: Tokens, at: int) -> bool:
    """True for either side of 37.1."""
    before = text_at(tokens, at - 1) == "." and close(tokens, at) and is_at(tokens, at - 2, Kind.NUMBER)
    after = text_at(tokens, at + 1) == "." and close(tokens, at + 1) and is_at(tokens, at + 2, Kind.NUMBER)
    return before or (after and close(tokens, at + 2))


def _last_value(atoms: list[Atom]) -> Value:
    """The value before the last word that ties things together."""
    for atom in reversed(atoms[-4:]):
        if atom.value is not None:
            return atom.value
        if atom.kind not in (Kind.TO, Kind.LIST, Kind.COMMA, Kind.FILL, Kind.FROM, Kind.UNTIL):
            return None
    return None


def _is_day_of_list(tokens: Tokens, at: int, atoms: list[Atom]) -> bool:
    """True for the 3 of "Dec 1 - 3" and the 26 of "Nov 25 and 26"."""
    if (
        not atoms
        or atoms[-1].value is not None
        or (text_at(tokens, at + 1) in (":", ".") and is_at(tokens, at + 2, Kind.NUMBER))
    ):
        return False
    return not is_at(tokens, at + 1, Kind.MERIDIEM, Kind.CLOCK_SIGN, Kind.UNIT, Kind.TO, Kind.WORD, Kind.EXACTLY)


def _is_hour(tokens: Tokens, at: int, atoms: list[Atom]) -> bool:
    behind = skip(tokens, at + 1, Kind.EXACTLY, most=1)
    last = _last_value(atoms)
    if is_at(tokens, at + 1, Kind.TO, Kind.UNTIL, Kind.LIST) and _ranged(tokens, at, atoms):
        return True
    if is_at(tokens, behind, *_NOT_BEHIND_HOUR) and not (
        is_at(tokens, behind, Kind.WORD) and is_at(tokens, at - 1, *_HOUR_BEHIND)
    ):
        return _is_dayish(tokens, behind)
    if text_at(tokens, behind) in ("%", ".", "/") and close(tokens, behind) and is_at(tokens, behind + 1, Kind.NUMBER):
        return False
    if is_at(tokens, at - 1, Kind.TO, Kind.LIST, Kind.UNTIL, Kind.COMMA) and isinstance(last, Clock):
        return True
    if is_at(tokens, at - 1, *_HOUR_BEHIND):
        return not is_at(tokens, behind, Kind.UNIT)
    dated = bool(atoms) and isinstance(atoms[-1].value, Days | Part) and not isinstance(atoms[-1].value, Month)
    commaed = len(atoms) > 1 and atoms[-1].kind is Kind.COMMA and isinstance(atoms[-2].value, Days)
    word = tokens[at].tag == "word" and is_at(tokens, behind, Kind.WEEKDAY)  # that one Tuesday
    return dated or (commaed and _is_dayish(tokens, behind)) or (_is_dayish(tokens, behind) and not word)


def _is_dayish(tokens: Tokens, at: int) -> bool:
    """True where a day or a part of it follows."""
    at = skip(tokens, at, Kind.COMMA, most=1)
    if is_at(tokens, at, Kind.RELATIVE_DAY, Kind.WEEKDAY) or (
        is_at(tokens, at, Kind.SHIFT) and is_at(tokens, at + 1, Kind.WEEKDAY)
    ):
        return True
    if is_at(tokens, at, Kind.IN):
        return clocks.part(tokens, at) is not None
    return is_at(tokens, at, Kind.ON) and weekdays.day(tokens, skip(tokens, at + 1, Kind.FILL)) is not None


def _ranged(tokens: Tokens, at: int, atoms: list[Atom]) -> bool:
    """True where a number is the first end of a range of hours: the other end, or the words around, say so."""
    if is_at(tokens, at + 2, Kind.PART) and tokens[at + 2].tag in ("noon_point", "midnight"):
        return True
    other = skip(tokens, at + 2, Kind.FILL, Kind.AT, Kind.PART, most=2)
    found = clocks.clock(tokens, other)
    if found and isinstance(found[0], Clock) and (found[0].half or found[0].minute or tokens[other].value <= 24):
        return True
    if not is_at(tokens, other, Kind.NUMBER) or not 0 < tokens[other].value <= 24 or is_at(tokens, at + 1, Kind.LIST):
        return False
    stop = skip(tokens, other + 1, Kind.EXACTLY, most=1)
    if kind_at(tokens, other + 1) in (Kind.MONTH_SIGN, Kind.DAY_SIGN, Kind.UNIT, Kind.MONTH, Kind.COUNTER, Kind.FIND):
        return False
    dated = bool(atoms) and isinstance(atoms[-1].value, Days | Part)
    if dated or is_at(tokens, at - 1, *_HOUR_BEHIND) or _is_dayish(tokens, stop):
        return True
    return stop >= len(tokens) or kind_at(tokens, stop) in _AFTER_RANGE


def is_later(value: Value) -> bool:
    """True for a value that counts from now and stands by itself."""
    return isinstance(value, In | Now)
