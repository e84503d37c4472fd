"""Cuts a folded text into typed tokens, both scripts at once, by the word tables. One pass, bounded look-ahead."""

from __future__ import annotations

from collections.abc import Mapping

from bot.language import words_en, words_zh
from bot.language.numerals import approximate_pair, chinese_number
from bot.language.scan_names import chinese_name, mention
from bot.language.text import Text, is_han, is_latin
from bot.language.tokens import Entry, Kind, Token
from bot.language.words_zh import NUMERALS
from bot.language.zones import han_zone, zone_of, zone_word

_BREAKS = frozenset("。!?;\n！？；…")
_COMMAS = frozenset(",，")
_DASHES = frozenset("-~")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")


class Scanner:
    """Reads one text. `teams` maps spoken forms in lower case to team names."""

    def __init__(self, text: Text, teams: Mapping[str, str]) -> None:
        self.text = text
        self.folded = text.folded
        self.teams = {form: name for form, name in teams.items() if form}
        self.lengths = sorted({len(form) for form in self.teams}, reverse=True)
        self.tokens: list[Token] = []
        self.gap = False

    def scan(self) -> list[Token]:
        """All tokens, in order of place."""
        place = 0
        while place < len(self.folded):
            if self.folded[place].isspace():
                place, self.gap = place + 1, True
                continue
            place = self._step(place)
        return self.tokens

    def _step(self, place: int) -> int:
        sign = self.folded[place]
        if end := self._team(place):
            return end
        if sign == "@":
            return self._mention(place)
        if sign.isascii() and sign.isdigit():
            return self._digits(place)
        if is_han(sign):
            return self._han(place)
        if is_latin(sign):
            return self._latin(place)
        return self._sign(place, sign)

    def _put(self, entry: Entry, place: int, end: int) -> int:
        self.tokens.append(
            Token(entry.kind, self.folded[place:end], place, end, value=entry.value, tag=entry.tag, gap=self.gap)
        )
        self.gap = False
        return end

    def _pair(self, entries: tuple[Entry, ...], place: int, end: int) -> int:
        for entry in entries:
            self._put(entry, place, end)
        return end

    def _team(self, place: int) -> int:
        before = self.folded[place - 1] if place else " "
        for length in self.lengths:
            form = self.folded[place : place + length]
            name = self.teams.get(form)
            if name is None or (form[0].isascii() and before.isalnum() and before.isascii()):
                continue
            after = self.folded[place + length : place + length + 1]
            if form[-1].isascii() and form[-1].isalnum() and after.isascii() and after.isalnum():
                continue
            return self._put(Entry(Kind.TEAM_NAME, 0, name), place, place + length)
        return 0

    def _mention(self, place: int) -> int:
        end = mention(self.folded, place + 1)
        if end == place + 1 or self.folded[place + 1].isdigit():
            return self._put(Entry(Kind.AT), place, place + 1)
        return self._put(Entry(Kind.AT_SIGN, 0, self.text.typed[place + 1 : end]), place, end)

    def _digits(self, place: int) -> int:
        end = place
        while end < len(self.folded) and self.folded[end].isascii() and self.folded[end].isdigit():
            end += 1
        if end - place > 8:
            return self._put(Entry(Kind.PLACE), place, end)
        value = int(self.folded[place:end])
        if self.folded[end : end + 2] in _ORDINAL_ENDS and not self.folded[end + 2 : end + 3].isalpha():
            return self._put(Entry(Kind.ORDINAL, value), place, end + 2)
        return self._put(Entry(Kind.NUMBER, value), place, end)

    # ------------------------------------------------------------------ Chinese
    def _han(self, place: int) -> int:
        if self.folded[place] in NUMERALS and not self._is_word(place):
            return self._numerals(place)
        if zone := han_zone(self.folded, place):
            return self._zone(place, place + zone[1], zone[0])
        if end := self._weekdays(place):
            return end
        if self.folded[place : place + 2] in words_zh.DAY_PARTS:
            return self._pair(words_zh.DAY_PARTS[self.folded[place : place + 2]], place, place + 2)
        entry, end = self._longest(place)
        if entry is None or end == place + 1:
            name = chinese_name(self.folded, place)
            if name:
                return self._put(Entry(Kind.NAME, 0, self.text.typed[place:name]), place, name)
        if entry is None:
            return self._put(Entry(Kind.HAN), place, place + 1)
        return self._put(entry, place, end)

    def _zone(self, place: int, end: int, name: str) -> int:
        signed = (
            self.folded.startswith(("时间", "的时间"), end)
            or (self.tokens[-1:]
            and self.tokens[-1].kind is Kind.SET_ZONE)
        )
        return self._put(Entry(Kind.ZONE if signed else Kind.BE, 0, name), place, end)

    def _is_word(self, place: int) -> bool:
        """True where a Chinese numeral begins a longer word that is no number (一起)."""
        entry, end = self._longest(place)
        return entry is not None and end > place + 1

    def _longest(self, place: int) -> tuple[Entry | None, int]:
        for length in range(min(words_zh.LONGEST, len(self.folded) - place), 0, -1):
            entry = words_zh.WORDS.get(self.folded[place : place + length])
            if entry is not None:
                return entry, place + length
        return None, place + 1

    def _numerals(self, place: int) -> int:
        end = place
        while end < len(self.folded) and self.folded[end] in NUMERALS:
            end += 1
        run = self.folded[place:end]
        if pair := approximate_pair(run):
            self._put(Entry(Kind.NUMBER, pair[0], "pair"), place, place + 1)
            return self._put(Entry(Kind.NUMBER, pair[1], "pair"), place + 1, end)
        value = chinese_number(run)
        return self._put(Entry(Kind.HAN) if value is None else Entry(Kind.NUMBER, value, "han"), place, end)

    def _weekdays(self, place: int) -> int:
        """周三, 下周三, 周末, 周一三五: a week word with one or more weekday signs behind it."""
        entry, end = self._longest(place)
        if entry is None or not (entry.kind is Kind.WEEK or (entry.kind is Kind.UNIT and entry.tag == "week")):
            return 0
        counted = entry.kind is Kind.UNIT and self._is_counted()
        if self.folded.startswith("末", end):
            if entry.kind is Kind.WEEK:
                self._put(entry, place, end)
            return self._put(Entry(Kind.WEEKEND), end, end + 1)
        days = 0 if counted or self.folded.startswith(words_zh.NOT_SUNDAY, end) else self._run_of_days(end)
        if days:
            if entry.kind is Kind.WEEK:
                self._put(entry, place, end)
            for offset in range(days):
                value = words_zh.WEEKDAY_SIGNS[self.folded[end + offset]]
                self._put(Entry(Kind.WEEKDAY, value, "more" if offset else ""), end + offset, end + offset + 1)
            return end + days
        if entry.kind is Kind.WEEK or counted:
            return self._put(entry, place, end)
        return 0

    def _is_counted(self) -> bool:
        """True behind 两 or 两个, where 周 is a unit; false behind 第一个, where it begins a weekday."""
        if not self.tokens or not self.tokens[-1].is_one_of(Kind.NUMBER, Kind.COUNTER, Kind.SOME):
            return False
        return not any(token.kind is Kind.NTH for token in self.tokens[-3:])

    def _run_of_days(self, place: int) -> int:
        """How many signs at `place` are weekdays: one, or several that grow and are no clock time."""
        signs, end = words_zh.WEEKDAY_SIGNS, place
        if self.folded[place : place + 1].isdigit():
            after = self.folded[place + 1 : place + 2]
            return int(self.folded[place] in signs and not (after.isdigit() or after in (":", "点", "个", "-")))
        while self.folded[end : end + 1] in signs and self.folded[end : end + 1] and not self.folded[end].isdigit():
            if end > place and signs[self.folded[end]] <= signs[self.folded[end - 1]]:
                break
            end += 1
        after = self.folded[end : end + 1]
        is_clock = bool(after) and (after in "点:时个十半号月年" or after in NUMERALS)
        return 1 if end - place > 1 and is_clock else end - place

    # ------------------------------------------------------------------ Latin
    def _latin(self, place: int) -> int:
        ends = self._word_ends(place)
        first = self.folded[place : ends[0]]
        if self.folded.startswith("/", ends[0]) and (end := self._iana(place, ends[0])):
            return end
        if first in ("a", "p") and self.folded.startswith((".m", ". m"), ends[0]):
            return self._dotted_meridiem(place, ends[0])
        for end in reversed(ends):
            words = self.folded[place:end].replace("-", " ")
            words = " ".join(words.split())
            if words in words_en.DAY_PARTS:
                return self._pair(words_en.DAY_PARTS[words], place, end)
            entry = words_en.WORDS.get(words)
            if entry is None and (zone := zone_word(words)):
                return self._latin_zone(place, end, zone)
            if entry is not None and not self._is_code(place, end, entry):
                return self._put(self._joined(entry, place), place, end)
        return self._unknown(place, ends[0])

    def _word_ends(self, place: int) -> list[int]:
        """Where the first word at `place` ends, and the first two, and so on."""
        ends: list[int] = []
        while len(ends) < words_en.LONGEST:
            end = place
            while end < len(self.folded) and (is_latin(self.folded[end]) or self._joins(end)):
                end += 1
            ends.append(end)
            place = end + 1
            while place < len(self.folded) and self.folded[place] == " ":
                place += 1
            if self.folded[end : end + 1] not in (" ", "-") or not is_latin(self.folded[place : place + 1] or " "):
                break
        return ends

    def _joins(self, place: int) -> bool:
        sign = self.folded[place]
        after = self.folded[place + 1 : place + 2]
        if sign == "/":
            return self.folded[place - 4 : place + 5] == "free/busy" or self.folded[place - 1 : place + 1] == "w/"
        return sign == "'" and after.isalpha() and not is_han(after)

    def _iana(self, place: int, slash: int) -> int:
        end = slash + 1
        while end < len(self.folded) and (is_latin(self.folded[end]) or self.folded[end] in "_/"):
            end += 1
        found = zone_of(self.folded[place:end]) if slash + 1 < end < place + 40 else None
        return self._put(Entry(Kind.ZONE, 1, found.key), place, end) if found else 0

    def _dotted_meridiem(self, place: int, end: int) -> int:
        value = 12 if self.folded[place] == "p" else 0
        end = self.folded.index("m", end) + 1
        end += self.folded.startswith(".", end)
        return self._put(Entry(Kind.MERIDIEM, value, "pm" if value else "am"), place, end)

    def _latin_zone(self, place: int, end: int, zone: str) -> int:
        word = self.folded[place:end]
        sure = word in ("utc", "gmt") or self.folded.startswith(" time", end)
        sure = sure or (bool(self.tokens) and self.tokens[-1].kind is Kind.SET_ZONE)
        return self._put(Entry(Kind.ZONE, int(sure), zone), place, end)

    def _is_code(self, place: int, end: int, entry: Entry) -> bool:
        """True for letters that run into digits and are no month (v2, A3)."""
        after = self.folded[end : end + 1]
        return after.isascii() and after.isdigit() and not entry.kind == Kind.MONTH

    def _joined(self, entry: Entry, place: int) -> Entry:
        """A number word behind a tens word belongs to it (twenty-three); both are one number."""
        before = self.tokens[-1] if self.tokens else None
        if (
            before is None
            or before.kind is not Kind.NUMBER
            or before.tag != "word"
            or before.value not in (20, 30, 40, 50)
        ):
            return entry
        small = entry.kind in (Kind.NUMBER, Kind.ORDINAL) and 0 < entry.value < 10
        if not small or place - before.end != 1:
            return entry
        self.tokens.pop()
        return Entry(entry.kind, before.value + entry.value, entry.tag)

    def _unknown(self, place: int, end: int) -> int:
        word = self.folded[place:end]
        after = self.folded[end : end + 1]
        if after.isascii() and after.isdigit() and word != "h":
            while end < len(self.folded) and (
                (self.folded[end].isalnum() and self.folded[end].isascii()) or self.folded[end] in "-._"
            ):
                end += 1
            return self._put(Entry(Kind.PLACE), place, end)
        if entry := corrected(word):
            return self._put(entry, place, end)
        owner = word.endswith("'s") and len(word) > 2
        end -= 2 * owner
        name = self.text.typed[place:end]
        self._put(Entry(Kind.WORD, int(owner), name), place, end)
        return end + 2 * owner

    # ------------------------------------------------------------------ signs
    def _sign(self, place: int, sign: str) -> int:
        if sign in _BREAKS:
            return self._put(Entry(Kind.BREAK), place, place + 1)
        if sign in _COMMAS:
            return self._put(Entry(Kind.COMMA, 0, ","), place, place + 1)
        if sign == "、":
            return self._put(Entry(Kind.COMMA, 0, "、"), place, place + 1)
        if sign in _DASHES:
            end = place
            while end < len(self.folded) and self.folded[end] in _DASHES:
                end += 1
            return self._put(Entry(Kind.TO, 0, "-"), place, end)
        return self._put(Entry(Kind.SIGN, 0, sign), place, place + 1)


def corrected(word: str) -> Entry | None:
    """The entry of a long time word with one letter dropped, doubled, added or swapped, or None.

    >>> corrected("wednsday").value, corrected("friend") is None
    (2, True)
    """
    for meant in words_en.MISSPELT:
        if abs(len(meant) - len(word)) <= 1 and len(word) >= 5 and word[0] == meant[0] and _is_slip(word, meant):
            return words_en.WORDS[meant]
    return None


def _is_slip(word: str, meant: str) -> bool:
    at = next((i for i, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), min(len(word), len(meant)))
    if len(word) == len(meant):
        return word[at : at + 2] == meant[at : at + 2][::-1] and word[at + 2 :] == meant[at + 2 :]
    return word[at + 1 :] == meant[at:] if len(word) > len(meant) else word[at:] == meant[at + 1 :]
