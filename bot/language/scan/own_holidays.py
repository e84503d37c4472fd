"""Whose public holidays somebody has: 我按德国的节假日, I follow the German calendar, and back to the company's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.language.scan.text import Text
from bot.language.tokens import Token
from bot.language.words.countries import CODES, COMPANY
from bot.model.hours_orders import HoursOrder

_MOST_WORDS = 24
_ENDS = re.compile(
    r"[,，;；。!！\n]|(?<!\bst)(?<!u\.s)\.(?= |$)|\band\b(?= (?:i|i'm|my|follow|observe|keep|take|use|have)\b)"
)
"""What stands between clauses."""
_SAID = re.compile(r"节假|假期|放假|公假|假日|休假|的假|holiday|calendar")
_OF_HOLIDAYS = re.compile("假|holiday|days off")
_SIGNS = " '\"~"
_NOUN = "(?:法定|公共|公众)?(?:节假日|假期|假日|公假|放假|休假|假)(?:安排|日历|表|时间)?"
_BY = "(?:以|按照?|按着|依照?|照着?|跟着?|随着?|遵循|参照|用|过|放|休|执行)"
_ENDING = "(?:放假|休假|休息|为准|走|来|算|过|执行|放|休)?(?:的|了|吧|哦|啦|哈)?"
_LEADING = "(?:请|麻烦|以后|今后|从现在起|现在|帮我)?"
_ZH = (
    rf"{_LEADING}(?:我(?:这边|自己|个人|本人)?(?:是|都是|还是|改成|改为)?|本人)?"
    rf"{_BY}(?P<sure>.+?)的?{_NOUN}{_ENDING}",
    rf"{_LEADING}(?:我的)?{_NOUN}(?:是|都是|请|要|应该|改成|改为|还是)?{_BY}?(?P<sure>.+?)的?(?:{_NOUN})?{_ENDING}",
    rf"{_LEADING}把?我的{_NOUN}(?:设成|设为|改成|改为|换成|改回)(?P<sure>.+?)的?(?:{_NOUN})?{_ENDING}",
    rf"(?:我)?(?:还是)?(?:改回|换回|回到|恢复)(?P<back>.+?)的?{_NOUN}{_ENDING}",
)
_DAYS = "(?:(?:public|bank|national|statutory|official|legal|local) )?(?:holidays?|holiday calendar|days off)"
_KEEP = "(?:follow|observe|keep|take|have|get|use|celebrate|go by|am on|work by|work to|stick to|'m on)"
_EN = (
    rf"(?:(?:i|i'm|please)? ?(?:now |actually |only |always |also )?{_KEEP}|i'm on)"
    rf" (?:the same )?(?:the )?(?P<sure>.+?)(?:'s?)? (?:{_DAYS}|calendar)(?: for me)?(?: please)?(?: instead)?",
    rf"i {_KEEP} (?:the same )?(?:the )?{_DAYS} (?:of|from|as|like|in) (?P<of>.+?)",
    rf"my {_DAYS} (?:are|is|follow) (?:now )?(?:the |those (?:of|from|in) |like |as in |the same as )?"
    rf"(?P<mine>.+?)(?:'s?)?(?: (?:ones|{_DAYS}|calendar))?",
    rf"(?:set|change|switch) my {_DAYS} (?:to|back to) (?:the )?(?P<set>.+?)(?:'s?)?(?: (?:ones|{_DAYS}|calendar))?",
    rf"(?:i'm |i am |go |switch |change |put me )?back to (?:the )?(?P<back>.+?)(?:'s?)? (?:{_DAYS}|holiday calendar)"
    r"(?: please)?",
)
_RULES = [re.compile(rule) for rule in (*_ZH, *_EN)]
_OWN_NAME = re.compile(
    r"(?:holiday|days off).* (?:of|from|in|those) | (?:public|bank|national) holidays$|.'s holidays$"
)
"""The English clauses whose country may be asked back: of others a word that is none makes no such clause."""
_STRANGE = re.compile(r"[\u4e00-\u9fff]{1,8}|[a-z][a-z .'-]{2,20}")
_NO_COUNTRY = re.compile(
    r"自己|时|不|没|什么|哪|谁|怎|吗|几|多少|年|月|天|周|婚|产|病|事|\b(?:my|no|any|some|all|two|own|the|our|in|on|over|from|until)\b"
)
_ONESELF = re.compile(r"我|本人|改回|换回|恢复|\b(?:i|i'm|my|me|back to)\b")


class OwnHolidays(NamedTuple):
    """What is told, the stretch of the folded text that tells it, and whether nothing else is said."""

    order: HoursOrder
    start: int
    end: int
    whole: bool

    def holds(self, token: Token) -> bool:
        """True for a token of the clause."""
        return self.start <= token.start < self.end


def own_holidays(text: Text) -> OwnHolidays | None:
    """The clause that says whose holidays the author has; None where there is none, or a question is asked."""
    if not _SAID.search(text.folded) or re.search(r"[?？]|[吗么呢]\W*$", text.folded):
        return None
    clauses = list(_clauses(text.folded))
    for start, end in clauses:
        order = _order(text.folded[start:end], text.typed[start:end])
        if order and (len(clauses) > 1 or _ONESELF.search(text.folded)):
            return OwnHolidays(order, start, end, len(clauses) == 1)
    return None


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch with words in it, without the signs around them."""
    begin = 0
    for end in (*_ENDS.finditer(folded), None):
        part = folded[begin : end.start() if end else len(folded)]
        plain = part.strip(_SIGNS)
        if plain:
            first = begin + part.index(plain)
            yield first, first + len(plain)
        begin = end.end() if end else begin


def _order(clause: str, typed: str) -> HoursOrder | None:
    """What one clause tells; a country that nobody knows is told by its words."""
    unknown = ""
    for found in filter(None, (rule.fullmatch(clause) for rule in _RULES)):
        name, said = next((key, words) for key, words in found.groupdict().items() if words)
        words = said.strip(_SIGNS)
        company = words in COMPANY or words.removesuffix("'s") in COMPANY
        if company and not _OF_HOLIDAYS.search(clause):
            continue  # the team calendar is a calendar
        if company:
            return HoursOrder(country="")
        code = CODES.get(words) or CODES.get(words.removesuffix("'s"))
        if code:
            return HoursOrder(country=code)
        if not unknown and _may_be_country(clause, words):
            unknown = typed[found.start(name) : found.end(name)][:_MOST_WORDS].strip()
    return HoursOrder(unknown_country=unknown) if unknown else None


def _may_be_country(clause: str, words: str) -> bool:
    """True for a word that stands where only a country does; 按时放假 and "I have two holidays" say none."""
    if not _STRANGE.fullmatch(words) or _NO_COUNTRY.search(words):
        return False
    if not words.isascii():
        return f"{words}的" in clause and "节假日" in clause
    return bool(_OWN_NAME.search(clause))
