import { z } from 'zod';

/*
 * Files are read with every scalar as the text that was written. What `meta` adds is for editors, which check files
 * by the JSON Schema after YAML's own rules have made numbers of some of that text.
 */

const NUMBER =
  /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\.?(?:inf|Inf|INF)|[-+]?Infinity|\.?(?:nan|NaN|NAN))$/;

/** Text that may look like a number or a boolean: names, versions, tags, digests. */
export const text = z
  .string({ error: 'expected text' })
  .min(1, 'expected text that is not empty')
  .meta({ type: ['string', 'number', 'boolean'] });

/** Prose. */
export const prose = z.string({ error: 'expected text' });

/** A number; NaN and the infinities in YAML's, Python's and JavaScript's spelling. */
export const figure = z
  .string({ error: 'expected a number' })
  .regex(NUMBER, 'expected a number, .nan, .inf or -.inf')
  .transform((written, context) => {
    const value = toNumber(written);
    if (!Number.isFinite(value) && /\d/.test(written)) {
      context.issues.push({
        code: 'custom',
        input: written,
        message: `expected a number that fits 64 bits, found ${written}`,
      });
    }
    return value;
  })
  .meta({ type: ['number', 'string'] });

/** A number that is one. */
export const finite = figure.refine(
  Number.isFinite,
  'expected a finite number',
);

/** A count. */
export const count = z
  .string({ error: 'expected a whole number' })
  .regex(/^\d{1,15}$/, 'expected a whole number of 0 or more')
  .transform(Number)
  .meta({ type: ['integer', 'string'] });

export const truth = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .transform(written => written === 'true')
  .meta({ type: ['boolean', 'string'], enum: [true, false, 'true', 'false'] });

/** A day, or a time with its offset from UTC; milliseconds since 1970. */
export const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error:
      'expected a day such as 2026-11-21, or a time with Z or an offset such as 2026-11-21T08:49:08Z',
  })
  .transform(written => Date.parse(written))
  .meta({ description: 'A day, or a time with Z or an offset.' });

/** A path below the version's folder. */
export const path = z
  .string({ error: 'expected a path' })
  .refine(
    written =>
      !written.includes('\0') &&
      written
        .split(/[\\/]/)
        .every(part => part !== '' && part !== '.' && part !== '..'),
    'expected a path below the folder, with single slashes between names',
  );

export const link = z
  .strictObject({
    title: text.describe('What the link says.'),
    url: z
      .url({ protocol: /^https?$/, error: 'expected an http or https address' })
      .describe('Where it leads, http or https.'),
  })
  .describe('A page elsewhere.');

function toNumber(written: string): number {
  if (/nan$/i.test(written)) {
    return Number.NaN;
  }
  if (/inf/i.test(written)) {
    return written.startsWith('-') ? -Infinity : Infinity;
  }
  return Number(written);
}
