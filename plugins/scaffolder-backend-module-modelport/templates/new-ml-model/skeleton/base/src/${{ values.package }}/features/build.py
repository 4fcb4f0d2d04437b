"""From rows to the numbers that the model sees. The same code runs in training and in the service."""

from __future__ import annotations

import pandas as pd

from ..data.schema import CATEGORICAL, NUMERIC


def build(frame: pd.DataFrame) -> pd.DataFrame:
    """Numbers as they are, and a column 0/1 for each known category; an unknown category is all zeros."""
    columns = {name: pd.to_numeric(frame[name]).astype("float64") for name in NUMERIC}
    for name, categories in CATEGORICAL.items():
        for category in categories:
            columns[f"{name}={category}"] = (frame[name] == category).astype("float64")
    return pd.DataFrame(columns, index=frame.index)


def source_of(feature: str) -> str:
    """The column of the data that a feature comes from."""
    return feature.split("=", 1)[0]
