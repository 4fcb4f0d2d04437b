"""Whether clouds take what a repository asks of them, without asking them: clouds.py <repository> ...

SageMaker's pipeline is held to the shapes of SageMaker's API (botocore), every resource of Databricks' bundle to Databricks'
own model, which is made of the schema of bundles.
"""

import importlib.util
import sys
from pathlib import Path
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
    "Training": "CreateTrainingJobRequest",
    "RegisterModel": "CreateModelPackageInput",
}


def sagemaker(path: Path) -> list[str]:
    spec = importlib.util.spec_from_file_location("pipeline", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.definition("image", f"arn:aws:iam::{'1' * 12}:role/model", "bucket", "key")
    model = botocore.session.get_session().get_service_model("sagemaker")
    problems = []
    for step in made["Steps"]:
        shape = model.shape_for(SHAPES[step["Type"]])
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


def without_references(value: Any) -> Any:
    """References to parameters and steps are texts once the pipeline runs."""
    if isinstance(value, dict):
        if set(value) == {"Get"}:
            return "reference"
        return {key: without_references(each) for key, each in value.items()}
    return [without_references(each) for each in value] if isinstance(value, list) else value


def databricks(folder: Path) -> list[str]:
    problems = []
    for path in sorted(folder.glob("*.yml")):
        for kind, resources in yaml.safe_load(path.read_text())["resources"].items():
            for name, resource in resources.items():
                try:
                    RESOURCES[kind].from_dict(resource)
                except (KeyError, TypeError, ValueError) as error:
                    problems.append(f"{path.name}: {kind}.{name}: {error}")
    return problems


if __name__ == "__main__":
    found = []
    for repository in map(Path, sys.argv[1:]):
        if (repository / "targets/sagemaker").is_dir():
            found += [f"{repository.name} {each}" for each in sagemaker(repository / "targets/sagemaker/pipeline.py")]
        if (repository / "targets/databricks").is_dir():
            found += [f"{repository.name} {each}" for each in databricks(repository / "targets/databricks")]
    print("\n".join(found))
    sys.exit(1 if found else 0)
