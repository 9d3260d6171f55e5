"""What Prometheus may know: counts and times, nothing about a person."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from bot.answer import Answer
from bot.assemble import Parts
from bot.tables import InboxRow, OutboxRow

_TIMES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The measures of a server; with `shared`, a folder, those of all its processes (see `shared_counts`)."""

    def __init__(self, parts: Parts, shared: Path | None = None) -> None:
        self._parts = parts
        self._shared = shared
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "motcua_http_requests", "HTTP requests", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "motcua_http_seconds",
            "Time to the end of a response",
            ("route",),
            buckets=_TIMES,
            registry=self.registry,
        )
        self._answers = Counter("motcua_answers", "Answers by how they ended", ("status",), registry=self.registry)
        self._wordings = Counter(
            "motcua_wordings", "Answers by whose words they are in", ("wording",), registry=self.registry
        )
        self._steps = Histogram(
            "motcua_step_seconds",
            "Time of each step of an answer",
            ("step",),
            buckets=_TIMES,
            registry=self.registry,
        )
        self._feedback = Counter("motcua_feedback", "Feedback given on the web", ("helpful",), registry=self.registry)
        self.waiting = Gauge(
            "motcua_answers_waiting",
            "Questions being worked on or waiting",
            registry=self.registry,
            multiprocess_mode="livesum",
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        """Count an answer and the time of its steps."""
        self._answers.labels(answer.status.value).inc()
        self._wordings.labels(answer.wording.value).inc()
        for step, milliseconds in answer.timings_ms.items():
            self._steps.labels(step).observe(milliseconds / 1000)

    def feedback(self, helpful: bool) -> None:
        """Count a thumb."""
        self._feedback.labels(str(helpful).lower()).inc()

    def text(self) -> bytes:
        """All of it in Prometheus' own format."""
        counts = self.registry
        if self._shared:
            counts = CollectorRegistry()
            MultiProcessCollector(counts, str(self._shared))  # type: ignore[no-untyped-call]
        stored = CollectorRegistry()
        stored.register(_Stored(self._parts))
        return generate_latest(counts) + generate_latest(stored)


@contextmanager
def shared_counts() -> Iterator[Path]:
    """A folder in which all processes that are begun meanwhile count, and each can tell what all have counted."""
    with tempfile.TemporaryDirectory(prefix="motcua-counts-") as folder:
        # For those processes alone: prometheus_client reads it when it is imported.
        os.putenv("PROMETHEUS_MULTIPROC_DIR", folder)
        try:
            yield Path(folder)
        finally:
            os.unsetenv("PROMETHEUS_MULTIPROC_DIR")


class _Stored(Collector):
    """What the database holds: revisions of each scope, events of each channel; read when asked."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is read from the store before the first question."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Revisions by scope."""
        stored = GaugeMetricFamily("motcua_store_revision", "Changes in the store", labels=["scope"])
        published = GaugeMetricFamily("motcua_published_revision", "Change that the live index shows", labels=["scope"])
        for scope in self._parts.store.scopes():
            stored.add_metric([scope.id], scope.revision)
            published.add_metric([scope.id], scope.published_revision)
        yield stored
        yield published
        yield from self._queues()

    def _queues(self) -> Iterator[GaugeMetricFamily]:
        for name, table in (("inbox", InboxRow), ("outbox", OutboxRow)):
            depth = GaugeMetricFamily(f"motcua_{name}", f"Rows of the {name}", labels=["channel", "state"])
            query = select(table.channel, table.state, func.count()).group_by(table.channel, table.state)
            with self._parts.database.connect() as connection:
                for channel, state, count in connection.execute(query):
                    depth.add_metric([channel, state], count)
            yield depth
