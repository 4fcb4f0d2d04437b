import { Decision } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { oneLine } from '../client/oneLine';

/** Tag of a version, or of its run, that says how scores become decisions; JSON as `decision` in `version.yaml`. */
const TAG = 'modelport.decision';

const SHAPE =
  '{"thresholds": [0.5], "referBand": {"lower": 0.4, "upper": 0.6}, "scaling": "in words"}';

const score = z.number('expected a finite number');

const decisionSchema = z
  .strictObject(
    {
      thresholds: z.array(score, 'expected a list of numbers').nullish(),
      referBand: z
        .strictObject(
          { lower: score, upper: score },
          'expected lower and upper',
        )
        .refine(
          ({ lower, upper }) => lower <= upper,
          'expected lower not to be above upper',
        )
        .nullish(),
      scaling: z.string('expected text').min(1, 'expected text').nullish(),
    },
    {
      error: issue =>
        issue.code === 'invalid_type' ? 'expected an object' : undefined,
    },
  )
  .transform(({ thresholds, referBand, scaling }) => ({
    thresholds: thresholds ?? [],
    referBand: referBand ?? null,
    scaling: scaling ?? null,
  }));

/** How a version's scores become decisions, or in words what is wrong with the tag that says so. */
export function readDecision(
  versionTags: Record<string, string>,
  runTags: Record<string, string>,
): { decision: Decision | null; problem: string | null } {
  const written = versionTags[TAG] || runTags[TAG];
  if (!written) {
    return { decision: null, problem: null };
  }
  const read = decisionSchema.safeParse(parseJson(written));
  if (read.success) {
    return { decision: read.data, problem: null };
  }
  const [{ path, message }] = read.error.issues;
  return {
    decision: null,
    problem: `The tag ${TAG} is not JSON such as ${SHAPE}: ${oneLine(
      [...path, message].join(': '),
    )}. No decision is shown.`,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
