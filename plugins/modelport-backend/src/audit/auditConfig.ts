import { createPrivateKey } from 'node:crypto';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';

/** Settings of the audit chain, as read from `modelport.audit`. */
export interface AuditConfig {
  signingKey: string | undefined;
  file: string | undefined;
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
  if (file !== undefined && signingKey === undefined) {
    throw new InputError(
      'Invalid config at modelport.audit.heads.file: heads are signed; expected modelport.audit.signingKey besides it',
    );
  }
  return {
    signingKey,
    file,
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
