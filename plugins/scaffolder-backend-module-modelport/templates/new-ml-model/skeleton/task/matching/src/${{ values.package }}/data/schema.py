"""The contract of the data: pairs of records, each with the label 1 where both are of the same thing."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "name_similarity": (0, 1),
    "address_similarity": (0, 1),
    "birth_year_gap": (0, 200),
    "same_postcode": (0, 1),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "source_pair": ("crm-web", "crm-shop", "web-shop"),
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
        columns[data.label] = pa.Column(int, pa.Check.isin([0, 1]), coerce=True)
    return pa.DataFrameSchema(columns, strict="filter")
