"""Fills a new SQLite database of MLflow with many models, their versions and their runs, in seconds.

usage: seed.py FILE MODELS VERSIONS

MLflow's own stores write one model; its rows are then copied with other names, ids and values, so that what stands in
the database is what this version of MLflow writes. The same arguments give the same data.
"""

import random
import sqlite3
import sys

from mlflow.entities import Metric, Param, RunStatus
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking

WORDS = ["loan", "fraud", "churn", "price", "route", "vision", "speech", "rank", "demand", "risk"]
METRICS = ["roc_auc", "accuracy", "f1", "log_loss", "precision", "recall", "brier", "ece"]
START = 1_790_000_000_000
BY_RUN = ["latest_metrics", "metrics", "params", "tags"]


def write_template(file):
    database = f"sqlite:///{file}"
    tracking, registry = Tracking(database, "mlflow-artifacts:/"), Registry(database)
    experiment = tracking.create_experiment("bulk", artifact_location="mlflow-artifacts:/1")
    run = tracking.create_run(experiment, "seed", START, [], "template-v1").info.run_id
    tracking.log_batch(run, [Metric(k, 0.5, START, 0) for k in METRICS], [Param(f"p{i}", "0") for i in range(4)], [])
    tracking.update_run_info(run, RunStatus.FINISHED, START + 1, None)
    tags = [RegisteredModelTag(k, "") for k in ("owner", "tier", "domain", "task")]
    registry.create_registered_model("template", tags=tags, description="")
    registry.create_model_version("template", "-", run, tags=[ModelVersionTag("validation_status", "")], description="")
    registry.set_registered_model_alias("template", "champion", "1")


class Copier:
    """Copies the template's rows of one table, with changes."""

    def __init__(self, connection, table):
        self.cursor = connection.execute(f"select * from {table}")
        self.columns = [column[0] for column in self.cursor.description]
        self.template = [dict(zip(self.columns, row)) for row in self.cursor.fetchall()]
        self.statement = f"insert into {table} ({','.join(self.columns)}) values ({','.join('?' * len(self.columns))})"
        self.rows = []

    def copy(self, row, **changes):
        self.rows.append([changes.get(column, row[column]) for column in self.columns])

    def flush(self, connection):
        connection.executemany(self.statement, self.rows)
        self.rows = []


def seed(file, models, versions):
    rnd = random.Random(1)
    with sqlite3.connect(file) as connection:
        tables = BY_RUN + [
            "runs",
            "registered_models",
            "registered_model_tags",
            "registered_model_aliases",
            "model_versions",
            "model_version_tags",
        ]
        c = {table: Copier(connection, table) for table in tables}
        for i in range(models):
            name, at = f"{rnd.choice(WORDS)}-{rnd.choice(WORDS)}-{i:05d}", START + i * 60_000
            text = f"Model {i}. " + "Lorem ipsum dolor sit amet. " * 8
            for row in c["registered_models"].template:
                c["registered_models"].copy(row, name=name, creation_time=at, last_updated_time=at, description=text)
            values = {
                "owner": f"group:default/team-{i % 40}",
                "tier": str(1 + i % 3),
                "domain": rnd.choice(WORDS),
                "task": ["binary", "regression", "multiclass"][i % 3],
            }
            for row in c["registered_model_tags"].template:
                c["registered_model_tags"].copy(row, name=name, value=values[row["key"]])
            for row in c["registered_model_aliases"].template:
                c["registered_model_aliases"].copy(row, name=name, version=max(1, versions - 1))
            for version in range(1, versions + 1):
                run = f"{rnd.getrandbits(128):032x}"
                where = f"mlflow-artifacts:/1/{run}/artifacts"
                for row in c["runs"].template:
                    c["runs"].copy(
                        row, run_uuid=run, name=f"{name}-v{version}", start_time=at, end_time=at + 1, artifact_uri=where
                    )
                metrics = {key: rnd.random() for key in METRICS}
                for table in ("latest_metrics", "metrics"):
                    for row in c[table].template:
                        c[table].copy(row, run_uuid=run, value=metrics[row["key"]], timestamp=at)
                for row in c["params"].template:
                    c["params"].copy(row, run_uuid=run, value=str(rnd.randint(0, 9)))
                for row in c["tags"].template:
                    c["tags"].copy(row, run_uuid=run, value=f"{name}-v{version}")
                for row in c["model_versions"].template:
                    c["model_versions"].copy(
                        row,
                        name=name,
                        version=version,
                        creation_time=at + version,
                        last_updated_time=at + version,
                        description=f"v{version}",
                        source=f"{where}/model",
                        storage_location=f"{where}/model",
                        run_id=run,
                    )
                for row in c["model_version_tags"].template:
                    status = rnd.choice(["passed", "pending", "failed"])
                    c["model_version_tags"].copy(row, name=name, version=version, value=status)
        remove_template(connection)
        for copier in c.values():
            copier.flush(connection)


def remove_template(connection):
    for table in ("registered_model_aliases", "registered_model_tags", "model_version_tags", "model_versions"):
        connection.execute(f"delete from {table}")
    connection.execute("delete from registered_models")
    for table in BY_RUN + ["runs"]:
        connection.execute(f"delete from {table}")


if __name__ == "__main__":
    write_template(sys.argv[1])
    seed(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
