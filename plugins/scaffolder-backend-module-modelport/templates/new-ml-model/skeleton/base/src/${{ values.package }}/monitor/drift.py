"""Drift of a window against the training, by the population stability index (PSI)."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import evidence, registry, settings
from ..data.load import checked, read_table
from ..model.predictor import Predictor
from ..serve.fallback import version_of
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
                "bins": len(now["counts"]),
                "missing": now["missing"],
                "state": state if sayable else "unknown",
            }
        )
    return found


def document(compared: list[tuple[pd.Period, list[dict[str, Any]]]]) -> dict[str, Any]:
    """What the portal reads: one figure a column and window, with its sizes and its threshold."""
    figures = [
        {
            "feature": each["feature"],
            "statistic": each["statistic"],
            "value": each["value"],
            "threshold": each["threshold"],
            "direction": "above",
            "breach": None if each["state"] == "unknown" else each["state"] == "drifting",
            "nReference": each["n_reference"],
            "nCurrent": each["n_current"],
            "bins": each["bins"],
            "window": bounds(period),
        }
        for period, columns in compared
        for each in columns
    ]
    return evidence.document("drift", {"windowFrom": "document", "figures": figures})


def bounds(period: pd.Period) -> dict[str, str]:
    """First moment of a period and the first one after it, in UTC."""
    return {"start": f"{period.start_time.isoformat()}Z", "end": f"{(period + 1).start_time.isoformat()}Z"}


def held_out(reference: dict[str, Any], frame: pd.DataFrame, predictor: Predictor) -> dict[str, Any]:
    """Drift of the rows that the training did not see, month by month; rows without a time are of today."""
    time = settings.model().data.time
    if time:
        months = pd.PeriodIndex(pd.to_datetime(frame[time]).dt.tz_localize(None), freq="M")
    else:
        months = pd.PeriodIndex([pd.Period(date.today(), freq="D")] * len(frame))
    compared = []
    for month in sorted(months.unique()):
        rows = frame[months == month]
        compared.append((month, compare(reference, window(rows, predictor.predict(rows), reference))))
    return document(compared)


def report(path: Path, version: str | None = None, day: str | None = None, fetch: bool = False) -> int:
    """Writes artifacts/drift.json and pushes it where a portal is set.

    The exit code is 2 where a column drifts, so that a pipeline can act on it. `fetch` takes the model and what its
    training saw from the registry; else both are those of the last training here.
    """
    folder = settings.artifacts()
    if fetch:
        registry.connect()
        registry.fetch_reference(folder)
    reference = json.loads((folder / "reports" / "profile.json").read_text(encoding="utf-8"))
    frame = checked(read_table(path), labelled=False)
    predictor = Predictor.load(folder / "predictor")
    columns = compare(reference, window(frame, predictor.predict(frame), reference))
    period = pd.Period(day or date.today().isoformat(), freq="D")
    found = document([(period, columns)])
    (folder / "drift.json").write_text(json.dumps(found, indent=2), encoding="utf-8")
    about = version or version_of(folder / "predictor") or trained_version(folder)
    if about:
        evidence.push(about, [found])
    elif os.environ.get("MODELPORT_URL"):
        print("pushed nothing: say with --version which version this is about", file=sys.stderr)
    drifting = [column["feature"] for column in columns if column["state"] == "drifting"]
    if drifting:
        print(f"drifting: {', '.join(drifting)}", file=sys.stderr)
        return 2
    return 0


def trained_version(folder: Path) -> str | None:
    file = folder / "train.json"
    return str(json.loads(file.read_text(encoding="utf-8"))["version"]) if file.is_file() else None
