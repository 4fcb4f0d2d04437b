"""Figures between the groups of protected attributes, which are never features."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .. import settings

MINIMUM_GROUP = 30


def compare_groups(frame: pd.DataFrame, decisions: np.ndarray, dataset: str) -> list[dict[str, Any]]:
    """One document an attribute: the share of each group, with a Wilson interval of 95 %.

    `decisions` holds 1 for the decision that a person wants, else 0. Groups below 30 rows are left out.
    """
    return [
        compare(frame[name].astype("string").fillna("unknown"), decisions, name, dataset)
        for name in settings.model().data.protected
    ]


def compare(groups: pd.Series, decisions: np.ndarray, name: str, dataset: str) -> dict[str, Any]:
    rows = []
    for group in sorted(groups.unique()):
        chosen = decisions[(groups == group).to_numpy()]
        if len(chosen) >= MINIMUM_GROUP:
            lower, upper = wilson(float(chosen.mean()), len(chosen))
            rows.append(
                {
                    "group": str(group),
                    "n": len(chosen),
                    "value": float(chosen.mean()),
                    "lower": lower,
                    "upper": upper,
                    "level": 0.95,
                }
            )
    return {"metric": "selection_rate", "attribute": name, "dataset": dataset, "groups": rows}


def disparity(documents: list[dict[str, Any]]) -> float | None:
    """The smallest ratio between two groups' shares, over all attributes; None where there is none."""
    ratios = [
        min(values) / max(values)
        for document in documents
        if (values := [group["value"] for group in document["groups"]]) and max(values) > 0
    ]
    return min(ratios) if ratios else None


def wilson(share: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's score interval (1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)
