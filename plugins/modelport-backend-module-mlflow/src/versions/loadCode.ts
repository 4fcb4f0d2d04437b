/**
 * Lines of Python that load a version.
 *
 * MLflow reads `models:/` addresses with `urllib.parse`, which ends the path at `?` and drops tabs and line breaks,
 * decodes nothing, and takes what follows `@` for an alias; such names are loaded by the address of their files instead.
 */
export function loadCode(options: {
  url: string;
  workspace: string | undefined;
  model: string;
  version: string;
}): string {
  const { url, workspace, model, version } = options;
  const lines = [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri(${pythonString(url)})`,
  ];
  if (workspace !== undefined) {
    lines.push(`mlflow.set_workspace(${pythonString(workspace)})`);
  }
  if (/[?@\t\r\n]/.test(model)) {
    lines.push(
      `address = mlflow.MlflowClient().get_model_version_download_uri(${pythonString(
        model,
      )}, ${pythonString(version)})`,
      'model = mlflow.pyfunc.load_model(address)',
    );
  } else {
    lines.push(
      `model = mlflow.pyfunc.load_model(${pythonString(
        `models:/${model}/${version}`,
      )})`,
    );
  }
  return lines.join('\n');
}

/** JSON's escapes all mean the same in a Python string. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}
