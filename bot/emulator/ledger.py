"""What the emulator has seen: calls, frames, acks and breaches of the protocol, bounded if asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


def forget_oldest(shelf: dict[str, T], limit: int | None) -> None:
    """Keep the newest `limit` entries of a dict once it holds more than twice as many (None: never)."""
    if limit is not None and len(shelf) > 2 * limit:
        for key in list(islice(shelf, len(shelf) - limit)):
            del shelf[key]


class ProtocolViolation(AssertionError):
    """The client did something that DingTalk forbids or ignores; raised by `Emulator.settle`."""


@dataclass(slots=True)
class Call:
    """One HTTP request and its fate; times are seconds of the event loop's clock, `ended` None while it runs.

    Tokens and secrets are left out of `params` and `body`. `user` is the unionId of whose token it came with, "" for
    the app's. `ids` are the percent-decoded ids of the path. `code` is DingTalk's error code (an errcode as text on
    oapi), empty when the answer was a yes. `answer` is the body that went out, where answers are kept. `fault` is the
    kind of fault that decided the answer, such as "drop_reply", empty when there was none.
    """

    api: str
    method: str
    path: str
    params: dict[str, str]
    body: dict[str, Any]
    ids: dict[str, str]
    started: float
    token_ok: bool | None = None
    user: str = ""
    status: int = 0
    code: str = ""
    fault: str = ""
    ended: float | None = None
    answer: dict[str, Any] | None = None


class ScheduleAsked(NamedTuple):
    """The unionIds of one querySchedule: in whose name it was asked (the path), and of whom, in the order sent."""

    asker: str
    people: tuple[str, ...]


def schedule_asked(call: Call) -> ScheduleAsked:
    """What a call of querySchedule asks; ids that are no texts are left out."""
    people = call.body.get("userIds")
    texts = people if isinstance(people, list) else []
    return ScheduleAsked(call.ids["union_id"], tuple(each for each in texts if isinstance(each, str)))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame written to a connection; `at` is in seconds of the loop's clock."""

    at: float
    connection: str
    text: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Ack:
    """One ack that arrived: `data` is the JSON value inside its data text (None when there was none)."""

    at: float
    connection: str
    message_id: str
    code: int
    data: Any


@dataclass(frozen=True, slots=True)
class Violation:
    """A breach of the protocol: `rule` is a short stable name, `what` says what was found and expected."""

    at: float
    rule: str
    what: str

    def __str__(self) -> str:
        """The rule and what was found."""
        return f"{self.rule}: {self.what}"


class Log(Generic[T]):
    """A list that forgets its oldest entries once it holds `limit` of them (None: never).

    >>> log = Log[int](limit=2)
    >>> for each in range(7): log.add(each)
    >>> log.items[-2:], log.total
    ([5, 6], 7)
    """

    def __init__(self, limit: int | None = None) -> None:
        self.items: list[T] = []
        self.limit = limit
        self.total = 0

    def add(self, item: T) -> None:
        """Append; trimming happens in halves, so that it costs nothing per entry."""
        self.items.append(item)
        self.total += 1
        if self.limit is not None and len(self.items) > 2 * self.limit:
            del self.items[: -self.limit]

    def __iter__(self) -> Iterator[T]:
        """The entries still held, oldest first."""
        return iter(self.items)


@dataclass(slots=True)
class Ledger:
    """Everything seen so far, and how many calls are in progress."""

    limit: int | None = None
    calls: Log[Call] = field(init=False)
    frames: Log[Frame] = field(init=False)
    acks: Log[Ack] = field(init=False)
    violations: list[Violation] = field(default_factory=list)
    in_progress: int = 0
    stirred: float = 0.0
    monthly_calls: int = 0
    monthly_pushes: int = 0

    def __post_init__(self) -> None:
        """Give every log the same bound."""
        self.calls = Log(self.limit)
        self.frames = Log(self.limit)
        self.acks = Log(self.limit)

    def violate(self, at: float, rule: str, what: str) -> None:
        """Remember a breach; the first thousand are kept."""
        if len(self.violations) < 1000:
            self.violations.append(Violation(at, rule, what))
