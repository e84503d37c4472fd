"""What can be wrong with DingTalk, by name. A new one is a row here and its words in words.js."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.emulator import Emulator, Person

SLOW_SECONDS = 3.0
AGAIN_AFTER = 1.0
_Turn = Callable[[Emulator], object]


def _throttle(emulator: Emulator) -> None:
    code = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
    emulator.faults.fail("querySchedule", status=403, code=code, message="应用调用该接口的QPS超过限制")


def _stop_cards(emulator: Emulator) -> None:
    emulator.faults.refuse_card()


SWITCHES: Mapping[str, _Turn] = MappingProxyType(
    {
        "no_calendar_permission": lambda it: it.faults.deny_scope("Calendar.EventSchedule.Read"),
        "no_booking_permission": lambda it: it.faults.deny_scope("Calendar.Event.Write"),
        "no_leave_permission": lambda it: it.faults.deny_scope("qyapi_get_attendance_data"),
        "no_card_permission": lambda it: it.faults.deny_scope("Card.Instance.Write"),
        "cards_refused": _stop_cards,
        "slow": lambda it: it.faults.slow("querySchedule", SLOW_SECONDS),
        "error_500": lambda it: it.faults.fail("querySchedule", status=500),
        "hanging": lambda it: it.faults.hang("querySchedule"),
        "throttled": _throttle,
        "calls_spent": lambda it: it.faults.quota_gone(),
        "pushes_spent": lambda it: it.faults.push_quota_gone(),
        "delivered_twice": lambda it: it.faults.redeliver(AGAIN_AFTER, presses=True),
    }
)
"""What stays wrong until it is switched off."""
MOMENTS: Mapping[str, Callable[[Emulator], Awaitable[object]]] = MappingProxyType(
    {"disconnect": lambda it: it.disconnect(grace=0.0)}
)
"""What happens once."""


class Switches:
    """Which faults are on, and whose calendar is not shared. Switching one off leaves the others as they are."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._on: dict[str, None] = {}
        self._hidden: dict[str, Person] = {}

    @property
    def on(self) -> tuple[str, ...]:
        """The names of those that are on, in the order in which they were switched on."""
        return tuple(self._on)

    def shares(self, person: Person) -> bool:
        """True where others may see when this person is busy."""
        return person.staff_id not in self._hidden

    def set(self, name: str, *, on: bool) -> None:
        """Switch one fault. Raises ValueError for a name that is none."""
        if name not in SWITCHES:
            raise ValueError(f"found the fault {name!r}, expected one of {', '.join((*SWITCHES, *MOMENTS))}")
        self._on.pop(name, None)
        if on:
            self._on[name] = None
        self._apply()

    async def happen(self, name: str) -> None:
        """Let something of `MOMENTS` happen: "disconnect" closes the bot's connection, as DingTalk does at times."""
        await MOMENTS[name](self._emulator)

    def share(self, person: Person, *, shares: bool) -> None:
        """Let others see a person's busy times, or no longer."""
        self._hidden.pop(person.staff_id, None)
        if not shares:
            self._hidden[person.staff_id] = person
        self._apply()

    def _apply(self) -> None:
        self._emulator.faults.clear()
        for person in self._hidden.values():
            self._emulator.faults.person_error(person, "No permission")
        for name in self._on:
            SWITCHES[name](self._emulator)
