"""What a chat is to be set to: its language, its zone; and who is in which team."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.scan.automatic import is_automatic_language
from bot.language.scan.senses import senses_together
from bot.language.scan.text import Text
from bot.language.senses import Sense
from bot.language.tokens import Kind, Token
from bot.language.zones import iana_name
from bot.model.requests import Setting

_MOST_SHOWN = 4
"""As many tokens as the words for settings are made of at most: 查看设置."""
_AROUND = frozenset((Kind.SHOW, Kind.USE, Kind.FILL, Kind.ME, Kind.COMMA, Kind.BREAK, Kind.OF, Kind.EVERYONE))
_TO = frozenset((Kind.TO, Kind.CHANGE, Kind.FILL, Kind.USE, Kind.COMMA, Kind.SIGN, Kind.IN, Kind.FOR, Kind.BE))
_MEMBERS = frozenset((Kind.WHO, Kind.SHOW, Kind.TEAM))
_BESIDE_MEMBERS = _MEMBERS | frozenset(
    (Kind.TEAM_NAME, Kind.FILL, Kind.IN, Kind.ON, Kind.OF, Kind.BE, Kind.ARTICLE, Kind.COMMA, Kind.BREAK, Kind.SIGN)
)
_MOST_WORDS = 24


def setting_of(text: Text, tokens: Sequence[Token]) -> Setting | None:
    """The language, the zone or both; None where the settings are only to be shown.

    A zone that nobody knows is given in the words it was named by, at most 24 characters.
    """
    zone = next((iana_name(token.tag) for token in tokens if token.kind is Kind.ZONE), None)
    locale = next((token.tag for token in tokens if token.kind is Kind.LANGUAGE), None)
    set_zone = any(token.kind is Kind.SET_ZONE for token in tokens)
    if is_automatic_language(text):
        return Setting(locale="auto")
    if any(token.kind is Kind.CHAT and token.value for token in tokens):
        return Setting(chat_id=True)
    hidden = next((token for token in tokens if token.kind is Kind.HIDE), None)
    if hidden:
        return Setting(hide=not hidden.value)
    set_zone = set_zone or any(token.kind is Kind.CHAT for token in tokens)
    unknown = named_zone(text, tokens) if set_zone and zone is None and locale is None else ""
    setting = Setting(locale, zone if set_zone else None, unknown)
    return setting if setting != Setting() else None


def shows_settings(text: Text, tokens: Sequence[Token]) -> bool:
    """True for 设置, settings, show the settings, 语言: nothing else is said."""
    if is_automatic_language(text):
        return True
    said = [token for token in tokens if token.kind not in _AROUND or Sense.SETTINGS in token.senses]
    return len(said) <= _MOST_SHOWN and Sense.SETTINGS in senses_together(said)


def asks_for_members(tokens: Sequence[Token]) -> bool:
    """True for a team's name beside a word that asks who is in it, and nothing that speaks of calendars."""
    kinds = {token.kind for token in tokens}
    return Kind.TEAM_NAME in kinds and not kinds.isdisjoint(_MEMBERS) and kinds <= _BESIDE_MEMBERS


def named_zone(text: Text, tokens: Sequence[Token]) -> str:
    """What stands behind the word for a zone, without what only leads there; empty where there is no such word."""
    place = next((place for place, token in enumerate(tokens) if token.kind is Kind.SET_ZONE), len(tokens))
    behind = list(tokens[place + 1 :])
    while behind and (behind[0].kind in _TO or Sense.INTO in behind[0].senses):
        behind.pop(0)
    return text.typed[behind[0].start : behind[-1].end][:_MOST_WORDS].strip() if behind else ""
