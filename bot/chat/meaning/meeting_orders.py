"""What a text wants done with a meeting that is there: which one, and moved to when, or with whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model.meeting_orders import MeetingOrder, MeetingVerb
from bot.model.people import Who
from bot.model.requests import Change, ChangeKind, Intent, Language, Request

Read = Callable[[str], Request]

_NOT = r"不要?取消|别取消|不用取消|\b(?:don'?t|do not|never) (?:cancel|delete|move)"
_CANCEL = r"取消|不约|不开了|删|撤|\bcancel|\bcall(?:ed)? .*\boff\b|\bdelete\b|\bscrap\b|\bdrop\b"
_REMOVE = r"去掉|移除|移出|不用来|别来|踢|\bremove\b|\buninvite\b|\bwithout\b|\btake .*\boff\b"
_ADD = r"加|叫上|拉上|邀请|\badd\b|\binvite\b|\binclude\b"
_MOVE = r"[改挪移推调换延]|提前|\b(?:move|push|shift|re-?schedul|postpone|delay|bring|change)"
_SOONER = r"提前|早|\b(?:earlier|forward|sooner)\b"
_TO = (
    re.compile(r"(?P<which>.*?(?:[改挪移推调换延]|提前|推迟|延后|延期))[到至成为](?P<when>.+)", re.DOTALL),
    re.compile(
        r"(?P<which>.*\b(?:move|push|shift|re-?schedule|postpone|delay|bring|change)\b.+?)\s+(?:to|until|till)\s+"
        r"(?P<when>.+)",
        re.DOTALL | re.IGNORECASE,
    ),
)
_NUMBER = re.compile(r"第\s*([一二三四五六七八九\d])\s*个|(?:number|no\.?|#)\s*(\d)\b|\b(first|second|third)\b", re.I)
_COUNTED = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTED |= {"first": 1, "second": 2, "third": 3}
_MOVES = (
    ChangeKind.DAY,
    ChangeKind.CLOCK,
    ChangeKind.TIME,
    ChangeKind.WEEK,
    ChangeKind.SHIFT,
)
_FOLLOWS = {
    ChangeKind.SHIFT: MeetingVerb.MOVE,
    ChangeKind.REMOVE: MeetingVerb.REMOVE,
    ChangeKind.ADD: MeetingVerb.ADD,
}
"""What is said of a meeting only behind its card, and of a question behind that."""


def meeting_order_of(request: Request, text: str, *, read: Read) -> MeetingOrder | None:
    """The order that a text is; None for all other texts. `read` reads a part of it."""
    change = request.change
    if request.intent is not Intent.BOOKINGS:
        verb = _FOLLOWS.get(change.kind) if change else None
        return _order(verb, request, text, read=read, follows=True) if verb else None
    return _order(_verb(request, text.casefold()), request, text, read=read)


def _verb(request: Request, text: str) -> MeetingVerb:
    change, named = request.change, bool(_guests(request))
    if re.search(_NOT, text):
        return MeetingVerb.SHOW
    if change and change.kind is ChangeKind.CANCEL:
        return MeetingVerb.CANCEL
    if change and change.kind in _MOVES:
        return MeetingVerb.MOVE
    if re.search(_REMOVE, text) and named and not re.search(_CANCEL, text):
        return MeetingVerb.REMOVE
    if re.search(_CANCEL, text):
        return MeetingVerb.CANCEL
    if re.search(_ADD, text) and named:
        return MeetingVerb.ADD
    return MeetingVerb.MOVE if re.search(_MOVE, text) else MeetingVerb.SHOW


def _order(verb: MeetingVerb, request: Request, text: str, *, read: Read, follows: bool = False) -> MeetingOrder:
    number = _number(text) if verb is not MeetingVerb.SHOW else 0
    order = MeetingOrder(verb, request.windows, request.title or "", request.who, number, follows=follows)
    if verb in (MeetingVerb.ADD, MeetingVerb.REMOVE):
        return replace(order, guests=_guests(request) or Who(), who=Who())
    return _moving(order, request, text, read) if verb is MeetingVerb.MOVE else order


def _guests(request: Request) -> Who | None:
    """Who is to come or not; None where nobody is named. Whoever is left out by name is the one to be removed."""
    change, who = request.change, request.who
    if change and change.kind in (ChangeKind.ADD, ChangeKind.REMOVE):
        who = change.who
    named = replace(who, mentioned=who.mentioned or who.without, names=who.names or who.without_names)
    named = replace(named, without=(), without_names=())
    return named if named.typed or named.mentioned else None


def _moving(order: MeetingOrder, request: Request, text: str, read: Read) -> MeetingOrder:
    """Which meeting, and the other time, which are told apart by 到 and "to"."""
    change = request.change if request.change and request.change.kind in _MOVES else None
    for pattern in _TO:
        found = pattern.fullmatch(text.strip())
        which = read(found["which"]) if found else None
        if found and which and (which.windows or change is None):
            spoken = "改到" if request.language is Language.ZH else "move it to "
            to = read(spoken + found["when"]).change
            return replace(order, windows=which.windows, who=which.who, to=to if to and to.kind in _MOVES else None)
    if change:
        return replace(order, windows=(), to=change)
    if request.duration:
        by = -request.duration if re.search(_SOONER, text.casefold()) else request.duration
        return replace(order, to=Change(ChangeKind.SHIFT, duration=by))
    return order


def _number(text: str) -> int:
    found = _NUMBER.search(text)
    said = next((each for each in found.groups() if each), "").casefold() if found else ""
    return int(said) if said.isdecimal() else _COUNTED.get(said, 0)
