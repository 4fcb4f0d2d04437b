"""Calibration of several classes: one temperature for all (Guo et al. 2017), fitted on validation rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..data.schema import CLASSES

TEMPERATURES = np.geomspace(0.25, 8, 121)


@dataclass(frozen=True)
class Calibration:
    temperature: float

    @classmethod
    def fit(cls, scores: np.ndarray, label: pd.Series) -> Calibration:
        """The temperature with the smallest log-loss; `scores` are log-probabilities up to a constant."""
        places = np.array([CLASSES.index(str(each)) for each in label])
        losses = [
            -np.log(np.clip(cls(float(each)).apply(scores), 1e-12, 1))[np.arange(len(places)), places].mean()
            for each in TEMPERATURES
        ]
        return cls(temperature=float(TEMPERATURES[int(np.argmin(losses))]))

    def apply(self, scores: np.ndarray) -> np.ndarray:
        scaled = scores / self.temperature
        raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)

    def to_dict(self) -> dict[str, float]:
        return {"temperature": self.temperature}

    @classmethod
    def from_dict(cls, about: dict[str, float]) -> Calibration:
        return cls(temperature=about["temperature"])


def reliability(right: np.ndarray, confidence: np.ndarray, bins: int = 10) -> list[dict[str, Any]]:
    """How often the most probable class was right, in bins of its probability."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    for index in range(bins):
        chosen = place == index
        rows.append(
            {
                "lower": index / bins,
                "upper": (index + 1) / bins,
                "n": int(chosen.sum()),
                "predicted": float(confidence[chosen].mean()) if chosen.any() else None,
                "observed": float(right[chosen].mean()) if chosen.any() else None,
            }
        )
    return rows


def expected_error(right: np.ndarray, confidence: np.ndarray) -> float:
    """Expected calibration error of the most probable class, ten bins of equal width."""
    return float(
        sum(
            row["n"] / len(right) * abs(row["predicted"] - row["observed"])
            for row in reliability(right, confidence)
            if row["n"]
        )
    )
