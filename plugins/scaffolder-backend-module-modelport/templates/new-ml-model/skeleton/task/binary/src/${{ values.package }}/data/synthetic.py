"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL

GROUPS = ("a", "b", "c")

ROWS = 4000


def make_sample(rows: int = ROWS, seed: int = 7) -> pd.DataFrame:
    """Applications whose risk rises with late payments and with the amount for the income."""
    draw = np.random.default_rng(seed)
    income = draw.lognormal(10.3, 0.45, rows).round(0)
    amount = draw.lognormal(9.2, 0.7, rows).round(0)
    tenure = draw.gamma(2.0, 30.0, rows).round(0)
    accounts = draw.poisson(3, rows)
    late = draw.poisson(0.6, rows)
    region = draw.choice(CATEGORICAL["region"], rows)
    channel = draw.choice(CATEGORICAL["channel"], rows, p=[0.3, 0.5, 0.2])
    odds = -2.6 + 0.9 * late + 2.2 * amount / income - 0.006 * tenure + 0.1 * accounts
    odds = odds + 0.4 * (channel == "partner")
    label = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    frame = pd.DataFrame(
        {
            "amount": amount,
            "income": np.where(draw.random(rows) < 0.02, np.nan, income),
            "tenure_months": tenure,
            "open_accounts": accounts.astype(float),
            "late_payments": late.astype(float),
            "region": region,
            "channel": channel,
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
