"""Results of pytest as evidence of a version."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

from .. import evidence, settings


def read_junit(path: Path) -> dict[str, Any]:
    """The suites of a JUnit file that this repository's own pytest wrote."""
    suites: dict[str, list[dict[str, Any]]] = {}
    for case in ElementTree.parse(path).getroot().iter("testcase"):  # noqa: S314
        outcome, message = "passed", None
        for child in case:
            if child.tag in ("failure", "error"):
                outcome, message = "failed", (child.get("message") or "")[:2000]
            elif child.tag == "skipped":
                outcome, message = "skipped", child.get("message")
        suites.setdefault(case.get("classname") or "tests", []).append(
            {
                "name": case.get("name") or "test",
                "outcome": outcome,
                "message": message,
                "seconds": float(case.get("time") or 0),
            }
        )
    return {"suites": [{"name": name, "tests": tests} for name, tests in suites.items()]}


def push(path: Path, version: str | None = None) -> int:
    """Pushes the results, and what the tests measured, such as the latency."""
    measured = sorted((settings.artifacts() / "tests").glob("*.json"))
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in measured]
    about = version or json.loads((settings.artifacts() / "train.json").read_text(encoding="utf-8"))["version"]
    evidence.push(str(about), [evidence.document("tests", read_junit(path)), *documents])
    return 0
