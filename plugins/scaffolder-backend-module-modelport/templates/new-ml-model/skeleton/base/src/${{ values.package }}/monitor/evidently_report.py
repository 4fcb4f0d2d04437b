"""Evidently's report on a window of data, for people who look into an alert; `drift.py` decides what is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from .. import settings
from ..data.load import checked, load, read_table
from ..data.schema import CATEGORICAL, FEATURES, NUMERIC
from ..data.split import split


def write(window: Path) -> Path:
    """Compares a file's rows with those of the training, by the statistic and the limit of conf/monitoring.yaml.

    Writes `artifacts/drift-report.html`, and the same as JSON beside it. The rows of the training are read anew from
    where DATA_PATH says, since no version keeps any. Needs the group of packages `monitoring`.
    """
    from evidently import Report
    from evidently.presets import DataDriftPreset

    limits = settings.monitoring().drift
    current = checked(read_table(window), labelled=False)
    report = Report([DataDriftPreset(method=limits.statistic, threshold=limits.alert)])
    found = report.run(of_features(current), of_features(split(load().frame).train))
    path = settings.artifacts() / "drift-report.html"
    found.save_html(str(path))
    found.save_json(str(path.with_suffix(".json")))
    return path


def of_features(frame: pd.DataFrame) -> Any:
    """The features alone: neither ids nor protected attributes have a place in a report."""
    from evidently import DataDefinition, Dataset

    definition = DataDefinition(numerical_columns=list(NUMERIC), categorical_columns=list(CATEGORICAL))
    return Dataset.from_pandas(frame[list(FEATURES)], data_definition=definition)
