import { mockServices } from '@backstage/backend-test-utils';
import { warnWithoutRowSecret } from './warnWithoutRowSecret';

it.each([
  ['production', undefined, 1],
  ['production', 'a secret', 0],
  ['development', undefined, 0],
])(
  'in %s with the secret %s it warns %s times',
  (environment, rowSecret, times) => {
    const logger = mockServices.logger.mock();
    warnWithoutRowSecret(logger, { rowSecret }, environment);
    expect(logger.warn).toHaveBeenCalledTimes(times);
  },
);
