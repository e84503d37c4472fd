"""Writes `generated_foreign.jsonl`: right requests, each with one clause put in that is none of its time and people.

`python tests/language/build_foreign.py` after a change of the words or of the product's rules. Text and expectation are
built together: the windows and the people are those of the request without the clause.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import foreign_words_en as en
import foreign_words_zh as zh
from request_moments import NOWS
from request_phrases import EN, ZH, Choice, DayWords, Language
from request_rules import HOUR, Now, at, is_over, resolve

HERE = Path(__file__).parent
DIRECTORY = [
    "张三",
    "李四",
    "王芳",
    "李娜",
    "刘洋",
    "孙悦",
    "Bob Chen",
    "Alice Wong",
    "Zoe Miller",
    "Ann Lee",
    "Cal Ortega",
]
TEAMS = ["design", "product"]
PEOPLE = {"zh": ("张三", "李四", "王芳", "李娜", "刘洋", "孙悦"), "en": ("Bob", "Alice", "Zoe", "Ann", "Cal")}
WORDS = {"zh": zh, "en": en}
AND = {"zh": "和", "en": " and "}
QUESTIONS = {
    "zh": (
        "{who}{t}有空吗",
        "{t}{who}有空吗",
        "看看{who}{t}有没有空",
        "想问下{who}{t}方便吗",
        "{t}{who}在不在",
        "{who}{t}有时间吗",
    ),
    "en": (
        "is {who} free {t}",
        "is {who} available {t}",
        "does {who} have time {t}",
        "will {who} be around {t}",
        "can you check if {who} is free {t}",
    ),
}
QUESTIONS_OF_TWO = {
    "zh": ("{who}{t}都有空吗", "{t}{who}都方便吗", "看看{who}{t}有没有空"),
    "en": ("are {who} free {t}", "are {who} both available {t}", "do {who} have time {t}"),
}
ORDERS = {
    "zh": ("约{who}{t}", "帮我约{who}，{t}", "约一下{who}，{t}", "{t}约{who}", "帮忙约{who}{t}开会"),
    "en": (
        "book {who} {t}",
        "book a meeting with {who} {t}",
        "set up a call with {who} {t}",
        "schedule a meeting with {who} {t}",
    ),
}
MANNER = {  # where an adverb stands
    "zh": (
        "帮我{adverb}约{who}，{t}",
        "{adverb}约一下{who}{t}",
        "{who}{t}能{adverb}来一趟吗",
        "{t}{who}有空{adverb}过来吗",
    ),
    "en": (
        "can you {adverb} book {who} {t}",
        "book {who} {t} {adverb}",
        "is {who} {adverb} free {t}",
        "{adverb} book {who} {t}",
    ),
}
DEED = {
    "zh": ("{request}，{clause}", "{request} {clause}"),
    "en": ("{request} and {clause}", "{request}, also {clause}"),
}
BESIDE = {
    "zh": ("{request}，{clause}", "{request}，{clause}。", "{request}（{clause}）"),
    "en": ("{request}, {clause}", "{request} - {clause}", "{request} ({clause})"),
}
BEFORE = {
    "zh": ("{clause}，{request}", "{clause}。{request}", "{clause}\n{request}"),
    "en": ("{clause}, {request}", "{clause}. {request}", "{clause} - {request}"),
}
BEHIND = {
    "zh": ("{request}，{clause}", "{request}。{clause}", "{request}\n{clause}"),
    "en": ("{request}, {clause}", "{request}. {clause}", "{request} - {clause}"),
}
SPACED = ("{request} {clause}", "{clause} {request}", "{request}{clause}")
QUOTES = ("> {clause}\n{request}", "> {clause}\n\n{request}", "「{clause}」\n——————\n{request}")
# the half of the day is said, or the hour says it
ONE_READING = re.compile(r"[上下中]午|早上|am|pm|noon|\b1[3-7]:|\b1[3-7]\d\d-|^1[3-7]点")

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """A right request without its clause, and what it asks."""

    text: str
    is_order: bool
    names: list[str]
    windows: list[list[str | None]]

    def expect(self, **more: object) -> Row:
        """What the reader has to answer, and `more` of it that the clause says."""
        return {
            "intent": "book" if self.is_order else "who_is_free",
            "windows": self.windows,
            "duration_minutes": None,
            "people": {"names": self.names, "teams": [], "unread": [], "everyone": False},
            "problem": None,
            **more,
        }


Foreign = tuple[str, Row, list[Row]]  # text, what is expected, what else is allowed
Build = Callable[[Language, Now, Random, int], Foreign | None]


def _window(day: DayWords, time: Choice, now: Now, *, is_order: bool) -> list[str | None] | None:
    """Start and end; the end of a point is left open in a question. None: over, or begun."""
    span = time[1]
    found = resolve(day[2], span, now)
    start = at(found, span.start)
    if is_over(found, span, now) or start <= now.local:
        return None
    if span.kind == "point":
        return [start.isoformat(), (start + timedelta(hours=1)).isoformat() if is_order else None]
    return [start.isoformat(), at(found, span.end).isoformat()]


def _times(language: Language, *, is_order: bool) -> tuple[Choice, ...]:
    """Clock times that can be read in one way; in questions parts of a day too."""
    clocks = [time for time in (*language.points, *language.ranges) if not time[1].ambiguous]
    within = [
        time
        for time in clocks
        if time[1].start >= 9 * HOUR and time[1].over_at <= 18 * HOUR and ONE_READING.search(time[0])
    ]
    parts = [time for time in language.parts if time[1].kind == "part" and time[1].start >= 9 * HOUR]
    return tuple(within if is_order else within + parts)


def _days(language: Language, now: Now, *, is_order: bool) -> list[DayWords]:
    hows = {"ahead", "weekday"} if is_order else {"ahead", "weekday", "next"}
    return [
        day
        for day in language.days
        if day[2].how in hows and not (day[2].how == "weekday" and day[2].number == now.today.weekday())
    ]


def _request(
    language: Language, now: Now, random: Random, *, frame: str = "", is_order: bool, two: bool
) -> Request | None:
    """A request of one or two known people and one time."""
    day = random.choice(_days(language, now, is_order=is_order))
    time = random.choice(_times(language, is_order=is_order))
    window = _window(day, time, now, is_order=is_order)
    if window is None:
        return None
    names = random.sample(PEOPLE[language.code], 2 if two else 1)
    asked = QUESTIONS_OF_TWO if two else QUESTIONS
    frame = frame or random.choice((ORDERS if is_order else asked)[language.code])
    who = AND[language.code].join(names)
    return Request(frame.format(who=who, t=language.phrase(day, time)), is_order, names, [window])


def _any(language: Language, now: Now, random: Random, number: int) -> Request | None:
    """Orders and questions in turn, of two people now and then."""
    return _request(language, now, random, is_order=number % 2 == 0, two=random.random() < 0.3)


def _clause(language: Language, table: str, number: int) -> str:
    words: tuple[str, ...] = getattr(WORDS[language.code], table)
    return words[number % len(words)]


def _put(frame: str, request: Request, clause: str) -> str:
    return frame.format(request=request.text, clause=clause)


def _in_account(table: str, frames: Callable[[Language], tuple[str, ...]]) -> Build:
    """A clause that the reader knows to be nothing: the request stays as it is, and an order is carried out."""

    def build(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
        request = _any(language, now, random, number)
        if request is None:
            return None
        text = _put(random.choice(frames(language)), request, _clause(language, table, number))
        return text, request.expect(leftover=[], acts=request.is_order), []

    return build


def _left_over(table: str, frames: Mapping[str, tuple[str, ...]]) -> Build:
    """A clause in no account: left over or asked back, and never carried out."""

    def build(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
        request = _any(language, now, random, number)
        if request is None:
            return None
        text = _put(random.choice(frames[language.code]), request, _clause(language, table, number))
        return text, *_not_read(request)

    return build


def _not_read(request: Request) -> tuple[Row, list[Row]]:
    asked_back = {"windows": "asked_back", "people": {"names": request.names, "everyone": False}, "acts": False}
    return request.expect(leftover="some", acts=False), [asked_back]


def topic(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """What the meeting is about: its title, in questions too."""
    request = _any(language, now, random, number)
    if request is None:
        return None
    clause = _clause(language, "TOPICS", number)
    words = WORDS[language.code]
    text = _put(random.choice(words.TOPIC_FRAMES if request.is_order else words.ASKED_TOPIC_FRAMES), request, clause)
    titles = sorted({clause, clause.removeprefix("the ")})
    return text, request.expect(title=titles, leftover=[], acts=request.is_order), []


def place(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """A room: the place; an order with a room is shown first."""
    request = _any(language, now, random, number)
    if request is None:
        return None
    clause = _clause(language, "ROOMS", number)
    text = _put(random.choice(WORDS[language.code].ROOM_FRAMES), request, clause)
    places = sorted({clause, clause.removeprefix("the ")})
    return text, request.expect(place=places, leftover=[], acts=False), []


def unknown_name(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """Somebody of no directory beside somebody known."""
    unknown = _clause(language, "NAMES", number)
    is_order = number % 2 == 0
    table = ORDERS if is_order else QUESTIONS_OF_TWO
    frame = random.choice(table[language.code])
    known = random.choice(PEOPLE[language.code])
    both = [known, unknown] if random.random() < 0.5 else [unknown, known]
    frame = frame.replace("{who}", AND[language.code].join(both))
    request = _request(language, now, random, frame=frame, is_order=is_order, two=False)
    if request is None:
        return None
    expect = request.expect(leftover=[], acts=False)
    expect["people"] = {"names": [known], "teams": [], "unread": [unknown], "everyone": False}
    return request.text, expect, []


def polite(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """Politeness before or behind."""
    request = _any(language, now, random, number)
    if request is None:
        return None
    words = WORDS[language.code]
    before: tuple[str, ...] = words.POLITE_BEFORE
    both = [(clause, BEFORE) for clause in before] + [(clause, BEHIND) for clause in words.POLITE_BEHIND]
    clause, frames = both[number % len(both)]
    text = _put(random.choice(frames[language.code]), request, clause)
    return text, request.expect(leftover=[], acts=request.is_order), []


def reminder(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """Minutes before: a reminder, no length."""
    request = _request(language, now, random, is_order=True, two=random.random() < 0.3)
    if request is None:
        return None
    words, minutes = WORDS[language.code].REMINDERS[number % len(WORDS[language.code].REMINDERS)]
    text = _put(random.choice(BEHIND[language.code][:1]), request, words)
    return text, request.expect(reminder_minutes=minutes, leftover=[], acts=True), []


def adverb(language: Language, now: Now, random: Random, number: int) -> Foreign | None:
    """A word of manner that no table knows."""
    frame = random.choice(MANNER[language.code])
    is_order = "book" in frame or "约" in frame
    known = frame.replace("{adverb}", _clause(language, "ADVERBS", number))
    request = _request(language, now, random, frame=known, is_order=is_order, two=False)
    if request is None:
        return None
    expect, other = _not_read(request)
    if not is_order:
        expect["intent"] = ["who_is_free", "book"]  # 能来一趟吗 asks for a meeting too
    return request.text, expect, other


BUILDS: tuple[tuple[str, Build], ...] = (
    ("topic", topic),
    ("place", place),
    ("unknown name", unknown_name),
    ("link", _in_account("LINKS", lambda language: WORDS[language.code].LINK_FRAMES)),
    ("quoted line", _in_account("QUOTED", lambda language: QUOTES)),
    ("emoticon", _in_account("EMOTICONS", lambda language: SPACED[: 3 if language.code == "zh" else 2])),
    ("politeness", polite),
    ("reminder", reminder),
    ("version number", _left_over("VERSIONS", BESIDE)),
    ("number that is no time", _left_over("NUMBERS", BESIDE)),
    ("sentence before", _left_over("SENTENCES", BEFORE)),
    ("sentence behind", _left_over("SENTENCES", BEHIND)),
    ("unknown verb phrase", _left_over("DEEDS", DEED)),
    ("unknown adverb", adverb),
)
COUNT = 25  # of a kind and language
MOMENTS = tuple(now for now in NOWS if now.zone == "Asia/Shanghai")


def rows() -> Iterator[Row]:
    """Every row, by language and kind."""
    for language in (ZH, EN):
        for kind, build in BUILDS:
            for number in range(COUNT):
                yield _row(language, kind, build, number)


def _row(language: Language, kind: str, build: Build, number: int) -> Row:
    """The first request of that number which is not over at its moment."""
    random = Random(f"{language.code} {kind} {number}")
    for _ in range(100):
        now = random.choice(MOMENTS)
        built = build(language, now, random, number)
        if built is not None:
            break
    else:
        raise ValueError(f"found no request for {kind!r} {number!r}")
    text, expect, alt = built
    row: Row = {"lang": language.code, "text": text, "ref": now.local.isoformat() + now.offset, "timezone": now.zone}
    row |= {"names": DIRECTORY, "teams": TEAMS, "kind": kind, "expect": expect}
    return row | ({"alt": alt} if alt else {})


def lines() -> str:
    """The file's text: one row a line, numbered by language."""
    counts = {"zh": 0, "en": 0}
    numbered: list[Row] = []
    for row in rows():
        code = str(row["lang"])
        counts[code] += 1
        numbered.append({"id": f"{code}-x{counts[code]:03}", **row})
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in numbered)


if __name__ == "__main__":
    (HERE / "generated_foreign.jsonl").write_text(lines(), encoding="utf8")
