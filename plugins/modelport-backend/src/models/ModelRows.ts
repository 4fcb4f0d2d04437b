import { NotFoundError } from '@backstage/errors';
import { ModelRow } from './modelRow';
import { ModelsVisibility } from './modelsFilter';
import { ModelsStore } from './ModelsStore';
import { VersionRow } from './versionRow';
import { VersionsStore } from './VersionsStore';

/** Models and versions as they are kept, by the names that callers give. */
export class ModelRows {
  constructor(
    private readonly options: { store: ModelsStore; versions: VersionsStore },
  ) {}

  /** @throws `NotFoundError` where there is none that the caller may see. */
  async model(
    source: string,
    name: string,
    visibility: ModelsVisibility,
  ): Promise<ModelRow> {
    // PostgreSQL refuses the null character, and no model has it.
    const row = /\0/.test(source + name)
      ? undefined
      : await this.options.store.get(source, name, visibility);
    if (!row) {
      throw new NotFoundError(
        `There is no model "${name}" in the source "${source}"`,
      );
    }
    return row;
  }

  /** @throws `NotFoundError` where there is none of a model that the caller may see. */
  async version(
    source: string,
    name: string,
    version: string,
    visibility: ModelsVisibility,
  ): Promise<{ model: ModelRow; row: VersionRow }> {
    const model = await this.model(source, name, visibility);
    const row = version.includes('\0')
      ? undefined
      : await this.options.versions.get(model.id, version);
    if (!row) {
      throw new NotFoundError(
        `There is no version "${version}" of the model "${name}" in the source "${source}"`,
      );
    }
    return { model, row };
  }
}
