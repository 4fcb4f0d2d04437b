import { isError } from '@backstage/errors';
import { SourceModel, TrafficShare } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { ModelFile, modelFileSchema } from '../schema/modelFile';
import { FileTree } from '../tree/FileTree';
import { MAX_DESCRIPTION_SIZE, messageOf } from '../versions/VersionFolder';
import { parseYaml } from '../yaml/parseYaml';
import { validate } from '../yaml/validate';

/** What a `modelport.yaml` says, or why that can't be told. */
export type ModelReading =
  | { file: ModelFile }
  | {
      message: string;
      /** Name of the model, where the file is YAML and names one. */
      name?: string;
    };

const namedSchema = z.looseObject({ name: z.string().min(1) });

/** Reads a `modelport.yaml`; what is wrong with it is a part of the answer. */
export async function readModel(
  tree: FileTree,
  path: string,
): Promise<ModelReading> {
  let name: string | undefined;
  try {
    const bytes = await tree.read(path, MAX_DESCRIPTION_SIZE);
    const yaml = parseYaml(bytes.toString('utf8'));
    name = namedSchema.safeParse(yaml.value).data?.name;
    return { file: validate(yaml, modelFileSchema) };
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    return { message: messageOf(error), ...(name ? { name } : {}) };
  }
}

/** A model as listing gives it, its aliases and traffic limited to versions that are there. */
export function toSourceModel(
  file: ModelFile,
  versions: ReadonlySet<string>,
): SourceModel {
  return {
    name: file.name,
    description: file.description ?? null,
    tags: file.tags ?? {},
    aliases: Object.fromEntries(
      Object.entries(file.aliases ?? {}).filter(([, version]) =>
        versions.has(version),
      ),
    ),
    ...trafficOf(file, versions),
    createdAt: file.createdAt ?? null,
    updatedAt: null,
    links: file.links ?? [],
    ...(file.owner ? { owner: file.owner } : {}),
    ...(file.system ? { system: file.system } : {}),
    ...(file.lifecycle ? { lifecycle: file.lifecycle } : {}),
    ...(file.task ? { task: file.task } : {}),
    ...(file.framework ? { framework: file.framework } : {}),
    ...(file.riskTier ? { riskTier: file.riskTier } : {}),
    ...(file.promotions ? { promotions: file.promotions } : {}),
    ...(file.monitor ? { monitor: file.monitor } : {}),
    ...(file.mainMetric ? { mainMetric: file.mainMetric } : {}),
  };
}

/** The shares of environments of which every version is there; nothing else can be served as it is written. */
function trafficOf(
  file: ModelFile,
  versions: ReadonlySet<string>,
): Pick<SourceModel, 'traffic'> {
  const split = Object.entries(file.traffic ?? {}).filter(
    ([, shares]) =>
      shares.length > 0 && shares.every(({ version }) => versions.has(version)),
  );
  return split.length === 0
    ? {}
    : {
        traffic: Object.fromEntries(
          split.map(([environment, shares]) => [
            environment,
            shares.map(
              ({ version, percent, mode }): TrafficShare => ({
                version,
                percent,
                mode: mode ?? 'live',
              }),
            ),
          ]),
        ),
      };
}
