"""Figures between the groups of protected attributes, which are never features."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame, count, selection_rate

from .. import settings

MINIMUM_GROUP = 30
SELECTION_RATE = "selection_rate"
EQUAL_OPPORTUNITY = "true_positive_rate"


def compare_groups(
    frame: pd.DataFrame, decisions: np.ndarray, dataset: str, deserved: np.ndarray | None = None
) -> list[dict[str, Any]]:
    """Documents of each attribute: the share of each group, with a Wilson interval of 95 %.

    `decisions` holds 1 for the decision that a person wants, else 0; `deserved` 1 where that would have been right.
    Where it is given, each attribute has a second document: the share among those only (equal opportunity, Hardt et
    al. 2016). Groups below 30 rows are left out.
    """
    documents = []
    for name in settings.model().data.protected:
        groups = frame[name].astype("string").fillna("unknown").reset_index(drop=True)
        documents.append(compare(groups, decisions, name, dataset))
        if deserved is not None:
            among = deserved == 1
            documents.append(compare(groups[among], decisions[among], name, dataset, EQUAL_OPPORTUNITY))
    return [document for document in documents if document["groups"]]


def compare(
    groups: pd.Series, decisions: np.ndarray, name: str, dataset: str, metric: str = SELECTION_RATE
) -> dict[str, Any]:
    """One document: the share of each group that is large enough to say something."""
    large = (groups.groupby(groups).transform("size") >= MINIMUM_GROUP).to_numpy()
    rows = []
    if large.any():
        # among rows that all deserve the decision, the share that got it is the rate of true positives
        found = MetricFrame(
            metrics={"n": count, "value": selection_rate},
            y_true=np.ones(int(large.sum())),
            y_pred=decisions[large],
            sensitive_features=groups[large].astype(str).to_numpy(),
        ).by_group
        for group, n, value in zip(found.index, found["n"], found["value"], strict=True):
            lower, upper = wilson(float(value), int(n))
            rows.append(
                {
                    "group": str(group),
                    "n": int(n),
                    "value": float(value),
                    "lower": lower,
                    "upper": upper,
                    "level": 0.95,
                }
            )
    return {"metric": metric, "attribute": name, "dataset": dataset, "groups": rows}


def disparity(documents: list[dict[str, Any]]) -> float | None:
    """The smallest ratio between two groups' shares, over all attributes; None where there is none."""
    ratios = [
        min(values) / max(values)
        for document in documents
        if document["metric"] == SELECTION_RATE
        and (values := [group["value"] for group in document["groups"]])
        and max(values) > 0
    ]
    return min(ratios) if ratios else None


def wilson(share: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's score interval (1927)."""
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)
