"""Trains small models of trees and records their SHAP values by the libraries' own code.

Run with: pip install shap==0.51.0 lightgbm xgboost-cpu==3.2.0 pandas==3.0.6 pyarrow scikit-learn
    python train_trees.py trees
Writes a model and <name>.json a case: rows (null is missing), path-dependent values (XGBoost's and LightGBM's
`pred_contribs`) and interventional values (`shap.TreeExplainer` in the margin) against the first rows.
"""
import json
import sys
import warnings
from pathlib import Path

import lightgbm as lgb
import numpy as np
import shap
import xgboost as xgb

warnings.filterwarnings("ignore")
out = Path(sys.argv[1])
rng = np.random.default_rng(7)
ROWS, WIDTH, BACKGROUND, KEPT = 400, 6, 10, 15
names = [f"x{i}" for i in range(WIDTH)]
X = rng.normal(size=(ROWS, WIDTH)).round(3)
X[:, 3] = rng.integers(0, 4, ROWS)
X_missing = X.copy()
X_missing[rng.random(X.shape) < 0.2] = np.nan
y = X[:, 0] * 2 + np.sin(X[:, 1] * 3) + X[:, 3] * X[:, 2]
classes = np.digitize(y, np.quantile(y, [0.33, 0.66]))


def record(name, model_file, rows, path_dependent, base, interventional, margin):
    def clean(a):
        return [[None if np.isnan(v) else float(v) for v in r] for r in np.asarray(a, float)]

    Path(out / f"{name}.json").write_text(json.dumps({
        "model": model_file, "features": names, "rows": clean(rows[:KEPT]),
        "pathDependent": np.asarray(path_dependent, float)[:KEPT].tolist(),
        "baseValues": np.atleast_1d(np.asarray(base, float)).tolist(),
        "margins": np.asarray(margin, float).reshape(len(rows), -1)[:KEPT].tolist(),
        "interventional": interventional,
    }) + "\n")


def against_background(model, rows, margin):
    explainer = shap.TreeExplainer(model, data=rows[:BACKGROUND], feature_perturbation="interventional")
    values = np.asarray(explainer.shap_values(rows[:KEPT], check_additivity=False), float)
    if values.ndim == 2:
        values = values[:, :, None]
    return {
        "background": BACKGROUND,
        "values": values.transpose(0, 2, 1).tolist(),
        "baseValues": np.asarray(margin[:BACKGROUND], float).reshape(BACKGROUND, -1).mean(axis=0).tolist(),
    }


def with_xgboost(name, file, rows, label, **params):
    data = xgb.DMatrix(rows, label, feature_names=names)
    model = xgb.train({"max_depth": 4, "eta": 0.3, "seed": 1, "nthread": 1, **params}, data, 12)
    model.save_model(out / file)
    contribs = model.predict(data, pred_contribs=True)
    contribs = contribs.reshape(len(rows), -1, WIDTH + 1)
    margin = model.predict(data, output_margin=True)
    has_missing = bool(np.isnan(rows).any())
    record(name, file, rows, contribs[:, :, :-1], contribs[0, :, -1],
           None if has_missing or params.get("booster") == "dart" else against_background(model, rows, margin), margin)


def with_lightgbm(name, file, rows, label, **params):
    data = lgb.Dataset(rows, label, feature_name=names)
    model = lgb.train({"num_leaves": 9, "learning_rate": 0.2, "verbose": -1, "seed": 1, "num_threads": 1,
                       "min_data_in_leaf": 5, **params}, data, 10)
    model.save_model(out / file)
    contribs = model.predict(rows, pred_contrib=True).reshape(len(rows), -1, WIDTH + 1)
    margin = model.predict(rows, raw_score=True)
    if params.get("boosting") == "rf":
        # Only `predict` averages the trees; raw scores and contributions are their sums.
        margin, contribs = model.predict(rows), contribs / model.num_trees()
    has_missing = bool(np.isnan(rows).any()) or params.get("zero_as_missing")
    record(name, file, rows, contribs[:, :, :-1], contribs[0, :, -1],
           None if has_missing or params.get("boosting") == "rf"
           # shap adds the classes of LightGBM up here.
           or "num_class" in params else against_background(model, rows, margin), margin)


Path(out / "models").mkdir(exist_ok=True)
with_xgboost("xgboost-regression-missing", "models/regression-missing.json", X_missing, y, objective="reg:squarederror")
with_xgboost("xgboost-regression", "models/regression.ubj", X, y, objective="reg:squarederror")
with_xgboost("xgboost-binary", "models/binary.ubj", X, (y > 1).astype(int), objective="binary:logistic")
with_xgboost("xgboost-multiclass", "models/multiclass.ubj", X, classes, objective="multi:softprob", num_class=3)
with_xgboost("xgboost-poisson", "models/poisson.json", X, np.round(np.exp(X[:, 0])), objective="count:poisson")
with_xgboost("xgboost-dart", "models/dart.json", X, y, objective="reg:squarederror", booster="dart",
             rate_drop=0.3, one_drop=1)
with_lightgbm("lightgbm-regression-missing", "models/regression-missing.txt", X_missing, y, objective="regression")
with_lightgbm("lightgbm-binary", "models/binary.txt", X, (y > 1).astype(int), objective="binary")
with_lightgbm("lightgbm-multiclass", "models/multiclass.txt", X, classes, objective="multiclass", num_class=3)
with_lightgbm("lightgbm-zero-as-missing", "models/zero-as-missing.txt", X, y, objective="regression",
              zero_as_missing=True)
with_lightgbm("lightgbm-forest", "models/forest.txt", X, y, objective="regression", boosting="rf",
              bagging_freq=1, bagging_fraction=0.6)
