"""Whether clouds take what a repository asks of them, without asking them: clouds.py <repository> ...
With clouds.py --definition <pipeline.py>, SageMaker's pipeline as JSON.

SageMaker's pipeline is held to the shapes of SageMaker's API (botocore): the arguments of its steps, and what its
references point to. Every resource of Databricks' bundle is held to Databricks' own model, which is made of the schema of
bundles, and every variable that is used to those that are declared.
"""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import botocore.session
import yaml
from botocore.validate import ParamValidator
from databricks.bundles.jobs import Job
from databricks.bundles.model_serving_endpoints import ModelServingEndpoint
from databricks.bundles.registered_models import RegisteredModel

RESOURCES = {
    "jobs": Job,
    "model_serving_endpoints": ModelServingEndpoint,
    "registered_models": RegisteredModel,
}

SHAPES = {
    "Training": ("CreateTrainingJobRequest", "DescribeTrainingJobResponse"),
    "RegisterModel": ("CreateModelPackageInput", "DescribeModelPackageOutput"),
}
# https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-pipeline-parameters.html
PARAMETERS = {"String", "Integer", "Float", "Boolean"}


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pipeline", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def definition(module: ModuleType) -> dict[str, Any]:
    made: dict[str, Any] = module.definition("image", f"arn:aws:iam::{'1' * 12}:role/model", "bucket", "key")
    return made


def sagemaker(path: Path) -> list[str]:
    module = load(path)
    made = definition(module)
    model = botocore.session.get_session().get_service_model("sagemaker")
    problems = []
    if set(made) != {"Version", "Parameters", "Steps"} or made["Version"] != "2020-12-01":
        problems.append(f"{path.name}: expected Version 2020-12-01, Parameters and Steps")
    known: dict[str, Any] = {f"Parameters.{each['Name']}": None for each in made["Parameters"]}
    problems += [f"{each['Name']}: no type" for each in made["Parameters"] if each["Type"] not in PARAMETERS]
    for step in made["Steps"]:
        # a step may refer to parameters, and to what steps before it give
        problems += [f"{step['Name']}: nothing is {each}" for each in references(step) if not resolves(each, known)]
        asked, given = SHAPES[step["Type"]]
        known[f"Steps.{step['Name']}"] = model.shape_for(given)
        shape = model.shape_for(asked)
        arguments = without_references(step["Arguments"])
        if step["Type"] == "Training":
            arguments["TrainingJobName"] = "given-by-the-pipeline"
        report = ParamValidator().validate(arguments, shape)
        if report.has_errors():
            problems.append(f"{step['Name']}: {report.generate_report()}")
    update = {"EndpointName": "e", "EndpointConfigName": "c", "DeploymentConfig": module.deployment("alarm")}
    config = {"EndpointConfigName": "c", "ProductionVariants": module.variants("model"), "KmsKeyId": "key"}
    for given, name in ((update, "UpdateEndpointInput"), (config, "CreateEndpointConfigInput")):
        report = ParamValidator().validate(given, model.shape_for(name))
        if report.has_errors():
            problems.append(f"{name}: {report.generate_report()}")
    return problems


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["Get"]] if set(value) == {"Get"} else references(list(value.values()))
    return [found for each in value for found in references(each)] if isinstance(value, list) else []


def resolves(reference: str, known: dict[str, Any]) -> bool:
    """Whether a reference is a parameter, or a member of what a step gives."""
    if reference in known:
        return True
    step, members = ".".join(reference.split(".")[:2]), reference.split(".")[2:]
    shape = known.get(step)
    for member in members:
        shape = getattr(shape, "members", {}).get(member)
    return shape is not None


def without_references(value: Any) -> Any:
    """References to parameters and steps are texts once the pipeline runs."""
    if isinstance(value, dict):
        if set(value) == {"Get"}:
            return "reference"
        return {key: without_references(each) for key, each in value.items()}
    return [without_references(each) for each in value] if isinstance(value, list) else value


def databricks(repository: Path) -> list[str]:
    paths = [repository / "databricks.yml", *sorted((repository / "targets/databricks").glob("*.yml"))]
    problems = []
    declared: set[str] = set()
    used: set[str] = set()
    for path in paths:
        content = yaml.safe_load(path.read_text())
        declared.update(content.get("variables", {}))
        used.update(re.findall(r"\$\{var\.(\w+)\}", path.read_text()))
        for kind, resources in content.get("resources", {}).items():
            for name, resource in resources.items():
                try:
                    RESOURCES[kind].from_dict(resource)
                except (KeyError, TypeError, ValueError) as error:
                    problems.append(f"{path.name}: {kind}.{name}: {error}")
    return problems + [f"the variable {name} is declared nowhere" for name in sorted(used - declared)]


if __name__ == "__main__":
    if sys.argv[1] == "--definition":
        print(json.dumps(definition(load(Path(sys.argv[2])))))
        sys.exit()
    found = []
    for repository in map(Path, sys.argv[1:]):
        if (repository / "targets/sagemaker").is_dir():
            found += [f"{repository.name} {each}" for each in sagemaker(repository / "targets/sagemaker/pipeline.py")]
        if (repository / "targets/databricks").is_dir():
            found += [f"{repository.name} {each}" for each in databricks(repository)]
    print("\n".join(found))
    sys.exit(1 if found else 0)
