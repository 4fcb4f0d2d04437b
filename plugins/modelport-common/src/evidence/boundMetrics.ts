import { z } from 'zod';
import { MOST_MEASUREMENTS } from './evidenceBodies';

const listed = z.looseObject({ measurements: z.array(z.unknown()) });

/** The measurements of a document that are taken, and how many are not. */
export function boundMetrics(body: unknown): {
  body: unknown;
  leftOut: string | null;
} {
  const { measurements, ...rest } = listed.parse(body);
  return measurements.length > MOST_MEASUREMENTS
    ? {
        body: {
          ...rest,
          measurements: measurements.slice(0, MOST_MEASUREMENTS),
        },
        leftOut: `Of its ${measurements.length} measurements, the first ${MOST_MEASUREMENTS} are taken`,
      }
    : { body, leftOut: null };
}
