"""The model card of a version: what people wrote in docs/model-card.md, and what this training knows."""

from __future__ import annotations

from typing import Any

from .. import settings


def render(version: str, metrics: dict[str, float], data: dict[str, Any]) -> str:
    """Markdown with Hugging Face front matter; the figures stand in a section of their own at its end."""
    written = (settings.ROOT / "docs" / "model-card.md").read_text(encoding="utf-8").rstrip()
    rows = "\n".join(f"- {key}: {value:.4f}" for key, value in sorted(metrics.items()))
    return f"""{written}

## Evaluation Results

Version {version}, measured on the test rows (n = {data["n_test"]}).

{rows}

## Training Procedure

Data `{data["name"]}` with the digest `{data["digest"]}`, {data["n_train"]} rows of training,
{data["n_valid"]} of validation; parameters as in `conf/model.yaml`, seed {data["seed"]}.
"""
