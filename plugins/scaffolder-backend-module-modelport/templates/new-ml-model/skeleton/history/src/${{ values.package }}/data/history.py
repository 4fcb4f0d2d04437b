"""What is known of the past when a forecast is made: nothing younger than the horizon. Rows are steps of series."""

from __future__ import annotations

import pandas as pd

from .. import settings


def add_history(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds lags and a mean of each series, all at least the horizon old; rows without a full history are dropped."""
    data = settings.model().data
    ordered = frame.assign(**{str(data.time): pd.to_datetime(frame[data.time])})
    ordered = ordered.sort_values([*([data.series] if data.series else []), str(data.time)])
    values = ordered.groupby(series_of(ordered))[data.label]
    ordered["lag_first"] = values.shift(data.horizon)
    ordered["lag_second"] = values.shift(data.horizon + 7)
    ordered["mean_28"] = values.transform(lambda each: each.shift(data.horizon).rolling(28).mean())
    ordered["weekday"] = ordered[data.time].dt.dayofweek.astype(str)
    complete = ordered.dropna(subset=["lag_first", "lag_second", "mean_28"])
    return complete.reset_index(drop=True)


def series_of(frame: pd.DataFrame) -> pd.Series:
    """Which series each row is a step of; the same one where conf/model.yaml names none."""
    name = settings.model().data.series
    return frame[name].astype(str) if name else pd.Series("all", index=frame.index)
