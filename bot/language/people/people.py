"""Whom a text speaks of: mentions, typed names, teams, the sender, everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.people.name_spans import Run
from bot.language.people.names import LEFT_OUT, Finder
from bot.language.people.subjects import Subjects
from bot.language.scan.known_names import KnownNames
from bot.language.scan.text import Text
from bot.language.tokens import Kind, Tag, Token
from bot.model.people import StaffId, Who

WE = frozenset(("我们", "咱们", "we", "us", "our", "we're", "we'll", "帮我们", "给我们", "请帮我们"))
TEAM_WORDS = frozenset(
    (
        "团队",
        "整个团队",
        "全团队",
        "我们团队",
        "小组",
        "我们组",
        "咱们组",
        "全组",
        "本组",
        "组里",
        "全队",
        "the team",
        "team",
    )
)
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


@dataclass(frozen=True, slots=True)
class People:
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
    finder = Finder(text, tokens, timed)
    excluded = finder.excluded() if not _LEAVING.isdisjoint(kinds) or _sets_apart(tokens, kinds) else []
    runs = [_whole(tokens, timed, run) for run in finder.certain() if run not in excluded]
    taken = _places(runs + excluded)
    strangers = Subjects(tokens, timed, taken).runs()
    runs = sorted(runs + strangers)
    places = taken | _places(strangers)
    named = [run for run in runs if known is None or _is_known(finder, run, known)]
    unread = [run for run in runs if run not in named]
    gone, optional = finder.names(excluded), finder.names(finder.optional()) if Kind.OPTIONAL in kinds else ()
    names = tuple([name for name in finder.names(named) if name not in gone])
    teams = _teams(tokens, named=bool(runs) or bool(mentioned))
    spoken = Kind.ME in kinds
    somebody = bool(names or mentioned or unread)
    ours = somebody and _is_we_alone(tokens)
    who = Who(
        mentioned=tuple(dict.fromkeys(mentioned)),
        names=names,
        teams=teams,
        me=(spoken and _has_me(tokens)) or ours,
        everyone=not (somebody and not teams and _means_the_named(tokens))
        and ((Kind.EVERYONE in kinds and _has_everyone(tokens)) or (not teams and _has_team(tokens))),
        without_names=gone,
        without_me=spoken and _without_me(tokens),
        unread=tuple([name for name in finder.names(unread) if name not in gone]),
    )
    team_places = frozenset(
        at for at, token in enumerate(tokens) if token.kind is Kind.TEAM_NAME and token.tag in teams
    )
    return People(who, tuple(name for name in optional if name in names), places, team_places)


def _whole(tokens: Sequence[Token], timed: Sequence[bool], run: Run) -> Run:
    """An unknown name with the unknown signs that touch it before: 小龙女, 完颜洪烈."""
    first, stop = run
    while first and run[0] - first < 2 and tokens[run[0]].known == 0 and not tokens[first].gap:
        before = tokens[first - 1]
        small = before.kind is Kind.BE and before.text in ("小", "大")
        unknown = (before.kind is Kind.HAN or small) and before.text not in _NO_BEGINNING and not timed[first - 1]
        if not unknown or tokens[run[0]].kind is not Kind.NAME:
            break
        first -= 1
    return first, stop


def _places(runs: Iterable[Run]) -> frozenset[int]:
    return frozenset(place for run in runs for place in range(*run))


def _is_known(finder: Finder, run: Run, known: KnownNames) -> bool:
    return finder.tokens[run[0]].known > 0 or known.has(finder.name(run))


_NO_BEGINNING = frozenset("上下来去过好到了被从")
"""Unknown signs before a name that belong to the verb before it: 约上李四."""
_NOUNS = (Kind.MEET, Kind.WORD, Kind.HAN)
_TEAMS_MARKS = (Kind.LIST, Kind.COMMA, Kind.AT_SIGN, Kind.WITH)


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
    if behind is not None and (behind.kind is Kind.TEAM or behind.text in _TEAM_BEHIND):
        return True
    touching = behind is not None and (behind.text.isascii() or not behind.gap)
    if behind is not None and touching and _is_noun(behind):
        return False
    marked = before is not None and before.kind in _TEAMS_MARKS
    listed = behind is not None and behind.kind in (Kind.LIST, Kind.COMMA)
    return not named or marked or listed


_TEAM_BEHIND = (
    "team",
    "团队",
    "组",
    "的人",
    "的同学",
    "的同事",
    "folks",
    "people",
    "guys",
    "成员",
    "全员",
    "全体",
    "所有人",
    "大家",
    "的",
)


def _is_noun(token: Token) -> bool:
    return token.kind in _NOUNS or (token.kind is Kind.BE and token.tag in (Tag.NOUN,))


def _is_we_alone(tokens: Sequence[Token]) -> bool:
    """True for a "we" beside named people: these and the sender."""
    return any(token.kind is Kind.EVERYONE and token.text in WE for token in tokens)


def _means_the_named(tokens: Sequence[Token]) -> bool:
    """True where "all" and "we" mean the people who are named, unless the team is named as well."""
    return not any(
        (token.kind is Kind.EVERYONE and "team" in token.text) or token.text in TEAM_WORDS for token in tokens
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


def _is_role(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind is Kind.BE and tokens[at].tag is Tag.ROLE


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _has_me(tokens: Sequence[Token]) -> bool:
    """True where the sender is one of the people, rather than the one who asks ("find me a slot")."""
    return any(token.kind is Kind.ME and not _only_asks(tokens, place) for place, token in enumerate(tokens))


def _only_asks(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].text in ("my", "我") and _is_role(tokens, place + 1 + (_text(tokens, place + 1) == "的")):
        return True  # my boss
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
