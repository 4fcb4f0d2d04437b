"""Why a row has its score: SHAP values, and reason codes in the organisation's words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .. import settings
from ..features.build import build, source_of
from .estimator import SPACE, Estimator

# of the largest margin; trees add up in single precision
TOLERANCE = 1e-4


def contributions(estimator: Estimator, frame: pd.DataFrame) -> pd.DataFrame:
    """SHAP values of each row by column of the data, with `base_value` and `margin`.

    They add up: base value + contributions = margin. Where they do not, none are given.
    """
    features = build(frame)
    values, base = estimator.shap_values(features)
    margin = estimator.margin(features)
    error = float(np.abs(values.sum(axis=1) + base - margin).max())
    if error > TOLERANCE * max(1.0, float(np.abs(margin).max())):
        raise ValueError(f"SHAP values miss the margin by {error:.2g}; nothing is explained by them")
    by_feature = pd.DataFrame(values, columns=features.columns, index=frame.index)
    by_column = by_feature.T.groupby(source_of, sort=False).sum().T
    return by_column.assign(base_value=base, margin=margin)


def summarise(explained: pd.DataFrame) -> dict[str, Any]:
    """Mean absolute SHAP value of each column, largest first."""
    parts = explained.drop(columns=["base_value", "margin"])
    error = (parts.sum(axis=1) + explained["base_value"] - explained["margin"]).abs().max()
    order = parts.abs().mean().sort_values(ascending=False)
    return {
        "method": "SHAP",
        "output_space": SPACE,
        "n_rows": len(parts),
        "base_value": float(explained["base_value"].mean()),
        "additivity_max_abs_error": float(error),
        "features": [
            {
                "feature": str(name),
                "mean_abs_shap": float(value),
                "mean_shap": float(parts[name].mean()),
            }
            for name, value in order.items()
        ],
    }


def reasons(explained: pd.Series, top: int = 4) -> list[dict[str, Any]]:
    """Reason codes of one row: what pushed its score up most, strongest first."""
    dictionary = settings.reason_codes().features
    parts = explained.drop(["base_value", "margin"]).astype("float64")
    found: list[dict[str, Any]] = []
    for name in parts[parts > 0].sort_values(ascending=False).index:
        reason = dictionary[str(name)]
        found.append({"rank": len(found) + 1, "code": reason.code, "feature": name, "text": reason.text})
        if len(found) == top:
            break
    return found


def dictionary() -> dict[str, Any]:
    """The reason codes as the portal reads them; `adverse` says that a higher score is against the person."""
    codes = settings.reason_codes()
    return {
        "version": str(codes.version),
        "adverse": "increase",
        "baseline": "base value",
        "why": "Contributions are SHAP values against the mean of the training rows.",
        "codes": [
            {"feature": name, "code": reason.code, "internal": reason.text, "consumer": {"en": reason.text}}
            for name, reason in codes.features.items()
        ],
    }
