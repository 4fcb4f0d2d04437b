import { LoggerService } from '@backstage/backend-plugin-api';
import { EvidenceConfig } from './evidenceConfig';

/** In production the keys of people's rows must not be readable from a copy of the database alone. */
export function warnWithoutRowSecret(
  logger: LoggerService,
  { rowSecret }: Pick<EvidenceConfig, 'rowSecret'>,
  environment: string | undefined = process.env.NODE_ENV,
): void {
  if (environment === 'production' && rowSecret === undefined) {
    logger.warn(
      'modelport.evidence.rowSecret is not set: whoever has a copy of the database, such as a backup, can read rows of people in it, also of those who were erased after it was made. Set it before the first rows come, from outside the database.',
    );
  }
}
