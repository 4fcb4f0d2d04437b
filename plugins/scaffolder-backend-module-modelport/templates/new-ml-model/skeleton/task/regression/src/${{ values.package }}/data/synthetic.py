"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL

GROUPS = ("a", "b", "c")

ROWS = 4000


def make_sample(rows: int = ROWS, seed: int = 7) -> pd.DataFrame:
    """Properties whose price rises with area and falls with the distance from the centre."""
    draw = np.random.default_rng(seed)
    area = draw.lognormal(4.4, 0.4, rows).round(0)
    rooms = np.clip((area / 28 + draw.normal(0, 0.7, rows)).round(0), 1, 20)
    age = draw.gamma(2.0, 18.0, rows).round(0)
    distance = draw.gamma(2.0, 4.0, rows).round(1)
    floor = draw.integers(0, 9, rows)
    condition = draw.choice(CATEGORICAL["condition"], rows, p=[0.2, 0.6, 0.2])
    region = draw.choice(CATEGORICAL["region"], rows)
    price = 2800 * area - 2500 * distance - 350 * age + 4000 * rooms
    price = price * np.where(condition == "poor", 0.8, np.where(condition == "new", 1.15, 1.0))
    label = np.maximum(price * draw.lognormal(0, 0.08, rows) + 20_000, 5_000).round(0)
    frame = pd.DataFrame(
        {
            "area": area,
            "rooms": rooms,
            "age_years": age,
            "distance_km": np.where(draw.random(rows) < 0.02, np.nan, distance),
            "floor": floor.astype(float),
            "region": region,
            "condition": condition,
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
