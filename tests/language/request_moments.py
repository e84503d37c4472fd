"""The moments at which the generated requests are asked."""

from datetime import datetime

from request_rules import Now


def _now(key: str, text: str, zone: str = "Asia/Shanghai") -> Now:
    return Now(key, datetime.fromisoformat(text), zone)


NOWS = (
    _now("midweek", "2026-09-16T11:05:00"),
    _now("monday morning", "2026-06-08T08:50:00"),
    _now("friday half past four", "2026-07-17T16:30:00"),
    _now("sunday evening", "2026-08-23T19:30:00"),
    _now("year end", "2026-12-31T15:40:00"),
    _now("month end", "2026-09-30T14:10:00"),
    _now("just after midnight", "2026-10-14T00:10:00"),
    _now("leap day", "2028-02-29T10:20:00"),
    _now("make-up saturday", "2026-02-14T10:15:00"),
    _now("lunch", "2026-04-09T12:20:00"),
    _now("late evening", "2026-05-20T22:45:00"),
    _now("early", "2026-12-01T07:30:00"),
    _now("new york, before the change", "2027-03-12T11:00:00", "America/New_York"),
    _now("new york, the evening before", "2027-03-13T21:15:00", "America/New_York"),
    _now("berlin, before the change back", "2026-10-23T14:00:00", "Europe/Berlin"),
    _now("berlin, before the change", "2027-03-26T09:40:00", "Europe/Berlin"),
)
