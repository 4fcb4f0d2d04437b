"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings

GROUPS = ("a", "b", "c")

SERIES = 12
DAYS = 500


def make_sample(series: int = SERIES, days: int = DAYS, seed: int = 7) -> pd.DataFrame:
    """Daily values of several series with a week's rhythm, promotions and the weather."""
    draw = np.random.default_rng(seed)
    # long enough for a history, a split and several origins, however far ahead the forecast is
    days += 3 * settings.model().data.horizon
    dates = pd.date_range("2022-01-01", periods=days, freq="D")
    parts = []
    for index in range(series):
        level = draw.uniform(60, 240)
        week = 1 + 0.25 * np.sin(2 * np.pi * dates.dayofweek.to_numpy() / 7)
        promotion = (draw.random(days) < 0.08).astype(float)
        temperature = 12 + 10 * np.sin(2 * np.pi * dates.dayofyear.to_numpy() / 365)
        temperature = (temperature + draw.normal(0, 3, days)).round(1)
        drift = np.cumsum(draw.normal(0, 0.002, days))
        value = level * week * np.exp(drift) * (1 + 0.3 * promotion) + 0.8 * temperature
        parts.append(
            pd.DataFrame(
                {
                    "series_id": f"series-{index}",
                    "_date": dates,
                    "_value": np.maximum(value * draw.lognormal(0, 0.05, days), 0).round(1),
                    "promotion": promotion,
                    "temperature": temperature,
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    data = settings.model().data
    frame = frame.rename(columns={"_date": str(data.time), "series_id": str(data.series)})
    return finish(frame.drop(columns="_value"), frame["_value"].to_numpy(), draw)


def finish(frame: pd.DataFrame, label: np.ndarray, draw: np.random.Generator) -> pd.DataFrame:
    """Adds the columns whose names stand in conf/model.yaml."""
    data, rows = settings.model().data, len(frame)
    frame[data.id] = [f"row-{index:06d}" for index in range(rows)]
    for name in data.protected:
        frame[name] = draw.choice(GROUPS, rows, p=[0.5, 0.3, 0.2])
    frame[data.label] = label
    return frame
