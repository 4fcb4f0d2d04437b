"""How good the order of each query is on the test rows, as metrics for MLflow and as documents of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .. import settings
from ..data.split import Parts
from .fairness import compare_groups, disparity
from .predictor import Predictor

MAIN_METRIC = "test_ndcg_10"
RESAMPLES = 200
TOP = 10


@dataclass(frozen=True)
class Result:
    metrics: dict[str, float]
    documents: list[tuple[str, dict[str, Any]]]


def evaluate(predictor: Predictor, parts: Parts, dataset: str) -> Result:
    """Metrics by query on the test rows, with intervals of 95 % over queries; who comes to stand on top."""
    data, name = settings.model().data, f"{dataset}-test"
    table = parts.test.assign(_score=predictor.predict(parts.test))
    queries = by_query(table, str(data.query), data.label)
    found = {str(key): float(value) for key, value in queries.mean().items()}
    place = table.groupby(data.query)["_score"].rank(ascending=False, method="first")
    fairness = compare_groups(parts.test, (place <= 3).astype("float64").to_numpy(), name)
    ratio = disparity(fairness)
    if ratio is not None:
        found["test_exposure_ratio"] = ratio
    draw = np.random.default_rng(settings.model().split.seed)
    means = pd.DataFrame([queries.iloc[draw.integers(0, len(queries), len(queries))].mean() for _ in range(RESAMPLES)])
    measurements = [
        {
            "key": key,
            "value": value,
            "dataset": name,
            "n": len(queries),
            **(
                {
                    "lower": float(means[key].quantile(0.025)),
                    "upper": float(means[key].quantile(0.975)),
                    "level": 0.95,
                }
                if key in means
                else {}
            ),
        }
        for key, value in found.items()
    ]
    return Result(
        metrics=found,
        documents=[
            ("metrics", {"measurements": measurements}),
            *(("fairness", {**each, "metric": "share_in_top_3"}) for each in fairness),
        ],
    )


def by_query(table: pd.DataFrame, query: str, label: str) -> pd.DataFrame:
    """NDCG of the first ten and reciprocal rank of each query; queries without anything relevant are left out."""
    rows = []
    for _, items in table.groupby(query, sort=False):
        gains = items.sort_values("_score", ascending=False)[label].to_numpy(dtype="float64")
        if gains.max() > 0:
            rows.append(
                {
                    "test_ndcg_10": ndcg(gains, TOP),
                    "test_mrr": 1 / (1 + int(np.argmax(gains > 0))),
                }
            )
    return pd.DataFrame(rows)


def ndcg(gains: np.ndarray, top: int) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gains 2^relevance - 1."""

    def discounted(values: np.ndarray) -> float:
        first = values[:top]
        return float(((2.0**first - 1) / np.log2(np.arange(2, len(first) + 2))).sum())

    return discounted(gains) / discounted(np.sort(gains)[::-1])
