"""Calibration: from the model's margin to a probability (Platt 1999), fitted on validation rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

EPSILON = 1e-6


@dataclass(frozen=True)
class Calibration:
    slope: float
    intercept: float

    @classmethod
    def fit(cls, margin: np.ndarray, label: pd.Series) -> Calibration:
        """A slope that is not positive would turn the order of the scores round, so it is refused."""
        fitted = LogisticRegression(C=1e6).fit(margin.reshape(-1, 1), label)
        slope = float(fitted.coef_[0, 0])
        if slope <= 0:
            raise ValueError("the model orders the validation rows the wrong way round")
        return cls(slope=slope, intercept=float(fitted.intercept_[0]))

    def apply(self, margin: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.slope * margin + self.intercept)))

    def to_dict(self) -> dict[str, float]:
        return {"slope": self.slope, "intercept": self.intercept}

    @classmethod
    def from_dict(cls, about: dict[str, float]) -> Calibration:
        return cls(slope=about["slope"], intercept=about["intercept"])


def reliability(label: np.ndarray, scores: np.ndarray, bins: int = 10) -> list[dict[str, Any]]:
    """Predicted and observed frequencies in bins of equal width."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    rows = []
    for index in range(bins):
        chosen = place == index
        rows.append(
            {
                "lower": index / bins,
                "upper": (index + 1) / bins,
                "n": int(chosen.sum()),
                "predicted": float(scores[chosen].mean()) if chosen.any() else None,
                "observed": float(label[chosen].mean()) if chosen.any() else None,
            }
        )
    return rows


def expected_error(label: np.ndarray, scores: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap of bins of equal width, weighted by their rows."""
    return float(
        sum(
            row["n"] / len(label) * abs(row["predicted"] - row["observed"])
            for row in reliability(label, scores, bins)
            if row["n"]
        )
    )


def slope_and_intercept(label: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """Of the logistic regression of labels on log-odds: 1 and 0 where calibration is perfect."""
    safe = np.clip(scores, EPSILON, 1 - EPSILON)
    odds = np.log(safe / (1 - safe)).reshape(-1, 1)
    fitted = LogisticRegression(C=1e6).fit(odds, label)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
