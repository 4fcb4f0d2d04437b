"""Writes expected.json: figures of scikit-learn, SciPy, statsmodels and fairlearn, and DeLong's variance by its definition.

    pip install scikit-learn==1.9.1 scipy==1.17.1 statsmodels==0.15.0 fairlearn && python make_expected.py
"""

import json
import math
from importlib.metadata import version
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate

rng = np.random.default_rng(20261121)


def delong(y, a, b):
    """DeLong et al. 1988 by definition: every pair of a positive and a negative row."""

    def parts(s):
        psi = (s[y][:, None] > s[~y][None, :]) + 0.5 * (s[y][:, None] == s[~y][None, :])
        return psi.mean(axis=1), psi.mean(axis=0)

    (va, wa), (vb, wb) = parts(a), parts(b)
    s10, s01 = np.cov(va, vb), np.cov(wa, wb)
    s = s10 / y.sum() + s01 / (~y).sum()
    variance = s[0, 0] + s[1, 1] - 2 * s[0, 1]
    d = va.mean() - vb.mean()
    se = math.sqrt(variance)
    z = stats.norm.ppf(0.975)
    return {
        "first": va.mean(), "second": vb.mean(), "difference": d, "standardError": se,
        "lower": d - z * se, "upper": d + z * se, "z": d / se, "pValue": 2 * stats.norm.sf(abs(d / se)),
        "standardErrorOfFirst": math.sqrt(s[0, 0]),
    }


def sample(n, decimals, spread):
    x = rng.normal(size=n)
    y = rng.random(n) < 1 / (1 + np.exp(-1.4 * x + 0.5))
    first = np.round(1 / (1 + np.exp(-spread * 1.4 * x + 0.3 + 0.4 * rng.normal(size=n))), decimals)
    second = np.round(1 / (1 + np.exp(-spread * 1.1 * x + 0.9 * rng.normal(size=n))), decimals)
    groups = rng.choice(["a", "b", "c"], size=n, p=[0.6, 0.3, 0.1])
    return y, np.clip(first, 10.0**-decimals, 1 - 10.0**-decimals), np.clip(second, 0, 1), groups


def recalibration(y, p):
    x = np.log(p / (1 - p))
    free = sm.GLM(y.astype(float), sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-14)
    fixed = sm.GLM(y.astype(float), np.ones(len(y)), offset=x, family=sm.families.Binomial()).fit(tol=1e-14)

    def of(fit, at):
        low, high = fit.conf_int()[at]
        return {"value": fit.params[at], "standardError": fit.bse[at], "lower": low, "upper": high}

    return {"intercept": of(free, 0), "slope": of(free, 1), "inTheLarge": of(fixed, 0)}


def bands(y, p):
    index = np.minimum(np.digitize(p, np.arange(1, 10) / 10), 9)
    out = []
    for band in range(10):
        at = index == band
        n, k = int(at.sum()), int(y[at].sum())
        low, high = proportion_confint(k, n, method="wilson") if n else (None, None)
        out.append({
            "n": n,
            "predicted": p[at].mean() if n else None,
            "observed": k / n if n else None,
            "interval": {"lower": low, "upper": high} if n else None,
            "observedOverExpected": k / p[at].sum() if n else None,
        })
    ece = sum(b["n"] * abs(b["predicted"] - b["observed"]) for b in out if b["n"]) / len(y)
    return out, ece


def fairness(y, s, groups, threshold):
    decided = s >= threshold
    frame = MetricFrame(
        metrics={"selection_rate": selection_rate, "true_positive_rate": true_positive_rate, "false_positive_rate": false_positive_rate},
        y_true=y, y_pred=decided, sensitive_features=groups,
    ).by_group
    rows = {"selection_rate": np.full(len(y), True), "true_positive_rate": y, "false_positive_rate": ~y}
    out = []
    for group in ["b", "c"]:
        for rate, part in rows.items():
            k1, n1 = int(decided[part & (groups == group)].sum()), int((part & (groups == group)).sum())
            k2, n2 = int(decided[part & (groups == "a")].sum()), int((part & (groups == "a")).sum())
            low, high = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
            rlow, rhigh = confint_proportions_2indep(k1, n1, k2, n2, method="log", compare="ratio") if k1 and k2 else (None, None)
            out.append({
                "group": group, "rate": rate, "nCompared": n1,
                "difference": {"value": frame.loc[group, rate] - frame.loc["a", rate], "lower": low, "upper": high},
                "ratio": None if k1 == 0 or k2 == 0 else {"value": frame.loc[group, rate] / frame.loc["a", rate], "lower": rlow, "upper": rhigh},
            })
    return out


cases = []
for name, n, decimals, spread in [("ties", 60, 1, 1.0), ("small", 120, 6, 1.3), ("larger", 800, 6, 0.7)]:
    y, first, second, groups = sample(n, decimals, spread)
    calibration, ece = bands(y, first)
    loss = (first - y) ** 2 - (second - y) ** 2
    boot = stats.bootstrap((loss,), np.mean, n_resamples=50_000, method="percentile", rng=7).confidence_interval
    cases.append({
        "name": name,
        "labels": y.tolist(), "first": first.tolist(), "second": second.tolist(), "groups": groups.tolist(),
        "expected": {
            "rocAuc": roc_auc_score(y, first),
            "delong": delong(y, first, second),
            "brier": brier_score_loss(y, first),
            "logLoss": log_loss(y, first),
            "recalibration": recalibration(y, first),
            "bands": calibration,
            "ece": ece,
            "fairness": {"threshold": 0.5, "comparisons": fairness(y, first, groups, 0.5)},
            "brierDifference": {"estimate": loss.mean(), "lower": boot.low, "upper": boot.high,
                                "standardError": loss.std(ddof=1) / math.sqrt(n)},
        },
    })

normal = [{"z": z, "survival": stats.norm.sf(z)} for z in [-8, -3, -1.96, -0.1, 0, 0.5, 1.96, 2.999, 3, 3.001, 5, 10, 37]]
quantiles = [{"p": p, "quantile": stats.norm.ppf(p)} for p in [1e-300, 1e-10, 0.001, 0.02425, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999999]]
wilson = []
for k, n in [(0, 10), (10, 10), (3, 10), (1, 1000), (500, 1000)]:
    low, high = proportion_confint(k, n, method="wilson")
    wilson.append({"k": k, "n": n, "lower": low, "upper": high})

clipped = {"labels": [True, False, True], "scores": [0.0, 1.0, 0.5], "logLoss": log_loss([1, 0, 1], [0.0, 1.0, 0.5])}

Path(__file__).with_name("expected.json").write_text(json.dumps({
    "madeBy": {p: version(p) for p in ["scikit-learn", "scipy", "statsmodels", "fairlearn", "numpy"]},
    "normal": normal, "quantiles": quantiles, "wilson": wilson, "clipped": clipped, "cases": cases,
}) + "\n")
