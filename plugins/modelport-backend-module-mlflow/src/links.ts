/** Addresses of pages in MLflow's own user interface. */
export class MlflowLinks {
  constructor(
    private readonly publicUrl: string,
    private readonly workspace: string | undefined,
  ) {}

  root(): string {
    return this.workspace === undefined ? this.publicUrl : this.page('/models');
  }

  model(name: string): string {
    return this.page(`/models/${encode(name)}`);
  }

  version(name: string, version: string): string {
    return this.page(`/models/${encode(name)}/versions/${encode(version)}`);
  }

  run(experimentId: string, runId: string): string {
    return this.page(
      `/experiments/${encode(experimentId)}/runs/${encode(runId)}`,
    );
  }

  loggedModel(experimentId: string, modelId: string): string {
    return this.page(
      `/experiments/${encode(experimentId)}/models/${encode(modelId)}`,
    );
  }

  private page(path: string): string {
    const query =
      this.workspace === undefined
        ? ''
        : `?workspace=${encode(this.workspace)}`;
    return `${this.publicUrl}/#${path}${query}`;
  }
}

/** What can't be encoded, half of a character, is no reason to throw; nothing has a page of such a name. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}
