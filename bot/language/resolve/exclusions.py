"""What was refused, taken out of windows: a weekday on every such day, a part of the day on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.days import Weekday
from bot.language.phrases.lists import shared
from bot.language.resolve.calendar import Calendar
from bot.language.resolve.clock import DAY, HourResolver, Minutes
from bot.language.resolve.policy import Policy
from bot.language.resolve.spans import NoSuchTimeError, Stretch, one_day
from bot.language.resolve.windows import less, united
from bot.language.values import After, Now, Part, Phrase, Until
from bot.model.time import Window, WindowKind

_MOST_ADDED = 4
_MOMENT = 30
"""How many minutes "not now" takes away."""
_SIXTY_DAYS = (0, 60 * DAY)
_LONGEST = 62
"""How many days of one window are looked at."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Minutes of the days that one exclusion speaks of: a weekday, a stretch, or all of them."""

    minutes: Minutes
    weekday: int | None = None
    stretch: Stretch | None = None

    def means(self, day: date) -> bool:
        """True where the exclusion speaks of a day."""
        if self.weekday is not None:
            return day.weekday() == self.weekday
        return self.stretch is None or self.stretch.first <= day < self.stretch.stop


class Exclusions:
    """The exclusions of one text, each once.

    What one takes from a day is worked out once, since most other readings of the text lie on the same days.
    """

    def __init__(self, phrases: Iterable[Phrase], policy: Policy) -> None:
        distinct = {(phrase.day, phrase.time): phrase for phrase in phrases}
        self.count = len(distinct)
        self._policy = policy
        self._refused = [found for phrase in distinct.values() if (found := _refusal(phrase, policy))]
        self._holes: dict[tuple[date, Minutes], Window] = {}

    def without(self, windows: tuple[Window, ...]) -> tuple[Window, ...]:
        """The windows, in order of time, less what was refused."""
        for refusal in self._refused:
            windows = less(windows, self._taken(refusal, windows))
        return windows

    def of(self, windows: Sequence[Window]) -> tuple[Window, ...]:
        """All that is refused on the days of some windows."""
        return united([hole for refusal in self._refused for hole in self._taken(refusal, windows)])

    def _taken(self, refusal: _Refusal, windows: Sequence[Window]) -> list[Window]:
        return [self._hole(day, refusal.minutes) for day in self._days_of(windows) if refusal.means(day)]

    def _hole(self, day: date, minutes: Minutes) -> Window:
        found = self._holes.get((day, minutes))
        if found is None:
            found = self._policy.window(day, minutes, kind=WindowKind.RANGE)
            self._holes[day, minutes] = found
        return found

    def _days_of(self, windows: Sequence[Window]) -> list[date]:
        zone, days = self._policy.zone, set[date]()
        for window in windows:
            first, last = window.start.astimezone(zone).date(), window.end.astimezone(zone).date()
            days.update([first + timedelta(days=n) for n in range(min((last - first).days, _LONGEST) + 1)])
        return sorted(days)


def _refusal(phrase: Phrase, policy: Policy) -> _Refusal | None:
    """What a phrase takes away, or None for a time that cannot be."""
    if isinstance(phrase.time, Now):
        start = policy.now.hour * 60 + policy.now.minute
        return _Refusal((start, start + _MOMENT), stretch=one_day(policy.today))
    try:
        minutes = _minutes(phrase.time, HourResolver(policy.hours))
        if phrase.day is None:
            return _Refusal(minutes)
        if isinstance(phrase.day, Weekday) and phrase.day.week is None:
            return _Refusal(minutes, weekday=phrase.day.day)
        return _Refusal(minutes, stretch=Calendar(policy.today, policy.today).stretch(phrase.day))
    except NoSuchTimeError:
        return None


def _minutes(time: object, hours: HourResolver) -> Minutes:
    """What is refused of a day: "nothing after 4" is all that is left of it, "not before 10" all until then."""
    match time:
        case None:
            return 0, DAY
        case After():
            start, end = hours.stretch(time)
            return start, max(DAY, end)
        case Until(of, _):
            return 0, max(hours.bound(of), 1)
        case Part(name="evening" | "late" | "after_work"):
            return hours.stretch(time)[0], DAY
    return hours.stretch(time)


def refused_times(phrases: Sequence[Phrase], *, policy: Policy) -> tuple[Window, ...]:
    """What exclusions take away of the sixty days from today on: a weekday on every such day of them.

    Nothing for more exclusions than anybody adds to a request.
    """
    refusals = Exclusions(shared(list(phrases)), policy)
    if refusals.count > _MOST_ADDED:
        return ()
    return policy.local(refusals.of([policy.window(policy.today, _SIXTY_DAYS, kind=WindowKind.DAYS)]))
