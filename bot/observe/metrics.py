"""What is counted, in Prometheus' words. Labels are short fixed names: no person, no chat, no text."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import nan

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from bot import __version__
from bot.model.billing import Resource
from bot.model.outcomes import AnswerOutcome, DigestOutcome, MessageOutcome, PressOutcome
from bot.store.schema import HEAD

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
_NOT_BILLED = (MessageOutcome.DUPLICATE, MessageOutcome.STORE_ERROR)  # they come, or came, once more
_LAG_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The numbers of one process, in a registry of their own (a `model.meter.Meter`).

    `pushed` hears of each push that is billed, by kind, and `pushes_gone` where one says that there are none left.
    """

    def __init__(
        self,
        observed: Observed | None = None,
        *,
        pushed: Callable[[str], object] = id,
        pushes_gone: Callable[[], object] = int,
    ) -> None:
        self._pushed = pushed
        self._pushes_gone = pushes_gone
        self._registry = CollectorRegistry()
        self._registry.register(_Elsewhere(observed or Observed()))
        made = self._registry
        build = Gauge("youkong_build_info", "What runs", ["version", "schema", "python"], registry=made)
        build.labels(__version__, HEAD, platform.python_version()).set(1)
        self._people = Counter(
            "youkong_people", "People in answers, by what was shown of them", ["state"], registry=made
        )
        self._asked_back = Counter("youkong_leftover", "Answers that ask back", ["kind"], registry=made)
        self._messages = Counter("youkong_messages", "Messages pushed by DingTalk", ["outcome"], registry=made)
        self._answers = Counter("youkong_answers", "Answers", ["kind", "outcome"], registry=made)
        self._answer_seconds = Histogram(
            "youkong_answer_seconds", "From the message's time to its answer", ["kind"], buckets=_SECONDS, registry=made
        )
        self._presses = Counter("youkong_presses", "Presses on cards", ["verb", "outcome"], registry=made)
        self._digests = Counter("youkong_digests", "Digests", ["outcome"], registry=made)
        self._calls = Counter("youkong_api_calls", "Calls to DingTalk", ["api", "outcome"], registry=made)
        self._call_seconds = Histogram(
            "youkong_api_seconds", "Time of a call", ["api"], buckets=_SECONDS, registry=made
        )
        self._frames = Counter("youkong_stream_events", "Events of the stream", ["event"], registry=made)
        self._reconnects = Counter("youkong_stream_reconnects", "Times the stream was opened anew", registry=made)
        self._lag = Histogram(
            "youkong_loop_lag_seconds",
            "How late the event loop comes to what is due",
            buckets=_LAG_SECONDS,
            registry=made,
        )
        self._waiting = Gauge("youkong_queue_depth", "Messages claimed and not yet answered", registry=made)
        self._spent = {
            each: Gauge(
                f"youkong_monthly_{each.value}_spent", f"The {each.value} of this month, all processes", registry=made
            )
            for each in Resource
        }
        self._budget = {
            each: Gauge(
                f"youkong_monthly_{each.value}_budget", f"The {each.value} of a month that are allowed", registry=made
            )
            for each in Resource
        }

    def lag(self, seconds: float) -> None:
        """How late the event loop was just now; from any thread."""
        self._lag.observe(seconds)

    def message(self, outcome: MessageOutcome) -> None:
        """A pushed message."""
        self._messages.labels(outcome).inc()
        if outcome is MessageOutcome.OVER_QUOTA:
            self._pushes_gone()
        elif outcome not in _NOT_BILLED:
            self._pushed("message")

    def answer(self, kind: str, outcome: AnswerOutcome, seconds: float) -> None:
        """An answer, `seconds` after its message."""
        self._answers.labels(kind, outcome).inc()
        self._answer_seconds.labels(kind).observe(seconds)

    def people(self, states: Mapping[str, int]) -> None:
        """The people of an answer, by the state that it showed."""
        for state, count in states.items():
            self._people.labels(state).inc(count)

    def asked_back(self, kind: str) -> None:
        """An answer that asks back, by what it wants to know."""
        self._asked_back.labels(kind).inc()

    def press(self, verb: str, outcome: PressOutcome) -> None:
        """A press on a card."""
        self._presses.labels(verb, outcome).inc()
        self._pushed("press")

    def digest(self, outcome: DigestOutcome) -> None:
        """What became of a digest."""
        self._digests.labels(outcome).inc()

    def frame(self, event: str) -> None:
        """An event of the stream."""
        self._frames.labels(event).inc()
        if event == "reconnect":
            self._reconnects.inc()

    def waiting(self, count: int) -> None:
        """The depth of the queue."""
        self._waiting.set(count)

    def call(self, api: str, outcome: str, seconds: float) -> None:
        """A call to DingTalk."""
        self._calls.labels(api, outcome).inc()
        self._call_seconds.labels(api).observe(seconds)

    def budget(self, resource: Resource, *, spent: int, of: int) -> None:
        """The month's calls, or pushes."""
        self._spent[resource].set(spent)
        self._budget[resource].set(of)

    def page(self) -> bytes:
        """Everything in the text format 0.0.4."""
        return generate_latest(self._registry)


@dataclass(frozen=True, slots=True)
class Observed:
    """Numbers that are kept elsewhere and read when somebody looks; None is not known yet."""

    lines_dropped: Callable[[], int] = int
    passes_failed: Callable[[], Mapping[str, int]] = dict
    """By the names of endless tasks."""
    skew: Callable[[], float | None] = float
    silent_for: Callable[[], float | None] = float
    oldest_message: Callable[[], float] = float
    resting: Callable[[], Mapping[str, bool]] = dict
    """By the names of APIs."""


class _Elsewhere(Collector):
    """The samples of what is `Observed`."""

    def __init__(self, observed: Observed) -> None:
        self._observed = observed

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """As of now."""
        seen = self._observed
        yield CounterMetricFamily(
            "youkong_log_lines_dropped", "Lines of the log that could not be written", value=seen.lines_dropped()
        )
        failed = CounterMetricFamily("youkong_loop_failures", "Passes of endless tasks that raised", labels=["loop"])
        for loop, count in seen.passes_failed().items():
            failed.add_metric([loop], count)
        yield failed
        resting = GaugeMetricFamily(
            "youkong_breaker_open", "1 for an API that is left alone as it fails", labels=["api"]
        )
        for api, is_open in seen.resting().items():
            resting.add_metric([api], float(is_open))
        yield resting
        yield _gauge("youkong_clock_skew_seconds", "By how much the host's clock is ahead of DingTalk's", seen.skew())
        yield _gauge("youkong_last_frame_age_seconds", "Since the last frame of the Stream", seen.silent_for())
        yield _gauge("youkong_oldest_message_seconds", "Since the oldest message in hand came", seen.oldest_message())


def _gauge(name: str, text: str, value: float | None) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=nan if value is None else value)
