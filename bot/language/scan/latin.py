"""Words in Latin letters: phrases of up to five words first, then zones, misspelt days, codes and names."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from bot.language.scan.known_names import Form, Strength
from bot.language.scan.senses import SENSES
from bot.language.scan.source import Source
from bot.language.scan.text import is_han, is_latin
from bot.language.senses import NO_SENSES, Sense
from bot.language.tags import Tag
from bot.language.tokens import SLIP, Entry, Kind
from bot.language.words.en import time as words_en
from bot.language.words.en.ordinary import ORDINARY
from bot.language.words.en.people import GIVEN
from bot.language.words.zones import ABBREVIATIONS, begins_zone, is_ambiguous, zone_word
from bot.language.zones import AREAS, offset_at, zone_of

_ASCII = re.compile("[a-z]*")
_PLAIN = re.compile(r"[a-z]++(?=[ ,.?!:;-]|\Z)")
"""A word of ASCII letters that the sign behind it ends."""
_CODE = re.compile(r"[a-z]{1,10}[-_#][0-9][a-z0-9_.-]*(?<![_.-])")
"""A number of something that letters belong to: PO-20260318, A-2026-03-18."""
_NUMBERED = (Kind.ARTICLE, Kind.BE, Kind.PLACE)
"""The words that such a number may begin with; Dec-3 and UTC-3 are times."""
_MOST_READ = 4
"""How many digits a number behind a word in small letters may have: mid-2026."""
_LONGEST_ZONE = 40
_LONG = 7
_SHORTEST = 4
"""How many letters a word has at least that endings are taken from."""
_OWNING_TIMES = (Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.PART)
"""The words of time that may own something: tomorrow's digest."""
_BEFORE_PLACE = (Kind.MERIDIEM, Kind.NUMBER, Kind.CLOCK_SIGN)
"""What a place stands behind whose clocks are meant: 3pm in Lima."""
_SAYING_ZONE = (" time", "时间", " 时间")
"""What makes a zone of the name before it."""
_WITH_ONE = {"any": Kind.WHO, "some": Kind.WHO, "every": Kind.EVERYONE}
"""What stands before the 1 of any1."""


def take(source: Source, place: int) -> int:
    """Takes one word or phrase that begins at `place`, and gives the place behind it."""
    folded = source.folded
    forms = _forms(folded, place)
    first, end = forms[0]
    if found := _signed(source, place, end, first) or _code(source, place, first):
        return found
    form = source.known_at(place)
    if form and form.strength is Strength.ANYWHERE:
        return _known(source, place, form)
    for words, end in reversed(forms):
        if form and form.end > end:
            return _known(source, place, form)
        if words in words_en.DAY_PARTS:
            return source.put_all(words_en.DAY_PARTS[words], place, end)
        entry = words_en.WORDS.get(words)
        if form and form.end == end and entry is None:
            return _known(source, place, form)
        if entry is None and (zone := zone_word(words)) and _is_place(source, words, place=place, end=end):
            return _zone(source, place, end=end, name=zone)
        if entry is not None and not (_is_code(folded, end, entry) or _is_bound(source, words, end)):
            return source.put(entry, place, end, known=int(form is not None and form.end == end))
    if form:
        return _known(source, place, form)
    if first.endswith("'s") and (entry := words_en.WORDS.get(first[:-2])) and entry.kind in _OWNING_TIMES:
        return source.put(entry, place, forms[0][1])
    return _unknown(source, place, forms[0][1])


def _known(source: Source, place: int, form: Form) -> int:
    """A name of the directory; `value` tells of the 's of an owner behind it."""
    folded, end = source.folded, form.end
    owner = folded.startswith("'s", end) and not folded[end + 2 : end + 3].isalpha()
    source.put(Entry(Kind.WORD, int(owner), source.text.typed[place:end]), place, end, known=form.strength)
    return end + 2 * owner


def _signed(source: Source, place: int, end: int, first: str) -> int:
    """A word that the sign behind it makes another one: Asia/Tokyo, p.m., any1; or 0."""
    folded, sign = source.folded, source.folded[end : end + 1]
    if sign == "/":
        return _iana(source, place, end)
    if first in ("a", "p") and folded.startswith((".m", ". m"), end):
        return _dotted_meridiem(source, place, end)
    if sign == "1" and first in _WITH_ONE and not folded[end + 1 : end + 2].isalnum():
        return source.put(Entry(_WITH_ONE[first]), place, end + 1)
    return 0


def _code(source: Source, place: int, first: str) -> int:
    """PO-20260318: letters and digits that are no date, nor any other time; or 0."""
    found = _CODE.match(source.folded, place)
    if found is None or first in GIVEN or zone_word(first):
        return 0
    entry = words_en.WORDS.get(first)
    if entry is not None and entry.kind not in _NUMBERED:
        return 0
    typed = source.text.typed[place : place + len(first)]
    long = sum(map(str.isdigit, found[0])) > _MOST_READ
    return source.put(Entry(Kind.PLACE), place, found.end()) if typed.isupper() or long else 0


def _forms(folded: str, place: int) -> list[tuple[str, int]]:
    """The first word at `place` and its end, the first two, and so on, as far as a phrase may go on."""
    end = _word_end(folded, place)
    words = folded[place:end]
    forms = [(words, end)]
    while len(forms) < words_en.LONGEST and _goes_on(words) and folded[end : end + 1] in (" ", "-"):
        place = end + 1
        while folded[place : place + 1] == " ":
            place += 1
        if not is_latin(folded[place : place + 1] or " "):
            break
        end = _word_end(folded, place)
        words = f"{words} {folded[place:end]}"
        forms.append((words, end))
    return forms


def _goes_on(words: str) -> bool:
    """True where some phrase or the name of a zone begins with these words."""
    return words in words_en.BEGINNINGS or begins_zone(words)


def _word_end(folded: str, place: int) -> int:
    if plain := _PLAIN.match(folded, place):
        return plain.end()
    end = _ascii_end(folded, place)
    while end < len(folded) and folded[end] != " " and (is_latin(folded[end]) or _continues_word(folded, end)):
        end = _ascii_end(folded, end + 1)
    return end


def _ascii_end(folded: str, place: int) -> int:
    found = _ASCII.match(folded, place)
    return found.end() if found else place


def _continues_word(folded: str, place: int) -> bool:
    """An apostrophe inside a word, and the stroke of "w/" and "free/busy"."""
    after = folded[place + 1 : place + 2]
    if folded[place] == "/":
        return folded[place - 4 : place + 5] == "free/busy" or (
            folded[place - 1] == "w" and not folded[place - 2 : place - 1].isalnum()
        )
    return folded[place] == "'" and after.isalpha() and not is_han(after)


def _iana(source: Source, place: int, slash: int) -> int:
    if source.folded[place:slash] not in AREAS:
        return 0
    end, most = slash + 1, min(len(source.folded), place + _LONGEST_ZONE)
    while end < most and (is_latin(source.folded[end]) or source.folded[end] in "_/"):
        end += 1
    found = zone_of(source.folded[place:end]) if slash + 1 < end < place + _LONGEST_ZONE else None
    return source.put(Entry(Kind.ZONE, 1, str(found)), place, end) if found else 0


def _dotted_meridiem(source: Source, place: int, end: int) -> int:
    value = 12 if source.folded[place] == "p" else 0
    end = source.folded.index("m", end) + 1
    end += source.folded.startswith(".", end)
    return source.put(Entry(Kind.MERIDIEM, value, "pm" if value else "am"), place, end)


def _zone(source: Source, place: int, *, end: int, name: str) -> int:
    """A zone's word; `value` 1 where it can be nothing else."""
    if source.folded[place:end] in ("utc", "gmt") and (offset := offset_at(source.folded, end)):
        return source.put(Entry(Kind.ZONE, 1, offset[0]), place, offset[1])
    word = source.folded[place:end]
    sure = word in ("utc", "gmt") or source.folded.startswith(_SAYING_ZONE, end) or source.follows(Kind.SET_ZONE)
    return source.put(Entry(Kind.ZONE, 1 if sure else -1 if word in ABBREVIATIONS else 0, name), place, end)


def _is_place(source: Source, words: str, *, place: int, end: int) -> bool:
    """False for a name that is a word or somebody's name, unless a zone is spoken of; the Z of 10:30Z stands close."""
    if words == "z":
        return source.folded[place - 1 : place].isdigit()
    if not is_ambiguous(words) or source.folded.startswith(_SAYING_ZONE, end) or source.holds(Kind.SET_ZONE):
        return True
    return source.follows(Kind.IN) and len(source.tokens) > 1 and source.tokens[-2].kind in _BEFORE_PLACE


def _is_code(folded: str, end: int, entry: Entry) -> bool:
    """True for letters that run into digits and are no month (v2, A3)."""
    after = folded[end : end + 1]
    return after.isascii() and after.isdigit() and entry.kind is not Kind.MONTH


def _is_bound(source: Source, words: str, end: int) -> bool:
    """True for the "until tomorrow" that bounds a time: a farewell has nothing beside it."""
    if Sense.PARTING not in SENSES.get(words, NO_SENSES):
        return False
    apart = not source.tokens or source.follows(Kind.BREAK, Kind.COMMA)
    return not apart or any(sign.isalnum() for sign in source.folded[end:])


def _unknown(source: Source, place: int, end: int) -> int:
    folded, word = source.folded, source.folded[place:end]
    after = folded[end : end + 1]
    if after.isascii() and after.isdigit() and word != "h":
        while end < len(folded) and ((folded[end].isalnum() and folded[end].isascii()) or folded[end] in "-._"):
            end += 1
        return source.put(words_en.WORDS.get(folded[place:end]) or Entry(Kind.PLACE), place, end)
    if not _is_ordinary(source, word.removesuffix("'s"), place) and (meant := _spell_checked(source, word, place)):
        for entry in meant:
            source.put(entry, place, end, known=SLIP)
        return end
    owner = word.endswith("'s") and len(word) > 2
    if _is_ordinary(source, word.removesuffix("'s"), place):
        return source.put(Entry(Kind.BE, 0, Tag.NOUN), place, end)
    end -= 2 * owner
    source.put(Entry(Kind.WORD, int(owner), source.text.typed[place:end]), place, end)
    return end + 2 * owner


def _is_ordinary(source: Source, word: str, place: int) -> bool:
    """True for a word that is nobody's name, also with an ending (launches, planning); a capital may make one of it."""
    if source.text.typed[place].isupper() and source.tokens and not source.follows(Kind.BREAK):
        return False
    if word in ORDINARY:
        return word not in GIVEN
    bases = (word.removesuffix(end) for end in ("s", "es", "ed", "ing") if word.endswith(end))
    return any(len(base) >= _SHORTEST and base in ORDINARY for base in bases)


def _spell_checked(source: Source, word: str, place: int) -> tuple[Entry, ...]:
    """The word of time that was meant; a name with a capital is one only for a day or a month."""
    entries = corrected(word) if word not in GIVEN else ()
    capital = source.text.typed[place].isupper()
    return () if entries and capital and entries[0].kind not in (Kind.WEEKDAY, Kind.MONTH) else entries


def corrected(word: str) -> tuple[Entry, ...]:
    """The entries of the word of time that a word misses by a slip of the keyboard; none for another word.

    One letter from four on, two from seven on; two that are swapped are one.

    >>> corrected("wednsday")[0].value, corrected("mornign")[0].tag, len(corrected("tonihgt")), corrected("friend")
    (2, <DayPart.MORNING: 'morning'>, 2, ())
    """
    if len(word) < _SHORTEST or not word.isascii():
        return ()
    most = 2 if len(word) >= _LONG else 1
    near = [(distance, meant) for meant in words_en.MISSPELT if (distance := _edit_distance(word, meant, most)) <= most]
    if not near:
        return ()
    meant = min(near)[1]
    return words_en.DAY_PARTS.get(meant) or (words_en.WORDS[meant],)


def _edit_distance(typed: str, meant: str, most: int) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour; more than `most` is not told."""
    if typed[0] != meant[0] and typed[1:2] != meant[:1]:
        return most + 1
    return OSA.distance(typed, meant, score_cutoff=most)
