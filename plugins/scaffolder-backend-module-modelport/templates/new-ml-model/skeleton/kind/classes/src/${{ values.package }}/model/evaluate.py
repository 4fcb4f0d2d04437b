"""How good a model is on the test rows, as metrics for MLflow and as documents of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as scores_of

from .. import settings
from ..data.schema import CLASSES
from ..data.split import Parts
from .calibrate import expected_error, reliability
from .fairness import compare_groups, disparity
from .predictor import Predictor

MAIN_METRIC = "test_macro_f1"
RESAMPLES = 200


@dataclass(frozen=True)
class Result:
    metrics: dict[str, float]
    documents: list[tuple[str, dict[str, Any]]]


def evaluate(predictor: Predictor, parts: Parts, dataset: str) -> Result:
    """Metrics on the test rows with bootstrap intervals of 95 %, calibration, each class, fairness."""
    name = f"{dataset}-test"
    label = np.asarray(parts.test[settings.model().data.label].astype(str))
    score = predictor.predict(parts.test)
    found = figures(label, score)
    chosen = np.asarray(CLASSES)[score.argmax(axis=1)]
    right, confidence = chosen == label, score.max(axis=1)
    found["test_ece"] = expected_error(right, confidence)
    calibration = {
        "dataset": name,
        "n": len(label),
        "expectedCalibrationError": found["test_ece"],
        "logLoss": found["test_log_loss"],
        "bins": reliability(right, confidence),
    }
    fairness = compare_groups(parts.test, right.astype("float64"), name)
    ratio = disparity(fairness)
    if ratio is not None:
        found["test_accuracy_ratio"] = ratio
    ranges = intervals(label, score)
    measurements: list[dict[str, Any]] = [
        {
            "key": key,
            "value": value,
            "dataset": name,
            "n": len(label),
            **({"lower": ranges[key][0], "upper": ranges[key][1], "level": 0.95} if key in ranges else {}),
        }
        for key, value in found.items()
    ]
    measurements += [
        {
            "key": "test_recall",
            "value": float((chosen[label == each] == each).mean()),
            "dataset": name,
            "slice": f"class={each}",
            "n": int((label == each).sum()),
        }
        for each in CLASSES
        if (label == each).any()
    ]
    return Result(
        metrics=found,
        documents=[
            ("metrics", {"measurements": measurements}),
            ("calibration", calibration),
            *(("fairness", {**each, "metric": "accuracy"}) for each in fairness),
        ],
    )


def figures(label: np.ndarray, score: np.ndarray) -> dict[str, float]:
    chosen = np.asarray(CLASSES)[score.argmax(axis=1)]
    places = np.array([CLASSES.index(str(each)) for each in label])
    picked = np.clip(score[np.arange(len(places)), places], 1e-12, 1)
    return {
        "test_macro_f1": float(scores_of.f1_score(label, chosen, labels=CLASSES, average="macro", zero_division=0)),
        "test_accuracy": float((chosen == label).mean()),
        "test_log_loss": float(-np.log(picked).mean()),
    }


def intervals(label: np.ndarray, score: np.ndarray) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap over rows."""
    draw = np.random.default_rng(settings.model().split.seed)
    kept: list[dict[str, float]] = []
    for _ in range(RESAMPLES):
        rows = draw.integers(0, len(label), len(label))
        kept.append(figures(label[rows], score[rows]))
    table = pd.DataFrame(kept)
    return {str(key): (float(table[key].quantile(0.025)), float(table[key].quantile(0.975))) for key in table.columns}
