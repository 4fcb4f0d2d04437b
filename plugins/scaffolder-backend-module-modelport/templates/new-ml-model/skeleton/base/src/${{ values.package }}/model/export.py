"""A version as files of the repository: for portals that read the repository and no registry."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import yaml

from .. import settings
from ..data.load import SYNTHETIC


def export(rows: bool = False) -> Path:
    """Writes the last training to versions/<version>, to be committed; the portal shows it after the push.

    Git forgets nothing, so ids and values of explained rows of real data come along only where `rows` asks for them.
    """
    artifacts = settings.artifacts()
    trained = json.loads((artifacts / "train.json").read_text(encoding="utf-8"))
    about = json.loads((artifacts / "version.json").read_text(encoding="utf-8"))
    metrics, count, test_set = about.pop("metrics"), about.pop("n"), about.pop("evaluationSet")
    tested = {key: value for key, value in metrics.items() if key.startswith("test_")}
    described = {
        **about,
        "evaluations": [
            {
                "dataset": test_set["id"],
                "evaluationSet": test_set,
                "n": count,
                "metrics": tested,
            }
        ],
        "metrics": {key: value for key, value in metrics.items() if key not in tested},
    }
    folder = settings.ROOT / "versions" / str(trained["version"])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(artifacts / "reports", folder)
    if not rows and test_set["id"] != f"{SYNTHETIC}-test":
        keep_contributions(folder / "explanations" / "shap_rows.parquet")
    text = yaml.safe_dump(described, sort_keys=False, allow_unicode=True)
    (folder / "version.yaml").write_text(text, encoding="utf-8")
    return folder


def keep_contributions(path: Path) -> None:
    """Leaves of explained rows what each feature contributed: no ids, no values, and not the order of the data."""
    table = pd.read_parquet(path)
    kept = table[[name for name in table if name in ("base_value", "margin") or str(name).startswith("shap.")]]
    kept.sort_values("margin").to_parquet(path, index=False)
