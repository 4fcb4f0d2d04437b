"""The contract of the data: items of queries, each with its relevance from 0 to 3."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "text_match": (0, 1),
    "price_rank": (0, 1),
    "popularity": (0, 1000000000.0),
    "age_days": (0, 36_500),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "category": ("books", "music", "games"),
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
    if data.query:
        columns[data.query] = pa.Column(str, coerce=True)
    if data.time:
        columns[data.time] = pa.Column("datetime64[ns]", coerce=True)
    if labelled:
        columns[data.label] = pa.Column(int, pa.Check.in_range(0, 3), coerce=True)
    return pa.DataFrameSchema(columns, strict="filter")
