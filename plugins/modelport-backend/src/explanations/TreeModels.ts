import { createHash } from 'node:crypto';
import { ModelsVisibility } from '../models/modelsFilter';
import { ModelsService } from '../models/ModelsService';
import { SourceReadings } from '../models/SourceReadings';

/** Names under which XGBoost, LightGBM and MLflow save a model; the first that is there counts. */
const FILE = /(^|\/)(model|booster)\.(ubj|json|xgb|lgb|txt)$/i;
const EXAMPLE = /(^|\/)input_example\.json$/;
const MOST_LEVELS = 3;
const MOST_FOLDERS = 30;
const MOST_MODEL_BYTES = 64 * 1024 * 1024;
const MOST_EXAMPLE_BYTES = 1024 * 1024;
/** Bytes of models that are kept at hand. */
const MOST_KEPT_BYTES = 128 * 1024 * 1024;

/** A version that the caller may see. */
export interface VersionOf {
  source: string;
  name: string;
  version: string;
  visibility: ModelsVisibility;
}

/** The file of a model. */
export interface ModelFile {
  path: string;
  digest: string;
  bytes: Uint8Array;
}

interface Found {
  model: ModelFile | null;
  example: Uint8Array | null;
}

/** Fetches the files of models from their sources, once for each state of a version. */
export class TreeModels {
  private readonly kept = new Map<string, Promise<Found>>();
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly options: {
      models: Pick<ModelsService, 'versionState'>;
      readings: Pick<SourceReadings, 'artefacts' | 'readArtefact'>;
    },
  ) {}

  /**
   * The model's file and its input example; null where there is none.
   *
   * @throws `NotFoundError` where there is no such version; `ServiceUnavailableError` where its source can't be asked.
   */
  async find(of: VersionOf): Promise<Found> {
    const { source, name, version, visibility } = of;
    const { state } = await this.options.models.versionState(
      source,
      name,
      version,
      visibility,
    );
    const key = JSON.stringify([source, name, version, state]);
    const known = this.kept.get(key);
    if (known) {
      return known;
    }
    const fetched = this.fetch({ ...of, visibility: undefined });
    this.kept.set(key, fetched);
    try {
      const found = await fetched;
      this.sizes.set(key, found.model?.bytes.length ?? 0);
      this.forgetOld();
      return found;
    } catch (error) {
      this.kept.delete(key);
      throw error;
    }
  }

  private forgetOld(): void {
    let total = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [key, size] of this.sizes) {
      if (total <= MOST_KEPT_BYTES && this.sizes.size <= 200) {
        return;
      }
      this.kept.delete(key);
      this.sizes.delete(key);
      total -= size;
    }
  }

  private async fetch(of: VersionOf): Promise<Found> {
    const files = await this.files(of);
    const path = files.find(file => FILE.test(file));
    const example = files.find(file => EXAMPLE.test(file));
    const bytes =
      path === undefined ? null : await this.read(of, path, MOST_MODEL_BYTES);
    return {
      model:
        path !== undefined && bytes
          ? {
              path,
              bytes,
              digest: createHash('sha256').update(bytes).digest('hex'),
            }
          : null,
      example:
        example === undefined
          ? null
          : await this.read(of, example, MOST_EXAMPLE_BYTES),
    };
  }

  private read(of: VersionOf, path: string, maxBytes: number) {
    return this.options.readings.readArtefact(
      of.source,
      of.name,
      of.version,
      path,
      { visibility: undefined, maxBytes },
    );
  }

  private async files(of: VersionOf): Promise<string[]> {
    const found: string[] = [];
    let folders = [''];
    let asked = 0;
    for (let level = 0; level < MOST_LEVELS; level++) {
      const below: string[] = [];
      for (const folder of folders) {
        if (asked++ >= MOST_FOLDERS) {
          return found;
        }
        const { items } = await this.options.readings.artefacts(
          of.source,
          of.name,
          of.version,
          folder,
          undefined,
        );
        for (const item of items) {
          (item.isFolder ? below : found).push(item.path);
        }
      }
      folders = below;
    }
    return found;
  }
}
