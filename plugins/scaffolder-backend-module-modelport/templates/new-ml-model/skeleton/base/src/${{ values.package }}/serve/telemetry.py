"""What the service tells of itself: read by Prometheus from its page, sent by OTLP where a collector is set."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from .fallback import Answer

FALLBACKS = ("previous", "rule")
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


class Telemetry:
    """Counts and times of one service; each has its own registry, so that tests do not share one."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.rows = Counter("model_rows", "Rows answered", ["answered_by"], registry=self.registry)
        self.errors = Counter("model_errors", "Failures", ["where"], registry=self.registry)
        self.fallback = Counter("model_fallback", "Rows answered by the fallback", registry=self.registry)
        self.seconds = Histogram("model_seconds", "Time of a request", buckets=BUCKETS, registry=self.registry)
        self.scores = Histogram(
            "model_score",
            "Scores given",
            buckets=tuple(edge / 10 for edge in range(1, 11)),
            registry=self.registry,
        )

    def count_error(self, where: str) -> None:
        self.errors.labels(where).inc()

    def count(self, answer: Answer, rows: int) -> None:
        """Counts rows by who answered them, and their scores; whatever is no model of this rollout is a fallback."""
        self.rows.labels(answer.answered_by).inc(rows)
        if answer.answered_by in FALLBACKS:
            self.fallback.inc(rows)
        if answer.scores is not None:
            for score in answer.scores if answer.scores.ndim == 1 else answer.scores.max(axis=1):
                self.scores.observe(float(score))

    def exposition(self) -> bytes:
        return bytes(generate_latest(self.registry))
