"""The readers that are compared: this bot's, and each library as its documentation has it used on a sentence."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from types import ModuleType
from typing import Any

# start, end and grain of a window, wall clocks of the zone of `ref`; an open side is None; a point ends where it starts
Found = tuple[datetime | None, datetime | None, str]
Read = Callable[[str, datetime], list[Found]]

_HAN = re.compile("[\u4e00-\u9fff]")
_DAY_TO_DAY = re.compile(r"\(\S+,\S+,P\d+D\)$")  # a first and a last day, which people count in
_LAST_SECOND = time(23, 59, 59)
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """One library: the distribution that is installed, the module that is imported, and what makes it read.

    `read` is called with the module once, and may do what is done once (load models, set options). What it gives is
    called with a text and an aware reference time, and answers with windows.
    """

    name: str
    distribution: str
    module: str
    languages: tuple[str, ...]
    read: Callable[[ModuleType], Read]


def _is_chinese(text: str) -> bool:
    return _HAN.search(text) is not None


def _wall(moment: datetime, ref: datetime) -> datetime:
    """A library's answer as the wall clock of the reference time's zone."""
    return moment.astimezone(ref.tzinfo).replace(tzinfo=None) if moment.tzinfo else moment


def _naive(ref: datetime) -> datetime:
    return ref.replace(tzinfo=None)


def _whole_day(day: date, grain: str = "day") -> Found:
    start = datetime.combine(day, time())
    return start, start + _DAY, grain


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time())


def _point(moment: datetime) -> Found:
    return moment, moment, "point"


def _youkong(module: ModuleType) -> Read:
    def read(text: str, ref: datetime) -> list[Found]:
        asked = {"text": text, "ref": ref.isoformat(), "timezone": getattr(ref.tzinfo, "key", None)}
        windows = json.loads(module.answer_line(json.dumps(asked)))["windows"]
        bounds = ([datetime.fromisoformat(window[side]) for side in ("start", "end")] for window in windows)
        return [(_naive(start), _naive(end), "range") for start, end in bounds]

    return read


def _recognizers(module: ModuleType) -> Read:
    options = module.DateTimeOptions.CALENDAR
    models = {
        culture: module.DateTimeRecognizer(culture, options).get_datetime_model() for culture in ("zh-cn", "en-us")
    }

    def read(text: str, ref: datetime) -> list[Found]:
        now = _naive(ref)
        results = models["zh-cn" if _is_chinese(text) else "en-us"].parse(text, now)
        offered = ((_resolved(value, now) for value in (one.resolution or {}).get("values", ())) for one in results)
        chosen = [_upcoming(list(filter(None, values)), now) for values in offered]
        return _on_their_day([found for found in chosen if found], now)

    return read


def _resolved(value: Mapping[str, str], now: datetime) -> Found | None:
    """A value of Recognizers-Text; None where it is a length, or nothing that can be placed."""
    grain = value["type"]
    if grain in ("duration", "set") or "not resolved" in value.values():
        return None
    if "value" in value:
        moment = _moment(value["value"], now)
        return _whole_day(moment, grain) if grain == "date" else (moment, moment, grain)
    start, end = (_moment(value[side], now) if side in value else None for side in ("start", "end"))
    if end and (end.time() == _LAST_SECOND or (grain == "daterange" and _DAY_TO_DAY.match(value.get("timex", "")))):
        end = _midnight(end) + _DAY
    if start and end and end <= start and end.date() == start.date():
        end += _DAY
    return start, end, grain


def _moment(text: str, now: datetime) -> datetime:
    day, _, clock = text.rpartition(" ") if ":" in text else (text, "", "")
    passed = zip((_HOUR, _MINUTE, timedelta(seconds=1)), map(int, filter(None, clock.split(":"))), strict=False)
    return datetime.fromisoformat(day or str(now.date())) + sum((unit * count for unit, count in passed), timedelta())


def _upcoming(values: list[Found], now: datetime) -> Found | None:
    """Of the readings offered the first that is not over, in daytime if there is one."""

    def rank(found: Found) -> tuple[bool, bool]:
        start, end, _ = found
        return (end or start or now) < now, start is not None and 0 < start.hour < 7

    return min(values, key=rank) if values else None


def _on_their_day(found: list[Found], now: datetime) -> list[Found]:
    """Times without a day belong to the only day that is named beside them; alone and over, to tomorrow."""
    days = [start for start, _, grain in found if start and grain == "date"]
    if len(days) == 1 and len(found) > 1:
        shift = _midnight(days[0]) - _midnight(now)
        times = [_moved(one, shift) for one in found if one[2] in ("time", "timerange")]
        return times if len(times) == len(found) - 1 else found
    return [_moved(one, _DAY) if one[2] == "time" and one[0] and one[0] < now else one for one in found]


def _moved(found: Found, by: timedelta) -> Found:
    start, end, grain = found
    return start and start + by, end and end + by, grain


def _jionlp(module: ModuleType) -> Read:
    extract = partial(module.ner.extract_time, with_parsing=True)

    def read(text: str, ref: datetime) -> list[Found]:
        now = _naive(ref)
        found = _placed(extract(text, time_base=now))
        if not any(end and end < now for _, end, _ in found):
            return found
        later = _placed(extract(text, time_base=now, ret_future=True))
        return later if len(later) == len(found) else found

    return read


def _placed(entities: list[Any]) -> list[Found]:
    wanted = [one for one in entities if one["type"] in ("time_point", "time_span")]
    return [_inclusive(one["detail"]["time"], one["type"]) for one in wanted]


def _inclusive(bounds: list[str], grain: str) -> Found:
    """Bounds of jionlp: infinite ones are open; a last second ends an hour or a day, or stands for its minute."""
    start, end = (None if "inf" in text else datetime.fromisoformat(text) for text in bounds)
    if end and end.second == 59:
        end = end + timedelta(seconds=1) if end.minute == 59 else end.replace(second=0)
    if grain == "time_point" and start and end and end - start <= _HOUR + _MINUTE:
        return _point(start)
    return start, end, grain


def _dateparser(module: ModuleType) -> Read:
    wanted = {"PREFER_DATES_FROM": "future", "RETURN_TIME_AS_PERIOD": True}

    def read(text: str, ref: datetime) -> list[Found]:
        settings = {**wanted, "RELATIVE_BASE": _naive(ref)}
        language, strategy = ("zh", "split") if _is_chinese(text) else ("en", "ngram")
        found = module.search_dates(text, languages=[language], settings=settings, strategy=strategy, add_period=True)
        return [_period(_wall(moment, ref), grain) for _, moment, grain in found or ()]

    return read


def _period(moment: datetime, grain: str) -> Found:
    day = moment.date()
    match grain:
        case "day":
            return _whole_day(day)
        case "week":
            start = datetime.combine(day - timedelta(days=day.weekday()), time())
            return start, start + 7 * _DAY, grain
        case "month":
            start = datetime(day.year, day.month, 1)  # noqa: DTZ001  # wall clocks all the way
            return start, (start + 31 * _DAY).replace(day=1), grain
    return _point(moment)


def _timefhuman(module: ModuleType) -> Read:
    def read(text: str, ref: datetime) -> list[Found]:
        answers = module.timefhuman(text, config=module.tfhConfig(now=_naive(ref)))
        return [_span(one, ref) for one in _flat(answers)]

    return read


def _flat(answers: list[Any]) -> Iterator[Any]:
    for one in answers:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _span(answer: Any, ref: datetime) -> Found:
    """An answer of timefhuman; it gives midnight for a whole day."""
    if not isinstance(answer, tuple):
        moment = _wall(answer, ref)
        return _point(moment) if moment.time() != time() else _whole_day(moment)
    start, end = (_wall(moment, ref) for moment in answer)
    if start.time() == end.time() == time():
        return start, end + _DAY, "dayrange"
    return start, end, "range"


def _parsedatetime(module: ModuleType) -> Read:
    constants = module.Constants("en_US", usePyICU=False)
    constants.CurrentDOWParseStyle = True  # a weekday's name may be today
    calendar = module.Calendar(constants, version=module.VERSION_CONTEXT_STYLE)

    def read(text: str, ref: datetime) -> list[Found]:
        now = _naive(ref)
        start, end, flag = calendar.evalRanges(text, now.timetuple())
        if flag:
            first, last = (datetime(*moment[:6]) for moment in (start, end))  # noqa: DTZ001
            return [(_midnight(first), _midnight(last) + _DAY, "dayrange") if flag == 1 else (first, last, "range")]
        return [_accurate(moment, context) for moment, context, *_ in calendar.nlp(text, now.timetuple()) or ()]

    return read


def _accurate(moment: datetime, context: Any) -> Found:
    if context.hasTime:
        return _point(moment)
    grains = {"day": context.ACU_DAY, "week": context.ACU_WEEK, "month": context.ACU_MONTH}
    return _period(moment, next((grain for grain, bit in grains.items() if bit & context.accuracy), "day"))


def _ctparse(module: ModuleType) -> Read:
    logging.getLogger("ctparse").setLevel(logging.ERROR)  # it warns of each text without a time
    parse = partial(module.ctparse, timeout=1.0)

    def read(text: str, ref: datetime) -> list[Found]:
        parsed = parse(text, ts=_naive(ref))
        found = None if parsed is None else _artifact(parsed.resolution)
        return [found] if found else []

    return read


def _artifact(found: Any) -> Found | None:
    """A Time or an Interval of ctparse; None for a duration, and for a time without its day."""
    match type(found).__name__:
        case "Interval":
            start, end = found.t_from, found.t_to
            sides = (start.dt if start and start.hasDate else None, _until(end) if end and end.hasDate else None)
            return (*sides, "range") if any(sides) else None
        case "Time" if found.hasDate:
            return _point(found.dt) if found.hasTime else (found.dt, _until(found), "day")
    return None


def _until(found: Any) -> datetime:
    """The end of a Time of ctparse, exclusive: of a clock time itself, of a day or a part of one its last hour."""
    if found.hasTime:
        return datetime.combine(found.dt, time(found.hour, found.minute or 0))
    last = found.end
    return datetime.combine(found.dt, time(last.hour)) + (_HOUR if not found.hasPOD else timedelta())


READERS = (
    Reader("youkong", "youkong", "bot.language", ("zh", "en"), _youkong),
    Reader("recognizers", "recognizers-text-date-time", "recognizers_date_time", ("zh", "en"), _recognizers),
    Reader("jionlp", "jionlp", "jionlp", ("zh",), _jionlp),
    Reader("dateparser", "dateparser", "dateparser.search", ("zh", "en"), _dateparser),
    Reader("timefhuman", "timefhuman", "timefhuman", ("en",), _timefhuman),
    Reader("parsedatetime", "parsedatetime", "parsedatetime", ("en",), _parsedatetime),
    Reader("ctparse", "ctparse", "ctparse", ("en",), _ctparse),
)
