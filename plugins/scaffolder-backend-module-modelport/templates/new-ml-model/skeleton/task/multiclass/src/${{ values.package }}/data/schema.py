"""The contract of the data: support requests, each with the queue that solved it."""

from __future__ import annotations

import pandera.pandas as pa

from .. import settings

# name and allowed range; what is missing is null
NUMERIC: dict[str, tuple[float, float]] = {
    "length": (0, 100_000),
    "attachments": (0, 100),
    "hour": (0, 23),
    "earlier_requests": (0, 1_000),
}
CATEGORICAL: dict[str, tuple[str, ...]] = {
    "product": ("card", "loan", "account"),
    "language": ("en", "de", "fr"),
    "channel": ("mail", "chat", "phone"),
}
CLASSES: list[str] = ["billing", "technical", "sales"]
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
        columns[data.label] = pa.Column(str, pa.Check.isin(CLASSES), coerce=True)
    return pa.DataFrameSchema(columns, strict="filter")
