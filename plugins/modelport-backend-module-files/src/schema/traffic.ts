import { z } from 'zod';
import { finite, text } from './scalars';

const share = z.strictObject({
  version: text.describe('A version of this model.'),
  percent: finite
    .refine(
      percent => percent > 0 && percent <= 100,
      'expected more than 0 and at most 100',
    )
    .describe('Of the requests, more than 0 and at most 100.'),
  mode: z
    .enum(['live', 'shadow'], { error: 'expected live or shadow' })
    .nullish()
    .describe(
      'A live version, which it is unless given, answers its part; one in the shadow gets a copy of it, and nobody its answers.',
    ),
});

/** Rounding in the written percentages. */
const TOLERANCE = 0.001;

/** How what comes to the environments is split among versions. */
export const traffic = z
  .record(
    text,
    z.array(share).superRefine((shares, context) => {
      const versions = shares.map(({ version }) => version);
      if (new Set(versions).size < versions.length) {
        context.addIssue({
          code: 'custom',
          message: 'expected every version once',
        });
      }
      const live = shares
        .filter(({ mode }) => mode !== 'shadow')
        .reduce((sum, { percent }) => sum + percent, 0);
      if (shares.length > 0 && Math.abs(live - 100) > TOLERANCE) {
        context.addIssue({
          code: 'custom',
          message: `the live versions have ${live} percent together; expected 100`,
        });
      }
    }),
  )
  .nullish()
  .describe(
    'By environment of the portal, the versions among which its requests are split, such as production: [{version: 4, percent: 90}, {version: 5, percent: 10}]. Whatever serves the model reads it here. Where an environment is not there, the version with its alias has everything.',
  );
