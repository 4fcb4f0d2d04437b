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
    return this.page(`/models/${encodeURIComponent(name)}`);
  }

  version(name: string, version: string): string {
    return this.page(
      `/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(
        version,
      )}`,
    );
  }

  run(experimentId: string, runId: string): string {
    return this.page(
      `/experiments/${encodeURIComponent(
        experimentId,
      )}/runs/${encodeURIComponent(runId)}`,
    );
  }

  loggedModel(experimentId: string, modelId: string): string {
    return this.page(
      `/experiments/${encodeURIComponent(
        experimentId,
      )}/models/${encodeURIComponent(modelId)}`,
    );
  }

  private page(path: string): string {
    const query =
      this.workspace === undefined
        ? ''
        : `?workspace=${encodeURIComponent(this.workspace)}`;
    return `${this.publicUrl}/#${path}${query}`;
  }
}
