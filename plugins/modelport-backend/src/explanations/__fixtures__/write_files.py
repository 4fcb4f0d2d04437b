"""Writes the files that the readers' tests read. Run with: pip install shap==0.51.0 mlflow==3.17.2 xgboost-cpu==3.2.0 lightgbm==4.7.0
    python write_files.py ../../../../../examples/registry
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
import shap
import xgboost as xgb
from scipy import stats
from sklearn.linear_model import LogisticRegression

registry, here = Path(sys.argv[1]), Path(__file__).parent
rng = np.random.default_rng(3)
names = ["income", "age", "debt, total"]
X = pd.DataFrame(rng.normal(size=(12, 3)).round(2), columns=names)
y = (X["income"] - X["debt, total"] > 0).astype(int)
classes = np.arange(12) % 3

model = xgb.train({"max_depth": 2, "seed": 1, "objective": "binary:logistic"}, xgb.DMatrix(X, y), 4)
contribs = model.predict(xgb.DMatrix(X), pred_contribs=True)
margin = model.predict(xgb.DMatrix(X), output_margin=True)
files = here / "files"


def save(explanation, path, row_ids=None, outputs=None):
    """The function in docs/explanations.md."""
    values, names = explanation.values, list(explanation.feature_names)
    base = np.broadcast_to(explanation.base_values, (len(values),))
    table = pd.DataFrame({"row_id": row_ids if row_ids is not None else range(len(values)), "base_value": base})
    if outputs is not None:
        table["margin"] = outputs
    for i, name in enumerate(names):
        table[f"value.{name}"] = explanation.data[:, i]
        table[f"shap.{name}"] = values[:, i]
    table.to_parquet(path) if str(path).endswith(".parquet") else table.to_csv(path, index=False)


explanation = shap.Explanation(contribs[:, :-1], contribs[:, -1], X.to_numpy(), feature_names=names)
ids = [f"r{i}" for i in range(12)]
save(explanation, files / "explanation.parquet", ids, margin)
save(explanation, files / "explanation.csv", ids, margin)
np.savez_compressed(files / "explanation.npz", values=explanation.values, base_values=explanation.base_values,
                    data=explanation.data, feature_names=np.array(names), row_ids=np.array(ids), outputs=margin)
(files / "shap_explanation.json").write_text(json.dumps({
    "values": explanation.values.tolist(), "base_values": explanation.base_values.tolist(),
    "data": explanation.data.tolist(), "feature_names": names, "row_ids": ids, "outputs": margin.tolist()}) + "\n")
pd.DataFrame(contribs, columns=[*names, "bias"]).assign(margin=margin).to_parquet(files / "pred_contribs.parquet", compression="zstd")

# Of several classes: a line a row and class.
parts = lgb.train({"objective": "multiclass", "num_class": 3, "num_leaves": 3, "min_data_in_leaf": 2, "seed": 1,
                   "num_threads": 1, "verbose": -1}, lgb.Dataset(X.to_numpy(), classes), 4)
of_classes = parts.predict(X.to_numpy(), pred_contrib=True).reshape(12, 3, len(names) + 1)
scores = parts.predict(X.to_numpy(), raw_score=True)
pd.DataFrame([
    {"row_id": ids[row], "class": ["low", "middle", "high"][label], **dict(zip(names, of_classes[row, label])),
     "bias": of_classes[row, label, -1], "margin": scores[row, label]}
    for row in range(12) for label in range(3)
]).to_parquet(files / "pred_contribs_lightgbm.parquet", compression="zstd")
np.save(files / "pickle.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save(files / "fortran.npy", np.asfortranarray(np.arange(6, dtype=">i4").reshape(2, 3)))

if len(sys.argv) > 2:
    import mlflow
    mlflow.set_tracking_uri(Path(tempfile.mkdtemp()).as_uri())
    store = Path(tempfile.mkdtemp())
    mlflow.create_experiment("e", artifact_location=store.as_uri())
    mlflow.set_experiment("e")
    three = LogisticRegression().fit(X.to_numpy(), classes)
    with mlflow.start_run():
        mlflow.shap.log_explanation(three.predict_proba, X.iloc[:6])
    for file in store.rglob("*.npy"):
        shutil.copy(file, here / "mlflow" / file.name)
        print(file, np.load(file).shape)

out = {}
for path in sorted(registry.glob("*/versions/*/explanations/shap_rows.parquet")):
    rows = pd.read_parquet(path)
    features = {}
    for name in [c[5:] for c in rows if c.startswith("shap.")]:
        phi, value = rows[f"shap.{name}"].astype(float), rows[f"value.{name}"]
        absolute = phi.abs()
        half = stats.norm.ppf(0.975) * absolute.std(ddof=1) / np.sqrt(len(absolute))
        rho = stats.spearmanr(value, phi).statistic
        features[name] = [absolute.mean(), max(0, absolute.mean() - half), absolute.mean() + half,
                          None if np.isnan(rho) else rho]
    error = (rows["base_value"].astype(float) + rows.filter(like="shap.").astype(float).sum(axis=1)
             - rows["margin"].astype(float)).abs().max()
    out["/".join(path.parts[-5:-2:2])] = {"features": features, "maxError": error}
(here / "importance.json").write_text(json.dumps(out) + "\n")
