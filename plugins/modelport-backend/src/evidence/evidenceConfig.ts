import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ArtefactCacheConfig } from './ArtefactCache';

const KEEP = 'modelport.evidence.cache.keep';
const MEGABYTES = 'modelport.evidence.cache.megabytes';

/** Settings of evidence, as read from `modelport.evidence`. */
export interface EvidenceConfig {
  /** What the keys of people's rows are wrapped with besides the secret in the database. */
  rowSecret: string | undefined;
  /** Whether artefacts are looked through unasked. */
  artefacts: boolean;
  cache: ArtefactCacheConfig;
}

/** @throws `InputError` with the path of a wrong value and what was expected there. */
export function readEvidenceConfig(config: Config): EvidenceConfig {
  const megabytes = config.getOptionalNumber(MEGABYTES) ?? 1024;
  if (!(megabytes > 0)) {
    throw new InputError(
      `Invalid config at ${MEGABYTES}: expected a number above 0, not ${megabytes}`,
    );
  }
  return {
    rowSecret: config.getOptionalString('modelport.evidence.rowSecret'),
    artefacts:
      config.getOptionalBoolean('modelport.evidence.artefacts') ?? true,
    cache: {
      directory:
        config.getOptionalString('modelport.evidence.cache.directory') ??
        join(
          config.getOptionalString('backend.workingDirectory') ?? tmpdir(),
          `modelport-artefacts-${userInfo().uid}`,
        ),
      keep: config.has(KEEP)
        ? readDurationFromConfig(config, { key: KEEP })
        : { days: 7 },
      megabytes,
    },
  };
}
