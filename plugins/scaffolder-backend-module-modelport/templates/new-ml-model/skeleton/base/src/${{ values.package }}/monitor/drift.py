"""Drift of a window against the training, by the population stability index (PSI)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from .. import settings
from ..data.load import read_table
from ..data.schema import schema
from ..model.predictor import Predictor
from .profile import window

FLOOR = 1e-4


def psi(reference: list[int], current: list[int]) -> float:
    """Natural logarithm; a share of zero counts as 1e-4. 0 where one side has no rows."""
    if sum(reference) == 0 or sum(current) == 0:
        return 0.0
    expected = np.maximum(np.asarray(reference) / sum(reference), FLOOR)
    actual = np.maximum(np.asarray(current) / sum(current), FLOOR)
    return float(((actual - expected) * np.log(actual / expected)).sum())


def compare(reference: dict[str, Any], current: dict[str, Any]) -> list[dict[str, Any]]:
    """Statistic, sizes and state of each column; a window that is too small says nothing."""
    limits = settings.monitoring().drift
    found = []
    for name, about in reference["columns"].items():
        now = current["columns"][name]
        value = psi(about["counts"], now["counts"])
        sayable = current["rows"] >= limits.minimum_rows
        state = "none"
        if sayable and value >= limits.alert:
            state = "drifting"
        elif sayable and value >= limits.warning:
            state = "warning"
        found.append(
            {
                "feature": name,
                "statistic": "psi",
                "value": value,
                "threshold": limits.alert,
                "n_reference": sum(about["counts"]),
                "n_current": sum(now["counts"]),
                "missing": now["missing"],
                "state": state if sayable else "unknown",
            }
        )
    return found


def report(path: Path, version: str | None) -> int:
    """Writes artifacts/drift.json; the exit code is 2 where a column drifts, so that a pipeline can act on it."""
    folder = settings.artifacts()
    reference = json.loads((folder / "reports" / "profile.json").read_text(encoding="utf-8"))
    frame = schema(labelled=False).validate(read_table(path))
    predictor = Predictor.load(folder / "predictor")
    columns = compare(reference, window(frame, predictor.predict(frame), reference))
    text = json.dumps({"version": version, "window": path.name, "columns": columns}, indent=2)
    (folder / "drift.json").write_text(text, encoding="utf-8")
    drifting = [column["feature"] for column in columns if column["state"] == "drifting"]
    if drifting:
        print(f"drifting: {', '.join(drifting)}", file=sys.stderr)
        return 2
    return 0
