"""How good a model is on the test rows, as metrics for MLflow and as documents of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as scores_of

from .. import settings
from ..data.split import Parts
from ..decision import decide
from .calibrate import expected_error, reliability, slope_and_intercept
from .fairness import compare_groups, disparity
from .predictor import Predictor
from .threshold import best_threshold, cost

MAIN_METRIC = "test_roc_auc"
RESAMPLES = 200


@dataclass(frozen=True)
class Result:
    metrics: dict[str, float]
    documents: list[tuple[str, dict[str, Any]]]


def evaluate(predictor: Predictor, parts: Parts, dataset: str) -> Result:
    """Metrics on the test rows with bootstrap intervals of 95 %, calibration, costs and fairness."""
    name, costs, rules = f"{dataset}-test", decide.rules().costs, decide.rules()
    label = parts.test[settings.model().data.label].to_numpy()
    score = predictor.predict(parts.test)
    found = figures(label, score)
    valid_label = parts.valid[settings.model().data.label].to_numpy()
    valid_score = predictor.predict(parts.valid)
    found["valid_log_loss"] = float(scores_of.log_loss(valid_label, valid_score))
    threshold, _ = best_threshold(valid_label, valid_score, costs.false_positive, costs.false_negative)
    found["best_threshold"] = threshold
    found["test_cost"] = cost(label, score, rules.threshold, costs.false_positive, costs.false_negative)
    slope, intercept = slope_and_intercept(label, score)
    calibration = {
        "dataset": name,
        "n": len(label),
        "slope": slope,
        "intercept": intercept,
        "expectedCalibrationError": found["test_ece"],
        "brier": found["test_brier"],
        "logLoss": found["test_log_loss"],
        "bins": reliability(label, score),
    }
    accepted = (score < rules.threshold).astype("float64")
    fairness = compare_groups(parts.test, accepted, name, deserved=1 - label)
    ratio = disparity(fairness)
    if ratio is not None:
        found["test_disparate_impact"] = ratio
    ranges = intervals(label, score)
    measurements = [
        {
            "key": key,
            "value": value,
            "dataset": name,
            "n": len(label),
            **({"lower": ranges[key][0], "upper": ranges[key][1], "level": 0.95} if key in ranges else {}),
        }
        for key, value in found.items()
        if key.startswith("test_")
    ]
    documents: list[tuple[str, dict[str, Any]]] = [
        ("metrics", {"measurements": measurements}),
        ("calibration", calibration),
        *(("fairness", {**each, "threshold": rules.threshold}) for each in fairness),
    ]
    return Result(metrics=found, documents=documents)


def figures(label: np.ndarray, score: np.ndarray) -> dict[str, float]:
    return {
        "test_roc_auc": float(scores_of.roc_auc_score(label, score)),
        "test_pr_auc": float(scores_of.average_precision_score(label, score)),
        "test_log_loss": float(scores_of.log_loss(label, score)),
        "test_brier": float(scores_of.brier_score_loss(label, score)),
        "test_ece": expected_error(label, score),
    }


def intervals(label: np.ndarray, score: np.ndarray) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap over rows; resamples that lack a class are drawn again."""
    draw = np.random.default_rng(settings.model().split.seed)
    kept: list[dict[str, float]] = []
    while len(kept) < RESAMPLES:
        rows = draw.integers(0, len(label), len(label))
        if 0 < label[rows].sum() < len(rows):
            kept.append(figures(label[rows], score[rows]))
    table = pd.DataFrame(kept)
    return {str(key): (float(table[key].quantile(0.025)), float(table[key].quantile(0.975))) for key in table.columns}
