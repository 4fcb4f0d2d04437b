"""Writes expected.json: metrics of scikit-learn of two versions on the same rows, and SciPy's paired bootstrap of them.

    pip install scikit-learn scipy && python make_expected.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics

rng = np.random.default_rng(20261122)


def case(name, metric, labels, first, second, threshold=None):
    cut = (lambda scores: scores) if threshold is None else (lambda scores: (scores >= threshold).astype(int))
    a, b = cut(first), cut(second)

    def difference(rows):
        rows = rows.astype(int)
        return metric(labels[rows], a[rows]) - metric(labels[rows], b[rows])

    boot = stats.bootstrap((np.arange(len(labels)),), difference, n_resamples=10_000, method="percentile",
                           vectorized=False, rng=5)
    return {
        "name": name, "threshold": threshold,
        "first": metric(labels, a), "second": metric(labels, b),
        "lower": boot.confidence_interval.low, "upper": boot.confidence_interval.high,
        "standardError": boot.standard_error,
    }


n = 150
truth = np.round(rng.gamma(3, 20, size=n), 2)
near, far = (np.round(truth + rng.normal(bias, spread, size=n), 2) for bias, spread in [(1, 8), (-2, 11)])
x = rng.normal(size=n)
y = (rng.random(n) < 1 / (1 + np.exp(-1.5 * x + 0.4))).astype(int)
sharp = np.round(1 / (1 + np.exp(-1.6 * x + 0.3 + 0.4 * rng.normal(size=n))), 3)
blunt = np.round(1 / (1 + np.exp(-1.0 * x + 0.9 * rng.normal(size=n))), 3)

Path(__file__).with_name("expected.json").write_text(json.dumps({
    "madeBy": {p: version(p) for p in ["scikit-learn", "scipy", "numpy"]},
    "values": {
        "labels": truth.tolist(), "first": near.tolist(), "second": far.tolist(),
        "expected": [
            case("mae", metrics.mean_absolute_error, truth, near, far),
            case("rmse", metrics.root_mean_squared_error, truth, near, far),
        ],
    },
    "classes": {
        "labels": y.astype(bool).tolist(), "first": sharp.tolist(), "second": blunt.tolist(),
        "expected": [
            case(name, metric, y, sharp, blunt, threshold)
            for threshold in [0.5, 0.35]
            for name, metric in [("accuracy", metrics.accuracy_score), ("precision", metrics.precision_score),
                                 ("recall", metrics.recall_score), ("f1", metrics.f1_score)]
        ],
    },
}) + "\n")
