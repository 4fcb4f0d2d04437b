"""Settings: versioned ones from conf/, those of the place it runs in from the environment."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(os.environ.get("MODEL_ROOT", Path.cwd()))


class Strict(BaseModel):
    """Refuses keys that nobody reads, so that a typo in a file of conf/ does not pass."""

    model_config = ConfigDict(extra="forbid")


class Data(Strict):
    label: str
    id: str
    time: str | None = None
    query: str | None = None
    series: str | None = None
    horizon: int = Field(default=1, gt=0)
    protected: list[str] = []
    personal: list[str] = []


class Split(Strict):
    seed: int
    validation: float = Field(gt=0, lt=0.5)
    test: float = Field(gt=0, lt=0.5)


class ModelSettings(Strict):
    data: Data
    split: Split
    training: dict[str, float | int]


class Gate(Strict):
    metric: str
    at_least: float | None = None
    at_most: float | None = None

    def passes(self, value: float | None) -> bool:
        """An absent value passes no gate."""
        if value is None:
            return False
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


class Gates(Strict):
    gates: list[Gate]
    approvers: list[str] = []
    rollout: str


class Drift(Strict):
    statistic: Literal["psi"]
    warning: float
    alert: float
    minimum_rows: int


class ServiceLimits(Strict):
    p95_ms: float
    fallback_share: float


class Monitoring(Strict):
    drift: Drift
    service: ServiceLimits


class Reason(Strict):
    code: str
    text: str


class ReasonCodes(Strict):
    version: int
    features: dict[str, Reason]


def read(name: str) -> Any:
    """The content of a file of conf/."""
    return yaml.safe_load((ROOT / "conf" / name).read_text(encoding="utf-8"))


@cache
def model() -> ModelSettings:
    return ModelSettings.model_validate(read("model.yaml"))


@cache
def gates() -> Gates:
    return Gates.model_validate(read("gates.yaml"))


@cache
def monitoring() -> Monitoring:
    return Monitoring.model_validate(read("monitoring.yaml"))


@cache
def reason_codes() -> ReasonCodes:
    return ReasonCodes.model_validate(read("reason-codes.yaml"))


def artifacts() -> Path:
    """Where a run leaves its files; not in version control."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
