"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL

GROUPS = ("a", "b", "c")

ROWS = 4000


def make_sample(rows: int = ROWS, seed: int = 7) -> pd.DataFrame:
    """Pairs, a third of them of the same thing: alike in name and address, apart from typing errors."""
    draw = np.random.default_rng(seed)
    label = (draw.random(rows) < 0.33).astype(int)
    same = label == 1
    frame = pd.DataFrame(
        {
            "name_similarity": np.where(same, draw.beta(8, 2, rows), draw.beta(3, 4, rows)).round(4),
            "address_similarity": np.where(same, draw.beta(5, 2, rows), draw.beta(2, 4, rows)).round(4),
            "birth_year_gap": np.where(
                draw.random(rows) < 0.05,
                np.nan,
                np.where(same, draw.poisson(0.3, rows), draw.poisson(12, rows)).astype(float),
            ),
            "same_postcode": (draw.random(rows) < np.where(same, 0.85, 0.25)).astype(float),
            "source_pair": draw.choice(CATEGORICAL["source_pair"], rows),
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
