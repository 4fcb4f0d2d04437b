"""Writes the Parquet files beside it: `python make.py`."""

from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent
N = 60
people = pd.DataFrame(
    {
        "customer_id": [f"C{i:05d}" for i in range(N)],
        "email": [f"person{i}@example.org" for i in range(N)],
        "opened_at": pd.date_range("2026-01-01", periods=N, freq="D"),
        "income": [None if i % 10 == 0 else 1000.5 * i for i in range(N)],
        "accounts": range(N),
        "gender": ["f" if i % 2 else "m" for i in range(N)],
        "defaulted": [i % 7 == 0 for i in range(N)],
    }
)
people.to_parquet(FOLDER / "people.parquet", compression="snappy", index=False)
people.to_parquet(FOLDER / "zstd.parquet", compression="zstd", index=False)
people[["customer_id", "defaulted"]].assign(
    history=[[i, i + 1] for i in range(N)], address=[{"street": "x", "number": i} for i in range(N)]
).to_parquet(FOLDER / "nested.parquet", compression="snappy", index=False)
