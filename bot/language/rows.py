"""Requests as rows of JSON, for `youkong parse --json` and `--batch`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypedDict

from bot.language.pipeline import parse
from bot.language.scan.known_names import KnownNames
from bot.language.zones import zone_of
from bot.model.people import StaffId
from bot.model.requests import Intent, Language, Problem, ProblemCode, Request, WorkingHours
from bot.model.time import Window


class _Line(TypedDict):
    id: object
    text: str
    now: datetime
    zone: tzinfo
    at: tuple[StaffId, ...]
    names: tuple[str, ...] | None
    teams: dict[str, str] | None


class UnreadableLineError(Exception):
    """A line of a batch that is no request; the text says what was found and expected."""

    def __init__(self, text: str, *, row_id: object = None) -> None:
        super().__init__(text)
        self.row_id = row_id


def as_row(request: Request, *, row_id: object, zone: tzinfo) -> dict[str, object]:
    """The JSON of a request as the contract has it; windows carry the offset of `zone`."""
    who = request.who
    return {
        "id": row_id,
        "intent": request.intent.value,
        "language": request.language.value,
        "windows": [_window(window, zone) for window in request.windows],
        "duration_minutes": _minutes(request.duration),
        "people": {
            "mentioned": list(who.mentioned),
            "names": list(who.names),
            "teams": list(who.teams),
            "me": who.me,
            "everyone": who.everyone,
            "without": [*who.without, *who.without_names],
            "unread": list(who.unread),
        },
        "optional": list(request.optional),
        "quorum": request.quorum,
        "zone": request.zone,
        "series": request.series,
        "title": request.title,
        "reminder_minutes": _minutes(request.reminder),
        "place": request.place,
        "leftover": [{"text": left.text, "start": left.start, "end": left.end} for left in request.leftover],
        "acts": request.acts,
        "alternatives": [
            {"windows": [_window(window, zone) for window in other.windows], "reading": other.reading}
            for other in request.alternatives
        ],
        "problem": None
        if request.problem is None
        else {"code": request.problem.code.value, "text": request.problem.text},
    }


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds() / 60)


def _window(window: Window, zone: tzinfo) -> dict[str, str]:
    return {"start": window.start.astimezone(zone).isoformat(), "end": window.end.astimezone(zone).isoformat()}


def answer_line(
    line: str,
    *,
    hours: WorkingHours = WorkingHours(),  # noqa: B008 - frozen
    teams: Mapping[str, str] | None = None,
    names: KnownNames | None = None,
    index: Callable[[tuple[str, ...]], KnownNames] = KnownNames,
) -> str:
    """One line of JSON for one line of JSON; a line that cannot be read gives a row that says so.

    `teams` and `names` hold where the line has none of its own; `index` makes a directory of names.
    """
    try:
        asked = _read(line)
    except UnreadableLineError as error:
        return _dumped(_unreadable(error))
    request = parse(
        asked["text"],
        now=asked["now"],
        zone=asked["zone"],
        mentioned=asked["at"],
        hours=hours,
        teams=teams if asked["teams"] is None else asked["teams"],
        names=names if asked["names"] is None else index(asked["names"]),
    )
    return _dumped(as_row(request, row_id=asked["id"], zone=asked["zone"]))


def _dumped(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode()


def _unreadable(error: UnreadableLineError) -> dict[str, object]:
    request = Request(Intent.UNCLEAR, Language.ZH, problem=Problem(ProblemCode.NOT_UNDERSTOOD, str(error)))
    return as_row(request, row_id=error.row_id, zone=UTC)


def _read(line: str) -> _Line:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableLineError(
            "found a line that is no JSON, expected an object with text and ref, fix the line"
        ) from error
    if not isinstance(row, dict):
        raise UnreadableLineError("found JSON that is no object, expected one with text and ref, fix the line")
    row_id = row.get("id")
    text, at = row.get("text"), row.get("at") or ()
    if not isinstance(text, str):
        raise UnreadableLineError("found no text, expected a string, add one", row_id=row_id)
    if not isinstance(at, list | tuple) or not all(isinstance(staff_id, str) for staff_id in at):
        raise UnreadableLineError(
            "found an at that is no list, expected a list of staffIds, fix the line", row_id=row_id
        )
    now, zone = _moment(row.get("ref"), row.get("timezone"), row_id=row_id)
    teams = _listed(row, "teams", row_id)
    return _Line(
        id=row_id,
        text=text,
        now=now,
        zone=zone,
        at=tuple(StaffId(staff_id) for staff_id in at),
        names=_listed(row, "names", row_id),
        teams=None if teams is None else {team: team for team in teams},
    )


def _listed(row: dict[str, object], key: str, row_id: object) -> tuple[str, ...] | None:
    """The texts under an optional key; None where it is not there."""
    found = row.get(key)
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise UnreadableLineError(f"found {key} that is no list of texts, expected one, fix the line", row_id=row_id)
    return tuple(found)


def _moment(ref: object, name: object, *, row_id: object) -> tuple[datetime, tzinfo]:
    """The reference time and the zone: the named one, or else the offset of the time."""
    try:
        now = datetime.fromisoformat(ref) if isinstance(ref, str) else None
    except ValueError:
        now = None
    if now is None:
        raise UnreadableLineError(
            "found no ref that is a time, expected ISO 8601 with an offset, add one", row_id=row_id
        )
    zone: tzinfo | None = now.tzinfo
    if name is not None:
        zone = zone_of(name) if isinstance(name, str) else None
    if zone is None:
        raise UnreadableLineError(
            "found no time zone, expected an offset in ref or an IANA timezone, add one", row_id=row_id
        )
    now = now if now.tzinfo else now.replace(tzinfo=zone)
    return (now, zone) if 1000 < now.year < 9000 else (now.replace(year=2000), zone)
