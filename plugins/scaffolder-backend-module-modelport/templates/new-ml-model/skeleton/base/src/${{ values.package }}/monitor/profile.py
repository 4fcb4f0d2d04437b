"""Profiles: counts of each column within fixed edges, enough to compare windows without keeping rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..data.schema import CATEGORICAL, NUMERIC

SCORE = "score"


def profile(frame: pd.DataFrame, scores: np.ndarray) -> dict[str, Any]:
    """The reference: edges are the deciles of these rows; open at both ends."""
    columns: dict[str, Any] = {}
    for name, values in numbers(frame, scores).items():
        known = values[~np.isnan(values)]
        edges = np.unique(np.quantile(known, np.linspace(0.1, 0.9, 9)))
        columns[name] = {"type": "numeric", "edges": edges.tolist(), **count(values, edges)}
    for name, categories in CATEGORICAL.items():
        columns[name] = {
            "type": "categorical",
            "categories": list(categories),
            **count_categories(frame[name], list(categories)),
        }
    return {"rows": len(frame), "columns": columns}


def window(frame: pd.DataFrame, scores: np.ndarray, reference: dict[str, Any]) -> dict[str, Any]:
    """The counts of other rows within the edges of the reference."""
    found = numbers(frame, scores)
    columns: dict[str, Any] = {}
    for name, about in reference["columns"].items():
        if about["type"] == "numeric":
            counted = count(found[name], np.asarray(about["edges"]))
        else:
            counted = count_categories(frame[name], about["categories"])
        columns[name] = {**about, **counted}
    return {"rows": len(frame), "columns": columns}


def numbers(frame: pd.DataFrame, scores: np.ndarray) -> dict[str, np.ndarray]:
    columns = {name: pd.to_numeric(frame[name]).to_numpy(dtype="float64", na_value=np.nan) for name in NUMERIC}
    flat = scores if scores.ndim == 1 else scores.max(axis=1)
    return {**columns, SCORE: np.asarray(flat, dtype="float64")}


def count(values: np.ndarray, edges: np.ndarray) -> dict[str, Any]:
    known = values[~np.isnan(values)]
    places = np.searchsorted(edges, known, side="right")
    counts = np.bincount(places, minlength=len(edges) + 1)
    return {"counts": counts.tolist(), "missing": len(values) - len(known)}


def count_categories(values: pd.Series, categories: list[str]) -> dict[str, Any]:
    counts = [int((values == category).sum()) for category in categories]
    missing = int(values.isna().sum())
    return {"counts": [*counts, len(values) - missing - sum(counts)], "missing": missing}
