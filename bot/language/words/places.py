"""Words of places: what a named room ends with, and the words for rooms that name none."""

from __future__ import annotations

ROOM_ENDS = frozenset("厅室楼座层馆吧")
HALL_ENDS = frozenset("厅馆")
"""Those that no name of a person ends with."""
STREET_ENDS = frozenset(("street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln"))
GENERIC = frozenset(
    (
        "会议室",
        "room",
        "rooms",
        "meeting room",
        "meeting rooms",
        "conference room",
        "conference rooms",
        "boardroom",
        "洽谈室",
        "讨论室",
    )
)
