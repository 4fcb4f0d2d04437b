"""Schemas for kubeconform, strict: those of Kubernetes out of kubernetes-validate, and KServe's of its own resources.

schemas.py <folder to write to> <module folder of KServe>
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

import yaml

VERSION = "v1.37.0-local-strict"
KINDS = ["cronjob-batch-v1", "networkpolicy-networking-v1", "serviceaccount-v1"]


def kubernetes(target: Path) -> None:
    source = files("kubernetes_validate") / "kubernetes-json-schema" / VERSION
    definitions = json.loads(inner((source / "_definitions.json").read_text()))["$defs"]
    for kind in KINDS:
        own = json.loads(inner((source / f"{kind}.json").read_text()))
        (target / f"{kind}.json").write_text(json.dumps({**own, "$defs": definitions}))


def inner(text: str) -> str:
    """References to the file of definitions become references within the schema that gets them."""
    return text.replace("/api/_definitions.json#", "#")


def kserve(target: Path, module: Path) -> None:
    path = module / "config/crd/full/serving.kserve.io_inferenceservices.yaml"
    crd = yaml.safe_load(path.read_text())
    (version,) = [each for each in crd["spec"]["versions"] if each["name"] == "v1beta1"]
    schema = version["schema"]["openAPIV3Schema"]
    strict(schema)
    schema["properties"]["metadata"] = {"type": "object"}
    (target / "inferenceservice-serving-v1beta1.json").write_text(json.dumps(schema))


def strict(schema: object) -> None:
    """As the API server does: what is not named is refused."""
    if isinstance(schema, list):
        for each in schema:
            strict(each)
    elif isinstance(schema, dict):
        open_ = schema.get("x-kubernetes-preserve-unknown-fields")
        if "properties" in schema and "additionalProperties" not in schema and not open_:
            schema["additionalProperties"] = False
        if schema.get("x-kubernetes-int-or-string"):
            schema.pop("type", None)
        for each in list(schema.values()):
            strict(each)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    kubernetes(folder)
    kserve(folder, Path(sys.argv[2]))
