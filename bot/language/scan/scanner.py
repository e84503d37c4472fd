"""Cuts a folded text into typed tokens, both scripts at once, by the word tables. One pass, bounded look-ahead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import ascii_lowercase

from bot.language.scan import han as scan_han
from bot.language.scan import latin as scan_latin
from bot.language.scan.counted import with_counted
from bot.language.scan.known_names import KnownNames
from bot.language.scan.names import mention, second_word
from bot.language.scan.places import may_have_places, with_places
from bot.language.scan.source import Source
from bot.language.scan.text import Text, is_han, is_latin
from bot.language.scan.titles import may_have_titles, with_titles
from bot.language.senses import NO_SENSES, Sense
from bot.language.tags import Comma, Join, Tag
from bot.language.tokens import Entry, Kind, Token
from bot.language.zones import bare_offset

_BREAKS = frozenset("。!?;\n！？；…")
_GREETINGS = ("在吗", "在么", "在不", "在不在")
_LAST_LETTER = "\uffff"
_JOINERS = frozenset("\u200b\u200c\u200d\ufe0e\ufe0f\u2600\u2705\u2728\u2b50\u2764")
"""What emoji are made of; those of a later plane are all signs of no account."""
_CALLED_BY = (Kind.WEEKDAY, Kind.RELATIVE_DAY, Kind.SHIFT, Kind.NUMBER, Kind.MERIDIEM, Kind.PART, Kind.CLOCK_SIGN)
_DASHES = frozenset("-~")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_DIGITS = frozenset("0123456789")
_MOST_DIGITS = 8
MOST_TOKENS = 100
"""How many tokens of a text are read: three times as many as the longest known request has."""
_DIGIT_WORDS = (
    {form: Entry(Kind.RELATIVE_DAY, 1) for form in ("2mrw", "2moro", "2morrow", "2mr", "2mro")}
    | {"2day": Entry(Kind.RELATIVE_DAY, 0)}
    | {form: Entry(Kind.MEET) for form in ("1:1", "1-1", "1on1", "1-on-1", "1 on 1", "1v1", "1对1")}
)
_PHONE = re.compile(r"[0-9]{3,4}-(?:[0-9]{4}-[0-9]{4}|[0-9]{7,8})(?![0-9])")
_SIGNS_OF_TIME = frozenset("点號号日月时.:-/年人个apm")
"""What makes a time of 1-1 or 1:1 before it."""


def scan(text: Text, teams: Mapping[str, str], known: KnownNames | None = None) -> list[Token]:
    """The tokens of a text in order of place, at most `MOST_TOKENS` and two.

    `teams` maps spoken forms in folded letters to team names, `known` are the names of the directory.
    """
    source, place, folded = Source(text, known), 0, text.folded
    forms = _Forms(teams) if teams else None
    while place < len(folded) and len(source.tokens) < MOST_TOKENS:
        sign = folded[place]
        if sign.isspace():
            place, source.gap = place + 1, True
        else:
            taken = forms and (forms.take(source, place) or _team_mention(source, place, forms))
            place = taken or (_TAKING.get(sign) or _taking(sign))(source, place)
    tokens = _without_others_teams(_moved(_greeted(_without_ones(source.tokens))))
    if may_have_titles(folded, source.kinds):
        tokens = with_titles(tokens)
    if may_have_places(folded, source.kinds):
        tokens = with_places(tokens)
    return with_counted(tokens)


def _greeted(tokens: list[Token]) -> list[Token]:
    """The tokens with a 在吗 that opens a text as a greeting, where more stands apart behind it."""
    if len(tokens) > 1 and tokens[0].text in _GREETINGS and tokens[1].gap:
        tokens[0] = tokens[0]._replace(kind=Kind.BE, tag=Tag.POLITE)
    return tokens


def _moved(tokens: list[Token]) -> list[Token]:
    """The tokens with a "move" that opens an order and has a goal: move tomorrow's 3pm to 4pm."""
    first = next((at for at, token in enumerate(tokens) if not _is_asking_to(token)), None)
    if first is None or Sense.MOVING not in tokens[first].senses or tokens[first].kind is not Kind.BE:
        return tokens
    if any(Sense.TO in token.senses for token in tokens[first + 1 :]):
        tokens[first] = tokens[first]._replace(kind=Kind.MOVE, tag="")
    return tokens


def _without_others_teams(tokens: list[Token]) -> list[Token]:
    """The tokens with another team than the chat's as a plain noun: Bob's team, 王总的团队, 市场团队."""
    for at, token in enumerate(tokens):
        if (Sense.TEAM in token.senses or token.tag is Tag.TEAM) and _is_owned(tokens, at):
            tokens[at] = token._replace(kind=Kind.BE, tag=Tag.NOUN, senses=NO_SENSES)
    return tokens


def _without_ones(tokens: list[Token]) -> list[Token]:
    """The tokens with the one of "the Friday one" and "the 3pm one" as a small word: a meeting, and no hour."""
    for at, token in enumerate(tokens):
        if at > 1 and token.kind is Kind.NUMBER and token.text == "one" and _is_called_by_time(tokens, at):
            tokens[at] = token._replace(kind=Kind.FILL, value=0, tag="")
    return tokens


def _is_called_by_time(tokens: list[Token], at: int) -> bool:
    """True between "the" with a day or an hour, and what ends there."""
    begin = at - 1
    while begin > 0 and tokens[begin].kind in _CALLED_BY:
        begin -= 1
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = behind is None or behind.kind not in (Kind.MERIDIEM, Kind.CLOCK_SIGN, Kind.TO, Kind.SIGN, Kind.NUMBER)
    return begin < at - 1 and ends and not tokens[begin].senses.isdisjoint((Sense.THE, Sense.MY))


def _is_owned(tokens: list[Token], at: int) -> bool:
    """True behind his and 他们的, a name with an 's or a 的, a Chinese one that touches it, and behind a noun."""
    if not at:
        return False
    before = tokens[at - 1]
    if Sense.THEIR in before.senses or (at > 1 and Sense.THEIR in tokens[at - 2].senses and before.text == "的"):
        return True
    if Sense.POSSESSIVE in before.senses:
        return at > 1 and tokens[at - 2].kind in (Kind.NAME, Kind.AT_SIGN)
    owner = before.value == 1 if before.kind is Kind.WORD else before.tag is Tag.NOUN
    return owner or (before.kind is Kind.NAME and not tokens[at].gap)


def _is_asking_to(token: Token) -> bool:
    """True for what may stand before an order: please, can you, 麻烦."""
    return token.kind in (Kind.FILL, Kind.COMMA, Kind.BREAK) or token.tag in (Tag.ORDER, Tag.POLITE)


class _Forms:
    """The spoken forms of teams, by length, longest first."""

    def __init__(self, teams: Mapping[str, str]) -> None:
        self.names = {form: name for form, name in teams.items() if form}
        self.lengths = sorted({len(form) for form in self.names}, reverse=True)

    def take(self, source: Source, place: int, *, marked: int = 0) -> int:
        """Takes a team's name at `place`, or gives 0. `marked` is the value of its token."""
        for length in self.lengths:
            name = self.names.get(source.folded[place : place + length])
            if name is not None and _is_whole(source.folded, place, place + length):
                return source.put(Entry(Kind.TEAM_NAME, marked, name), place, place + length)
        return 0


def _is_whole(folded: str, place: int, end: int) -> bool:
    """False where Latin letters go on beyond either end."""
    return not (_goes_on(folded, place - 1, place) or _goes_on(folded, end - 1, end))


def _goes_on(folded: str, before: int, after: int) -> bool:
    if before < 0 or after >= len(folded):
        return False
    return all(folded[place].isalnum() and folded[place].isascii() for place in (before, after))


def _taking(sign: str) -> Callable[[Source, int], int]:
    """What takes a word that begins with a sign."""
    if is_han(sign):
        return scan_han.take
    return scan_latin.take if is_latin(sign) else _sign


def _team_mention(source: Source, place: int, forms: _Forms | None) -> int:
    """@design: a team that is spoken to by its name; or 0."""
    if forms is None or source.folded[place] != "@" or place + 1 >= len(source.folded):
        return 0
    return forms.take(source, place + 1, marked=1)


def _mention(source: Source, place: int) -> int:
    """A typed mention; "@ 3pm" is a word for "at"."""
    end = mention(source.folded, place + 1)
    if place and source.folded[place - 1].isascii() and source.folded[place - 1].isalnum():
        return source.put(Entry(Kind.FILL), place, end)  # of an address: bob@example.com
    if end == place + 1 or source.folded[place + 1].isdigit():
        return source.put(Entry(Kind.AT), place, place + 1)
    if is_latin(source.folded[place + 1]):
        end = second_word(source.text.typed, end)
    return source.put(Entry(Kind.AT_SIGN, 0, source.text.typed[place + 1 : end]), place, end)


def _digits(source: Source, place: int) -> int:
    folded, end = source.folded, place
    while folded[end : end + 1] in _DIGITS:
        end += 1
    if end - place > _MOST_DIGITS:
        return source.put(Entry(Kind.PLACE), place, end)
    if found := _digit_word(source, place):
        return found
    if phone := _PHONE.match(folded, place):
        return source.put(Entry(Kind.PLACE), place, phone.end())
    if end - place == _MOST_DIGITS and folded[place : place + 2] in ("19", "20"):
        return _date(source, place)
    value = int(folded[place:end])
    if folded[end : end + 2] in _ORDINAL_ENDS and not folded[end + 2 : end + 3].isalpha():
        return source.put(Entry(Kind.ORDINAL, value), place, end + 2)
    return source.put(Entry(Kind.NUMBER, value), place, end)


def _date(source: Source, place: int) -> int:
    """20260325: a date that is written in one."""
    for start, end, kind in ((0, 4, Kind.YEAR_SIGN), (4, 6, Kind.MONTH_SIGN), (6, 8, Kind.DAY_SIGN)):
        digits = source.folded[place + start : place + end]
        source.put(Entry(Kind.NUMBER, int(digits)), place + start, place + end)
        source.put(Entry(kind), place + end, place + end)
    return place + _MOST_DIGITS


def _digit_word(source: Source, place: int) -> int:
    """Takes a word that begins with a digit (2mrw, 1:1), or gives 0."""
    if source.folded[place] not in "12":
        return 0
    for form, entry in _DIGIT_WORDS.items():
        end = place + len(form)
        if source.folded.startswith(form, place) and not _runs_on(source.folded, end, entry):
            return source.put(entry, place, end)
    return 0


def _runs_on(folded: str, end: int, entry: Entry) -> bool:
    """True where the letters or digits behind a word are a part of it, or make a time of it (1-1点)."""
    after = folded[end : end + 1]
    if entry.kind is not Kind.MEET:
        return after.isalpha()
    return after.isdigit() or (after != "" and after in _SIGNS_OF_TIME) or folded[end : end + 3] in (" am", " pm")


def _sign(source: Source, place: int) -> int:
    sign, end = source.folded[place], place + 1
    if sign > _LAST_LETTER or sign in _JOINERS:
        source.gap = True  # an emoji
        return end
    if sign in _BREAKS:
        return source.put(Entry(Kind.BREAK), place, end)
    if sign in ",，、":
        return source.put(Entry(Kind.COMMA, 0, Comma.LISTING if sign == Comma.LISTING else Comma.PLAIN), place, end)
    if sign == "+" and (offset := bare_offset(source.folded, place)):
        return source.put(Entry(Kind.ZONE, 1, offset[0]), place, offset[1])
    if sign in _DASHES:
        while end < len(source.folded) and source.folded[end] in _DASHES:
            end += 1
        return source.put(Entry(Kind.TO, 0, "-"), place, end)
    if sign == "&":
        return source.put(Entry(Kind.LIST, 0, Join.AND), place, end)
    return source.put(Entry(Kind.SIGN, 0, sign), place, end)


_TAKING = dict.fromkeys(_DIGITS, _digits) | dict.fromkeys(ascii_lowercase, scan_latin.take) | {"@": _mention}
"""What takes a word that begins with one of the commonest signs."""
