"""Trains small real models on scikit-learn's bundled data and registers them with everything that bites a client.

Runs against MLFLOW_TRACKING_URI with the client of MLflow 2 or 3. Ends with one line of JSON: the names it made, by
what is special about them.
"""

import hashlib
import json
import os
import time
import warnings

os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "ERROR")
warnings.filterwarnings("ignore")

import mlflow
import pandas as pd
import sklearn
from mlflow import MlflowClient
from mlflow.entities import Metric, Param
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn import metrics as skm
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SEED = 7
MLFLOW_3 = int(mlflow.__version__.split(".")[0]) >= 3
client = MlflowClient()

MARKDOWN = """# Which tumours need a second look

Finds **malignant** tumours from measurements of cell nuclei.

| limit | why |
| --- | --- |
| adults only | the data holds no one under 18 |

- [The data](https://archive.ics.uci.edu/dataset/17/)
- `predict` gives 1 for *benign*
"""

HOSTILE = (
    "<script>window.__hostile = 'script'</script>"
    "<img src=x onerror=\"window.__hostile = 'img'\">"
    "[click](javascript:window.__hostile='link') "
    "<iframe srcdoc=\"<script>parent.__hostile='frame'</script>\"></iframe>"
    "<style>body{display:none}</style> hostile but harmless"
)

ODD_NAMES = {
    "spaces": "fraud scores  of the north",
    "quote": "driver's risk",
    "doubleQuote": 'the "final" model',
    "unicode": "prévision-météo-模型",
    "emoji": "🚗 car price 🚀",
    "encodedDots": "%2e%2e",
    "dots": "..",
    "percent": "100% sure",
    "hash": "a#b?c=d&e+f",
    "long": "long-" + "x" * 245,
    "backslash": "back\\slash",
    "html": "<img src=x onerror=alert(1)>",
    "slash": "team a/model b",
    "upper": "Model-A",
    "lower": "model-a",
}


def frame(loader):
    data = loader(as_frame=True)
    return train_test_split(data.data, data.target, test_size=0.3, random_state=SEED)


def evaluation_set(X, y):
    """Id and hash of row ids and labels, as Modelport reads them from a run's tags."""
    rows = "\n".join(f"{i},{label}" for i, label in zip(X.index, y))
    return hashlib.sha256(rows.encode()).hexdigest()


def log_model(model, X):
    signature = infer_signature(X, model.predict(X))
    # MLflow 3 refuses trees unless told that the file is one's own
    place = (
        {"name": "model", "skops_trusted_types": ["sklearn.tree._tree.Tree"]}
        if MLFLOW_3
        else {"artifact_path": "model"}
    )
    mlflow.sklearn.log_model(
        model, **place, signature=signature, pip_requirements=[f"scikit-learn=={sklearn.__version__}"]
    )


def train(name, model, data, score, history=(), tags=None, test_set=None, register=True):
    """One run with its parameters, metrics, data sets and model; registered as the next version of `name`."""
    X_train, X_test, y_train, y_test = data
    with mlflow.start_run(run_name=f"{name} {type(model).__name__}") as run:
        model.fit(X_train, y_train)
        mlflow.log_params({k: v for k, v in model.get_params(deep=False).items() if k != "steps"})
        for key, values in history:
            now = int(time.time() * 1000)
            client.log_batch(
                run.info.run_id,
                metrics=[Metric(key, float(v), now + step, step) for step, v in enumerate(values)],
            )
        log_model(model, X_train)
        mlflow.log_metrics(score(model, X_test, y_test))
        for part, X, y in (("train", X_train, y_train), ("test", X_test, y_test)):
            table = X.assign(target=y)
            mlflow.log_input(
                mlflow.data.from_pandas(table, name=f"{name}-{part}", targets="target"), context=part
            )
        mlflow.set_tags(
            {
                "modelport.evaluation_set": test_set or f"{name}-test",
                "modelport.evaluation_set_hash": evaluation_set(X_test, y_test),
                "mlflow.source.git.commit": "0" * 40,
                "mlflow.source.git.repoURL": f"https://git.example.org/models/{name}.git",
                **(tags or {}),
            }
        )
    if register:
        version = mlflow.register_model(f"runs:/{run.info.run_id}/model", name, await_registration_for=0)
        client.update_model_version(name, version.version, f"{type(model).__name__}, trained on {len(X_train)} rows")
    return run.info.run_id


def classes(average):
    def score(model, X, y):
        p, labels = model.predict_proba(X), model.predict(X)
        area = skm.roc_auc_score(y, p[:, 1]) if average == "binary" else skm.roc_auc_score(y, p, multi_class="ovr")
        return {
            "roc_auc": area,
            "accuracy": skm.accuracy_score(y, labels),
            "f1": skm.f1_score(y, labels, average=average),
            "log_loss": skm.log_loss(y, p),
        }

    return score


def numbers(model, X, y):
    p = model.predict(X)
    return {"rmse": skm.mean_squared_error(y, p) ** 0.5, "mae": skm.mean_absolute_error(y, p), "r2": skm.r2_score(y, p)}


def loss_by_epoch(data, epochs):
    """Real losses of a linear model after every epoch."""
    X_train, X_test, y_train, y_test = data
    scale = StandardScaler().fit(X_train)
    model = SGDClassifier(loss="log_loss", random_state=SEED)
    labels = sorted(set(y_train))
    losses = []
    for _ in range(epochs):
        model.partial_fit(scale.transform(X_train), y_train, classes=labels)
        losses.append(skm.log_loss(y_test, model.predict_proba(scale.transform(X_test)), labels=labels))
    return losses


def tag_model(name, **tags):
    for key, value in tags.items():
        client.set_registered_model_tag(name, key, value)


def tumours():
    name, data = "tumour-triage", frame(load_breast_cancer)
    client.create_registered_model(name, description=MARKDOWN)
    losses = loss_by_epoch(data, 40)
    for model in (
        make_pipeline(StandardScaler(), LogisticRegression(C=0.1)),
        make_pipeline(StandardScaler(), LogisticRegression(C=1.0)),
        RandomForestClassifier(n_estimators=20, random_state=SEED),
    ):
        train(name, model, data, classes("binary"), history=[("epoch_loss", losses)])
    # measured on other rows: no winner may be called against the versions before
    X_train, X_test, y_train, y_test = data
    fewer = (X_train, X_test[:100], y_train, y_test[:100])
    train(
        name,
        RandomForestClassifier(n_estimators=40, random_state=SEED),
        fewer,
        classes("binary"),
        test_set=f"{name}-test-first-100",
    )
    client.set_registered_model_alias(name, "champion", "2")
    client.set_registered_model_alias(name, "challenger", "3")
    client.set_model_version_tag(name, "3", "validation_status", "passed")
    client.set_model_version_tag(name, "4", "validation_status", "pending")
    client.transition_model_version_stage(name, "1", "Archived")
    client.transition_model_version_stage(name, "2", "Production")
    tag_model(
        name, owner="group:default/risk-analytics", task="binary-classification", domain="health", risk_tier="high"
    )
    return name


def diabetes():
    name, data = "diabetes-progression", frame(load_diabetes)
    client.create_registered_model(name, description="Predicts the progression of diabetes after one year.")
    train(name, Ridge(alpha=1.0), data, numbers)
    forest = GradientBoostingRegressor(n_estimators=60, random_state=SEED)
    forest.fit(data[0], data[2])
    stages = [skm.mean_squared_error(data[3], p) ** 0.5 for p in forest.staged_predict(data[1])]
    train(
        name,
        GradientBoostingRegressor(n_estimators=60, random_state=SEED),
        data,
        numbers,
        history=[("rmse_by_tree", stages)],
    )
    client.set_registered_model_alias(name, "champion", "2")
    tag_model(name, owner="group:default/model-risk", task="regression", domain="health")
    return name


def wines():
    name, data = "wine-cultivar", frame(load_wine)
    client.create_registered_model(name, tags={"owner": "team-nobody-knows", "task": "multiclass", "domain": "food"})
    for trees in (5, 30):
        train(name, RandomForestClassifier(n_estimators=trees, random_state=SEED), data, classes("macro"))
    client.set_registered_model_alias(name, "champion", "1")
    return name


def bare_run(name, metrics=(), params=()):
    run = client.create_run("0", run_name=name)
    now = int(time.time() * 1000)
    client.log_batch(
        run.info.run_id, metrics=[Metric(k, v, now, 0) for k, v in metrics], params=[Param(k, v) for k, v in params]
    )
    client.set_terminated(run.info.run_id)
    return run.info


def not_finite():
    """NaN and infinities, now and in their history."""
    name = "not-finite"
    run = bare_run(
        name,
        [
            ("nan_metric", float("nan")),
            ("inf_metric", float("inf")),
            ("negative_inf_metric", float("-inf")),
            ("tiny_metric", 5e-324),
            ("zero_metric", 0.0),
        ],
        [("empty", ""), ("p" * 240, "x" * 500)],
    )
    now = int(time.time() * 1000)
    for step, value in enumerate([1.0, float("nan"), float("inf"), 0.5]):
        client.log_metric(run.run_id, "loss", value, now + step, step)
    client.create_registered_model(name, description=HOSTILE)
    client.create_model_version(name, f"{run.artifact_uri}/model", run.run_id)
    return name


def deleted_run():
    name = "run-deleted"
    run = bare_run(name, [("auc", 0.75)], [("depth", "3")])
    client.create_registered_model(name)
    client.create_model_version(name, f"{run.artifact_uri}/model", run.run_id)
    client.delete_run(run.run_id)
    return name


def without_run():
    name = "no-run"
    client.create_registered_model(name)
    client.create_model_version(name, "s3://a-bucket/a-key")
    return name


def without_versions():
    name = "no-versions"
    client.create_registered_model(name, tags={"owner": "user:default/ada"}, description="Only a name so far.")
    return name


def long_tag():
    name = "long-tag"
    client.create_registered_model(name)
    client.set_registered_model_tag(name, "notes", "word " * 1000)
    client.set_registered_model_tag(name, "empty", "")
    client.set_registered_model_tag(name, "html", HOSTILE)
    return name


def odd_names():
    """Every odd name that this server takes."""
    taken = {}
    for what, name in ODD_NAMES.items():
        try:
            client.create_registered_model(name, tags={"odd": "yes"})
        except MlflowException as error:
            print(f"refused: {name}: {error}")
            continue
        run = bare_run(name[:100], [("accuracy", 0.5)])
        client.create_model_version(name, f"{run.artifact_uri}/model", run.run_id, tags={"kind": "odd"})
        client.set_registered_model_alias(name, "champion", "1")
        taken[what] = name
    return taken


if __name__ == "__main__":
    made = {
        "binary": tumours(),
        "regression": diabetes(),
        "multiclass": wines(),
        "notFinite": not_finite(),
        "deletedRun": deleted_run(),
        "noRun": without_run(),
        "noVersions": without_versions(),
        "longTag": long_tag(),
        "odd": odd_names(),
        "mlflow": mlflow.__version__,
    }
    print(json.dumps(made))
