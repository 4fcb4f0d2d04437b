"""The contract of the data: applications, each with a label of 0 or 1."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "amount": (0, 1_000_000),
    "income": (0, 10_000_000),
    "tenure_months": (0, 1_200),
    "open_accounts": (0, 200),
    "late_payments": (0, 100),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "region": ("north", "south", "east", "west"),
    "channel": ("branch", "online", "partner"),
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
