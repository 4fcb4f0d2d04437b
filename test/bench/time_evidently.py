"""Times Evidently on two Parquet files, for the benchmarks: their paths, and the names of its methods."""
import json
import sys
import time

import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.metrics import ValueDrift

before, after, *methods = sys.argv[1:]
begun = time.perf_counter()
reference, current = pd.read_parquet(before), pd.read_parquet(after)
read = time.perf_counter()
definition = DataDefinition(numerical_columns=list(reference.columns))
report = Report(
    [ValueDrift(column=column, method=method) for column in reference.columns for method in methods]
).run(
    Dataset.from_pandas(current, data_definition=definition),
    Dataset.from_pandas(reference, data_definition=definition),
)
metrics = json.loads(report.json())["metrics"]
ended = time.perf_counter()
print(json.dumps({"readMs": (read - begun) * 1000, "ms": (ended - begun) * 1000, "figures": len(metrics)}))
