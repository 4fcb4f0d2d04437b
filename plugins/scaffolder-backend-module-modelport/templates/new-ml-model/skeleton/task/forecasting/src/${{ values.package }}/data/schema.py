"""The contract of the data: days of series, each with its value and what was known of it when the forecast was made."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "lag_first": (0, 1000000000.0),
    "lag_second": (0, 1000000000.0),
    "mean_28": (0, 1000000000.0),
    "promotion": (0, 1),
    "temperature": (-60, 60),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "weekday": ("0", "1", "2", "3", "4", "5", "6"),
}
FEATURES: tuple[str, ...] = (*NUMERIC, *CATEGORICAL)


def schema(labelled: bool = True) -> pa.DataFrameSchema:
    """What a row has to be; other columns are dropped, so that nothing unknown gets any further."""
    data = settings.model().data
    columns: dict[str, pa.Column] = {
        data.id: pa.Column(str, unique=True, coerce=True),
        **{
            name: pa.Column(float, pa.Check.in_range(low, high), nullable=True, coerce=True)
            for name, (low, high) in NUMERIC.items()
        },
        # a category that is not known is allowed, and counts as other
        **{name: pa.Column(str, nullable=True) for name in CATEGORICAL},
        **{name: pa.Column(str, nullable=True, coerce=True) for name in data.protected},
    }
    if data.series:
        columns[data.series] = pa.Column(str, coerce=True)
    if data.time:
        columns[data.time] = pa.Column("datetime64[ns]", coerce=True)
    if labelled:
        columns[data.label] = pa.Column(float, pa.Check.ge(0), coerce=True)
    return pa.DataFrameSchema(columns, strict="filter")
