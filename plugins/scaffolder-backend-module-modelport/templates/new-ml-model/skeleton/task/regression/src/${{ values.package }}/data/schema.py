"""The contract of the data: properties, each with its price."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "area": (1, 100_000),
    "rooms": (0, 500),
    "age_years": (0, 1_000),
    "distance_km": (0, 1_000),
    "floor": (-5, 200),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "region": ("north", "south", "east", "west"),
    "condition": ("new", "good", "poor"),
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
    if data.time:
        columns[data.time] = pa.Column("datetime64[ns]", coerce=True)
    if labelled:
        columns[data.label] = pa.Column(float, pa.Check.ge(0), coerce=True)
    return pa.DataFrameSchema(columns, strict="filter")
