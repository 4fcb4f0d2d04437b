import { createPrivateKey } from 'node:crypto';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { HeadsBucketConfig } from './HeadsBucket';

/** Settings of the audit chain, as read from `modelport.audit`. */
export interface AuditConfig {
  signingKey: string | undefined;
  file: string | undefined;
  bucket: HeadsBucketConfig | undefined;
  frequency: HumanDuration;
}

/**
 * Reads `modelport.audit`.
 *
 * @throws `InputError` with the path of a wrong value and what was expected there.
 */
export function readAuditConfig(config: Config): AuditConfig {
  const signingKey = config.getOptionalString('modelport.audit.signingKey');
  const file = config.getOptionalString('modelport.audit.heads.file');
  if (signingKey !== undefined && !isEd25519(signingKey)) {
    throw new InputError(
      'Invalid config at modelport.audit.signingKey: expected a private Ed25519 key as PEM, such as `openssl genpkey -algorithm ed25519` makes',
    );
  }
  const s3 = config.getOptionalConfig('modelport.audit.heads.s3');
  const place = file === undefined ? s3 && 's3' : 'file';
  if (place !== undefined && signingKey === undefined) {
    throw new InputError(
      `Invalid config at modelport.audit.heads.${place}: heads are signed; expected modelport.audit.signingKey besides it`,
    );
  }
  return {
    signingKey,
    file,
    bucket: s3 && {
      bucket: s3.getString('bucket'),
      prefix: s3.getOptionalString('prefix') ?? 'modelport-audit/',
      region: s3.getOptionalString('region'),
      endpoint: s3.getOptionalString('endpoint'),
      forcePathStyle: s3.getOptionalBoolean('forcePathStyle') ?? false,
      accountId: s3.getOptionalString('accountId'),
    },
    frequency: config.has('modelport.audit.heads.frequency')
      ? readDurationFromConfig(config, {
          key: 'modelport.audit.heads.frequency',
        })
      : { minutes: 1 },
  };
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
