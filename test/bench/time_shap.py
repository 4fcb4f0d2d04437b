"""Times shap.TreeExplainer on rows, on one thread: python time_shap.py model.ubj < rows.json

The rows come as [{feature: value}]. Prints {"milliseconds", "values"}: the best of several runs and its SHAP values.
For path-dependent values of XGBoost, `shap` asks XGBoost, whose C++ computes them.
"""
import json
import sys
import time

import numpy as np
import pandas as pd
import shap
import xgboost as xgb

TIMES = 5
rows = pd.DataFrame(json.load(sys.stdin))
model = xgb.Booster(model_file=sys.argv[1])
model.set_param({"nthread": 1})
rows = rows[model.feature_names]
explainer = shap.TreeExplainer(model)
took = []
for _ in range(TIMES):
    begun = time.perf_counter()
    values = explainer.shap_values(rows)
    took.append(time.perf_counter() - begun)
print(json.dumps({"milliseconds": min(took) * 1000, "values": np.asarray(values, float).tolist()}))
