"""Decisions: accept, refer or decline, as conf/decision.yaml says."""

from __future__ import annotations

from functools import cache

import numpy as np
from pydantic import Field, model_validator

from .. import settings


class Costs(settings.Strict):
    false_positive: float = Field(gt=0)
    false_negative: float = Field(gt=0)


class ReferBand(settings.Strict):
    lower: float = Field(ge=0, le=1)
    upper: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def ordered(self) -> ReferBand:
        if self.lower >= self.upper:
            raise ValueError("refer_band: lower has to be below upper")
        return self


class Scaling(settings.Strict):
    offset: float
    factor: float


class Decision(settings.Strict):
    version: int
    threshold: float = Field(ge=0, le=1)
    refer_band: ReferBand | None = None
    scaling: Scaling | None = None
    costs: Costs


@cache
def rules() -> Decision:
    return Decision.model_validate(settings.read("decision.yaml"))


def decide(scores: np.ndarray, by: Decision | None = None) -> list[str]:
    """One of accept, refer and decline for each score."""
    rule = by or rules()
    answers = np.where(scores >= rule.threshold, "decline", "accept").astype(object)
    if rule.refer_band:
        inside = (scores >= rule.refer_band.lower) & (scores < rule.refer_band.upper)
        answers[inside] = "refer"
    return [str(answer) for answer in answers]


def points(scores: np.ndarray, by: Decision | None = None) -> np.ndarray | None:
    """Scores as points where a scaling is set: more points for lower risk."""
    scaling = (by or rules()).scaling
    if scaling is None:
        return None
    safe = np.clip(scores, 1e-9, 1 - 1e-9)
    return scaling.offset + scaling.factor * np.log((1 - safe) / safe)
