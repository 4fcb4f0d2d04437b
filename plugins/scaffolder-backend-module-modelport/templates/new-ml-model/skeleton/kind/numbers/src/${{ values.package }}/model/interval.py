"""Intervals by split conformal prediction (Lei et al. 2018), from the errors on validation rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEVEL = 0.9


@dataclass(frozen=True)
class Interval:
    half_width: float

    @classmethod
    def fit(cls, estimate: np.ndarray, label: pd.Series, level: float = LEVEL) -> Interval:
        """Half of the width that covers the share `level` of exchangeable rows."""
        errors = np.sort(np.abs(label.to_numpy(dtype="float64") - estimate))
        rank = min(math.ceil((len(errors) + 1) * level), len(errors))
        return cls(half_width=float(errors[rank - 1]))

    def to_dict(self) -> dict[str, float]:
        return {"half_width": self.half_width}

    @classmethod
    def from_dict(cls, about: dict[str, float]) -> Interval:
        return cls(half_width=about["half_width"])


def coverage(label: np.ndarray, estimate: np.ndarray, half_width: float) -> float:
    """Share of rows within their interval."""
    return float((np.abs(label - estimate) <= half_width).mean())
