"""Whom a text speaks of: mentions, typed names, teams, the sender, everyone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.people.names import LEFT_OUT, Finder
from bot.language.scan.text import Text
from bot.language.tokens import Kind, Token
from bot.model.people import StaffId, Who

_NO_PEOPLE = (Kind.UNIT, Kind.WEEK, Kind.PART, Kind.NUMBER, Kind.ARTICLE, Kind.OF)
"""What makes an "all" before it no people: all day."""
_TEAM = frozenset(("team", "the team"))
_LEAVING = frozenset((Kind.NOT, Kind.REMOVE, Kind.AWAY))
_APART = frozenset(("but", "没有"))
_ABSENT = [[word] for word in LEFT_OUT]
_MOST_PEOPLE = 200
_COUNTING = frozenset(("算", "上"))
_HEADS = ("个人", "人", "位", "people", "ppl", "persons", "colleagues")
_ENOUGH = ("就", "就行", "就够", "即可")
_GATHERING = (["凑"], ["凑够"], ["凑齐"], ["凑足"], ["够"], ["get"], ["any"], ["要有"])
_HAVING = (["能", "有"], ["能够", "有"], ["只要", "有"], ["要", "有"], ["能", "来"], ["有", "够"])
"""The words before a number of people that would be enough."""
_COMING = (["参加"], ["去"], ["来"])


def people_of(text: Text, tokens: Sequence[Token], timed: Sequence[bool], *, mentioned: Sequence[StaffId]) -> Who:
    """The people of a text. `timed` says for each token whether it was read as part of a time."""
    kinds = {token.kind for token in tokens}
    teams = [token.tag for token in tokens if token.kind is Kind.TEAM_NAME] if Kind.TEAM_NAME in kinds else ()
    names, excluded = _named(Finder(text, tokens, timed), kinds)
    spoken = Kind.ME in kinds
    return Who(
        mentioned=tuple(dict.fromkeys(mentioned)),
        names=names,
        teams=tuple(dict.fromkeys(teams)),
        me=spoken and _has_me(tokens),
        everyone=(Kind.EVERYONE in kinds and _has_everyone(tokens)) or (not teams and _has_team(tokens)),
        without_names=excluded,
        without_me=spoken and _without_me(tokens),
    )


def _named(finder: Finder, kinds: set[Kind]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that are asked about, and those that are left out."""
    names = finder.names()
    leaves = not _LEAVING.isdisjoint(kinds) or _sets_apart(finder.tokens, kinds)
    excluded = finder.excluded() if leaves else ()
    return tuple([name for name in names if name not in excluded]), excluded


def optional_people(text: Text, tokens: Sequence[Token], timed: Sequence[bool]) -> tuple[str, ...]:
    """Those names that are said to be optional (Bob optional, 李四可选); they are among the names too."""
    if Kind.OPTIONAL not in [token.kind for token in tokens]:
        return ()
    return Finder(text, tokens, timed).optional()


def optional_mention(
    text: Text, tokens: Sequence[Token], mentioned: Sequence[StaffId]
) -> tuple[tuple[StaffId, ...], tuple[str, ...]]:
    """Who is meant by a word like "optional" that stands with no name, since mentions are taken out of a text.

    The one who is mentioned; of several nobody knows which, so that the word is left over, as it was typed.
    """
    said = next((token for token in tokens if token.kind is Kind.OPTIONAL), None)
    if said is None or not mentioned:
        return (), ()
    alone = tuple(dict.fromkeys(mentioned))
    return (alone, ()) if len(alone) == 1 else ((), (text.typed[said.start : said.end],))


def quorum_of(tokens: Sequence[Token]) -> int | None:
    """How many people are enough (at least 3 people, 至少三个人), or None."""
    for place, token in enumerate(tokens[:-1]):
        if token.kind is Kind.AT_LEAST and _is_head_count(tokens, place + 1):
            return tokens[place + 1].value
        if token.kind is Kind.NUMBER and _is_gathered(tokens, place) and 0 < token.value <= _MOST_PEOPLE:
            return token.value
    return None


def _is_gathered(tokens: Sequence[Token], place: int) -> bool:
    """True for the 4 of 凑4个人, 能有4个人就行, 4个人有空就行, "4 of us", "get 4 people"."""
    before = [token.text for token in tokens[max(place - 2, 0) : place]]
    behind = [token.text for token in tokens[place + 1 : place + 6]]
    if behind[:2] == ["of", "us"]:
        return before[-1:] not in (["the"], ["all"])
    if not behind or behind[0] not in _HEADS:
        return False
    enough = any(token in _ENOUGH for token in behind[1:])
    return enough or before[-1:] in _GATHERING or before in _HAVING or _is_least(tokens, place)


def _is_least(tokens: Sequence[Token], place: int) -> bool:
    """True for the 3 of 至少要有3个人."""
    return any(token.kind is Kind.AT_LEAST for token in tokens[max(place - 3, 0) : place])


def _is_head_count(tokens: Sequence[Token], place: int) -> bool:
    """True for a number that no unit of time follows."""
    if tokens[place].kind is not Kind.NUMBER or not 0 < tokens[place].value <= _MOST_PEOPLE:
        return False
    return not any(other.is_one_of(Kind.UNIT, Kind.MINUTE_SIGN) for other in tokens[place + 1 : place + 3])


def _kind(tokens: Sequence[Token], at: int) -> Kind | None:
    return tokens[at].kind if 0 <= at < len(tokens) else None


def _has_me(tokens: Sequence[Token]) -> bool:
    """True where the sender is one of the people, rather than the one who asks ("find me a slot")."""
    return any(token.kind is Kind.ME and not _only_asks(tokens, place) for place, token in enumerate(tokens))


def _only_asks(tokens: Sequence[Token], place: int) -> bool:
    behind = _kind(tokens, place - 1) in (Kind.FIND, Kind.BOOK, Kind.SHOW)
    return behind and tokens[place].text == "me" and _kind(tokens, place + 1) not in (Kind.LIST, Kind.COMMA)


def _without_me(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.ME and _is_left_out(tokens, place) for place, token in enumerate(tokens))


def _is_left_out(tokens: Sequence[Token], place: int) -> bool:
    """True for a "me" that does not come along: without me, 不算我, 不用算我, 我除外, 我不参加."""
    before = place - 1
    while before >= 0 and tokens[before].text in _COUNTING:
        before -= 1
    refused = before >= 0 and (tokens[before].is_one_of(Kind.NOT, Kind.REMOVE) or _is_without(tokens[before]))
    behind = [token.text for token in tokens[place + 1 : place + 3]]
    return refused or behind[:1] in _ABSENT or (behind[:1] == ["不"] and behind[1:] in _COMING)


def _sets_apart(tokens: Sequence[Token], kinds: set[Kind]) -> bool:
    """True for a word that leaves others out of all: but, without."""
    if Kind.WITH in kinds and any(map(_is_without, tokens)):
        return True
    return not _APART.isdisjoint([token.text for token in tokens])


def _is_without(token: Token) -> bool:
    return token.kind is Kind.WITH and bool(token.value)


def _has_everyone(tokens: Sequence[Token]) -> bool:
    """True where the whole team is meant; "all day" is no people."""
    return any(
        token.kind is Kind.EVERYONE and not (token.value and _kind(tokens, place + 1) in _NO_PEOPLE)
        for place, token in enumerate(tokens)
    )


def _has_team(tokens: Sequence[Token]) -> bool:
    """True for "the team", which a team that is named stands for."""
    return not _TEAM.isdisjoint([token.text for token in tokens])
