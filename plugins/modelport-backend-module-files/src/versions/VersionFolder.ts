import { InputError, isError } from '@backstage/errors';
import { Signature } from '@modelport/plugin-modelport-common';
import {
  SourceMetricPoint,
  SourceVersionDocuments,
} from '@modelport/plugin-modelport-node';
import { posix } from 'node:path';
import { z } from 'zod';
import {
  InlineVersion,
  VersionFile,
  versionFileSchema,
} from '../schema/versionFile';
import { FileTree } from '../tree/FileTree';
import { parseYaml } from '../yaml/parseYaml';
import { validate } from '../yaml/validate';
import { MlModel, readMlModel } from './readMlModel';
import { readMetricHistory } from './readMetricHistory';

/** Bytes of a file that people write by hand. */
export const MAX_DESCRIPTION_SIZE = 512 * 1024;
const MAX_ML_MODEL_SIZE = 2 * 1024 * 1024;
const MAX_HISTORY_SIZE = 16 * 1024 * 1024;

/** Where MLflow's file may lie below a version's folder. */
const ML_MODELS = ['model/MLmodel', 'MLmodel'];

/** Where a version is described and where its files are. */
export interface VersionLocation {
  model: string;
  version: string;
  /** Folder of its artefacts; null where it has none. */
  folder: string | null;
  /** File that describes it. */
  where: string;
  /** What `modelport.yaml` says of it; absent where it has a `version.yaml` of its own. */
  inline?: InlineVersion;
}

/** Reads the files of one version. */
export class VersionFolder {
  constructor(
    private readonly tree: FileTree,
    private readonly location: VersionLocation,
  ) {}

  /** @throws `InputError` where it isn't what it should be. */
  async readDescription(): Promise<VersionFile> {
    const { inline, where } = this.location;
    return inline ?? readYamlFile(this.tree, where, versionFileSchema);
  }

  /** @throws `InputError` where the file that is named isn't there or isn't what it should be. */
  async readHistory(
    description: VersionFile,
  ): Promise<Map<string, SourceMetricPoint[]>> {
    const { metricHistory } = description;
    if (!metricHistory) {
      return new Map();
    }
    const { folder } = this.location;
    if (folder === null) {
      throw new InputError(
        `metricHistory: there is no folder for ${metricHistory} to be in`,
      );
    }
    try {
      const path = posix.join(folder, metricHistory);
      const bytes = await this.tree.read(path, MAX_HISTORY_SIZE);
      return readMetricHistory(bytes.toString('utf8'));
    } catch (error) {
      throw new InputError(
        `metricHistory: ${metricHistory}: ${messageOf(error)}`,
      );
    }
  }

  /**
   * The MLflow model beside the description, with the folder that it lies in.
   *
   * @returns undefined where there is none.
   * @throws `InputError` where it isn't what it should be.
   */
  async readMlModel(): Promise<{ folder: string; model: MlModel } | undefined> {
    if (this.location.folder === null) {
      return undefined;
    }
    for (const name of ML_MODELS) {
      const path = posix.join(this.location.folder, name);
      const bytes = await this.tree
        .read(path, MAX_ML_MODEL_SIZE)
        .catch(error => {
          if (isError(error) && error.name === 'NotFoundError') {
            return undefined;
          }
          throw new InputError(`${name}: ${messageOf(error)}`);
        });
      if (bytes) {
        try {
          const model = readMlModel(bytes.toString('utf8'));
          return { folder: posix.dirname(path), model };
        } catch (error) {
          throw new InputError(`${name}: ${messageOf(error)}`);
        }
      }
    }
    return undefined;
  }

  /** Whether there is a file or a folder. */
  async has(path: string): Promise<boolean> {
    const name = posix.basename(path);
    const entries = await this.tree
      .list(path.slice(0, -name.length - 1))
      .catch(() => undefined);
    return !!entries?.some(
      entry => entry.name === name && entry.kind !== 'refused',
    );
  }

  /** The signature, as described or as the MLflow model has it. */
  async readDocuments(): Promise<SourceVersionDocuments> {
    const { signature: written } = await this.readDescription();
    try {
      const found = await this.readMlModel();
      const signature = written ? toSignature(written) : found?.model.signature;
      return {
        signature: signature ?? null,
        signatureMessage: signature ? null : explainAbsence(found?.model),
        framework: found?.model.flavors[0] ?? null,
        certain: true,
      };
    } catch (error) {
      return {
        signature: written ? toSignature(written) : null,
        signatureMessage: written ? null : messageOf(error),
        framework: null,
        certain: true,
      };
    }
  }
}

/** @throws `InputError` or `NotFoundError`, naming neither the file nor its folder. */
export async function readYamlFile<T>(
  tree: FileTree,
  path: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const bytes = await tree.read(path, MAX_DESCRIPTION_SIZE);
  return validate(parseYaml(bytes.toString('utf8')), schema);
}

export function messageOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}

function explainAbsence(model: MlModel | undefined): string {
  return model
    ? 'The MLmodel file has no signature.'
    : 'There is neither a signature in the description nor a model/MLmodel file.';
}

function toSignature(
  written: NonNullable<VersionFile['signature']>,
): Signature {
  const toColumns = (columns: typeof written.inputs) =>
    (columns ?? []).map(({ name, type, required, shape }) => ({
      name: name ?? null,
      type,
      required: required ?? null,
      shape: shape ?? null,
    }));
  return {
    inputs: toColumns(written.inputs),
    outputs: toColumns(written.outputs),
    params: toColumns(written.params),
  };
}
