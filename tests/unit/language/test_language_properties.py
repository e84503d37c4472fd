"""What holds of any text."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from said import SHANGHAI, TUESDAY, request

from bot.language import answer_line, parse
from bot.language.words.en.time import WORDS as ENGLISH
from bot.language.words.zh.time import WORDS as CHINESE
from bot.model.requests import Intent, ProblemCode

NEW_YORK = ZoneInfo("America/New_York")
_WORDS = [
    *ENGLISH,
    *CHINESE,
    *map(str, range(32)),
    "3pm",
    "2-4",
    "14:00",
    "99:99",
    "2026",
    "31",
    "@张三",
    "Bob",
    "李四",
    "1400",
    "二十",
    "十",
    "/",
    ":",
    "-",
    ".",
    "，",
    "、",
    "?",
    "+",
    "\x00",
    "İ",
    "ﷺ",
    "½",
    "\ud800",
]
_MOMENTS = st.integers(min_value=0, max_value=20 * 365 * 24 * 60).map(
    lambda minutes: TUESDAY + timedelta(minutes=minutes)
)
_SENTENCES = st.lists(st.sampled_from(_WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
_TIMED = (Intent.WHO_IS_FREE, Intent.BOOK)
_BATCH = 100
_PARTS = 10  # of the hundred thousand, so that several processes share them
_PIECES = st.one_of(
    st.sampled_from(_WORDS),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=8),
    st.text(min_size=1, max_size=6),
)
_BATCHES = st.lists(_PIECES, min_size=8, max_size=40)
"""The pieces of which a batch of texts is drawn."""


_ZONES = st.sampled_from(
    [SHANGHAI, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Africa/Cairo")]
)


def _spaceless(text: str) -> str:
    return "".join(text.split())


def _holds(text: str, now: datetime, zone: ZoneInfo = SHANGHAI) -> None:
    found = parse(text, now=now, zone=zone)
    assert found.problem or found.windows or found.intent not in _TIMED, text
    assert all(text[left.start : left.end] == left.text for left in found.leftover), text
    for windows in (found.windows, *(other.windows for other in found.alternatives)):
        assert all(window.start.tzinfo and window.end.tzinfo for window in windows)
        spans = [window.interval for window in windows]
        assert all(span.length > timedelta(0) for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
    if any(window.interval.end > now for window in found.windows):
        assert all(window.interval.start >= now for window in found.windows)


def _texts(pieces: list[str], chance: Random) -> Iterator[str]:
    for _ in range(_BATCH):
        yield chance.choice(["", " "]).join(chance.choices(pieces, k=chance.randint(1, 4)))


@pytest.mark.parametrize("part", range(_PARTS))
@given(pieces=_BATCHES, seed=st.integers(min_value=0, max_value=2**32), now=_MOMENTS, zone=_ZONES)
@settings(max_examples=100_000 // _BATCH // _PARTS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_hundred_thousand_texts_give_requests_that_hold_together(
    part: int, pieces: list[str], seed: int, now: datetime, zone: ZoneInfo
) -> None:
    for text in _texts(pieces, Random(seed + part)):
        _holds(text, now, zone)


@given(text=st.text(max_size=80), now=_MOMENTS)
def test_any_text_gives_a_request_with_windows_in_order(text: str, now: datetime) -> None:
    _holds(text, now)


@given(text=_SENTENCES, now=_MOMENTS, zone=_ZONES)
@settings(max_examples=400, deadline=None)
def test_any_words_of_the_tables_give_a_request_with_windows_in_order(text: str, now: datetime, zone: ZoneInfo) -> None:
    _holds(text, now, zone)


@given(
    minute=st.integers(min_value=0, max_value=60 * 72),
    change=st.sampled_from([datetime(2027, 3, 13, tzinfo=NEW_YORK), datetime(2027, 11, 6, tzinfo=NEW_YORK)]),
    text=st.sampled_from(
        ["in 90 minutes", "2:30am tomorrow", "1-3am", "now", "Sunday", "this week", "within 3 hours", "at 2am"]
    ),
)
def test_a_clock_change_bends_no_window(minute: int, change: datetime, text: str) -> None:
    _holds(text, (change.astimezone(UTC) + timedelta(minutes=minute)).astimezone(NEW_YORK), NEW_YORK)


@given(line=st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_any_line_of_a_batch_gives_a_row(line: str) -> None:
    row = json.loads(answer_line(line))
    assert set(row) >= {"id", "intent", "windows", "people", "alternatives", "problem"}


@given(
    text=st.sampled_from(
        [
            "Tue 2-4pm",
            "明天下午",
            "下周三上午10点",
            "next Friday",
            "in 2 hours",
            "this week",
            "周五之前",
            "半小时后",
            "next Mon-Wed afternoons",
            "周一三五上午",
        ]
    ),
    weeks=st.integers(min_value=1, max_value=200),
    minute=st.integers(min_value=0, max_value=7 * 24 * 60 - 1),
)
def test_a_relative_time_moves_with_now_by_whole_weeks(text: str, weeks: int, minute: int) -> None:
    now, by = TUESDAY + timedelta(minutes=minute), timedelta(weeks=weeks)
    here = [(window.start + by, window.end + by) for window in request(text, now=now).windows]
    assert here == [(window.start, window.end) for window in request(text, now=now + by).windows]


@given(text=_SENTENCES)
@settings(max_examples=100, deadline=None)
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    assert request(text) == request(text)


MOST_CALLS = 27_000
"""About 5 ms on a quiet machine, for a text of 500 characters."""


def _calls(text: str) -> int:
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        request(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "周一",
        "张三、",
        "Alice, ",
        "the ",
        "不要周一",
        "Mon or ",
        "2-4 ",
        "一",
        "啊",
        "@a",
        "到",
        "next ",
        "1:",
        "in the ",
        "a-",
        "seventh/",
        "w/c ",
        "在",
        "下",
        "小",
        "(",
        "上一个月except",
        "5月3点",
    ],
)
def test_the_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    request(unit)  # zones and the like are looked up once
    short, long = _calls((unit * 500)[:125]), _calls((unit * 500)[:500])
    assert long < 4.2 * short + 500
    assert long < MOST_CALLS


@pytest.mark.parametrize(
    ("text", "most"),
    [("谁周二下午2点到4点有空", 840), ("who is free Tue 2-4pm", 840), ("明天下午谁有空", 520)],
)
def test_an_ordinary_request_is_read_in_few_steps(text: str, most: int) -> None:
    request(text)
    assert _calls(text) < most


@pytest.mark.parametrize("text", ["2-4 " * 60, "3点 " * 110, "周一" * 101])
def test_a_text_of_more_numbers_and_days_than_any_request_has_is_too_long(text: str) -> None:
    found = request(text)
    assert found.problem is not None
    assert found.problem.code is ProblemCode.TOO_LONG
    assert found.windows == ()


def test_the_hours_of_eight_dates_are_read() -> None:
    text = ", ".join(f"12/{day} 2-4pm" for day in range(1, 9))
    assert len(request(text).windows) == 8
