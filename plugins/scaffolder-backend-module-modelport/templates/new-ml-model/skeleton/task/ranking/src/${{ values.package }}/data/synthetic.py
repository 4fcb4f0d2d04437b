"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL

GROUPS = ("a", "b", "c")

QUERIES = 300
ITEMS = 12


def make_sample(queries: int = QUERIES, seed: int = 7) -> pd.DataFrame:
    """Items of queries, more relevant the better their words match and the more people choose them."""
    draw = np.random.default_rng(seed)
    rows = queries * ITEMS
    match = draw.beta(2, 3, rows)
    popularity = draw.lognormal(3, 1, rows).round(0)
    age = draw.gamma(2, 200, rows).round(0)
    worth = 5 * match + 0.5 * np.log1p(popularity) - 0.001 * age + draw.normal(0, 0.6, rows)
    place = pd.Series(worth).groupby(np.repeat(np.arange(queries), ITEMS)).rank(ascending=False)
    label = np.select([place <= 1, place <= 3, place <= 6], [3, 2, 1], default=0)
    frame = pd.DataFrame(
        {
            str(settings.model().data.query): [f"query-{index // ITEMS}" for index in range(rows)],
            "text_match": match.round(4),
            "price_rank": draw.random(rows).round(4),
            "popularity": popularity,
            "age_days": np.where(draw.random(rows) < 0.02, np.nan, age),
            "category": draw.choice(CATEGORICAL["category"], rows),
        }
    )
    return finish(frame, label, draw)


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
