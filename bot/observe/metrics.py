"""What is counted, in Prometheus' words. Labels are short fixed names: no person, no chat, no text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import nan

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from bot.model.outcomes import AnswerOutcome, DigestOutcome, MessageOutcome, PressOutcome

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
_LAG_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The numbers of one process, in a registry of their own (a `model.meter.Meter`).

    `lines_dropped`, and `passes_failed` by the names of endless tasks, are counted elsewhere and read when somebody
    looks.
    """

    def __init__(
        self,
        *,
        lines_dropped: Callable[[], int] = int,
        passes_failed: Callable[[], Mapping[str, int]] = dict,
        skew: Callable[[], float | None] = lambda: 0.0,
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Elsewhere(lines_dropped, passes_failed, skew))
        made = self._registry
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
        self._spent = Gauge("youkong_monthly_calls_spent", "Counted calls of this month, all processes", registry=made)
        self._budget = Gauge(
            "youkong_monthly_calls_budget", "Calls the organisation may make in a month", registry=made
        )

    def lag(self, seconds: float) -> None:
        """How late the event loop was just now; from any thread."""
        self._lag.observe(seconds)

    def message(self, outcome: MessageOutcome) -> None:
        """A pushed message."""
        self._messages.labels(outcome).inc()

    def answer(self, kind: str, outcome: AnswerOutcome, seconds: float) -> None:
        """An answer, `seconds` after its message."""
        self._answers.labels(kind, outcome).inc()
        self._answer_seconds.labels(kind).observe(seconds)

    def press(self, verb: str, outcome: PressOutcome) -> None:
        """A press on a card."""
        self._presses.labels(verb, outcome).inc()

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

    def budget(self, *, spent: int, of: int) -> None:
        """The month's calls."""
        self._spent.set(spent)
        self._budget.set(of)

    def page(self) -> bytes:
        """Everything in the text format 0.0.4."""
        return generate_latest(self._registry)


class _Elsewhere(Collector):
    """Numbers that are read when the page is asked for."""

    def __init__(
        self,
        lines_dropped: Callable[[], int],
        passes_failed: Callable[[], Mapping[str, int]],
        skew: Callable[[], float | None],
    ) -> None:
        self._lines_dropped = lines_dropped
        self._passes_failed = passes_failed
        self._skew = skew

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """The samples as of now."""
        yield CounterMetricFamily(
            "youkong_log_lines_dropped", "Lines of the log that could not be written", value=self._lines_dropped()
        )
        failed = CounterMetricFamily("youkong_loop_failures", "Passes of endless tasks that raised", labels=["loop"])
        for loop, count in self._passes_failed().items():
            failed.add_metric([loop], count)
        yield failed
        skew = self._skew()
        yield GaugeMetricFamily(
            "youkong_clock_skew_seconds",
            "By how much the host's clock is ahead of DingTalk's; NaN before its first reply",
            value=nan if skew is None else skew,
        )
