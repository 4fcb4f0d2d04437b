"""Trains small models that split by category and records their SHAP values by the libraries' own code.

Run with: pip install lightgbm xgboost-cpu==3.2.0 pandas==3.0.6
    python train_categories.py trees
In the layout of train_trees.py; missing values, and categories that no training row had, are among the rows. shap 0.51.0
explains no splits by category against a background, so that is left to the tests, by every set of features.
"""
import json
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb

out = Path(sys.argv[1])
rng = np.random.default_rng(11)
ROWS, KEPT = 500, 20
names = ["x0", "town", "trade", "x3"]
TOWNS, TRADES = 40, 3
X = np.column_stack([
    rng.normal(size=ROWS).round(3), rng.integers(0, TOWNS, ROWS),
    rng.integers(0, TRADES, ROWS), rng.normal(size=ROWS).round(3),
]).astype(float)
town = rng.normal(size=TOWNS)
y = X[:, 0] + 2 * town[X[:, 1].astype(int)] + np.where(X[:, 2] == 1, X[:, 3], -1)
X[rng.random(ROWS) < 0.15, 1] = np.nan
X[rng.random(ROWS) < 0.1, 2] = np.nan
rows = X[:KEPT].copy()
rows[0, 1], rows[1, 1], rows[2, 1], rows[3, 2] = 45, 1000, 31, 9
TYPES = ["q", "c", "c", "q"]


def record(name, model, contribs, margin):
    contribs = np.asarray(contribs, float).reshape(KEPT, -1, len(names) + 1)
    Path(out / f"{name}.json").write_text(json.dumps({
        "model": model, "features": names,
        "rows": [[None if np.isnan(v) else float(v) for v in r] for r in rows],
        "pathDependent": contribs[:, :, :-1].tolist(),
        "baseValues": contribs[0, :, -1].tolist(),
        "margins": np.asarray(margin, float).reshape(KEPT, -1).tolist(),
        "interventional": None,
    }) + "\n")


def with_xgboost(name, file, label, **params):
    data = xgb.DMatrix(X, label, feature_names=names, feature_types=TYPES, enable_categorical=True)
    model = xgb.train({"max_depth": 4, "eta": 0.3, "seed": 1, "nthread": 1, "tree_method": "hist", **params}, data, 10)
    model.save_model(out / file)
    probe = xgb.DMatrix(rows, feature_names=names, feature_types=TYPES, enable_categorical=True)
    record(name, file, model.predict(probe, pred_contribs=True), model.predict(probe, output_margin=True))


def with_lightgbm(name, file, label, **params):
    data = lgb.Dataset(X, label, feature_name=names, categorical_feature=["town", "trade"])
    model = lgb.train({"num_leaves": 9, "learning_rate": 0.2, "verbose": -1, "seed": 1, "num_threads": 1,
                       "min_data_in_leaf": 5, "min_data_per_group": 5, "cat_smooth": 1, **params}, data, 10)
    model.save_model(out / file)
    record(name, file, model.predict(rows, pred_contrib=True), model.predict(rows, raw_score=True))


with_xgboost("xgboost-categories", "models/categories.json", y, objective="reg:squarederror", max_cat_to_onehot=1)
with_xgboost("xgboost-categories-one-hot", "models/categories-one-hot.ubj", (y > 0).astype(int),
             objective="binary:logistic", max_cat_to_onehot=100)
with_lightgbm("lightgbm-categories", "models/categories.txt", y, objective="regression")

frame = pd.DataFrame({"x0": X[:, 0], "trade": pd.Categorical.from_codes(
    np.nan_to_num(X[:, 2], nan=-1).astype(int), ["baker", "smith", "tailor"])})
named = lgb.train({"num_leaves": 4, "verbose": -1, "seed": 1, "num_threads": 1, "min_data_per_group": 5},
                  lgb.Dataset(frame, y), 5)
named.save_model(out / "models/named-categories.txt")
Path(out / "models/named-categories.json").write_text(json.dumps({
    "rows": [{"x0": a, "trade": None if pd.isna(b) else b} for a, b in frame.head(8).itertuples(index=False)],
    "contributions": named.predict(frame.head(8), pred_contrib=True).tolist(),
}) + "\n")
