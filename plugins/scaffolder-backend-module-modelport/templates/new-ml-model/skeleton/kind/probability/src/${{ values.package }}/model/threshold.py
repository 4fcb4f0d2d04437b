"""The threshold that costs least, given what each error costs."""

from __future__ import annotations

import numpy as np


def cost(
    label: np.ndarray, scores: np.ndarray, threshold: float, false_positive: float, false_negative: float
) -> float:
    """Mean cost of a row."""
    chosen = scores >= threshold
    wrong = false_positive * (chosen & (label == 0)) + false_negative * (~chosen & (label == 1))
    return float(wrong.mean())


def best_threshold(
    label: np.ndarray, scores: np.ndarray, false_positive: float, false_negative: float
) -> tuple[float, float]:
    """Threshold and its mean cost, over a grid of 1 %; the lower one where two cost the same."""
    grid = np.linspace(0.01, 0.99, 99)
    costs = [cost(label, scores, each, false_positive, false_negative) for each in grid]
    best = int(np.argmin(costs))
    return float(grid[best]), costs[best]
