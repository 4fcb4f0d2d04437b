"""A synthetic sample by columns.yaml: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL, COLUMNS, NUMERIC

GROUPS = ("a", "b", "c")

QUERIES = 300
ITEMS = 12


def make_sample(queries: int = QUERIES, seed: int = 7) -> pd.DataFrame:
    """Items of queries, more relevant the higher their numbers, most of all the first one."""
    draw = np.random.default_rng(seed)
    rows = queries * ITEMS
    query = np.repeat(np.arange(queries), ITEMS)
    shares = draw.beta(2, 3, (rows, len(NUMERIC)))
    weights = 0.5 ** np.arange(len(NUMERIC))
    columns: dict[str, Any] = {str(settings.model().data.query): [f"query-{each}" for each in query]}
    for index, (name, (low, high)) in enumerate(NUMERIC.items()):
        columns[name] = within(low, high, shares[:, index])
    for name, known in CATEGORICAL.items():
        columns[name] = draw.choice(known, rows)
    worth = shares @ weights / np.sqrt((weights**2).sum()) + draw.normal(0, 0.1, rows)
    place = pd.Series(worth).groupby(query).rank(ascending=False)
    share = np.select([place <= 1, place <= 3, place <= 6], [1, 2 / 3, 1 / 3], default=0)
    frame = pd.DataFrame(columns)
    last = list(NUMERIC)[-1]
    frame[last] = frame[last].mask(draw.random(rows) < 0.02)
    return finish(frame, (share * COLUMNS.label[1]).round().astype(int), draw)


def within(low: float, high: float, share: np.ndarray) -> np.ndarray:
    """Numbers at a share of their range, whole ones where the range is wide."""
    values = low + share * (high - low)
    return values.round(0 if high - low >= 1000 else 4)


def finish(frame: pd.DataFrame, label: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    """Adds the columns whose names stand in conf/model.yaml."""
    data, rows = settings.model().data, len(frame)
    frame[data.id] = [f"row-{index:06d}" for index in range(rows)]
    if data.time:
        days = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.sort(draw.integers(0, 540, rows)), "D")
        frame[data.time] = days
    for name in data.protected:
        frame[name] = draw.choice(GROUPS, rows, p=[0.5, 0.3, 0.2])
    frame[data.label] = label
    return frame
