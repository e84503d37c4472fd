"""Whom a text speaks of: mentions, typed names, teams, the sender, everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.language.people.cursor import Cursor, Run
from bot.language.people.name_roles import excluded_names, leaves_out, optional_names
from bot.language.people.name_spans import name_spans
from bot.language.people.names import certain_names
from bot.language.people.subjects import unknown_subjects
from bot.language.scan.known_names import KnownNames
from bot.language.scan.text import Text
from bot.language.senses import NO_SENSES, Sense
from bot.language.tags import Tag
from bot.language.tokens import LISTING, Kind, Token
from bot.model.people import StaffId, Who

_NO_PEOPLE = (Kind.UNIT, Kind.WEEK, Kind.PART, Kind.NUMBER, Kind.ARTICLE, Kind.OF)
"""What makes an "all" before it no people: all day."""
_LEAVING = frozenset((Kind.NOT, Kind.REMOVE, Kind.AWAY))
_MOST_PEOPLE = 200


class People(NamedTuple):
    """The people of a text, those of them who need not come, and the tokens that name somebody."""

    who: Who
    optional: tuple[str | StaffId, ...] = ()
    places: frozenset[int] = frozenset()
    team_places: frozenset[int] = frozenset()


def people_of(
    text: Text,
    tokens: Sequence[Token],
    timed: Sequence[bool],
    *,
    mentioned: Sequence[StaffId],
    known: KnownNames | None = None,
) -> People:
    """The people of a text. `timed` says for each token whether it was read as part of a time.

    `known` are the names of the directory: who is not among them is unread. Without it names are told by rule.
    """
    kinds = {token.kind for token in tokens}
    senses = NO_SENSES.union(*[token.senses for token in tokens])
    cursor = Cursor(text, tokens, timed)
    spans = name_spans(cursor)
    excluded = (
        excluded_names(cursor, spans) if not _LEAVING.isdisjoint(kinds) or _sets_apart(tokens, kinds, senses) else []
    )
    runs = [_whole(cursor, run) for run in certain_names(cursor, spans) if run not in excluded]
    taken = _places(runs + excluded)
    strangers = unknown_subjects(cursor, taken)
    runs = sorted(runs + strangers)
    places = taken | _places(strangers)
    named = runs if known is None else [run for run in runs if _is_known(cursor, run, known)]
    unread = [run for run in runs if run not in named] if len(named) < len(runs) else []
    gone = cursor.names(excluded)
    optional = cursor.names(optional_names(cursor, spans)) if Kind.OPTIONAL in kinds else ()
    names = tuple([name for name in cursor.names(named) if name not in gone])
    teams = _teams(tokens, named=bool(runs) or bool(mentioned)) if Kind.TEAM_NAME in kinds else ()
    spoken = Kind.ME in kinds
    somebody = bool(names or mentioned or unread)
    ours = somebody and _is_we_alone(tokens)
    who = Who(
        mentioned=tuple(dict.fromkeys(mentioned)),
        names=names,
        teams=teams,
        me=(spoken and _has_me(tokens)) or ours,
        everyone=not (somebody and not teams and _means_the_named(tokens))
        and ((Kind.EVERYONE in kinds and _has_everyone(tokens)) or (not teams and Sense.THE_TEAM in senses)),
        without_names=gone,
        without_me=(spoken and _without_me(tokens)) or (Kind.WHO in kinds and _is_replaced(tokens)),
        unread=tuple([name for name in cursor.names(unread) if name not in gone]),
    )
    team_places = frozenset(
        [at for at, token in enumerate(tokens) if token.kind is Kind.TEAM_NAME and token.tag in teams] if teams else ()
    )
    return People(who, tuple(name for name in optional if name in names), places, team_places)


def _whole(cursor: Cursor, run: Run) -> Run:
    """An unknown name with the unknown signs that touch it before: 小龙女, 完颜洪烈."""
    first, stop = run
    token = cursor.tokens[first]
    if token.kind is not Kind.NAME or token.known:
        return run
    while first and run[0] - first < 2 and not cursor.tokens[first].gap and _begins_name(cursor, first - 1):
        first -= 1
    return first, stop


def _begins_name(cursor: Cursor, at: int) -> bool:
    token = cursor.tokens[at]
    familiar = token.kind is Kind.BE and Sense.FAMILIAR in token.senses
    other = Sense.VERB_END in token.senses or Sense.WAITING in token.senses
    return (token.kind is Kind.HAN or familiar) and not other and not cursor.timed[at]


def _places(runs: Iterable[Run]) -> frozenset[int]:
    return frozenset([place for run in runs for place in range(*run)])


def _is_known(cursor: Cursor, run: Run, known: KnownNames) -> bool:
    return cursor.tokens[run[0]].known > 0 or known.has(cursor.name(run))


_NOUNS = (Kind.MEET, Kind.WORD, Kind.HAN)
_TEAMS_MARKS = (*LISTING, Kind.AT_SIGN, Kind.WITH)


def _teams(tokens: Sequence[Token], *, named: bool) -> tuple[str, ...]:
    """The teams that are meant; before a noun, or beside people and unmarked, a team's name is a topic."""
    return tuple(
        dict.fromkeys(t.tag for at, t in enumerate(tokens) if t.kind is Kind.TEAM_NAME and is_team(tokens, at, named))
    )


def is_team(tokens: Sequence[Token], at: int, named: bool) -> bool:
    """True for a team's name that means its people: standing alone, or marked (设计组的人, @design)."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if tokens[at].value:
        return True
    if behind is not None and (behind.kind is Kind.TEAM or Sense.TEAM_MEMBERS in behind.senses):
        return True
    touching = behind is not None and (behind.text.isascii() or not behind.gap)
    if behind is not None and touching and _is_noun(behind):
        return False
    marked = before is not None and before.kind in _TEAMS_MARKS
    listed = behind is not None and behind.kind in LISTING
    return not named or marked or listed


def _is_noun(token: Token) -> bool:
    return token.kind in _NOUNS or (token.kind is Kind.BE and token.tag in (Tag.NOUN,))


def _is_we_alone(tokens: Sequence[Token]) -> bool:
    """True for a "we" beside named people: these and the sender."""
    return any(token.kind is Kind.EVERYONE and Sense.WE in token.senses for token in tokens)


def _means_the_named(tokens: Sequence[Token]) -> bool:
    """True where "all" and "we" mean the people who are named, unless the team is named as well."""
    return not any(
        (token.kind is Kind.EVERYONE and token.tag is Tag.TEAM) or Sense.TEAM in token.senses for token in tokens
    )


def optional_mention(
    tokens: Sequence[Token], mentioned: Sequence[StaffId]
) -> tuple[tuple[StaffId, ...], tuple[int, int] | None]:
    """Who is meant by a word like "optional" that stands with no name, since mentions are taken out of a text.

    The one who is mentioned; of several nobody knows which, so that the word is left over, at the place that is given.
    """
    said = next((at for at, token in enumerate(tokens) if token.kind is Kind.OPTIONAL), None)
    if said is None or not mentioned:
        return (), None
    alone = tuple(dict.fromkeys(mentioned))
    return (alone, None) if len(alone) == 1 else ((), (said, said + 1))


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
    if place + 1 >= len(tokens):
        return False
    behind = tokens[place + 1]
    if behind.kind is Kind.OF and _has(tokens, place + 2, Sense.US):
        return not _has(tokens, place - 1, Sense.WHOLE)
    if Sense.HEADS not in behind.senses:
        return False
    enough = any(Sense.SUFFICES in token.senses for token in tokens[place + 2 : place + 6])
    return enough or _has(tokens, place - 1, Sense.GATHER) or _is_had(tokens, place) or _is_least(tokens, place)


def _is_had(tokens: Sequence[Token], place: int) -> bool:
    """True for the 4 of 只要有4个人 and 能来4个人."""
    had = _has(tokens, place - 1, Sense.HAVE) and _has(tokens, place - 2, Sense.IF_ONLY)
    return had or (_has(tokens, place - 1, Sense.COME) and _has(tokens, place - 2, Sense.ABLE))


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


def _is_role(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.BE and tokens[at].tag is Tag.ROLE


def _has(tokens: Sequence[Token], at: int, sense: Sense) -> bool:
    return 0 <= at < len(tokens) and sense in tokens[at].senses


def _has_me(tokens: Sequence[Token]) -> bool:
    """True where the sender is one of the people, rather than the one who asks ("find me a slot")."""
    return any(token.kind is Kind.ME and not _only_asks(tokens, place) for place, token in enumerate(tokens))


def _only_asks(tokens: Sequence[Token], place: int) -> bool:
    senses = tokens[place].senses
    if Sense.MY in senses and _is_role(tokens, place + 1 + _has(tokens, place + 1, Sense.POSSESSIVE)):
        return True  # my boss
    behind = _kind(tokens, place - 1) in (Kind.FIND, Kind.BOOK, Kind.SHOW)
    return behind and Sense.OBJECT_CASE in senses and _kind(tokens, place + 1) not in LISTING


def _without_me(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.ME and _is_left_out(tokens, place) for place, token in enumerate(tokens))


def _is_replaced(tokens: Sequence[Token]) -> bool:
    """True for 谁能替我, which has the sender in one word."""
    return any(Sense.STANDING_IN in token.senses and not token.text.isascii() for token in tokens)


def _is_left_out(tokens: Sequence[Token], place: int) -> bool:
    """True for a "me" that does not come along: without me, 不算我, 不用算我, 我除外, 我不参加."""
    before = place - 1
    while before >= 0 and Sense.COUNT_IN in tokens[before].senses:
        before -= 1
    if before > 0 and tokens[before].kind is Kind.FOR:
        before -= Sense.STANDING_IN in tokens[before - 1].senses
    if before >= 0 and Sense.STANDING_IN in tokens[before].senses:
        return True  # who can cover for me
    refused = before >= 0 and (tokens[before].is_one_of(Kind.NOT, Kind.REMOVE) or leaves_out(tokens[before]))
    if refused or _has(tokens, place + 1, Sense.LEFT_OUT):
        return True
    return _has(tokens, place + 1, Sense.NO) and _has(tokens, place + 2, Sense.TAKE_PART)


def _sets_apart(tokens: Sequence[Token], kinds: set[Kind], senses: frozenset[Sense]) -> bool:
    """True for a word that leaves others out of all: but, without, 不."""
    if Sense.NO in senses or (Kind.WITH in kinds and any(map(leaves_out, tokens))):
        return True
    return Sense.BUT in senses or Sense.WITHOUT in senses


def _has_everyone(tokens: Sequence[Token]) -> bool:
    """True where the whole team is meant; "all day" is no people."""
    return any(
        token.kind is Kind.EVERYONE and not (token.value and _kind(tokens, place + 1) in _NO_PEOPLE)
        for place, token in enumerate(tokens)
    )
