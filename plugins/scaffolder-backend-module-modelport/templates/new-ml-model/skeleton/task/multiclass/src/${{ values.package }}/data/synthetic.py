"""A synthetic sample: it proves that everything runs, and says nothing about the world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import settings
from .schema import CATEGORICAL, CLASSES

GROUPS = ("a", "b", "c")

ROWS = 4000


def make_sample(rows: int = ROWS, seed: int = 7) -> pd.DataFrame:
    """Requests whose queue depends on product, attachments and what was asked before."""
    draw = np.random.default_rng(seed)
    product = draw.choice(CATEGORICAL["product"], rows)
    attachments = draw.poisson(0.8, rows)
    earlier = draw.poisson(1.5, rows)
    length = draw.lognormal(5, 0.8, rows).round(0)
    hour = draw.integers(0, 24, rows)
    billing = 0.8 * attachments + 1.2 * (product == "card") + 0.3 * earlier
    technical = 0.006 * length + 1.1 * (product == "account")
    sales = 1.6 * (product == "loan") - 0.7 * earlier + 1.0 * ((hour > 8) & (hour < 18))
    odds = np.stack([billing, technical, sales], axis=1) + draw.gumbel(0, 0.7, (rows, 3))
    label = np.asarray(CLASSES)[odds.argmax(axis=1)]
    frame = pd.DataFrame(
        {
            "length": length,
            "attachments": attachments.astype(float),
            "hour": hour.astype(float),
            "earlier_requests": earlier.astype(float),
            "product": product,
            "language": draw.choice(CATEGORICAL["language"], rows, p=[0.5, 0.3, 0.2]),
            "channel": draw.choice(CATEGORICAL["channel"], rows),
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
