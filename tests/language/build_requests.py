"""Writes `generated_*.jsonl`: labelled requests built from chosen words, the same ones on every run.

`python tests/language/build_requests.py` after a change of the words or of the product's rules.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from request_kinds import (
    Asked,
    Build,
    deadline,
    either_day,
    from_to,
    in_a_zone,
    later,
    many,
    next_days,
    now_row,
    of_table,
    week_or_month,
    whole_day,
)
from request_moments import NOWS
from request_phrases import EN, ZH, Language
from request_rules import Now

HERE = Path(__file__).parent
PLAN: tuple[tuple[Build, int], ...] = (
    (of_table("points"), 6),
    (of_table("ranges"), 6),
    (of_table("parts"), 5),
    (of_table("open_ends"), 4),
    (whole_day, 5),
    (later, 2),
    (next_days, 1),
    (deadline, 2),
    (week_or_month, 2),
    (from_to, 2),
    (either_day, 2),
    (in_a_zone, 2),
)

Row = dict[str, object]


def _said(frame: str, asked: Asked, who: str, **words: str) -> str:
    if who in ("May", "April") and "{who} {t}" in frame and asked.words[0].isdigit():
        frame = frame.replace("{who} {t}", "{who}, {t}")  # "May 1:30" would be a date
    return frame.format(t=asked.words, who=who, **words)


def _question(asked: Asked, language: Language, random: Random) -> tuple[str, Row]:
    """The sentence around the time, and what it asks."""
    who = random.choice(language.names)
    named: Row = {"who": [who], "people": {"names": [who]}}
    draw = random.random()
    if asked.only_search or (asked.search and draw < 0.4):
        words, minutes = random.choice(language.durations)
        frame = random.choice(language.find)
        if "我和{who}" in frame or "me and {who}" in frame:
            named["people"] = {"names": [who], "me": True}
        return _said(frame, asked, who, dur=words), {"intent": "find_slot", "dur": minutes, **named}
    if asked.bookable and draw < 0.2:
        return _said(random.choice(language.book), asked, who), {"intent": "book", **named}
    if draw < 0.6:
        frame = random.choice(language.who_free)
        return frame.format(t=asked.words), {"intent": "who_free", "people": {"names": []}}
    return random.choice(language.is_free).format(t=asked.words, who=who), {"intent": "is_free", **named}


def _row(now: Now, language: Language, text: str, asked: Asked, meant: Row) -> Row:
    row: Row = {"lang": language.code, "ref": now.local.isoformat(), "tz": now.offset}
    if now.zone != "Asia/Shanghai":
        row["zone"] = now.zone
    row |= {"text": text[0].upper() + text[1:] if language.code == "en" and "," in text else text}
    row |= {"category": asked.category, "expect": asked.expect}
    if asked.alt:
        row["alt"] = asked.alt
    row |= meant
    if asked.problem:
        row["problem"] = asked.problem
    return row


def _now_rows(now: Now, language: Language, random: Random) -> Iterator[Row]:
    who = random.choice(language.names)
    frame = random.choice(language.now)
    named = [who] if "{who}" in frame else []
    meant: Row = {"intent": "is_free" if named else "who_free", "people": {"names": named}}
    asked = Asked("", "now", [now_row(now)], [])
    yield _row(now, language, frame.format(who=who), asked, meant)


def rows(language: Language) -> Iterator[Row]:
    """Every generated request of a language, in the order of the moments; no text twice at one moment."""
    for number, now in enumerate(NOWS):
        random = Random(f"{language.code} {number}")
        yield from _now_rows(now, language, random)
        seen: set[str] = set()
        for build, count in PLAN:
            for asked in many(build, count, language, now, random):
                text, meant = _question(asked, language, random)
                if text not in seen:
                    seen.add(text)
                    yield _row(now, language, text, asked, meant)


def lines(language: Language) -> str:
    """The file's text: one row a line, numbered."""
    numbered = ({"id": f"{language.code}-g{count:04}", **row} for count, row in enumerate(rows(language), start=1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in numbered)


if __name__ == "__main__":
    for language in (ZH, EN):
        (HERE / f"generated_{language.code}.jsonl").write_text(lines(language), encoding="utf8")
